"""Service integration (APIC): API groups and the APIs in them."""

from typing import Annotated, Any, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.apic import RELEASE
from assetpkg.kinds.apic.api_parts import (
    IDENTIFIER,
    AuthOpt,
    AuthorizerId,
    BackendParameters,
    FunctionBackend,
    Made,
    Method,
    MockBackend,
    RequestParameters,
    Uri,
    WebBackend,
)
from assetpkg.kinds.apic.api_policies import FunctionPolicy, MockPolicy, WebPolicy
from assetpkg.kinds.kind import Kind, LeftToDo
from assetpkg.kinds.laws import ANYTHING, Distinct, InPath, Most, PublishedIn, Requires, Reserved
from assetpkg.kinds.markers import (
    Characters,
    Computed,
    FreeText,
    Id,
    Keyed,
    LongText,
    Name,
    Quota,
    Ref,
    Unique,
    Unordered,
    WholeNumber,
)
from assetpkg.kinds.notes import Expects, NeedsBeside
from assetpkg.kinds.part import Within

API_NAME = Characters(
    r"^[a-zA-Z0-9\u4e00-\u9fa5][a-zA-Z0-9:._()\\/\u4e00-\u9fa5\uff08\uff09\uff1a\u3001-]*$",
    "letters, digits, Chinese characters and : . _ ( ) / \\ - （ ） ： 、, beginning with one of the first three",
)
API_TAG = Characters(
    r"^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9\u4e00-\u9fa5*#%.:_-]*$",
    "letters, digits, Chinese characters and - * # % . : _, beginning with a letter or Chinese character",
)
NO_MARKUP = Characters(r"^[^<>]*$", "characters other than < and >")

POLICY_NAMES_DIFFER = Distinct(("name",), "APIG.3210")

ApplicationId = Annotated[str, Ref("application"), Within(max_length=64), IDENTIFIER]
Sample = Annotated[str, Within(max_length=20480)]


class ApiGroup(Kind):
    """A group of APIs, of one integration application or of the whole instance."""

    kind: ClassVar[str] = "api_group"
    title: ClassVar[str] = "API group"
    folder: ClassVar[str] = "api_groups"
    page: ClassVar[Page] = Page.CREATING_AN_API_GROUP
    name_code: ClassVar[str | None] = "APIG.3201"
    quota: ClassVar[Quota | None] = Quota(limit=1500, page=Page.QUOTAS, platform_code="APIG.3101")

    id: Annotated[str, Id()] | None = None
    """The group's id."""
    name: Annotated[str, Name(scope="roma_app_id"), Within(min_length=3, max_length=255), API_NAME]
    """Unique in its integration application, or among the groups of the whole instance."""
    remark: Annotated[str, Within(max_length=1000), FreeText()] | None = None
    """A description."""
    version: Annotated[Literal["V1", "V2"], Requires(needs={"V2": ("roma_app_id",)})] | None = None
    """Whether it belongs to the whole instance (V1) or to an integration application (V2)."""
    roma_app_id: ApplicationId | None = None
    """The integration application that it belongs to; needed for V2."""
    roma_app_name: Annotated[str, Computed()] | None = None
    """The name of that application."""
    is_default: Annotated[int, Computed()] | None = None
    """Whether it is the group that the platform created (1) or not (2)."""
    status: Annotated[int, Computed()] | None = None
    """Whether it is active (1) or locked (2)."""
    on_sell_status: Annotated[int, Computed()] | None = None
    """Whether it is offered on the marketplace."""
    sl_domain: Annotated[str, Computed()] | None = None
    """The domain that the platform gave it."""
    sl_domains: Annotated[list[str], Computed(), Unordered()] | None = None
    """All domains that the platform gave it."""
    url_domains: Annotated[list[dict[str, Any]], Computed()] | None = None
    """The customer's own domains; someone binds them to a group one by one, and no import binds them."""
    call_limits: Annotated[int, Computed()] | None = None
    """How many calls its APIs may get in a period; not in use."""
    time_interval: Annotated[int, Computed()] | None = None
    """The length of that period; not in use."""
    time_unit: Annotated[str, Computed()] | None = None
    """The unit of that period; not in use."""
    register_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""


