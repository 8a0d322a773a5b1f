"""How far long work is: those who do it say so in passing, and nobody hears it unless somebody listens."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Listener(Protocol):
    """Somebody who wants to know."""

    def begin(self, what: str, total: int) -> None:
        """Learn that something begins that has so many steps; what is inside it begins and ends before it ends."""

    def advance(self) -> None:
        """Learn that a step of what began last is done."""

    def end(self) -> None:
        """Learn that what began last has ended."""

    def hush(self, *, for_good: bool) -> None:
        """Learn that something else is about to be written, where the listener may have written."""


_listener: Listener | None = None


def listen(listener: Listener | None) -> None:
    """Have somebody listen from now on, or nobody."""
    global _listener  # noqa: PLW0603 - who looks at the screen is one for the whole program
    _listener = listener


def follow(what: str, items: Collection[Item]) -> Iterable[Item]:
    """Return the items, each of them a step of `what` is done; it says what is done, as in `reading shop.zip`."""
    return items if _listener is None else _followed(what, items, _listener)


def _followed(what: str, items: Collection[Item], listener: Listener) -> Iterator[Item]:
    listener.begin(what, len(items))
    try:
        for item in items:
            yield item
            listener.advance()
    finally:
        listener.end()


def hush(*, for_good: bool = False) -> None:
    """Have nothing of the listener's on the screen, since something else is about to be written; perhaps for good."""
    if _listener is not None:
        _listener.hush(for_good=for_good)
