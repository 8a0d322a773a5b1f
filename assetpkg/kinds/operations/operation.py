"""What an operation of the platform that reads is: how it is called, and what its answer has in it."""

import re
from enum import StrEnum
from typing import NamedTuple

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])")
_PARAMETER = re.compile(r"\{([a-z_]+)\}")

ALWAYS_GIVEN = frozenset({"project_id", "instance_id"})
"""The parameters of a path that say which instance is asked, and nothing about what is asked for."""
NEUTRAL = frozenset({"precise_search", "sort_field", "sort_type", "members_return"})
"""The parameters of a query that leave nothing out of an answer by themselves, those for pages aside."""

PYTHON_NAMES = {"_in": "in", "policies_only": "policiesOnly"}
"""How the SDK calls fields in Python, where that is not their name in JSON."""

Renamed = tuple[tuple[str, str], ...]
"""What is called otherwise in a document: its name in an answer, and in a document."""

WHOLE = ""
"""In place of the member with the items: the answer is a list itself."""


class Role(StrEnum):
    """What an answer is good for."""

    LIST = "list"
    """Its items are resources of a kind."""
    DETAIL = "detail"
    """It is one resource of a kind, or the rest of what a list leaves out."""
    PART = "part"
    """It goes into a field of a resource that another call answers."""
    INSTANCE = "instance"
    """It says something of the instance itself."""
    BESIDE = "beside"
    """Nothing in a snapshot comes from it."""


class Paging(NamedTuple):
    """How a list is asked for page by page; an offset is a number of items, and not of pages."""

    least: int | None
    """The smallest number of items that may be asked for; `None` where none is published."""
    most: int | None
    """The largest; more than that is taken as that, or refused."""
    default: int | None = None
    """How many items are answered to a call that does not say; `None` where that is not published."""
    farthest: int | None = None
    """The largest offset."""
    offset: str = "offset"
    """The parameter of the query that says where the page begins."""
    limit: str = "limit"
    """The parameter of the query that says how many items there are at most in the page."""
    everything: bool = False
    """Whether everything is answered to a call that does not say."""
    marker: str | None = None
    """The member of the answer that says where the next page begins, where no number does."""
    as_text: bool = False
    """Whether the SDK has both as texts."""


class Given(NamedTuple):
    """A parameter that says of which other thing an answer is: it is called once for each of these.

    Of several in the query, each call has one.
    """

    name: str
    """The parameter's name."""
    subject: str
    """What it names: a kind, or the subject of another operation."""
    by: str = "id"
    """The field of that which it has the value of."""
    in_item: str = ""
    """The field in which each item has the value, too; empty where the address of the call alone says it."""
    in_query: bool = False
    """Whether it is in the query, and not in the path."""
    optional: bool = False
    """Whether the operation is called without it first."""


class Inside(NamedTuple):
    """Resources of another kind that are in the items of a list, since no operation lists them."""

    kind: str
    field: str
    """The field of an item with the resources."""
    renamed: Renamed
    taken: Renamed
    """What a document has from the item: the field of the item, and its own."""


class Operation(NamedTuple):
    """An operation that reads, as its page and the official SDK have it; all of them are called with GET."""

    name: str
    """Its name, from which follow those of the SDK's method and classes."""
    path: str
    """Its path, with the names of its parameters in braces."""
    subject: str
    """What it answers: a kind, a part of one (`product.services`), or what it says of the instance."""
    role: Role
    fields: tuple[str, ...]
    """The fields of an item, or of the answer, that the SDK knows."""
    items: str | None = None
    """The member of the answer with the items; `None` where the answer is the thing itself."""
    total: str | None = "total"
    """The member with the number of all items."""
    size: str | None = "size"
    """The member with the number of items in this page."""
    paging: Paging | None = None
    given: tuple[Given, ...] = ()
    also: tuple[str, ...] = ()
    """Other kinds whose resources are among the items."""
    inside: tuple[Inside, ...] = ()
    gathered: Renamed = ()
    """What each item has one of, and a document a list: the field of the item, and that of the document."""
    around: tuple[str, ...] = ()
    """The members beside the items that say something of all of them: what each item has for itself in a document."""
    wrapper: str = ""
    """The member of the answer with most of its fields; the others are beside it."""
    chosen: str = ""
    """The field that is true in the one item that counts."""
    renamed: Renamed = ()
    secret: tuple[str, ...] = ()
    """The fields that are, or may be, credentials, beside those that the kind itself says are."""
    needs_word: bool = False
    """Whether it answers only what the caller may see, so that somebody has to say that this is everything."""
    spare: bool = False
    """Whether another operation answers the same, or more."""
    in_sdk: bool = True
    """Whether the SDK for ROMA Connect has it."""

    @property
    def method(self) -> str:
        """The method of the call."""
        return "GET"

    @property
    def sdk_method(self) -> str:
        """The name of the SDK's method."""
        return _WORD.sub("_", self.name).lower()

    @property
    def request_class(self) -> str:
        """The name of the SDK's class for what is asked."""
        return f"{self.name}Request"

    @property
    def response_class(self) -> str:
        """The name of the SDK's class for what is answered."""
        return f"{self.name}Response"

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """The parameters of the path that say what is asked for."""
        return tuple(name for name in _PARAMETER.findall(self.path) if name not in ALWAYS_GIVEN)

    @property
    def field(self) -> str:
        """Of a part: the field of the resource that it goes into."""
        return self.subject.rpartition(".")[2]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, as names of fields."""
    return tuple(text.split())


def with_detail(  # noqa: PLR0913 - what a detail call differs in
    listed: Operation,
    name: str,
    parameter: str,
    *,
    by: str = "id",
    path: str | None = None,
    given: tuple[Given, ...] | None = None,
    adds: tuple[str, ...] = (),
    lacks: tuple[str, ...] = (),
    wrapper: str = "",
) -> tuple[Operation, Operation]:
    """Return a list and the call that answers one of its items by the `parameter` at the end of the path.

    `adds` are the fields that only the detail has, and `lacks` those that only the list has. `given` are the other
    parameters, where they are not those of the list.
    """
    others = given if given is not None else tuple(each for each in listed.given if not each.in_query)
    detail = Operation(
        name,
        path or f"{listed.path}/{{{parameter}}}",
        listed.subject,
        Role.DETAIL,
        (*(field for field in listed.fields if field not in lacks), *adds),
        given=(*others, Given(parameter, listed.subject, by=by, in_item=by)),
        also=listed.also,
        wrapper=wrapper,
        renamed=listed.renamed,
        secret=listed.secret,
    )
    return listed, detail
