"""Where the resources of a snapshot are in its text, and what is found in each."""

from collections.abc import Callable, Generator

from assetpkg.archive.zip import Source
from assetpkg.kinds import KINDS
from assetpkg.limits import Limits
from assetpkg.resource.inspection import Inspection, inspect

Span = tuple[str, int, int]
"""The kind of a resource, and where its text begins and ends, in bytes."""
Spans = dict[str, Span]
"""Where each resource is, by its JSON pointer."""
Inspect = Callable[[Source, Spans, Limits], Generator[Inspection, None, None]]
"""What looks into resources, and yields what it found in their order."""


def inspect_each(source: Source, spans: Spans, limits: Limits) -> Generator[Inspection, None, None]:
    """Look into resources one by one.

    What is wrong with a resource that is there is for nobody to put right who imports.
    """
    for pointer, (kind, start, end) in spans.items():
        content = source.read_at(start, end - start)
        yield inspect(KINDS[kind], "", content, limits, pointer=pointer, faults_wanted=False)
