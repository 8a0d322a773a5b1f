"""What was changed in a view put back into the archive, at the places that it came from."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive, in_order
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.archive.zip import write_zip
from assetpkg.archive.zip.patching import patch_zip
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer, split_pointer
from assetpkg.errors import InvalidPackage
from assetpkg.kinds.kind import fields_of
from assetpkg.layouts.edits import Changes, edited
from assetpkg.layouts.finding import Found, NotTaken
from assetpkg.layouts.forms import CODED, FORMS, Steps, shown_pointer
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.nesting import INTO, Nest
from assetpkg.layouts.translating import Provenance, Translation, Wording
from assetpkg.layouts.view import UNUSED, View
from assetpkg.limits import Limits
from assetpkg.resource.walk import NO_FIELDS, Fields, fields_below


def restore(view: View, entries: Mapping[str, Entry]) -> Archive:
    """Return the archive of a view whose entries are these now; the very archive, if nothing has changed.

    Raises `InvalidPackage` for a change that has no place in the archive, with the reason.
    """
    contents, gone = _changed(view, entries)
    if not contents and not gone:
        return view.archive
    archive = _rebuilt(view, contents, gone)
    _verify(view, entries, archive)
    return archive


def changes_in(view: View, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Yield the entry and the pointer of every value of the archive that is changed."""
    for changes in _all_changes(view, entries).values():
        for steps in changes.steps:
            yield changes.entry, shown_pointer(steps)


def _changed(view: View, entries: Mapping[str, Entry]) -> tuple[dict[str, bytes], set[str]]:
    """Return the entries of the archive that have other bytes, and those that are gone."""
    contents: dict[str, bytes] = {}
    gone = {found.entry for name, found in view.found.items() if not found.at and name not in entries}
    for inside, changes in _all_changes(view, entries).items():
        if inside not in gone:
            contents[inside] = edited(view.source(inside), changes)
    for name, entry in entries.items():
        if name not in view.found and name not in view.rest and entry is not view.entries.get(name):
            content = entry.read()
            if name not in view.nest.entries or content != _content(view, name):
                contents[name] = content
    for name in view.nest.entries:
        if name not in view.by_entry and name not in entries and name not in view.needed:
            gone.add(name)
    return contents, gone


def _all_changes(view: View, entries: Mapping[str, Entry]) -> dict[str, Changes]:
    found: dict[str, Changes] = {}

    def of(entry: str) -> Changes:
        return found.setdefault(entry, Changes(entry))

    _refuse_orphans(view, entries)
    for name, resource in view.found.items():
        entry = entries.get(name)
        if entry is None:
            if resource.at:
                of(resource.entry).drop(resource.at)
        elif entry is not view.entries[name]:
            _Comparison(view, resource, of).run(entry.read())
    for name, source in view.rest.items():
        entry = entries.get(name)
        if entry is not None and entry is not view.entries[name]:
            _compare_rest(view, name, source, entry.read(), of(source))
    return {entry: changes for entry, changes in found.items() if changes.steps}


