"""What to do by hand before and after an import."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.outcome.checklist.checklist import Checklist, Item, usual_scenario
from assetpkg.planning.options import Mode
from assetpkg.report.plan import OptionsReport, PackageReport, report_options, report_package
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.simulation.plan import Plan


@shape_of(Item, "type")
class ItemReport:
    """One thing to do."""

    id: str
    """What it is ticked off by: the same thing has the same id every time."""
    type: str
    """What sort of thing it is, as one word of a list that grows."""
    phase: Literal["before", "after"]
    """When it is to be done, seen from the import."""
    title: str
    """What its sort is called."""
    subject: str
    """What it is about: the address of a resource of the package, or words of its own."""
    text: str
    """What to do."""
    names: Sequence[str]
    """What belongs to it: resources, fields as JSON pointers, environments, or a value."""
    page: str
    """The page of the documents that it comes from."""
    there: bool
    """Whether the target has it already, so that nothing is left to do."""


@shape
class HeldTargetReport:
    """What the package was held against."""

    name: str
    """What the target is called."""
    sha256: str
    """The digest of the snapshot, or of the package that was taken for the target."""


@shape
class ChecklistReport(Report):
    """What to do by hand before and after an import, as far as the package asks for it."""

    package: PackageReport
    """What would be imported."""
    target: HeldTargetReport | None
    """What it was held against; null where no target was given."""
    options: OptionsReport
    """How the import was asked for."""
    scenario: Literal["migration", "recovery"]
    """Why it is imported."""
    scenario_assumed: bool
    """Whether the scenario follows from the mode, since none was named."""
    usual_mode: Literal["AddNew", "Merge"]
    """The mode that the user guide chooses for the scenario."""
    items: Sequence[ItemReport]
    """What to do, in this order."""


def report_checklist(plan: Plan, found: Checklist) -> ChecklistReport:
    """Return the report of the lists for a planned import."""
    target = plan.target
    usual = next(mode for mode in Mode if usual_scenario(mode) is found.scenario)
    return ChecklistReport(
        package=report_package(plan.package),
        target=None if target is None else HeldTargetReport(name=target.name, sha256=target.digest),
        options=report_options(found.options),
        scenario=found.scenario.value,
        scenario_assumed=found.assumed,
        usual_mode=usual.value,
        items=[report_as(ItemReport, item, type=item.type.word) for item in found.items],
    )
