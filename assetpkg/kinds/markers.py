"""The markers that a kind's fields bear; each is read by the parts of the program that it concerns, and by no kind."""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn, dataclass_transform

from assetpkg.diagnostics.pages import Page

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


@dataclass_transform(frozen_default=True)
class Marker:
    """A fact about a field; published in the JSON Schemas under `x-assetpkg-…`.

    A subclass is a frozen dataclass in all but its making: `dataclasses` would take as long for these few as reading a
    small package takes.
    """

    is_judged: ClassVar[bool] = False
    """Whether a value can break it beside its type: a law among fields, a variant, a schema, a disputed limit."""
    is_noted: ClassVar[bool] = False
    """Whether rules look at the value together with other resources or with the target."""
    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Learn the fields of a subclass; their defaults are attributes of the class."""
        own = vars(cls).get("__annotations__", {})
        cls._fields = (*cls._fields, *(name for name in own if name not in cls._fields))

    def __init__(self, *values: Any, **named: Any) -> None:
        """Take the fields in their order, or by name."""
        if not (self._fields or values or named):  # as for most of the markers that are written
            return
        given = {**dict(zip(self._fields, values, strict=False)), **named}
        known = {name: given[name] if name in given else getattr(type(self), name) for name in self._fields}
        if len(values) + len(named) != len(given) or not given.keys() <= known.keys():
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._fields) or '(none)'}")
        self.__dict__.update(known)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        """Refuse: a marker is what its class says."""
        raise AttributeError(f"cannot change {name} of a marker to {value!r}")

    def __eq__(self, other: object) -> bool:
        """Compare class and fields."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Agree with equality; a field may hold a mapping, which has no hash."""
        return hash(type(self))

    def __repr__(self) -> str:
        """Return the marker as it is written."""
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def __get_pydantic_json_schema__(
        self, core_schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        """Write the marker into the published schema."""
        schema = handler(core_schema)
        words = {key: value for key, value in self._words().items() if value not in (None, [], "")}
        schema[f"x-assetpkg-{type(self).__name__.lower()}"] = words or True
        return schema

    def _words(self) -> dict[str, Any]:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items()}


class Name(Marker):
    """The field that names the resource; unique in the instance, or below the resource that field `scope` names.

    Where several fields bear it, they name the resource together.
    """

    scope: str | None = None


class Id(Marker):
    """The platform's own id of the resource; absent in packages that were written by hand."""


class Ref(Marker):
    """A use of another resource of kind `kind`, by its id, its name, or another of its fields, tried in turn.

    `unless` lists values that stand for something built in, and so for no resource. `form` is a pattern for places
    that are known less well: what does not match it is not a reference.
    """

    kind: str
    by: tuple[str, ...] = ("id",)
    unless: tuple[str, ...] = ()
    form: str | None = None


class Secret(Marker):
    """A credential: never printed, never compared by value in the open, entered again after an import."""


class SecretUnless(Marker):
    """A credential, unless the sibling field `field` says with one of `values` that it is none."""

    field: str
    values: tuple[str, ...]


class Named(Marker):
    """A value that the sibling field `field` names: a credential, where it is named like one.

    `on` is another sibling field and the value that it must have, where only then the value stands for itself.
    """

    field: str
    on: tuple[str, str] | None = None


class Computed(Marker):
    """Made by the server (status, times, copies of names): no difference when it differs."""


class ByHand(Marker):
    """Carried over by no import: no difference when it differs, and `what` is to be done after one."""

    what: str


class Unordered(Marker):
    """A list whose order means nothing; its items are told apart by the fields `by`, or by their whole value."""

    by: tuple[str, ...] = ()


class Keyed(Marker):
    """A list whose order counts, and whose items are told apart by the fields `by`: another order is one difference."""

    by: tuple[str, ...]


class FreeText(Marker):
    """A text for people: how its lines end, and whether its last line ends, means nothing."""


