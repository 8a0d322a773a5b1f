"""What a command reads, as its settings say: packages, targets, snapshots, and exports of any layout."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.outputs import note
from assetpkg.settings.settings import Settings

if TYPE_CHECKING:
    from assetpkg.archive.archive import Archive
    from assetpkg.cli.sources import Sources
    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.package.package import Package
    from assetpkg.running.processes import Processes
    from assetpkg.target.instance import Instance
    from assetpkg.target.recorded import RecordedTarget

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Reader:
    """Who reads for a command, by its settings."""

    settings: Settings

    @cached_property
    def layouts(self) -> "tuple[LayoutFile, ...]":
        """The layouts that are taught; raises `CannotRead` and `InvalidOption` for a file that is not one."""
        return self.settings.read_layouts()

    def read(self, path: str) -> "Package":
        """Read what is at `path` as the settings say, for a command that says what is wrong with it.

        Raises `CannotRead` when there is nothing to read.
        """
        package = self._read(path)
        if sys.stdout.isatty():
            self.sources.remember(path, package)
        return package

    def _read(self, path: str, *, faults_wanted: bool = True, kept: bool = False) -> "Package":
        from assetpkg.package.reading import read_as

        return read_as(
            path,
            limits=self.settings.reading_limits,
            names_encoding=self.settings.names_encoding,
            layouts=self.layouts,
            executor=self.processes([path]),
            faults_wanted=faults_wanted,
            kept=kept,
        )

    @cached_property
    def sources(self) -> "Sources":
        """The lines of the files that findings are about."""
        from assetpkg.cli.sources import Sources

        return Sources(self._read)

    def read_snapshot(self, path: str) -> "Package | None":
        """Read the snapshot at `path`, as a package of its resources; `None` where no snapshot is there."""
        from assetpkg.package.reading import is_document

        if not is_document(path):
            return None
        from assetpkg.target.as_package import read_snapshot_as_package

        return read_snapshot_as_package(path, self.settings.reading_limits)

    def open_unknown(self, path: str) -> "Archive":
        """Read the entries at `path`, of whatever layout; raises `CannotRead` and `InvalidPackage`."""
        from assetpkg.package.reading import read_unknown

        return read_unknown(path, limits=self.settings.reading_limits, names_encoding=self.settings.names_encoding)

    def open_each(self, paths: Sequence[str]) -> "Sequence[Package]":
        """Read several packages as `open` does; processes share out small ones, and the parts of each large one."""
        from assetpkg.package.package import refuse_unknown
        from assetpkg.package.reading import read_each, weigh
        from assetpkg.running.processes import LARGE

        processes = self.processes(paths)
        small = [path for path in paths if processes and path != STANDARD_STREAM and weigh(path, LARGE) < LARGE]
        if processes is None or len(small) == 1:
            return [self.open(path) for path in paths]
        limits, utf8 = self.settings.reading_limits, self.settings.names_encoding
        ahead = read_each(small, processes, limits=limits, names_encoding=utf8, layouts=self.layouts)
        shared = set(small)
        packages = [next(ahead) if path in shared else self.open(path) for path in paths]
        for package in packages:
            refuse_unknown(package)
        return packages

    def processes(self, paths: Iterable[str]) -> "Processes | None":
        """Return what shares the work on the packages at `paths`, where it is more than one process does best."""
        from assetpkg.package.reading import weigh
        from assetpkg.running.processes import WORTH, processes_for

        jobs = self.settings.jobs
        return processes_for(jobs, sum(weigh(path, 8 * WORTH) for path in paths) if jobs is None else 0)

    def open(self, path: str) -> "Package":
        """Read the package at `path` as the settings say, for a command that goes by its content.

        Raises `CannotRead` when there is nothing to read, and `InvalidPackage`, with the first reason, for what is no
        package: nothing can be said of its content, so that nothing is said that looks as if it were known.
        """
        from assetpkg.package.package import refuse_unknown

        package = self.read(path)
        refuse_unknown(package)
        return package

    def open_content(self, path: str, *, kept: bool = False) -> "Package":
        """Read the package at `path` as `open` does, for a command that reports no faults of resources.

        What is read is `kept` for one that writes it anew.
        """
        from assetpkg.package.package import refuse_unknown

        package = self._read(path, faults_wanted=False, kept=kept)
        refuse_unknown(package)
        return package

    def read_known(self, path: str, *, beside: "Package | None" = None) -> "Package | Instance":
        """Return the package, the snapshot or the saved answers at `path`; raises `CannotRead`."""
        from assetpkg.target.reading import read_known

        return self._read_as(read_known, path, beside)

    def read_compared(self, path: str, *, beside: "Package | None" = None) -> "Package | Instance | RecordedTarget":
        """Return what `read_known` does, and of a saved plan its target; raises `CannotRead`."""
        from assetpkg.target.reading import read_compared

        return self._read_as(read_compared, path, beside)

    def _read_as(self, reading: "Callable[..., T]", path: str, beside: "Package | None", **options: Any) -> "T":
        return reading(
            path,
            limits=self.settings.reading_limits,
            names_encoding=self.settings.names_encoding,
            layouts=self.layouts,
            beside=beside,
            executor=self.processes([path]),
            notice=note,
            **options,
        )
