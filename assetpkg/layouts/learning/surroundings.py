"""What stands around the documents of a group: members above them, keys, names of folders, and other entries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.documents import join_pointer
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.discriminating import around
from assetpkg.layouts.learning.grouping import Group
from assetpkg.layouts.learning.observing import Observed
from assetpkg.layouts.learning.sightings import Item

_MOST_BESIDE = 6
"""How many files of one folder are looked into."""
_MOST_MEMBERS = 60
_LONGEST = 300


class Source(NamedTuple):
    """Where values stand: as a layout file writes it, what they are called there, and the value for each item."""

    text: str
    label: str
    values: Sequence[str | int | None]


class Surroundings:
    """The entries of archives, by the folders that they are in."""

    def __init__(self, entries: Sequence[Observed], groups: Iterable[Group]) -> None:
        """Take all that was observed, and the groups: the name of a file that is one of many is known to nobody."""
        globs = (glob for group in groups for glob in group.entries)
        self._many = [glob_of(glob) for glob in globs if STAR in glob.rpartition("/")[2]]
        self._folders: dict[tuple[int, str], dict[str, Observed]] = defaultdict(dict)
        for entry in entries:
            folder, slash, name = entry.name.rpartition("/")
            self._folders[entry.archive, f"{folder}{slash}"][name] = entry

    def sources(self, group: Group, items: Sequence[Item]) -> Iterator[Source]:
        """Yield what stands around some of the documents of a group."""
        yield from _keys(group, items)
        yield from _above(group, items)
        yield from self._beside(group, items)
        yield from _parts_of_names(group, items)

    def _beside(self, group: Group, items: Sequence[Item]) -> Iterator[Source]:
        """Yield what other entries say, in each folder on the way to the entries."""
        if len(group.entries) != 1:
            return
        glob = group.entries[0]
        folders = glob.split("/")[:-1]
        for length in range(len(folders), -1, -1):
            above = "".join(f"{folder}/" for folder in folders[:length])
            bound = [_bound(glob, item, length) for item in items]
            if any(folder is None for folder in bound):
                return
            places = [
                self._folders.get((item.observed.archive, folder or ""))
                for item, folder in zip(items, bound, strict=True)
            ]
            names = sorted(set.intersection(*({*place} if place else set() for place in places)))
            for name in [each for each in names if STAR not in each and mask_line(each) == each][:_MOST_BESIDE]:
                entry = f"{above}{name}"
                if entry == glob or any(many.fits(f"{bound[0]}{name}") for many in self._many):
                    continue
                contents = [place[name].content if place and place[name].form == "json" else None for place in places]
                for steps, values in _members(contents, ""):
                    yield Source(f"{entry}#{join_pointer(steps)}", steps[-1], values)


def _bound(glob: str, item: Item, length: int) -> str | None:
    """Return the folder that an entry is in, so many folders from the top."""
    folders = item.observed.name.split("/")[:-1]
    if len(folders) != glob.count("/"):
        return None
    return "".join(f"{folder}/" for folder in folders[:length])


def _keys(group: Group, items: Sequence[Item]) -> Iterator[Source]:
    number = 0
    for position, step in enumerate(group.at):
        if step == STAR:
            number += 1
            values = [item.steps[position] for item in items]
            if all(isinstance(value, str) for value in values):
                yield Source(f"@{number}", "", values)


def _parts_of_names(group: Group, items: Sequence[Item]) -> Iterator[Source]:
    matches = [
        next((found for glob in group.entries if (found := glob_of(glob).match(item.observed.name)) is not None), None)
        for item in items
    ]
    for number in range(min((len(match) if match else 0 for match in matches), default=0)):
        yield Source(f"entry@{number + 1}", "", [match[number] if match else None for match in matches])


def _above(group: Group, items: Sequence[Item]) -> Iterator[Source]:
    """Yield the members of every object on the way to the documents."""
    for length in range(len(group.document) - 1, -1, -1):
        objects = [_walk(around(item, group.document), group.document[:length]) for item in items]
        for steps, values in _members(objects, group.document[length]):
            yield Source(f".{join_pointer([*group.document[:length], *steps])}", steps[-1], values)
    for length in range(len(group.at) - 1, -1, -1):
        if group.form != "json" and not length:
            return
        objects = [_walk(item.observed.content, item.steps[:length]) for item in items]
        for steps, values in _members(objects, group.at[length]):
            yield Source(join_pointer([*group.at[:length], *steps]), steps[-1], values)


def _walk(value: Any, steps: Sequence[str | int]) -> Any:
    for step in steps:
        value = value[step]
    return value


def _members(objects: Sequence[Any], way: str = STAR) -> Iterator[tuple[list[str], list[str | int | None]]]:
    """Yield the steps to plain members of objects, and of objects in them not on the `way`, with their values."""
    first: Mapping[str, Any] = next((each for each in objects if isinstance(each, dict)), {})
    for member in list(first)[:_MOST_MEMBERS]:
        if STAR in member or mask_line(member) != member:
            continue
        below = [each.get(member) if isinstance(each, dict) else None for each in objects]
        values = [_plain(each) for each in below]
        if any(value is not None for value in values):
            yield [member], values
        elif way not in {member, STAR} and isinstance(first[member], dict):
            yield from (([member, *steps], inner) for steps, inner in _members(below))


def _plain(value: Any) -> str | int | None:
    if (
        isinstance(value, bool)
        or not isinstance(value, (str, int))
        or (isinstance(value, str) and len(value) > _LONGEST)
    ):
        return None
    return value or None