class Api(Kind):
    """An API: how it is called, and which backend answers."""

    kind: ClassVar[str] = "api"
    only_in_detail: ClassVar[tuple[str, ...]] = (
        "func_info",
        "mock_info",
        "backend_params",
        "policy_functions",
        "policy_mocks",
        "policy_https",
    )
    title: ClassVar[str] = "API"
    folder: ClassVar[str] = "apis"
    page: ClassVar[Page] = Page.CREATING_AN_API
    name_code: ClassVar[str | None] = "APIG.3202"
    unique: ClassVar[tuple[Unique, ...]] = (
        Unique(fields=("req_method", "req_uri", "match_mode"), scope="group_id", platform_code="APIG.3301", route=True),
    )
    quota: ClassVar[Quota | None] = Quota(limit=5000, page=Page.QUOTAS, platform_code="APIG.3102")
    quota_within: ClassVar[Quota | None] = Quota(
        limit=1000, page=Page.QUOTAS, platform_code="APIG.3125", of="API group"
    )
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "api-policies",
            "On the source instance, look up which throttling, access control and signature policies are bound to the"
            " APIs, and bind them again: an export does not contain the bindings.",
            subject="apis",
        ),
        LeftToDo("callers", "Give the callers of the APIs the new address, and test them.", subject="apis"),
    )

    id: Annotated[str, Id()] | None = None
    """The API's id."""
    name: Annotated[str, Name(scope="group_id"), Within(min_length=3, max_length=255), API_NAME]
    """Unique in its group."""
    group_id: Annotated[
        str,
        Ref("api_group"),
        NeedsBeside(here=("roma_app_id",), there="version", values=("V1",)),
        Within(min_length=1, max_length=64),
        IDENTIFIER,
    ]
    """The API group that it belongs to."""
    roma_app_id: ApplicationId | None = None
    """The integration application that it belongs to; needed in a group of the whole instance."""
    type: Annotated[Literal[1, 2], WholeNumber()]
    """Whether it is public (1) or private (2)."""
    version: Annotated[str, Within(max_length=16)] | None = None
    """The API's version."""
    remark: Annotated[str, Within(max_length=1000), NO_MARKUP, FreeText()] | None = None
    """A description."""
    req_protocol: Literal["HTTP", "HTTPS", "BOTH", "GRPC", "GRPCS"]
    """The protocol of the calls; `BOTH` is HTTP and HTTPS."""
    req_method: Method
    """The method of the calls."""
    req_uri: Annotated[Uri, Reserved("/apic/health_check", when=("req_method", "GET"))]
    """The path of the calls, with `{…}` for parameters."""
    match_mode: Literal["SWA", "NORMAL"] | None = "NORMAL"
    """Whether the path is only the beginning of the called path (SWA), or all of it (NORMAL)."""
    domain_name: Annotated[str, Within(max_length=255), Requires(needs={ANYTHING: ("roma_app_id",)})] | None = None
    """The customer's own domain for the calls."""
    auth_type: Annotated[
        Literal["NONE", "APP", "IAM", "AUTHORIZER"], Requires(needs={"AUTHORIZER": ("authorizer_id",)})
    ]
    """How callers are authenticated."""
    auth_opt: AuthOpt | None = None
    """The details of `APP`."""
    authorizer_id: Annotated[AuthorizerId, Expects(fields={"type": ("FRONTEND",)})] | None = None
    """The custom authorizer of `AUTHORIZER`."""
    cors: bool | None = False
    """Whether web pages of other domains may call it."""
    content_type: Literal["application/json", "application/xml", "multipart/form-data", "text/plain"] | None = None
    """The type of the request body."""
    body_remark: Annotated[Sample, FreeText()] | None = None
    """A description of the request body."""
    result_normal_sample: Annotated[Sample, LongText(".txt")] | None = None
    """An example of an answer."""
    result_failure_sample: Annotated[Sample, LongText(".txt")] | None = None
    """An example of an answer to a call that fails."""
    response_id: Annotated[str, Within(max_length=64), IDENTIFIER] | None = None
    """The group's own response to failed calls; not in use."""
    tags: (
        Annotated[
            list[Annotated[str, Within(min_length=1, max_length=128), API_TAG]],
            Unordered(),
            Distinct((), "APIG.3213"),
            Most(items=10, platform_code="APIG.3133"),
        ]
        | None
    ) = None
    """Tags that help to find it."""
    tag: Annotated[str, Within(max_length=255)] | None = None
    """One tag, in the old form."""
    req_params: RequestParameters | None = None
    """The parameters that callers send."""
    backend_params: Annotated[BackendParameters, InPath(("backend_api", "req_uri"))] | None = None
    """The parameters that are sent to the default backend."""
    backend_type: Annotated[
        Literal["HTTP", "FUNCTION", "MOCK"],
        Requires(
            needs={"HTTP": ("backend_api",), "FUNCTION": ("func_info",), "MOCK": ("mock_info",)},
            unless=("ld_api_id", ANYTHING),
        ),
    ]
    """Which of the next three fields has the default backend."""
    backend_api: WebBackend | None = None
    """The web service that answers."""
    func_info: FunctionBackend | None = None
    """The function that answers."""
    mock_info: MockBackend | None = None
    """The fixed answer."""
    ld_api_id: Annotated[str, Ref("backend_api")] | None = None
    """The custom backend that answers, if a custom backend answers."""
    policy_https: Annotated[list[WebPolicy], POLICY_NAMES_DIFFER, Keyed(by=("name",))] | None = None
    """Web services that answer under conditions."""
    policy_functions: Annotated[list[FunctionPolicy], POLICY_NAMES_DIFFER, Keyed(by=("name",))] | None = None
    """Functions that answer under conditions."""
    policy_mocks: Annotated[list[MockPolicy], POLICY_NAMES_DIFFER, Keyed(by=("name",))] | None = None
    """Fixed answers that are given under conditions."""
    status: Annotated[int, Computed()] | None = None
    """Whether it is active (1) or locked (2)."""
    arrange_necessary: Annotated[int, Computed()] | None = None
    """Whether its parameters need orchestration (1) or not (2)."""
    group_name: Annotated[str, Computed()] | None = None
    """The name of its group."""
    group_version: Annotated[str, Computed()] | None = None
    """The version of its group."""
    api_group_info: Annotated[dict[str, Any], Computed()] | None = None
    """More data about its group."""
    roma_app_name: Annotated[str, Computed()] | None = None
    """The name of its integration application."""
    run_env_id: Annotated[str, Computed()] | None = None
    """The environments that it is published in, separated by vertical bars."""
    run_env_name: Annotated[str, Computed(), PublishedIn(RELEASE)] | None = None
    """Their names, in the same order."""
    publish_id: Annotated[str, Computed()] | None = None
    """The ids of these publications, in the same order."""
    publish_time: Annotated[str, Computed()] | None = None
    """Their times, in the same order."""
    register_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""
