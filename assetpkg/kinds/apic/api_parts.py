"""The parts of an API: its parameters, its backends, and the policies that choose another backend."""

from typing import Annotated, Literal

from assetpkg.kinds.laws import ANYTHING, Distinct, InPath, NameIn, Requires
from assetpkg.kinds.markers import (
    LONG_JSON,
    AnyCase,
    Characters,
    Computed,
    FreeText,
    JsonSchemaText,
    JsonText,
    LongText,
    Named,
    Ref,
    Unordered,
    WholeNumber,
)
from assetpkg.kinds.notes import Address, Expects, FunctionUrn, Milliseconds, Needs, Variables
from assetpkg.kinds.part import Part, Within

IDENTIFIER = Characters(r"^[a-zA-Z0-9_-]*$", "English letters, digits, '-' and '_'")
PARAMETER_NAME = Characters(
    r"^[a-zA-Z][a-zA-Z0-9._-]*$", "English letters, digits, '-', '_' and '.', beginning with a letter"
)
POLICY_NAME = Characters(
    r"^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\u4e00-\u9fa5]*$",
    "letters, digits, Chinese characters and '_', beginning with a letter or Chinese character",
)
RETRIES = Characters(r"^(-1|[0-9]|10)?$", "a number from -1 to 10")

Method = Literal["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "ANY"]
BackendProtocol = Literal["HTTP", "HTTPS", "GRPC", "GRPCS"]
Location = Literal["PATH", "QUERY", "HEADER"]
YesNo = Annotated[Literal[1, 2], WholeNumber()]
"""1 is yes, 2 is no."""
Status = Literal[
    200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304, 305, 306, 307,
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 450, 451,
    500, 501, 502, 503, 504, 505,
]  # fmt: skip
"""The status codes that a mock backend may answer with."""
Uri = Annotated[str, Within(min_length=1, max_length=512)]
Remark = Annotated[str, Within(max_length=255)]
Timeout = Annotated[int, Within(ge=1, le=600_000), Milliseconds("backend_timeout")]
ParameterName = Annotated[str, Within(min_length=1, max_length=32), PARAMETER_NAME, AnyCase("location", ("HEADER",))]
AuthorizerId = Annotated[str, Ref("authorizer"), Within(max_length=64), IDENTIFIER]
Made = Annotated[str, Computed()]


class AuthOpt(Part):
    """How an API authenticates the integration applications that call it."""

    app_code_auth_type: Literal["DISABLE", "HEADER"] | None = "DISABLE"
    """Whether a caller may send its AppCode in a header instead of a signature."""


class RequestParameter(Part):
    """A parameter that the caller of an API sends."""

    id: Annotated[str, Computed()] | None = None
    """The parameter's id."""
    name: ParameterName
    """Its name; unique together with its location."""
    location: Location
    """Its place in the request."""
    type: Literal["STRING", "NUMBER"]
    """Whether it is text or a number."""
    required: YesNo | None = None
    """Whether the caller must send it (1) or not (2); if the field is missing, 1 in the path and 2 elsewhere."""
    default_value: str | None = None
    """Its value when the caller does not send it."""
    sample_value: str | None = None
    """An example."""
    enumerations: str | None = None
    """The values that it may have."""
    min_num: int | None = None
    """The smallest number."""
    max_num: int | None = None
    """The largest number."""
    min_size: int | None = None
    """The smallest length of a text."""
    max_size: int | None = None
    """The largest length of a text."""
    regular: str | None = None
    """A regular expression that it must match."""
    json_schema: Annotated[str, JsonSchemaText(satisfied_by=("default_value", "sample_value")), LONG_JSON] | None = None
    """A JSON Schema that it must satisfy."""
    valid_enable: YesNo | None = 2
    """Whether the gateway checks it (1) or not (2)."""
    pass_through: YesNo | None = None
    """Whether it is passed on to the backend (1) or not (2)."""
    orchestrations: list[str] | None = None
    """The orchestration rules for it; the first rule that matches is used."""
    remark: Annotated[Remark, FreeText()] | None = None
    """A description."""


class BackendParameter(Part):
    """A parameter that the gateway sends to the backend."""

    id: Annotated[str, Computed()] | None = None
    """The parameter's id."""
    req_param_id: Annotated[str, Computed()] | None = None
    """The id of the request parameter that it comes from."""
    name: ParameterName
    """Its name; unique together with its location."""
    location: Location
    """Its place in the request."""
    origin: Literal["REQUEST", "CONSTANT", "SYSTEM"]
    """Where its value comes from."""
    value: Annotated[
        str,
        Within(max_length=255),
        Named("name", on=("origin", "CONSTANT")),
    ]
    """The name of a request parameter, the constant, or the name of a system parameter."""
    remark: Annotated[Remark, FreeText()] | None = None
    """A description."""


RequestParameters = Annotated[
    list[RequestParameter],
    Unordered(by=("location", "name")),
    Distinct(("location", "name"), "APIG.3209", any_case=("location", "HEADER")),
    InPath(("req_uri",)),
]
BackendParameters = Annotated[
    list[BackendParameter],
    Unordered(by=("location", "name")),
    NameIn("req_params", when=("origin", "REQUEST"), of="value"),
]


class LoadChannelUse(Part):
    """The load channel that leads to a backend."""

    vpc_channel_id: Annotated[str, Ref("load_channel"), Within(max_length=64)]
    """The load channel."""
    vpc_channel_proxy_host: str | None = None
    """The host name that is sent to its servers."""
    vpc_channel_port: int | None = None
    """The load channel's port."""
    cascade_flag: bool | None = None
    """Whether the channel leads to another instance."""
    ecs_id: str | None = None
    """The id of its cloud server."""
    ecs_name: str | None = None
    """The name of its cloud server."""


class Backend(Part):
    """The fields of all backends."""

    id: Annotated[str, Computed()] | None = None
    """The backend's id."""
    authorizer_id: Annotated[AuthorizerId, Expects(fields={"type": ("BACKEND",)})] | None = None
    """The custom authorizer that authenticates the gateway at the backend."""
    status: Annotated[int, Computed()] | None = None
    """Whether it is active."""
    register_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""


class WebService(Backend):
    """A web service as a backend."""

    req_protocol: BackendProtocol
    """The protocol of the calls."""
    req_method: Method
    """The method of the calls."""
    req_uri: Annotated[Uri, Variables()]
    """The path, with `{…}` for parameters and `#…#` for environment variables."""
    url_domain: Annotated[str, Address(), Within(max_length=255), Variables()] | None = None
    """Host and port, with `#…#` for environment variables; needed if no load channel is used."""
    vpc_channel_status: (
        Annotated[YesNo, Requires(needs={1: ("vpc_channel_info",), 2: ("url_domain",)}, unless=("ld_api_id", ANYTHING))]
        | None
    ) = None
    """Whether a load channel is used (1) or not (2)."""
    vpc_channel_info: LoadChannelUse | None = None
    """The load channel."""
    enable_client_ssl: Annotated[bool, Needs("backend_client_certificate", (True,))] | None = None
    """Whether the gateway presents its own certificate."""
    retry_count: Annotated[str, RETRIES] | None = "-1"
    """How many times a failed call is repeated."""


class WebBackend(WebService):
    """The default backend of an API, if it is a web service."""

    timeout: Timeout
    """How many milliseconds it may take; the instance parameter `backend_timeout` is the upper limit."""
    version: Annotated[str, Within(max_length=16)] | None = None
    """The backend's version."""
    remark: Annotated[Remark, FreeText()] | None = None
    """A description."""


class FunctionBackend(Backend):
    """A function of FunctionGraph as a backend."""

    function_urn: Annotated[str, Within(min_length=1), FunctionUrn("version", "alias_urn")]
    """The function."""
    version: Annotated[str, Within(max_length=64)] | None = None
    """The function's version; if there is an alias, the alias is used instead."""
    alias_urn: str | None = None
    """The function's alias."""
    invocation_type: Literal["async", "sync"]
    """Whether the gateway waits for the answer."""
    network_type: Literal["V1", "V2"] | None = "V1"
    """Whether the function is called outside a virtual private cloud (V1) or inside one (V2)."""
    timeout: Timeout
    """How many milliseconds it may take; the instance parameter `backend_timeout` is the upper limit."""
    remark: Annotated[Remark, FreeText()] | None = None
    """A description."""


class MockBackend(Backend):
    """A fixed answer as a backend."""

    result_content: Annotated[str, LongText(".txt")] | None = None
    """The answer's body."""
    status_code: Status | None = None
    """The answer's status code."""
    header: Annotated[str, JsonText()] | None = None
    """The answer's headers: a JSON list of objects with `key`, `value` and `remark`."""
    version: Annotated[str, Within(max_length=64)] | None = None
    """The backend's version."""
    remark: Annotated[Remark, FreeText()] | None = None
    """A description."""
