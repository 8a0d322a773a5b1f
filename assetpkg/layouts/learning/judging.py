"""Which kind the objects of a place are: by fields, by who refers to them, what is below, and its name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import id_field
from assetpkg.kinds.markers import Ref
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.scoring import STRONG, WEAK, Match, Scorer, best_of
from assetpkg.layouts.learning.sightings import MOST_SCORED, Item, Sighting
from assetpkg.layouts.learning.vocabulary import Known, fold, nearness, vocabulary
from assetpkg.resource.references import word_of

_BY_REFERENCE, _BY_CHILDREN, _BY_NAME, _BY_NEIGHBOURS = 0.6, 0.4, 0.3, 0.55
"""Which share of what is missing to certainty is gone: all refer to it; it holds what needs one; it is called so."""
_FADING = (1.0, 0.8, 0.6)
"""How much the names on the way to a place count: the last of them most."""
_NEIGHBOURS = 3
_MOST_BESIDE = 6
"""How many documents of a folder may be what those in the folders below it need."""
_MIXED = 0.05
"""Which share of the objects of a place are of another kind, where it is one of several kinds."""
_POSSIBLE = 0.15
_DISPUTED = 0.5
"""How sure a kind is whose members are in a list that is called after another kind: not enough to decide."""
_SHORTEST_ID = 6
"""What is shorter than an id that means something may be equal by accident."""

_NOTHING: Mapping[str, str] = MappingProxyType({})

Wanted = Mapping[tuple[str, str], set[str]]
"""The values by which others refer to resources, by kind and field."""


@dataclass(eq=False)
class Part:
    """Objects of one place that are of one kind, as far as can be seen; `kind` is empty where nothing can.

    `score` is how sure that is, between zero and one, and `mixed` says that they stand between those of other kinds.
    """

    sighting: Sighting
    items: list[Item]
    kind: str = ""
    score: float = 0.0
    mixed: bool = False
    candidates: dict[str, Match] = field(default_factory=dict)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names on the way to the place, those in its document after those of folders and the file."""
        return (*entry_labels(self.sighting.entry), *(step for step in self.sighting.steps if step != STAR))


def entry_labels(entry: str) -> tuple[str, ...]:
    """Return the names of the folders on the way to an entry, and its own without its ending."""
    *folders, name = entry.replace("!/", "/").split("/")
    return (*folders, name.rpartition(".")[0] or name)


