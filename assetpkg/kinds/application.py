"""Integration applications, to which every other asset belongs; their configurations; and data dictionaries."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.kind import Done, Kind, LeftToDo
from assetpkg.kinds.markers import (
    Characters,
    Computed,
    Disputed,
    FreeText,
    Id,
    Name,
    Prefixed,
    Quota,
    Ref,
    Secret,
    SecretUnless,
    Unique,
    Unordered,
)
from assetpkg.kinds.notes import CipherEntry
from assetpkg.kinds.part import Part, Within

APPLICATION_NAME = Characters(
    r"^[\u4e00-\u9fa5a-zA-Z0-9_. ()（）-]+$",
    "letters, digits, Chinese characters, '-', '_', '.', spaces and round brackets",
)
APPLICATION_KEY = Characters(
    r"^[\u4e00-\u9fa5a-zA-Z0-9][\u4e00-\u9fa5a-zA-Z0-9_@.-]*$",
    "letters, digits, Chinese characters, '-', '_', '@' and '.', beginning with one of the first three",
)
APPLICATION_SECRET = Characters(r"^[a-zA-Z0-9!@#$%+=./-]+$", "English letters, digits and ! @ # $ % + = . - /")
CONFIG_NAME = Characters(
    r"^[a-zA-Z][a-zA-Z0-9@_.-]*$", "English letters, digits, '@', '_', '.' and '-', beginning with a letter"
)
DICTIONARY_NAME = Characters(r"^[\u4e00-\u9fa5a-zA-Z0-9_ ]*$", "letters, digits, Chinese characters, '_' and spaces")
DICTIONARY_CODE = Characters(r"^[a-zA-Z0-9_ ]*$", "English letters, digits, '_' and spaces")

Extension = Annotated[
    str, Within(max_length=5000), Disputed(characters=DICTIONARY_NAME, source="the model CreateDictionary of the SDK")
]
Code = Annotated[str, Within(max_length=64), DICTIONARY_CODE]


class User(Part):
    """The account that created or last changed a resource."""

    user_id: str | None = None
    """Its id."""
    user_name: str | None = None
    """Its name."""


class Application(Kind):
    """An integration application; the prefix of an import is put before its name."""

    kind: ClassVar[str] = "application"
    title: ClassVar[str] = "integration application"
    folder: ClassVar[str] = "applications"
    page: ClassVar[Page] = Page.CREATING_AN_APPLICATION
    prefixed: ClassVar[Prefixed] = Prefixed.YES
    counted_as: ClassVar[str | None] = "applications"
    unique: ClassVar[tuple[Unique, ...]] = (Unique(fields=("key",), platform_code="APIG.3310", documented=False),)
    quota: ClassVar[Quota | None] = Quota(limit=100, page=Page.QUOTAS)

    id: Annotated[str, Id()] | None = None
    """The application's id, in UUID form."""
    name: Annotated[str, Name(), Within(min_length=1, max_length=256), APPLICATION_NAME]
    """Unique in the instance."""
    remark: Annotated[str, Within(max_length=255), FreeText()] | None = None
    """A description."""
    key: Annotated[str, Within(min_length=3, max_length=200), APPLICATION_KEY] | None = None
    """The application's key (AppKey), unique in the instance; it is not documented whether an import keeps it."""
    secret: Annotated[str, Secret(), Within(min_length=8, max_length=128), APPLICATION_SECRET] | None = None
    """The application's secret; an import always creates a new one."""
    favorite: Annotated[bool, Computed()] | None = False
    """Whether the user who read it has marked it; this belongs to the user, not to the application."""
    roles: Annotated[list[str], Computed(), Unordered()] | None = None
    """What the user who read it may do with it: read, access, delete, modify, admin."""
    owner: Annotated[bool, Computed()] | None = None
    """Whether the user who read it owns it."""
    created_user: Annotated[User, Computed()] | None = None
    """Who created it."""
    last_updated_user: Annotated[User, Computed()] | None = None
    """Who changed it last."""
    create_time: Annotated[str, Computed()] | None = None
    """When it was created."""
    update_time: Annotated[str, Computed()] | None = None
    """When it was changed last."""

    @classmethod
    def may_be_changed(cls, document: Mapping[str, Any]) -> bool:
        """Say whether the reading account owns the application, or has the role to change it."""
        roles = document.get("roles")
        known = isinstance(roles, list) and document.get("owner") is False
        return not known or bool({"modify", "admin"} & {str(role) for role in roles or ()})


_CIPHERS = ("password", "certificate")
"""The types whose values are encrypted."""


def _enciphered(document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Say nothing but that there is something to do, where the value is encrypted."""
    return () if document.get("config_type") in _CIPHERS else None


class AppConfig(Kind):
    """A configuration of an application: a value that its custom backends use by its name."""

    kind: ClassVar[str] = "app_config"
    title: ClassVar[str] = "application configuration"
    folder: ClassVar[str] = "app_configs"
    page: ClassVar[Page] = Page.CREATING_AN_APPLICATION_CONFIGURATION
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("app-config", "Enter its value again: an import does not carry it.", Done.KEPT, where=_enciphered),
    )

    id: Annotated[str, Id()] | None = None
    """The configuration's id."""
    app_id: Annotated[str, Ref("application"), Within(min_length=1, max_length=64)]
    """The integration application that it belongs to."""
    config_name: Annotated[str, Name(scope="app_id"), Within(min_length=1, max_length=512), CONFIG_NAME]
    """Unique in its integration application."""
    config_type: Annotated[Literal["variable", "password", "certificate"], CipherEntry(_CIPHERS)]
    """Whether it is a plain value, a password, or a certificate with its private key."""
    config_value: Annotated[str, SecretUnless("config_type", ("variable",))] | None = None
    """The value; for a certificate, a JSON object with `public_key`, `private_key` and `passphrase`."""
    description: Annotated[str, Within(max_length=1024), FreeText()] | None = None
    """A description."""
    update_time: Annotated[str, Computed()] | None = None
    """When it was changed last."""


class Dictionary(Kind):
    """An entry of the data dictionary, a tree by `parent_code`; create entries by hand before an import."""

    kind: ClassVar[str] = "dictionary"
    title: ClassVar[str] = "data dictionary"
    folder: ClassVar[str] = "dictionaries"
    page: ClassVar[Page] = Page.CREATING_A_DICTIONARY
    excluded_by: ClassVar[Page | None] = Page.PREPARATIONS
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (LeftToDo("dictionary", "Create it on the target before the import."),)
    unique: ClassVar[tuple[Unique, ...]] = (Unique(fields=("code",)),)

    id: Annotated[str, Id()] | None = None
    """The entry's id."""
    name: Annotated[str, Name(), Within(min_length=2, max_length=64), DICTIONARY_NAME]
    """Unique in the instance."""
    code: Annotated[Code, Within(min_length=2)]
    """The code that other resources refer to it by; unique in the instance."""
    parent_code: Annotated[Code, Ref("dictionary", by=("code",))] | None = None
    """The code of its parent entry; empty at the top."""
    order: Annotated[int, Within(ge=1, le=100)] | None = None
    """Its position among its siblings; the lowest number is first."""
    remark: Annotated[str, Within(max_length=200), FreeText()] | None = None
    """A description."""
    extend_one: Extension | None = None
    """A field for the customer's own use."""
    extend_two: Extension | None = None
    """Another field for the customer's own use."""
    type: Annotated[str, Computed()] | None = None
    """Whether the platform or a user created it."""
    create_time: Annotated[str, Computed()] | None = None
    """When it was created."""
    update_time: Annotated[str, Computed()] | None = None
    """When it was changed last."""
