"""Resources by address, id and name: what package and target have in common, with memory by count and not by size."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from types import MappingProxyType
from typing import NamedTuple

from assetpkg.credentials.masking import describe, mask_line
from assetpkg.diagnostics.model import Fault, Place
from assetpkg.documents import step_below
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.kinds.markers import Ref
from assetpkg.package.grouping import grouped
from assetpkg.package.layout import OWN
from assetpkg.resource.inspection import Inspection, Note, scope_field
from assetpkg.resource.naming import fold, may_be_near
from assetpkg.resource.references import Credential, Reference, Unfilled

OWNER = "application"
"""The kind that other resources belong to."""
_NONE: Mapping[str, "Resource"] = MappingProxyType({})


class Path(NamedTuple):
    """The kind of a resource and the names that lead to it: the names of its parents first, its own name last."""

    kind: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        """Return the address: `api/Order Center/orders/get-order`, with `/` in a name as `~1`, and no credential."""
        return mask_line(reduce(step_below, self.names, self.kind))

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Resource:
    """A resource as the index knows it; its document is read again each time it is needed.

    `address` is the path in words, with `#2` and so on after it where a package has the same path twice, or two that
    differ in nothing but a credential. `is_double` says that another resource, named before, has the same path.
    `parent` is the path of the resource that its name is unique below. `id` is derived from the path, the same
    every time, where the document has none (`id_given` is false then).
    """

    address: str
    path: Path
    parent: Path | None
    id: str
    id_given: bool
    inspection: Inspection
    is_double: bool = False

    def __repr__(self) -> str:
        """Show the address."""
        return f"Resource({self.address!r})"

    @property
    def kind(self) -> type[Kind]:
        """The class of its kind."""
        return KINDS[self.path.kind]

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.names[-1]

    @property
    def entry(self) -> str:
        """The file that holds it."""
        return self.inspection.entry

    @property
    def place(self) -> Place:
        """The file that holds it, and where in its document."""
        return self.inspection.place

    @property
    def digest(self) -> str:
        """The SHA-256 of that file, in hexadecimal."""
        return self.inspection.digest

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it refers to."""
        return self.inspection.references

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """Where it holds credentials."""
        return self.inspection.credentials

    @property
    def unfilled(self) -> tuple[Unfilled, ...]:
        """Where it has a mask or a placeholder in the place of a credential."""
        return self.inspection.unfilled

    @property
    def notes(self) -> tuple[Note, ...]:
        """What rules look at together with other resources or with the target."""
        return self.inspection.notes

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it alone."""
        return self.inspection.faults


@dataclass(frozen=True)
class Index:
    """The resources of a package or a target, in the order of kinds and addresses."""

    resources: tuple[Resource, ...]

    @classmethod
    def build(cls, inspections: Iterable[Inspection], like: "Index | None" = None) -> "Index":
        """Give every readable resource its address; parents first, since a child's address has their names.

        What has the same path in the same file of an index `like` this one shares the path and the address with it.
        """
        by_kind: dict[str, list[Inspection]] = {}
        for inspection in inspections:
            if inspection.readable:
                by_kind.setdefault(inspection.kind, []).append(inspection)
        parents = {parent.kind for kind in by_kind if (parent := _parent_reference(KINDS[kind])) is not None}
        paths: dict[tuple[str, str, str], Path] = {}
        resources = []
        known = {} if like is None else {resource.entry: resource for resource in like.resources}
        for kind in sorted(by_kind, key=_depth):
            for inspection in sorted(by_kind[kind], key=_in_any_file):
                resource = _place(inspection, _parent(inspection, paths), known.get(inspection.entry))
                resources.append(resource)
                for by, value in lookups(resource) if kind in parents else ():
                    paths.setdefault((kind, by, value), resource.path)
        order = {kind: position for position, kind in enumerate(KINDS)}
        told = _tell_doubles_apart(resources)
        return cls(tuple(sorted(told, key=lambda found: (order[found.path.kind], found.path.names, found.address))))

    @cached_property
    def by_address(self) -> Mapping[str, Resource]:
        """The resources by their addresses."""
        return {resource.address: resource for resource in self.resources}

    @cached_property
    def by_path(self) -> Mapping[Path, Resource]:
        """The resources by their paths; of several with one path, the first."""
        return {resource.path: resource for resource in reversed(self.resources)}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Resource, ...]]:
        """The resources of each kind; kinds without any are absent."""
        return grouped((resource.path.kind, resource) for resource in self.resources)

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """How many resources count against the limit of one import, by what they count as: applications, tasks."""
        found: Counter[str] = Counter()
        for members in self.by_kind.values():
            if members[0].kind.counted_as:
                found[members[0].kind.counted_as] += len(members)
        return found

    def at(self, path: Path) -> tuple[Resource, ...]:
        """Return the resources at `path`: several where the name is there more than once."""
        several = self._several.get(path)
        if several is not None:
            return several
        found = self.by_path.get(path)
        return () if found is None else (found,)

    @cached_property
    def _several(self) -> Mapping[Path, tuple[Resource, ...]]:
        doubled = {found.path for found in self.resources if found.is_double}
        return grouped((found.path, found) for found in self.resources if found.path in doubled)

    def named_nearly(self, kind: str, name: str) -> tuple[Resource, ...]:
        """Return the resources of `kind` whose names are `name`, or differ from it only as `fold` does not see."""
        if kind not in self._folded:
            self._folded[kind] = grouped((fold(resource.name), resource) for resource in self.resources_of(kind))
        return self._folded[kind].get(fold(name), ())

    @cached_property
    def _folded(self) -> dict[str, Mapping[str, tuple[Resource, ...]]]:
        return {}

    @cached_property
    def alike(self) -> tuple[tuple[Resource, ...], ...]:
        """The groups of resources below one parent whose names are the same to `fold`."""
        alike = grouped((_likeness(resource), resource) for resource in self.resources)
        return tuple(members for members in alike.values() if len(members) > 1)

    def parent_of(self, resource: Resource) -> Resource | None:
        """Return the resource below which the name of `resource` is unique; of several with one name, the right one."""
        if resource.parent is None:
            return None
        scope = resource.inspection.scope
        if resource.parent not in self._several or scope is None:
            return self.by_path.get(resource.parent)
        reference = _parent_reference(resource.kind)
        return None if reference is None else self.resolve(Reference(reference.kind, reference.by, scope, ""))

    def resources_of(self, kind: str) -> tuple[Resource, ...]:
        """Return the resources of `kind`."""
        return self.by_kind.get(kind, ())

    def namesake(self, kind: type[Kind], path: Path) -> Resource | None:
        """Return the resource of another kind that has the name at `path`, where that kind shares names with `kind`."""
        if kind.namespace is None:
            return None
        for word in self.by_kind:
            if word != kind.kind and KINDS[word].namespace == kind.namespace:
                found = self.by_path.get(Path(word, path.names))
                if found is not None:
                    return found
        return None

    @cached_property
    def by_unique(self) -> Mapping[tuple[str, int, tuple[str, ...], Path | None], tuple[Resource, ...]]:
        """The resources that share a unique combination: by kind, its number, the values, and the scope."""
        return grouped(
            ((resource.path.kind, number, values, self.unique_scope(resource, number)), resource)
            for resource in self.resources
            for number, values in enumerate(resource.inspection.keys)
            if values is not None
        )

    @cached_property
    def _by_field(self) -> Mapping[tuple[str, str], Mapping[str, Resource]]:
        # One table for each field: a key of its own for each value would be most of the memory.
        found: dict[tuple[str, str], dict[str, Resource]] = {}
        for resource in self.resources:
            for by, value in lookups(resource):
                found.setdefault((resource.path.kind, by), {}).setdefault(value, resource)
        return found

    @cached_property
    def uses(self) -> Mapping[tuple[str, str, str], tuple[tuple[Resource, Reference], ...]]:
        """The references, with the resources that have them: by the kind that they lead to, a field, and its value."""
        return grouped(
            ((reference.kind, by, reference.value), (resource, reference))
            for resource in self.resources
            for reference in resource.references
            for by in reference.by
        )

    def users_by(self, used: Resource, by: str, value: str) -> Iterator[tuple[Resource, Reference]]:
        """Yield the references that lead to `used` by the `value` of its field `by`, with what refers so."""
        for resource, reference in self.uses.get((used.path.kind, by, value), ()):
            if self.resolve(reference) is used:
                yield resource, reference

    def with_id(self, kind: str, known_id: str) -> Resource | None:
        """Return the resource of `kind` with this id."""
        return self._by_field.get((kind, "id"), _NONE).get(known_id)

    def resolve(self, reference: Reference) -> Resource | None:
        """Return the resource that `reference` leads to, or `None` when it is not here."""
        for by in reference.by:
            found = self._by_field.get((reference.kind, by), _NONE).get(reference.value)
            if found is not None:
                return found
        return None

    def addresses_used_by(self, resource: Resource) -> tuple[str, ...]:
        """Return the addresses of the resources here that a resource refers to, without its own."""
        return tuple(sorted({found.address for _, found in self.leads_of(resource)}))

    def leads_of(self, resource: Resource) -> Iterator[tuple[Reference, Resource]]:
        """Yield the references of a resource to others that are here, each with the one that it leads to."""
        for reference in resource.references:
            found = self.resolve(reference)
            if found is not None and found is not resource:
                yield reference, found

    def owner(self, resource: Resource) -> Resource | None:
        """Return the application that a resource belongs to: by its own reference, or by what its name is below."""
        found = (self.resolve(reference) for reference in resource.references if reference.kind == OWNER)
        own = next((application for application in found if application is not None), None)
        parent = self.parent_of(resource)
        return own if own is not None or parent is None else self.owner(parent)

    def narrow_scope(self, resource: Resource) -> str | None:
        """Return the address of what the name of `resource` may be unique in, or what its field says, if it has one."""
        scope = resource.kind.name_scope
        used = reference_at(resource, scope[2]) if scope is not None else None
        if used is None:
            return None
        found = self.resolve(used)
        return used.value if found is None else found.address

    def same_owner(self, one: Resource, other: Resource) -> bool:
        """Say whether both are known to belong to one application."""
        owner = self.owner(one)
        return owner is not None and owner is self.owner(other)

    def unique_scope(self, resource: Resource, number: int) -> Path | None:
        """Return the path of the resource below which the kind's unique combination `number` holds."""
        scope = resource.kind.unique[number].scope
        return resource.parent if scope is not None else None


