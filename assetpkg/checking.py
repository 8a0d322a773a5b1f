"""Running rules: problems become diagnostics, with code and severity stamped on and places made concrete."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from assetpkg import documents
from assetpkg.archive import Archive, UnreadableEntry
from assetpkg.diagnostics import Diagnostic, Location, Problem, Rule
from assetpkg.documents import INSIDE
from assetpkg.package import Package
from assetpkg.policy import Policy
from assetpkg.rules import package_rules, team_rules
from assetpkg.texts import mask_line

if TYPE_CHECKING:
    from assetpkg.team_schemas import TeamSchemas

Found = tuple[Rule, Problem]


def check(package: Package, policy: Policy | None = None, schemas: "TeamSchemas | None" = None) -> list[Diagnostic]:
    """Return everything that is wrong with a package by itself, in the order of entries and places.

    A `policy` has a say in what counts, and how much; `schemas` are a team's own, for resources of some kinds.
    """
    return tell(find_all(package, schemas), policy)


def find_all(package: Package, schemas: "TeamSchemas | None" = None) -> list[Diagnostic]:
    """Return what `check` goes by: everything, in the words of the package itself."""
    return diagnose(package.archive, [*run(package_rules(), package), *check_team_schemas(package, schemas)])


def tell(diagnostics: Iterable[Diagnostic], policy: Policy | None = None) -> list[Diagnostic]:
    """Return the diagnostics that count, with every credential in their texts replaced."""
    return [_told(diagnostic) for diagnostic in (policy or Policy()).apply(diagnostics)]


def check_team_schemas(package: Package, schemas: "TeamSchemas | None") -> Iterator[Found]:
    """Yield what a team's own schemas refuse in a package, whose documents are read again for it."""
    if schemas is None:
        return iter(())
    from assetpkg.rules.team import Governed

    return run(team_rules(), Governed(package, schemas))


def run(rules: Iterable[Rule], subject: Any) -> Iterator[Found]:
    """Yield what the rules find in `subject`."""
    for rule in rules:
        for problem in rule.find(subject):
            yield rule, problem


def diagnose(archive: Archive, found: Iterable[Found]) -> list[Diagnostic]:
    """Stamp each problem with its rule, and find its line and column in the entry's real bytes."""
    by_entry: dict[str, list[Found]] = {}
    for rule, problem in found:
        by_entry.setdefault(problem.entry, []).append((rule, problem))
    diagnostics: list[Diagnostic] = []
    for entry, members in by_entry.items():
        text = _text(archive, entry)
        diagnostics.extend(_stamp(rule, problem, text) for rule, problem in members)
    return sorted(diagnostics, key=_order)


def _stamp(rule: Rule, problem: Problem, text: str | None) -> Diagnostic:
    return Diagnostic(
        code=rule.code,
        slug=rule.slug,
        severity=rule.severity,
        message=problem.message,
        hint=problem.hint,
        location=_locate(problem, text),
        platform_code=problem.platform_code,
        address=problem.address,
    )


def _told(diagnostic: Diagnostic) -> Diagnostic:
    place = diagnostic.location
    return diagnostic._replace(
        message=mask_line(diagnostic.message),
        hint=mask_line(diagnostic.hint),
        location=place._replace(entry=mask_line(place.entry), pointer=mask_line(place.pointer)),
        address=None if diagnostic.address is None else mask_line(diagnostic.address),
    )


def _locate(problem: Problem, text: str | None) -> Location:
    offset = problem.offset
    if text is not None and offset is None and (problem.pointer or problem.entry.endswith(".json")):
        offset = _nearest(text, problem)
    elif text is not None and offset is not None and problem.pointer.endswith(f"/{INSIDE}"):
        offset = _inside(text, problem.pointer, offset)
    if text is None or offset is None:
        return Location(entry=problem.entry, pointer=problem.pointer)
    line, column = documents.line_and_column(text, offset)
    return Location(entry=problem.entry, pointer=problem.pointer, line=line, column=column)


def _inside(text: str, pointer: str, offset: int) -> int | None:
    """Return the offset in `text` of the character at `offset` of the string that the pointer leads into."""
    try:
        start = documents.locate(text, pointer.removesuffix(f"/{INSIDE}"))
    except (ValueError, IndexError):
        return offset
    return documents.offset_in_string(text, start, offset) if start is not None and text[start] == '"' else offset


def _nearest(text: str, problem: Problem) -> int | None:
    """Return the offset of the pointer's place, or of the nearest place above it that is there."""
    steps = documents.split_pointer(problem.pointer)
    for length in range(len(steps), 0, -1):
        pointer = documents.join_pointer(steps[:length])
        try:
            found = documents.locate(text, pointer, at_key=problem.at_key and length == len(steps))
        except (ValueError, IndexError):
            return None
        if found is not None:
            return found
    return documents.skip_space(text, 0)


def _text(archive: Archive, entry: str) -> str | None:
    if entry not in archive.entries:
        return None
    try:
        return archive.entries[entry].read().decode("utf-8", "replace")
    except UnreadableEntry:
        return None


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str, str]:
    place = diagnostic.location
    return place.entry, place.line or 0, place.column or 0, diagnostic.code, place.pointer, diagnostic.message
