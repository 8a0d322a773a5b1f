"""The job of an import for a person's screen: as it is predicted, and held against what it was."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from assetpkg.diagnostics.sentences import first_few, plural
from assetpkg.render.screen import Screen, indent, left_out, printable
from assetpkg.render.text.sections import grouped
from assetpkg.report.prediction import ElsewhereReport, PredictedJobReport, PredictedReasonReport

if TYPE_CHECKING:
    from assetpkg.report.job import JobReasonReport, ReconcileReport

_FEW = 3
"""How many applications and tasks are named before the rest is counted."""
_MOST_FAILURES = 2
"""How many failures of one application or task are reported before the rest is counted."""


def prediction_lines(report: PredictedJobReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    """Yield what the job of the import would say, in short or reason by reason; nothing where nothing fails."""
    if not report.reasons and not report.elsewhere:
        return
    yield ""
    yield screen.paint("What the job would say", "bold")
    if any(each.refused for each in report.elsewhere):
        yield from indent("nothing, if the platform refuses the call itself", "  ", screen)
    if report.reasons:
        status = report.status or "perhaps FAILED"
        limit = f"; it shows at most {report.shown_at_most}, and it is not documented which"
        more = limit if len(report.reasons) > report.shown_at_most else ""
        text = f"{status}, for {plural(len(report.reasons), 'reason')}{more}"
        yield from indent(text if in_full else f"{text}: {_counted(report.reasons)}", "  ", screen)
        yield from _expected(report.reasons if in_full else (), "    ", screen, in_full=True)
    if report.elsewhere:
        text = f"{plural(len(report.elsewhere), 'failure')} for which no application or task can be named"
        yield from indent(text, "  ", screen)
        for each in report.elsewhere if in_full else ():
            yield from indent(_failure(each), "    ", screen)


def render_reconciliation(report: "ReconcileReport", screen: Screen, *, in_full: bool = False) -> str:
    """Return what was predicted of the job, and what was not: in short, or each failure."""
    return "\n".join(_reconciliation(report, screen, in_full=in_full)) + "\n"


def _reconciliation(report: "ReconcileReport", screen: Screen, *, in_full: bool) -> Iterator[str]:
    told = len(report.foreseen) + len(report.missed)
    verdict = "Predicted" if report.all_foreseen else "Predicted in part" if report.foreseen else "Not predicted"
    expected = "a failure" if report.predicted_status else "no documented failure"
    reasons = f" with {plural(told, 'reason')}" if told else ""
    text = f"{verdict}: the job is {report.job.status}{reasons}, and the plan expected {expected}."
    for line in indent(text, "", screen):
        yield screen.paint(line, "green" if report.all_foreseen else "red")
    if report.job.status == "FINISHED":
        text = "That status is documented for exports only; whether the import succeeded is not reported."
        yield from indent(text, "", screen)
    if report.foreseen:
        yield from _title("Predicted", len(report.foreseen), screen)
    for each in report.foreseen:
        yield from _told(each.reason, "  ", screen)
        if each.code == "other":
            yield "    with another error code than expected"
        yield from _failures(each.expected, "    ", screen, in_full=in_full)
    if report.missed:
        yield from _title("Missed", len(report.missed), screen)
    for missed in report.missed:
        yield from _told(missed, "  ", screen)
    yield from _not_told(report, screen, in_full=in_full)


def _not_told(report: "ReconcileReport", screen: Screen, *, in_full: bool) -> Iterator[str]:
    if report.wrong:
        yield from _title("Wrongly predicted", len(report.wrong), screen)
        if report.job.status == "FAILED":
            yield from indent("unless the import stops at its first failure, which is not documented", "  ", screen)
    yield from _expected(report.wrong, "  ", screen, in_full=in_full)
    if report.hidden:
        yield from _title("Not shown, perhaps cut", len(report.hidden), screen)
        full = len(report.foreseen) + len(report.missed) >= report.shown_at_most
        why = f"a job shows at most {report.shown_at_most} reasons" if full else "the job names none"
        yield from indent(f"{why}, so a missing reason proves nothing", "  ", screen)
    yield from _expected(report.hidden, "  ", screen, in_full=in_full)
    if report.elsewhere:
        yield from _title("Expected, but no application or task can be named for it", len(report.elsewhere), screen)
    for each in report.elsewhere if in_full else report.elsewhere[:_FEW]:
        yield from indent(_failure(each), "  ", screen)
    if not in_full:
        yield from left_out(len(report.elsewhere) - _FEW, "  ")


def _title(title: str, count: int, screen: Screen) -> Iterator[str]:
    yield ""
    yield screen.paint(title, "bold") + f" ({count:,})"


def _counted(reasons: Iterable[PredictedReasonReport]) -> str:
    counts = Counter((reason.resource_type, reason.resource_name) for reason in reasons)
    named = [
        f"{kind} {printable(name)}{f' ({count:,})' if count > 1 else ''}" for (kind, name), count in counts.items()
    ]
    return first_few(named, _FEW)


def _expected(reasons: Iterable[PredictedReasonReport], margin: str, screen: Screen, *, in_full: bool) -> Iterator[str]:
    """Yield the reasons, each application and task once, where its first reason is."""
    groups = list(grouped(reasons, lambda reason: (reason.resource_type, reason.resource_name)))
    for members in groups if in_full else groups[:_FEW]:
        yield from indent(f"{members[0].resource_type} {printable(members[0].resource_name)}", margin, screen)
        yield from _failures(members, f"{margin}  ", screen, in_full=in_full)
    if not in_full:
        yield from left_out(len(groups) - _FEW, margin, how=" of them (--details)")


def _failures(reasons: Sequence[PredictedReasonReport], margin: str, screen: Screen, *, in_full: bool) -> Iterator[str]:
    for reason in reasons if in_full else reasons[:_MOST_FAILURES]:
        yield from indent(_failing(reason), f"{margin}> ", screen)
    if not in_full:
        yield from left_out(len(reasons) - _MOST_FAILURES, f"{margin}> ")


def _failing(reason: PredictedReasonReport) -> str:
    code = f" [{printable(reason.error_code)}]" if reason.error_code else ""
    assumed = "" if reason.documented else " (assumed)"
    return f"{printable(reason.address)}: {printable(reason.error_msg)}{code}{assumed}"


def _failure(each: ElsewhereReport) -> str:
    code = f" [{printable(each.error_code)}]" if each.error_code else ""
    refused = "; the call itself is refused" if each.refused else ""
    about = f"{printable(each.address)}: " if each.address else ""
    return f"{about}{printable(each.error_msg)}{code}{refused}"


def _told(reason: "JobReasonReport", margin: str, screen: Screen) -> Iterator[str]:
    said = [printable(word) for word in (reason.error_code, reason.error_msg) if word]
    about = f": {' '.join(said)}" if said else ""
    head = f"{printable(reason.resource_type)} {printable(reason.resource_name)}"
    yield from indent(f"{head}{about}", margin, screen)
