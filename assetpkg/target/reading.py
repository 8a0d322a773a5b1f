"""Opening what the user names as a target."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Union, Unpack

from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.package import Package
from assetpkg.package.reading import HowRead, LayoutLike, PackageLike, origin_of, read_either

if TYPE_CHECKING:
    from assetpkg.archive.archive import Archive
    from assetpkg.archive.zip import Source
    from assetpkg.running.spread import ExecutorLike
    from assetpkg.target.instance import Instance
    from assetpkg.target.recorded import RecordedTarget

Notice = Callable[[str], None] | None
_MOST_NOTICES = 10
TargetLike = Union[PackageLike, "Instance"]
"""A target, a package that is taken for one, or the path of a snapshot, of such a package, or of saved answers."""
Compared = Union[TargetLike, "RecordedTarget"]
"""What `diff` compares: such a target, or that of a saved plan, or the path of the plan."""


def read_target(  # noqa: PLR0913 - how a target is taken, and how it is read
    path: str | os.PathLike[str],
    *,
    complete: bool = True,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
    beside: Package | None = None,
    executor: "ExecutorLike | None" = None,
    notice: Callable[[str], None] | None = None,
) -> "Instance":
    """Read the target at `path`: a snapshot (JSON), another package, or saved answers, with the same limits as `read`.

    Answers are a file, a folder or a zip with the platform's answers to list calls, and to detail calls beside these.
    `-` is one of them on standard input. `complete` says whether a package counts as everything that is on the
    instance. Resources that have the same bytes in `beside`, the package to import, are not looked into again, and what
    is wrong with a resource that is there is for nobody to put right who imports, so that nobody looks for it. The
    `layouts` are as for `read`, where it is a package, and so is an `executor`, also for a snapshot. `notice` is told
    what of saved answers was not understood, and which lists have gaps. Raises `CannotRead` with the reason if it is
    none of them.
    """
    from assetpkg.target.instance import Instance

    found = read_known(
        path,
        limits=limits,
        names_encoding=names_encoding,
        layouts=layouts,
        beside=beside,
        executor=executor,
        notice=notice,
        faults_wanted=False,
    )
    if isinstance(found, Instance):
        return found
    return Instance.from_package(found, complete=complete, beside=beside)


def read_known(path: str | os.PathLike[str], *, notice: Notice = None, **how: Unpack[HowRead]) -> "Package | Instance":
    """Read what `read_target` does, and return a package as it is."""
    return _known(path, read_either(path, **how), how, notice)


def read_compared(
    path: str | os.PathLike[str], *, notice: Notice = None, **how: Unpack[HowRead]
) -> "Package | Instance | RecordedTarget":
    """Read what `read_known` does, and of a saved plan what it has recorded of its target."""
    limits = how.get("limits", DEFAULT_LIMITS)
    found = read_either(path, **how)
    try:
        return _known(path, found, how, notice)
    except CannotRead as error:
        if isinstance(found, Package):
            raise
        refusal = error
    from assetpkg.target.recorded import is_saved_plan, read_recorded

    content = found.read_at(0, found.size)
    if not is_saved_plan(content):
        raise refusal
    return read_recorded(content, origin_of(path), limits)


def _known(
    path: str | os.PathLike[str], package: "Package | Source", how: HowRead, notice: Notice
) -> "Package | Instance":
    limits = how.get("limits", DEFAULT_LIMITS)
    if not isinstance(package, Package):
        return _from_document(path, package, limits, notice, how.get("executor"))
    if package.refusal is None:
        return package
    known = _from_answers(path, package.archive, limits, notice)
    if known is None and not package.archive.entries and not package.archive.faults:
        raise CannotRead(f"{path} is empty; a target is a snapshot, an asset package, or saved answers of an instance")
    if known is None:
        raise CannotRead(f"{path} is neither a snapshot nor an asset package: {package.refusal}{package.remedy}")
    return known


def _from_document(
    path: str | os.PathLike[str], source: "Source", limits: Limits, notice: Notice, executor: "ExecutorLike | None"
) -> "Instance":
    """Return the target in a file that is not a zip: a snapshot, or else an answer."""
    from assetpkg.archive.zip import BytesSource
    from assetpkg.target.snapshot import read_snapshot
    from assetpkg.target.spans import inspect_each

    inspect = inspect_each
    # What is in memory has no file that others could read, or was made UTF-8 of one in another encoding.
    if executor is not None and not isinstance(source, BytesSource):
        # Imported here, since nobody shares a small one.
        from assetpkg.target.shares import Shares

        shares = Shares.of(path, executor)
        inspect = inspect_each if shares is None else shares.inspect
    try:
        return read_snapshot(source, origin_of(path), limits, inspect)
    except CannotRead as error:
        refusal = error
    known = _from_answers(path, source.read_at(0, source.size), limits, notice)
    if known is None:
        raise refusal
    return known


def _from_answers(
    path: str | os.PathLike[str], given: "bytes | Archive", limits: Limits, notice: Notice
) -> "Instance | None":
    """Return the target that saved answers make, `None` where none of them lists anything."""
    from assetpkg.target.answers.collecting import NothingFound, put_together
    from assetpkg.target.answers.files import in_archive, in_file

    origin = origin_of(path)
    found = in_file(origin, given) if isinstance(given, bytes) else in_archive(origin, given)
    try:
        collected = put_together(found, fallback=Path(origin).name or "answers", limits=limits, listed=True)
    except NothingFound:
        return None
    if notice is not None:
        gaps = list(collected.gaps)
        for sentence in gaps[:_MOST_NOTICES]:
            notice(sentence)
        if len(gaps) > _MOST_NOTICES:
            notice(f"and {len(gaps) - _MOST_NOTICES:,} more; 'assetpkg snapshot {origin}' reports all")
    return collected.instance


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
