"""The human format of a plan: verdict first, counts, what blocks, then the rest."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assetpkg.render.screen import Screen, cut, indent, plural, printable, width_of
from assetpkg.render.text import finding_lines, message_of
from assetpkg.report.findings import DiagnosticReport
from assetpkg.report.plans import ChangeReport, FieldReport, PlanReport

_SIGNS = {"create": "+", "update": "~", "keep": "=", "undetermined": "?", "conflict": "!", "omit": "x"}
_MOST_FIELDS = 6
"""How many differences of one resource are shown; JSON has all of them."""
_LONGEST_VALUE = 200
"""More than the widest line; values of megabytes are not measured."""
_GRAVE = ("error", "risk")
_IN_ADDNEW = "addnew-datasource-overwrite"


def render_plan(report: PlanReport, screen: Screen) -> str:
    """Return the plan: verdict, counts, what blocks, what is risky, everything else, the assumptions."""
    return "\n".join(_plan(report, screen)) + "\n"


def _plan(report: PlanReport, screen: Screen) -> Iterator[str]:
    yield from _verdict(report, screen)
    yield ""
    yield from _counts(report, screen)
    by_address: dict[str, list[DiagnosticReport]] = {}
    general = []
    for found in report.diagnostics:
        if found.address is None:
            general.append(found)
        else:
            by_address.setdefault(found.address, []).append(found)
    blocked, risky, rest = _sort(report.changes, by_address)
    blocking = [found for found in general if found.severity == "error"]
    yield from _section("What blocks", blocking, blocked, by_address, screen)
    doubts = [found for found in general if found.severity in ("risk", "warning")]
    yield from _section("Risks and warnings", doubts, risky, by_address, screen)
    title = "Everything else" if len(rest) < len(report.changes) or blocking or doubts else "Everything"
    yield from _section(title, [], rest, by_address, screen)
    notes = sum(found.severity == "info" for found in general)
    if notes:
        yield f"\n{plural(notes, 'note')} about the package itself: assetpkg check shows them."
    yield from _assumptions(report, screen)


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
    colour = {"blocked": "red", "risky": "yellow", "unverified": "yellow", "clear": "green"}[report.verdict]
    for line in indent(f"{verdict} {_title(report)}", "", screen):
        yield screen.paint(line, colour) if line.startswith(verdict.partition(":")[0]) else line


def _title(report: PlanReport) -> str:
    options = report.options
    target = printable(report.target.name) if report.target else "an unknown instance"
    prefix = f"prefix {printable(options.prefix)}" if options.prefix else "no prefix"
    overwrite = "data sources overwritten" if options.datasource_overwrite else "data sources not overwritten"
    if options.datasource_overwrite and options.mode == "AddNew" and options.assumptions[_IN_ADDNEW] == "ignored":
        overwrite = "data source overwrite ignored"
    return f"{options.mode} into {target}, {prefix}, {overwrite}"


def _counts(report: PlanReport, screen: Screen) -> Iterator[str]:
    line, width = " ", 1
    for word, sign in _SIGNS.items():
        count = getattr(report.summary, word)
        text = f"{sign} {count:,} {word}"
        if width > 1 and width + 2 + len(text) > screen.width:
            yield line
            line, width = " ", 1
        separator = "  " if width > 1 else " "
        line += separator + (screen.action(word, text) if count else text)
        width += len(separator) + len(text)
    yield line
    if report.target is not None:
        yield f"  ({report.target.untouched:,} on the target untouched)"


def _sort(
    changes: Sequence[ChangeReport], found: dict[str, list[DiagnosticReport]]
) -> tuple[list[ChangeReport], list[ChangeReport], list[ChangeReport]]:
    blocked, risky, rest = [], [], []
    for change in changes:
        severities = {diagnostic.severity for diagnostic in found.get(change.address, ())}
        if change.action == "conflict" or "error" in severities:
            blocked.append(change)
        elif severities & {"error", "risk", "warning"}:
            risky.append(change)
        else:
            rest.append(change)
    return blocked, risky, rest


def _section(
    title: str,
    general: Sequence[DiagnosticReport],
    changes: Sequence[ChangeReport],
    found: dict[str, list[DiagnosticReport]],
    screen: Screen,
) -> Iterator[str]:
    if not general and not changes:
        return
    yield ""
    yield screen.paint(title, "bold")
    for diagnostic in general:
        entry = diagnostic.location.entry
        place = ":".join(str(part) for part in (entry, diagnostic.location.line, diagnostic.location.column) if part)
        lines = list(finding_lines(diagnostic, screen, printable(place)))
        yield from lines if place else lines[1:]
    for change in changes:
        yield from _change(change, found.get(change.address, ()), screen)


def _change(change: ChangeReport, found: Sequence[DiagnosticReport], screen: Screen) -> Iterator[str]:
    renamed = f" > {printable(change.target_name)}" if change.target_name != change.name else ""
    line = cut(f"{_SIGNS[change.action]} {printable(change.address)}{renamed}", max(screen.width, 40))
    yield screen.action(change.action, line[:1]) + line[1:]
    for diagnostic in found:
        head = f"    {diagnostic.code} {diagnostic.severity}: "
        lines = list(indent(printable(message_of(diagnostic)), head, screen))
        lines[0] = screen.severity(diagnostic.severity, head.rstrip()) + lines[0][len(head) - 1 :]
        yield from lines
        yield from indent(printable(diagnostic.hint), "      > ", screen)
    if change.reason == "duplicate":
        yield from indent("the package has this name twice, so one of them cannot be imported", "      > ", screen)
    if found or change.action == "conflict":
        yield from (
            screen.paint(line, "dim") for line in indent(f"[{change.action}, {change.basis}]", "      ", screen)
        )
    for field in change.fields[:_MOST_FIELDS]:
        yield from _field(field, screen)
    if len(change.fields) > _MOST_FIELDS:
        yield f"      … and {plural(len(change.fields) - _MOST_FIELDS, 'more difference')}"


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


def _assumptions(report: PlanReport, screen: Screen) -> Iterator[str]:
    if not report.assumptions:
        return
    used = ", ".join(f"{assumption.name}={assumption.value}" for assumption in report.assumptions)
    count = len(report.assumptions)
    text = f"{plural(count, 'assumption')} shaped this plan: {used}. Switch one with --assume NAME=VALUE."
    yield ""
    yield from indent(text, "", screen)
