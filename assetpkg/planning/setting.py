"""Where a judgement is made: package, target and options together, and what every judgement asks of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from assetpkg.assumptions import DATASOURCE_NAMES, PREFIX_RENAMES
from assetpkg.diff import FieldChange, Resolve, Sides
from assetpkg.index import Path, Resource
from assetpkg.inspection import Reference
from assetpkg.instance import Instance
from assetpkg.kinds.kind import Kind
from assetpkg.kinds.markers import Prefixed, Ref
from assetpkg.package import Package
from assetpkg.planning.options import ImportOptions

APPLICATIONS, BOTH, EITHER = "applications", "applications+tasks", "either"

Compared = dict[tuple[str, ...], tuple[tuple[FieldChange, ...], bool]]
"""What two documents differ in, and whether the one on the target may be changed; by what that depends on."""


@dataclass(frozen=True)
class Setting:
    """One import about to be judged; without an `instance`, nothing is known of the target.

    `compared` is what has been compared already: settings that differ in their options alone may share it.
    """

    package: Package
    instance: Instance | None
    options: ImportOptions
    compared: Compared = field(default_factory=dict, repr=False, compare=False)

    def covers(self, kind: str) -> bool:
        """Say whether everything of `kind` on the target is known."""
        return self.instance is not None and kind in self.instance.covers

    def readings(self, kind: type[Kind]) -> tuple[bool, ...]:
        """Return whether the prefix renames resources of `kind`: one answer, or both where both must be judged."""
        if not self.options.prefix or kind.prefixed is Prefixed.NO:
            return (False,)
        if kind.prefixed is Prefixed.YES:
            return (True,)
        return {APPLICATIONS: (False,), BOTH: (True,), EITHER: (True, False)}[
            self.options.assumptions[PREFIX_RENAMES.name]
        ]

    def reading_assumptions(self, kind: type[Kind]) -> tuple[str, ...]:
        """Return the assumption that the readings of `kind` rest on, if one does."""
        asked = bool(self.options.prefix) and kind.prefixed is Prefixed.MAYBE
        return (PREFIX_RENAMES.name,) if asked else ()

    def target_path(self, resource: Resource, *, renamed: bool) -> Path:
        """Return the path that a resource of the package has on the target after the import."""
        name = f"{self.options.prefix}{resource.name}" if renamed else resource.name
        parent = self.target_parent(resource)
        return Path(resource.path.kind, (*(parent.names if parent else ()), name))

    def target_parent(self, resource: Resource) -> Path | None:
        """Return the path on the target of the resource below which the name of `resource` is unique."""
        if resource.parent is None:
            return None
        return self._path_after(resource.parent) or self._outside(resource) or resource.parent

    def resolve_after(self, reference: Reference) -> Path | None:
        """Return the path on the target that a reference of the package leads to after the import."""
        inside = self.package.index.resolve(reference)
        if inside is not None:
            return self._path_after(inside.path)
        outside = self.instance.index.resolve(reference) if self.instance else None
        return outside.path if outside else None

    @cached_property
    def sides(self) -> Sides:
        """How references of the target's documents and of the package's are resolved."""
        return Sides(before=self._resolver(self.resolve_before), after=self._resolver(self.resolve_after))

    def existing(self, resource: Resource, target: Path) -> Resource | None:
        """Return the target's resource that a resource of the package would meet at `target`."""
        if self.instance is None:
            return None
        scope = resource.kind.name_scope
        if scope is not None and self.options.assumptions[scope[0]] == scope[1]:
            return self._existing_in_scope(resource, target, scope[2])
        return self.instance.index.by_path.get(target)

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
        return self.target_path(inside, renamed=self.readings(inside.kind)[0]) if inside else None

    def _outside(self, resource: Resource) -> Path | None:
        """Return the parent's path on the target where the package does not hold the parent."""
        if self.instance is None or resource.inspection.scope is None or resource.parent is None:
            return None
        reference = Reference(resource.parent.kind, ("id",), resource.inspection.scope, "")
        found = self.instance.index.resolve(reference)
        return found.path if found else None

    def resolve_before(self, reference: Reference) -> Path | None:
        """Return the path on the target that a reference of the target leads to."""
        found = self.instance.index.resolve(reference) if self.instance else None
        return found.path if found else None

    @staticmethod
    def _resolver(resolve: "object") -> Resolve:
        def address(marker: Ref, value: str) -> str | None:
            path = resolve(Reference(marker.kind, marker.by, value, ""))  # type: ignore[operator]
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


__all__ = ["DATASOURCE_NAMES", "Setting"]
