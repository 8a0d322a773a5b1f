"""The words of a page: the signs of actions, the ranks of severities, and why something is done."""

from collections.abc import Sequence

from assetpkg.planning.changes import Action
from assetpkg.render.findings import sentence_of
from assetpkg.render.screen import plural
from assetpkg.report.compare import CellReport
from assetpkg.report.plan import ChangeReport

SIGNS = {action.word: action.sign for action in Action}
"""The sign of each action, in the order in which they are counted."""

GRAVITY = {word: rank for rank, word in enumerate(("error", "risk", "warning", "info"))}
"""The rank of each severity: errors are reported first."""


def reason_of(change: ChangeReport | CellReport) -> str:
    """Return why something is done, in words."""
    return sentence_of(change.reason).replace("`", "")


def found_sentence(counts: Sequence[tuple[str, int]]) -> str:
    """Return what was found, counted by severity."""
    found = [plural(count, "note" if word == "info" else word) for word, count in counts if count]
    return f"{', '.join(found)} found." if found else "Nothing found."
