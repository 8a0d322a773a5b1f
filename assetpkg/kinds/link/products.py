"""Device integration (LINK): products, and the templates from which they are created."""

from typing import Annotated, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.application import User
from assetpkg.kinds.kind import Kind, LeftToDo
from assetpkg.kinds.link.parts import (
    MODEL_NAME,
    Authentication,
    ModelName,
    ModelText,
    Number,
    NumberMade,
    ProductTopic,
    Services,
    Switch,
)
from assetpkg.kinds.markers import Computed, FreeText, Id, Name, Quota, Ref, Unordered
from assetpkg.kinds.part import Within

Maker = Annotated[str, Within(max_length=64)]


class Product(Kind):
    """A product: the common data of all devices of one model."""

    kind: ClassVar[str] = "product"
    title: ClassVar[str] = "product"
    folder: ClassVar[str] = "products"
    page: ClassVar[Page] = Page.CREATING_A_PRODUCT
    quota: ClassVar[Quota | None] = Quota(limit=500, page=Page.QUOTAS)
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "product-devices",
            "Import or register its devices, then import or create their rules: an export does not contain them.",
        ),
        LeftToDo(
            "callers", "Give the devices the new address and their new accounts, and test them.", subject="devices"
        ),
    )

    id: Annotated[int, Id()] | None = None
    """The product's id, a number."""
    name: Annotated[str, Name(), Within(min_length=1, max_length=64), MODEL_NAME]
    """Unique among the products of the tenant."""
    app_id: Annotated[str, Ref("application"), Within(max_length=36)]
    """The integration application that it belongs to."""
    manufacturer_id: Maker
    """The id of its manufacturer."""
    manufacturer_name: Maker
    """The name of its manufacturer."""
    model: Maker
    """Its model."""
    product_type: Switch
    """Whether it is a single device (0), or a gateway that connects other devices (1)."""
    protocol_type: Literal[0, 1, 2, 3, 4, 5]
    """The protocol of its devices: MQTT (0), Modbus (2), OPC UA (4) or an extended protocol (5); CoAP (1) and HTTP (3)
    are only read back."""
    data_format: Switch | None = 0
    """Whether its devices use JSON (0) or their own format (1)."""
    device_type: Annotated[str, Within(max_length=32)] | None = "Default"
    """The type of its devices."""
    template_id: Annotated[Number, Ref("product_template")] | None = None
    """The product template from which it was created."""
    version: Annotated[str, Within(max_length=32)] | None = None
    """The version of its model."""
    description: Annotated[ModelText, FreeText()] | None = None
    """A description."""
    services: Services | None = None
    """The services of its devices."""
    topics: Annotated[list[ProductTopic], Unordered(by=("version", "name", "topic_name"))] | None = None
    """The topics of its devices."""
    authentication: Authentication | None = None
    """The account with which its devices log in."""
    product_serial: Annotated[str, Computed()] | None = None
    """Its name in topics."""
    permissions: Annotated[list[str], Computed(), Unordered()] | None = None
    """What the user who read it may do with it."""
    app_name: Annotated[str, Computed()] | None = None
    """The name of its integration application."""
    created_user: Annotated[User, Computed()] | None = None
    """Who created it."""
    last_updated_user: Annotated[User, Computed()] | None = None
    """Who changed it last."""
    created_datetime: NumberMade | None = None
    """When it was created, in milliseconds since 1970."""


class ProductTemplate(Kind):
    """A product template: services for new products."""

    kind: ClassVar[str] = "product_template"
    title: ClassVar[str] = "product template"
    folder: ClassVar[str] = "product_templates"
    page: ClassVar[Page] = Page.CREATING_A_PRODUCT_TEMPLATE
    evidenced: ClassVar[bool] = False
    quota: ClassVar[Quota | None] = Quota(limit=100, page=Page.QUOTAS)

    id: Annotated[int, Id()] | None = None
    """The product template's id, a number."""
    name: Annotated[ModelName, Name()]
    """Assumed to be unique in the instance."""
    status: Switch
    """Whether it is in use (0) or not (1)."""
    description: Annotated[ModelText, FreeText()] | None = None
    """A description."""
    services: Services | None = None
    """The services of the products that are created from it."""
    created_user: Annotated[User, Computed()] | None = None
    """Who created it."""
    last_updated_user: Annotated[User, Computed()] | None = None
    """Who changed it last."""
    created_datetime: NumberMade | None = None
    """When it was created, in milliseconds since 1970."""
    last_updated_datetime: NumberMade | None = None
    """When it was changed last, in milliseconds since 1970."""
