"""What an archive is made of: names with content, and what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from assetpkg.credentials.masking import describe, mask_line
from assetpkg.diagnostics.model import Fault
from assetpkg.documents.positions import Region, Spot
from assetpkg.limits import Limits, how_to_raise

Located = tuple[str, Fault]
"""An entry (empty for the archive itself) and what is wrong with it."""


class UnreadableEntry(Exception):
    """An entry whose content cannot be had; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        """Carry `fault`."""
        super().__init__(mask_line(fault.message))
        self.fault = fault


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Entry:
    """A named content; `read` returns it anew at each call, or raises `UnreadableEntry`."""

    name: str
    size: int
    read: Callable[[], bytes] = field(repr=False)

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class Kept:
    """Reads an entry once, and keeps what that gave."""

    __slots__ = ("_read", "content")

    def __init__(self, read: Callable[[], bytes]) -> None:
        """Read by `read`."""
        self._read = read
        self.content: bytes | None = None
        """What every reading has given and will give; `None` before the first one."""

    def __call__(self) -> bytes:
        """Return the content, or raise `UnreadableEntry`."""
        if self.content is None:
            self.content = self._read()
        return self.content


class Traced(NamedTuple):
    """Where something is in the archive that another one is a view of: an entry, a pointer in it, lines and columns.

    `place` is `None` where these are not known. `text` is how the plain value at the place in the view is written.
    """

    entry: str
    pointer: str = ""
    place: Region | None = None
    text: str | None = None


class Underlying(Protocol):
    """The archive that another one is a view of, as far as whoever reports about the view has to know it."""

    def covers(self, entry: str, entries: Mapping[str, Entry]) -> bool:
        """Say whether places in an entry of the view, which has these `entries` now, are to be traced."""

    def trace(self, places: Sequence[tuple[str, Spot]]) -> list[Traced]:
        """Return where each place, after the entry of the view that it is in, is in the underlying archive."""

    def source(self, entry: str) -> Entry | None:
        """Return the underlying entry of this name, for its lines; `None` where its lines are those of no entry."""

    def holder_of(self, entry: str) -> tuple[str, str] | None:
        """Return the document of the view that an underlying entry is a text of, and the pointer to that text in it."""

    def is_apart(self, entry: str, pointer: str) -> bool:
        """Say whether what is at a place of a document of the view is in another underlying entry."""


class Packed(NamedTuple):
    """How an entry is packed, as it was read: a digest of the packed data, and of all that decides what is made of it.

    `read` makes the content of those very bytes, or raises `UnreadableEntry`. It is a function of them, of the declared
    size, checksum and method, and of the limits: within the same limits, two entries of one digest have one content, or
    the same is wrong with both.
    """

    digest: bytes
    read: Callable[[], bytes]


def fault_of(
    slug: str,
    message: str,
    limits: Limits,
    *,
    hint: str = "",
    needed: int | None = None,
) -> Fault:
    """Make a fault of the declared `slug`, with its fix as the hint unless another one is given.

    Where it is about a limit, the hint says how to raise that to what is `needed`, or, where nobody knows that, to
    twice what it is.
    """
    from assetpkg.diagnostics.catalogue import FAULTS

    declared = FAULTS[slug]
    fix = hint or declared.fix
    if declared.limit is not None:
        fix = f"{fix}; {how_to_raise(declared.limit, needed or 2 * getattr(limits, declared.limit))}"
    return Fault(slug=slug, message=message, hint=fix, platform_code=declared.platform_code)
