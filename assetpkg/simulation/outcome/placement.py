"""Where the resources of a package are on the target after an import, and how they refer to each other there."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from assetpkg.documents import INSIDE, split_pointer
from assetpkg.kinds.kind import id_field, name_fields
from assetpkg.package.index import Path, Resource, derive_id, lookups
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.planning.remarks import Reason
from assetpkg.resource.naming import RANDOM
from assetpkg.resource.references import Reference
from assetpkg.resource.walk import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one resource of the package is after the import: a new one, or the one on the target that it meets."""

    resource: Resource
    path: Path
    id: str
    existing: Resource | None = None


Owner = tuple[bool, str]
"""Whether a resource is new, and its address in the package or on the target."""


@dataclass(frozen=True)
class Places:
    """The places of all resources of a package after the import that does what is `planned`."""

    planned: Changes

    @property
    def context(self) -> ImportContext:
        """The import."""
        return self.planned.context

    @cached_property
    def by_address(self) -> Mapping[str, Place]:
        """The place of each resource by its address in the package; what is nowhere afterwards is absent."""
        places: dict[str, Place] = {}
        taken = {(kind, by, value) for kind, by, value, _ in self._there()}
        for change in self.planned.changes:
            resource = self.context.package.resource(change.address)
            if change.action is Action.CREATE:
                places[change.address] = self._new_place(change, resource, taken)
            elif (existing := self._existing(resource)) is not None:
                path = existing.path
                if change.action is Action.UPDATE:
                    # What was found by its id gets the name that the package has for it.
                    path = self.context.naming.first_path(resource)
                places[change.address] = Place(resource=resource, path=path, id=existing.id, existing=existing)
        return places

    def _existing(self, resource: Resource) -> Resource | None:
        """Return what a resource meets under the first interpretation of the prefix that it meets something under."""
        interpretations = self.context.naming.interpretations(resource.kind)
        met = (self.context.matching.met(resource, renamed=renamed).one for renamed in interpretations)
        return next((found for found in met if found is not None), None)

    def document(self, place: Place, document: Any) -> tuple[Any, tuple[str, ...]]:
        """Return the package's document of a resource, now the caller's, as it refers and is named on the target.

        The second value has the pointers of references that lead nowhere, or could lead elsewhere. The fields that name
        a resource stay as they are: the plan has matched by them.
        """
        kind = place.resource.kind
        naming = {field.name for field in name_fields(kind)}
        doubtful = []
        for reference in place.resource.references:
            value = self._value(reference)
            steps = split_pointer(reference.pointer)
            if value is None or (steps[0] in naming and value != reference.value):
                doubtful.append(reference.pointer)
            elif value != reference.value:
                put(document, steps, value)
        if place.path.names[-1] != place.resource.name:
            document[name_fields(kind)[0].name] = place.path.names[-1]
        known = id_field(kind)
        if known is not None and place.existing is None and document.get(known.name) != place.id:
            # Derived anew from where it is then, it could be another one.
            document = {known.name: place.id, **document, known.name: place.id}
        return document, tuple(doubtful)

    def is_shared(self, place: Place, by: str, value: str) -> bool:
        """Say whether another resource has the unique value of a new one."""
        return len(self._owners.get((place.path.kind, by, value), ())) > 1

    def _there(self) -> Iterator[tuple[str, str, str, Owner]]:
        instance = self.context.instance
        for resource in instance.index.resources if instance else ():
            for by, value in lookups(resource):
                yield resource.path.kind, by, value, (False, resource.address)

    def _new_place(self, change: Change, resource: Resource, taken: set[tuple[str, str, str]]) -> Place:
        path = self.context.naming.first_path(resource)
        if change.reason is Reason.RENAMED:
            # They stand for the random characters that the platform puts there.
            names = (f"{path.names[-1]}_{mark[: RANDOM - 1]}" for mark in self._spares(path))
            path = Path(path.kind, (next(name for name in names if (path.kind, "name", name) not in taken),))
        known = resource.id
        spares = self._spares(path)
        while (path.kind, "id", known) in taken:
            known = next(spares)
        taken |= {(path.kind, "id", known), (path.kind, "name", path.names[-1])}
        return Place(resource=resource, path=path, id=known)

    def _spares(self, path: Path) -> Iterator[str]:
        """Return ids for what is at `path` that are no other's, the same every time; those given out do not recur.

        Paths that differ in nothing but a credential share them, since no id is made of a credential.
        """
        numbered = (derive_id(Path(path.kind, (*path.names, f"again {number}"))) for number in count(1))
        return self._given.setdefault(str(path), numbered)

    @cached_property
    def _given(self) -> dict[str, Iterator[str]]:
        return {}

    @cached_property
    def _owners(self) -> Mapping[tuple[str, str, str], set[Owner]]:
        """Who can be found by which value of which field after the import."""
        owners: dict[tuple[str, str, str], set[Owner]] = {}
        for kind, by, value, owner in self._there():
            owners.setdefault((kind, by, value), set()).add(owner)
        for address, place in self.by_address.items():
            for by, value in self._values(place):
                owners.setdefault((place.path.kind, by, value), set()).add(self._owner(address, place))
        return owners

    @staticmethod
    def _owner(address: str, place: Place) -> Owner:
        return (True, address) if place.existing is None else (False, place.existing.address)

    def _values(self, place: Place) -> Iterator[tuple[str, str]]:
        yield "id", place.id
        yield "name", place.path.names[-1]
        action = self._actions[place.resource.address]
        if action in (Action.CREATE, Action.UPDATE):
            yield from ((by, value) for by, value in lookups(place.resource) if by not in {"id", "name"})

    @cached_property
    def _actions(self) -> Mapping[str, Action]:
        return {change.address: change.action for change in self.planned.changes}

    def _value(self, reference: Reference) -> str | None:
        """Return what a reference of the package has to say on the target; `None` where nothing leads there."""
        inside = self.context.package.index.resolve(reference)
        if inside is None:
            return self._value_outside(reference)
        place = self.by_address.get(inside.address)
        if place is None:
            return None
        owner = self._owner(inside.address, place)
        held = dict(self._values(place)) if place.existing is None else dict(lookups(place.existing))
        candidates = (reference.value, *(held[by] for by in reference.by if by in held), place.id)
        return next((value for value in candidates if self._leads_to(reference, value) == {owner}), None)

    def _value_outside(self, reference: Reference) -> str | None:
        """Return the same for what the package does not hold; what packages alone call it is not said on the target."""
        found = self.context.resolving.outside(reference)
        if found is None or not self.context.resolving.leads(reference):
            return None if reference.certain else reference.value
        held = dict(lookups(found))
        candidates = (reference.value, *(held[by] for by in reference.by if by in held))
        owner = {(False, found.address)}
        return next((value for value in candidates if self._leads_to(reference, value) == owner), reference.value)

    def _leads_to(self, reference: Reference, value: str) -> set[Owner]:
        found = (self._owners.get((reference.kind, by, value)) for by in reference.by)
        return next((owners for owners in found if owners), set())


def put(holder: Any, steps: list[str], value: str) -> None:
    """Put an id or name where the steps lead, through documents inside strings too, as a number where one was."""
    step, *rest = steps
    key = int(step) if isinstance(holder, list) else step
    if not rest:
        was_number = isinstance(holder[key], int) and value.isdecimal()
        holder[key] = int(value) if was_number else value
    elif rest[0] == INSIDE and isinstance(holder[key], str):
        inner = read_text(holder[key])
        put(inner, rest[1:], value)
        holder[key] = json.dumps(inner, ensure_ascii=False)
    else:
        put(holder[key], rest, value)