@dataclass(frozen=True)
class _Comparison:
    """The document of a resource before and after, and where its changes are noted."""

    view: View
    found: Found
    of: Callable[[str], Changes]

    def run(self, content: bytes) -> None:
        """Note what is different now."""
        new = documents.parse(content, self.view.limits.for_copies())
        try:
            translation = self.view.translated(self.found)
        except InvalidDocument:
            raise self._refused((), "its document cannot be read there") from None
        fields = fields_of(self.view.wording(self.found).kind)
        self._object(translation, translation.document, new, (), fields)

    @property
    def _wording(self) -> Wording:
        return self.view.wording(self.found)

    def _object(self, known: Translation, old: Any, new: Any, steps: Steps, fields: Fields) -> None:
        renamed = _renamed(old, new)
        for key in [*old, *(key for key in new if key not in old and key not in renamed.values())]:
            here = (*steps, key)
            inner = fields_below(fields.get(key), new) if fields else NO_FIELDS
            if key in renamed:
                provenance = self._provenance(known, here)
                self.of(provenance.entry).rename(provenance.steps, renamed[key])
                self._value(known, old[key], new[renamed[key]], here, inner)
            elif key not in new:
                provenance = self._provenance(known, here)
                if provenance.at_key or provenance.steps[: len(self.found.steps)] != self.found.steps:
                    raise self._refused(here, "it is inherited there, and cannot be taken away for one resource")
                self.of(provenance.entry).drop(provenance.steps)
            elif key not in old:
                above = known.origins.get(steps)
                if above is None:
                    raise self._refused(here, "what it belongs to is not one object there")
                there = self._wording.steps_there(here, above, fields)
                value = self._wording.translated_back(new[key], inner)
                self.of(above.entry).add(there[:-1], str(there[-1]), value)
            else:
                self._value(known, old[key], new[key], here, inner)

    def _value(self, known: Translation, old: Any, new: Any, steps: Steps, fields: Fields) -> None:
        if same(old, new):
            return
        provenance = known.origins.get(steps)
        if isinstance(old, dict) and isinstance(new, dict) and self._is_open(known, steps, old):
            self._object(known, old, new, steps, fields)
        elif (
            isinstance(old, list)
            and isinstance(new, list)
            and len(old) == len(new)
            and self._is_open(known, steps, range(len(old)))
        ):
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                self._value(known, before, after, (*steps, index), fields)
        elif provenance is None:
            raise self._refused(steps, "it is put together from several places there")
        else:
            self._put(provenance, new, steps, fields)

    def _is_open(self, known: Translation, steps: Steps, members: Any) -> bool:
        """Say whether the members of a value came each from a place of its own."""
        return all((*steps, member) in known.origins for member in members)

    def _put(self, provenance: Provenance, new: Any, steps: Steps, fields: Fields) -> None:
        if provenance.fixed:
            raise self._refused(steps, f"it is {provenance.fixed}")
        if provenance.at_key:
            if not isinstance(new, str):
                raise self._refused(steps, "it is the name of a member there")
            self.of(provenance.entry).rename(provenance.steps, new)
            return
        value = new if self._wording.is_rows else self._wording.translated_back(new, fields)
        self.of(provenance.entry).replace(provenance.steps, value)

    def _provenance(self, known: Translation, steps: Steps) -> Provenance:
        provenance = known.origins.get(steps)
        if provenance is None:
            raise self._refused(steps, "it is put together from several places there")
        if provenance.fixed:
            raise self._refused(steps, f"it is {provenance.fixed}")
        return provenance

    def _refused(self, steps: Steps, reason: str) -> InvalidPackage:
        return InvalidPackage(f"'{join_pointer(steps)}' of '{self.found.name}' cannot be put back: {reason}")


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Return the members that are at the same place with the same value, and only called otherwise."""
    if len(old) != len(new):
        return {}
    return {
        before: after
        for before, after in zip(old, new, strict=True)
        if before not in new and after not in old and same(old[before], new[after])
    }


def same(one: Any, other: Any) -> bool:
    """Say whether two values are the same, and of the same types; the order of members does not count."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _compare_rest(view: View, name: str, source: str, content: bytes, changes: Changes) -> None:
    """Note what has changed in what is left of an entry, whose values are where they are in the entry."""
    before = view.entries[name].read()
    if content == before:
        return
    form = "json" if name.startswith(f"{source}{UNUSED}") else view.source(source).form
    try:
        old = FORMS[form](before, view.limits).value
        new = FORMS[form](content, view.limits.for_copies()).value
    except InvalidDocument:
        raise InvalidPackage(f"what was changed in '{source}' cannot be put back: it is not {form} any more") from None
    if name.startswith(f"{source}{UNUSED}"):
        for pointer, value in old.items():
            coded = [CODED if step == INSIDE and _is_coded(view, source) else step for step in split_pointer(pointer)]
            _compare_plain(value, new.get(pointer, value), tuple(coded), changes)
    else:
        _compare_plain(old, new, (), changes)


def _is_coded(view: View, source: str) -> bool:
    return any(found.steps and found.steps[-1] == CODED for found in view.by_entry[source])


