"""Parts of the connection data that several families of data sources share."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.markers import Characters, Disputed, Secret
from assetpkg.kinds.notes import Address
from assetpkg.kinds.part import Part, Within

OLDER_PAGE = f"an older edition of {Page.CREATING_DATA_SOURCES}"
"""It gives nearly every text a least length of 4, even the types, of which several have three letters."""

BY_ADDRESS = ("", "default")
"""The values of `mode` that connect by address; this is the mode if none is given."""

AT_LEAST_FOUR = Disputed(min_length=4, source=OLDER_PAGE)

Text = Annotated[str, Within(max_length=256)]
Location = Annotated[str, Address(), Within(max_length=256)]
"""Where a system is, as a URL or a list of servers."""
Credential = Annotated[str, Secret(), Within(max_length=256)]
Login = Annotated[str, Secret(), AT_LEAST_FOUR]
Store = Annotated[str, Secret(), Disputed(max_length=1024, source=OLDER_PAGE)]
Port = Annotated[str, Characters(r"^[0-9]{0,5}$", "digits, five at most")]


class Wanted(NamedTuple):
    """Fields without which a data source cannot connect, credentials aside.

    Only of data sources of one of `types`, and only where the field `on` has one of `values`; empty means of any,
    and in any case.
    """

    fields: tuple[str, ...]
    types: tuple[str, ...] = ()
    on: str = ""
    values: tuple[str, ...] = ()

    def applies(self, datasource_type: str, content: Mapping[str, Any]) -> bool:
        """Say whether it is about this content of a data source of this type."""
        has_type = not self.types or datasource_type in self.types
        return has_type and (not self.on or (content.get(self.on) or "") in self.values)


class Content(Part):
    """What a data source connects to; a value that an export leaves out may be blank or missing."""

    types: ClassVar[tuple[str, ...]] = ()
    """The types of the family."""
    wanted: ClassVar[tuple[Wanted, ...]] = ()
    """The fields that the API reference requires; an export may leave them out, and they must then be entered after an
    import."""

    @classmethod
    def missing(cls, datasource_type: str, content: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the fields that a data source of this type needs to connect, and that are blank or absent."""
        wanted = (name for one in cls.wanted if one.applies(datasource_type, content) for name in one.fields)
        return tuple(dict.fromkeys(name for name in wanted if content.get(name) in (None, "", [])))


class AccountContent(Content):
    """The account of a service with a user name and a password."""

    user_name: Login | None = None
    """The user name with which ROMA Connect logs in."""
    password: Login | None = None
    """The user's password."""


class ServerContent(AccountContent):
    """A server at one address, and the account on it."""

    host: Annotated[str, Address(), Within(max_length=255), AT_LEAST_FOUR] | None = None
    """The server's address."""
    port: Port | None = None
    """The server's port, as a string."""


class AccessKeyContent(Content):
    """The access key of a cloud account."""

    ak: Credential | None = None
    """The access key's id."""
    sk: Credential | None = None
    """The access key's secret."""


class KerberosContent(Content):
    """The machine account of a cluster, and the files that authenticate it."""

    principal_name: Text | None = None
    """The machine account's name."""
    config_file_name: Text | None = None
    """The name of the zip file with the account's files."""
    config_file_content: Annotated[str, Secret(), Disputed(max_length=256, source=OLDER_PAGE)] | None = None
    """The zip file itself, in base64."""


class StoresContent(ServerContent):
    """A server with encryption that uses key stores."""

    ssl_enable: bool | None = None
    """Whether the connection is encrypted."""
    ssl_auth_method: Literal["", "one-way", "two-way"] | None = None
    """Whether only the server presents a certificate, or also the client."""
    trust_store: Store | None = None
    """The store of public keys."""
    trust_store_file_type: Literal["", "jks", "ts"] | None = None
    """Its file type."""
    trust_store_password: Credential | None = None
    """Its password."""
    key_store: Store | None = None
    """The store of private keys."""
    key_store_file_type: Literal["", "ks", "jks"] | None = None
    """Its file type."""
    key_store_password: Credential | None = None
    """Its password."""
    key_store_key_password: Credential | None = None
    """The password of the private key in it."""
