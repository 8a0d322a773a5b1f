"""What every resource kind is made of: a typed, lenient document and the facts that hold for the whole kind."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar, Union, get_origin

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.markers import (
    AnyCase,
    Characters,
    Computed,
    FreeText,
    Id,
    JsonText,
    Keyed,
    LongText,
    Marker,
    Name,
    Named,
    Prefixed,
    Quota,
    Ref,
    Secret,
    SecretUnless,
    Unique,
    Unordered,
    Variant,
)
from assetpkg.kinds.part import Part, PartType

M = TypeVar("M", bound=Marker)

_QUIET = {AnyCase, Characters, Computed, FreeText, Id, Keyed, LongText, Name, Unordered}
_HIDING = frozenset({Named, Secret, SecretUnless, Variant})


class Done(StrEnum):
    """When something that is left to people is done already."""

    KEPT = "kept"
    """Where the import leaves the resource on the target as it is."""
    THERE = "there"
    """Where the resource is on the target."""
    BOUND = "bound"
    """Never; where the resource is on the target, a person checks that it is bound to the same resources there."""
    NEVER = "never"
    """Never: it is always left to a person."""


class LeftToDo(NamedTuple):
    """What a person does about a resource of a kind on the target, beside the import.

    `word` is that of the item of a checklist, and `subject` what the item is about, where it is one for all of them.
    `where` returns the fields that are meant in a document, or `None` where there is nothing to do about it.
    """

    word: str
    text: str
    done: Done = Done.NEVER
    subject: str = ""
    where: Callable[[Mapping[str, Any]], tuple[str, ...] | None] | None = None


STARTED = LeftToDo(
    "task",
    "Start it when everything that it uses is ready: it is not documented that an import starts tasks.",
    Done.KEPT,
)
"""What is left to do about everything that works by itself once it is started."""


class KindType(PartType):
    """What a kind is beside a part: a value that is equal to its word, and prints as it."""

    kind: str

    def __eq__(self, other: object) -> bool:
        """Say whether `other` is the same kind, or its word."""
        return self is other or (isinstance(other, str) and other == self.kind)

    def __hash__(self) -> int:
        """Return what the word has, so that either finds what was put under the other."""
        return hash(self.kind)

    def __str__(self) -> str:
        """Return the word."""
        return self.kind

    @property
    def imported(self) -> bool:
        """Whether the platform imports it at all."""
        return getattr(self, "excluded_by", None) is None


class Kind(Part, metaclass=KindType):
    """A resource of an asset package. A subclass is the one declaration of its kind: everything else follows."""

    kind: ClassVar[str] = ""
    """The word for the kind in addresses, manifests and commands."""
    title: ClassVar[str]
    """The platform's words for it, in the singular."""
    folder: ClassVar[str]
    """The folder of its resources in a package."""
    page: ClassVar[Page]
    """The public page or model that its fields come from."""
    excluded_by: ClassVar[Page | None] = None
    """The page that says that no import carries it; without one, it is imported."""
    prefixed: ClassVar[Prefixed] = Prefixed.NO
    """Whether the import's prefix renames it."""
    name_code: ClassVar[str | None] = None
    """The platform's error code for a taken name, where a public table has it."""
    same_in_names: ClassVar[tuple[str, str] | None] = None
    """Characters of its names, and those that each of them is the same as, where that is documented."""
    namespace: ClassVar[str | None] = None
    """What its names are unique among, together with those of other kinds; without it, they have their own."""
    name_scope: ClassVar[tuple[str, str, str] | None] = None
    """Where the name's scope is an assumption: its name, the other value, and the field that is the scope then."""
    fresh_id: ClassVar[bool] = False
    """Whether it is documented that its id must not exist on the target of an AddNew import."""
    overwritten_by: ClassVar[str | None] = None
    """The import option that documents whether an existing one is updated; without one, that is undocumented."""
    counted_as: ClassVar[str | None] = None
    """What it counts as against the 100 applications and tasks of one import, if it does."""
    unique: ClassVar[tuple[Unique, ...]] = ()
    """Further values that may occur only once."""
    quota: ClassVar[Quota | None] = None
    """How many of them an instance holds."""
    quota_within: ClassVar[Quota | None] = None
    """How many of them are below the one resource that their names are unique in."""
    feature: ClassVar[str | None] = None
    """The configuration parameter of an instance that has to be on for them."""
    clash_renames: ClassVar[bool] = False
    """Whether it is documented that a taken name is not an error: the imported one gets random characters after it."""
    evidenced: ClassVar[bool] = True
    """Whether a public page says that it is carried over, or that it is not; what no page names may be ignored."""
    partial: ClassVar[bool] = False
    """Whether only some of its fields are declared, so that a field that is not declared says nothing."""
    only_in_detail: ClassVar[tuple[str, ...]] = ()
    """The fields that the platform's answer to a list call does not have, and its answer to a detail call has."""
    by_hand: ClassVar[tuple[LeftToDo, ...]] = ()
    """What a person does about it on the target, beside the import."""
    calls: ClassVar[str | None] = None
    """The kind of what it calls; what belongs to another application has to be on the target before it."""

    @classmethod
    def platform(cls) -> str:
        """Return the component of the platform that it belongs to: the folder, or else the module, that declares it."""
        return cls.__module__.removeprefix("assetpkg.kinds.").partition(".")[0]

    @classmethod
    def same_name(cls, name: str) -> str:
        """Return a name with what is documented not to distinguish names made equal."""
        return name if cls.same_in_names is None else name.translate(str.maketrans(*cls.same_in_names))

    @classmethod
    def may_be_changed(cls, document: Mapping[str, Any]) -> bool:
        """Say whether the account that read `document` from an instance may change this resource there."""
        del document
        return True

    @classmethod
    def variant_fields(cls) -> frozenset[str]:
        """Return the fields whose value decides what class another field has."""
        markers = (field.marker(Variant) for field in fields_of(cls).values())
        return frozenset(marker.on for marker in markers if marker is not None)