class Judgement:
    """The objects of each place, by kind."""

    def __init__(self, sightings: Iterable[Sighting], scorer: Scorer) -> None:
        """Judge what was seen; what is certain by itself first, since the others gain by it."""
        self._scorer = scorer
        self.parts = [part for sighting in sightings for part in _parts(sighting, scorer)]
        for part in self.parts:
            _decide(part, {})
        self.wanted = _wanted(part for part in self.parts if part.score >= STRONG)
        self._below = _needed_above(self.parts)
        for part in self.parts:
            if part.score < 1:
                _decide(part, {kind: self._gain(part, kind, ()) for kind in part.candidates})
        _decide_by_neighbours(self.parts)
        for part in self.parts:
            if part.score >= STRONG and _is_called_otherwise(part):
                part.score = _DISPUTED

    def pool(self, sighting: Sighting, items: list[Item], called: str) -> Part:
        """Judge objects that the same word stands beside, as if their place was called so."""
        sample = items[:: max(1, len(items) // MOST_SCORED)]
        matches = [self._scorer.matches(item.value, as_text=sighting.as_text) for item in sample]
        part = Part(sighting, items, candidates=_mean(matches))
        _decide(part, {kind: self._gain(part, kind, (called,)) for kind in part.candidates})
        return part

    def look_again(self, part: Part, names: Mapping[str, str]) -> None:
        """Judge objects anew, some of whose members are called as `names` has them."""
        sample = part.items[:: max(1, len(part.items) // MOST_SCORED)]
        objects = ({names.get(key, key): value for key, value in item.value.items()} for item in sample)
        candidates = _mean([self._scorer.matches(each, as_text=part.sighting.as_text) for each in objects])
        again = Part(part.sighting, part.items, candidates=candidates)
        _decide(again, {kind: self._gain(again, kind, ()) for kind in candidates})
        if again.kind == part.kind:
            part.score = max(part.score, again.score)

    def _gain(self, part: Part, kind: str, called: tuple[str, ...]) -> float:
        if part.candidates[kind].score < _POSSIBLE:
            return 0.0
        near = (
            nearness(label, kind) * fade for label, fade in zip((*called, *part.labels[::-1]), _FADING, strict=False)
        )
        lost = 1 - _BY_REFERENCE * referred_to(part, kind, self.wanted)
        lost *= 1 - (_BY_CHILDREN if self._below.get(id(part.sighting), Counter())[kind] else 0.0)
        lost *= 1 - _BY_NAME * max(near, default=0.0)
        return 1 - lost


def _parts(sighting: Sighting, scorer: Scorer) -> Iterator[Part]:
    best = [scorer.best(item.value, as_text=sighting.as_text) for item in sighting.sample]
    strong = Counter(match.kind for match in best if match.score >= STRONG)
    kinds = [kind for kind, number in strong.items() if number > _MIXED * len(best)]
    if len(kinds) < 2:  # noqa: PLR2004 - one, or none
        yield Part(sighting, sighting.items, candidates=_mean(list(sighting.matches(scorer))))
        return
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in sighting.items:
        found = scorer.best(item.value, as_text=sighting.as_text)
        groups[found.kind if found.score >= STRONG else ""].append(item)
    for kind, items in groups.items():
        matches = [scorer.matches(item.value, as_text=sighting.as_text) for item in items[:20]]
        candidates = _mean(matches)
        yield Part(sighting, items, mixed=True, candidates=candidates if not kind else {kind: candidates[kind]})


def _mean(matches: list[Mapping[str, Match]]) -> dict[str, Match]:
    """Return how objects fit each kind in the mean; what one of them does not fit, the others fit less."""
    found: dict[str, Match] = {}
    for kind in dict.fromkeys(kind for each in matches for kind in each):
        fitting = [each[kind] for each in matches if kind in each]
        score = sum(match.score for match in fitting) / len(matches)
        rank = sum(match.rank for match in fitting) / len(matches)
        found[kind] = Match(kind, score, rank, fitting[0].unknown)
    return found


def _decide(part: Part, gains: Mapping[str, float]) -> None:
    """Say which kind a part is, with what each gains by other things than its fields."""
    scored = {
        kind: match._replace(
            score=1 - (1 - match.score) * (1 - gains.get(kind, 0.0)), rank=match.rank * (1 + gains.get(kind, 0.0))
        )
        for kind, match in part.candidates.items()
    }
    best = best_of(scored)
    part.kind, part.score = (best.kind, best.score) if best.score >= WEAK else ("", best.score)


def _is_called_otherwise(part: Part) -> bool:
    """Say whether objects are in a list of a document that has the name of another kind than theirs."""
    *_, label, last = ("", "", *part.sighting.steps)
    if last != STAR or part.mixed or nearness(label, part.kind):
        return False
    return any(nearness(label, kind) == 1.0 for kind in KINDS)


def referred_to(part: Part, kind: str, wanted: Wanted) -> float:
    """Return which share of the objects others refer to as resources of a kind."""
    items = part.items[:1_000]
    number = 0
    for item in items:
        number += any(
            value in values
            for (of, by), values in wanted.items()
            if of == kind
            for value in values_of(item, kind, by)
            if len(value) >= _SHORTEST_ID
        )
    return number / len(items) if items else 0.0


def values_of(item: Item, kind: str, by: str, renamed: Mapping[str, str] = _NOTHING) -> Iterator[str]:
    """Yield what an object may be referred to by: a field of its own, or, without it, what it is called around.

    `renamed` are the names of fields by what they are called there.
    """
    known = id_field(KINDS[kind]) if by == "id" else None
    name = known.name if known is not None else by
    for key, value in item.value.items():
        if fold(key) == fold(name) or renamed.get(key) == name:
            word = word_of(value)
            if word is not None:
                yield word
            return
    if item.steps and isinstance(item.steps[-1], str):
        yield item.steps[-1]
    elif not item.steps:
        yield entry_labels(item.observed.name)[-1]


def _wanted(parts: Iterable[Part]) -> Wanted:
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part in parts:
        fields = vocabulary()[part.kind].fields
        for item in part.items:
            for marker, value in references_in(fields, item.value):
                for by in marker.by:
                    wanted[marker.kind, by].add(value)
    return wanted


def references_in(fields: Mapping[str, Known], value: Mapping[str, Any]) -> Iterator[tuple[Ref, str]]:
    """Yield what an object refers to if it has these fields, in whatever style they are called."""
    for key, child in value.items():
        known = fields.get(fold(key))
        if known is None or child is None:
            continue
        marker = known.field.marker(Ref)
        children = child if isinstance(child, list) else [child]
        for each in children:
            word = word_of(each) if marker is not None else None
            if marker is not None and word is not None and word not in marker.unless:
                yield marker, word
            elif isinstance(each, dict) and known.below:
                yield from references_in(known.below, each)


def _needed_above(parts: Iterable[Part]) -> Mapping[int, Counter[str]]:
    """Return the kinds that resources below a place need and do not name, by the place."""
    places = {(part.sighting.entry, part.sighting.form, part.sighting.steps): part.sighting for part in parts}
    whole: dict[str, list[Sighting]] = defaultdict(list)
    for part in parts:
        if not part.sighting.steps:
            whole[part.sighting.entry.rpartition("/")[0]].append(part.sighting)
    needed: dict[int, Counter[str]] = defaultdict(Counter)
    for part in parts:
        missing = _missing_owners(part) if part.score >= STRONG else set()
        if not missing:
            continue
        entry, steps = part.sighting.entry, part.sighting.steps
        for length in range(len(steps)):
            above = places.get((entry, part.sighting.form, steps[:length]))
            if above is not None:
                needed[id(above)].update(missing)
        folder = entry.rpartition("/")[0]
        while folder:
            folder = folder.rpartition("/")[0]
            for beside in whole.get(folder, ())[:_MOST_BESIDE]:
                needed[id(beside)].update(missing)
    return needed


def _missing_owners(part: Part) -> set[str]:
    words = vocabulary()[part.kind]
    present = {fold(key) for item in part.items[:20] for key in item.value}
    owners = {name for name in words.fields.keys() - present if words.fields[name].field.marker(Ref)}
    markers = (words.fields[name].field.marker(Ref) for name in owners)
    return {marker.kind for marker in markers if marker is not None}


def _decide_by_neighbours(parts: list[Part]) -> None:
    """Decide those that are not sure by their names, where those beside them are called as their kinds are."""
    named: Counter[tuple[Any, ...]] = Counter()
    for part in parts:
        if part.score >= STRONG:
            named.update(template for template, label in _templates(part) if nearness(label, part.kind) == 1.0)
    for part in parts:
        if part.score >= STRONG or not part.candidates:
            continue
        for template, label in _templates(part):
            if named[template] >= _NEIGHBOURS:
                said = {kind: _BY_NEIGHBOURS for kind in part.candidates if nearness(label, kind) == 1.0}
                if said:
                    _decide(part, {kind: 1 - (1 - _BY_NAME) * (1 - gain) for kind, gain in said.items()})


def _templates(part: Part) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield the way to a place with each of its names left out, and that name."""
    labels = part.labels
    for index in range(max(0, len(labels) - len(_FADING)), len(labels)):
        yield (part.sighting.form, len(labels), index, labels[:index]), labels[index]
