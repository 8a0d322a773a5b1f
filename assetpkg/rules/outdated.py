"""ACC: what a project accepts without need, since it is fixed, fits nothing, or has expired."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import agreed


class Fixed(NamedTuple):
    """What a baseline accepts, and what is not there: the rule, and where it was."""

    code: str
    slug: str
    entry: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """What a project accepts without need.

    These are the findings of the baseline that are fixed, and, in words, the allows that fit nothing and those that
    have expired, with their last day.
    """

    fixed: Sequence[Fixed] = ()
    unused: Sequence[str] = ()
    expired: Sequence[tuple[str, date]] = ()


def unused_words(allow: str) -> str:
    """Say of an allow, named in words, that it fits nothing."""
    return f"{allow} fits nothing that was found"


@rule("ACC001", "fixed-finding", Severity.INFO, source=agreed("baseline"))
def fixed_finding(outdated: Outdated) -> Iterator[Problem]:
    """A finding of the baseline is not there any more.

    Finds entries of the file of `--baseline` for which a package of that name has no such finding now. An entry is
    only looked at where its rule was asked, and where check or plan run as they did when the baseline was made.

    While the entry is there, the same finding could come back, and nobody would see it.

    Make the baseline anew with `--write-baseline`, or delete the entry.
    """
    for entry in outdated.fixed:
        yield Problem(
            message=f"{entry.code} ({entry.slug}), which the baseline accepts, is not found here any more",
            hint="make the baseline anew with --write-baseline",
            entry=entry.entry,
            pointer=entry.pointer,
        )


@rule("ACC002", "unused-allow", Severity.WARNING, source=agreed("settings"))
def unused_allow(outdated: Outdated) -> Iterator[Problem]:
    """An allow of the settings fits nothing that was found.

    Finds tables under `[[tool.assetpkg.allow]]`, and what an adapt file accepts, that no finding fits. Each is only
    looked at where its rules were asked, and where package and target are those that it is for.

    What it was for is fixed, or has another place now. While it is there, the same finding could come back, and nobody
    would see it.

    Delete it, or correct its address. If it is for another package or target, name that with `package` or `target`. An
    error is only accepted by its whole code.
    """
    for allow in outdated.unused:
        yield Problem(
            message=unused_words(allow),
            hint="delete it, or name the package or the target that it is for; an error needs its whole code",
        )


@rule("ACC003", "expired-allow", Severity.WARNING, source=agreed("settings"))
def expired_allow(outdated: Outdated) -> Iterator[Problem]:
    """The last day of an allow of the settings is over.

    Finds tables under `[[tool.assetpkg.allow]]` whose date `until` is before today, in UTC. What they were for counts
    again.

    The project has said how long it accepts that.

    Fix what it is about and delete it, or give it a later date.
    """
    for allow, until in outdated.expired:
        yield Problem(
            message=f"{allow} has expired: its last day was {until}",
            hint="fix what it is about and delete it, or give it a later date",
        )


RULES: tuple[Rule, ...] = (fixed_finding, unused_allow, expired_allow)
