"""Many packages checked, each by itself, over the workers of any executor."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.archive.archive import Container
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Accepted, Diagnostic
from assetpkg.errors import AssetpkgError
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.layout import OWN
from assetpkg.package.package import Package
from assetpkg.package.reading import LayoutLike, is_document, layouts_of, read
from assetpkg.rules.judge import Judge
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas
    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.layouts.measures import Coverage
    from assetpkg.running.spread import ExecutorLike


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checked:
    """What is wrong with one of many packages; unlike a `Package`, it can be sent from process to process.

    `failure` is why nothing is known: the package cannot be read, or the worker that had it has died. `refusal` is why
    it is not understood, if it is not; if the policy ignores that, `diagnostics` may be empty. `accepted` is what the
    policy accepts. `name` is the one in the manifest, and `resources` are the addresses of what was checked.
    `unused_files` is how many of its files an import uses for nothing, `container` what it came in, and `coverage` how
    much a layout file covers of it.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: str | None = None
    refusal: str | None = None
    accepted: tuple[Accepted, ...] = ()
    name: str = ""
    resources: tuple[str, ...] = ()
    unused_files: int = 0
    container: Container | None = None
    coverage: "Coverage | None" = None

    def __repr__(self) -> str:
        """Show the path and how many findings there are, or the failure."""
        found = f"{len(self.diagnostics)} findings" if self.failure is None else self.failure
        return f"Checked({mask_line(self.path)!r}: {found})"


class Reading(NamedTuple):
    """How packages are read."""

    limits: Limits
    names_encoding: str | None
    layouts: Sequence["LayoutFile"] = ()

    def read(self, path: str) -> Package:
        """Read a package, or a snapshot as one; raises `CannotRead`."""
        if is_document(path):
            from assetpkg.target.as_package import read_snapshot_as_package

            snapshot = read_snapshot_as_package(path, self.limits)
            if snapshot is not None:
                return snapshot
        return read(path, limits=self.limits, names_encoding=self.names_encoding, layouts=self.layouts)


class _Check(NamedTuple):
    """A package to check."""

    path: str
    reading: Reading
    judge: Judge
    assumptions: Mapping[str, str]


def check_many(  # noqa: PLR0913 - by what they are judged, and how they are read
    packages: Iterable[str | os.PathLike[str]],
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    *,
    assumptions: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
    executor: "ExecutorLike | None" = None,
) -> Iterator[Checked]:
    """Yield what is wrong with each of the packages, in their order; one that fails stops none of the others.

    `policy`, `schemas` and `assumptions` are as for `check`, and `limits`, `names_encoding` and `layouts` as for
    `read`.

    Without an `executor` they are checked here, one after the other. Any executor of `concurrent.futures` does, if its
    workers see the same files. Instead of one, give what makes it, such as a class: if a process dies, the executor is
    then made anew, and only the package that the process died of fails.
    """
    reading, judge = Reading(limits, names_encoding, layouts_of(layouts)), Judge(policy or Policy(), schemas)
    answers = dict(assumptions or {})
    tasks = [_Check(os.fspath(path), reading, judge, answers) for path in packages]
    return _all_checked(tasks, executor)


def _all_checked(tasks: list[_Check], executor: "ExecutorLike | None") -> Iterator[Checked]:
    from assetpkg.running.spread import spread

    for task, answer in zip(tasks, spread(_check, tasks, executor), strict=True):
        yield answer.result or Checked(path=task.path, failure=answer.failure)


def _check(task: _Check) -> Checked:
    try:
        return checked_as(task.path, task.reading.read(task.path), task.judge, task.assumptions)
    except AssetpkgError as error:
        return Checked(path=task.path, failure=str(error))


def checked_as(path: str, package: Package, judge: Judge, assumptions: Mapping[str, str]) -> Checked:
    """Return what is wrong with a package that was read from `path`."""
    unused = package.idle_files if package.understood else 0
    found = check(package, *judge, assumptions)
    diagnostics, accepted = tuple(found), found.accepted
    if package.layout is not OWN:
        from assetpkg.target.as_package import without_unknown

        diagnostics = tuple(without_unknown(package, diagnostics))
        unknown = set(without_unknown(package, (each.diagnostic for each in accepted)))
        accepted = tuple(each for each in accepted if each.diagnostic in unknown)
    return Checked(
        path=path,
        diagnostics=diagnostics,
        resources=tuple(resource.address for resource in package.resources) if package.understood else (),
        refusal=package.refusal,
        accepted=accepted,
        name=package.own_name,
        unused_files=unused,
        container=package.archive.container,
        coverage=package.layout.coverage(),
    )
