"""An archive of another layout seen through it: an entry for each resource, with its document in our words."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry, Located, UnreadableEntry, fault_of
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer, split_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind
from assetpkg.layouts.declaration import LayoutFile, ResourcePlace
from assetpkg.layouts.finding import Finder, Found, Places
from assetpkg.layouts.forms import CODED, FORMS, Source, Steps, decoded, value_at
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.inheriting import STAR, Origin, parse_origin
from assetpkg.layouts.nesting import Held, Nest
from assetpkg.layouts.residue import residue_of, unused_of
from assetpkg.layouts.translating import Provenance, Translation, Wording
from assetpkg.limits import MOST_HELD_SOURCES

UNUSED = "#unused"
"""What is after the name of an entry, for the members in its texts that are known to be nothing."""
_AT_ONCE = 3
"""How many entries one document may be made of without any of them being read again for the next one."""


class View:
    """An archive through a layout.

    `entries` has an entry for each resource, with its document in our words; one for what is left of each entry that
    has several; and every entry that has none. `faults` are what is wrong with what the resources are in.
    """

    def __init__(self, layout: LayoutFile, archive: Archive, nest: Nest) -> None:
        """See an archive, whose archives are opened; raises `NotTaken`."""
        self.layout, self.archive, self.nest = layout, archive, nest
        self.limits = archive.limits
        self.faults: list[Located] = list(nest.faults)
        self.found: dict[str, Found] = {}
        self.by_entry: dict[str, list[Found]] = {}
        self.entries: dict[str, Entry] = {}
        self.rest: dict[str, str] = {}
        """The entries for what is left of the entries with resources, and these."""
        self.missing: dict[str, tuple[Fault, ...]] = {}
        """What is wrong with the translation of each document that was read."""
        self._sources: Held[Source | InvalidDocument] = Held(MOST_HELD_SOURCES, _AT_ONCE)
        self._wordings: dict[tuple[int, str], Wording] = {}
        places = Places(layout, nest.entries)
        self._places = places.known
        finder = Finder(places, self.source, self.limits)
        for found in finder.find(nest.entries, self.faults):
            self.found[found.name] = found
            self.by_entry.setdefault(found.entry, []).append(found)
        self.faults += finder.faults
        self._lay_out()

    def source(self, entry: str) -> Source:
        """Return an entry that is read; raises `InvalidDocument` and `UnreadableEntry`."""
        form = self.layout.resources[self._places[entry][0][0]].form if entry in self._places else "json"

        def read() -> Source | InvalidDocument:
            try:
                return FORMS[form](self.nest.entries[entry].read(), self.limits)
            except InvalidDocument as error:
                return error

        known = self._sources.get(entry, read, lambda made: made.size if isinstance(made, Source) else 0)
        if isinstance(known, InvalidDocument):
            raise InvalidDocument(*known.faults)
        return known

    def place_of(self, found: Found) -> ResourcePlace:
        """Return what the layout says about the place of a resource."""
        return self.layout.resources[found.place]

    def places_of(self, entry: str) -> Sequence[tuple[int, tuple[str, ...]]]:
        """Return the places of the layout that an entry fits, each with what its stars matched."""
        return self._places.get(entry, ())

    @cached_property
    def version_entry(self) -> str:
        """The entry in which the layout says that the asset version is: the first that its glob fits."""
        named = (self.layout.version.entry if self.layout.version is not None else None) or ""
        return named if named in self.nest.entries else next(filter(glob_of(named).fits, self.nest.entries), named)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The entries that the layout reads without having resources in them."""
        layout = self.layout
        globs = [*layout.marks.entries, *(mark.entry for mark in layout.marks.values)]
        if layout.version is not None and layout.version.entry is not None:
            globs.append(layout.version.entry)
        globs += [parse_origin(text).entry for place in layout.resources for text in place.inherited.values()]
        named = [(text, glob_of(text)) for text in globs if text]
        return frozenset(
            name for name in self.nest.entries if any(name == text or glob.fits(name) for text, glob in named)
        )

    def wording(self, found: Found) -> Wording:
        """Return how the document of a resource is translated."""
        key = (found.place, found.kind)
        if key not in self._wordings:
            self._wordings[key] = Wording(self.place_of(found), found.kind)
        return self._wordings[key]

    def kind_of(self, name: str) -> type[Kind] | None:
        """Return the kind of the resource that is an entry of the view."""
        found = self.found.get(name)
        return None if found is None else KINDS[found.kind]

    def translated(self, found: Found) -> Translation:
        """Return the document of a resource in our words; raises `InvalidDocument` where it is not an object."""
        document = self.document_of(found)
        work = self.wording(found).translate(document, Provenance(found.entry, found.steps), self.excluded(found))
        for steps, text, origin in self.wording(found).inherited:
            if work.has(steps):
                continue
            value, provenance = self._inherited(found, origin)
            if provenance is None:
                message = f"'{join_pointer(steps)[1:]}' is inherited from {text}, and there is no value; it is left out"
                work.faults.append(fault_of("nothing-to-inherit", message, self.limits))
            else:
                work.inherit(steps, value, provenance)
        return work.finished()

    def document_of(self, found: Found) -> dict[str, Any]:
        """Return the document of a resource as it is there; raises `InvalidDocument` where it is not an object."""
        value = self._value_of(found)
        if self.place_of(found).encoding:
            if not isinstance(value, str):
                message = "the document is not a text, as the layout says it is"
                raise InvalidDocument(Fault("invalid-json", message, "correct 'encoding' in the layout file"))
            value = documents.parse(self.text_of(found, value).encode("utf-8", "surrogatepass"), self.limits)
        if not isinstance(value, dict):
            raise InvalidDocument(Fault("invalid-json", "the document is not an object", "write an object, { … }"))
        return value

    def text_of(self, found: Found, value: Any) -> str:
        """Return the text that the document of a resource is, where it is in a text."""
        if self.place_of(found).encoding != "base64" or not isinstance(value, str):
            return str(value)
        text = decoded(value)
        if text is None:
            raise InvalidDocument(Fault("invalid-json", "the text is not base64 of a document", "encode it again"))
        return text

    def excluded(self, found: Found) -> tuple[Steps, ...]:
        """Return what in the document of a resource is other resources, or what they are in."""
        inner = self._inner.get(found.place)
        if not inner:
            return ()
        own = found.steps
        here = {number for number, _ in self._places[found.entry]}
        inside = set()
        for number, pattern in inner:
            if number in here and all(step in {STAR, str(mine)} for step, mine in zip(pattern, own, strict=False)):
                rest = pattern[len(own) :]
                inside.add(tuple(rest[: max(1, rest.index(STAR))] if STAR in rest else rest))
        return tuple(sorted(inside))

    @cached_property
    def _inner(self) -> Mapping[int, Sequence[tuple[int, list[str]]]]:
        """The places that may be inside of documents of another place, by that place, each with its pointer."""
        found: dict[int, list[tuple[int, list[str]]]] = {}
        for outer, place in enumerate(self.layout.resources):
            own = [*split_pointer(place.at), *split_pointer(place.document)]
            for number, other in enumerate(self.layout.resources) if place.encoding is None else ():
                pattern = split_pointer(other.at)
                if len(pattern) <= len(own):
                    pattern += split_pointer(other.document)
                if number != outer and len(pattern) > len(own) and all(map(_may_be, pattern, own)):
                    found.setdefault(outer, []).append((number, pattern))
        return found

    def _value_of(self, found: Found) -> Any:
        steps = found.steps[:-1] if self.place_of(found).encoding else found.steps
        return value_at(self.source(found.entry).value, steps)[0]

    def _inherited(self, found: Found, origin: Origin) -> tuple[Any, Provenance | None]:
        place = self.place_of(found)
        stars = [position for position, step in enumerate(split_pointer(place.at)) if step == STAR]
        if origin.key:
            step = found.at[stars[origin.key - 1]]
            is_list = isinstance(step, int)
            fixed = "the place in a list" if is_list else ""
            return step, Provenance(found.entry, found.at[: stars[origin.key - 1] + 1], at_key=True, fixed=fixed)
        parts = next(bound for number, bound in self._places[found.entry] if number == found.place)
        if origin.part:
            return parts[origin.part - 1], Provenance(found.entry, fixed="a part of the name of the entry")
        entry = glob_of(origin.entry).bind(parts) if origin.entry else found.entry
        bound = iter([found.at[position] for position in stars])
        steps = tuple(next(bound, step) if step == STAR else step for step in split_pointer(origin.pointer))
        steps = (*found.at, *steps) if origin.is_below else steps
        if entry not in self.nest.entries:
            return None, None
        try:
            value, there = value_at(self.source(entry).value, steps)
        except (InvalidDocument, UnreadableEntry):
            return None, None
        return value, Provenance(entry, steps) if there else None

    def _lay_out(self) -> None:
        """Make the entries of the view."""
        entries: dict[str, Entry] = {}
        for name, entry in self.nest.entries.items():
            several = self.by_entry.get(name)
            if several is None:
                entries[name] = entry
                continue
            for found in several:
                entries[found.name] = Entry(found.name, entry.size, partial(self._read, found))
            if not several[0].is_whole or self.place_of(several[0]).unused or self.excluded(several[0]):
                left = self._free_name(name, entries)
                self.rest[left] = name
                entries[left] = Entry(left, entry.size, partial(self._read_rest, name))
            if any(found.steps and found.steps[-1] in {INSIDE, CODED} for found in several) and any(
                self.place_of(found).unused for found in several
            ):
                left = self._free_name(f"{name}{UNUSED}", entries)
                self.rest[left] = name
                entries[left] = Entry(left, entry.size, partial(self._read_unused, name))
        self.entries = {name: entries[name] for name in sorted(entries)}

    def _free_name(self, name: str, entries: Mapping[str, Entry]) -> str:
        while name in entries or (name in self.nest.entries and name not in self.by_entry):
            name = f"{name}'"
        return name

    def _read(self, found: Found) -> bytes:
        """Return the document of a resource in our words; of what is none, the text as it is there."""
        try:
            translation = self.translated(found)
        except InvalidDocument as error:
            self.missing[found.name] = ()
            return self._raw(found, error)
        self.missing[found.name] = translation.faults
        return documents.dump(translation.document)

    def _raw(self, found: Found, error: InvalidDocument) -> bytes:
        try:
            value = self._value_of(found)
            if self.place_of(found).encoding and isinstance(value, str):
                return self.text_of(found, value).encode("utf-8", "surrogatepass")
        except InvalidDocument as worse:
            if found.is_whole:
                return self.nest.entries[found.entry].read()
            raise UnreadableEntry(worse.faults[0]) from None
        if self.place_of(found).encoding:
            raise UnreadableEntry(error.faults[0])
        return documents.dump(value)

    def _read_rest(self, entry: str) -> bytes:
        try:
            source = self.source(entry)
        except InvalidDocument:
            return b""  # all of it is what its one resource is reported with
        return residue_of(source, self._translated_in(entry))

    def _translated_in(self, entry: str) -> Iterator[tuple[Steps, bool, tuple[Steps, ...]]]:
        """Yield where documents are in an entry, whether in a text, and what in them is not part of them."""
        for found in self.by_entry[entry]:
            place = self.place_of(found)
            unused = () if place.encoding else tuple(tuple(split_pointer(pointer)) for pointer in place.unused)
            steps = found.steps[:-1] if place.encoding else found.steps
            yield steps, bool(place.encoding), (*self.excluded(found), *unused)

    def _read_unused(self, entry: str) -> bytes:
        def each() -> Iterator[tuple[Steps, dict[str, Any], Sequence[str]]]:
            for found in self.by_entry[entry]:
                place = self.place_of(found)
                if place.encoding and place.unused:
                    try:
                        yield found.steps, self.document_of(found), place.unused
                    except InvalidDocument:
                        continue

        return unused_of(each())


def _may_be(step: str, other: str) -> bool:
    return step == other or STAR in {step, other}
