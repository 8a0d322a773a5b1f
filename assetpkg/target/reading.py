"""Opening what the user names as a target."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Union

from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.package import Package
from assetpkg.package.reading import LayoutLike, PackageLike, origin_of, read_either

if TYPE_CHECKING:
    from assetpkg.running.spread import ExecutorLike
    from assetpkg.target.instance import Instance

TargetLike = Union[PackageLike, "Instance"]
"""A target, a package that is taken for one, or the path of a snapshot or of such a package."""


def read_target(  # noqa: PLR0913 - how a target is taken, and how it is read
    path: str | os.PathLike[str],
    *,
    complete: bool = True,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
    beside: Package | None = None,
    executor: "ExecutorLike | None" = None,
) -> "Instance":
    """Read the target at `path`: a snapshot (JSON) or another package, with the same limits as `read`.

    `-` is one of the two on standard input. `complete` says whether such a package counts as everything that is on the
    instance. Resources that have the same bytes in `beside`, the package to import, are not looked into again. The
    `layouts` and an `executor` are as for `read`, where it is a package. Raises `CannotRead` with the reason if it is
    neither.
    """
    from assetpkg.target.instance import Instance
    from assetpkg.target.snapshot import parse_snapshot

    package = read_either(
        path, limits=limits, names_encoding=names_encoding, layouts=layouts, beside=beside, executor=executor
    )
    if isinstance(package, bytes):
        return parse_snapshot(package, origin_of(path), limits)
    if package.refusal is not None:
        raise CannotRead(f"{path} is neither a snapshot nor an asset package: {package.refusal}{package.remedy}")
    return Instance.from_package(package, complete=complete)


def target_of(target: TargetLike, *, complete: bool = True, beside: Package | None = None) -> "Instance":
    """Return the target, read where it is a path; raises `CannotRead`.

    `complete` and `beside` are as for `read_target`.
    """
    from assetpkg.target.instance import Instance

    if isinstance(target, Instance):
        return target
    if isinstance(target, Package):
        return Instance.from_package(target, complete=complete)
    return read_target(target, complete=complete, beside=beside)
