"""Values that an adapt file gives, held against the class of the resource, and written in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from assetpkg.authoring.adapt.declaration import is_open, variable_in
from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import MASK, mask_line, mask_text
from assetpkg.diagnostics.catalogue import refuses
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer, split_pointer
from assetpkg.errors import InvalidOption, meant, with_escapes
from assetpkg.kinds.kind import Field, Kind, fields_of, name_fields
from assetpkg.kinds.markers import Id
from assetpkg.layouts.edits import Changes, edited
from assetpkg.layouts.forms import Source
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, read_document
from assetpkg.resource.answers import AS_TEXT
from assetpkg.resource.masking import mask, mask_member
from assetpkg.resource.validation import find_faults
from assetpkg.resource.walk import Fields, Node, Step, fields_below, is_secret, open_text, walk

_ABSENT: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenValue:
    """A value that has another one now, as it may be shown: `variable` is where a credential came from."""

    address: str
    pointer: str
    before: Any
    after: Any
    variable: str | None = None


class _Place(NamedTuple):
    """A place in a document: the object or the list that it is in, and what is there."""

    node: Node
    value: Any
    above: Any


class Giving:
    """The new values of one resource."""

    def __init__(self, package: Package, resource: Resource, variables: Mapping[str, str], where: str) -> None:
        """Take the resource, the variables of the environment, and what messages begin with."""
        self._package, self._resource, self._variables, self._where = package, resource, variables, where
        self._document = read_document(package.archive, resource)
        self._fields = fields_of(resource.kind)
        self._other_sorts: set[str] = set()

    def give(self, values: Mapping[str, Any], changes: Changes) -> Iterator[GivenValue]:
        """Note the changes, and yield them; raises `InvalidOption` for a value that has no place or does not fit."""
        above = tuple(split_pointer(self._resource.place.pointer))
        for pointer, value in values.items():
            if is_open(value):
                continue
            steps = split_pointer(pointer)
            place = self._find(pointer, steps)
            variable = variable_in(value)
            new = self._literal(pointer, place, value) if variable is None else self._of(variable, pointer, place)
            if place.value is not _ABSENT and type(place.value) is type(new) and place.value == new:
                continue
            if place.value is _ABSENT or _sort(place.value) != _sort(new):
                self._other_sorts.add(pointer)
            if place.value is _ABSENT:
                changes.add((*above, *steps[:-1]), steps[-1], new)
            else:
                changes.replace((*above, *steps), new)
            yield GivenValue(
                address=self._resource.address,
                pointer=pointer,
                before=None if place.value is _ABSENT else _shown(place, place.value),
                after=MASK if variable is not None else _shown(place, new),
                variable=variable,
            )

    def check(self, pointers: Sequence[str], content: bytes) -> None:
        """Raise `InvalidOption` where the class refuses, at one of the pointers, what it has not refused before.

        A number as a text is forgiven in what an instance has answered, and so it is here where it was one before.
        """
        limits = self._package.archive.limits
        document = Source(content, limits.for_copies()).value
        for step in split_pointer(self._resource.place.pointer):
            document = document[int(step) if isinstance(document, list) else step]
        kind = self._resource.kind
        known = {(fault.slug, fault.pointer) for fault in find_faults(kind, self._document)}
        for fault in find_faults(kind, document):
            if (fault.slug, fault.pointer) in known:
                continue
            at = next((each for each in pointers if f"{fault.pointer}/".startswith(f"{each}/")), None)
            message, _, whole = fault.message.rpartition(f"; {AS_TEXT}")
            is_forgiven = not message or at not in self._other_sorts
            if not refuses(fault.slug) and is_forgiven:
                continue
            if at is not None or any(each.startswith(f"{fault.pointer}/") for each in pointers):
                raise InvalidOption(f"{self._where}: '{mask_line(at or fault.pointer)}': {message or whole}")

    def _find(self, pointer: str, steps: Sequence[str]) -> _Place:
        """Return the place that a pointer leads to; raises `InvalidOption` where there is none."""
        self._refuse_identity(steps)
        fields: Fields = self._fields
        value: Any = self._document
        place: _Place | None = None
        for depth, step in enumerate(steps):
            where: tuple[Step, ...] = tuple(steps[: depth + 1])
            above = value
            if isinstance(value, dict):
                value = value.get(step, _ABSENT)
                place = _Place(Node(fields.get(step), where, value, above, bool(fields)), value, above)
                fields = fields_below(place.node.field, above)
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
                place = _Place(place.node if place else Node(None, where, value, {}), value, above)
            elif isinstance(value, str) and step == INSIDE and place is not None:
                opened = self._opened(place.node.field, value)
                if opened is None:
                    raise self._unknown(pointer)
                fields, value = opened
                place = _Place(place.node, value, above)
            else:
                raise self._unknown(pointer)
            last = depth == len(steps) - 1
            if value is _ABSENT and not (last and _may_be_added(place.node)):
                raise self._unknown(pointer)
        if place is None or steps[-1] == INSIDE:
            raise self._unknown(pointer)
        return place

    def _opened(self, field: Field | None, value: str) -> tuple[Fields, Any] | None:
        try:
            return open_text(field, value, self._package.archive.limits)
        except InvalidDocument:
            return None

    def _refuse_identity(self, steps: Sequence[str]) -> None:
        kind: type[Kind] = self._resource.kind
        if len(steps) != 1:
            return
        if steps[0] in {field.name for field in name_fields(kind)}:
            raise InvalidOption(
                f"{self._where}: '/{steps[0]}' is a part of its name; write decision = \"rename\" and name"
            )
        field = fields_of(kind).get(steps[0])
        if field is not None and field.marker(Id) is not None:
            raise InvalidOption(f"{self._where}: '/{steps[0]}' is its id, by which others refer to it")

    def _unknown(self, pointer: str) -> InvalidOption:
        nodes = walk(self._fields, self._document, inside=True, absent=True)
        known = (join_pointer(node.steps) for node in nodes if node.value is not None or _may_be_added(node))
        near = meant(pointer, [mask_line(each) for each in known])
        return InvalidOption(f"{self._where}: nothing is at '{pointer}'{near or '; ' + _SHOW}")

    def _literal(self, pointer: str, place: _Place, value: Any) -> Any:
        """Return a value as it is in the file; raises `InvalidOption` for a credential."""
        if _shown(place, value) != value:
            raise InvalidOption(
                f"{self._where}: '{pointer}' is a credential, and no adapt file may contain one; "
                'write the name of an environment variable, { env = "NAME" }'
            )
        before = place.value
        if place.node.field is None and before is not None and _sort(before) != _sort(value):
            raise InvalidOption(
                f"{self._where}: '{pointer}' is {_sort(before)} there, and {_sort(value)} here; no class knows it"
            )
        return value

    def _of(self, variable: str, pointer: str, place: _Place) -> str:
        """Return the value of a variable; raises `InvalidOption` where there is none, or where it would be shown."""
        value = self._variables.get(variable)
        if not value or with_escapes(value) != value:
            # A pipeline sets the variable of a secret that it does not have to nothing.
            raise InvalidOption(
                f"{self._where}: '{pointer}' needs the environment variable {variable}, which is "
                f"{'not set' if value is None else 'not UTF-8' if value else 'empty'}"
            )
        if not _is_secret(place) and mask_line(value) == value:
            raise InvalidOption(
                f"{self._where}: '{pointer}' is not a place for a credential, and reports would show the value of "
                f"{variable}; write the value itself"
            )
        return value


_SHOW = "'assetpkg show PACKAGE ADDRESS' shows what is there"


def write(package: Package, entry: str, changes: Changes) -> bytes:
    """Return the bytes of an entry with changes, and every other byte as it is."""
    content = package.archive.entries[entry].read()
    return edited(Source(content, package.archive.limits), changes)


def _may_be_added(node: Node) -> bool:
    """Say whether a member that is not there may be: its class knows it."""
    return node.field is not None and not node.field.foreign


def _is_secret(place: _Place) -> bool:
    node = place.node
    return is_secret(node.field, str(node.steps[-1]), node.parent)


def _sort(value: Any) -> str:
    """Return what sort of JSON a value is, in words."""
    return next(word for kinds, word in _SORTS if isinstance(value, kinds))


_SORTS: tuple[tuple[Any, str], ...] = (
    (bool, "true or false"),
    ((int, float), "a number"),
    (str, "a text"),
    (list, "a list"),
    (object, "an object"),
)


def _shown(place: _Place, value: Any) -> Any:
    """Return what may be shown of a value at a place."""
    node = place.node
    key = str(node.steps[-1])
    if node.value is place.value and isinstance(place.above, dict):
        return mask_member(node.field, key, value, {**place.above, key: value})
    if _is_secret(place):
        return MASK if is_credential(value) else value
    return mask_text(value) if isinstance(value, str) else mask(fields_below(node.field, node.parent), value)
