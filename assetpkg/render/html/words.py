"""The sentences of a page: the verdict, how the import is asked for, and why something is done."""

from collections import Counter
from collections.abc import Sequence

from assetpkg.planning.assumptions import ADDNEW_OVERWRITE
from assetpkg.planning.changes import Action
from assetpkg.render.findings import sentence_of
from assetpkg.render.screen import plural, quoted
from assetpkg.report.compare import CellReport
from assetpkg.report.plan import ChangeReport, OptionsReport, PlanReport

SIGNS = {action.word: action.sign for action in Action}
"""The sign of each action, in the order in which they are counted."""

GRAVITY = {word: rank for rank, word in enumerate(("error", "risk", "warning", "info"))}
"""The rank of each severity: errors are reported first."""


def reason_of(change: ChangeReport | CellReport) -> str:
    """Return why something is done, in words."""
    return sentence_of(change.reason).replace("`", "")


def verdict_sentence(report: PlanReport) -> str:
    """Return the verdict of a plan as a sentence, with what was found for it."""
    counts: Counter[str] = Counter(found.severity for found in report.diagnostics)
    grave = ", ".join(plural(counts[severity], severity) for severity in ("error", "risk") if counts[severity])
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
    return verdict


def described(report: PlanReport) -> str:
    """Return how the import is asked for, and into what."""
    return f"{asked(report.options)}, into {report.target.name if report.target else 'an unknown instance'}"


def asked(options: OptionsReport) -> str:
    """Return how an import is asked for, in words."""
    prefix = f"prefix {quoted(options.prefix)}" if options.prefix else "no prefix"
    overwrite = "data sources overwritten" if options.datasource_overwrite else "data sources not overwritten"
    if (
        options.datasource_overwrite
        and options.mode == "AddNew"
        and options.assumptions[ADDNEW_OVERWRITE.name] == "ignored"
    ):
        overwrite = "data source overwrite ignored"
    return f"{options.mode}, {prefix}, {overwrite}"


def found_sentence(counts: Sequence[tuple[str, int]]) -> str:
    """Return what was found, counted by severity."""
    found = [plural(count, "note" if word == "info" else word) for word, count in counts if count]
    return f"{', '.join(found)} found." if found else "Nothing found."
