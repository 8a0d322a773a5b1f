"""What is wrong with a package, by the files of it, each with its range."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assetpkg.cli.lsp.project import Project
from assetpkg.cli.lsp.texts import NOWHERE, Range
from assetpkg.diagnostics.model import Diagnostic, Severity
from assetpkg.package.package import load
from assetpkg.rules.runner import check
from assetpkg.simulation.many_checks import checked_as

_GRAVITY = {Severity.ERROR: 1, Severity.RISK: 2, Severity.WARNING: 2, Severity.INFO: 3}
"""How grave a finding is, in the numbers of the protocol."""


class Shown(NamedTuple):
    """A finding as an editor shows it, with the title of its rule, what that rests on, and the address of that page."""

    range: Range
    gravity: int
    code: str
    message: str
    title: str
    source: str
    url: str | None


def find(project: Project) -> Mapping[str, Sequence[Shown]]:
    """Return what is wrong with a package, by the paths of its files.

    What is about the package as a whole is shown at its manifest, and what is about a folder in it, too.
    """
    found: dict[str, list[Shown]] = {}
    for each in [*_finished(project), *_unfinished(project)]:
        entry = each.location.entry if project.source_of(each.location.entry) is not None else project.manifest
        found.setdefault(project.path_of(entry), []).append(_shown(project, each, entry))
    return found


def _finished(project: Project) -> Iterator[Diagnostic]:
    for each in checked_as(project.folder, project.package, project.judge, project.assumptions).diagnostics:
        if each.location.entry not in project.unfinished:
            yield each


def _unfinished(project: Project) -> Iterator[Diagnostic]:
    """Yield why the documents that are unfinished are none: of a package that has nothing else."""
    if not project.unfinished:
        return
    archive, manifest = project.package.archive, project.package.layout.manifest
    texts = {entry: project.texts[entry].text.encode() for entry in project.unfinished}
    alone = replace(archive.only({manifest}).with_contents(texts), underlying=None)
    for each in check(load(alone), project.judge.policy):
        if each.location.entry in project.unfinished:
            yield each


def _shown(project: Project, found: Diagnostic, entry: str) -> Shown:
    from assetpkg.render.screen import printable
    from assetpkg.rules.plugins import catalogue_with

    at = "" if entry == found.location.entry or not found.location.entry else f"{found.location.entry}: "
    platform = "" if found.platform_code is None else f" [{found.platform_code}]"
    hint = f"; {found.hint}" if found.hint else ""
    rule = catalogue_with(project.judge.policy.plugins).get(found.code)
    return Shown(
        range=_range(project, found, entry) if not at else NOWHERE,
        gravity=_GRAVITY[found.severity],
        code=found.code,
        message=printable(f"{at}{found.message}{platform}{hint}"),
        title="" if rule is None else rule.title,
        source="" if rule is None else str(rule.source),
        url=None if rule is None else rule.url,
    )


def _range(project: Project, found: Diagnostic, entry: str) -> Range:
    """Return the range of a finding; of one about the whole document, its first character stands for that."""
    place = found.location
    text = project.text_of(entry) if place.line is not None and place.column is not None else None
    if text is None or place.line is None or place.column is None:
        return NOWHERE
    start = text.offset_of(place.line, place.column)
    if place.end_line is None or place.end_column is None or not place.pointer:
        return text.range(start, start if place.end_line is None else min(start + 1, len(text.text)))
    return text.range(start, text.offset_of(place.end_line, place.end_column))
