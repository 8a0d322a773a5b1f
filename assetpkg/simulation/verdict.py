"""A plan in one word, and the answers to open questions under which the word would be another."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from assetpkg.diagnostics.model import Diagnostic, Severity
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.changes import Action, Changes
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.remarks import Reason


class Verdict(StrEnum):
    """A whole plan in a word, the worst first; the best of them is not a promise."""

    BLOCKED = "blocked"
    """Something conflicts, or has severity error."""
    RISKY = "risky"
    """Something has severity risk."""
    UNVERIFIED = "unverified"
    """The target was not looked at for all that is imported."""
    CLEAR = "clear"
    """No documented obstacle and no risk was found, and nothing is unverified; it is no promise of success."""


ACCEPTED = "accepted"
"""What people are told instead of a verdict of `ACCEPTABLE` where the project accepts all that makes a plan so."""
ACCEPTABLE = frozenset({Verdict.BLOCKED, Verdict.RISKY})
"""The verdicts that rest on what a project can accept."""


class Answer(NamedTuple):
    """One assumption, by its name, with a value that it may have."""

    name: str
    value: str


class AlternativeVerdict(NamedTuple):
    """An answer that was not assumed, by the name of its assumption, and the verdict that a plan would have with it."""

    name: str
    value: str
    verdict: Verdict


def judge_verdict(planned: Changes, diagnostics: Iterable[Diagnostic], conflicts: int | None = None) -> Verdict:
    """Return the verdict on what an import would do, and on what was found about it; `conflicts` is how many count."""
    severities = {diagnostic.severity for diagnostic in diagnostics}
    if Severity.ERROR in severities or (planned.count(Action.CONFLICT) if conflicts is None else conflicts):
        return Verdict.BLOCKED
    if Severity.RISK in severities:
        return Verdict.RISKY
    unverified = any(change.reason is Reason.UNVERIFIED or change.unverified for change in planned.changes)
    return Verdict.UNVERIFIED if unverified else Verdict.CLEAR


def other_answers(options: ImportOptions) -> Sequence[Answer]:
    """Return every answer that the options do not give, in the order in which the questions are listed."""
    return [
        Answer(name, value)
        for name, assumption in ASSUMPTIONS.items()
        for value in assumption.values
        if value != options.assumptions[name]
    ]
