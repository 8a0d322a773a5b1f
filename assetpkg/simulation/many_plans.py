"""Many packages planned, each by itself, over the workers of any executor."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Accepted, Diagnostic
from assetpkg.errors import AssetpkgError
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.parts import stamp_of
from assetpkg.package.reading import LayoutLike, layouts_of
from assetpkg.planning.changes import Change
from assetpkg.planning.options import ImportOptions, Mode, options_of
from assetpkg.rules.judge import Judge
from assetpkg.rules.policy import Policy
from assetpkg.simulation.many_checks import Reading
from assetpkg.simulation.plan import plan
from assetpkg.simulation.verdict import Verdict
from assetpkg.target.instance import Instance
from assetpkg.target.reading import read_target

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas
    from assetpkg.running.spread import ExecutorLike


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Planned:
    """What importing one of many packages would do; unlike a `Plan`, it can be sent from process to process.

    `failure` is why nothing is known: the package cannot be read, or the worker that had it has died. There is a
    `verdict` otherwise. `summary` has how many changes there are of each action.
    """

    path: str
    verdict: Verdict | None = None
    summary: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    failure: str | None = None

    def __repr__(self) -> str:
        """Show the path and the verdict, or the failure."""
        return f"Planned({mask_line(self.path)!r}: {self.verdict if self.failure is None else self.failure})"


class _Target(NamedTuple):
    """The target of many plans; each worker reads it once, and again if the file is another one by then."""

    path: str
    reading: Reading
    complete: bool
    stamp: tuple[int, int]


class _Plan(NamedTuple):
    """A package to plan."""

    path: str
    reading: Reading
    judge: Judge
    target: _Target | None
    options: ImportOptions


def plan_many(  # noqa: PLR0913 - the query of an import, by what it is judged, and how the packages are read
    packages: Iterable[str | os.PathLike[str]],
    target: str | os.PathLike[str] | None = None,
    options: ImportOptions | None = None,
    *,
    mode: Mode | str = Mode.ADD_NEW,
    prefix: str = "",
    datasource_overwrite: bool = False,
    assumptions: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
    executor: "ExecutorLike | None" = None,
) -> Iterator[Planned]:
    """Yield what importing each of the packages into the target as it is now would do, in their order.

    Each is planned by itself; `roll_out` plans one after the other. The target is a path, and the rest is as for `plan`
    and `check_many`. Raises `CannotRead` for a target that cannot be read, and `InvalidOption` as `plan` does.
    """
    asked = options_of(
        options, mode=mode, prefix=prefix, datasource_overwrite=datasource_overwrite, assumptions=assumptions
    )
    reading, judge = Reading(limits, names_encoding, layouts_of(layouts)), Judge(policy or Policy(), schemas)
    place = None if target is None else _Target(os.fspath(target), reading, asked.complete, _stamp(target))
    if place is not None:
        _read_target(place)  # which says at once what is wrong with it, and workers that are copies have it already
    tasks = [_Plan(os.fspath(path), reading, judge, place, asked) for path in packages]
    return _all_planned(tasks, executor)


def _all_planned(tasks: list[_Plan], executor: "ExecutorLike | None") -> Iterator[Planned]:
    from assetpkg.running.spread import spread

    try:
        for task, answer in zip(tasks, spread(_plan, tasks, executor), strict=True):
            yield answer.result or Planned(path=task.path, failure=answer.failure)
    finally:
        _read_target.cache_clear()


def _plan(task: _Plan) -> Planned:
    try:
        package = task.reading.read(task.path)
        target = None if task.target is None else _read_target(task.target)
        made = plan(package, target, task.options, policy=task.judge.policy, schemas=task.judge.schemas)
        return Planned(
            path=task.path,
            verdict=made.verdict,
            summary=dict(made.summary),
            changes=made.changes,
            diagnostics=made.diagnostics,
            accepted=made.accepted,
        )
    except AssetpkgError as error:
        return Planned(path=task.path, failure=str(error))


@lru_cache(maxsize=1)
def _read_target(target: _Target) -> Instance:
    return read_target(
        target.path,
        complete=target.complete,
        limits=target.reading.limits,
        names_encoding=target.reading.names_encoding,
        layouts=target.reading.layouts,
    )


def _stamp(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Return what tells a file from what it was before; nothing where there is none, which reading will say."""
    try:
        return stamp_of(path)
    except (OSError, ValueError):
        return (0, 0)
