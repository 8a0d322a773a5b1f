"""The way back from an import: the package that brings the previous values, and what no package brings back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assetpkg.package.index import Resource, reference_at
from assetpkg.package.package import Package, refuse_damaged
from assetpkg.package.secrets import CredentialToEnter, credentials_in
from assetpkg.planning.assumptions import MERGE_EXISTING, Basis, assumed, documented
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.planning.judge import API_REFERENCE
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.resource.diff import FieldChange
from assetpkg.resource.merge import created
from assetpkg.target.instance import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """A resource of the target whose previous values the package has.

    `address` is the one on the target. It is `certain` that the import changes it, or else it may; `fields` are what it
    changes then, from before to after. `basis` is why an import of the package would bring the values back.
    """

    address: str
    certain: bool
    fields: tuple[FieldChange, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True, repr=False)
class Undo:
    """How an import is undone: `package`, imported with `options`, and by hand what is left.

    `package` is `None` where nothing needs it. `companions` are in it unchanged, since others refer to them. `stays` is
    what the import creates: no import deletes. `doubles` are on the target twice under one name, apart from a
    credential in it, so that no package can bring them. `planned` is what it follows from, for assetpkg itself.
    """

    package: Package | None
    options: ImportOptions
    restored: tuple[Restoration, ...]
    companions: tuple[str, ...]
    stays: tuple[Change, ...]
    credentials: tuple[CredentialToEnter, ...]
    doubles: tuple[str, ...]
    planned: Changes = field(compare=False)

    def __repr__(self) -> str:
        """Show how much the package brings back, and how much stays."""
        return f"Undo({self.package!r}, {len(self.restored)} restored, {len(self.stays)} stay)"


def undo(planned: Changes) -> Undo:
    """Return how to undo an import that does what is `planned`; the target is the one before it.

    The package has no credentials, since an import brings none, and nothing in the place of one. Raises
    `InvalidPackage` for what is not a package, or a damaged one, and `InvalidOption` where the import was planned
    without a target.
    """
    package, instance = planned.package, planned.context.known_instance
    refuse_damaged(package)
    met = {resource.address: (resource, found) for resource, found in _restorations(planned)}
    brought = _Brought(planned.context)
    changed = [resource for resource, _ in met.values() if brought.take(resource)]
    addresses = {resource.address for resource in changed}
    doubles = tuple(address for address in met if address not in addresses)
    around = [resource for resource in _closure(instance, changed) if resource.address not in met]
    around = [resource for resource in around if brought.take(resource)]
    way_back = _package(package, instance, (*changed, *around)) if changed else None
    restored = tuple(found for resource, found in met.values() if resource.address in addresses)
    return Undo(
        package=way_back,
        options=_options(planned),
        restored=restored,
        companions=tuple(resource.address for resource in around),
        stays=planned.with_action(Action.CREATE),
        credentials=(
            *(place for resource in changed for place in _left_out(instance, resource)),
            # What refers to them leaves them as they are, but for what the package has to leave out of them.
            *(place for resource in around for place in _left_out(instance, resource) if not place.declared),
        ),
        doubles=doubles,
        planned=planned,
    )


class _Brought:
    """What the package brings: of several with one name, those that an import tells apart and that can be in one."""

    def __init__(self, context: ImportContext) -> None:
        """Begin with nothing."""
        self._context = context
        self._index = context.known_instance.index
        self._taken: set[tuple[str, str]] = set()

    def take(self, resource: Resource) -> bool:
        """Say whether the package can bring `resource` back beside what was taken before, and take it."""
        several, scope = self._index.at(resource.path), self._scope(resource)
        if len(several) > 1:
            same = [other for other in several if other.id_given and other.id == resource.id]
            alone = sum(self._scope(other) == scope for other in several) == 1
            if not alone and len(same) != 1:
                return False
        # In the package no name has a credential, so that two may have one there.
        place = str(resource.path), scope
        if place in self._taken:
            return False
        self._taken.add(place)
        return True

    def _scope(self, resource: Resource) -> str:
        """Return in what the name is unique beside its path, where an answer narrows it."""
        scope = resource.kind.name_scope
        if scope is None or self._context.options.assumptions[scope[0]] != scope[1]:
            return ""
        used = reference_at(resource, scope[2])
        return "" if used is None else self._context.resolving.leads_before(used) or used.value


def _options(planned: Changes) -> ImportOptions:
    """Return how the package is imported; the names in it are those on the target, so there is no prefix."""
    return ImportOptions(mode=Mode.MERGE, datasource_overwrite=True, assumptions=planned.options.assumptions)


def _restorations(planned: Changes) -> Iterator[tuple[Resource, Restoration]]:
    """Yield what the import changes on the target, or may change, under any interpretation of the prefix."""
    context = planned.context
    for change in planned.with_action(Action.UPDATE, Action.UNDETERMINED):
        resource = planned.package.resource(change.address)
        certain = change.action is Action.UPDATE and len(context.naming.interpretations(resource.kind)) == 1
        basis = (
            documented(f"{API_REFERENCE}, datasource_overwrite")
            if resource.kind.overwritten_by is not None
            else assumed({MERGE_EXISTING.name: "update"}, MERGE_EXISTING.name)
        )
        for existing in context.matching.met_by(resource):
            yield (
                existing,
                Restoration(address=existing.address, certain=certain, fields=change.fields, basis=basis),
            )


def _closure(instance: Instance, resources: Iterable[Resource]) -> list[Resource]:
    """Return the resources of the target that these refer to, and so on, of the kinds that an import carries."""
    found: dict[str, Resource] = {}
    waiting = list(resources)
    while waiting:
        for reference in waiting.pop().references:
            other = instance.index.resolve(reference)
            if other is not None and other.kind.imported and other.address not in found:
                found[other.address] = other
                waiting.append(other)
    return [found[address] for address in sorted(found)]


def _package(package: Package, instance: Instance, resources: Iterable[Resource]) -> Package:
    """Return a package of the target's own documents, as far as an import brings them."""
    named = Package.new(f"undo of {package.name}", asset_version=package.asset_version or "1.0")
    return named.with_resources(
        (resource.path.kind, created(resource.kind, instance.document(resource), stand_ins=False))
        for resource in resources
    )


def _left_out(instance: Instance, resource: Resource) -> Iterator[CredentialToEnter]:
    """Yield what the package leaves out of a resource of the target, or leaves empty in it, and what may be empty."""
    told = {place.pointer: place for place in credentials_in(resource, instance.document(resource))}
    yield from told.values()
    for place in resource.unfilled:
        if place.pointer not in told:
            yield CredentialToEnter(
                address=resource.address, entry=resource.entry, pointer=place.pointer, declared=False, present=False
            )
