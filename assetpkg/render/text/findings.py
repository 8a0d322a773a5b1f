"""Findings for a person's screen: each cause once, with its places, how to fix it, and the line that it is about."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.render.causes import Cause, byte_of, common_of, message_of
from assetpkg.render.findings import gravity
from assetpkg.render.screen import LineOf, Screen, indent, left_out, printable
from assetpkg.report.check import DiagnosticReport

if TYPE_CHECKING:
    from assetpkg.render.places import Container

FEW = 20
"""How many places of one cause are shown on a screen before the rest is counted."""


class Places(NamedTuple):
    """How places are shown: as those of the package that they are in, and with the lines that they are in."""

    package: "Container"
    line_of: LineOf | None = None
    is_alone: bool = False
    """Whether there is one package, which need not be named where all of it is meant."""

    def shown(self, found: DiagnosticReport) -> str:
        """Return the place of a finding, as a line that can be opened; nothing for the whole package."""
        from assetpkg.render.places import place_of

        where = found.location
        if not where.entry and where.line is None and self.is_alone:
            return ""
        pointer = f" {printable(where.pointer)}" if where.pointer else ""
        return f"{printable(place_of(self.package, where))}{pointer}"

    def excerpt(self, found: DiagnosticReport, margin: str, screen: Screen) -> Iterator[str]:
        """Yield the line of the file that a finding is about, on a terminal."""
        is_whole = found.location.pointer == "" or found.location.line is None
        if self.line_of is None or not screen.terminal or is_whole:
            return
        from assetpkg.render.excerpt import excerpt_lines

        line = self.line_of(self.package.path, found.location)
        if line is not None:
            yield from excerpt_lines(line, margin, screen)


def cause_lines(cause: Cause, places: Places, screen: Screen, *, in_full: bool, most: int = FEW) -> Iterator[str]:
    """Yield the places of one cause, the first ones or all, the line of the first, its message, and how to fix it."""
    shown = cause if in_full or screen.endless else cause[:most]
    # Who looks for a code in a log finds each place of it.
    several = len(cause) > 1
    code = f"  {cause[0].code}" if several else ""
    for found in shown:
        place = places.shown(found)
        if place:
            yield f"{place}{code}{byte_of(found) if several else ''}"
    yield from left_out(len(cause) - len(shown), "", "place")
    yield from places.excerpt(cause[0], "  ", screen)
    yield from message_lines(common_of(cause), "  ", screen)


def message_lines(found: DiagnosticReport, margin: str, screen: Screen, *, hint: bool = True) -> Iterator[str]:
    """Yield what a finding says, and how to fix it."""
    head = f"{margin}{found.code} {found.severity}: "
    first, *more = indent(printable(message_of(found)), head, screen)
    yield from (screen.severity(found.severity, head.rstrip()) + first[len(head) - 1 :], *more)
    yield from indent(printable(found.hint if hint else ""), f"{margin}  > ", screen)


def rule_of(found: DiagnosticReport) -> str:
    """Return the rule of a finding: its code, and its name in words."""
    return f"{found.code} {found.slug.replace('-', ' ')}"


def first_of(found: Iterable[DiagnosticReport]) -> DiagnosticReport | None:
    """Return the gravest finding; `None` where there is none."""
    return min(found, key=gravity, default=None)
