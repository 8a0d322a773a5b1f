"""Things by their keys, where mostly each has a key of its own."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """Return things by their keys, in the order in which the keys come first; each thing is another object.

    Only keys of several things have a list while they are put together: one for each would take as much memory as a
    resource does.
    """
    groups: dict[K, tuple[T, ...]] = {}
    several: dict[K, list[T]] = {}
    for key, thing in pairs:
        alone = groups.setdefault(key, (thing,))
        if alone[0] is not thing:
            several.setdefault(key, [*alone]).append(thing)
    groups.update((key, tuple(members)) for key, members in several.items())
    return groups
