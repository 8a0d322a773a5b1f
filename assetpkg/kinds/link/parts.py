"""The parts of products and product templates: services with properties and commands, and topics.

The platform creates each part with a separate call. A package has them inside the product or the template, under
`services`, `properties`, `commands`, `requests`, `responses` and `topics`.
"""

from typing import Annotated, Any, Literal

from assetpkg.kinds.application import User
from assetpkg.kinds.markers import Characters, Computed, Disputed, FreeText, Secret, Unordered
from assetpkg.kinds.part import Part, Within

MODEL_NAME = Characters(r"^[\u4e00-\u9fa5a-zA-Z0-9_-]*$", "letters, digits, Chinese characters, '_' and '-'")
PROPERTY_NAME = Characters(r"^[a-zA-Z][a-zA-Z0-9_-]*$", "English letters, digits, '_' and '-', beginning with a letter")
COMMAND_NAME = Characters(r"^[a-zA-Z0-9_-]*$", "English letters, digits, '_' and '-'")
TOPIC_VERSION = Characters(
    r"^([a-zA-Z0-9][a-zA-Z0-9.-]*)?[a-zA-Z0-9]$",
    "English letters, digits, '-' and '.', beginning and ending with a letter or digit",
)

Number = Annotated[int, Within(ge=1, le=999_999_999_999_999_999)]
"""The platform gives numbers as ids to products, templates and their parts."""
NumberMade = Annotated[int, Computed()]
ModelText = Annotated[str, Within(max_length=200)]
ModelName = Annotated[str, Within(min_length=2, max_length=64), MODEL_NAME]
CommandName = Annotated[str, Within(min_length=2, max_length=50), COMMAND_NAME]
Limit = Annotated[str, Within(max_length=10)]
Switch = Literal[0, 1]


class Property(Part):
    """A property of a service, or a parameter of a command or of its answer."""

    property_id: NumberMade | None = None
    """The property's id."""
    property_name: Annotated[str, Within(min_length=2, max_length=50), PROPERTY_NAME]
    """Its name."""
    description: Annotated[ModelText, FreeText()] | None = None
    """A description."""
    data_type: Literal["integer", "number", "string", "datetime", "json", "boolean", "array"]
    """Its type; the last two can be read back, but cannot be given when the property is created."""
    required: Switch
    """Whether it is required (1) or not (0)."""
    min: Limit | None = "0"
    """The smallest number, as a string."""
    max: Limit | None = "65536"
    """The largest number, as a string."""
    step: Limit | None = "1"
    """The step between numbers, as a string."""
    max_length: Annotated[int, Within(ge=1, le=999_999)] | None = 10
    """The largest length of a text."""
    unit: Annotated[str, Within(max_length=50)] | None = None
    """The unit of a number."""
    enum_list: Annotated[str, Within(max_length=2000)] | None = None
    """The values that a text may have, separated by commas."""
    enum_dict: dict[str, Any] | None = None
    """The words for true and false."""
    method: Annotated[str, Within(max_length=3), Characters(r"^[RWE]*$", "R, W and E")] | None = None
    """Whether it may be read (R), written (W) and executed (E)."""


Properties = Annotated[list[Property], Unordered(by=("property_name",))]


class Command(Part):
    """A command that a device executes."""

    command_id: NumberMade | None = None
    """The command's id."""
    service_id: NumberMade | None = None
    """The service that it belongs to."""
    name: CommandName | None = None
    """Its name."""
    command_name: CommandName | None = None
    """The same value, under the name that the platform uses when it is read back."""
    description: Annotated[ModelText, FreeText()] | None = None
    """A description."""
    requests: Properties | None = None
    """The parameters that it is sent with."""
    responses: Properties | None = None
    """The parameters of its answer."""


class Service(Part):
    """A service of a device: the properties that it reports, and the commands that it executes."""

    service_id: NumberMade | None = None
    """The service's id."""
    product_id: NumberMade | None = None
    """The product that it belongs to."""
    product_template_id: NumberMade | None = None
    """The product template that it belongs to."""
    service_name: ModelName
    """Its name."""
    description: Annotated[ModelText, FreeText()] | None = None
    """A description."""
    status: Switch
    """Whether it is in use (0) or not (1)."""
    properties: Properties | None = None
    """The properties that it reports."""
    commands: Annotated[list[Command], Unordered(by=("name", "command_name"))] | None = None
    """The commands that it executes."""
    created_user: Annotated[User, Computed()] | None = None
    """Who created it."""
    last_updated_user: Annotated[User, Computed()] | None = None
    """Who changed it last."""
    created_datetime: NumberMade | None = None
    """When it was created, in milliseconds since 1970."""
    last_updated_datetime: NumberMade | None = None
    """When it was changed last, in milliseconds since 1970."""


Services = Annotated[list[Service], Unordered(by=("service_name",))]


class ProductTopic(Part):
    """A topic that devices of a product publish to or subscribe to: `/{version}/{device id}/{name}`."""

    topic_id: Annotated[str, Computed()] | None = None
    """The topic's id."""
    product_id: NumberMade | None = None
    """The product."""
    name: Annotated[str, Within(max_length=64)] | None = None
    """The last part of the topic."""
    topic_name: str | None = None
    """The topic, under the name that the platform uses when it is read back."""
    permission: Switch
    """Whether devices publish to it (0) or subscribe to it (1)."""
    version: Annotated[
        str,
        Within(max_length=64),
        Disputed(
            min_length=2,
            max_length=50,
            characters=TOPIC_VERSION,
            source="the model CreateProductTopicRequestBody of the SDK",
        ),
    ]
    """The first part of the topic."""
    description: Annotated[ModelText, FreeText()] | None = None
    """A description."""


class Authentication(Part):
    """The account with which devices log in."""

    user_name: Annotated[str, Secret()] | None = None
    """The user name."""
    password: Annotated[str, Secret()] | None = None
    """The password."""
