"""The parts of a load channel: groups of servers, servers, micro-services and the health check."""

from typing import Annotated, Literal

from assetpkg.kinds.apic.api_parts import IDENTIFIER, Made
from assetpkg.kinds.laws import LessThan, Requires
from assetpkg.kinds.markers import Characters, Computed, FreeText, Unordered
from assetpkg.kinds.notes import Address, Needs
from assetpkg.kinds.part import Part, Within

DICTIONARY_CODE = Characters(r"^[a-zA-Z0-9._-]*$", "English letters, digits, '.', '_' and '-'")

DictionaryCode = Annotated[str, Within(max_length=64), DICTIONARY_CODE]
PortOrNone = Annotated[int, Within(ge=0, le=65535)]
"""A port, or 0 for the port of the load channel."""
Count = Annotated[int, Within(ge=1, le=10)]
Switch = Literal[1, 2]
"""1 is on, 2 is off."""


class ServiceLabel(Part):
    """A label of a micro-service."""

    label_name: Annotated[str, Within(max_length=63)]
    """Its name."""
    label_value: Annotated[str, Within(max_length=63)]
    """Its value."""


class MemberGroup(Part):
    """A group of servers, or a version of a micro-service."""

    member_group_id: Annotated[str, Computed()] | None = None
    """The group's id."""
    member_group_name: str
    """Its name, unique in the load channel."""
    member_group_remark: Annotated[str, FreeText()] | None = None
    """A description."""
    member_group_weight: Annotated[int, Within(ge=0, le=100)] | None = None
    """The weight of its servers."""
    dict_code: DictionaryCode | None = None
    """A dictionary code; not in use."""
    microservice_version: Annotated[str, Within(max_length=64)] | None = None
    """The version of the micro-service."""
    microservice_port: PortOrNone | None = None
    """The port of the micro-service."""
    microservice_labels: Annotated[list[ServiceLabel], Unordered(by=("label_name",))] | None = None
    """The labels of the micro-service."""
    create_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""


class Member(Part):
    """A server of a load channel."""

    id: Annotated[str, Computed()] | None = None
    """The server's id in the load channel."""
    vpc_channel_id: Annotated[str, Computed()] | None = None
    """The load channel."""
    host: Annotated[str, Address(), Within(max_length=64)] | None = None
    """Its address; needed if servers are given by address."""
    ecs_id: Annotated[str, Within(max_length=255), IDENTIFIER] | None = None
    """The id of the cloud server; needed if servers are given as cloud servers."""
    ecs_name: Annotated[str, Within(max_length=64)] | None = None
    """The name of the cloud server."""
    port: PortOrNone | None = None
    """Its port."""
    weight: Annotated[int, Within(ge=0, le=10000)] | None = None
    """Its share of the calls."""
    is_backup: bool | None = False
    """Whether it is used only when all other servers fail."""
    member_group_name: str | None = None
    """The group that it is in."""
    member_group_id: Annotated[str, Computed()] | None = None
    """The id of that group."""
    status: Switch | None = None
    """Whether it is in use (1) or not (2)."""
    create_time: Made | None = None
    """When it was added."""


class EngineService(Part):
    """A micro-service that a Cloud Service Engine registers."""

    engine_id: str
    """The engine."""
    engine_name: Annotated[str, Computed()] | None = None
    """The engine's name."""
    service_id: str
    """The micro-service."""
    service_name: Annotated[str, Computed()] | None = None
    """The micro-service's name."""
    register_address: Annotated[str, Computed()] | None = None
    """The registry's address."""
    cse_app_id: Annotated[str, Computed()] | None = None
    """The application that the micro-service belongs to."""
    version: Annotated[str, Computed()] | None = None
    """The micro-service's version; not in use any more."""


class ContainerService(Part):
    """A micro-service that runs in a cluster of the Cloud Container Engine."""

    cluster_id: str
    """The cluster."""
    cluster_name: Annotated[str, Computed()] | None = None
    """The cluster's name."""
    namespace: str
    """The namespace in the cluster."""
    workload_type: Literal["deployment", "statefulset", "daemonset"]
    """The type of the workload."""
    app_name: str | None = None
    """The workload's name."""
    label_key: str | None = None
    """The name of a label of the workload."""
    label_value: str | None = None
    """The value of that label."""


class MicroService(Part):
    """The registry of a micro-service; it belongs to one tenant, and an import does not bring it."""

    id: Annotated[str, Computed()] | None = None
    """The micro-service's id."""
    instance_id: Annotated[str, Computed()] | None = None
    """The instance from which it was read."""
    service_type: Literal["CSE", "CCE"] | None = None
    """Which of the next two fields it is."""
    cse_info: EngineService | None = None
    """It is registered with a Cloud Service Engine."""
    cce_info: ContainerService | None = None
    """It runs in a cluster of the Cloud Container Engine."""
    create_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""


class HealthCheck(Part):
    """How the gateway checks whether a server works."""

    id: Annotated[str, Computed()] | None = None
    """The health check's id."""
    vpc_channel_id: Annotated[str, Computed()] | None = None
    """The load channel."""
    protocol: Annotated[
        Literal["TCP", "HTTP", "HTTPS"], Requires(needs={"HTTP": ("path", "http_code"), "HTTPS": ("path",)})
    ]
    """The protocol that it uses."""
    path: str | None = None
    """The path that it calls; needed for HTTP and HTTPS."""
    method: Literal["GET", "HEAD"] | None = "GET"
    """The method that it calls with."""
    port: PortOrNone | None = None
    """The port that it calls."""
    threshold_normal: Count
    """How many good answers in a row show that a server works."""
    threshold_abnormal: Count
    """How many failures in a row show that a server does not work."""
    time_interval: Annotated[int, Within(ge=5, le=300)]
    """How many seconds are between two checks; more than `timeout`."""
    timeout: Annotated[int, Within(ge=2, le=30), LessThan("time_interval")]
    """How many seconds an answer may take."""
    http_code: str | None = None
    """The status codes that count as an answer, such as `200,201,210-299`; needed for HTTP."""
    enable_client_ssl: Annotated[bool, Needs("backend_client_certificate", (True,))] | None = False
    """Whether the gateway presents its own certificate."""
    status: Switch | None = None
    """Whether it is in use (1) or not (2)."""
    create_time: Made | None = None
    """When it was created."""
