"""Service integration (APIC): who may call an API, what the gateway does with the calls, and scheduled calls."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.apic import RELEASE_ID
from assetpkg.kinds.apic.api_parts import IDENTIFIER, POLICY_NAME, Made
from assetpkg.kinds.apic.apis import ApplicationId
from assetpkg.kinds.kind import STARTED, Done, Kind, LeftToDo
from assetpkg.kinds.laws import Distinct, Requires
from assetpkg.kinds.markers import (
    LONG_JSON,
    AnyCase,
    ByHand,
    Characters,
    Computed,
    Disputed,
    FreeText,
    Id,
    JsonText,
    Name,
    Quota,
    Ref,
    Unordered,
)
from assetpkg.kinds.notes import Expects, FunctionUrn, Needs
from assetpkg.kinds.part import Part, Within

IDENTITY_NAME = Characters(
    r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$", "English letters, digits, '.', '_' and '-', beginning with a letter or digit"
)
IDENTITY_BY_LETTER = Characters(
    r"^[a-zA-Z][a-zA-Z0-9._-]*$", "English letters, digits, '.', '_' and '-', beginning with a letter"
)

ApiId = Annotated[str, Ref("api"), Within(max_length=64), IDENTIFIER]
EnvironmentId = Annotated[
    str, Ref("environment", unless=(RELEASE_ID,)), Within(min_length=1, max_length=64), IDENTIFIER
]


class Identity(Part):
    """A parameter of a call that a custom authorizer checks."""

    name: Annotated[
        str,
        Within(min_length=1, max_length=32),
        IDENTITY_NAME,
        Disputed(characters=IDENTITY_BY_LETTER, source=Page.CREATING_A_CUSTOM_AUTHORIZER),
        AnyCase("location", ("HEADER",)),
    ]
    """Its name; unique together with its location."""
    location: Literal["HEADER", "QUERY"]
    """Its place in the request."""
    validation: Annotated[str, Within(max_length=1024)] | None = None
    """A regular expression that it must match."""


class Authorizer(Kind):
    """A custom authorizer: a custom backend or a function that decides who may call."""

    kind: ClassVar[str] = "authorizer"
    title: ClassVar[str] = "custom authorizer"
    folder: ClassVar[str] = "authorizers"
    page: ClassVar[Page] = Page.CREATING_A_CUSTOM_AUTHORIZER
    name_code: ClassVar[str | None] = "APIG.3211"
    clash_renames: ClassVar[bool] = True
    quota: ClassVar[Quota | None] = Quota(limit=50, page=Page.QUOTAS, platform_code="APIG.3116")

    id: Annotated[str, Id()] | None = None
    """The custom authorizer's id."""
    name: Annotated[str, Name(), Within(min_length=3, max_length=64), POLICY_NAME]
    """Unique everywhere; if the name is taken, an import adds random characters to the end of the name."""
    type: Literal["FRONTEND", "BACKEND"]
    """Whether it authenticates callers at the gateway, or the gateway at a backend."""
    authorizer_type: Annotated[Literal["LD", "FUNC"], Requires(needs={"LD": ("ld_api_id",)})]
    """Whether a custom backend decides, or a function of FunctionGraph."""
    authorizer_uri: Annotated[
        str, FunctionUrn("authorizer_version", "authorizer_alias_uri", when=("authorizer_type", "FUNC"))
    ]
    """The function, or the path of the custom backend."""
    authorizer_version: Annotated[str, Within(max_length=64)] | None = None
    """The function's version; if there is an alias, the alias is used instead."""
    authorizer_alias_uri: str | None = None
    """The function's alias."""
    ld_api_id: Annotated[str, Ref("backend_api"), Expects(fields={"method": ("POST",), "status": (4,)})] | None = None
    """The custom backend; its method must be POST and it must be deployed; needed for `LD`."""
    identities: (
        Annotated[
            list[Identity],
            Unordered(by=("location", "name")),
            Distinct(("location", "name"), "APIG.3212", any_case=("location", "HEADER")),
        ]
        | None
    ) = None
    """The parameters of a call that it uses to decide; the answers are cached for their values."""
    ttl: Annotated[int, Within(ge=0)] | None = None
    """How many seconds an answer is cached."""
    user_data: str | None = None
    """Data that is sent together with the request."""
    need_body: bool | None = None
    """Whether the request body is also sent."""
    roma_app_id: ApplicationId | None = None
    """The integration application that it belongs to."""
    roma_app_name: Annotated[str, Computed()] | None = None
    """The name of that application."""
    create_time: Made | None = None
    """When it was created."""


class VisitParameter(Part):
    """The parameters that one application sends to one API."""

    api_id: ApiId | None = None
    """The API."""
    app_id: ApplicationId | None = None
    """The integration application."""
    visit_param: str | None = None
    """The parameters, separated by commas."""


