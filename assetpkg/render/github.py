"""Findings as workflow commands of GitHub Actions: annotations of the lines that they are about.

GitHub shows ten of each level for a step, so the gravest come first, and what is left is counted.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from assetpkg.archive import STANDARD_STREAM
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.findings import Finding, Subject, accepted_in_words, subjects_of, worst_first
from assetpkg.render.places import File, artifact_of, span_of
from assetpkg.render.screen import View, printable

MOST = 10
"""How many annotations of one level GitHub takes from one step."""
LEVELS = {"error": "error", "risk": "warning", "warning": "warning", "info": "notice"}
"""The levels of annotations by the severities of findings."""
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}
_IN_DATA, _IN_PROPERTY = str.maketrans(_DATA), str.maketrans(_PROPERTY)


def render(report: Any, view: View) -> str:
    """Return a command in a line for each finding, as many as GitHub shows, and a line that counts the others."""
    failure = getattr(report, "failure", None)
    if failure is not None:
        return f"{_command('error', {'title': 'assetpkg could not run'}, printable(failure))}\n"
    left = dict.fromkeys(LEVELS.values(), MOST)
    lines, more = [], 0
    subjects = subjects_of(report)
    for level, tell in _commands(subjects, view):
        if left[level]:
            left[level] -= 1
            lines.append(tell())
        else:
            more += 1
    rest = (
        [f"and {plural(more, 'more finding')}"]
        if more
        else []
        if lines
        else [f"nothing found{accepted_in_words(subjects)}"]
    )
    return "".join(f"{line}\n" for line in (*lines, *rest))


def _commands(subjects: list[Subject], view: View) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the level of each annotation, and what tells it: most of very many are only counted."""
    for subject in subjects:
        if subject.failure is not None:
            yield "error", partial(_unread, subject, subject.failure, view.folder)
    owners = {id(finding): subject for subject in subjects for finding in subject.findings}
    for finding in worst_first(finding for subject in subjects for finding in subject.findings):
        level = LEVELS[finding.severity]
        yield level, partial(_annotation, level, owners[id(finding)], finding, view.folder)


def _unread(subject: Subject, failure: str, folder: str) -> str:
    properties = {**_place(artifact_of(subject, None, folder)), "title": "could not be read"}
    return _command("error", properties, printable(failure))


def _annotation(level: str, subject: Subject, finding: Finding, folder: str) -> str:
    file = artifact_of(subject, finding.location.entry, folder)
    properties = _place(file)
    if properties and not file.inside and finding.location.line:
        span = span_of(finding.location)
        properties |= {"line": str(span.line), "endLine": str(span.end_line), "col": str(span.column)}
        if span.line == span.end_line:
            properties["endColumn"] = str(span.end_column)
    told = [finding.message, *([f"> {finding.hint}"] if finding.hint else [])]
    if file.inside:
        told.insert(0, f"{subject.place(finding)}:")
    title = f"{finding.rule} {finding.slug}"
    return _command(level, {**properties, "title": printable(title)}, "\n".join(map(printable, told)))


def _place(file: File) -> dict[str, str]:
    return {} if file.path == STANDARD_STREAM else {"file": printable(file.path)}


def _command(level: str, properties: Mapping[str, str], message: str) -> str:
    said = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{level} {said}::{message.translate(_IN_DATA)}"
