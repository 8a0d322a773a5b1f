"""Objects that no table of a proposal covers: where they are, how many, and what kind they are nearest to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assetpkg.documents import join_pointer
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.grouping import Group, Grouped
from assetpkg.layouts.learning.judging import Part
from assetpkg.layouts.learning.scoring import best_of
from assetpkg.layouts.learning.wording import Wording

_SEVERAL_KINDS = "several kinds stand together, and nothing beside them says which is which"

Place = tuple[str, tuple[str, ...]]
"""An entry, and steps in it."""


@dataclass
class Unrecognised:
    """Objects that no table is proposed for: where, how many, and what kind they are nearest to, if to any."""

    entry: str
    pointer: str
    number: int
    nearest: str
    score: float
    reason: str = ""


def places_taken(
    groups: Iterable[Group], wordings: Mapping[tuple[int, str], Wording]
) -> Mapping[Place, Collection[str]]:
    """Return where the resources are, and which of their members are none of their fields."""
    taken: dict[Place, set[str]] = defaultdict(set)
    for group in groups:
        for part in group.parts:
            known = wordings.get((id(group), part.kind))
            members = () if known is None else (*known.unknown, *(pointer[1:] for pointer in known.unused))
            for item in part.items:
                taken[item.observed.name, part.sighting.steps].update(members)
    return taken


def unrecognised(grouped: Grouped, taken: Mapping[Place, Collection[str]]) -> Iterator[Unrecognised]:
    """Yield the objects that no table covers, most first; neither what holds resources, nor parts of these."""
    mixed = set(map(id, grouped.mixed))
    holding = {(entry, steps[:length]) for entry, steps in taken for length in range(len(steps) + 1)}
    for part in grouped.mixed:
        entry, steps = part.sighting.entry, part.sighting.steps
        holding.update((entry, steps[:length]) for length in range(len(steps)))
    found: dict[tuple[str, str, tuple[str, ...]], list[Part]] = defaultdict(list)
    seen: set[Place] = set()
    for part in sorted((*grouped.rest, *grouped.mixed), key=lambda part: len(part.sighting.steps)):
        entry, steps = part.sighting.entry, part.sighting.steps
        above = [(entry, steps[:length]) for length in range(len(steps))]
        if (entry, steps) in holding or any(place in seen for place in above):
            continue
        if any(place in taken and steps[len(place[1])] not in taken[place] for place in above):
            continue
        if steps and steps[-1] != STAR and not part.kind:
            continue
        seen.add((entry, steps))
        folder, slash, name = entry.rpartition("/")
        found[folder + slash, name.rpartition(".")[2], steps].append(part)
    by_number = sorted(found.items(), key=lambda each: (-sum(len(part.items) for part in each[1]), each[0]))
    for (folder, ending, steps), parts in by_number:
        entries = {part.sighting.entry for part in parts}
        nearest = max((best_of(part.candidates) for part in parts), key=lambda match: (match.score, match.kind))
        yield Unrecognised(
            entry=entries.pop() if len(entries) == 1 else f"{folder}*.{ending}",
            pointer=join_pointer(steps),
            number=sum(len(part.items) for part in parts),
            nearest=nearest.kind,
            score=nearest.score,
            reason=_SEVERAL_KINDS if any(id(part) in mixed for part in parts) else "",
        )