class Field(NamedTuple):
    """One field of a part, as its markers and its type declare it.

    `parts` has the fields of the object that is here (or of each object of the list that is here), empty for
    plain values. `default` is the value that its absence means.
    """

    name: str
    by_class: Mapping[type[Marker], Marker]
    parts: Mapping[str, "Field"]
    default: Any
    is_plain: bool
    """Whether its value is not a secret, refers to nothing, and holds no document, whatever is beside it."""
    foreign: bool = False
    """Whether only another variant of its class has it: unknown here, and all the same a secret if it is one there."""
    is_quiet: bool = False
    """Whether it is plain, and nothing but its type and the text in it can be wrong with its value."""
    is_quiet_as_named: bool = False
    """Whether it is quiet but for what the name beside it says of it."""
    is_flat: bool = False
    """Whether a value of its type has no object in it."""
    hides: bool = False
    """Whether its value may be a credential, or holds some where an object is due."""
    refers: bool = False
    """Whether it refers to a resource, or there may be something that does in its value."""
    judged: tuple[Marker, ...] = ()
    """The markers that its value can break beside its type."""
    noted: tuple[Marker, ...] = ()
    """The markers by which rules look at its value together with others."""
    required: bool = False
    """Whether an object without it is refused."""
    choices: Mapping[str, str] = MappingProxyType({})
    """The words that it may have, each by itself in small letters; empty where any text will do."""

    @property
    def markers(self) -> Iterable[Marker]:
        """The markers that the field bears."""
        return self.by_class.values()

    @property
    def is_object(self) -> bool:
        """Whether an object, or a list of some, is due here."""
        return bool(self.parts) or Variant in self.by_class

    def marker(self, kind: type[M]) -> M | None:
        """Return this field's marker of class `kind`."""
        return self.by_class.get(kind)  # type: ignore[return-value]


@cache
def fields_of(part: type[Part]) -> Mapping[str, Field]:
    """Return the fields of `part` by their name in the document."""
    fields = {}
    for info in part.declared.values():
        inside = _inside(info.annotation)
        markers = (*inside.markers, *reversed(_markers_in(info.metadata)))
        by_class = {type(marker): marker for marker in markers}
        parts = _NO_PARTS if inside.part is None else fields_of(inside.part)
        fields[info.alias] = Field(
            name=info.alias,
            by_class=by_class,
            parts=parts,
            default=None if info.required else info.default,
            is_plain=all(type(each) in _QUIET or each.is_judged or each.is_noted for each in by_class.values()),
            is_quiet=by_class.keys() <= _QUIET,
            is_quiet_as_named=Named in by_class and by_class.keys() <= _QUIET | {Named},
            is_flat=inside.is_flat,
            hides=bool(parts) or not _HIDING.isdisjoint(by_class),
            refers=_refers(by_class, parts),
            judged=tuple(marker for marker in by_class.values() if marker.is_judged),
            noted=tuple(marker for marker in by_class.values() if marker.is_noted),
            required=info.required,
            choices={word.casefold(): word for word in reversed(inside.words)} or _NO_CHOICES,
        )
    return MappingProxyType(fields)


