"""How a report is declared, and how a part of it is copied from the value that it reports."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, dataclass_transform

from assetpkg import __version__

if TYPE_CHECKING:
    from pydantic.annotated_handlers import GetJsonSchemaHandler

FORMAT_VERSION = "1.2"
"""Of all outputs: a minor step adds fields, a major one may change them."""

T = TypeVar("T")


class Copied(NamedTuple):
    """The class of the values that a part of a report is copied from, and the names of the fields of both."""

    source: type[Any]
    names: tuple[str, ...]


COPIED: dict[type[Any], Copied] = {}
"""What is copied from what, by the classes of the parts; a test holds that the fields of both agree."""


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def shape(cls: type[T]) -> type[T]:
    """Make a class a part of a report: its fields are the members of a JSON object.

    That nobody changes them is held by type checkers, since to hold it here would double what such a class costs.
    """
    return dataclass(kw_only=True, eq=False, repr=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def shape_of(source: type[Any], *own: str) -> Callable[[type[T]], type[T]]:
    """Make a class a part of a report that has its fields from `source`, apart from those named in `own`."""

    def declare(cls: type[T]) -> type[T]:
        part: type[Any] = shape(cls)
        names = tuple(field.name for field in fields(part) if field.name not in own)
        COPIED[part] = Copied(source, names)
        return part

    return declare


class OneOf:
    """For the schema of a text: the words that it may be. A document of a later version may have others."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words."""
        self.words = list(words)

    def __get_pydantic_json_schema__(self, core: Any, handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        """Return the schema of the text, with its words."""
        return {**handler(core), "enum": self.words}


class Answers:
    """For the schema of a table of answers: which names it has, what each of them may be, and what it answers."""

    def __init__(self, questions: Mapping[str, tuple[Iterable[str], str]]) -> None:
        """Take the answers that each name may have, and the question."""
        self.questions = questions

    def __get_pydantic_json_schema__(self, core: Any, handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        """Return the schema of the table, with its names and their words."""
        known = {
            name: {"description": f"The answer to: {question}.", "enum": list(answers), "type": "string"}
            for name, (answers, question) in self.questions.items()
        }
        return {**handler(core), "properties": known}


@shape
class ToolReport:
    """What has written the document."""

    name: str = "assetpkg"
    """Its name."""
    version: str = __version__
    """Its version."""


@shape
class Report:
    """The whole of what a command reports."""

    document: str
    """What the document is, in a word: the name of its schema."""
    format_version: str = FORMAT_VERSION
    """The version of this format, MAJOR.MINOR."""
    tool: ToolReport = ToolReport()
    """What has written the document."""


def report_as(cls: type[T], value: object, **own: Any) -> T:
    """Return `value` as the part of a report that was declared for it; `own` are the fields that it has not itself."""
    return cls(**{name: _word(getattr(value, name)) for name in COPIED[cls].names}, **own)


def _word(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
