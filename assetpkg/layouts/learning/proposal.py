"""A layout that is proposed for some archives, with what speaks for each part of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assetpkg.archive.archive import Archive
from assetpkg.credentials.masking import mask_line
from assetpkg.documents import join_pointer
from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile, Marks, ResourcePlace, VersionPlace
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.bookkeeping import leave_out
from assetpkg.layouts.learning.grouping import Group, group_parts
from assetpkg.layouts.learning.inheritance import Identities, Inherited, identities, inherit
from assetpkg.layouts.learning.judging import Judgement, Part, references_in
from assetpkg.layouts.learning.leftovers import Unrecognised, places_taken, unrecognised
from assetpkg.layouts.learning.observing import Observed, Observer, Passed
from assetpkg.layouts.learning.patterns import generalise, spot_of, without_numbers
from assetpkg.layouts.learning.recognition import Candidate, find_marks, find_version
from assetpkg.layouts.learning.scoring import Scorer
from assetpkg.layouts.learning.sightings import Item, Sightings
from assetpkg.layouts.learning.surroundings import Surroundings
from assetpkg.layouts.learning.vocabulary import vocabulary
from assetpkg.layouts.learning.wording import Wording, find_wordings

_MOST_COUNTED = 2_000
"""Of how many documents of a group the references are followed."""


@dataclass
class Proposed:
    """One table of the proposal: where resources are, of which kinds, and what speaks for it.

    `score` is between zero and one; what is not `sure` is for a person to decide. `references` are how many lead to
    a resource that was found, of how many to a kind that was found.
    """

    place: ResourcePlace
    score: float
    sure: bool
    kinds: Mapping[str, int]
    known: int
    unknown: Mapping[str, int]
    references: tuple[int, int]
    inherited: Sequence[Inherited]
    steps: tuple[str, ...]
    group: Group

    @property
    def items(self) -> Iterator[tuple[str, Item]]:
        """The objects, each after its kind."""
        return ((kind, item) for kind, item in self.group.items if kind in self.kinds)

    @property
    def number(self) -> int:
        """How many resources there are."""
        return sum(self.kinds.values())


@dataclass
class Proposal:
    """A layout for some archives; `layout` is `None` where nothing sure was found.

    `left_out` says by their names why members are left out of documents.
    """

    name: str
    archives: list[str]
    marks: Marks
    version: VersionPlace | None
    places: list[Proposed]
    unrecognised: list[Unrecognised] = field(default_factory=list)
    passed: Passed = field(default_factory=Passed)
    other_marks: Sequence[Candidate] = ()
    other_versions: Sequence[Candidate] = ()
    too_many: bool = False
    entries: list[Observed] = field(default_factory=list)
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def layout(self) -> LayoutFile | None:
        """The layout with what is sure."""
        sure = [proposed.place for proposed in self.places if proposed.sure]
        if not sure:
            return None
        return LayoutFile(
            format=LAYOUT_FORMAT,
            name=self.name,
            archives=self.archives,
            marks=self.marks,
            version=self.version,
            resources=sure,
        )


def learn(archives: Sequence[Archive], name: str) -> Proposal:
    """Propose a layout for archives that are laid out in one way; for documents that are no assets, nothing."""
    observer, scorer = Observer(), Scorer()
    seen = Sightings(scorer, archives[0].limits)
    entries: list[Observed] = []
    for archive in archives:
        for observed in observer.observe_next(archive):
            entries.append(observed)
            seen.take(observed)
    judgement = Judgement(seen.found.values(), scorer)
    grouped = group_parts(judgement)
    _look_again(grouped.groups, judgement)
    sure = [each for each in grouped.groups if each.sure]
    below = {id(each): _members_below(each, grouped.groups) for each in grouped.groups}
    wordings = find_wordings(grouped.groups, below)
    reasons = leave_out(grouped.groups, wordings)
    places = list(_propose(grouped.groups, wordings, judgement, Surroundings(entries, grouped.groups)))
    marks, other_marks = find_marks(entries, sure, len(archives))
    version, other_versions = find_version(entries, sure, marks, len(archives))
    known = {mark.entry for mark in marks.values} | {version.entry if version is not None else None}
    return Proposal(
        name=name,
        archives=_archives(observer.passed.archives, grouped.groups),
        marks=marks,
        version=version,
        places=places,
        unrecognised=[
            found
            for found in unrecognised(grouped, places_taken(grouped.groups, wordings))
            if found.pointer or without_numbers(found.entry) not in known
        ],
        passed=observer.passed,
        other_marks=other_marks,
        other_versions=other_versions,
        too_many=seen.too_many,
        entries=entries,
        left_out=reasons,
    )


def _look_again(groups: Sequence[Group], judgement: Judgement) -> None:
    """Judge those documents anew of which some members turned out to be fields that are called otherwise."""
    wordings = find_wordings(groups, {})
    for each in groups:
        for part in each.parts:
            names = {theirs[1:]: ours for theirs, ours in wordings[id(each), part.kind].fields.items()}
            if names:
                judgement.look_again(part, names)


def _propose(
    groups: Sequence[Group],
    wordings: Mapping[tuple[int, str], Wording],
    judgement: Judgement,
    around: Surroundings,
) -> Iterator[Proposed]:
    known_ids = identities(groups, wordings)
    for each in groups:
        tables: dict[object, list[tuple[str, Wording, list[Inherited]]]] = defaultdict(list)
        for kind in dict.fromkeys(part.kind for part in each.parts):
            wording = wordings[id(each), kind]
            inherited = list(inherit(each, wording, around, known_ids, judgement.wanted))
            texts = tuple((one.field, one.text) for one in inherited)
            same = (wording.names, tuple(sorted(wording.fields.items())), tuple(wording.unused), texts)
            tables[same].append((kind, wording, inherited))
        for table in tables.values():
            yield _proposed(each, table, known_ids)


def _proposed(group: Group, table: list[tuple[str, Wording, list[Inherited]]], known_ids: Identities) -> Proposed:
    kinds = [kind for kind, _, _ in table]
    parts = [part for part in group.parts if part.kind in kinds]
    number = sum(len(part.items) for part in parts)
    _, wording, inherited = table[0]
    words = {said: kind for said, kind in group.kinds.items() if kind in kinds}
    place = ResourcePlace(
        entries=list(group.entries),
        form=group.form,
        at=join_pointer(group.at),
        kind=group.kind or None,
        kind_at=None if group.kind_at is None else join_pointer(group.kind_at),
        kinds=words,
        document=join_pointer(group.document),
        encoding=group.encoding,
        names=wording.names,
        unused=wording.unused,
        fields=wording.fields,
        inherited={one.field: one.text for one in inherited},
    )
    unknown: Counter[str] = Counter()
    for _, each, _ in table:
        unknown.update(each.unknown)
    score = sum(part.score * len(part.items) for part in parts) / number
    return Proposed(
        place=place,
        score=score,
        sure=group.sure,
        kinds={kind: sum(len(part.items) for part in parts if part.kind == kind) for kind in kinds},
        known=sum(len(each.known) for _, each, _ in table),
        unknown=dict(unknown.most_common()),
        references=_references(parts, inherited, known_ids),
        inherited=inherited,
        steps=group.steps,
        group=group,
    )


def _references(parts: Iterable[Part], inherited: Sequence[Inherited], known_ids: Identities) -> tuple[int, int]:
    """Return how many references lead to a resource that was found, of how many to kinds that were found."""
    there = {kind for kind, _ in known_ids}
    resolving = number = 0
    for part in parts:
        for item in part.items[:_MOST_COUNTED]:
            for marker, value in references_in(vocabulary()[part.kind].fields, item.value):
                if marker.kind in there:
                    number += 1
                    resolving += any(value in known_ids.get((marker.kind, by), ()) for by in marker.by)
    for one in inherited:
        if one.resolving is not None:
            number += one.number
            resolving += one.resolving
    return resolving, number


def _members_below(group: Group, groups: Iterable[Group]) -> Collection[str]:
    """Return the members of the documents of a group that hold resources of others."""
    found = set()
    for other in groups:
        if other is group or not other.sure or other.form != group.form or group.encoding is not None:
            continue
        if set(other.entries) & set(group.entries) and other.steps[: len(group.steps)] == group.steps:
            rest = other.steps[len(group.steps) :]
            if rest and rest[0] != STAR:
                found.add(rest[0])
    return found


def _archives(opened: Sequence[str], groups: Iterable[Group]) -> list[str]:
    """Return the globs of the archives that have resources."""
    used = {item.observed.name for each in groups for _, item in each.items}
    needed = [name for name in dict.fromkeys(opened) if any(entry.startswith(f"{name}!/") for entry in used)]
    by_form: dict[int, list[str]] = defaultdict(list)
    for name in needed:
        by_form[name.count("/")].append(name)
    found = []
    for slashes, names in by_form.items():
        others = [spot_of(name, ()) for name in opened if name not in needed and name.count("/") == slashes]
        patterns = generalise([spot_of(name, ()) for name in names], others, lambda _, name: mask_line(name) != name)
        found += ["/".join(pattern.entry) for pattern in patterns]
    return sorted(found)
