"""What a project accepts, for a person's screen: counted, and with all details one by one."""

from collections import Counter
from collections.abc import Iterator, MutableMapping, Sequence
from typing import TYPE_CHECKING

from assetpkg.render.screen import Screen, indent, printable
from assetpkg.report.check import AcceptedReport, DiagnosticReport

if TYPE_CHECKING:
    from assetpkg.report.plan import PlanReport

_BY = {"allow": "by settings", "baseline": "by baseline"}


def accepted_lines(
    accepted: Sequence[AcceptedReport], screen: Screen, margin: str = "", *, in_full: bool = False
) -> Iterator[str]:
    """Yield a line that counts what is accepted, and by what; `in_full`, each with its reason and its last day."""
    if not accepted:
        return
    counts: Counter[str] = Counter(each.by for each in accepted)
    by = ", ".join(f"{counts[word]:,} {words}" for word, words in _BY.items() if counts[word])
    yield f"{margin}{len(accepted):,} accepted ({by})"
    for each in accepted if in_full else ():
        place = each.location.entry if each.address is None else each.address
        where = " ".join(printable(part) for part in (place or "the package", each.location.pointer) if part)
        yield from indent(f"{where}: {printable(_why(each))}", f"{margin}  {each.code} {each.severity} ", screen)


def add_accepted_conflicts(report: "PlanReport", found: MutableMapping[str, list[DiagnosticReport]]) -> None:
    """Add to what was `found` about each resource why it conflicts, where that is accepted: it stays a conflict."""
    conflicts = {change.address for change in report.changes if change.action == "conflict"}
    for each in report.accepted:
        if each.address in conflicts and each.severity == "error":
            found.setdefault(each.address, []).append(
                DiagnosticReport(
                    code=each.code,
                    slug="",
                    severity=each.severity,
                    message=f"accepted: {each.message}",
                    hint=_why(each),
                    location=each.location,
                    platform_code=None,
                    address=each.address,
                    fingerprint=each.fingerprint,
                )
            )


def _why(accepted: AcceptedReport) -> str:
    """Say by what a finding is accepted, and how long."""
    until = f" (until {accepted.until})" if accepted.until else ""
    return f"{accepted.reason or ''}{until}" if accepted.by == "allow" else "in the baseline"
