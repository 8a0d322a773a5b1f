"""The connection data of databases, and of SAP systems, which are described like databases."""

from typing import Annotated, ClassVar, Literal

from assetpkg.kinds.fdi.content_parts import (
    AT_LEAST_FOUR,
    BY_ADDRESS,
    AccountContent,
    Content,
    Location,
    Login,
    Port,
    ServerContent,
    Text,
    Wanted,
)
from assetpkg.kinds.markers import Characters, Unordered
from assetpkg.kinds.notes import Address
from assetpkg.kinds.part import Part, Within


class DatabaseContent(ServerContent):
    """A database on a server."""

    database_name: Annotated[str, AT_LEAST_FOUR] | None = None
    """The database's name."""


class RelationalContent(DatabaseContent):
    """A relational database, with its address or a connection string."""

    types: ClassVar[tuple[str, ...]] = (
        "MYSQL", "SQLSERVER", "DB2", "GAUSS200", "GAUSS100", "TAURUS", "POSTGRESQL", "HIVE",
    )  # fmt: skip
    wanted: ClassVar[tuple[Wanted, ...]] = (
        Wanted(("host", "port", "database_name"), on="mode", values=BY_ADDRESS),
        Wanted(("url",), on="mode", values=("professional",)),
    )

    mode: Literal["", "default", "professional"] | None = None
    """`default` connects by address, `professional` by `url`."""
    url: Location | None = None
    """The connection string."""
    encoding: Annotated[str, Within(max_length=10)] | None = None
    """The character encoding."""
    gauss100_version: Literal["", "V100R003C20", "V300R001C00"] | None = None
    """The version of GaussDB 100."""
    mysql_timeout: Annotated[int, Within(ge=1, le=20000)] | None = None
    """The time limit for connecting to a MySQL database, in seconds."""


class OracleAddress(Part):
    """The address of one node of an Oracle cluster."""

    oracle_address: Annotated[str, Address()] | None = None
    """The node's address."""
    oracle_port: Port | None = None
    """The node's port, as a string."""


class OracleContent(DatabaseContent):
    """An Oracle database: one server, a cluster, or a connection string."""

    types: ClassVar[tuple[str, ...]] = ("ORACLE",)
    wanted: ClassVar[tuple[Wanted, ...]] = (
        Wanted(("host", "port", "database_name"), on="mode", values=BY_ADDRESS),
        Wanted(("url",), on="mode", values=("professional",)),
        Wanted(("multi_oracle_address",), on="mode", values=("multiAddress",)),
    )

    mode: Literal["", "default", "professional", "multiAddress"] | None = None
    """`default` connects by address, `multiAddress` to a cluster, `professional` by `url`."""
    url: Location | None = None
    """The connection string."""
    multi_oracle_address: (
        Annotated[list[OracleAddress], Within(max_length=100), Unordered(by=("host", "port"))] | None
    ) = None
    """The nodes of the cluster."""
    oracle_service_name: Annotated[str, Within(max_length=64), AT_LEAST_FOUR] | None = None
    """The cluster's service name."""
    cdc_mode: Literal["", "xstream", "logminer"] | None = None
    """How changes are captured; only composite tasks use this."""


class WarehouseContent(DatabaseContent):
    """A data warehouse or a HANA database."""

    types: ClassVar[tuple[str, ...]] = ("DWS", "HANA")
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("host", "port", "database_name")),)

    mode: Literal["", "default"] | None = None
    """Always `default`."""


class SapContent(DatabaseContent):
    """An SAP system."""

    types: ClassVar[tuple[str, ...]] = ("SAP",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("host", "port", "database_name")),)

    sap_client: Annotated[str, Within(max_length=10)] | None = None
    """The client number."""
    sap_sysnr: Text | None = None
    """The instance number."""


class MongoContent(AccountContent):
    """A MongoDB database."""

    types: ClassVar[tuple[str, ...]] = ("MONGODB",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("address",)),)

    mode: Literal["", "default"] | None = None
    """Always `default`."""
    address: Location | None = None
    """The servers, `address:port`, separated by commas."""
    database_name: Annotated[str, AT_LEAST_FOUR] | None = None
    """The database's name."""
    mongodb_auth_source: Annotated[str, Within(max_length=60)] | None = None
    """The database that holds the accounts."""
    mongodb_cluster_enable: bool | None = None
    """Whether it is a cluster."""
    mongodb_replica_set: Text | None = None
    """The replica set, where it is not a cluster."""


class RedisContent(Content):
    """A Redis database."""

    types: ClassVar[tuple[str, ...]] = ("REDIS",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("address",)),)

    mode: Literal["", "default"] | None = None
    """Always `default`."""
    address: Location | None = None
    """The servers, `address:port`, separated by commas."""
    redis_database: Annotated[str, Within(max_length=1000), Characters(r"^[0-9]*$", "digits")] | None = None
    """The number of the database, as a string."""
    password: Login | None = None
    """The server's password."""