class LongText(Marker):
    """A script or another long text, which may be in a file of its own beside the resource, in the folder of a package.

    `suffix` is that of the file, and `suffixes` are others by the value of the sibling field `on`. What distinguishes
    it from the other texts of its resource is the value of the sibling `named_by`, or where it is. Of a script
    `in_base64`, the file has what the text stands for.
    """

    suffix: str
    named_by: str | None = None
    on: str | None = None
    suffixes: tuple[tuple[str, str], ...] = ()
    in_base64: bool = False

    def __get_pydantic_json_schema__(
        self, core_schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        """Write into the published schema that the file of a resource may name a file here."""
        text = handler(core_schema)
        return {"anyOf": [text, _FILE_OF_A_TEXT]}


FILE, ENCODING = "$file", "$encoding"
"""The members of the object that is in the place of a text: the file that has it, and how the text has the file's."""
BASE64 = "base64"
"""The encoding of a text that has what is in the file as base64."""
_FILE_OF_A_TEXT: Mapping[str, Any] = {
    "type": "object",
    "description": "The file beside this one that has the text.",
    "properties": {
        FILE: {"type": "string", "description": "Its name, which begins with that of this file."},
        ENCODING: {"const": BASE64, "description": "How the text here has what is in the file."},
    },
    "required": [FILE],
    "additionalProperties": False,
}

LONG_JSON = LongText(".json.txt")
"""A document in a string; a file that ends in `.json` is a resource."""


class JsonText(Marker):
    """A string that holds a JSON document: its members are seen as those of the document around it are.

    `holds` is the class of that document. `mentions` is a kind whose ids may be anywhere in it: a string that
    has the form of one is a reference if there is such a resource, and a mere string otherwise.
    """

    holds: type[Any] | None = None
    mentions: str | None = None

    def _words(self) -> dict[str, Any]:
        return {"mentions": self.mentions}


class JsonSchemaText(Marker):
    """A string that holds a JSON Schema, which the sibling fields `satisfied_by` have to satisfy."""

    is_judged = True

    satisfied_by: tuple[str, ...] = ()


class Characters(Marker):
    """The characters that a text may have: a pattern without backtracking, and the same in words."""

    pattern: str
    words: str

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Hold the text to the pattern."""
        return {**handler(source), "pattern": self.pattern}

    def _words(self) -> dict[str, Any]:
        return {"words": self.words}


class WholeNumber:
    """What holds a choice of numbers to numbers: for pydantic alone, `true` is as good as 1. No marker."""

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Refuse what is not an integer before the choice is looked at."""
        from pydantic_core import core_schema

        return core_schema.chain_schema([core_schema.int_schema(strict=True), handler(source)])

    def __get_pydantic_json_schema__(self, schema: Any, handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        """Publish the choice alone: in JSON Schema, `true` is not a number."""
        return handler(schema["steps"][-1])


class Disputed(Marker):
    """A stricter limit that only one of two sources states, so that a violation of it is no more than a warning."""

    is_judged = True

    source: str
    min_length: int | None = None
    max_length: int | None = None
    characters: Characters | None = None

    def _words(self) -> dict[str, Any]:
        return {**vars(self), "characters": self.characters and self.characters.words}


class AnyCase(Marker):
    """A name in which capital letters mean nothing where the sibling `on` has one of these values, as in headers."""

    on: str
    values: tuple[str, ...]


class Variant(Marker):
    """A part whose class is chosen by the value of the sibling field `on`.

    Of the values in `undescribed`, a page publishes that there are such, and no page which fields they have.
    """

    is_judged = True

    on: str
    classes: Mapping[str, Any]
    undescribed: tuple[str, ...] = ()

    def _words(self) -> dict[str, Any]:
        return {"on": self.on}


class Prefixed(Enum):
    """Whether an import's prefix renames the resources of a kind."""

    YES = "documented"
    MAYBE = "the user guide implies it; assumption prefix-renames"
    NO = "no page says so"


class Unique(NamedTuple):
    """Fields whose values together may occur once in the instance, or once below the resource in field `scope`.

    `platform_code` is given only where a public error table has it; `documented` says whether a page states
    that a second one fails, or whether that is a reading. Of a `route`, the fields are the method, the path and the
    match mode of the requests that the resource answers.
    """

    fields: tuple[str, ...]
    scope: str | None = None
    platform_code: str | None = None
    documented: bool = True
    route: bool = False


class Quota(NamedTuple):
    """The published number of resources of a kind that one instance holds, unless it reports its own.

    `of` is what holds them, where that is not an instance; `shared_with` are the kinds that count as well.
    """

    limit: int
    page: Page
    platform_code: str | None = None
    of: str = "instance"
    shared_with: tuple[str, ...] = ()
