"""What to do by hand before and after an import."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assetpkg.outcome.checklist.checklist import Checklist, Item, usual_scenario
from assetpkg.planning.options import Mode
from assetpkg.report import FORMAT_VERSION
from assetpkg.report.plan import OptionsReport, PackageReport, report_options, report_package
from assetpkg.simulation.plan import Plan


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class HeldTargetReport:
    """What the package was held against."""

    name: str
    """The name of the target."""
    sha256: str
    """The digest of the snapshot, or of the package that was taken for the target."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ChecklistReport:
    """What to do by hand before and after an import, as far as the package asks for it."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
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
        format_version=FORMAT_VERSION,
        package=report_package(plan.package),
        target=None if target is None else HeldTargetReport(name=target.name, sha256=target.digest),
        options=report_options(found.options),
        scenario=found.scenario.value,
        scenario_assumed=found.assumed,
        usual_mode=usual.value,
        items=[_item(item) for item in found.items],
    )


def _item(item: Item) -> ItemReport:
    return ItemReport(
        id=item.id,
        type=item.type.word,
        phase=item.type.phase.value,
        title=item.type.title,
        subject=item.subject,
        text=item.text,
        names=item.names,
        page=item.type.page,
        there=item.there,
    )
