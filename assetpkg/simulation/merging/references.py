"""What refers to what in a merged package: each reference leads to what it led to, or nothing is merged."""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from assetpkg.archive.entries import Entry
from assetpkg.authoring.redact.edits import Branch, edit_document
from assetpkg.documents import INSIDE, split_pointer
from assetpkg.package.index import Resource, lookups
from assetpkg.package.package import Package, load, read_document
from assetpkg.resource.joining import Side
from assetpkg.resource.references import Reference
from assetpkg.resource.walk import read_text
from assetpkg.simulation.merging.clashes import Clash
from assetpkg.simulation.merging.groups import Group, Groups

_SIDES: tuple[tuple[Side, int], ...] = (("a", 1), ("b", 2))


class Merged:
    """A package that was put together, and which group each of its resources is."""

    def __init__(self, package: Package, groups: Groups, entries: Mapping[str, int]) -> None:
        """Take the package, the groups, and the number of the group in each entry."""
        self.package, self._groups, self._entries = package, groups, entries
        self._found = {entries[found.entry]: found for found in package.resources if found.entry in entries}

    def repaired(self) -> tuple["Merged", list[Clash]]:
        """Return the package with references that lead where they led, and those that cannot."""
        changes: dict[str, Branch] = {}
        clashes: list[Clash] = []
        for resource, lost in self._all_lost():
            document = read_document(self.package.archive, resource)
            for reference, wanted in lost:
                value = self._value_for(reference, wanted)
                if value is None:
                    clashes.append(self._clash(resource, reference, wanted))
                    continue
                branch = changes.setdefault(resource.entry, Branch()).at(_steps(document, reference.pointer))
                branch.value = json.dumps(value, ensure_ascii=False)
        if clashes or not changes:
            return self, clashes
        contents = {entry: self._edited(entry, branch) for entry, branch in changes.items()}
        package = load(self.package.archive.with_contents(contents), known=self.package)
        again = Merged(package, self._groups, self._entries)
        return again, [
            again._clash(resource, reference, wanted)
            for resource, lost in again._all_lost()
            for reference, wanted in lost
        ]

    def _all_lost(self) -> Iterator[tuple[Resource, list[tuple[Reference, int]]]]:
        for resource in self.package.resources:
            lost = list(self._lost(resource))
            if lost:
                yield resource, lost

    def doubles(self) -> Iterator[Clash]:
        """Yield what has the same name or the same id as another one, and has not in any of the two packages."""
        by_path: dict[Hashable, list[Resource]] = {}
        by_id: dict[Hashable, list[Resource]] = {}
        for resource in self.package.resources:
            scope = self.package.index.narrow_scope(resource)
            by_path.setdefault((resource.path, scope), []).append(resource)
            if resource.id_given:
                by_id.setdefault((resource.path.kind, resource.id), []).append(resource)
        for members in by_path.values():
            if len(members) > 1 and not self._were_together(members, lambda found: found.path):
                yield Clash(word="same-name", address=str(members[0].path))
        for members in by_id.values():
            if len(members) > 1 and not self._were_together(members, lambda found: found.id):
                groups = [self._group(member) for member in members]
                one = next((group.a.address for group in groups if group.a is not None), members[0].address)
                other = next((group.b.address for group in groups if group.a is None and group.b), members[1].address)
                yield Clash(word="same-id", address=one, other=other, a=members[0].id)

    def _were_together(self, members: list[Resource], key: Callable[[Resource], Hashable]) -> bool:
        for side, _ in _SIDES:
            there = [self._group(member).of(side) for member in members]
            values = {key(found) for found in there if found is not None}
            if None not in there and len(values) == 1:
                return True
        return False

    def _group(self, resource: Resource) -> Group:
        return self._groups.all[self._entries[resource.entry]]

    def _lost(self, resource: Resource) -> Iterator[tuple[Reference, int]]:
        """Yield the references that led to something wherever the resource has them, and do not lead there any more."""
        group = self._group(resource)
        known: dict[tuple[str, tuple[str, ...], str], set[int | None]] = {}
        for side, number in _SIDES:
            was = group.of(side)
            for reference in was.references if was is not None else ():
                key = (reference.kind, reference.by, reference.value)
                known.setdefault(key, set()).add(self._groups.lead(number, reference))
        for reference in resource.references:
            led = known.get((reference.kind, reference.by, reference.value), {None})
            found = self.package.index.resolve(reference)
            now = None if found is None else self._entries[found.entry]
            if now not in led and None not in led:
                yield reference, min(number for number in led if number is not None)

    def _value_for(self, reference: Reference, wanted: int) -> str | None:
        """Return the value by which a reference leads to what is wanted, where there is one."""
        target, group = self._found.get(wanted), self._groups.all[wanted]
        if target is None:
            return None
        now = dict(lookups(target))
        for side, _ in _SIDES:
            was = group.of(side)
            for by, value in lookups(was) if was is not None else ():
                changed = now.get(by)
                if by not in reference.by or value != reference.value or changed is None:
                    continue
                if self.package.index.resolve(reference._replace(value=changed)) is target:
                    return changed
        return None

    def _clash(self, resource: Resource, reference: Reference, wanted: int) -> Clash:
        group = self._groups.all[wanted]
        is_there = wanted in self._found
        return Clash(
            word="reference",
            address=resource.address,
            other=group.address,
            pointers=(reference.pointer,),
            a=None if is_there or group.a is None else group.a.address,
            b=None if is_there or group.b is None else group.b.address,
        )

    def _edited(self, entry: str, branch: Branch) -> bytes:
        found: Entry = self.package.archive.entries[entry]
        return edit_document(found.read().decode(), branch).encode()


def _steps(document: Any, pointer: str) -> Iterator[str | int]:
    """Yield the steps of a pointer into a document: those to an item as numbers."""
    value = document
    for step in split_pointer(pointer):
        if step == INSIDE and isinstance(value, str):
            value = read_text(value)
            yield step
        elif isinstance(value, list):
            value = value[int(step)]
            yield int(step)
        else:
            value = value[step]
            yield step