def _lists(document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the lists of addresses that an authorisation has, or the one that the green channel goes by."""
    found = tuple(field for field in ("auth_whitelist", "auth_blacklist") if document.get(field))
    return found or (("auth_whitelist",) if document.get("auth_tunnel") == "GREEN" else None)


class AppAuthorization(Kind):
    """The authorisation of applications to call APIs in an environment.

    The platform gives it no name and returns one pair of application and API at a time. Here its name is made of its
    applications, its APIs and its environment. So a package may not have two with the same three values.
    """

    kind: ClassVar[str] = "app_authorization"
    title: ClassVar[str] = "API authorisation of applications"
    folder: ClassVar[str] = "app_authorizations"
    page: ClassVar[Page] = Page.AUTHORIZING_APPS
    name_code: ClassVar[str | None] = "APIG.3316"
    evidenced: ClassVar[bool] = False
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "authorisation-lists", "Enter its lists again: an import does not carry them.", Done.KEPT, where=_lists
        ),
    )

    id: Annotated[str, Id()] | None = None
    """The authorisation's id."""
    app_ids: Annotated[list[ApplicationId], Name(), Within(min_length=1), Unordered()]
    """The integration applications that may call."""
    api_ids: Annotated[list[ApiId], Name(), Within(min_length=1), Unordered()]
    """The APIs that they may call."""
    env_id: Annotated[EnvironmentId, Name()]
    """The environment in which they may call them."""
    auth_tunnel: Annotated[Literal["GREEN", "NORMAL"], Needs("green_tunnel", ("GREEN",))] | None = "NORMAL"
    """Whether listed addresses may call without credentials (GREEN); the parameter `green_tunnel` must allow this."""
    auth_whitelist: Annotated[list[str], ByHand("Set the white list again."), Unordered()] | None = None
    """The addresses that may call without credentials."""
    auth_blacklist: Annotated[list[str], ByHand("Set the black list again."), Unordered()] | None = None
    """The addresses that may not call."""
    visit_params: Annotated[list[VisitParameter], Unordered(by=("app_id", "api_id"))] | None = None
    """The parameters that the applications send."""


class ScheduledApiTask(Kind):
    """A scheduled API task: it calls an API on a schedule, in the name of an integration application.

    The console shows it and the import guide mentions it, but no page names its fields. So only what both show is
    declared, with the field names that APIs use for the same things. All other fields are kept unchanged.
    """

    kind: ClassVar[str] = "scheduled_api_task"
    title: ClassVar[str] = "scheduled API task"
    folder: ClassVar[str] = "scheduled_api_tasks"
    page: ClassVar[Page] = Page.SCHEDULING_API_CALLING
    feature: ClassVar[str | None] = "API_TASK_SWITCH"
    calls: ClassVar[str | None] = "api"
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (STARTED,)

    id: Annotated[str, Id()] | None = None
    """The task's id."""
    name: Annotated[str, Name(scope="roma_app_id"), Within(min_length=1)]
    """Assumed to be unique in its integration application; it is not documented where it is unique."""
    roma_app_id: Annotated[ApplicationId, Within(min_length=1)]
    """The integration application that it calls for."""
    api_id: ApiId
    """The API that it calls; an API of another application must be on the target before."""
    schedule: str | dict[str, Any] | None = None
    """When it calls: a cron expression, or the values that the console asks for instead."""


class Plugin(Kind):
    """A plug-in policy: what the gateway does with the calls of the APIs that use the policy."""

    kind: ClassVar[str] = "plugin"
    title: ClassVar[str] = "plug-in policy"
    folder: ClassVar[str] = "plugins"
    page: ClassVar[Page] = Page.CREATING_A_PLUG_IN
    name_code: ClassVar[str | None] = "APIG.3326"
    evidenced: ClassVar[bool] = False

    plugin_id: Annotated[str, Id()] | None = None
    """The plug-in's id."""
    plugin_name: Annotated[str, Name(), Within(min_length=3, max_length=255), POLICY_NAME]
    """Unique in the instance."""
    plugin_type: Literal["cors", "set_resp_headers", "kafka_log", "breaker", "rate_limit", "third_auth"]
    """What it does."""
    plugin_scope: Literal["global", "app"]
    """Whether all applications can see it, or only one."""
    plugin_content: Annotated[str, JsonText(), LONG_JSON, Within(max_length=65535)]
    """The settings of the policy: a JSON document with a different form for each type."""
    roma_app_id: ApplicationId | None = None
    """The integration application that can see it."""
    roma_app_name: Annotated[str, Computed()] | None = None
    """The name of that application."""
    remark: Annotated[str, Within(max_length=255), FreeText()] | None = None
    """A description."""
    create_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""
