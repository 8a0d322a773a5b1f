"""The connection data of data sources: one class for every family of their types."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from assetpkg.kinds.fdi.content_parts import (
    AT_LEAST_FOUR,
    AccessKeyContent,
    AccountContent,
    Content,
    Credential,
    Location,
    Port,
    ServerContent,
    Text,
    Wanted,
)
from assetpkg.kinds.fdi.database_content import (
    MongoContent,
    OracleContent,
    RedisContent,
    RelationalContent,
    SapContent,
    WarehouseContent,
)
from assetpkg.kinds.fdi.message_content import HadoopContent, Hl7Content, KafkaContent, QueueContent
from assetpkg.kinds.markers import Secret, WholeNumber
from assetpkg.kinds.part import Part, Within


class FtpContent(ServerContent):
    """An FTP server."""

    types: ClassVar[tuple[str, ...]] = ("FTP",)

    ftp_protocol: Literal["", "sftp", "ftp"] | None = None
    """The protocol."""
    ftp_connect_mode: Literal["", "active", "passive"] | None = None
    """Which side opens the data connection."""


class SnmpContent(ServerContent):
    """A device that is read with SNMP."""

    types: ClassVar[tuple[str, ...]] = ("SNMP",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("host", "port")),)

    snmp_network_protocol: Literal["", "udp", "tcp"] | None = None
    """The network protocol."""
    snmp_version: Annotated[Literal[0, 1, 3], WholeNumber()] | None = None
    """The SNMP version."""
    snmp_community: Credential | None = None
    """The community, which gives access like a password."""


class LdapContent(AccountContent):
    """A directory service."""

    types: ClassVar[tuple[str, ...]] = ("LDAP",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("url",)),)

    url: Location | None = None
    """The directory's URL."""
    ldap_security_auth_type: Literal["", "no", "simple"] | None = None
    """Whether the connection logs in."""


class WebSocketContent(AccountContent):
    """A WebSocket server."""

    types: ClassVar[tuple[str, ...]] = ("WEBSOCKET",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("url",)),)

    url: Location | None = None
    """The server's URL."""
    auth_method: Literal["", "none", "basicauth"] | None = None
    """How the client is authenticated."""


class ApiAuthDetail(Part):
    """How the caller of an API data source is authenticated."""

    auth_method: (
        Literal[
            "", "none", "basicauth", "oauth2.0", "hmac", "secret", "md5", "apiGateway", "keyTop", "hikVision",
            "huaweiNetworkManagement", "liHe",
        ]
        | None
    ) = None  # fmt: skip
    """The authentication method."""
    app_auth_type: Literal["", "default", "secret", "jwt"] | None = None
    """The authentication method of `apiGateway`."""
    access_token_url: Location | None = None
    """The address that gives an access token."""
    alt_ip: Location | None = None
    """A second address of the service."""
    scope: Text | None = None
    """The requested scope."""
    grant_type: Text | None = None
    """The kind of grant, such as `client_credentials`."""
    user_name: Annotated[str, Secret(), Within(max_length=2000), AT_LEAST_FOUR] | None = None
    """The user name."""
    password: Annotated[str, Secret(), Within(max_length=2000), AT_LEAST_FOUR] | None = None
    """The password."""
    app_key: Credential | None = None
    """The application's key."""
    app_secret: Credential | None = None
    """The application's secret."""
    secret: Credential | None = None
    """The secret that requests are signed with."""
    client_id: Credential | None = None
    """The client's id."""
    client_secret: Credential | None = None
    """The client's secret."""
    authorization: Credential | None = None
    """The value of the authorization header."""


class ApiContent(Content):
    """A web API."""

    types: ClassVar[tuple[str, ...]] = ("API",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("url",)),)

    url: Location | None = None
    """The API's URL."""
    api_method: Literal["", "POST", "PUT", "DELETE", "PATCH", "GET"] | None = None
    """The request method."""
    api_auth_detail: ApiAuthDetail | None = None
    """How the caller is authenticated."""


class ObsContent(AccessKeyContent):
    """A bucket of the object storage service."""

    types: ClassVar[tuple[str, ...]] = ("OBS",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("address", "port", "bucket_name")),)

    address: Text | None = None
    """The service's address."""
    port: Port | None = None
    """The service's port, as a string."""
    bucket_name: Text | None = None
    """The bucket's name."""
    https: bool | None = None
    """Whether the connection uses HTTPS."""


class DisContent(AccessKeyContent):
    """A stream of the data ingestion service."""

    types: ClassVar[tuple[str, ...]] = ("DIS",)
    wanted: ClassVar[tuple[Wanted, ...]] = (
        Wanted(("dis_endpoint", "dis_region", "dis_source_project_id"), on="dis_setting_type", values=("senior",)),
    )

    dis_tunnel_name: Text | None = None
    """The stream's name."""
    dis_data_type: Literal["", "JSON"] | None = None
    """The format of its records."""
    dis_setting_type: Literal["", "basic", "senior"] | None = None
    """Whether the next three fields have values."""
    dis_endpoint: Text | None = None
    """The service's address."""
    dis_region: Text | None = None
    """The stream's region."""
    dis_source_project_id: Text | None = None
    """The project of the stream."""


class CustomContent(Content):
    """A data source that is connected with the customer's own connector."""

    types: ClassVar[tuple[str, ...]] = ("CUSTOMIZED",)

    connection_instance_id: Text | None = None
    """The published instance of the connector."""
    connector_params: Annotated[dict[str, Any], Secret()] | None = None
    """The values that the connector needs; each of them may be a credential."""


CONTENT_CLASSES: Mapping[str, type[Content]] = MappingProxyType({
    word: family
    for family in (
        RelationalContent, OracleContent, WarehouseContent, SapContent, MongoContent, RedisContent,
        FtpContent, KafkaContent, HadoopContent, QueueContent, Hl7Content, SnmpContent, LdapContent,
        WebSocketContent, ApiContent, ObsContent, DisContent, CustomContent,
    )
    for word in family.types
})  # fmt: skip
"""The class of `content` for each data source type that the API reference lists."""

UNDESCRIBED_TYPES = (
    "AOMDP", "CLICKHOUSE", "DM", "MQS", "MRSCLICKHOUSE", "MRSREDIS", "OPENGAUSS", "ROCKETMQ", "ROMA20MQS",
)  # fmt: skip
"""The types that only the page of the list of data sources has (2025), without their fields."""
