"""The human format of what was found in packages."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.model import THRESHOLDS, Severity
from assetpkg.render.screen import Screen, indent, left_out, plural, printable, unused_files
from assetpkg.render.text.accepted import accepted_lines
from assetpkg.report.check import CheckedPackage, CheckReport, DiagnosticReport, LayoutReport, PackagesReport

_MANY = 20
"""From how many more places on a cause is reported once, with the first places, and not place by place."""
_FEW = 3
"""How many places of such a cause are shown before the rest is counted."""
_MOST_CAUSES = 100
"""How many causes of one rule are shown of one package."""


def render_check(report: CheckReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return the findings, package by package, and a line that counts them; `in_full`, every place of each cause."""
    lines = [line for package in report.packages for line in _checked(package, screen, in_full=in_full)]
    accepted = [each for package in report.packages for each in package.accepted]
    lines += accepted_lines(accepted, screen, in_full=in_full)
    return "\n".join([*lines, *_check_total(report)]) + "\n"


def render_packages(report: PackagesReport, screen: Screen) -> str:
    """Return the packages that would be checked, one a line."""
    del screen
    return "".join(f"{printable(path)}\n" for path in report.packages)


def _checked(package: CheckedPackage, screen: Screen, *, in_full: bool) -> Iterator[str]:
    if package.failure is not None:
        yield printable(package.path)
        head, *more = indent(printable(package.failure), "  error: ", screen)
        yield from (screen.severity("error", "  error:") + head[len("  error:") :], *more)
        return
    causes: Counter[str] = Counter()
    beyond: Counter[str] = Counter()
    for alike in _by_cause(package.diagnostics):
        code = alike[0].code
        causes[code] += 1
        if in_full or causes[code] <= _MOST_CAUSES:
            yield from _cause_lines(package.path, alike, screen, in_full=in_full)
        else:
            beyond[code] += len(alike)
    for code, number in beyond.items():
        yield f"… and {plural(number, 'more finding')} of {code} (--details)"
    if package.layout is not None:
        yield from coverage_lines(package.path, package.layout, screen)


def coverage_lines(path: str, layout: LayoutReport, screen: Screen) -> Iterator[str]:
    """Yield how much of an archive its layout covers, and the places that it does not."""
    version = f", asset version {layout.asset_version}" if layout.asset_version else ""
    entries = f"{layout.entries_covered:,} of {plural(layout.entries, 'entry', 'entries')}"
    line = f"layout '{layout.layout}': {plural(layout.resources, 'resource')} in {entries}{version}; {covered(layout)}"
    yield from indent(printable(line), f"{printable(path)}: ", screen)
    if layout.left:
        yield "  not covered, and imported as nobody knows what:"
    for left in layout.left:
        number = f"{plural(left.number, 'place')}, " if left.number > 1 else ""
        yield f"    {printable(f'{left.entry} {left.pointer}'.rstrip())}  {number}{plural(left.size, 'byte')}"
    if layout.left_more:
        yield f"    … and {plural(layout.left_more, 'more place')}"


def covered(layout: LayoutReport) -> str:
    """Say how many bytes of an archive its layout covers."""
    return f"{layout.bytes_covered:,} of {plural(layout.bytes, 'byte')} covered"


def _by_cause(found: Sequence[DiagnosticReport]) -> list[list[DiagnosticReport]]:
    """Return very many findings that one rule words alike together, since they have one cause; others one by one."""
    causes: dict[tuple[str, ...], list[DiagnosticReport]] = {}
    groups = []
    for each in found:
        alike = causes.setdefault((each.code, each.severity, message_of(each), each.hint), [])
        alike.append(each)
        groups.append((each, alike))
    return [
        [each] if len(alike) <= _MANY else alike for each, alike in groups if len(alike) <= _MANY or alike[0] is each
    ]


def _cause_lines(path: str, alike: Sequence[DiagnosticReport], screen: Screen, *, in_full: bool) -> Iterator[str]:
    """Yield the places of one cause, the first ones or all, its message, and how to fix it."""
    for found in alike if in_full else alike[:_FEW]:
        where = found.location
        place = ":".join(str(part) for part in (path, where.entry, where.line, where.column) if part)
        yield _place_of(found, printable(place))
    if not in_full:
        yield from left_out(len(alike) - _FEW, "", "place")
    yield from message_lines(alike[0], "  ", screen)


def finding_lines(found: DiagnosticReport, screen: Screen, place: str) -> Iterator[str]:
    """Yield the lines that tell one finding: its place, its message, how to fix it."""
    yield _place_of(found, place)
    yield from message_lines(found, "  ", screen)


def _place_of(found: DiagnosticReport, place: str) -> str:
    return f"{place}{' ' + printable(found.location.pointer) if found.location.pointer else ''}"


def message_lines(found: DiagnosticReport, margin: str, screen: Screen) -> Iterator[str]:
    """Yield what a finding says, and how to fix it."""
    head = f"{margin}{found.code} {found.severity}: "
    first, *more = indent(printable(message_of(found)), head, screen)
    yield from (screen.severity(found.severity, head.rstrip()) + first[len(head) - 1 :], *more)
    yield from indent(printable(found.hint), f"{margin}  > ", screen)


def message_of(found: DiagnosticReport) -> str:
    """Return the message, with the platform's own code after it."""
    return f"{found.message} [{found.platform_code}]" if found.platform_code else found.message


def gravity(found: DiagnosticReport) -> int:
    """Return the rank of a finding among others: errors are reported first."""
    return Severity(found.severity).rank


def _check_total(report: CheckReport) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for package in report.packages:
        counts.update(found.severity for found in package.diagnostics)
    failed = sum(package.failure is not None for package in report.packages)
    checked = plural(len(report.packages) - failed, "package")
    found = ", ".join(plural(counts[severity], severity) for severity in THRESHOLDS if counts[severity])
    notes = f", {plural(counts['info'], 'note')}" if counts["info"] else ""
    unread = f"; {plural(failed, 'file')} could not be read" if failed else ""
    number = sum(package.unused_files or 0 for package in report.packages)
    idle = f"; {unused_files(number)}" if number else ""
    yield f"{checked} checked: {found or 'nothing found'}{notes}{idle}{unread}"