def _compare_plain(old: Any, new: Any, steps: Steps, changes: Changes) -> None:
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            if before != after:
                changes.rename((*steps, before), after)
            _compare_plain(old[before], new[after], (*steps, before), changes)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            _compare_plain(before, after, (*steps, index), changes)
    else:
        changes.replace(steps, new)


def _refuse_orphans(view: View, entries: Mapping[str, Entry]) -> None:
    """Raise `InvalidPackage` where a resource goes, and one that is inside of it stays."""
    gone = {(found.entry, found.at): found for name, found in view.found.items() if name not in entries}
    if not gone:
        return
    for name, found in view.found.items():
        for depth in range(len(found.at)) if name in entries else ():
            around = gone.get((found.entry, found.at[:depth]))
            if around is not None:
                raise InvalidPackage(
                    f"'{around.name}' cannot be taken away, since '{name}' is inside of it; make a package of the own "
                    "layout with 'assetpkg convert', and use that"
                )


def _rebuilt(view: View, contents: Mapping[str, bytes], gone: set[str]) -> Archive:
    """Return the archive with other bytes for some entries, and without others."""
    changed = dict(contents)
    removed = set(gone)
    for outer in sorted(view.nest.opened, key=lambda name: -name.count(INTO)):
        above = f"{outer}{INTO}"
        if any(name.startswith(above) for name in (*changed, *removed)):
            changed[outer] = _zipped(view, outer, changed, removed)
    entries = {name: entry for name, entry in view.archive.entries.items() if name not in removed}
    tops = {name: content for name, content in changed.items() if name in entries or name not in view.nest.entries}
    for name, content in tops.items():
        if not any(name.startswith(f"{outer}{INTO}") for outer in view.nest.opened):
            entries[name] = Entry(name, len(content), partial(bytes, content))
    return replace(view.archive, entries=in_order(entries), size=None, file_name=None)


def _zipped(view: View, outer: str, changed: Mapping[str, bytes], removed: set[str]) -> bytes:
    inner = {name: changed[whole] for name in view.nest.inside(outer) if (whole := f"{outer}{INTO}{name}") in changed}
    if not any(name.startswith(f"{outer}{INTO}") for name in removed):
        patched = patch_zip(view.nest.content(outer), inner, view.limits, names_encoding=view.archive.names_encoding)
        if patched is not None:
            return patched
    pieces = []
    for name in view.nest.inside(outer):
        whole = f"{outer}{INTO}{name}"
        if whole not in removed:
            read = partial(bytes, changed[whole]) if whole in changed else partial(view.nest.read, outer, name)
            pieces.append((name, read))
    try:
        return b"".join(write_zip(pieces))
    except (ValueError, UnreadableEntry) as error:
        raise InvalidPackage(f"cannot pack '{outer}' again: {error}") from None


def _verify(view: View, entries: Mapping[str, Entry], archive: Archive) -> None:
    """Raise `InvalidPackage` where the archive does not say of each resource what the view says of it."""
    try:
        again = View(view.layout, archive, Nest(archive, [glob_of(text) for text in view.layout.archives]))
    except NotTaken as refused:
        raise InvalidPackage(f"the changes cannot be put back: {refused}") from None
    wanted = Counter(_document(entries[name], view.limits) for name in view.found if name in entries)
    there = Counter(_document(again.entries[name], view.limits) for name in again.found)
    if wanted == there:
        return
    missing = wanted - there
    changed = (name for name in view.found if name in entries and _document(entries[name], view.limits) in missing)
    raise InvalidPackage(
        f"'{next(changed, view.archive.origin)}' cannot be put back: the archive would say something else of it, since "
        "a value is inherited by others, is a part of the layout, or cannot be written there"
    )


def _document(entry: Entry, limits: Limits) -> str:
    try:
        content = entry.read()
    except UnreadableEntry as error:
        return str(error)
    try:
        return json.dumps(documents.parse(content, limits.for_copies()), sort_keys=True)
    except InvalidDocument:
        return content.decode("utf-8", "replace")


def _content(view: View, entry: str) -> bytes:
    return view.nest.entries[entry].read()
