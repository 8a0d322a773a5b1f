"""What formats for people say alike: the verdict of a plan, how its import is asked for, and the signs of actions."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sentences import plural
from assetpkg.errors import meant_address
from assetpkg.planning.assumptions import ADDNEW_OVERWRITE
from assetpkg.planning.changes import Action
from assetpkg.render.findings import count_plan, has_open_conflict
from assetpkg.render.screen import printable, quoted
from assetpkg.report.plan import OptionsReport, PlanReport
from assetpkg.simulation.verdict import ACCEPTABLE, ACCEPTED

if TYPE_CHECKING:
    from assetpkg.report.compare import ColumnReport, PlansReport

SIGNS: Mapping[str, str] = {action.word: action.sign for action in Action}
"""The sign of each action, in the order in which they are counted."""
GRAVEST = ("conflict", "undetermined", "update", "create", "omit", "keep")
"""The actions in the order in which they ask for attention: what fails, what may go, what changes, and what stays."""
CHANGING = GRAVEST[: GRAVEST.index("create") + 1]
"""Those by which the target does not, or perhaps does not, stay as it is, or the import fails."""
_GRAVE = (Severity.ERROR, Severity.RISK)


def verdict_word(report: PlanReport) -> str:
    """Return the verdict of a plan as people read it: what is accepted makes no plan blocked or risky.

    The verdict of the report is about the platform, which knows of nothing that a project accepts.
    """
    if not report.accepted or report.verdict not in ACCEPTABLE:
        return report.verdict
    severities = {found.severity for found in report.diagnostics}
    if "error" in severities or has_open_conflict(report):
        return "blocked"
    return "risky" if "risk" in severities else ACCEPTED


def column_word(column: "ColumnReport") -> str:
    """Return the verdict of one way of importing, as `verdict_word` does that of the same plan by itself."""
    if column.verdict not in ACCEPTABLE:
        return column.verdict
    return column.open_verdict if column.open_verdict in ACCEPTABLE else ACCEPTED


def columns_without_obstacle(columns: Sequence["ColumnReport"]) -> tuple[Sequence[int], bool]:
    """Return the numbers of the ways that nothing blocks, and whether that is so by what the project accepts."""
    free = [number for number, column in enumerate(columns, 1) if column_word(column) != "blocked"]
    return free, any(columns[number - 1].verdict == "blocked" for number in free)


def worst_verdict_word(report: "PlansReport") -> str:
    """Return the worst verdict of several plans as people read it; without a plan, that of the report."""
    words = {verdict_word(step.plan) for step in report.steps}
    return next((word for word in ("blocked", "risky", ACCEPTED, "unverified") if word in words), report.verdict)


def verdict_sentence(report: PlanReport) -> str:
    """Return the verdict of a plan as a sentence, with what was found for it."""
    counts = count_plan(report)
    grave = _grave(counts)
    warnings = f", {plural(counts['warning'], 'warning')}" if counts["warning"] else ""
    verdict = {
        "blocked": f"Blocked: {grave or plural(report.summary.conflict, 'conflict')}.",
        "risky": f"Risky: {grave}.",
        ACCEPTED: f"Accepted: {_grave(Counter[str](found.severity for found in report.accepted))}.",
        "unverified": "Unverified: some of it could not be compared with the target.",
        "clear": f"Clear: no documented obstacle found{warnings}.",
    }[verdict_word(report)]
    if report.target is None:
        unverified = "ithout a target, every create is unverified."
        verdict = f"Unverified: w{unverified}" if report.verdict == "unverified" else f"{verdict} W{unverified}"
    return verdict


def _grave(counts: Mapping[str, int]) -> str:
    """Return how many errors and risks there are."""
    return ", ".join(plural(counts[severity], severity) for severity in _GRAVE if counts.get(severity))


def asked_for(options: OptionsReport, target: str = "", mark: Callable[[str], str] = quoted) -> str:
    """Return how an import is asked for, and into what target where one is named; `mark` sets the prefix apart."""
    into = f" into {target}" if target else ""
    prefix = f"prefix {mark(options.prefix)}" if options.prefix else "no prefix"
    overwrite = "data sources overwritten" if options.datasource_overwrite else "data sources not overwritten"
    if (
        options.datasource_overwrite
        and options.mode == "AddNew"
        and options.assumptions.get(ADDNEW_OVERWRITE.name) == "ignored"
    ):
        overwrite = "data source overwrite ignored"
    return f"{options.mode}{into}, {prefix}, {overwrite}"


def fits_one(address: str, globs: Iterable[str]) -> bool:
    """Say whether one of the globs fits an address, or is the very address, which may have brackets."""
    return any(address == glob or fnmatchcase(address, glob) for glob in globs)


def unmatched(only: Sequence[str], addresses: Collection[str], what: str = "resource") -> Iterator[str]:
    """Yield a sentence for each pattern that fits none of the addresses of `what`, with what was probably meant."""
    for pattern in only:
        if not any(fits_one(address, (pattern,)) for address in addresses):
            yield printable(f"No {what} has an address like '{pattern}'{meant_address(pattern, addresses) or '.'}")