def _likeness(resource: Resource) -> tuple[str, tuple[str, ...], str]:
    """Return what resources below one parent share whose names are the same to `fold`."""
    kind, name = resource.kind, resource.name
    known = fold(name) if may_be_near(kind) else name
    above = resource.parent.names if resource.parent else ()
    return kind.namespace or kind.kind, above, name if known == name else known


def derive_id(path: Path) -> str:
    """Return the id of a resource that has none: 32 hexadecimal digits of a hash over kind and names."""
    return hashlib.sha256(f"{OWN.format}\n{path}".encode()).hexdigest()[:32]


def _in_any_file(inspection: Inspection) -> tuple[str, str, str]:
    """Return what a resource comes in order by among those of its kind, wherever it is in a file with others."""
    return inspection.entry, inspection.id or "", inspection.digest


def _depth(kind: str) -> int:
    """Return how many parents the names of a kind are below."""
    parent = _parent_reference(KINDS[kind])
    return 0 if parent is None else 1 + _depth(parent.kind)


def _parent_reference(kind: type[Kind]) -> Ref | None:
    field = scope_field(kind)
    return fields_of(kind)[field].marker(Ref) if field else None


def _parent(inspection: Inspection, paths: Mapping[tuple[str, str, str], Path]) -> Path | None:
    reference = _parent_reference(KINDS[inspection.kind])
    if reference is None or inspection.scope is None:
        return None
    for by in reference.by:
        found = paths.get((reference.kind, by, inspection.scope))
        if found is not None:
            return found
    return Path(reference.kind, (f"{{{inspection.scope}}}",))


