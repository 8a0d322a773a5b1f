"""One package imported in several ways, side by side: what each way would do to every resource."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetpkg.package.package import Package, refuse_unknown
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.changes import Action, Change
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.planning.plan import plan_each
from assetpkg.rules.policy import Policy
from assetpkg.simulation.sensitivity import answered, other_answers
from assetpkg.simulation.simulate import Simulation, simulate
from assetpkg.target.instance import Instance

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What becomes of one resource, one change for each way; the same resource in all of them.

    `only_by` names the assumptions of which each alone, answered otherwise, would make all ways alike.
    """

    changes: tuple[Change, ...]
    only_by: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address of the resource in the package."""
        return self.changes[0].address

    @property
    def differs(self) -> bool:
        """Whether the ways do not all do the same to it."""
        return len({change.action for change in self.changes}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The ways as columns, in the order in which they were asked for, and a row for every resource."""

    columns: tuple[Simulation, ...]
    rows: tuple[Row, ...]


def usual_options(
    prefixes: Iterable[str] = (), assumptions: Mapping[str, str] | None = None
) -> Iterator[ImportOptions]:
    """Yield the ways that the platform has: AddNew, Merge, Merge with overwritten data sources; then with each prefix.

    AddNew with `datasource_overwrite` is none of them: the console does not offer it.
    """
    for prefix in dict.fromkeys(("", *prefixes)):
        for mode, overwrite in ((Mode.ADD_NEW, False), (Mode.MERGE, False), (Mode.MERGE, True)):
            yield ImportOptions(mode=mode, prefix=prefix, datasource_overwrite=overwrite, assumptions=assumptions or {})


def compare_imports(
    package: Package,
    instance: Instance,
    option_sets: Sequence[ImportOptions],
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
) -> Comparison:
    """Simulate the imports of `package` into `instance` with each set of options, and lay them side by side.

    `policy` and `schemas` are as for `check`. Raises `InvalidPackage` for what is no package: there is nothing to
    compare.
    """
    refuse_unknown(package)
    columns = tuple(simulate(package, [(instance, options) for options in option_sets], policy, schemas))
    rows = [Row(changes=changes) for changes in zip(*(column.plan.changes for column in columns), strict=True)]
    if any(row.differs for row in rows):
        alike = _alike_otherwise(package, instance, option_sets)
        rows = [Row(changes=row.changes, only_by=_causes(row, alike)) for row in rows]
    return Comparison(columns=columns, rows=tuple(rows))


def overwritten(simulated: Simulation) -> Sequence[Change]:
    """Return the changes that replace something on the target."""
    return list(simulated.plan.with_action(Action.UPDATE))


def _causes(row: Row, alike: Iterable[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    found = {name for name, addresses in alike if row.differs and row.address in addresses}
    return tuple(name for name in ASSUMPTIONS if name in found)


def _alike_otherwise(
    package: Package, instance: Instance, option_sets: Sequence[ImportOptions]
) -> list[tuple[str, frozenset[str]]]:
    """Return for every answer that is not assumed the name of its question, and what all ways then do alike."""
    answers = other_answers(option_sets[0])
    imports = [answered(instance, options, answer) for answer in answers for options in option_sets]
    plans = plan_each(package, imports)
    found = []
    for answer in answers:
        columns = [next(plans).changes for _ in option_sets]
        rows = (Row(changes=changes) for changes in zip(*columns, strict=True))
        found.append((answer.name, frozenset(row.address for row in rows if not row.differs)))
    return found
