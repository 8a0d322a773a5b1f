"""Places with what varies in them left open: as few patterns as cover all of some places, and none of the others."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from assetpkg.layouts.inheriting import STAR

_SEVERAL = 3
"""How many different names in one position are data, whatever they are."""
_NUMBERS = re.compile(r"[0-9]{4,}|(?<![A-Za-z0-9])[0-9]+(?![A-Za-z0-9])")
_ARCHIVE = "!"
"""How the name of an archive ends where it is a folder for what is in it."""
_DATA = re.compile(r".*[0-9].*|.{40,}", re.DOTALL)


class Spot(NamedTuple):
    """A place as names: those on the way to an entry, and the steps in it."""

    entry: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, one after the other."""
        return (*self.entry, *self.steps)

    def named(self, names: Sequence[str]) -> "Spot":
        """Return a place of the same form with other names."""
        return Spot(tuple(names[: len(self.entry)]), tuple(names[len(self.entry) :]))


IsData = Callable[[int, str], bool]
"""Whether a name in a position is one of something in the archive, and would be another in another archive."""


def spot_of(entry: str, steps: Iterable[str]) -> Spot:
    """Return the place with these steps in an entry."""
    return Spot(tuple(entry.split("/")), tuple(steps))


def generalise(spots: Sequence[Spot], others: Sequence[Spot], is_data: IsData) -> list[Spot]:
    """Return patterns that cover all of `spots`, which have one form, and none of `others` where that can be done."""
    return list(dict.fromkeys(_generalised(list(dict.fromkeys(spots)), others, is_data)))


def _generalised(
    spots: list[Spot], others: Sequence[Spot], is_data: IsData, fixed: frozenset[int] = frozenset()
) -> Iterator[Spot]:
    """Yield patterns; in the positions that are `fixed`, the names are what tells the places from others."""
    first = spots[0]
    names: list[str] = []
    for position, column in enumerate(zip(*(spot.names for spot in spots), strict=True)):
        values = list(dict.fromkeys(column))
        if position in fixed:
            names.append(values[0])
            continue
        is_file, is_step = position == len(first.entry) - 1, position >= len(first.entry)
        data = [value for value in values if is_data(position, value)]
        if len(values) > 1 and len(values) < _SEVERAL and not data and not all(map(_DATA.fullmatch, values)):
            yield from _split(spots, others, is_data, fixed, position)
            return
        if values == [STAR] or (len(values) == 1 and not data):
            names.append(values[0] if is_step else _without_number(values[0]))
        elif is_step:
            names.append(STAR)
        else:
            names.append(_open(values, is_file=is_file, own_names=bool(data)))
    pattern = first.named(names)
    hit = [other for other in others if covers(pattern, other)]
    if not hit:
        yield pattern
        return
    varying = [position for position, name in enumerate(names) if len({spot.names[position] for spot in spots}) > 1]
    if not varying:
        # Nothing varies: what numbers have been left open is closed again.
        yield first
        return
    at_file = len(first.entry) - 1
    if at_file in varying:
        names[at_file] = _open([spot.names[at_file] for spot in spots], is_file=True, own_names=False)
        narrow = first.named(names)
        if not any(covers(narrow, other) for other in hit):
            yield narrow
            return
    fewest = min(varying, key=lambda position: len({spot.names[position] for spot in spots}))
    yield from _split(spots, hit, is_data, fixed, fewest)


def without_numbers(entry: str) -> str:
    """Return a glob for an entry in whose name every number of its own, such as a date, is left open."""
    return "/".join(map(_without_number, entry.split("/")))


def _without_number(name: str) -> str:
    """Return a name with its numbers left open; one that begins with a number is data as a whole."""
    stem, dot, ending = name.rpartition(".")
    if _NUMBERS.match(stem or name):
        return f"{STAR}{dot}{ending}" if stem else STAR
    return _NUMBERS.sub(STAR, name)


def _split(
    spots: list[Spot], others: Sequence[Spot], is_data: IsData, fixed: frozenset[int], position: int
) -> Iterator[Spot]:
    by_name: dict[str, tuple[list[Spot], list[Spot]]] = {}
    for spot in spots:
        by_name.setdefault(spot.names[position], ([], []))[0].append(spot)
    for other in others:
        if other.names[position] in by_name:
            by_name[other.names[position]][1].append(other)
    for same, rest in by_name.values():
        yield from _generalised(same, rest, is_data, fixed | {position})


def _open(values: Sequence[str], *, is_file: bool, own_names: bool) -> str:
    """Return a star for names, with what they have in common at the beginning, and the ending of files."""
    ending = ""
    if is_file or all(value.endswith(_ARCHIVE) for value in values):
        endings = {f".{value.rpartition('.')[2]}" for value in values if "." in value}
        ending = endings.pop() if len(endings) == 1 else ""
    stems = [value.removesuffix(ending) for value in values]
    if own_names:
        return f"{STAR}{ending}"
    common = _common(stems)
    return f"{common}{STAR}{ending}"


def _common(stems: Sequence[str]) -> str:
    """Return what names have in common at the beginning, up to a mark between words."""
    shortest = min(stems, key=len)
    length = next((at for at, sign in enumerate(shortest) if any(stem[at] != sign for stem in stems)), len(shortest))
    marks = [at for at in range(length) if not shortest[at].isalnum()]
    return shortest[: marks[-1] + 1] if marks else ""


def covers(pattern: Spot, spot: Spot) -> bool:
    """Say whether a pattern covers a place of the same form."""
    return all(map(_fits, pattern.names, spot.names))


def _fits(name: str, value: str) -> bool:
    if STAR not in name or name == value:
        return name == value
    if name == STAR:
        return True
    first, *rest = name.split(STAR)
    if not value.startswith(first):
        return False
    at = len(first)
    for literal in rest[:-1]:
        found = value.find(literal, at)
        if found < 0:
            return False
        at = found + len(literal)
    return value.endswith(rest[-1]) and len(value) - len(rest[-1]) >= at
