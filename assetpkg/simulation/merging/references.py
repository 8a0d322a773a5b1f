"""What refers to what in a merged package: each reference leads to what it led to, or nothing is merged."""

import json
from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from assetpkg.archive.entries import Entry
from assetpkg.authoring.redact.edits import Branch, edit_document
from assetpkg.documents import INSIDE, split_pointer
from assetpkg.package.index import Resource, lookups
from assetpkg.package.package import Package, load, read_document
from assetpkg.resource.inspection import scope_field
from assetpkg.resource.joining import Side
from assetpkg.resource.references import Reference
from assetpkg.resource.walk import read_text
from assetpkg.simulation.merging.clashes import Clash
from assetpkg.simulation.merging.groups import Group, Groups

_SIDES: tuple[tuple[Side, int], ...] = (("a", 1), ("b", 2))
_Key = tuple[str, tuple[str, ...], str]
"""What a reference says, wherever it is: the kind, the fields by which it finds one, and the value."""
_Put = Mapping[tuple[str, str], int]
"""The references that were edited, by file and pointer, each with the number of the group that it was to lead to."""
_NOTHING: _Put = MappingProxyType({})


class Merged:
    """A package that was put together, and which group each of its resources is."""

    def __init__(
        self, package: Package, groups: Groups, entries: Mapping[str, int], prefer: Side | None, edited: _Put = _NOTHING
    ) -> None:
        """Take the package, the groups, the number of the group in each entry, and the side to prefer."""
        self.package, self._groups, self._entries, self._prefer = package, groups, entries, prefer
        self._found = {entries[found.entry]: found for found in package.resources if found.entry in entries}
        self._edited = edited

    def repaired(self) -> tuple["Merged", list[Clash]]:
        """Return the package with references that lead where they led, and those that cannot."""
        merged = self
        while True:
            edits, clashes = merged._edits()
            if clashes or not edits:
                return merged, clashes
            merged = merged._with(edits)

    def _edits(self) -> tuple[Mapping[tuple[str, str], tuple[str, int]], list[Clash]]:
        """Return the references to edit, each with its value and the group that it is to lead to; or the clashes.

        A resource without an id is found by one that is derived from the names above it. So what leads to such a one
        waits until those names are right.
        """
        edits: dict[tuple[str, str], tuple[str, int]] = {}
        clashes: list[Clash] = []
        lost = list(self._all_lost())
        astray = {resource.address for resource, found, _ in lost if found.pointer == f"/{scope_field(resource.kind)}"}
        for resource, reference, wanted in lost:
            place = resource.entry, reference.pointer
            if self._waits(wanted, astray):
                continue
            value = None if place in self._edited else self._value_for(reference, wanted)
            if value is None:
                clashes.append(self._clash(resource, reference, wanted))
            else:
                edits[place] = value, wanted
        return edits, clashes

    def _waits(self, wanted: int, astray: Container[str]) -> bool:
        """Say whether what is wanted, or something above it, is itself to be put below something else."""
        above = self._found.get(wanted)
        while above is not None and above.address not in astray:
            above = self.package.index.parent_of(above)
        return above is not None

    def _with(self, edits: Mapping[tuple[str, str], tuple[str, int]]) -> "Merged":
        """Return the same with other values of references."""
        branches: dict[str, Branch] = {}
        documents = {entry: read_document(self.package.archive, self._at(entry)) for entry, _ in edits}
        for (entry, pointer), (value, _) in edits.items():
            branch = branches.setdefault(entry, Branch()).at(_steps(documents[entry], pointer))
            branch.value = json.dumps(value, ensure_ascii=False)
        contents = {entry: self._rewritten(entry, branch) for entry, branch in branches.items()}
        package = load(self.package.archive.with_contents(contents), known=self.package)
        edited = {**self._edited, **{place: wanted for place, (_, wanted) in edits.items()}}
        return Merged(package, self._groups, self._entries, self._prefer, edited)

    def _at(self, entry: str) -> Resource:
        return self._found[self._entries[entry]]

    def _all_lost(self) -> Iterator[tuple[Resource, Reference, int]]:
        for resource in self.package.resources:
            for reference, wanted in self._lost(resource):
                yield resource, reference, wanted

    def doubles(self) -> Iterator[Clash]:
        """Yield what has the same name or the same id as another one, and has not in any of the two packages."""
        for word, members in self._doubled:
            groups = [self._group(member) for member in members]
            if word == "same-name":
                yield Clash(word=word, address=str(members[0].path))
            else:
                one = next((group.a.address for group in groups if group.a is not None), members[0].address)
                other = next((group.b.address for group in groups if group.a is None and group.b), members[1].address)
                yield Clash(word=word, address=one, other=other, a=members[0].id)

    @cached_property
    def _doubled(self) -> Sequence[tuple[Literal["same-name", "same-id"], list[Resource]]]:
        by_path: dict[Hashable, list[Resource]] = {}
        by_id: dict[Hashable, list[Resource]] = {}
        for resource in self.package.resources:
            scope = self.package.index.narrow_scope(resource)
            by_path.setdefault((resource.path, scope), []).append(resource)
            if resource.id_given:
                by_id.setdefault((resource.path.kind, resource.id), []).append(resource)
        return [
            *(
                ("same-name", members)
                for members in by_path.values()
                if len(members) > 1 and not self._were_together(members, lambda found: found.path)
            ),
            *(
                ("same-id", members)
                for members in by_id.values()
                if len(members) > 1 and not self._were_together(members, lambda found: found.id)
            ),
        ]

    def _is(self, found: Resource | None, wanted: int) -> bool:
        """Say whether a reference that leads to `found` leads to what is wanted.

        Of two that cannot both be there it is as well which one is found first: that they are there is told, and what
        refers to them is right when one of them is another.
        """
        if found is None:
            return False
        number = self._entries[found.entry]
        return number == wanted or number in self._twins.get(wanted, ())

    @cached_property
    def _twins(self) -> Mapping[int, set[int]]:
        """The numbers of those that cannot be there beside each other, by the number of each."""
        twins: dict[int, set[int]] = {}
        for _, members in self._doubled:
            numbers = {self._entries[member.entry] for member in members}
            for number in numbers:
                twins.setdefault(number, set()).update(numbers)
        return twins

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
        known = self._leads(self._group(resource))
        for reference in resource.references:
            put = self._edited.get((resource.entry, reference.pointer))
            led = {put} if put is not None else self._led(known.get(_key(reference), {}))
            wanted = [number for number in led if number is not None]
            found = self.package.index.resolve(reference)
            if None not in led and not any(self._is(found, number) for number in wanted):
                yield reference, min(wanted)

    def _leads(self, group: Group) -> Mapping[_Key, Mapping[int, int | None]]:
        """Return the groups that the references of a resource lead to in the packages that have them."""
        known: dict[_Key, dict[int, int | None]] = {}
        for number, was in enumerate((group.old, group.a, group.b)):
            for reference in was.references if was is not None else ():
                known.setdefault(_key(reference), {})[number] = self._groups.lead(number, reference)
        return known

    def _led(self, leads: Mapping[int, int | None]) -> set[int | None]:
        """Return what a reference may lead to: as each value, it is as the only one has it that has changed it."""
        sides = {number: leads[number] for _, number in _SIDES if number in leads}
        changed = {number: lead for number, lead in sides.items() if 0 not in leads or lead != leads[0]}
        if None in sides.values():
            return {None}
        chosen = [number for side, number in _SIDES if side == self._prefer and number in changed]
        return {changed[chosen[0]]} if chosen else set((changed or sides).values()) or {None}

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
                if self._is(self.package.index.resolve(reference._replace(value=changed)), wanted):
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

    def _rewritten(self, entry: str, branch: Branch) -> bytes:
        found: Entry = self.package.archive.entries[entry]
        return edit_document(found.read().decode(), branch).encode()


def _key(reference: Reference) -> _Key:
    return reference.kind, reference.by, reference.value


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
