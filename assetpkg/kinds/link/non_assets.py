"""Device integration (LINK): devices and rules, which no import brings."""

from typing import Annotated, ClassVar

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.kind import Done, Kind, LeftToDo
from assetpkg.kinds.link.parts import Authentication
from assetpkg.kinds.markers import Id, Name, Quota, Ref, Secret, Unordered
from assetpkg.kinds.part import Part

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
    only_in_detail: ClassVar[tuple[str, ...]] = ("plugin_id",)
    title: ClassVar[str] = "device"
    folder: ClassVar[str] = "devices"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_DEVICE_CONFIGURATIONS
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "device", "Import a device file or register the device again, after its product is there.", Done.THERE
        ),
    )

    id: Annotated[int, Id()] | None = None
    """The device's id, a number."""
    device_name: Annotated[str, Name()]
    """Its name; not documented to be unique."""
    node_id: Annotated[str, Name()]
    """Its serial number or hardware address."""
    app_id: ApplicationId | None = None
    """The integration application that it belongs to."""
    product: ProductReference | None = None
    """Its product."""
    parent_device_id: DeviceId | None = None
    """The gateway through which it is connected."""
    user_name: Annotated[str, Secret()] | None = None
    """The user name with which it logs in."""
    password: Annotated[str, Secret()] | None = None
    """The password with which it logs in."""
    authentication: Authentication | None = None
    """User name and password, in the form in which they are read back."""


class RuleSource(Part):
    """The source of the messages of a rule."""

    product_id: ProductId | None = None
    """The product."""
    device_id: DeviceId | None = None
    """The device; missing if the rule is for all devices of the product."""
    topic: str | None = None
    """The topic of the product or the device."""


class RuleDestination(Part):
    """The target of the messages of a rule."""

    app_id: ApplicationId | None = None
    """The integration application of the topic."""
    topic: str | None = None
    """The topic."""
    user_name: Annotated[str, Secret()] | None = None
    """The user name at the target."""
    password: Annotated[str, Secret()] | None = None
    """The password at the target."""
    token: Annotated[str, Secret()] | None = None
    """The token at the target."""


class Rule(Kind):
    """A rule: it passes on messages of devices."""

    kind: ClassVar[str] = "rule"
    title: ClassVar[str] = "rule"
    folder: ClassVar[str] = "rules"
    page: ClassVar[Page] = Page.MIGRATION_OVERVIEW
    excluded_by: ClassVar[Page | None] = Page.MODIFYING_DEVICE_CONFIGURATIONS
    partial: ClassVar[bool] = True
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "rule", "Import a rule file or create the rule again, after its product and devices are there.", Done.THERE
        ),
    )
    quota: ClassVar[Quota | None] = Quota(limit=2000, page=Page.QUOTAS)

    rule_id: Annotated[int, Id()] | None = None
    """The rule's id, a number."""
    name: Annotated[str, Name()]
    """Unique in the instance."""
    app_id: ApplicationId | None = None
    """The integration application that it belongs to."""
    sources: Annotated[list[RuleSource], Unordered()] | None = None
    """The sources of its messages."""
    destinations: Annotated[list[RuleDestination], Unordered()] | None = None
    """The targets of its messages."""
