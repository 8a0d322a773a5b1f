"""Service integration (APIC): custom backends and load channels, which answer the calls of APIs."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.apic.api_parts import IDENTIFIER, Made
from assetpkg.kinds.apic.apis import API_NAME, NO_MARKUP, ApplicationId
from assetpkg.kinds.apic.channel_parts import DictionaryCode, HealthCheck, Member, MemberGroup, MicroService
from assetpkg.kinds.kind import Done, Kind, LeftToDo
from assetpkg.kinds.laws import ANYTHING, Most, Requires
from assetpkg.kinds.markers import (
    AnyCase,
    ByHand,
    Characters,
    Computed,
    Disputed,
    FreeText,
    Id,
    LongText,
    Name,
    Quota,
    Ref,
    Unique,
    Unordered,
)
from assetpkg.kinds.part import Called, Part, Within

BACKEND_PATH = Characters(r"^/[/.a-zA-Z0-9_-]*$", "English letters, digits and / . _ -, beginning with /")
BACKEND_VERSION = Characters(r"^[a-zA-Z0-9_.-]*$", "English letters, digits, '_', '.' and '-'")
BACKEND_PARAMETER = Characters(
    r"^[a-zA-Z][a-zA-Z0-9._/-]*$", "English letters, digits and . _ / -, beginning with a letter"
)
OBJECT_NAME = Characters(r"^[a-zA-Z][a-zA-Z0-9_-]*$", "English letters, digits, '_' and '-', beginning with a letter")
CHANNEL_NAME = Characters(
    r"^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\u4e00-\u9fa5-]*$",
    "letters, digits, Chinese characters, '-' and '_', beginning with a letter or Chinese character",
)


SCRIPT = LongText(".js", named_by="object_name", on="type", suffixes=(("SQL", ".sql"), ("SP", ".sql")), in_base64=True)


class BackendParameterDefinition(Part):
    """A parameter of a custom backend."""

    name: Annotated[
        str, Within(min_length=1, max_length=32), BACKEND_PARAMETER, AnyCase("in", ("Headers", "Parameters"))
    ]
    """Its name; for a parameter in the body, the type of the body."""
    location: Annotated[Literal["Headers", "Parameters", "Body"], Called("in")]
    """Its place in the request."""
    default: Annotated[str, Within(max_length=4000)] | None = None
    """Its value when the caller does not send it."""
    description: Annotated[str, Within(max_length=255), NO_MARKUP, FreeText()] | None = None
    """A description."""
    required: bool | None = False
    """Whether the caller must send it."""


class BackendScript(Part):
    """A step of a custom backend: a statement for a data source, or a function."""

    ds_id: Annotated[str, Ref("datasource")] | None = None
    """The data source that it uses; needed in a data backend."""
    ds_name: Annotated[str, Computed()] | None = None
    """The name of that data source."""
    ds_type: str | None = None
    """The type of that data source, in small letters; the platform knows more types than its API reference lists."""
    type: Literal["", "SQL", "SP"] | None = None
    """Whether it is a statement or a call of a stored procedure."""
    object_name: Annotated[str, Within(min_length=1, max_length=32), OBJECT_NAME]
    """The name of its result."""
    content: Annotated[str, Within(min_length=1, max_length=100_000), SCRIPT]
    """The script, in base64."""
    enable_result_paging: bool | None = False
    """Whether its result is divided into pages."""
    enable_preparestatement: bool | None = False
    """Whether it is compiled before it runs."""
    created_time: Made | None = None
    """When it was created."""
    modified_time: Made | None = None
    """When it was changed last."""


class BackendApi(Kind):
    """A custom backend (LD API): scripts that read and write data sources, or compute."""

    kind: ClassVar[str] = "backend_api"
    title: ClassVar[str] = "custom backend"
    folder: ClassVar[str] = "backend_apis"
    page: ClassVar[Page] = Page.CREATING_A_BACKEND_API
    name_code: ClassVar[str | None] = "APIG.3215"
    unique: ClassVar[tuple[Unique, ...]] = (Unique(fields=("method", "path"), scope="roma_app_id"),)
    quota: ClassVar[Quota | None] = Quota(limit=500, page=Page.QUOTAS)
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("deployment", "Check that it is deployed: it is not documented that an import deploys it.", Done.KEPT),
    )

    id: Annotated[str, Id()] | None = None
    """The custom backend's id."""
    name: Annotated[str, Name(scope="roma_app_id"), Within(min_length=3, max_length=100), API_NAME]
    """Unique in its integration application."""
    roma_app_id: Annotated[ApplicationId, Within(min_length=1)]
    """The integration application that it belongs to."""
    method: Literal["GET", "PUT", "POST", "DELETE"]
    """The method of the calls."""
    path: Annotated[str, Within(min_length=2, max_length=256), BACKEND_PATH]
    """The path of the calls."""
    version: Annotated[
        str,
        Within(min_length=1, max_length=64),
        NO_MARKUP,
        Disputed(max_length=63, characters=BACKEND_VERSION, source="the model LdApiCreate of the SDK"),
    ]
    """The custom backend's version."""
    content_type: Literal["json", "xml", "stream"]
    """The format of its answers."""
    return_format: bool | None = False
    """Whether its answers are formatted."""
    api_signature_id: Annotated[str, Ref("signature_key"), Within(max_length=64), IDENTIFIER] | None = None
    """The signature key that callers sign with; an import does not keep it."""
    description: Annotated[str, Within(max_length=1000), NO_MARKUP, FreeText()] | None = None
    """A description."""
    parameters: Annotated[list[BackendParameterDefinition], Unordered(by=("in", "name"))] | None = None
    """Its parameters."""
    type: Literal["", "data", "function"] | None = None
    """Whether its scripts are statements for data sources, or functions."""
    scripts: list[BackendScript] | None = None
    """What it does, step by step."""
    status: Annotated[int, Computed()] | None = None
    """Whether it is new (1), in development (3), or deployed (4)."""
    instance: Annotated[str, Computed()] | None = None
    """The instance from which it was read."""
    roma_app_name: Annotated[str, Computed()] | None = None
    """The name of its integration application."""
    created_time: Made | None = None
    """When it was created."""
    modified_time: Made | None = None
    """When it was changed last."""


