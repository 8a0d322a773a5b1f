"""Where the resources of an archive are, by a layout file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assetpkg.archive.entries import Located, UnreadableEntry, fault_of
from assetpkg.archive.litter import is_littered
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer, split_pointer
from assetpkg.layouts.declaration import LayoutFile, ResourcePlace
from assetpkg.layouts.forms import CODED, Source, Step, Steps, value_at
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.inheriting import STAR
from assetpkg.limits import Limits


class Found(NamedTuple):
    """A resource: its name in the view, the entry that it is in, the place of the layout, and the steps to it.

    `at` are the steps to the thing at `at`, `steps` those to its document, into a text that it may be in.
    """

    name: str
    entry: str
    place: int
    at: Steps
    steps: Steps
    kind: str

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its entry."""
        return not self.steps


class NotTaken(Exception):
    """An archive that cannot be seen through its layout; carries the reason."""

    def __init__(self, fault: Fault) -> None:
        """Carry `fault`."""
        super().__init__(fault.message)
        self.fault = fault


class Places:
    """The places of a layout that entries fit, by the entries, each with what its stars matched."""

    def __init__(self, layout: LayoutFile, entries: Iterable[str]) -> None:
        """Hold the globs of a layout against the names of entries."""
        self.layout = layout
        self.known: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        globs = [[glob_of(text) for text in place.entries] for place in layout.resources]
        for name in entries:
            for number, several in enumerate(globs):
                bound = next((parts for glob in several if (parts := glob.match(name)) is not None), None)
                if bound is not None and not is_littered(name):
                    self.known.setdefault(name, []).append((number, bound))


class Finder:
    """What finds the resources of an archive, and what is wrong with what they are in."""

    def __init__(self, places: Places, source: Callable[[str], Source], limits: Limits) -> None:
        """Take the places of a layout, and what reads an entry."""
        self._layout, self._places, self._source, self._limits = places.layout, places, source, limits
        self.faults: list[Located] = []

    def find(self, entries: Iterable[str], known: Sequence[Located]) -> Iterator[Found]:
        """Yield the resources, each under a name of its own; what is `known` of entries is not said again.

        Raises `NotTaken` where the layout cannot be applied.
        """
        taken, number_found = set(entries), 0
        unreadable = {name for name, _ in known}
        for entry, places in self._places.known.items():
            self._refuse_two_forms(entry, places)
            seen: dict[Steps, int] = {}
            for number, _ in places:
                for found in self._found_at(entry, number, unreadable, alone=len(places) == 1):
                    self._refuse_twice(found, seen)
                    name = found.name
                    while name in taken and not found.is_whole:
                        name = f"{name}'"
                    taken.add(name)
                    number_found += 1
                    if number_found > self._limits.entries:
                        self._refuse_many(entry, number)
                    yield found._replace(name=name)

    def _found_at(self, entry: str, number: int, unreadable: set[str], *, alone: bool) -> Iterator[Found]:
        place = self._layout.resources[number]
        inside = () if place.encoding is None else (INSIDE if place.encoding == "json" else CODED,)
        document = tuple(split_pointer(place.document))
        if alone and place.kind is not None and not place.at and not document and not inside:
            yield Found(entry, entry, number, (), (), place.kind)
            return
        try:
            source = self._source(entry)
        except InvalidDocument as error:
            if entry not in unreadable:
                self.faults.extend((entry, fault) for fault in error.faults)
                unreadable.add(entry)
            return
        except UnreadableEntry:
            return  # it is reported where it is read as what it is
        for at, thing in matches(source.value, split_pointer(place.at), ()):
            kind = self._kind_at(place, thing)
            if kind is None:
                continue
            if document and not value_at(thing, document)[1]:
                message = f"there is no document at '{join_pointer(document)}' of what should be a resource"
                self.faults.append(
                    (entry, fault_of("no-document", message, self._limits)._replace(pointer=join_pointer(at)))
                )
                continue
            steps = (*at, *document)
            name = f"{entry}#{join_pointer(steps)}" if steps else entry
            yield Found(name, entry, number, at, (*steps, *inside), kind)

    def _kind_at(self, place: ResourcePlace, thing: Any) -> str | None:
        if place.kind_at is None:
            return place.kind
        value, _ = value_at(thing, split_pointer(place.kind_at))
        return place.kinds.get(value if isinstance(value, str) else str(value)) if _is_word(value) else None

    def _refuse_two_forms(self, entry: str, places: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        first = places[0][0]
        for number, _ in places:
            if self._layout.resources[number].form != self._layout.resources[first].form:
                raise NotTaken(self._twice(first, number, f"'{entry}' in two forms"))

    def _refuse_twice(self, found: Found, seen: dict[Steps, int]) -> None:
        steps = found.steps
        before = seen.setdefault(steps, found.place)
        if before != found.place:
            where = f"'{join_pointer(steps)}' of '{found.entry}'" if steps else f"'{found.entry}'"
            raise NotTaken(self._twice(before, found.place, where))

    def _twice(self, first: int, second: int, what: str) -> Fault:
        message = (
            f"layout '{self._layout.name}': resources[{first + 1}] and resources[{second + 1}] both cover {what}, so "
            "nobody knows what it is"
        )
        return fault_of("layout-overlap", message, self._limits)

    def _refuse_many(self, entry: str, number: int) -> None:
        place = self._layout.resources[number]
        message = (
            f"layout '{self._layout.name}': with resources[{number + 1}], at '{place.at}' of '{entry}', there are more "
            f"than {self._limits.entries:,} resources"
        )
        raise NotTaken(fault_of("layout-too-many", message, self._limits, needed=2 * self._limits.entries))


def _is_word(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def matches(value: Any, pattern: Sequence[str], steps: Steps) -> Iterator[tuple[Steps, Any]]:
    """Yield the steps to each thing that a pattern leads to, and the thing."""
    if not pattern:
        yield steps, value
        return
    step, *rest = pattern
    children: Iterable[tuple[Step, Any]] = ()
    if step == STAR:
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    elif isinstance(value, dict) and step in value:
        children = [(step, value[step])]
    elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        children = [(int(step), value[int(step)])]
    for key, child in children:
        yield from matches(child, rest, (*steps, key))
