"""The human format of what was found in packages."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.model import THRESHOLDS, Severity
from assetpkg.render.screen import Screen, indent, plural, printable
from assetpkg.report.check import CheckedPackage, CheckReport, DiagnosticReport


def render_check(report: CheckReport, screen: Screen) -> str:
    """Return the findings, package by package, and a line that counts them."""
    lines = [line for package in report.packages for line in _checked(package, screen)]
    return "\n".join([*lines, *_check_total(report)]) + "\n"


def _checked(package: CheckedPackage, screen: Screen) -> Iterator[str]:
    if package.failure is not None:
        yield printable(package.path)
        head, *more = indent(printable(package.failure), "  error: ", screen)
        yield from (screen.severity("error", "  error:") + head[len("  error:") :], *more)
        return
    for found in package.diagnostics:
        place = ":".join(
            str(part)
            for part in (package.path, found.location.entry, found.location.line, found.location.column)
            if part
        )
        yield from finding_lines(found, screen, printable(place))


def finding_lines(found: DiagnosticReport, screen: Screen, place: str) -> Iterator[str]:
    """Yield the lines that tell one finding: its place, its message, how to fix it."""
    yield f"{place}{' ' + printable(found.location.pointer) if found.location.pointer else ''}"
    yield from message_lines(found, "  ", screen)


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
    yield f"{checked} checked: {found or 'nothing found'}{notes}{unread}"