@cache
def name_fields(kind: type[Kind]) -> tuple[Field, ...]:
    """Return the fields that name a resource of `kind` together; for most kinds, one."""
    return tuple(field for field in fields_of(kind).values() if field.marker(Name))


def name_field(kind: type[Kind]) -> Field:
    """Return the field that names a resource of `kind`, or the first of those that do."""
    return name_fields(kind)[0]


@cache
def id_field(kind: type[Kind]) -> Field | None:
    """Return the field with the platform's id of a resource of `kind`, if the kind has one."""
    return next((field for field in fields_of(kind).values() if field.marker(Id)), None)


def _refers(by_class: Mapping[type[Marker], Marker], parts: Mapping[str, Field]) -> bool:
    text, variant = by_class.get(JsonText), by_class.get(Variant)
    if Ref in by_class or (isinstance(text, JsonText) and text.mentions is not None):
        return True
    inside = [text.holds] if isinstance(text, JsonText) and text.holds is not None else []
    classes = [*inside, *(variant.classes.values() if isinstance(variant, Variant) else ())]
    return any(field.refers for fields in (parts, *map(fields_of, classes)) for field in fields.values())


def _markers_in(metadata: Iterable[Any]) -> tuple[Marker, ...]:
    return tuple(item for item in metadata if isinstance(item, Marker))


class _Inside(NamedTuple):
    """What an annotation is made of: its markers, the words to choose from, and the part that it is, or is a list, of.

    A part without fields is none. It `is_flat` where a value is a plain one, or a list of such.
    """

    markers: tuple[Marker, ...] = ()
    words: tuple[str, ...] = ()
    part: type[Part] | None = None
    is_flat: bool = False


_ANYTHING = _Inside()
_PLAIN_VALUE = _Inside(is_flat=True)


# Two fields out of three are annotated as another one is, and to look into an annotation takes longer than to find it.
@cache
def _inside(annotation: Any) -> _Inside:
    if annotation in _PLAIN_TYPES:
        return _PLAIN_VALUE
    origin = None if isinstance(annotation, type) else get_origin(annotation)
    if origin is None:
        is_part = isinstance(annotation, type) and issubclass(annotation, Part) and annotation.declared
        return _Inside(part=annotation) if is_part else _ANYTHING
    if origin is Literal:
        return _Inside(words=tuple(word for word in annotation.__args__ if isinstance(word, str)), is_flat=True)
    if origin is Annotated:
        markers, words, part, is_flat = _inside(annotation.__origin__)
        return _Inside((*_markers_in(annotation.__metadata__), *markers), words, part, is_flat)
    within = [_inside(each) for each in annotation.__args__]
    is_flat = origin in _FLAT_FORMS and all(each.is_flat for each in within)
    found = [each for each in within if each is not _ANYTHING and each is not _PLAIN_VALUE]
    if len(found) < 2:  # noqa: PLR2004 - as almost always
        return found[0]._replace(is_flat=is_flat) if found else _PLAIN_VALUE if is_flat else _ANYTHING
    return _Inside(
        tuple(marker for each in found for marker in each.markers),
        tuple(word for each in found for word in each.words),
        next((each.part for each in found if each.part is not None), None),
        is_flat,
    )


@cache
def members_of(part: type[Part]) -> Mapping[str, tuple[str, type[Part] | None]]:
    """Return, for each field by its name in the document, its name in the class, and the class of what is there."""
    return {info.alias: (name, _inside(info.annotation).part) for name, info in part.declared.items()}


_PLAIN_TYPES = frozenset({str, int, float, bool, NoneType})
_FLAT_FORMS = (UnionType, Union, list)
_NO_CHOICES: Mapping[str, str] = MappingProxyType({})
_NO_PARTS: Mapping[str, Field] = MappingProxyType({})
