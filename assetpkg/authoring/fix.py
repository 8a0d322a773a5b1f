"""What is wrong with the files of a package, corrected where there is one way to do it that changes no meaning."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from assetpkg.archive.edit_folder import FileEdit, edit_folder
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.archive.zip.clashes import fold
from assetpkg.archive.zip.faults import shown_name
from assetpkg.diagnostics.model import Diagnostic, Location, Problem, Rule
from assetpkg.documents import InvalidDocument
from assetpkg.package.beside import as_in_folder, as_whole, beside_of
from assetpkg.package.package import Package, as_written, load
from assetpkg.rules import fault_rules, package_rules
from assetpkg.rules.fixes import WITHOUT_MARK
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import run

_NO_FOLDER = "only the files of a folder are fixed; unzip it, fix the folder, and pack that"
_FOREIGN = "the files of another layout have their own form; write it in the own one with 'assetpkg convert'"
_TAKEN = "another file has that name"
_TOGETHER = "a text of a resource is in a file of its own, and both names go together"
_WORSE = "something else would be found in the package then"
_NO_MANIFEST = "it would still not be the manifest of a package"
_ROUNDS = 20
"""How often the whole is looked at again; only a document that was made for it has more to correct."""

Found = tuple[Rule, Problem]


@dataclass(frozen=True, kw_only=True)
class FixedFile:
    """A file that was corrected, or would be; or one whose findings could be, and that was left."""

    entry: str
    """Its name in the package, as it was."""
    codes: tuple[str, ...]
    """The rules whose findings in it are gone, or are left."""
    renamed_to: str | None = None
    """Its new name, if it has one."""
    before: bytes = field(default=b"", repr=False)
    """Its content before."""
    after: bytes = field(default=b"", repr=False)
    """Its content afterwards."""
    reason: str | None = None
    """Why it was left; `None` for what was corrected."""


@dataclass(frozen=True, kw_only=True)
class Fixing:
    """A package without the findings that can be corrected in one way."""

    package: Package
    """The package, corrected."""
    source: Package
    """The package as it was."""
    files: tuple[FixedFile, ...]
    """The files that were corrected, and those that were left, in the order of their names."""

    @property
    def changed(self) -> tuple[FixedFile, ...]:
        """The files that were corrected."""
        return tuple(file for file in self.files if file.reason is None)

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write the corrected files in the folder that the package was read from: all of them, or none.

        Raises `CannotWrite` when a file cannot be written, or is not any more as it was read.
        """
        edits: list[FileEdit] = []
        for file in self.changed:
            new = file.renamed_to is not None
            edits.append(FileEdit(file.renamed_to or file.entry, None if new else file.before, file.after))
            edits += [FileEdit(file.entry, file.before, None)] if new else []
        edit_folder(folder, edits, private=self.source.holds_credentials)


class _Edit(NamedTuple):
    """What a file is called, and what it holds, afterwards."""

    name: str
    content: bytes


def fix(package: Package, policy: Policy | None = None) -> Fixing:
    """Return the package of a folder without the findings that can be corrected in one way; nothing is written.

    Only what counts under the `policy` is corrected, and nothing where something else would be found afterwards; a file
    that could not be read before is looked into for the first time. A zip is left as it is.
    """
    work = _Work(as_written(package), policy or Policy())
    for _ in range(_ROUNDS):
        if not work.go_on():
            break
    return work.result()


