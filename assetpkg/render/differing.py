"""What every format for people says of a diff: what becomes of a resource, in words, and which of them are shown."""

from collections.abc import Iterator, Mapping, Sequence

from assetpkg.render.sentences import fits_one, unmatched
from assetpkg.report.diff import DifferenceReport, DiffReport, FilesReport

SIGNS: Mapping[str, str] = {"added": "+", "removed": "-", "changed": "~", "renamed": ">"}
"""The sign of each thing that a resource can become, in the order in which they are counted."""
MEANINGS = {
    "added": "only in the second",
    "removed": "only in the first",
    "changed": "in both, and fields differ",
    "renamed": "the same under another name",
}
"""What the signs mean."""
ALONE = ("added", "removed")
"""What becomes of a resource that only one of the sides has."""
ALIKE = {"id": "the same id", "content": "the same content", "file": "the same file"}
"""By what a renamed resource is known again."""


def shown_of(report: DiffReport, only: Sequence[str]) -> Sequence[DifferenceReport]:
    """Return the resources that differ: all of them, or those of which an address fits a pattern."""
    if not only:
        return report.differences
    return [each for each in report.differences if any(fits_one(name, only) for name in _addresses_of(each))]


def lost_patterns(report: DiffReport, only: Sequence[str]) -> Sequence[str]:
    """Return a sentence for each pattern that fits no resource that differs."""
    addresses = {name for each in report.differences for name in _addresses_of(each)} if only else ()
    return list(unmatched(only, addresses, "resource that differs"))


def _addresses_of(difference: DifferenceReport) -> Sequence[str]:
    return [name for name in (difference.before, difference.after) if name is not None]


def recorded_note(report: DiffReport) -> str:
    """Return why it is not said in which fields resources differ; empty where it is said."""
    if not (report.before.is_recorded or report.after.is_recorded) or not report.differences:
        return ""
    return "The fields that differ are not known: of its target, a saved plan has recorded a digest of each resource."


def counts_in_words(report: DiffReport) -> str:
    """Return how many resources became what; empty where none differs."""
    summary = report.summary
    return ", ".join(f"{getattr(summary, word):,} {word}" for word in SIGNS if getattr(summary, word))


def files_of(files: FilesReport) -> Iterator[tuple[str, str]]:
    """Yield the files that no import uses and that are not the same, each with what became of it."""
    for word, names in (("added", files.added), ("removed", files.removed), ("changed", files.changed)):
        yield from ((word, name) for name in names)
