"""ADP: what of an adapt file does nothing, or was left open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import agreed


class UnusedEntry(NamedTuple):
    """An address of an adapt file, or its prefix, that nothing in the package answers to; `near` is one that does."""

    address: str
    near: str | None = None


class LeftOpen(NamedTuple):
    """What a draft left open: an address of the adapt file, the key there, and the address in the package now."""

    address: str
    key: str
    new_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted:
    """What is to be said of an adapt file: what fits nothing, and what a draft left open."""

    origin: str
    unused: Sequence[UnusedEntry] = ()
    left_open: Sequence[LeftOpen] = ()


@rule("ADP001", "unused-adaptation", Severity.WARNING, source=agreed("adapt file"))
def unused_adaptation(adapted: Adapted) -> Iterator[Problem]:
    """An entry of the adapt file is about nothing in the package.

    Finds addresses under `[resources]` that no resource of the package has, and a `prefix` where the package has no
    resource of its `kinds`. Of several packages that are planned together, one is enough.

    The address is misspelled, or the resource has another name by now: what was decided for it does not happen, and the
    address of the wrong environment may travel.

    Correct the address, or delete the entry. If the file is for several packages, ignore ADP001, or plan them together.
    """
    for address, near in adapted.unused:
        subject = "the prefix" if address == "prefix" else f"'{mask_line(address)}'"
        meant = f"; '{mask_line(near)}' may be meant" if near else ""
        yield Problem(
            message=f"{subject} of {adapted.origin} is about nothing in this package",
            hint=f"correct it or delete it{meant}",
        )


@rule("ADP002", "left-open", Severity.ERROR, source=agreed("adapt file"))
def left_open(adapted: Adapted) -> Iterator[Problem]:
    """An entry of the adapt file is as the draft left it.

    Finds `<fill in>`, which `plan --write-adapt` writes where only a person can decide: for a decision, a name, an id,
    a reason, a value, or the name of an environment variable.

    What is left open changes nothing: the package keeps the address or the name of its source.

    Write what is right for this environment, or delete the line.
    """
    for address, key, new_address in adapted.left_open:
        yield Problem(
            message=f"'{mask_line(key)}' of '{mask_line(address)}' is left open in {adapted.origin}",
            hint="write what is right for this environment, or delete the line",
            address=new_address,
        )


RULES: tuple[Rule, ...] = (unused_adaptation, left_open)
