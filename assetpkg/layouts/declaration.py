"""What a layout file says: how to recognise an archive, and where in it the resources of which kind are."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field

from assetpkg.kinds import KINDS
from assetpkg.kinds.model import Model
from assetpkg.kinds.part import Within

LAYOUT_FORMAT: Final = "assetpkg-layout/1"

Form = Literal["json", "json-lines", "csv"]
Encoding = Literal["json", "base64"]
Naming = Literal["same", "camelCase", "PascalCase", "kebab-case", "UPPER_CASE"]
Scalar = str | int | bool

_ENTRY = Within(min_length=1)


def _of_a_kind(schema: dict[str, Any]) -> None:
    """Say in the schema of a word, which editors have, which kinds there are; reading says so in a sentence."""
    schema["enum"] = list(KINDS)


class Table(Model):
    """A table of a layout file: strict about its keys too, since a misspelled one would silently mean nothing."""

    model_config = ConfigDict(extra="forbid")


class MarkedValue(Table):
    """A value by which an archive is recognised."""

    entry: Annotated[str, _ENTRY]
    """The entry that it is in: a name, or a glob of which one entry is enough."""
    pointer: str
    """A JSON pointer to it."""
    value: Scalar | None = None
    """What it is; left out where it only has to be there."""


class Marks(Table):
    """How an archive of this layout is recognised: every mark has to be there."""

    entries: list[Annotated[str, _ENTRY]] = Field(default_factory=list)
    """Names or globs; each needs an entry."""
    values: list[MarkedValue] = Field(default_factory=list)
    """Values in entries."""


class VersionPlace(Table):
    """Where the asset version is: at a place in an entry, or, where no entry says it, here."""

    entry: str | None = None
    """The entry that it is in: a name, or a glob of which the first entry counts."""
    pointer: str | None = None
    """A JSON pointer to it; a text or a number."""
    value: str | None = None
    """The version itself, where no entry says it."""


class ResourcePlace(Table):
    """Where resources are, and how their documents become those of the kind."""

    entries: Annotated[list[Annotated[str, _ENTRY]], Within(min_length=1)]
    """Names or globs of the entries: `*` stands for any characters of one name, `**` for any folders."""
    form: Form = "json"
    """What the entries are. JSON lines, and CSV with a header, are each read as a list."""
    at: str = ""
    """A JSON pointer to each resource in its entry, in which `*` is each member of a list or an object."""
    kind: Annotated[str, Field(json_schema_extra=_of_a_kind)] | None = None
    """The kind of all of them."""
    kind_at: str | None = None
    """Or a JSON pointer, from the thing at `at`, to what says the kind."""
    kinds: dict[str, Annotated[str, Field(json_schema_extra=_of_a_kind)]] = Field(default_factory=dict)
    """The kinds by what is there; other things are no resources."""
    document: str = ""
    """A JSON pointer, from the thing at `at`, to the document of the resource."""
    encoding: Encoding | None = None
    """Where the document is a text: JSON, or JSON in base64."""
    names: Naming = "same"
    """How the fields are called there."""
    unused: list[str] = Field(default_factory=list)
    """JSON pointers, from the document, to members that are known to be nothing."""
    fields: dict[str, str] = Field(default_factory=dict)
    """Fields that are called otherwise: a JSON pointer from the document, and the name that the field has here."""
    inherited: dict[str, str] = Field(default_factory=dict)
    """Fields that stand elsewhere, and where; they count where the document has none."""

    def kind_words(self) -> Iterator[str]:
        """Yield every kind that a resource of this place can have."""
        yield from [self.kind] if self.kind is not None else dict.fromkeys(self.kinds.values())


class LayoutFile(Table):
    """A layout file."""

    format: Literal["assetpkg-layout/1"]
    """The marker of layout files."""
    name: Annotated[str, Within(min_length=1)]
    """What reports call the layout."""
    archives: list[Annotated[str, _ENTRY]] = Field(default_factory=list)
    """Globs of the entries that are zips themselves; what is in one is called `outer.zip!/inner.json`."""
    marks: Marks
    """How an archive of this layout is recognised."""
    version: VersionPlace | None = None
    """Where the asset version is."""
    resources: Annotated[list[ResourcePlace], Within(min_length=1)]
    """Where the resources are."""

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.name, len(self.resources)))

    def __repr__(self) -> str:
        """Show the name."""
        return f"LayoutFile({self.name!r})"


def table_of(part: Table) -> dict[str, Any]:
    """Return what a file says that declares this, without what is the default."""
    return {key: value for key, value in part.model_dump(exclude_defaults=True).items() if value not in ([], {})}
