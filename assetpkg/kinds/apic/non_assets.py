"""Service integration (APIC): the configuration around APIs, which no import brings.

Only the fields that identify one, the fields that say what it belongs to, and the secret fields are declared.
"""

from typing import Annotated, ClassVar

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.apic import RELEASE, RELEASE_ID
from assetpkg.kinds.kind import Done, Kind, LeftToDo
from assetpkg.kinds.markers import FreeText, Id, Name, Quota, Ref, Secret

KnownId = Annotated[str, Id()]
ApplicationId = Annotated[str, Ref("application")]
GroupId = Annotated[str, Ref("api_group")]


class Environment(Kind):
    """An environment in which APIs are published."""

    kind: ClassVar[str] = "environment"
    title: ClassVar[str] = "environment"
    folder: ClassVar[str] = "environments"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_API_CONFIGURATIONS
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("environment", f"Create it again; the environment {RELEASE} already exists.", Done.THERE),
    )
    name_code: ClassVar[str | None] = "APIG.3205"
    quota: ClassVar[Quota | None] = Quota(limit=10, page=Page.QUOTAS, platform_code="APIG.3104")

    id: KnownId | None = None
    """The environment's id."""
    name: Annotated[str, Name()]
    """Unique in the instance."""
    remark: Annotated[str, FreeText()] | None = None
    """A description."""
    create_time: str | None = None
    """When it was created."""


class EnvironmentVariable(Kind):
    """A value that the backends of an API group use as `#name#` in one environment."""

    kind: ClassVar[str] = "environment_variable"
    title: ClassVar[str] = "environment variable"
    folder: ClassVar[str] = "environment_variables"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_API_CONFIGURATIONS
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("environment-variable", "Add it to the API group again, in each environment.", Done.THERE),
    )
    name_code: ClassVar[str | None] = "APIG.3303"

    id: KnownId | None = None
    """The environment variable's id."""
    group_id: GroupId | None = None
    """The API group with the backends that use it."""
    variable_name: Annotated[str, Name(scope="group_id")]
    """Unique in its API group and environment; capital and small letters are different."""
    env_id: Annotated[str, Ref("environment", unless=(RELEASE_ID,)), Name(scope="group_id")]
    """The environment."""
    variable_value: str | None = None
    """The value."""


class Domain(Kind):
    """The customer's own domain, bound to an API group."""

    kind: ClassVar[str] = "domain"
    title: ClassVar[str] = "independent domain"
    folder: ClassVar[str] = "domains"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_API_CONFIGURATIONS
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("domain", "Bind the domain and its certificate to the API group again.", Done.THERE),
    )
    name_code: ClassVar[str | None] = "APIG.3305"

    id: KnownId | None = None
    """The domain's id."""
    group_id: GroupId | None = None
    """The API group that it is bound to."""
    url_domain: Annotated[str, Name()]
    """The domain, unique in the instance."""


class ThrottlingPolicy(Kind):
    """A request throttling policy: how often APIs may be called."""

    kind: ClassVar[str] = "throttling_policy"
    title: ClassVar[str] = "request throttling policy"
    folder: ClassVar[str] = "throttling_policies"
    page: ClassVar[Page] = Page.IMPORT_GUIDE
    excluded_by: ClassVar[Page | None] = Page.IMPORT_GUIDE
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("throttling-policy", "Create it again, and bind it to its APIs.", Done.BOUND),
    )
    name_code: ClassVar[str | None] = "APIG.3204"
    quota: ClassVar[Quota | None] = Quota(limit=300, page=Page.QUOTAS, platform_code="APIG.3107")

    id: KnownId | None = None
    """The policy's id."""
    name: Annotated[str, Name()]
    """Unique in the instance."""


class AccessControlPolicy(Kind):
    """An access control policy: the addresses from which APIs may be called."""

    kind: ClassVar[str] = "access_control_policy"
    title: ClassVar[str] = "access control policy"
    folder: ClassVar[str] = "access_control_policies"
    page: ClassVar[Page] = Page.IMPORT_GUIDE
    excluded_by: ClassVar[Page | None] = Page.IMPORT_GUIDE
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("access-control-policy", "Create it again, and bind it to its APIs.", Done.BOUND),
    )
    name_code: ClassVar[str | None] = "APIG.3206"
    quota: ClassVar[Quota | None] = Quota(limit=100, page=Page.QUOTAS, platform_code="APIG.3112")

    id: KnownId | None = None
    """The policy's id."""
    acl_name: Annotated[str, Name()]
    """Unique in the instance."""


class SignatureKey(Kind):
    """A signature key: the gateway signs its calls to backends with it."""

    kind: ClassVar[str] = "signature_key"
    title: ClassVar[str] = "signature key"
    folder: ClassVar[str] = "signature_keys"
    page: ClassVar[Page] = Page.IMPORT_GUIDE
    excluded_by: ClassVar[Page | None] = Page.IMPORT_GUIDE
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("signature-key", "Create it again, bind it to its APIs, and give it to the backends.", Done.BOUND),
    )
    name_code: ClassVar[str | None] = "APIG.3207"
    quota: ClassVar[Quota | None] = Quota(limit=200, page=Page.QUOTAS, platform_code="APIG.3105")

    id: KnownId | None = None
    """The signature key's id."""
    name: Annotated[str, Name()]
    """Unique in the instance."""
    sign_key: Annotated[str, Secret()] | None = None
    """The key."""
    sign_secret: Annotated[str, Secret()] | None = None
    """The secret."""


class AppCode(Kind):
    """An AppCode: callers of an application may send it instead of a signature; it gives access like a password."""

    kind: ClassVar[str] = "app_code"
    title: ClassVar[str] = "AppCode"
    folder: ClassVar[str] = "app_codes"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_API_CONFIGURATIONS
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (LeftToDo("app-code", "Create a new one, and give it to the callers."),)

    id: Annotated[str, Id(), Name(scope="app_id")]
    """The AppCode's id; it has no other name."""
    app_id: ApplicationId | None = None
    """The integration application that it belongs to."""
    app_code: Annotated[str, Secret()] | None = None
    """The AppCode."""


class ClientAccessControl(Kind):
    """The access control of one client: the addresses from which an application may call."""

    kind: ClassVar[str] = "client_access_control"
    title: ClassVar[str] = "client access control"
    folder: ClassVar[str] = "client_access_controls"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_API_CONFIGURATIONS
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("client-access-control", "Set it for its application again.", Done.THERE),
    )

    app_id: Annotated[ApplicationId, Name()]
    """The integration application; each has at most one."""


class ClientQuota(Kind):
    """A client quota policy: how often applications may call."""

    kind: ClassVar[str] = "client_quota"
    title: ClassVar[str] = "client quota policy"
    folder: ClassVar[str] = "client_quotas"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_API_CONFIGURATIONS
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("client-quota", "Create it again, and bind it to its applications.", Done.BOUND),
    )
    name_code: ClassVar[str | None] = "APIG.3325"
    quota: ClassVar[Quota | None] = Quota(limit=20000, page=Page.QUOTAS)

    app_quota_id: KnownId | None = None
    """The policy's id."""
    name: Annotated[str, Name()]
    """Unique in the instance."""
