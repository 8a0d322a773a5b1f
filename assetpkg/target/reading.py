"""Opening what the user names as a target."""

import os
from typing import TYPE_CHECKING

from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.reading import origin_of, read_either

if TYPE_CHECKING:
    from assetpkg.target.instance import Instance


def read_target(
    path: str | os.PathLike[str],
    *,
    complete: bool = True,
    limits: Limits = DEFAULT_LIMITS,
    assume_utf8_names: bool = False,
) -> "Instance":
    """Read the target at `path`: a snapshot (JSON), or another package, within the same limits as `read`.

    `-` is either on standard input. `complete` says whether such a package is taken for all that is on the instance.
    Raises `CannotRead` when it is neither, with the reason.
    """
    from assetpkg.target.instance import Instance
    from assetpkg.target.snapshot import parse_snapshot

    package = read_either(path, limits=limits, assume_utf8_names=assume_utf8_names)
    if isinstance(package, bytes):
        return parse_snapshot(package, origin_of(path), limits)
    if package.refusal is not None:
        raise CannotRead(f"{path} is neither a snapshot nor an asset package: {package.refusal}")
    return Instance.from_package(package, complete=complete)
