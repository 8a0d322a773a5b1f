"""A snapshot that is looked into in shares, each by another worker; what the shares give is put together in order."""

import os
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import NamedTuple

from assetpkg.archive.zip import FileSource, Source
from assetpkg.limits import Limits
from assetpkg.package.parts import refuse_changed, stamp_of
from assetpkg.resource.inspection import Inspection
from assetpkg.running.parts import in_parts
from assetpkg.running.spread import PART, ExecutorLike, spread
from assetpkg.target.spans import Span, Spans, inspect_each


class _File(NamedTuple):
    """A file that any worker opens, and how to tell that it is still the same."""

    path: str
    stamp: tuple[int, int]


class _Held(NamedTuple):
    """The one file that a worker has open, since the next share is most likely of the same."""

    file: _File
    source: Source


class _Share(NamedTuple):
    """Some of the resources of a snapshot."""

    file: _File
    limits: Limits
    spans: Sequence[tuple[str, Span]]


_held: list[_Held] = []
"""At most one."""


class Shares(NamedTuple):
    """Looks into the resources of the snapshot in a file by the workers of an executor."""

    file: _File
    executor: ExecutorLike

    @classmethod
    def of(cls, path: str | os.PathLike[str], executor: ExecutorLike) -> "Shares | None":
        """Return what looks into the file at `path`, which was just opened; `None` where it is gone again."""
        try:
            return cls(_File(os.path.abspath(path), stamp_of(path)), executor)  # noqa: PTH100 - links stay links
        except OSError:
            return None

    def inspect(self, source: Source, spans: Spans, limits: Limits) -> Generator[Inspection, None, None]:
        """Look into each resource as `inspect_each` does; a share that does not come back is looked into here."""
        sizes = ((span, span[1][2] - span[1][1]) for span in spans.items())
        shares = [_Share(self.file, limits, share) for share in in_parts(sizes, PART)]
        if len(shares) < 2:  # noqa: PLR2004 - one is no faster
            yield from inspect_each(source, spans, limits)
            return
        _held[:] = [_Held(self.file, source)]  # a process that is a copy of this one begins with it
        answers = spread(_inspect_share, shares, self.executor)
        try:
            # Processes end here whatever happens, and not when this is found to be garbage, when half of it is gone.
            with closing(answers):
                for share, answer in zip(shares, answers, strict=True):
                    found = answer.result
                    yield from inspect_each(source, dict(share.spans), limits) if found is None else found
        finally:
            _held.clear()


def _inspect_share(share: _Share) -> list[Inspection]:
    held = next((each for each in _held if each.file == share.file), None)
    if held is None:
        held = _Held(share.file, FileSource(share.file.path))
        refuse_changed(*share.file)
        _held[:] = [held]
    return list(inspect_each(held.source, dict(share.spans), share.limits))
