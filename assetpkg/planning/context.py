"""Where a decision is made: package, target and options together, and what every decision asks of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from assetpkg.errors import InvalidOption
from assetpkg.kinds.kind import Kind
from assetpkg.kinds.markers import Prefixed, Ref
from assetpkg.package.index import OWNER, Index, Path, Resource
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import (
    EARLIER_IDS,
    IMPORT_LIMIT,
    LIMIT_OF_100,
    MERGE_MATCHES,
    PACKAGE_TARGET,
    PREFIX_RENAMES,
)
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.resource.diff import FieldChange, Resolve, Sides
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

Compared = tuple[tuple[FieldChange, ...], tuple[str, ...], bool]
"""What two documents differ in, what was not looked at, and whether the one on the target may be changed."""


@dataclass(frozen=True)
class ImportContext:
    """One import: everything about it is asked of this; without an `instance`, nothing is known of the target.

    `compared` is what has been compared already. The imports of one package into one target share it, so that no two
    documents are compared twice.
    """

    package: Package
    instance: Instance | None
    options: ImportOptions
    compared: dict[tuple[str, ...], Compared] = field(default_factory=dict, repr=False, compare=False)

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

    def match_assumptions(self, resource: Resource, target: Path) -> tuple[str, ...]:
        """Return the assumption about how Merge finds what is there, if name and id lead to different resources."""
        if self.instance is None or not self._could_match_by_id(resource):
            return ()
        by_name, by_id = self._by_name(resource, target), self._by_id(resource)
        known = by_id is not None or (by_name is not None and by_name.id_given)
        return (MERGE_MATCHES.name,) if by_name is not by_id and known else ()

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
        name = f"{self.options.prefix}{resource.name}" if renamed else resource.name
        parent = self.target_parent(resource)
        return Path(resource.path.kind, (*(parent.names if parent else ()), name))

    def target_parent(self, resource: Resource) -> Path | None:
        """Return the path on the target of the resource below which the name of `resource` is unique."""
        if resource.parent is None:
            return None
        return self._path_after(resource.parent) or self._parent_outside(resource) or resource.parent

    def owner_after(self, resource: Resource) -> str | None:
        """Return the address on the target of the application that a resource of the package belongs to."""
        parent = self.package.index.by_path.get(resource.parent) if resource.parent is not None else None
        if parent is None and self.instance is not None and (path := self.target_parent(resource)) is not None:
            parent = self.instance.index.by_path.get(path)
        for holder in (resource, parent) if parent is not None else (resource,):
            for reference in holder.references:
                if reference.kind == OWNER:
                    return str(self.resolve_after(reference) or reference.value)
        return None

    def resolve_after(self, reference: Reference) -> Path | None:
        """Return the path on the target that a reference of the package leads to after the import."""
        inside = self.package.index.resolve(reference)
        if inside is not None:
            return self._path_after(inside.path)
        outside = self._outside(reference)
        if outside is None or (self.options.assumes(EARLIER_IDS, "lost") and self.rests_on_earlier(reference)):
            return None
        return outside.path

    @cached_property
    def sides(self) -> Sides:
        """How references of the target's documents and of the package's are resolved."""
        return Sides(before=self._resolver(self.resolve_before), after=self._resolver(self.resolve_after))

    def existing(self, resource: Resource, target: Path) -> Resource | None:
        """Return the target's resource that a resource of the package would meet at `target`."""
        return self._by_id(resource) if self._matches_by_id(resource) else self._by_name(resource, target)

    def holder_of_name(self, resource: Resource, target: Path) -> Resource | None:
        """Return the target's resource that has the name and is not the one that the import would meet."""
        found = self._by_name(resource, target) if self._matches_by_id(resource) else None
        return None if found is self._by_id(resource) else found

    def outside(self, reference: Reference) -> Resource | None:
        """Return the target's resource that a reference leads to which nothing in the package answers."""
        return None if self.package.index.resolve(reference) is not None else self._outside(reference)

    def rival(self, resource: Resource, target: Path) -> Resource | None:
        """Return the target's resource of another kind that has the name, where both kinds share their names."""
        if self.instance is None or resource.kind.namespace is None:
            return None
        return self.instance.index.namesake(resource.kind, target)

    def scope_assumptions(self, resource: Resource, target: Path) -> tuple[str, ...]:
        """Return the assumption about the scope of the resource's name, if it decides what is met at `target`."""
        scope = resource.kind.name_scope
        if scope is None or self.instance is None:
            return ()
        anywhere = self.instance.index.by_path.get(target)
        return () if anywhere is self._existing_in_scope(resource, target, scope[2]) else (scope[0],)

    def _existing_in_scope(self, resource: Resource, target: Path, scope: str) -> Resource | None:
        if self.instance is None or target not in self.instance.index.by_path:
            return None
        own = self._scope_after(resource, scope)
        same_name = (other for other in self.instance.index.resources_of(target.kind) if other.path == target)
        return next((other for other in same_name if self._scope_before(other, scope) == own), None)

    def _path_after(self, path: Path) -> Path | None:
        inside = self.package.index.by_path.get(path)
        return self.target_path(inside, renamed=self.interpretations(inside.kind)[0]) if inside else None

    def _by_name(self, resource: Resource, target: Path) -> Resource | None:
        if self.instance is None:
            return None
        scope = resource.kind.name_scope
        if scope is not None and self.options.assumptions[scope[0]] == scope[1]:
            return self._existing_in_scope(resource, target, scope[2])
        return self.instance.at(target)

    def _by_id(self, resource: Resource) -> Resource | None:
        return self.instance.index.with_id(resource.path.kind, resource.id) if self.instance else None

    def _matches_by_id(self, resource: Resource) -> bool:
        return self._could_match_by_id(resource) and self.options.assumes(MERGE_MATCHES, "id")

    def _could_match_by_id(self, resource: Resource) -> bool:
        """Say whether it is open by what Merge finds a resource; of data sources the name is documented."""
        return self.options.mode is Mode.MERGE and resource.id_given and resource.kind.overwritten_by is None

    def _outside(self, reference: Reference) -> Resource | None:
        return self.instance.resolve(reference) if self.instance else None

    def _parent_outside(self, resource: Resource) -> Path | None:
        """Return the parent's path on the target where the package does not hold the parent."""
        if self.instance is None or resource.inspection.scope is None or resource.parent is None:
            return None
        reference = Reference(resource.parent.kind, ("id",), resource.inspection.scope, "")
        return self.resolve_after(reference)

    def resolve_before(self, reference: Reference) -> Path | None:
        """Return the path on the target that a reference of the target leads to."""
        found = self.instance.index.resolve(reference) if self.instance else None
        return found.path if found else None

    @staticmethod
    def _resolver(resolve: Callable[[Reference], Path | None]) -> Resolve:
        def address(marker: Ref, value: str) -> str | None:
            path = resolve(Reference(marker.kind, marker.by, value, ""))
            return str(path) if path else None

        return address

    def _scope_after(self, resource: Resource, name: str) -> Path | str | None:
        reference = _reference_at(resource.references, name)
        return (self.resolve_after(reference) or reference.value) if reference else None

    def _scope_before(self, resource: Resource, name: str) -> Path | str | None:
        reference = _reference_at(resource.references, name)
        return (self.resolve_before(reference) or reference.value) if reference else None


def _reference_at(references: Iterable[Reference], name: str) -> Reference | None:
    return next((reference for reference in references if reference.pointer == f"/{name}"), None)
