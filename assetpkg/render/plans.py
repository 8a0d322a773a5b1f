"""The human format of a plan: verdict first, counts, what blocks, what is doubtful, the rest, and the call itself."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple, TypeVar

from assetpkg.render.changes import SIGNS, change_lines, head_of
from assetpkg.render.effects import COLOURS, effect_lines
from assetpkg.render.screen import Screen, indent, plural, printable
from assetpkg.render.text import finding_lines
from assetpkg.report.findings import DiagnosticReport
from assetpkg.report.plans import ChangeReport, OptionsReport, PlanReport, PlanSummary

T = TypeVar("T")

_GRAVE = ("error", "risk")
_DOUBTS = ("risk", "warning")
_IN_ADDNEW = "addnew-datasource-overwrite"
_FEW = 2
"""How many resources, or findings, of one sort are shown in full before the rest is only named."""
_SHORT = 8
"""How many resources about which there is nothing to say are listed rather than counted."""

Found = Mapping[str, Sequence[DiagnosticReport]]
"""What was found about each resource, by its address."""


class Detail(NamedTuple):
    """How much is shown: every resource in full, only those whose address fits a pattern, or what does not change."""

    everything: bool = False
    only: tuple[str, ...] = ()
    unchanged: bool = False

    def shows(self, change: ChangeReport, found: Found) -> bool:
        """Say whether a change is shown at all: one that leaves a resource as it is, and equal, says nothing."""
        if self.only:
            names = (change.address, f"{change.kind}/{change.target_name}")
            return any(fnmatchcase(name, pattern) for name in names for pattern in self.only)
        silent = change.action == "keep" and not change.fields and not found.get(change.address)
        return self.unchanged or not silent

    @property
    def in_full(self) -> bool:
        """Whether what is shown is shown in full."""
        return self.everything or bool(self.only)


def render_plan(report: PlanReport, screen: Screen, detail: Detail | None = None) -> str:
    """Return the plan as text: in short, or with as much detail as is asked for."""
    return "\n".join(_plan(report, screen, detail or Detail())) + "\n"


def _plan(report: PlanReport, screen: Screen, detail: Detail) -> Iterator[str]:
    yield from _verdict(report, screen)
    yield ""
    yield from count_lines(report.summary, screen)
    if report.target is not None:
        yield f"  ({report.target.untouched:,} on the target untouched)"
    by_address: dict[str, list[DiagnosticReport]] = {}
    general = []
    for found in report.diagnostics:
        if found.address is None:
            general.append(found)
        else:
            by_address.setdefault(found.address, []).append(found)
    shown = [change for change in report.changes if detail.shows(change, by_address)]
    blocked, risky, rest = _sort(shown, by_address)
    about = () if detail.only else general
    section = _Section(by_address, screen, detail)
    yield from section.lines("What blocks", [each for each in about if each.severity == "error"], blocked)
    yield from section.lines("Risks and warnings", [each for each in about if each.severity in _DOUBTS], risky)
    yield from section.rest("Everything else" if blocked or risky else "Everything", rest)
    yield from _hidden(report, len(report.changes) - len(shown), general, section)
    yield from _assumptions(report, screen, detail)
    yield from effect_lines(report, screen, in_full=detail.in_full)


def _verdict(report: PlanReport, screen: Screen) -> Iterator[str]:
    counts: Counter[str] = Counter(found.severity for found in report.diagnostics)
    grave = ", ".join(plural(counts[severity], severity) for severity in _GRAVE if counts[severity])
    warnings = f", {plural(counts['warning'], 'warning')}" if counts["warning"] else ""
    verdict = {
        "blocked": f"Blocked: {grave or plural(report.summary.conflict, 'conflict')}.",
        "risky": f"Risky: {grave}.",
        "unverified": "Unverified: some of it could not be compared with the target.",
        "clear": f"Clear: no documented obstacle found{warnings}.",
    }[report.verdict]
    if report.target is None:
        unverified = "ithout a target, every create is unverified."
        verdict = f"Unverified: w{unverified}" if report.verdict == "unverified" else f"{verdict} W{unverified}"
    target = printable(report.target.name) if report.target else "an unknown instance"
    title = f"{verdict} {describe_options(report.options, target)}"
    for line in indent(title, "", screen):
        yield screen.paint(line, COLOURS[report.verdict]) if line.startswith(verdict.partition(":")[0]) else line


def describe_options(options: OptionsReport, target: str) -> str:
    """Return how an import is asked for, in words."""
    prefix = f"prefix {printable(options.prefix)}" if options.prefix else "no prefix"
    overwrite = "data sources overwritten" if options.datasource_overwrite else "data sources not overwritten"
    if options.datasource_overwrite and options.mode == "AddNew" and options.assumptions[_IN_ADDNEW] == "ignored":
        overwrite = "data source overwrite ignored"
    return f"{options.mode} into {target}, {prefix}, {overwrite}"


def count_lines(summary: PlanSummary, screen: Screen) -> Iterator[str]:
    """Yield how many resources have each action, in as few lines as the screen allows."""
    line, width = " ", 1
    for word, sign in SIGNS.items():
        count = getattr(summary, word)
        text = f"{sign} {count:,} {word}"
        if width > 1 and width + 2 + len(text) > screen.width:
            yield line
            line, width = " ", 1
        separator = "  " if width > 1 else " "
        line += separator + (screen.action(word, text) if count else text)
        width += len(separator) + len(text)
    yield line


def _sort(
    changes: Sequence[ChangeReport], found: Found
) -> tuple[list[ChangeReport], list[ChangeReport], list[ChangeReport]]:
    blocked, risky, rest = [], [], []
    for change in changes:
        severities = {diagnostic.severity for diagnostic in found.get(change.address, ())}
        if change.action == "conflict" or "error" in severities:
            blocked.append(change)
        elif severities & {"risk", "warning"}:
            risky.append(change)
        else:
            rest.append(change)
    return blocked, risky, rest


class _Section(NamedTuple):
    """How the sections of a plan are written."""

    found: Found
    screen: Screen
    detail: Detail

    def lines(self, title: str, general: Sequence[DiagnosticReport], changes: Sequence[ChangeReport]) -> Iterator[str]:
        """Yield findings about the whole and changes: of each sort the first ones in full, the others by name."""
        if not general and not changes:
            return
        yield ""
        yield self.screen.paint(title, "bold")
        for findings in _grouped(general, lambda each: each.code):
            for diagnostic in self._first(findings):
                place = _place(diagnostic)
                lines = list(finding_lines(diagnostic, self.screen, printable(place)))
                yield from lines if place else lines[1:]
            yield from self._others([_place(each) or each.message for each in self._later(findings)])
        for alike in _grouped(changes, self._sort_of):
            for change in self._first(alike):
                yield from change_lines(change, self.found.get(change.address, ()), self.screen)
            yield from self._others([change.address for change in self._later(alike)])

    def rest(self, title: str, changes: Sequence[ChangeReport]) -> Iterator[str]:
        """Yield the changes about which there is nothing to say: their names, or, of many, how many of each kind."""
        if not changes:
            return
        yield ""
        yield self.screen.paint(title, "bold")
        if self.detail.in_full or len(changes) <= _SHORT:
            for change in changes:
                yield from change_lines(change, self.found.get(change.address, ()), self.screen)
            return
        for alike in _grouped(changes, lambda change: change.action):
            if len(alike) <= _FEW:
                yield from (head_of(change, self.screen) for change in alike)
                continue
            kinds = Counter(change.kind for change in alike)
            told = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items())
            action = alike[0].action
            first, *more = indent(f"{action}: {told}", f"{SIGNS[action]} ", self.screen)
            yield from (self.screen.action(action, first[:1]) + first[1:], *more)

    def _sort_of(self, change: ChangeReport) -> tuple[str, ...]:
        return change.action, change.reason, *(found.code for found in self.found.get(change.address, ()))

    def _first(self, alike: Sequence[T]) -> Sequence[T]:
        return alike if self.detail.in_full or len(alike) <= _FEW else alike[:1]

    def _later(self, alike: Sequence[T]) -> Sequence[T]:
        return alike[len(self._first(alike)) :]

    def _others(self, names: Sequence[str]) -> Iterator[str]:
        """Yield the names of what is like the one above, in two lines at most."""
        if not names:
            return
        text = f"and {len(names):,} more like it: {', '.join(printable(name) for name in names)}"
        lines = list(indent(text, "    ", self.screen))
        yield from lines[:2]
        if len(lines) > 2:  # noqa: PLR2004 - the two that are shown
            yield "    …"


def _grouped(members: Iterable[T], sort_of: Callable[[T], Hashable]) -> Iterable[Sequence[T]]:
    """Return the members in groups of one sort, each where its first member stands."""
    groups: dict[Hashable, list[T]] = {}
    for member in members:
        groups.setdefault(sort_of(member), []).append(member)
    return groups.values()


def _place(found: DiagnosticReport) -> str:
    place = found.location
    return ":".join(str(part) for part in (place.entry, place.line, place.column) if part)


def _hidden(report: PlanReport, hidden: int, general: Sequence[DiagnosticReport], section: _Section) -> Iterator[str]:
    """Say what is not shown, and how to see it."""
    notes = sum(found.severity == "info" for found in general)
    told = []
    if hidden and section.detail.only:
        told.append(f"{plural(hidden, 'resource')} of {len(report.changes):,} not named by --only")
    elif hidden:
        told.append(f"{plural(hidden, 'unchanged resource')} (--show-unchanged)")
    if notes:
        told.append(f"{plural(notes, 'note')} about the package itself (assetpkg check)")
    if told:
        yield ""
        yield from indent(f"Not shown: {', '.join(told)}.", "", section.screen)


def _assumptions(report: PlanReport, screen: Screen, detail: Detail) -> Iterator[str]:
    if not report.assumptions:
        return
    yield ""
    yield screen.paint("Assumptions", "bold")
    for assumption in report.assumptions:
        yield from indent(f"{assumption.name}={assumption.value}: {assumption.question}", "  ", screen)
        addresses = [printable(address) for address in assumption.addresses]
        shown = addresses if detail.in_full or len(addresses) <= _FEW else addresses[:1]
        more = f" and {len(addresses) - len(shown):,} more" if len(addresses) > len(shown) else ""
        yield from indent(f"touches {', '.join(shown)}{more}", "    ", screen)
    yield "  Answer one otherwise with --assume NAME=VALUE."
