"""One change for a person's screen, with everything that was found about it and every difference."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from assetpkg.planning.changes import Action
from assetpkg.render.screen import Screen, cut, indent, plural, printable, width_of
from assetpkg.render.text.check import gravity, message_of
from assetpkg.report.check import DiagnosticReport
from assetpkg.report.plan import ChangeReport, FieldReport

SIGNS: dict[str, str] = {action.word: action.sign for action in Action}
"""The sign of each action, in the order in which they are counted."""
_MOST_FIELDS = 6
"""How many differences of one resource are shown; JSON has all of them."""
_LONGEST_VALUE = 200
"""More than the widest line; values of megabytes are not measured."""


def head_of(change: ChangeReport, screen: Screen) -> str:
    """Return the sign, the address, and the new name where there is one, in one line."""
    renamed = f" > {printable(change.target_name)}" if change.target_name != change.name else ""
    line = cut(f"{SIGNS[change.action]} {printable(change.address)}{renamed}", max(screen.width, 40))
    return screen.action(change.action, line[:1]) + line[1:]


def change_lines(change: ChangeReport, found: Sequence[DiagnosticReport], screen: Screen) -> Iterator[str]:
    """Yield the change, what was found about it, the gravest first, on what it rests, and what differs."""
    yield head_of(change, screen)
    for diagnostic in sorted(found, key=gravity):
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
