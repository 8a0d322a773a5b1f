"""Device integration (LINK): devices and rules, which no import carries over."""

from typing import Annotated, ClassVar

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.kind import Done, Kind, LeftToDo, Part
from assetpkg.kinds.link.parts import Authentication
from assetpkg.kinds.markers import Id, Name, Quota, Ref, Secret

ApplicationId = Annotated[str, Ref("application")]
ProductId = Annotated[int, Ref("product")]
DeviceId = Annotated[int, Ref("device")]


class ProductReference(Part):
    """The product of a device."""

    product_id: ProductId | None = None
    """The product."""


class Device(Kind):
    """A device."""

    kind: ClassVar[str] = "device"
    title: ClassVar[str] = "device"
    folder: ClassVar[str] = "devices"
    page: ClassVar[Page] = Page.MIGRATION_GUIDE
    imported: ClassVar[bool] = False
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("device", "Import a device file or register it again, when its product is there.", Done.THERE),
    )

    id: Annotated[int, Id()] | None = None
    """The device's id, a number."""
    device_name: Annotated[str, Name()]
    """Its name, which no page calls unique."""
    node_id: Annotated[str, Name()]
    """Its serial number or hardware address."""
    app_id: ApplicationId | None = None
    """The integration application that it belongs to."""
    product: ProductReference | None = None
    """Its product."""
    parent_device_id: DeviceId | None = None
    """The gateway that it is behind."""
    user_name: Annotated[str, Secret()] | None = None
    """The user name that it logs in with."""
    password: Annotated[str, Secret()] | None = None
    """The password that it logs in with."""
    authentication: Authentication | None = None
    """Both, as they are read back."""


class RuleSource(Part):
    """What a rule takes messages from."""

    product_id: ProductId | None = None
    """The product."""
    device_id: DeviceId | None = None
    """The device; absent for all devices of the product."""
    topic: str | None = None
    """The topic of the product or the device."""


class RuleDestination(Part):
    """Where a rule sends messages to."""

    app_id: ApplicationId | None = None
    """The integration application of the topic."""
    topic: str | None = None
    """The topic."""
    user_name: Annotated[str, Secret()] | None = None
    """The user name there."""
    password: Annotated[str, Secret()] | None = None
    """The password there."""
    token: Annotated[str, Secret()] | None = None
    """The token there."""


class Rule(Kind):
    """A rule: it hands messages of devices on."""

    kind: ClassVar[str] = "rule"
    title: ClassVar[str] = "rule"
    folder: ClassVar[str] = "rules"
    page: ClassVar[Page] = Page.MIGRATION_GUIDE
    imported: ClassVar[bool] = False
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo("rule", "Import a rule file or create it again, when its product and devices are there.", Done.THERE),
    )
    quota: ClassVar[Quota | None] = Quota(limit=2000, page=Page.QUOTAS)

    rule_id: Annotated[int, Id()] | None = None
    """The rule's id, a number."""
    name: Annotated[str, Name()]
    """Unique in the instance."""
    app_id: ApplicationId | None = None
    """The integration application that it belongs to."""
    sources: list[RuleSource] | None = None
    """What it takes messages from."""
    destinations: list[RuleDestination] | None = None
    """Where it sends them to."""
