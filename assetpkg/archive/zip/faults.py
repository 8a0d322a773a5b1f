"""What is wrong with an archive, and the exception that carries it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from assetpkg.credentials.masking import describe, mask_line
from assetpkg.limits import MOST_CONTAINER_FAULTS, Limits

if TYPE_CHECKING:
    from assetpkg.diagnostics.catalogue import DeclaredFault

Complain = Callable[[str, str], None]
"""Takes the slug and the message of something found at a place that is already known."""

Stop = Callable[[str, str], NoReturn]
"""The same of something that makes it useless to read on."""

_LONGEST_NAME = 1_024
_SHOWN = 60


def in_bytes(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count:,} byte{'' if count == 1 else 's'}"


def shown_name(name: str) -> str:
    """Return a name as it is reported: of one that no system accepts, the beginning and the length.

    It is masked before it is cut, and cut where a credential begins, of which a part would not be recognised.
    """
    if len(name) <= _LONGEST_NAME:
        return name
    beginning = name[:_LONGEST_NAME]
    masked = mask_line(beginning)
    plain = next((at for at in range(_SHOWN) if masked[at : at + 1] != beginning[at]), _SHOWN)
    return f"{beginning[:plain]}… ({len(name):,} characters)"


class ZipFault(NamedTuple):
    """Something found in an archive, and how to repack it; `offset` counts bytes of the archive from zero.

    Of a limit, `needed` is what it would have to be, where that is known.
    """

    slug: str
    message: str
    hint: str
    entry: str = ""
    offset: int | None = None
    needed: int | None = None

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class ZipRefused(Exception):
    """An archive that is damaged, or that two programs could read in two ways, with at least one fault."""

    def __init__(self, *faults: ZipFault) -> None:
        """Carry `faults` in the order in which they were found."""
        super().__init__(*faults)
        self.faults = faults

    @property
    def fault(self) -> ZipFault:
        """The fault that was found first."""
        return self.faults[0]

    def __str__(self) -> str:
        """Say what was found first, and how much more there is."""
        more = f" (and {len(self.faults) - 1:,} more)" if len(self.faults) > 1 else ""
        return mask_line(f"{self.fault.slug}: {self.fault.message}{more}")


class Findings:
    """What was noticed while an archive was opened: warnings to pass on, refusals that end the reading."""

    def __init__(self) -> None:
        """Start with nothing noticed."""
        self.warnings: list[ZipFault] = []
        self.refusals: list[ZipFault] = []

    def note(
        self,
        slug: str,
        message: str,
        entry: str = "",
        offset: int | None = None,
        needed: int | None = None,
    ) -> None:
        """Remember a fault; its slug decides whether it ends the reading."""
        declared = _declared(slug)
        kept = self.refusals if declared.refused else self.warnings
        if len(kept) < MOST_CONTAINER_FAULTS:
            kept.append(ZipFault(slug, message, declared.fix, shown_name(entry), offset, needed))

    def refuse(self, fault: ZipFault) -> None:
        """Remember a fault that ends the reading, and has a hint of its own."""
        if len(self.refusals) < MOST_CONTAINER_FAULTS:
            self.refusals.append(fault)

    def about(self, entry: str, offset: int) -> Complain:
        """Make the function that remembers faults of one entry."""
        return lambda slug, message: self.note(slug, message, entry, offset)

    def stopping(self, entry: str, offset: int) -> Stop:
        """Make the function that refuses the archive at once because of one entry."""
        return lambda slug, message: self.stop(slug, message, entry=entry, offset=offset)

    def stop(self, slug: str, message: str, *, entry: str = "", offset: int | None = None, hint: str = "") -> NoReturn:
        """Refuse the archive at once, because nothing after this fault can be read with confidence."""
        fault = ZipFault(slug, message, hint or _declared(slug).fix, shown_name(entry), offset)
        raise ZipRefused(*self.refusals, fault)

    def exceed(self, slug: str, message: str, needed: int) -> NoReturn:
        """Refuse the archive at once, because it is more than a limit that would have to be what is `needed`."""
        self.note(slug, message, needed=needed)
        raise ZipRefused(*self.refusals)

    def settle(self) -> None:
        """Refuse the archive if anything found so far demands it."""
        if self.refusals:
            raise ZipRefused(*self.refusals)


def _declared(slug: str) -> "DeclaredFault":
    # Imported here, since a sound archive needs none of it.
    from assetpkg.diagnostics.catalogue import FAULTS

    return FAULTS[slug]


__all__ = ["Complain", "Findings", "Limits", "Stop", "ZipFault", "ZipRefused", "in_bytes", "shown_name"]
