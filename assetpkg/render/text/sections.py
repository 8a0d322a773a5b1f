"""The sections of a plan: what is alike is reported once, and a section ends where a person would stop reading."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from assetpkg.planning.changes import Action
from assetpkg.render.screen import Screen, and_more, cut, indent, left_out, printable, width_of
from assetpkg.render.text.check import finding_lines, gravity, message_lines, message_of
from assetpkg.report.check import DiagnosticReport
from assetpkg.report.plan import ChangeReport, FieldReport

T = TypeVar("T")

SIGNS: dict[str, str] = {action.word: action.sign for action in Action}
"""The sign of each action, in the order in which they are counted."""
_MOST_FIELDS = 6
"""How many differences of one resource are shown; JSON has all of them."""
_LONGEST_VALUE = 200
"""More than the widest line; values of megabytes are not measured."""
FEW = 2
"""How many resources, or findings, of one sort are shown in full before the rest is only named."""
_SHORT = 8
"""How many resources about which there is nothing to say are listed rather than counted, and in how many lines."""
_MOST_LINES = 4
"""How many sorts that have no room are reported in a line each; what is left then is counted by its rules."""
_REPLACING = ("update", "undetermined")
"""The actions by which something on the target goes, or may go: of what is equally grave, they are reported first."""
_MOST_NAMES = 20
"""More names than a line takes."""

Found = Mapping[str, Sequence[DiagnosticReport]]
"""What was found about each resource, by its address."""


def head_of(change: ChangeReport, screen: Screen) -> str:
    """Return the sign, the address, and the new name where there is one, in one line."""
    renamed = f" > {printable(change.target_name)}" if change.target_name != change.name else ""
    line = cut(f"{SIGNS[change.action]} {printable(change.address)}{renamed}", max(screen.width, 40))
    return screen.action(change.action, line[:1]) + line[1:]


def change_lines(change: ChangeReport, found: Sequence[DiagnosticReport], screen: Screen) -> Iterator[str]:
    """Yield the change, what was found about it, the gravest first, on what it rests, and what differs."""
    yield head_of(change, screen)
    for diagnostic in sorted(found, key=gravity):
        yield from message_lines(diagnostic, "    ", screen)
    if change.reason == "duplicate":
        yield from indent("the package has this name twice, so one of them cannot be imported", "      > ", screen)
    if found or change.action == "conflict":
        rests = f"[{change.action}, {change.basis.sentence}]"
        yield from (screen.paint(line, "dim") for line in indent(rests, "      ", screen))
    for field in change.fields[:_MOST_FIELDS]:
        yield from _field(field, screen)
    yield from left_out(len(change.fields) - _MOST_FIELDS, "      ", "difference", how="")


def _field(field: FieldReport, screen: Screen) -> Iterator[str]:
    head = f"      {printable(field.pointer)}: "
    if field.secret and field.before == field.after:
        yield cut(f"{head}(secret, changed)", screen.width)
        return
    before, after = f"target {_value(field.before)}", f"package {_value(field.after)}"
    line = f"{head}{before}, {after}"
    if width_of(line) <= screen.width:
        yield line
        return
    yield cut(head.rstrip(), screen.width)
    yield cut(f"        {before}", screen.width)
    yield cut(f"        {after}", screen.width)


def _value(value: Any) -> str:
    if value is None:
        return "(none)"
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


class Detail(NamedTuple):
    """How much is shown: every resource in full, only those whose address fits a pattern, or what does not change."""

    everything: bool = False
    only: tuple[str, ...] = ()
    unchanged: bool = False

    def shows(self, change: ChangeReport, found: Found) -> bool:
        """Say whether a change is shown at all: one that leaves a resource as it is, and equal, says nothing."""
        if self.only:
            return any(fits(change, pattern) for pattern in self.only)
        silent = change.action == "keep" and not change.fields and not found.get(change.address)
        return self.unchanged or not silent

    @property
    def in_full(self) -> bool:
        """Whether what is shown is shown in full."""
        return self.everything or bool(self.only)


def fits(change: ChangeReport, pattern: str) -> bool:
    """Say whether a pattern fits the address of a resource, in the package or on the target."""
    return any(fnmatchcase(name, pattern) for name in (change.address, f"{change.kind}/{change.target_name}"))


class _Group(NamedTuple):
    """What is alike: each of it in full, its name, the rules that speak of it, its rank among others, and a line."""

    tellers: Sequence[Callable[[], Iterator[str]]]
    names: Sequence[str]
    codes: tuple[str, ...]
    rank: tuple[int, bool]
    line: str

    def told(self, many: int) -> list[str]:
        """Return the lines of the first so many, of which the others are like."""
        return [line for tell in self.tellers[:many] for line in tell()]


class Section(NamedTuple):
    """How the sections of a plan are written."""

    found: Found
    screen: Screen
    detail: Detail

    def lines(
        self,
        title: str,
        general: Sequence[DiagnosticReport],
        changes: Sequence[ChangeReport],
        room: int,
        beyond: str = "",
    ) -> Iterator[str]:
        """Yield findings about the whole and changes: of each sort the first ones in full, the others by name.

        Where they take more than `room` lines, further sorts are reported in a line each, and the last are counted;
        without any room all are.
        `beyond` says what else there is, and is not shown.
        """
        if not general and not changes and not beyond:
            return
        yield ""
        yield self.screen.paint(title, "bold")
        yield from self._told(general, changes, room)
        yield from indent(beyond, "  ", self.screen)

    def _told(self, general: Sequence[DiagnosticReport], changes: Sequence[ChangeReport], room: int) -> Iterator[str]:
        groups = [self._findings(each) for each in grouped(general, lambda found: found.code)]
        groups += [self._changes(each) for each in grouped(changes, self._sort_of)]
        if not self.detail.in_full:
            groups.sort(key=lambda group: group.rank)
        for number, group in enumerate(groups):
            lines = self._group(group, room)
            if not self.detail.in_full and len(lines) > room:
                if number or not room:
                    yield from self._in_short(groups[number:])
                    return
                lines = [*group.told(1)[: room - 2], "      … (--details)", *self._others(group)]
            yield from lines
            room -= len(lines)

    def rest(self, title: str, changes: Sequence[ChangeReport]) -> Iterator[str]:
        """Yield the changes about which there is nothing to say: their names, or, of many, how many of each kind."""
        if not changes:
            return
        yield ""
        yield self.screen.paint(title, "bold")
        if self.detail.in_full or len(changes) <= _SHORT:
            lines = [line for change in changes for line in self._change(change)]
            if self.detail.in_full or len(lines) <= _SHORT:
                yield from lines
                return
        for alike in grouped(changes, lambda change: change.action):
            if len(alike) <= FEW:
                yield from (head_of(change, self.screen) for change in alike)
                continue
            kinds = Counter(change.kind for change in alike)
            told = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items())
            action = alike[0].action
            first, *more = indent(f"{action}: {told}", f"{SIGNS[action]} ", self.screen)
            yield from (self.screen.action(action, first[:1]) + first[1:], *more)

    def _sort_of(self, change: ChangeReport) -> tuple[str, ...]:
        return change.action, change.reason, *(found.code for found in self.found.get(change.address, ()))

    def _change(self, change: ChangeReport) -> Iterator[str]:
        return change_lines(change, self.found.get(change.address, ()), self.screen)

    def _changes(self, alike: Sequence[ChangeReport]) -> _Group:
        first, found = alike[0], self.found.get(alike[0].address, ())
        grave = min(found, key=gravity, default=None)
        codes = tuple(dict.fromkeys(each.code for each in found))
        # The rules come first: a long address must not push them out of the line.
        rules = f"{', '.join(codes)} {grave.severity}: " if grave else ""
        said = message_of(grave) if grave else first.reason
        return _Group(
            tellers=[partial(self._change, change) for change in alike],
            names=[change.address for change in alike],
            codes=codes or (first.reason,),
            rank=(0 if first.action == "conflict" or grave is None else gravity(grave), first.action not in _REPLACING),
            line=f"{SIGNS[first.action]} {rules}{first.address}{and_more(len(alike) - 1)}: {said}",
        )

    def _findings(self, alike: Sequence[DiagnosticReport]) -> _Group:
        first, place = alike[0], place_of(alike[0]) or "the import"
        return _Group(
            tellers=[partial(self._finding, found) for found in alike],
            names=[place_of(found) or found.message for found in alike],
            codes=(first.code,),
            rank=(gravity(first), True),
            line=f"  {first.code} {first.severity}: {place}{and_more(len(alike) - 1)}: {message_of(first)}",
        )

    def _finding(self, found: DiagnosticReport) -> Iterator[str]:
        place = place_of(found)
        lines = finding_lines(found, self.screen, printable(place))
        return lines if place else islice(lines, 1, None)

    def _group(self, group: _Group, room: int) -> list[str]:
        """Return everything, or the first ones in full and the names of the others in a line."""
        count = len(group.names)
        if self.detail.in_full or count <= FEW:
            lines = group.told(count)
            if self.detail.in_full or count == 1 or len(lines) <= room:
                return lines
        return [*group.told(1), *self._others(group)]

    def _others(self, group: _Group) -> Iterator[str]:
        if len(group.names) > 1:
            yield named(group.names[1:], "    ", self.screen)

    def _in_short(self, groups: Sequence[_Group]) -> Iterator[str]:
        """Yield a line for each of the first groups, and how often each rule speaks of the others."""
        for group in groups[:_MOST_LINES]:
            yield cut(printable(group.line), self.screen.width)
        later = groups[_MOST_LINES:]
        if later:
            counts: Counter[str] = Counter()
            for group in later:
                counts.update(dict.fromkeys(group.codes, len(group.names)))
            yield from indent(f"… and {counted(counts)} (--details)", "  ", self.screen)


def named(names: Sequence[str], margin: str, screen: Screen) -> str:
    """Return in a line how many more there are, and the first of their names."""
    listed = ", ".join(printable(name) for name in names[:_MOST_NAMES])
    return cut(f"{margin}and {len(names):,} more like it: {listed}", screen.width)


def counted(counts: Mapping[str, int]) -> str:
    """Return words, each with how often it is counted."""
    return ", ".join(f"{word} {count:,}" for word, count in counts.items())


def grouped(members: Iterable[T], sort_of: Callable[[T], Hashable]) -> Iterable[Sequence[T]]:
    """Return the members in groups of one sort, each where its first member is."""
    groups: dict[Hashable, list[T]] = {}
    for member in members:
        groups.setdefault(sort_of(member), []).append(member)
    return groups.values()


def place_of(found: DiagnosticReport) -> str:
    """Return the file, and line and column where they are known."""
    place = found.location
    return ":".join(str(part) for part in (place.entry, place.line, place.column) if part)