_FROM_REGISTRY = 3
"""The type of load channels that take their servers from a registry of micro-services."""


def _listed_servers(document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Say nothing but that there is something to do, where the servers are not taken from a registry."""
    return None if document.get("type") == _FROM_REGISTRY else ()


class LoadChannel(Kind):
    """A load channel (VPC channel): servers that share the calls of an API."""

    kind: ClassVar[str] = "load_channel"
    only_in_detail: ClassVar[tuple[str, ...]] = ("members", "vpc_health_config")
    title: ClassVar[str] = "load channel"
    folder: ClassVar[str] = "load_channels"
    page: ClassVar[Page] = Page.CREATING_A_VPC_CHANNEL
    name_code: ClassVar[str | None] = "APIG.3208"
    quota: ClassVar[Quota | None] = Quota(limit=200, page=Page.QUOTAS, platform_code="APIG.3109")
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "load-channel-servers", "Add the servers of the target's network to it.", Done.KEPT, where=_listed_servers
        ),
    )

    id: Annotated[str, Id()] | None = None
    """The load channel's id."""
    name: Annotated[str, Name(), Within(min_length=3, max_length=64), CHANNEL_NAME]
    """Unique in the instance."""
    port: Annotated[int, Within(ge=1, le=65535)]
    """The port of its servers."""
    balance_strategy: Literal[1, 2, 3, 4]
    """How calls are distributed: by weight (1), least connections (2), the caller's address (3), or the path (4)."""
    member_type: Annotated[
        Literal["ip", "ecs"], Requires(needs={ANYTHING: ("members",)}, slug="no-servers", unless=("type", 3))
    ]
    """Whether its servers are given by their addresses or as cloud servers."""
    type: Annotated[Literal[2, 3], Requires(needs={3: ("microservice_info",)})] | None = 2
    """Whether its servers are listed (2), or come from a registry of micro-services (3)."""
    dict_code: DictionaryCode | None = None
    """A dictionary code; not in use."""
    member_groups: Annotated[list[MemberGroup], Unordered(by=("member_group_name",))] | None = None
    """The groups that its servers are in."""
    members: (
        Annotated[
            list[Member],
            ByHand("Add the servers of the target's network to it."),
            Unordered(by=("host", "ecs_id", "port")),
            Most(items=10, platform_code="APIG.3110"),
        ]
        | None
    ) = None
    """Its servers."""
    microservice_info: MicroService | None = None
    """The registry of its micro-service."""
    vpc_health_config: HealthCheck | None = None
    """How the health of its servers is checked."""
    status: Annotated[int, Computed()] | None = None
    """Whether it works (1) or not (2)."""
    create_time: Made | None = None
    """When it was created."""