class _Work:
    """The files as they are by now, and what was done to them."""

    def __init__(self, package: Package, policy: Policy) -> None:
        self._source, self._made, self._policy = package, package, policy
        self._origins: dict[str, str] = {}
        self._codes: dict[str, set[str]] = {}
        self._left: dict[str, tuple[frozenset[str], str]] = {}

    def go_on(self) -> bool:
        """Correct all that is found now; say whether there may be more."""
        found = self._found()
        edits: dict[str, _Edit] = {}
        for entry, members in found.items():
            codes = frozenset(rule.code for rule, _ in members)
            edit, reason = self._edit(entry, members)
            if edit is None:
                self._left[entry] = (codes, reason)
            else:
                edits[entry] = edit
        if not edits:
            return False
        made = self._load(edits)
        blamed, reason = self._blamed(made, edits, found)
        for entry in blamed:
            self._left[entry] = (frozenset(rule.code for rule, _ in found[entry]), reason)
        if not blamed:
            for entry, edit in edits.items():
                origin = self._origins.pop(entry, entry)
                self._origins[edit.name] = origin
                self._codes.setdefault(origin, set()).update(rule.code for rule, _ in found[entry])
            self._made = made
        return True

    def _found(self) -> Mapping[str, Sequence[Found]]:
        """Return what can be corrected, by its entry: first the marks, since nothing is known of what is after them."""
        rules = [rule for rule in (*package_rules(), *fault_rules()) if rule.fixable]
        every = [(rule, problem.located()) for rule, problem in run(rules, self._made)]
        wanted = [each for each in every if each[1].entry not in self._left and self._counts(*each)]
        marked = [each for each in wanted if each[0].fix is WITHOUT_MARK]
        by_entry: dict[str, list[Found]] = {}
        for each in marked or wanted:
            by_entry.setdefault(each[1].entry, []).append(each)
        return by_entry

    def _counts(self, rule: Rule, problem: Problem) -> bool:
        place = Location(problem.entry, problem.pointer)
        diagnostic = Diagnostic(rule.code, rule.slug, rule.severity, problem.message, problem.hint, place)
        return bool(self._policy.apply([diagnostic], self._made.layout))

    def _edit(self, entry: str, members: Sequence[Found]) -> tuple[_Edit | None, str]:
        """Return what becomes of a file, or why it is left: without a reason, if there is no one way to correct it."""
        folder = as_in_folder(self._made.archive)
        known = folder.entries.get(entry)
        if known is None:
            return None, ""
        try:
            before = content = known.read()
            for way in dict.fromkeys(rule.fix for rule, _ in members if rule.fix is not None):
                if way.content is not None:
                    content = way.content(content, [each.pointer for rule, each in members if rule.fix == way])
        except (UnreadableEntry, InvalidDocument, ValueError):
            return None, ""
        names = [rule.fix.name(entry) for rule, _ in members if rule.fix is not None and rule.fix.name is not None]
        name = names[0] if names else entry
        if (name, content) == (entry, before):
            return None, ""
        refusal = self._refusal(entry, name)
        if refusal and name != entry and content != before:
            # Its name is looked at again, alone.
            name, refusal = entry, self._refusal(entry, entry)
        return (None, refusal) if refusal else (_Edit(name, content), "")

    def _refusal(self, entry: str, name: str) -> str:
        """Return why a file cannot be changed, or not be renamed; empty where it can."""
        made = self._made
        if not made.layout.is_own:
            return _FOREIGN
        if not made.archive.is_folder:
            return _NO_FOLDER
        if name == entry:
            return ""
        if any(fold(other) == fold(name) for other in as_in_folder(made.archive).entries if other != entry):
            return _TAKEN
        return _TOGETHER if self._has_texts(entry) else ""

    def _has_texts(self, entry: str) -> bool:
        beside = beside_of(self._made.archive)
        return beside is not None and (entry in beside.texts or beside.holder_of(entry) is not None)

    def _load(self, edits: Mapping[str, _Edit]) -> Package:
        folder = as_in_folder(self._made.archive)
        entries = {name: entry for name, entry in folder.entries.items() if name not in edits}
        for name, content in edits.values():
            entries[name] = Entry(name, len(content), partial(bytes, content))
        renamed = {shown_name(entry) for entry, edit in edits.items() if edit.name != entry}
        archive = replace(
            folder,
            entries=MappingProxyType({name: entries[name] for name in sorted(entries)}),
            faults=tuple(each for each in folder.faults if each[0] not in renamed),
        )
        return load(as_whole(archive, self._made.layout, lifted=False), known=self._made)

    def _blamed(
        self, made: Package, edits: Mapping[str, _Edit], found: Mapping[str, Sequence[Found]]
    ) -> tuple[Sequence[str], str]:
        """Return the files that are better left, and why: nothing else may be found than what was there before."""
        if any(rule.fix is WITHOUT_MARK for members in found.values() for rule, _ in members):
            manifest = made.layout.manifest
            return ([manifest], _NO_MANIFEST) if manifest in edits and not made.understood else ((), "")
        names = {entry: edit.name for entry, edit in edits.items()}
        before = Counter({(code, names.get(at, at)): number for (code, at), number in _numbers(self._made).items()})
        worse = {entry for (_, entry), _ in (_numbers(made) - before).items()}
        return [entry for entry in edits if names[entry] in worse] or (list(edits) if worse else ()), _WORSE

    def result(self) -> Fixing:
        """Return what was done."""
        before, after = as_in_folder(self._source.archive).entries, as_in_folder(self._made.archive).entries
        files = [
            FixedFile(
                entry=origin,
                codes=tuple(sorted(self._codes[origin])),
                renamed_to=name if name != origin else None,
                before=before[origin].read(),
                after=after[name].read(),
            )
            for name, origin in self._origins.items()
        ]
        files += [
            FixedFile(entry=self._origins.get(name, name), codes=tuple(sorted(codes)), reason=reason)
            for name, (codes, reason) in self._left.items()
            if reason
        ]
        return Fixing(package=self._made, source=self._source, files=tuple(sorted(files, key=lambda each: each.entry)))


def _numbers(package: Package) -> Counter[tuple[str, str]]:
    """Return how much every rule finds in every entry."""
    numbers: Counter[tuple[str, str]] = Counter()
    for rule, problem in run((*package_rules(), *fault_rules()), package):
        numbers[rule.code, problem.located().entry] += 1 + problem.more
    return numbers
