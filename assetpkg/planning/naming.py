"""What the resources of a package are called on the target after the import, and below what."""

from dataclasses import dataclass, field

from assetpkg.kinds.kind import Kind
from assetpkg.kinds.markers import Prefixed
from assetpkg.package.index import Index, Path, Resource
from assetpkg.planning.assumptions import PREFIX_RENAMES
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.resolving import Resolving
from assetpkg.resource.naming import has_own_name
from assetpkg.resource.references import Reference

_INTERPRETATIONS = {
    "applications": (False,),
    "applications+tasks": (True,),
    "all": (True,),
    "either": (True, False),
}
"""Whether the prefix renames tasks, by what is assumed."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Naming:
    """Names and paths after one import: what the prefix renames, and what the names are below.

    Whether something of that name is on the target already makes no difference here.
    """

    here: Index
    options: ImportOptions
    resolving: Resolving
    _parents: dict[str, Path] = field(default_factory=dict, init=False)
    """The paths of those resources of the package that others are below, as far as asked for."""

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

    def name_after(self, resource: Resource, *, renamed: bool) -> str:
        """Return the name of a resource of the package, if the prefix has `renamed` it or if not."""
        return f"{self.options.prefix}{resource.name}" if renamed else resource.name

    def path_below(self, parent: Path | None, resource: Resource, *, renamed: bool) -> Path:
        """Return the path that a resource has below `parent`."""
        name = self.name_after(resource, renamed=renamed)
        return Path(resource.path.kind, (*(parent.names if parent else ()), name))

    def target_path(self, resource: Resource, *, renamed: bool) -> Path:
        """Return the path that a resource of the package has on the target after the import."""
        return self.path_below(self.target_parent(resource), resource, renamed=renamed)

    def first_path(self, resource: Resource) -> Path:
        """Return the same under the first interpretation of the prefix, which for most kinds is the only one."""
        return self.target_path(resource, renamed=self.interpretations(resource.kind)[0])

    def target_parent(self, resource: Resource) -> Path | None:
        """Return the path on the target of the resource below which the name of `resource` is unique."""
        if resource.parent is None:
            return None
        inside = self.here.parent_of(resource)
        if inside is None:
            return self._parent_outside(resource, resource.parent)
        known = self._parents.get(inside.address)
        if known is None:
            known = self._parents[inside.address] = self.first_path(inside)
        return known

    def resolve_after(self, reference: Reference) -> Path | None:
        """Return the path on the target that a reference of the package leads to after the import."""
        inside = self.here.resolve(reference)
        if inside is not None:
            return self.first_path(inside)
        outside = self.resolving.found_outside(reference)
        return None if outside is None else outside.path

    def _parent_outside(self, resource: Resource, parent: Path) -> Path:
        """Return the parent's path where the package does not hold the parent; as `parent` has it if nothing does."""
        if resource.inspection.scope is None:
            return parent
        return self.resolve_after(Reference(parent.kind, ("id",), resource.inspection.scope, "")) or parent
