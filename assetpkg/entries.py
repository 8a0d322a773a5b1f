"""What an archive is made of: names with content, and what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from assetpkg.diagnostics import Fault

Located = tuple[str, Fault]
"""An entry (empty for the archive itself) and what is wrong with it."""


class UnreadableEntry(Exception):
    """An entry whose content cannot be had; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        """Carry `fault`."""
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A named content; `read` returns it anew at each call, or raises `UnreadableEntry`."""

    name: str
    size: int
    read: Callable[[], bytes] = field(repr=False)
