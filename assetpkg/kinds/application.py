"""Integration applications: what every other asset belongs to."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from assetpkg.kinds.kind import Kind, Part
from assetpkg.kinds.markers import Characters, Computed, Id, Name, Prefixed, Quota, Secret, Unique, Unordered

APPLICATION_NAME = Characters(
    r"^[\u4e00-\u9fa5a-zA-Z0-9_. ()（）-]+$",
    "letters, digits, Chinese characters, '-', '_', '.', spaces and round brackets",
)
APPLICATION_KEY = Characters(
    r"^[\u4e00-\u9fa5a-zA-Z0-9][\u4e00-\u9fa5a-zA-Z0-9_@.-]*$",
    "letters, digits, Chinese characters, '-', '_', '@' and '.', beginning with one of the first three",
)
APPLICATION_SECRET = Characters(r"^[a-zA-Z0-9!@#$%+=./-]+$", "letters, digits and ! @ # $ % + = . - /")


class User(Part):
    """The account that made or last changed a resource."""

    user_id: str | None = None
    """Its id."""
    user_name: str | None = None
    """Its name."""


class Application(Kind):
    """An integration application; its name is what an import's prefix is joined with."""

    kind: ClassVar[str] = "application"
    title: ClassVar[str] = "integration application"
    folder: ClassVar[str] = "applications"
    page: ClassVar[str] = "API reference, Creating an Application"
    prefixed: ClassVar[Prefixed] = Prefixed.YES
    counted_as: ClassVar[str | None] = "applications"
    unique: ClassVar[tuple[Unique, ...]] = (Unique(fields=("key",), platform_code="APIG.3310", documented=False),)
    quota: ClassVar[Quota | None] = Quota(limit=100, page="Service overview, Quotas")

    id: Annotated[str, Id()] | None = None
    """The application's id, in UUID form."""
    name: Annotated[str, Name(), Field(min_length=1, max_length=256), APPLICATION_NAME]
    """Unique in the instance."""
    remark: Annotated[str, Field(max_length=255)] | None = None
    """A description."""
    key: Annotated[str, Field(min_length=3, max_length=200), APPLICATION_KEY] | None = None
    """The application's key (AppKey), unique in the instance; an import may or may not carry it over."""
    secret: Annotated[str, Secret(), Field(min_length=8, max_length=128), APPLICATION_SECRET] | None = None
    """The application's secret; an import always makes a new one."""
    favorite: Annotated[bool, Computed()] | None = False
    """Whether the reading user has marked it: the user's own, not the application's."""
    roles: Annotated[list[str], Computed(), Unordered()] | None = None
    """What the reading user may do with it: read, access, delete, modify, admin."""
    owner: Annotated[bool, Computed()] | None = None
    """Whether the reading user owns it."""
    created_user: Annotated[User, Computed()] | None = None
    """Who made it."""
    last_updated_user: Annotated[User, Computed()] | None = None
    """Who changed it last."""
    create_time: Annotated[str, Computed()] | None = None
    """When it was made."""
    update_time: Annotated[str, Computed()] | None = None
    """When it was changed last."""

    @classmethod
    def may_be_changed(cls, document: Mapping[str, Any]) -> bool:
        """Say whether the reading account owns the application, or has the role to change it."""
        roles = document.get("roles")
        known = isinstance(roles, list) and document.get("owner") is False
        return not known or bool({"modify", "admin"} & {str(role) for role in roles or ()})