def _place(inspection: Inspection, parent: Path | None, like: Resource | None) -> Resource:
    names = (*(parent.names if parent else ()), inspection.name)
    # An address with such a sign may have the number of a double.
    is_alike = like is not None and like.path == (inspection.kind, names) and "#" not in like.address
    path = like.path if is_alike and like is not None else Path(inspection.kind, names)
    return Resource(
        address=like.address if is_alike and like is not None else str(path),
        path=path,
        parent=parent,
        id=inspection.id or derive_id(path),
        id_given=inspection.id is not None,
        inspection=inspection,
    )


def _tell_doubles_apart(resources: list[Resource]) -> Iterator[Resource]:
    """Yield the resources, each with an address of its own; a name may end in `#2` as well."""
    addresses = {resource.address for resource in resources}
    if len(addresses) == len(resources):
        yield from resources
        return
    seen: dict[str, int] = {}
    paths: set[Path] = set()
    for resource in resources:
        address = resource.address
        number = seen.get(address, 0) + 1
        while number > 1 and f"{address}#{number}" in addresses:
            number += 1
        seen[address] = number
        double = resource.path in paths
        paths.add(resource.path)
        yield resource if number == 1 else replace(resource, address=f"{address}#{number}", is_double=double)


def lookups(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yield the fields by which a reference may find this resource, and their values."""
    yield "id", resource.id
    yield "name", resource.name
    for unique, values in zip(resource.kind.unique, resource.inspection.keys, strict=False):
        if values is not None and len(values) == 1:
            yield unique.fields[0], values[0]


def reference_at(resource: Resource, field: str) -> Reference | None:
    """Return the reference that a resource has in this field."""
    return next((found for found in resource.references if found.pointer == f"/{field}"), None)


def reference_to(resource: Resource, kind: str) -> Reference | None:
    """Return the first reference of a resource to one of `kind`."""
    return next((found for found in resource.references if found.kind == kind), None)
