"""Which resources of the target those of the package are: what each meets there, and its address after the import."""

from dataclasses import dataclass, field

from assetpkg.package.index import Index, Path, Resource, reference_at
from assetpkg.planning.naming import Naming
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.resolving import Resolving
from assetpkg.planning.searching import Met, Sought, find_by_id, find_named, is_found_by_id
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Matching:
    """The resources of a package, which are `here`, matched with those of an instance.

    What a resource meets depends on what its parent meets, and on where the reference leads to what its name may be
    unique in. So what is met and where references of the package lead after the import are one question.
    """

    here: Index
    instance: Instance | None
    options: ImportOptions
    naming: Naming
    resolving: Resolving
    _met: dict[tuple[str, bool], Met] = field(default_factory=dict, init=False)
    _addresses: dict[str, str] = field(default_factory=dict, init=False)

    def met(self, resource: Resource, *, renamed: bool) -> Met:
        """Return what a resource of the package meets on the target, if the prefix has `renamed` it or if not."""
        key = (resource.address, renamed)
        known = self._met.get(key)
        if known is None:
            known = self._met[key] = self._meet(resource, renamed=renamed)
        return known

    def met_by(self, resource: Resource) -> tuple[Resource, ...]:
        """Return all that a resource may meet: under each interpretation of the prefix, each of several that it may."""
        interpretations = self.naming.interpretations(resource.kind)
        found = (other for renamed in interpretations for other in self.met(resource, renamed=renamed).found)
        return tuple({other.address: other for other in found}.values())

    def named(self, resource: Resource, *, renamed: bool) -> Met:
        """Return what has its name on the target, by whatever Merge is assumed to find it."""
        if not is_found_by_id(self.options, resource):
            return self.met(resource, renamed=renamed)
        return self._find_named(resource, renamed=renamed)

    def sought(self, resource: Resource, *, renamed: bool) -> Sought:
        """Return as what a resource is looked for on the target: below what its parent meets there."""
        parent = self.parent_before(resource)
        path = self.naming.path_below(self._parent_path(resource, parent), resource, renamed=renamed)
        return Sought(resource, path, parent, self._scope(resource))

    def parent_before(self, resource: Resource) -> Resource | None:
        """Return the target's resource that the parent of a resource meets, or is."""
        inside = self.here.parent_of(resource)
        if inside is not None:
            return self._met_first(inside).one
        parent = self.naming.target_parent(resource)
        return None if parent is None or self.instance is None else self.instance.index.by_path.get(parent)

    def parent_path(self, resource: Resource) -> Path | None:
        """Return where the parent of a resource is on the target: as it is named there, if it is there before."""
        return self._parent_path(resource, self.parent_before(resource))

    def address_after(self, resource: Resource) -> str:
        """Return the address of a resource of the package after the import, which is its own and no other's.

        It is the address before where it meets one that is there, whatever the import calls that; of several that it
        may meet, all of them.
        """
        known = self._addresses.get(resource.address)
        if known is None:
            known = self._addresses[resource.address] = self._find_address(resource)
        return known

    def lands(self, reference: Reference) -> str | None:
        """Return the address of what a reference of the package leads to after the import, as `address_after`."""
        inside = self.here.resolve(reference)
        if inside is not None:
            return self.address_after(inside)
        outside = self.resolving.found_outside(reference)
        return None if outside is None else outside.address

    def _meet(self, resource: Resource, *, renamed: bool) -> Met:
        if self.instance is not None and is_found_by_id(self.options, resource):
            found = find_by_id(self.instance, resource)
            return Met(() if found is None else (found,))
        return self._find_named(resource, renamed=renamed)

    def _find_named(self, resource: Resource, *, renamed: bool) -> Met:
        if self.instance is None:
            return Met()
        return find_named(self.instance, self.options, self.sought(resource, renamed=renamed))

    def _met_first(self, resource: Resource) -> Met:
        return self.met(resource, renamed=self.naming.interpretations(resource.kind)[0])

    def _parent_path(self, resource: Resource, parent: Resource | None) -> Path | None:
        return self.naming.target_parent(resource) if parent is None else parent.path

    def _scope(self, resource: Resource) -> str | None:
        """Return the address on the target of what the name may be unique in, or what its field says."""
        scope = resource.kind.name_scope
        used = reference_at(resource, scope[2]) if scope is not None else None
        return None if used is None else self.lands(used) or used.value

    def _find_address(self, resource: Resource) -> str:
        found = self._met_first(resource).found
        if found:
            return " or ".join(other.address for other in found)
        path = self.naming.first_path(resource)
        address, number = str(path), _number(resource)
        taken = self.instance.index if self.instance is not None else None
        if taken is not None:
            number += len(taken.at(path))
            while number > 1 and f"{address}#{number}" in taken.by_address:
                number += 1
        return address if number == 1 else f"{address}#{number}"


def _number(resource: Resource) -> int:
    """Return the number of a resource among those of the package that have its path."""
    return int(resource.address.rpartition("#")[2]) if resource.is_double else 1
