"""Where a decision is made: package, target and options together, and what every decision asks of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from assetpkg.errors import InvalidOption
from assetpkg.kinds.kind import Kind
from assetpkg.kinds.markers import Prefixed
from assetpkg.package.index import OWNER, Index, Path, Resource, reference_to
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import (
    EARLIER_IDS,
    IMPORT_LIMIT,
    LIMIT_OF_100,
    MERGE_MATCHES,
    PACKAGE_TARGET,
    PREFIX_RENAMES,
)
from assetpkg.planning.doubles import Double, find_doubles, is_one_name
from assetpkg.planning.matching import (
    Met,
    could_match_by_id,
    find_named,
    find_named_anywhere,
    find_rival,
    matches_by_id,
    meet,
    with_its_id,
)
from assetpkg.planning.options import ImportOptions
from assetpkg.resource.diff import FieldChange, Sides, resolver
from assetpkg.resource.naming import has_own_name
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance

_INTERPRETATIONS = {
    "applications": (False,),
    "applications+tasks": (True,),
    "all": (True,),
    "either": (True, False),
}
"""Whether the prefix renames tasks, by what is assumed."""

_NOTHING = Index(())


class Compared(NamedTuple):
    """What two documents differ in, what was not looked at, and whether the one on the target may be changed.

    `members` are those that the document of the package has, where anything differs.
    """

    fields: tuple[FieldChange, ...]
    unverified: tuple[str, ...]
    may_be_changed: bool
    members: tuple[str, ...]


@dataclass(frozen=True)
class ImportContext:
    """One import: everything about it is asked of this; without an `instance`, nothing is known of the target.

    `compared` is what has been compared already. The imports of one package into one target share it, so that no two
    documents are compared twice. `given` are the places, by address and pointer, whose values somebody has written for
    the target.
    """

    package: Package
    instance: Instance | None
    options: ImportOptions
    compared: dict[tuple[str | None, ...], Compared] = field(default_factory=dict, repr=False, compare=False)
    given: frozenset[tuple[str, str]] = field(default_factory=frozenset, repr=False)

    @property
    def known_instance(self) -> Instance:
        """The target; raises `InvalidOption` where none was given."""
        if self.instance is None:
            raise InvalidOption("this needs a target, and the import was planned without one")
        return self.instance

    @property
    def target_index(self) -> Index:
        """The resources of the target that are known."""
        return self.instance.index if self.instance is not None else _NOTHING

    def answered(self, name: str, value: str) -> "ImportContext":
        """Return the same import with one open question answered otherwise."""
        instance = self.instance
        if name == PACKAGE_TARGET.name and instance is not None:
            instance = instance.taken_for(complete=value == PACKAGE_TARGET.default)
        options = replace(self.options, assumptions={**self.options.assumptions, name: value})
        return replace(self, instance=instance, options=options)

    def covers(self, kind: str) -> bool:
        """Say whether everything of `kind` on the target is known."""
        return self.instance is not None and kind in self.instance.covers

    def interpretations(self, kind: type[Kind]) -> tuple[bool, ...]:
        """Return whether the prefix renames resources of `kind`: one answer, or both where both must be judged."""
        if not self.options.prefix:
            return (False,)
        if kind.prefixed is Prefixed.YES:
            return (True,)
        if kind.prefixed is Prefixed.NO:
            return (self.options.assumes(PREFIX_RENAMES, "all") and has_own_name(kind),)
        return _INTERPRETATIONS[self.options.assumptions[PREFIX_RENAMES.name]]

    def interpretation_assumptions(self, kind: type[Kind]) -> tuple[str, ...]:
        """Return the assumption that the interpretations of `kind` rest on, if one does."""
        asked = kind.prefixed is Prefixed.MAYBE or (kind.prefixed is Prefixed.NO and has_own_name(kind))
        return (PREFIX_RENAMES.name,) if self.options.prefix and asked else ()

    def limit_assumptions(self, kind: type[Kind]) -> tuple[str, ...]:
        """Return the assumption about the limit of one import, if it decides about resources of `kind`."""
        if not kind.counted_as:
            return ()
        counts = self.package.index.counted.values()
        return (LIMIT_OF_100.name,) if sum(counts) > IMPORT_LIMIT >= max(counts) else ()

    def match_assumptions(self, resource: Resource, *, renamed: bool) -> tuple[str, ...]:
        """Return the assumption about how Merge finds what is there, if name and id lead to different resources."""
        if self.instance is None or not could_match_by_id(self, resource):
            return ()
        by_name, by_id = self.named(resource, renamed=renamed).found, with_its_id(self, resource)
        known = by_id is not None or any(found.id_given for found in by_name)
        return (MERGE_MATCHES.name,) if by_name != ((by_id,) if by_id is not None else ()) and known else ()

    def earlier_assumptions(self, resource: Resource) -> tuple[str, ...]:
        """Return the assumption about what earlier imports brought, if a reference of `resource` leads there by it."""
        foreseen = self.instance is not None and self.instance.is_foreseen
        doubted = foreseen and any(self.rests_on_earlier(reference) for reference in resource.references)
        return (EARLIER_IDS.name,) if doubted else ()

    def rests_on_earlier(self, reference: Reference) -> bool:
        """Say whether a reference leads to something of which only an earlier import's package has what it says."""
        found = self.outside(reference)
        return found is not None and self.instance is not None and self.instance.is_uncertain(reference, found)

    def target_path(self, resource: Resource, *, renamed: bool) -> Path:
        """Return the path that a resource of the package has on the target after the import."""
        return _below(self.target_parent(resource), resource, self._name_after(resource, renamed=renamed))

    def target_parent(self, resource: Resource) -> Path | None:
        """Return the path on the target of the resource below which the name of `resource` is unique."""
        if resource.parent is None:
            return None
        inside = self.package.index.parent_of(resource)
        if inside is None:
            return self._parent_outside(resource) or resource.parent
        known = self._parents.get(inside.address)
        if known is None:
            known = self.target_path(inside, renamed=self.interpretations(inside.kind)[0])
            self._parents[inside.address] = known
        return known

    @cached_property
    def _parents(self) -> dict[str, Path]:
        """The paths on the target of those resources of the package that others are below, as far as asked for."""
        return {}

    def path_before(self, resource: Resource, *, renamed: bool) -> Path:
        """Return the path at which a resource is looked for on the target: below what its parent meets there."""
        return _below(self.parent_path(resource), resource, self._name_after(resource, renamed=renamed))

    def parent_path(self, resource: Resource) -> Path | None:
        """Return where the parent of a resource is on the target: as it is named there, if it is there before."""
        parent = self.parent_before(resource)
        return self.target_parent(resource) if parent is None else parent.path

    def parent_before(self, resource: Resource) -> Resource | None:
        """Return the target's resource that the parent of a resource meets, or is."""
        if resource.parent is None:
            return None
        inside = self.package.index.parent_of(resource)
        if inside is not None:
            return self.met(inside, renamed=self.interpretations(inside.kind)[0]).one
        return self.target_index.by_path.get(self._parent_outside(resource) or resource.parent)

    def met(self, resource: Resource, *, renamed: bool) -> Met:
        """Return what a resource of the package meets on the target, if the prefix has `renamed` it or if not."""
        key = (resource.address, renamed)
        if key not in self._met:
            self._met[key] = meet(self, resource, self.path_before(resource, renamed=renamed))
        return self._met[key]

    def named(self, resource: Resource, *, renamed: bool) -> Met:
        """Return what has its name on the target, by whatever Merge is assumed to find it."""
        if not matches_by_id(self, resource):
            return self.met(resource, renamed=renamed)
        return find_named(self, resource, self.path_before(resource, renamed=renamed))

    @cached_property
    def _met(self) -> dict[tuple[str, bool], Met]:
        return {}

    def met_by(self, resource: Resource) -> tuple[Resource, ...]:
        """Return all that a resource may meet: under each interpretation of the prefix, each of several that it may."""
        interpretations = self.interpretations(resource.kind)
        found = (other for renamed in interpretations for other in self.met(resource, renamed=renamed).found)
        return tuple({other.address: other for other in found}.values())

    def address_after(self, resource: Resource) -> str:
        """Return the address of a resource of the package after the import, which is its own and no other's.

        It is the address before where it meets one that is there, whatever the import calls that; of several that it
        may meet, all of them.
        """
        known = self._after.get(resource.address)
        if known is None:
            known = self._after[resource.address] = self._find_address_after(resource)
        return known

    @cached_property
    def _after(self) -> dict[str, str]:
        return {}

    def _find_address_after(self, resource: Resource) -> str:
        renamed = self.interpretations(resource.kind)[0]
        found = self.met(resource, renamed=renamed).found
        if found:
            return " or ".join(other.address for other in found)
        path = self.target_path(resource, renamed=renamed)
        number = len(self.target_index.at(path)) + _number(resource)
        address = str(path)
        while number > 1 and f"{address}#{number}" in self.target_index.by_address:
            number += 1
        return address if number == 1 else f"{address}#{number}"

    def lands(self, reference: Reference) -> str | None:
        """Return the address of what a reference of the package leads to after the import, as `address_after`."""
        inside = self.package.index.resolve(reference)
        if inside is not None:
            return self.address_after(inside)
        outside = self._found_outside(reference)
        return None if outside is None else outside.address

    def leads(self, reference: Reference) -> bool:
        """Say whether a reference of the package leads somewhere after the import."""
        return self.package.index.resolve(reference) is not None or self._found_outside(reference) is not None

    def leads_before(self, reference: Reference) -> str | None:
        """Return the address on the target that a reference of the target leads to."""
        found = self.target_index.resolve(reference)
        return None if found is None else found.address

    def owner_after(self, resource: Resource) -> str | None:
        """Return the address on the target of the application that a resource of the package belongs to."""
        parent = self.package.index.parent_of(resource)
        own = reference_to(resource, OWNER)
        if own is None and parent is not None:
            own = reference_to(parent, OWNER)
        if own is not None:
            return self.lands(own) or own.value
        outside = self.parent_before(resource) if parent is None else None
        used = reference_to(outside, OWNER) if outside else None
        return None if used is None else self.leads_before(used) or used.value

    def resolve_after(self, reference: Reference) -> Path | None:
        """Return the path on the target that a reference of the package leads to after the import."""
        inside = self.package.index.resolve(reference)
        if inside is not None:
            return self.target_path(inside, renamed=self.interpretations(inside.kind)[0])
        outside = self._found_outside(reference)
        return None if outside is None else outside.path

    def _found_outside(self, reference: Reference) -> Resource | None:
        """Return the target's resource that a reference leads to, as far as what earlier imports brought is found."""
        outside = self._outside(reference)
        if outside is None or (self.options.assumes(EARLIER_IDS, "lost") and self.rests_on_earlier(reference)):
            return None
        return outside

    def comparison(self, resource: Resource, existing: str) -> tuple[str | None, ...]:
        """Return the key in `compared` of a resource of the package and of the one with an address on the target."""
        # Of the options, nothing but where its references lead to makes a difference.
        return (resource.address, existing, *map(self.lands, resource.references))

    @cached_property
    def sides(self) -> Sides:
        """How references of the target's documents and of the package's are resolved."""
        return Sides(before=resolver(self.leads_before), after=resolver(self.lands))

    @cached_property
    def sides_that_agree(self) -> Sides:
        """The same for documents whose references all lead to the same from both sides."""
        return self.sides._replace(agree_on_all=True)

    def holder_of_name(self, resource: Resource, *, renamed: bool) -> Resource | None:
        """Return the target's resource that has the name and is not the one that the import would meet."""
        if not matches_by_id(self, resource):
            return None
        met = self.met(resource, renamed=renamed).one
        return next((other for other in self.named(resource, renamed=renamed).found if other is not met), None)

    def outside(self, reference: Reference) -> Resource | None:
        """Return the target's resource that a reference leads to which nothing in the package answers."""
        return None if self.package.index.resolve(reference) is not None else self._outside(reference)

    def rival(self, resource: Resource, *, renamed: bool) -> Resource | None:
        """Return the target's resource of another kind that has the name, where both kinds share their names."""
        return find_rival(self, resource, self.path_before(resource, renamed=renamed))

    def scope_assumptions(self, resource: Resource, *, renamed: bool) -> tuple[str, ...]:
        """Return the assumption about the scope of the resource's name, if it decides what is met."""
        scope = resource.kind.name_scope
        if scope is None or self.instance is None:
            return ()
        path = self.path_before(resource, renamed=renamed)
        anywhere = find_named_anywhere(self, resource, path, within=False)
        return () if anywhere is find_named_anywhere(self, resource, path, within=True) else (scope[0],)

    def double_of(self, resource: Resource) -> Double | None:
        """Return that a resource has the name of one before it, as far as it is assumed what one name is."""
        double = self._doubles.get(resource.address)
        return double if double is not None and is_one_name(double, self.options.assumptions) else None

    @cached_property
    def _doubles(self) -> Mapping[str, Double]:
        return find_doubles(self.package.index, self.options.assumptions)

    def _name_after(self, resource: Resource, *, renamed: bool) -> str:
        return f"{self.options.prefix}{resource.name}" if renamed else resource.name

    def _outside(self, reference: Reference) -> Resource | None:
        return self.instance.resolve(reference) if self.instance else None

    def _parent_outside(self, resource: Resource) -> Path | None:
        """Return the parent's path on the target where the package does not hold the parent."""
        if self.instance is None or resource.inspection.scope is None or resource.parent is None:
            return None
        reference = Reference(resource.parent.kind, ("id",), resource.inspection.scope, "")
        return self.resolve_after(reference)


def _below(parent: Path | None, resource: Resource, name: str) -> Path:
    return Path(resource.path.kind, (*(parent.names if parent else ()), name))


def _number(resource: Resource) -> int:
    """Return the number of a resource among those of the package that have its path."""
    return int(resource.address.rpartition("#")[2]) if resource.is_double else 1
