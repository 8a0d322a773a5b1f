"""By what an archive of a layout may be recognised, and where its asset version may be."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from posixpath import commonpath
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.words import is_secret_word
from assetpkg.documents import join_pointer
from assetpkg.layouts.declaration import MarkedValue, Marks, VersionPlace
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.grouping import Group
from assetpkg.layouts.learning.observing import Observed
from assetpkg.layouts.learning.patterns import without_numbers
from assetpkg.layouts.learning.vocabulary import words_of

_MARKING = frozenset({
    "format", "schema", "layout", "type", "kind", "tool", "exporter", "export", "generator", "origin", "source",
    "product", "bundle", "dump", "set", "payload", "producer", "application", "creator", "saved", "by", "格式", "类型",
})  # fmt: skip
"""Words of the names of members that say what made a file, or what it is."""
_OF_OTHERS = frozenset({"openapi", "swagger", "dependencies", "devDependencies", "$schema", "compilerOptions", "info"})
"""Members of documents that are known well, and say nothing about an export."""
_VERSION = re.compile(r"v?[0-9]{1,4}(?:\.[0-9]{1,6}){0,3}")
_OTHER_VERSIONS = frozenset({"format", "schema", "api", "tool", "exporter"})
_LONGEST_VALUE = 80
_SURE = 3.0
_MOST_SHOWN = 6
_MOST_GLOBS = 3


class Candidate(NamedTuple):
    """A place that may say something about the whole archive, and how likely that is."""

    entry: str
    pointer: str
    value: str | int | float
    score: float


def find_marks(entries: Sequence[Observed], groups: Sequence[Group], number: int) -> tuple[Marks, Sequence[Candidate]]:
    """Return the marks of a layout, and the other values that may be some; `number` archives have to have them all."""
    found = _everywhere(_marking(entries, groups), number)
    if found:
        best = found[0]
        value = best.value if isinstance(best.value, (str, int)) else None
        marked = MarkedValue(entry=best.entry, pointer=best.pointer, value=value)
        return Marks(entries=[best.entry], values=[marked]), found[1:_MOST_SHOWN]
    largest = sorted(groups, key=lambda group: (-sum(len(part.items) for part in group.parts), group.entries))
    names = dict.fromkeys(entry for group in largest for entry in group.entries[:1])
    return Marks(entries=sorted(list(names)[:_MOST_GLOBS])), ()


def find_version(
    entries: Sequence[Observed], groups: Sequence[Group], marks: Marks, number: int
) -> tuple[VersionPlace | None, Sequence[Candidate]]:
    """Return where the asset version is, if one place is likelier than all others, and these others."""
    marked = {value.entry for value in marks.values}
    found = _everywhere(_versions(entries, groups, marked), number)
    if found and found[0].score >= _SURE and (len(found) == 1 or found[1].score < found[0].score):
        best = found[0]
        return VersionPlace(entry=best.entry, pointer=best.pointer), found[1:_MOST_SHOWN]
    return None, found[:_MOST_SHOWN]


def _everywhere(candidates: Sequence[tuple[int, Candidate]], number: int) -> list[Candidate]:
    """Return the candidates that all archives have, the likeliest first; marks with the same value in each."""
    archives: dict[tuple[str, str, Any], set[int]] = {}
    first: dict[tuple[str, str, Any], Candidate] = {}
    for archive, candidate in candidates:
        key = candidate.entry, candidate.pointer, candidate.value
        archives.setdefault(key, set()).add(archive)
        first.setdefault(key, candidate)
    found = [first[key] for key, known in archives.items() if len(known) == number]
    return sorted(found, key=lambda each: (-each.score, each.entry.count("/"), each.entry, each.pointer))


def _marking(entries: Sequence[Observed], groups: Sequence[Group]) -> list[tuple[int, Candidate]]:
    found = []
    for observed, pointer, key, value, score in _plain_values(entries, groups):
        words = set(words_of(key))
        if not words & _MARKING or not isinstance(value, str) or not value or len(value) > _LONGEST_VALUE:
            continue
        if "version" in words or value[:1].isdecimal():
            continue
        found.append(
            (
                observed.archive,
                Candidate(without_numbers(observed.name), pointer, value, score + 1 - 0.5 * pointer.count("/")),
            )
        )
    return found


def _versions(entries: Sequence[Observed], groups: Sequence[Group], marked: set[str]) -> list[tuple[int, Candidate]]:
    found = []
    for observed, pointer, key, value, near in _plain_values(entries, groups):
        words = words_of(key)
        if not words or words[-1] not in {"version", "版本"} or not _VERSION.fullmatch(str(value)):
            continue
        likely = (
            near + 2.0 + ("asset" in words) + 2 * (without_numbers(observed.name) in marked) - 0.5 * pointer.count("/")
        )
        likely += 0.5 * isinstance(value, str) - 1.5 * bool({*words} & _OTHER_VERSIONS)
        # Versions differ from archive to archive: that there is one is what counts.
        found.append((observed.archive, Candidate(without_numbers(observed.name), pointer, "", likely)))
    return found


def _plain_values(
    entries: Sequence[Observed], groups: Sequence[Group]
) -> Iterator[tuple[Observed, str, str, str | int | float, float]]:
    """Yield the plain members near the top of documents that may be about the whole archive, and how likely each is."""
    held: Counter[str] = Counter(item.observed.name for group in groups for _, item in group.items)
    one_of_many = {
        item.observed.name
        for group in groups
        if not group.steps or any(STAR in entry for entry in group.entries)
        for _, item in group.items
    }
    together = commonpath([name.rpartition("/")[0] for name in held]) if held else ""
    for observed in entries:
        content = observed.content
        if observed.form != "json" or not isinstance(content, dict) or "!/" in observed.name:
            continue
        name = observed.name
        if name in one_of_many or (name not in held and _OF_OTHERS & content.keys()) or STAR in name:
            continue
        folder = name.rpartition("/")[0]
        above = not folder or any(below.startswith(f"{folder}/") for below in held)
        share = 2.0 * held[name] / held.total() if name in held else 0.5 + 0.5 * above + (folder == together)
        for pointer, key, value in _near_the_top(content):
            said = f"{name} {pointer} {value}"
            if not is_secret_word(key) and mask_line(said) == said and mask_line(str(value)) == str(value):
                yield observed, pointer, key, value, share


def _near_the_top(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str | int | float]]:
    for key, value in content.items():
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            yield join_pointer([key]), key, value
        elif isinstance(value, dict) and len(value) < _LONGEST_VALUE:
            for inner, plain in value.items():
                if isinstance(plain, (str, int, float)) and not isinstance(plain, bool):
                    yield join_pointer([key, inner]), inner, plain
