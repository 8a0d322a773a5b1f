"""Message queue service (MQS): topics."""

from typing import Annotated, Any, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.kind import Kind, LeftToDo
from assetpkg.kinds.markers import Characters, Computed, Disputed, FreeText, Name, Ref, Unordered
from assetpkg.kinds.part import Called, Within

TOPIC_NAME = Characters(
    r"^[a-zA-Z][a-zA-Z0-9._-]*$", "English letters, digits, '.', '_' and '-', beginning with a letter"
)
NAME_OF_THE_SDK = Characters(r"^[^.]*$", "characters other than '.'")
"""Stricter: the page of the console has `Topic.test` as an example."""


class Topic(Kind):
    """A topic that messages are published to."""

    kind: ClassVar[str] = "topic"
    only_in_detail: ClassVar[tuple[str, ...]] = ("access_policy", "tag")
    title: ClassVar[str] = "topic"
    folder: ClassVar[str] = "topics"
    page: ClassVar[Page] = Page.CREATING_A_TOPIC
    same_in_names: ClassVar[tuple[str, str] | None] = ("._", "__")
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (
        LeftToDo(
            "callers", "Give producers and consumers of the topics the new address, and test them.", subject="topics"
        ),
    )

    name: Annotated[
        str,
        Name(),
        Within(min_length=3, max_length=200),
        TOPIC_NAME,
        Disputed(characters=NAME_OF_THE_SDK, source="the official SDK"),
    ]
    """Unique in the instance; a topic has no other id."""
    app_id: Annotated[str, Ref("application", by=("key", "id")), Within(min_length=1)]
    """The integration application that it belongs to, by the application's key."""
    app_key: Annotated[str, Ref("application", by=("key", "id"))] | None = None
    """The same value, under the name that newer versions of the platform use."""
    access_policy: Literal["all", "pub", "sub"]
    """Whether that application publishes and subscribes, only publishes, or only subscribes."""
    tag: str | None = None
    """The tags of its messages, separated by `||`; `&` separates the tags for publishing from the tags for subscribing.
    """
    partition: Annotated[int, Within(ge=1, le=100)] | None = 3
    """How many consumers read at the same time; older versions of the platform allow at most 50."""
    replication: Annotated[int, Within(ge=1, le=3)] | None = 3
    """How many copies of a message are kept."""
    retention_time: Annotated[int, Within(ge=1, le=720)] | None = 72
    """How many hours a message is kept."""
    sync_replication: bool | None = False
    """Whether a message counts as received only when it has been copied."""
    sync_message_flush: bool | None = False
    """Whether a message counts as received only when it is on disk."""
    sensitive_word: str | None = None
    """The fields of its messages that the console hides; `||` separates them."""
    description: Annotated[str, Within(max_length=1000), FreeText()] | None = None
    """A description."""
    app_name: Annotated[str, Computed()] | None = None
    """The name of its integration application."""
    permissions: Annotated[list[str], Computed(), Unordered()] | None = None
    """What the user who read it may do with it."""
    policies_only: Annotated[bool | None, Computed(), Called("policiesOnly")] = None
    """Whether a user may change only its permissions."""
    topic_type: Annotated[int, Computed()] | None = None
    """The type of the topic."""
    external_configs: Annotated[dict[str, Any], Computed()] | None = None
    """Further settings of the platform."""
