"""One document of another program in the words of its kind here, with where each value came from."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from assetpkg import documents
from assetpkg.archive.entries import fault_of
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import InvalidDocument, join_pointer, split_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.layouts.declaration import Naming, ResourcePlace
from assetpkg.layouts.forms import Step, Steps, Trie
from assetpkg.layouts.inheriting import STAR, Origin, parse_origin
from assetpkg.layouts.naming import dialect_of
from assetpkg.layouts.reading import field_pointer
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.resource.walk import NO_FIELDS, Fields, fields_below

_DROPPED = object()
"""The mark of a member that is no part of the document."""


class Provenance(NamedTuple):
    """Where a value came from: an entry, steps in it, and whether it is the key there instead of the value.

    Without steps that lead to one value, `fixed` says why nothing can be put back.
    """

    entry: str
    steps: Steps = ()
    at_key: bool = False
    fixed: str = ""


class Translation(NamedTuple):
    """A document in our words, where its values came from by their steps, and what is wrong with it."""

    document: dict[str, Any]
    origins: Mapping[Steps, Provenance]
    faults: tuple[Fault, ...]


class Wording:
    """How the documents of one place of a layout become those of a kind, and back; made once for each."""

    def __init__(self, place: ResourcePlace, kind: str) -> None:
        """Take what a layout says about a place, and the kind of a document there."""
        self.kind: type[Kind] = KINDS[kind]
        self.naming: Naming = place.names
        self.is_rows = place.form == "csv" and not place.encoding
        self.inherited: list[tuple[Steps, str, Origin]] = [
            (tuple(split_pointer(field_pointer(field))), text, parse_origin(text))
            for field, text in place.inherited.items()
        ]
        self._theirs = Trie()
        self._ours = Trie()
        self._joined: dict[tuple[Steps, ...], Trie] = {}
        for theirs, field in place.fields.items():
            there, here = split_pointer(theirs), split_pointer(field_pointer(field))
            self._theirs.at(there).mark = tuple(here)
            self._ours.at(here).mark = tuple(there)
        for pointer in place.unused:
            self._theirs.at(split_pointer(pointer)).mark = _DROPPED

    def without(self, excluded: Iterable[Steps]) -> Trie:
        """Return the places of their documents that have a name of their own, or are left out."""
        excluded = tuple(excluded)
        if not excluded:
            return self._theirs
        if excluded not in self._joined:
            joined = self._joined[excluded] = _copied(self._theirs)
            for steps in excluded:
                joined.at(steps).mark = _DROPPED
        return self._joined[excluded]

    def translate(self, document: dict[str, Any], at: Provenance, excluded: Iterable[Steps] = ()) -> "_Translating":
        """Begin with a document that came from a place; what is inherited is for the caller to add."""
        work = _Translating(self, at)
        work.take(document, fields_of(self.kind), self.without(excluded))
        return work

    def steps_there(self, steps: Steps, above: Provenance, fields: Fields) -> Steps:
        """Return where a member goes that is new at `steps` of our document, whose parent came from `above`."""
        branch: Trie | None = self._ours
        bound: list[Step] = []
        for step in steps:
            if branch is None:
                break
            if step in branch.below:
                branch = branch.below[step]
            else:
                branch = branch.below.get(STAR)
                bound.append(step)
        named = branch.mark if branch is not None else None
        if named is not None and len(named) and len(named) == len(steps):
            return (*above.steps, named[-1])
        return (*above.steps, dialect_of(fields, self.naming).theirs(str(steps[-1])))

    def translated_back(self, value: Any, fields: Fields) -> Any:
        """Return a value in their words."""
        if isinstance(value, list):
            return [self.translated_back(item, fields) for item in value]
        if not isinstance(value, dict):
            return value
        dialect = dialect_of(fields, self.naming)
        return {
            dialect.theirs(key): self.translated_back(child, fields_below(fields.get(key), value) if fields else fields)
            for key, child in value.items()
        }


class _Translating:
    """A document on its way into our words."""

    def __init__(self, wording: Wording, at: Provenance) -> None:
        self.document: dict[str, Any] = {}
        self.origins: dict[Steps, Provenance] = {(): at}
        self.faults: list[Fault] = []
        self._wording = wording
        self._at = at
        self._later: list[tuple[Steps, Any, Fields, Trie | None, Steps, Steps]] = []

    def take(self, document: dict[str, Any], fields: Fields, names: Trie) -> None:
        """Translate the whole document."""
        self._object(document, fields, names, self.document, (), (), ())
        for target, value, _, below, theirs, bound in self._later:
            self._put(target, value, below, theirs, bound)

    def inherit(self, steps: Steps, value: Any, provenance: Provenance) -> None:
        """Take a value for a field that the document has not."""
        if self._assign(steps, value):
            self.origins[steps] = provenance

    def has(self, steps: Steps) -> bool:
        """Say whether the document has a field."""
        value: Any = self.document
        for step in steps:
            if not isinstance(value, dict) or step not in value:
                return False
            value = value[step]
        return True

    def finished(self) -> Translation:
        """Return what has become of it."""
        return Translation(self.document, self.origins, tuple(self.faults))

    def _object(  # noqa: PLR0913, PLR0917 - where it is there, and where it goes here
        self,
        value: dict[str, Any],
        fields: Fields,
        names: Trie | None,
        into: dict[str, Any],
        theirs: Steps,
        ours: Steps,
        bound: Steps,
    ) -> None:
        """Translate the members of an object into another one."""
        dialect = dialect_of(fields, self._wording.naming)
        taken: list[tuple[str, str, Any, Trie | None, Steps]] = []
        explicit: dict[str, str] = {}
        for key, child in value.items():
            below, stars = _below(names, key, bound)
            mark = below.mark if below is not None else None
            if mark is _DROPPED:
                continue
            if mark is not None:
                target = _filled(mark, stars)
                if target[:-1] != ours:
                    self._later.append((target, child, fields, below, (*theirs, key), stars))
                    continue
                explicit[str(target[-1])] = key
                taken.append((key, str(target[-1]), child, below, stars))
            else:
                taken.append((key, dialect.ours(key), child, below, stars))
        kept = []
        for one in taken:
            key, name, child, _, _ = one
            if name in into or explicit.get(name, key) != key:
                self._clash(theirs, key, (*ours, name))
                continue
            into[name] = child
            kept.append(one)
        # What a variant goes by is beside it, and so has to be there before.
        for key, name, child, below, stars in kept:
            there, here = (*theirs, key), (*ours, name)
            self.origins[here] = self._provenance(there)
            inner = fields_below(fields.get(name), into) if fields else NO_FIELDS
            into[name] = self._value(child, inner, below, there, here, stars)
            if child and into[name] == {}:
                # There was nothing in it but what is left out.
                del into[name], self.origins[here]

    def _value(  # noqa: PLR0913, PLR0917 - the same
        self, value: Any, fields: Fields, names: Trie | None, theirs: Steps, ours: Steps, bound: Steps
    ) -> Any:
        if isinstance(value, list):
            items = []
            for index, item in enumerate(value):
                below, stars = _below(names, index, bound)
                there, here = (*theirs, index), (*ours, index)
                self.origins[here] = self._provenance(there)
                items.append(self._value(item, fields, below, there, here, stars))
            return items
        if isinstance(value, dict):
            translated: dict[str, Any] = {}
            self._object(value, fields, names, translated, theirs, ours, bound)
            return translated
        if self._wording.is_rows and len(theirs) == 1 and isinstance(value, str):
            return of_cell(self._wording.kind, str(ours[-1]), value)
        return value

    def _put(self, target: Steps, value: Any, names: Trie | None, theirs: Steps, bound: Steps) -> None:
        """Put a value where a layout says, which is not where its parent is."""
        fields: Fields = fields_of(self._wording.kind)
        parent: Any = self.document
        for step in target[:-1]:
            if isinstance(parent, dict) and isinstance(step, str):
                fields = fields_below(fields.get(step), parent)
                parent = parent.get(step)
        inner = fields_below(fields.get(str(target[-1])), parent) if isinstance(parent, dict) and fields else NO_FIELDS
        if self.has(target) or not self._assign(target, value):
            self._clash(theirs[:-1], theirs[-1], target)
            return
        self.origins[target] = self._provenance(theirs)
        self._assign(target, self._value(value, inner, names, theirs, target, bound))

    def _assign(self, steps: Steps, value: Any) -> bool:
        """Put a value at a place, whose objects are made; say whether that could be."""
        into: Any = self.document
        for step in steps[:-1]:
            if isinstance(into, list) and str(step).isdecimal() and int(step) <= len(into):
                if int(step) == len(into):
                    into.append({})
                into = into[int(step)]
            elif isinstance(into, dict):
                into = into.setdefault(str(step), {})
            else:
                return False
        last = steps[-1]
        if isinstance(into, list) and str(last).isdecimal() and int(last) <= len(into):
            into[int(last) : int(last) + 1] = [value]
        elif isinstance(into, dict):
            into[str(last)] = value
        else:
            return False
        return True

    def _provenance(self, steps: Steps) -> Provenance:
        return Provenance(self._at.entry, (*self._at.steps, *steps))

    def _clash(self, above: Steps, key: Step, ours: Steps) -> None:
        message = (
            f"'{join_pointer([*above, key])}' would be the field '{join_pointer(ours)[1:]}', which something else is "
            "already; it was left out"
        )
        self.faults.append(fault_of("layout-clash", message, DEFAULT_LIMITS)._replace(pointer=join_pointer(ours)))


def of_cell(kind: type[Kind], name: str, text: str) -> Any:
    """Return the value that the text of a cell stands for: what is no text in the kind is written as JSON there."""
    if takes_text(kind, name):
        return text
    try:
        value = documents.parse(text.encode())
    except InvalidDocument:
        word = text.strip().lower()
        return {"true": True, "false": False}.get(word, text)
    return value


@cache
def takes_text(kind: type[Kind], name: str) -> bool:
    """Say whether a field may be a text."""
    known = {field.alias: field.annotation for field in kind.declared.values()}
    return name not in known or _takes_text(known[name])


def _takes_text(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _takes_text(get_args(annotation)[0])
    if origin is Literal:
        return any(isinstance(word, str) for word in get_args(annotation))
    if isinstance(annotation, type) and origin is None:
        return issubclass(annotation, str) and annotation is not NoneType
    if origin in {list, dict}:
        return False
    inner = get_args(annotation)
    return any(map(_takes_text, inner)) if inner else annotation is Any


def _below(names: Trie | None, step: Step, bound: Steps) -> tuple[Trie | None, Steps]:
    if names is None:
        return None, bound
    exact = names.below.get(str(step))
    return (exact, bound) if exact is not None else (names.below.get(STAR), (*bound, step))


def _filled(pattern: Sequence[str], bound: Steps) -> Steps:
    """Return the steps of a pattern with its stars bound from left to right."""
    stars = iter(bound)
    return tuple(next(stars, step) if step == STAR else step for step in pattern)


def _copied(trie: Trie) -> Trie:
    copy = Trie()
    copy.mark = trie.mark
    copy.below = {step: _copied(below) for step, below in trie.below.items()}
    return copy
