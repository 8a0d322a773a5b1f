"""What an import does to an instance: what its plan says, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assetpkg.authoring.selection import part_of, select
from assetpkg.credentials.masking import mask_line
from assetpkg.errors import InvalidPackage
from assetpkg.package.package import Package
from assetpkg.planning.options import ImportOptions
from assetpkg.rules.package import judge_name
from assetpkg.simulation.outcome.apply import Outcome
from assetpkg.simulation.plan import Plan, plan
from assetpkg.simulation.prediction import SHOWN_AT_MOST, FailingReason, Prediction
from assetpkg.simulation.verdict import Verdict
from assetpkg.simulator.refusals import DOCUMENTED, FILE_NAME, NO_JOB, NO_ZIP, NOT_A_PACKAGE, Refusal, fit
from assetpkg.target.instance import Instance

JobStatus = Literal["RUNNING", "SUCCEEDED", "FAILED"]
NO_CODE = "ROMA.00000101"
"""The code of the samples: a reason has it where no page has one for what fails."""
_LONGEST = 64
"""How many characters each member of a reason has at most (API reference, Querying the Status of an Asset Job)."""
_CODES = {refused.code: refused for refused in DOCUMENTED}


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The result of an import: how its job ends, with which reasons, and what the instance is then.

    `plan` is what both follow from. `outcome` is `None` where nothing was done.
    """

    plan: Plan
    status: JobStatus
    reasons: tuple[Mapping[str, str], ...]
    outcome: Outcome | None


def carry_out(planned: Plan, *, partial: bool = False) -> Imported:
    """Return the result of an import that is planned.

    A plan that is blocked fails, and nothing is done; with `partial`, what has no conflict is done all the same.
    Raises `InvalidOption` for a plan without a target.
    """
    failed = planned.verdict is Verdict.BLOCKED
    return Imported(
        plan=planned,
        status="FAILED" if failed else "SUCCEEDED",
        reasons=reasons_of(planned.prediction) if failed else (),
        outcome=None if failed and not partial else planned.apply(),
    )


def reasons_of(prediction: Prediction) -> tuple[Mapping[str, str], ...]:
    """Return the reasons of a job that fails as it is predicted: each once, no more than a job shows."""
    return tuple({tuple(found.items()): found for found in map(_reason, prediction.reasons)}.values())[:SHOWN_AT_MOST]


def _reason(failing: FailingReason) -> Mapping[str, str]:
    return reason(failing.resource_type, failing.resource_name, failing.error_msg, failing.error_code)


def reason(sort: str, name: str, message: str, code: str | None = None) -> Mapping[str, str]:
    """Return a reason of a job, with the code of the samples where no page has one."""
    return {
        "resource_type": sort,
        "resource_name": mask_line(name)[:_LONGEST],
        "error_code": code or NO_CODE,
        "error_msg": fit(message, _LONGEST),
    }


def half_of(planned: Plan) -> Plan | None:
    """Return the plan of about a half of a package, with all that this refers to; `None` where it cannot be cut."""
    resources = planned.package.resources
    taken = select(planned.package.index, resources[: len(resources) // 2]).taken
    try:
        half, _ = part_of(planned.package, taken)
    except InvalidPackage:
        return None
    return plan(half, planned.target, planned.options)


def plan_import(package: Package, before: Instance, options: ImportOptions) -> Plan:
    """Return the plan of an import, under the rules of assetpkg alone: what a team asks for fails no import."""
    return plan(package, before, options)


def refuse_name(name: str) -> None:
    """Raise `Refusal` for the name of a file that the platform does not accept."""
    for rule, problem in judge_name(name):
        if rule.slug == "file-name":
            raise Refusal(FILE_NAME, f"{problem.message}; {problem.hint}")


def refuse_package(package: Package) -> None:
    """Raise `Refusal` for a file that is no zip, or a damaged one, and for a zip that is not understood."""
    for entry, fault in package.entry_faults:
        declared = _declared(fault.slug)
        if declared is not None and declared[1] == NO_ZIP.code:
            raise Refusal(NO_ZIP, f"{declared[0]}: {fault.message}" + (f" ({entry})" if entry else ""))
    if package.refusal is not None:
        raise Refusal(NOT_A_PACKAGE, f"{package.refusal}{package.remedy}")


def refuse_call(planned: Plan) -> None:
    """Raise `Refusal` where the platform would not make a job of an import, or no reason of a job could say why."""
    for code, message in _before_the_job(planned.prediction):
        raise Refusal(_CODES.get(code or "", NO_JOB), message)


def _before_the_job(prediction: Prediction) -> Iterator[tuple[str | None, str]]:
    refused = (each for each in prediction.elsewhere if each.refused)
    general = (each for each in prediction.elsewhere if each.address is None and each.documented and not each.refused)
    yield from ((each.error_code, each.error_msg) for each in (*refused, *general))


def _declared(slug: str) -> tuple[str, str | None] | None:
    """Return code and platform code of the rule about a fault of a container."""
    from assetpkg.diagnostics.catalogue import CONTAINER_FAULTS

    found = CONTAINER_FAULTS.get(slug)
    return None if found is None else (found.code, found.platform_code)
