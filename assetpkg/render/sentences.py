"""The sentences that a plan begins with, wherever it is shown: the verdict, and how the import is asked for."""

from collections import Counter

from assetpkg.diagnostics.model import Severity
from assetpkg.planning.assumptions import ADDNEW_OVERWRITE
from assetpkg.render.screen import plural, quoted
from assetpkg.report.plan import OptionsReport, PlanReport

_GRAVE = (Severity.ERROR, Severity.RISK)


def verdict_sentence(report: PlanReport) -> str:
    """Return the verdict of a plan as a sentence, with what was found for it."""
    # The verdict is about what is accepted, too.
    counts: Counter[str] = Counter(found.severity for found in report.diagnostics)
    counts.update(found.severity for found in report.accepted)
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
    return verdict


def asked_for(options: OptionsReport, target: str = "") -> str:
    """Return how an import is asked for, and into what target where one is named."""
    into = f" into {target}" if target else ""
    prefix = f"prefix {quoted(options.prefix)}" if options.prefix else "no prefix"
    overwrite = "data sources overwritten" if options.datasource_overwrite else "data sources not overwritten"
    if (
        options.datasource_overwrite
        and options.mode == "AddNew"
        and options.assumptions[ADDNEW_OVERWRITE.name] == "ignored"
    ):
        overwrite = "data source overwrite ignored"
    return f"{options.mode}{into}, {prefix}, {overwrite}"
