"""Findings in a line each, `path/file:line:column: CODE message`, as editors and other programs read them."""

from collections.abc import Iterator
from typing import Any

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.findings import Subject, accepted_in_words, count, found_in_words, subjects_of
from assetpkg.render.screen import printable


def render(report: Any, _: object = None) -> str:
    """Return a line for each finding, in the order of the report, and at last how many there are."""
    subjects = subjects_of(report)
    return "\n".join([*(line for subject in subjects for line in _lines(subject)), _total(subjects)]) + "\n"


def _lines(subject: Subject) -> Iterator[str]:
    if subject.failure is not None:
        yield f"{printable(subject.path)}: error: {printable(subject.failure)}"
    for finding in subject.findings:
        yield f"{printable(subject.place(finding))}: {printable(finding.rule)} {printable(finding.message)}"


def _total(subjects: list[Subject]) -> str:
    counts = count(finding for subject in subjects for finding in subject.findings)
    found = found_in_words(counts)
    failed = sum(subject.failure is not None for subject in subjects)
    unread = f"; {plural(failed, 'file')} could not be read" if failed else ""
    return f"{found or 'nothing found'}{accepted_in_words(subjects)}{unread}"
