"""Work cut into parts of about one size: for the processes or the threads that do it, and one part in memory each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def in_parts(sized: Iterable[tuple[Thing, int]], most: int) -> Iterator[Sequence[Thing]]:
    """Yield things that have sizes in bytes, as many at a time as have `most` together, or a little more."""
    part: list[Thing] = []
    size = 0
    for thing, bytes_ in sized:
        part.append(thing)
        size += bytes_
        if size >= most:
            yield part
            part, size = [], 0
    if part:
        yield part
