"""The words of a page: what was found, and why something is done."""

from collections.abc import Sequence

from assetpkg.render.findings import found_in_words, sentence_of
from assetpkg.report.compare import CellReport
from assetpkg.report.plan import ChangeReport


def reason_of(change: ChangeReport | CellReport) -> str:
    """Return why something is done, in words."""
    return sentence_of(change.reason).replace("`", "")


def found_sentence(counts: Sequence[tuple[str, int]]) -> str:
    """Return what was found, counted by severity."""
    return f"{found_in_words(dict(counts)) or 'Nothing'} found."
