"""One package imported in several ways, side by side: what each way would do to every resource."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetpkg.credentials.masking import mask_line
from assetpkg.errors import InvalidOption
from assetpkg.package.package import refuse_unknown
from assetpkg.package.reading import PackageLike, package_of
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.changes import Change
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.planning.plan import find_changes
from assetpkg.rules.judge import Judge
from assetpkg.rules.policy import Policy
from assetpkg.simulation.plan import Plan, plan_adapted, plan_each
from assetpkg.simulation.verdict import other_answers
from assetpkg.target.reading import TargetLike, target_of

if TYPE_CHECKING:
    from assetpkg.authoring.adapt.declaration import AdaptFile
    from assetpkg.authoring.adapt.reading import Adapting
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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Comparison:
    """The ways as columns, in the order in which they were asked for, and a row for every resource."""

    columns: tuple[Plan, ...]
    rows: tuple[Row, ...]

    def __repr__(self) -> str:
        """Show the package, and the verdict of each way."""
        verdicts = ", ".join(f"{column.options.mode} {column.verdict}" for column in self.columns)
        return f"Comparison({mask_line(self.columns[0].package.name)!r}: {verdicts})"


def usual_options(
    prefixes: Iterable[str] = (), assumptions: Mapping[str, str] | None = None
) -> tuple[ImportOptions, ...]:
    """Return the ways that the platform has: AddNew, Merge, Merge with overwritten data sources; then with each prefix.

    AddNew with `datasource_overwrite` is none of them: the console does not offer it.
    """
    return tuple(
        ImportOptions(mode=mode, prefix=prefix, datasource_overwrite=overwrite, assumptions=assumptions or {})
        for prefix in dict.fromkeys(("", *prefixes))
        for mode, overwrite in ((Mode.ADD_NEW, False), (Mode.MERGE, False), (Mode.MERGE, True))
    )


def compare_imports(  # noqa: PLR0913 - what is imported, and by what it is judged
    package: PackageLike,
    target: TargetLike,
    option_sets: Sequence[ImportOptions] | None = None,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    *,
    adapt: "AdaptFile | Adapting | str | os.PathLike[str] | None" = None,
) -> Comparison:
    """Plan the imports of `package` into `target` with each set of options, and lay them side by side.

    Without options, the usual ones are compared; `policy` and `schemas` are as for `check`, and `adapt` as for `plan`.
    Raises `InvalidPackage` for what is not a package, and `InvalidOption` for no options: there is nothing to compare.
    """
    ways = usual_options() if option_sets is None else option_sets
    if not ways:
        raise InvalidOption("there is nothing to compare without any options")
    subject = package_of(package)
    refuse_unknown(subject)
    instance = target_of(target, complete=ways[0].complete, beside=subject)
    judge, imports = Judge(policy or Policy(), schemas), [(instance, options) for options in ways]
    if adapt is None:
        columns = tuple(plan_each(subject, imports, judge))
    else:
        from assetpkg.authoring.adapt.adapt import adapt as make

        columns = tuple(plan_adapted(make(subject, adapt), imports, judge))
    rows = [Row(changes=changes) for changes in zip(*(column.planned.changes for column in columns), strict=True)]
    if any(row.differs for row in rows):
        alike = _alike_otherwise(columns)
        rows = [Row(changes=row.changes, only_by=_causes(row, alike)) for row in rows]
    return Comparison(columns=columns, rows=tuple(rows))


def _causes(row: Row, alike: Iterable[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    found = {name for name, addresses in alike if row.differs and row.address in addresses}
    return tuple(name for name in ASSUMPTIONS if name in found)


def _alike_otherwise(plans: Sequence[Plan]) -> list[tuple[str, frozenset[str]]]:
    """Return for every answer that is not assumed the name of its question, and what all ways then do alike."""
    found = []
    for answer in other_answers(plans[0].options):
        columns = [find_changes(plan.context.answered(*answer)).changes for plan in plans]
        rows = (Row(changes=changes) for changes in zip(*columns, strict=True))
        found.append((answer.name, frozenset(row.address for row in rows if not row.differs)))
    return found
