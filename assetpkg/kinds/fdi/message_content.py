"""The connection data of message brokers, of HL7 endpoints, and of Hadoop clusters, which log in like some brokers."""

from typing import Annotated, ClassVar, Literal

from assetpkg.kinds.fdi.content_parts import Credential, KerberosContent, Location, StoresContent, Text, Wanted
from assetpkg.kinds.part import Within


class KafkaContent(KerberosContent):
    """Kafka brokers, including the platform's own message service."""

    types: ClassVar[tuple[str, ...]] = ("KAFKA", "FIKAFKA", "MRSKAFKA")
    wanted: ClassVar[tuple[Wanted, ...]] = (
        Wanted(("broker",), types=("KAFKA",)),
        Wanted(("principal_name", "config_file_name"), types=("FIKAFKA", "MRSKAFKA")),
    )

    broker: Location | None = None
    """The brokers, `address:port`, separated by commas."""
    ssl: bool | None = None
    """Whether the connection is encrypted."""
    ssl_enable: bool | None = None
    """Whether the connection is encrypted and authenticated."""
    ssl_username: Credential | None = None
    """The user name, or the key of an integration application."""
    ssl_password: Credential | None = None
    """The password, or the secret of an integration application."""


class HadoopContent(KerberosContent):
    """A file system, Hive or HBase of a Hadoop cluster."""

    types: ClassVar[tuple[str, ...]] = ("MRSHIVE", "MRSHDFS", "MRSHBASE", "FIHDFS", "FIHIVE")
    wanted: ClassVar[tuple[Wanted, ...]] = (
        Wanted(("principal_name", "config_file_name")),
        Wanted(("hdfs_path",), types=("MRSHIVE", "MRSHDFS", "FIHDFS", "FIHIVE")),
    )

    hdfs_path: Text | None = None
    """The path in the file system."""


class QueueContent(StoresContent):
    """A message broker."""

    types: ClassVar[tuple[str, ...]] = ("ACTIVEMQ", "ARTEMISMQ", "RABBITMQ", "IBMMQ")
    wanted: ClassVar[tuple[Wanted, ...]] = (
        Wanted(("broker",), types=("ACTIVEMQ",)),
        Wanted(("host", "port"), types=("RABBITMQ", "IBMMQ")),
    )

    broker: Location | None = None
    """The brokers, `address:port`, separated by commas."""
    rabbitmq_virtual_host: Text | None = None
    """The virtual host of a RabbitMQ."""
    rabbitmq_ssl_protocol: Literal["", "TLS"] | None = None
    """How the connection to a RabbitMQ is encrypted."""
    ibmmq_ccs_id: Annotated[str, Within(max_length=65535)] | None = None
    """The character set of an IBM MQ, by its number."""
    ibmmq_queue_manager: Text | None = None
    """The queue manager of an IBM MQ."""
    ibmmq_channel: Text | None = None
    """The channel of an IBM MQ."""
    ibmmq_cipher_suite: Text | None = None
    """The cipher suite of an IBM MQ."""


class Hl7Content(StoresContent):
    """An HL7 endpoint."""

    types: ClassVar[tuple[str, ...]] = ("HL7",)
    wanted: ClassVar[tuple[Wanted, ...]] = (Wanted(("host", "port"), on="hl7_position", values=("target",)),)

    hl7_position: Literal["", "source", "target"] | None = None
    """Whether it is the source or the target of a task."""
    hl7_whitelist_enable: bool | None = None
    """Whether only listed servers may send to it."""
    hl7_whitelist: Text | None = None
    """The servers that may send to it."""
