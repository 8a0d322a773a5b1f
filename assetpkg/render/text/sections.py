"""The sections of a plan: what is alike is reported once, everything in them is named, and what differs is shown."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from assetpkg.render.causes import Cause, causes_of, message_of
from assetpkg.render.findings import gravity
from assetpkg.render.screen import Screen, few, indent, left_out, listed, printable
from assetpkg.render.sentences import SIGNS, fits_one
from assetpkg.render.text.differences import difference_lines
from assetpkg.render.text.findings import Places, cause_lines, first_of, message_lines, rule_of
from assetpkg.render.text.words import reason_in_words
from assetpkg.report.check import DiagnosticReport
from assetpkg.report.plan import ChangeReport

T = TypeVar("T")

_IN_FULL = 2
"""How many resources, or findings, of one sort are shown in full before the rest is only named."""
_MOST_PLACES = 5
"""How many places of what is about no single change are shown on a screen before the rest is counted."""
_SHORT = 8
"""How many resources about which there is nothing to say have a line each."""
_REPLACING = ("update", "undetermined")
"""The actions by which something on the target goes, or may go: of what is equally grave, they are reported first."""

LIKE_IT = "more like it"
"""What the further ones of a sort are called."""

Found = Mapping[str, Sequence[DiagnosticReport]]
"""What was found about each resource, by its address."""


def name_of(change: ChangeReport) -> str:
    """Return what a resource is called without its kind, the new name, and what else it is in conflict with."""
    name = change.address.removeprefix(f"{change.kind}/")
    if change.action == "conflict" and change.meets is not None and change.meets.target_name != change.target_name:
        return f"{name} ({change.meets.target_name} on the target)"
    return f"{name} > {change.target_name}" if change.target_name != change.name else name


def head_lines(change: ChangeReport, screen: Screen) -> Iterator[str]:
    """Yield the sign, the address, and the new name where there is one, in as many lines as they take."""
    renamed = f" > {printable(change.target_name)}" if change.target_name != change.name else ""
    first, *more = indent(f"{printable(change.address)}{renamed}", f"{SIGNS[change.action]} ", screen, wide=True)
    yield from (screen.action(change.action, first[:1]) + first[1:], *more)


class Detail(NamedTuple):
    """How much is shown: every resource in full, only those whose address fits a pattern, or what does not change."""

    everything: bool = False
    only: tuple[str, ...] = ()
    unchanged: bool = False

    def shows(self, change: ChangeReport, found: Found) -> bool:
        """Say whether a change is shown at all: one that leaves a resource as it is, and equal, says nothing."""
        if self.only:
            return any(fits_one(name, self.only) for name in addresses_of(change))
        silent = change.action == "keep" and not change.fields and not found.get(change.address)
        return self.unchanged or not silent

    @property
    def in_full(self) -> bool:
        """Whether what is shown is shown in full."""
        return self.everything or bool(self.only)


def addresses_of(change: ChangeReport) -> tuple[str, str]:
    """Return the address of a resource in the package, and on the target."""
    return change.address, f"{change.kind}/{change.target_name}"


class Section(NamedTuple):
    """How the sections of a plan are written."""

    found: Found
    screen: Screen
    detail: Detail
    places: Places

    def lines(
        self,
        title: str,
        general: Sequence[DiagnosticReport],
        changes: Sequence[ChangeReport],
        room: int,
        beyond: str = "",
    ) -> Iterator[str]:
        """Yield findings about the whole and changes: of each sort the first ones in full, the others by name.

        Where they take more than `room` lines, of the further sorts it is said what they are, and nothing beside.
        `beyond` says what else there is, and is not shown.
        """
        if not general and not changes and not beyond:
            return
        yield ""
        yield self.screen.paint(title, "bold")
        by_rule = grouped(general, lambda found: found.code)
        sorts: list[_Findings | _Changes] = [_Findings(self, each) for each in by_rule]
        sorts += [_Changes(self, each) for each in grouped(changes, self._sort_of)]
        if not self.detail.in_full:
            sorts.sort(key=lambda each: each.rank)
        for each in sorts:
            lines = list(each.lines(room))
            yield from lines
            room -= len(lines)
        yield from indent(beyond, "  ", self.screen)

    def rest(self, title: str, changes: Sequence[ChangeReport], room: int) -> Iterator[str]:
        """Yield the changes about which there is nothing to say: what differs in them, or, of many, their names."""
        if not changes:
            return
        yield ""
        yield self.screen.paint(title, "bold")
        listed_each = self.is_endless or len(changes) <= _SHORT
        named: list[ChangeReport] = []
        for change in changes:
            lines = list(self.change(change, room))
            # An address alone can take several lines.
            is_named_only = len(lines) == len(list(head_lines(change, self.screen)))
            if listed_each or (not is_named_only and len(lines) <= room):
                yield from lines
                room -= 0 if is_named_only else len(lines)
            else:
                named.append(change)
        for alike in grouped(named, lambda change: (change.action, change.kind)):
            action = alike[0].action
            head = f"{SIGNS[action]} {action} {alike[0].kind} ({len(alike):,}):"
            first, *more = listed(map(name_of, alike), head, self.screen)
            yield from (self.screen.action(action, first[:1]) + first[1:], *more)

    @property
    def is_endless(self) -> bool:
        """Whether each resource has lines of its own, however many there are."""
        return self.detail.in_full or self.screen.endless

    def change(self, change: ChangeReport, room: int, *, is_first: bool = True) -> Iterator[str]:
        """Yield the change, what was found about it, on what it rests, and what differs.

        Of what is not the first of its sort, how to fix it, and on what it rests, has been said.
        """
        found = sorted(self.found.get(change.address, ()), key=gravity)
        yield from head_lines(change, self.screen)
        if is_first or self.screen.endless:
            yield from self._found(found, is_first=is_first)
        if is_first:
            yield from self._decided(change, found)
        yield from difference_lines(change, self.screen, in_full=self.detail.in_full, room=room)

    def _found(self, found: Sequence[DiagnosticReport], *, is_first: bool) -> Iterator[str]:
        """Yield what was found with its places; how to fix it once where it is the same for several."""
        hint = ""
        for each in found:
            yield from message_lines(each, "    ", self.screen, hint=is_first and each.hint != hint)
            hint = each.hint
            if each.location.pointer or self.detail.in_full:
                yield from indent(f"at {self.places.shown(each)}", "      ", self.screen, wide=True)
            if each.location.pointer:
                yield from self.places.excerpt(each, "      ", self.screen)

    def _decided(self, change: ChangeReport, found: Sequence[DiagnosticReport]) -> Iterator[str]:
        """Yield what becomes of the resource, where no finding says why, and on what that rests."""
        if change.reason == "duplicate":
            text = "the package has this name twice, so one of them cannot be imported"
            yield from indent(text, "      > ", self.screen)
        reason = "" if found else reason_in_words(change.reason)
        if reason or found or change.action == "conflict":
            told = f"[{change.action}{f': {reason}' if reason else ''}; {change.basis.sentence}]"
            yield from (self.screen.paint(line, "dim") for line in indent(told, "      ", self.screen))

    def _sort_of(self, change: ChangeReport) -> tuple[str, ...]:
        return change.action, change.reason, *(found.code for found in self.found.get(change.address, ()))


class _Changes:
    """Changes of one sort: about which the same rules speak, and which have the same reason."""

    def __init__(self, section: Section, changes: Sequence[ChangeReport]) -> None:
        self._section, self._changes = section, changes
        first = changes[0]
        self._grave = first_of(section.found.get(first.address, ()))
        grave = 0 if first.action == "conflict" or self._grave is None else gravity(self._grave)
        self.rank = (grave, first.action not in _REPLACING)

    def lines(self, room: int) -> Iterator[str]:
        """Yield the first in full, and of the others what differs, or their names; all of them where there is room."""
        section, changes = self._section, self._changes
        if section.detail.in_full:
            for change in changes:
                yield from section.change(change, room)
            return
        first, *others = changes
        lines = list(section.change(first, room))
        if len(changes) == _IN_FULL:
            both = [*lines, *section.change(others[0], room)]
            if len(both) <= room:
                yield from both
                return
        yield from lines if room > 0 else self._in_short(first)
        yield from self._others(others, room - len(lines))

    def _others(self, others: Sequence[ChangeReport], room: int) -> Iterator[str]:
        section = self._section
        if section.screen.endless:
            for change in others:
                yield from section.change(change, 0, is_first=False)
            return
        told = 0
        for change in others if others and others[0].fields else ():
            lines = list(section.change(change, max(room, 0), is_first=False))
            if len(lines) > room:
                break
            yield from lines
            room, told = room - len(lines), told + 1
        yield from named(others[told:], "    ", section.screen)

    def _in_short(self, change: ChangeReport) -> Iterator[str]:
        """Yield what there is to say about a change in as few words as there are, and the first that differs."""
        screen = self._section.screen
        yield from head_lines(change, screen)
        found = self._section.found.get(change.address, ())
        yield from indent(printable(_head_of(found)) if found else reason_in_words(change.reason), "    ", screen)
        yield from difference_lines(change, screen, in_full=False, room=1)


def _head_of(found: Sequence[DiagnosticReport]) -> str:
    """Return the gravest finding in a sentence, and the others by their rules, or how many they are of the same."""
    first, *others = sorted(found, key=gravity)
    same = sum(each.code == first.code for each in others)
    rules = dict.fromkeys(rule_of(each) for each in others if each.code != first.code)
    beside = [*([f"{same:,} {LIKE_IT}"] if same else ()), *rules]
    also = f" (and {', '.join(beside)})" if beside else ""
    return f"{first.code} {first.severity}: {message_of(first)}{also}"


class _Findings:
    """Findings of one rule that are about no single change."""

    def __init__(self, section: Section, found: Sequence[DiagnosticReport]) -> None:
        self._section, self._causes = section, causes_of(found)
        self.rank = (min(map(gravity, found)), True)

    def lines(self, room: int) -> Iterator[str]:
        """Yield the first causes in full, and the places of the others."""
        section = self._section
        in_full = section.detail.in_full
        told = 0
        for cause in self._causes:
            lines = list(cause_lines(cause, section.places, section.screen, in_full=in_full, most=_MOST_PLACES))
            if not section.is_endless and told and (told >= _IN_FULL or len(lines) > room):
                break
            yield from lines
            room, told = room - len(lines), told + 1
        yield from self._others(self._causes[told:])

    def _others(self, causes: Sequence[Cause]) -> Iterator[str]:
        """Yield what else the rule has found: by places, and, of what has none, by what it says."""
        section = self._section
        places = [section.places.shown(found) for cause in causes for found in cause]
        if all(places):
            if places:
                head = f"    and {len(places):,} more of {rule_of(causes[0][0])}:"
                yield from listed(few(places, _MOST_PLACES), head, section.screen, margin=6)
            return
        for cause in causes[:_MOST_PLACES]:
            yield from message_lines(cause[0], "  ", section.screen, hint=False)
        yield from left_out(len(causes) - _MOST_PLACES, "  ", "finding")


def named(others: Sequence[ChangeReport], margin: str, screen: Screen) -> Iterator[str]:
    """Yield how many more changes there are, and all of their names, kind after kind where they are many."""
    if not others:
        return
    head = f"{margin}and {len(others):,} {LIKE_IT}:"
    addresses = list(listed((f"{each.kind}/{name_of(each)}" for each in others), head, screen, margin=len(margin) + 2))
    if len(addresses) == 1:
        yield from addresses
        return
    yield head
    for alike in grouped(others, lambda change: change.kind):
        yield from listed(map(name_of, alike), f"{margin}  {alike[0].kind}:", screen, margin=len(margin) + 4)


def addresses_named(addresses: Sequence[str], margin: str, screen: Screen, *, most: int | None = None) -> Iterator[str]:
    """Yield how many more there are of what an address names, and all of them, or at most so many."""
    if addresses:
        head = f"{margin}and {len(addresses):,} {LIKE_IT}:"
        shown = addresses if most is None or screen.endless else few(addresses, most)
        yield from listed(shown, head, screen, margin=len(margin) + 2)


def counted(counts: Mapping[str, int]) -> str:
    """Return words, each with how often it is counted."""
    return ", ".join(f"{word} {count:,}" for word, count in counts.items())


def grouped(members: Iterable[T], sort_of: Callable[[T], Hashable]) -> Iterable[Sequence[T]]:
    """Return the members in groups of one sort, each where its first member is."""
    groups: dict[Hashable, list[T]] = {}
    for member in members:
        groups.setdefault(sort_of(member), []).append(member)
    return groups.values()
