"""What a resource of the package meets on the target: the exact one of several, or one that is nearly so named."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from assetpkg.kinds import KINDS
from assetpkg.package.index import Index, Path, Resource, reference_at
from assetpkg.planning.assumptions import MERGE_MATCHES, NAMES_DIFFER_BY, ONE_NAME
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.resource.naming import may_be_near
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance


class Surroundings(Protocol):
    """What is asked of the import around a resource, to find what it meets."""

    @property
    def instance(self) -> Instance | None:
        """The target."""

    @property
    def options(self) -> ImportOptions:
        """How the import is asked for."""

    @property
    def target_index(self) -> Index:
        """The resources of the target that are known."""

    def lands(self, reference: Reference) -> str | None:
        """Return the address of what a reference of the package leads to after the import."""

    def leads_before(self, reference: Reference) -> str | None:
        """Return the address of what a reference of the target leads to."""

    def parent_before(self, resource: Resource) -> Resource | None:
        """Return the target's resource that the parent of a resource meets, or is."""


class Met(NamedTuple):
    """What a resource meets.

    `found` has several where the target has the name more than once, and nothing says which of them is meant. `near`
    are those of a name that is almost the same, where none has exactly that name. `called` says that an earlier
    package calls it so.
    """

    found: tuple[Resource, ...] = ()
    near: tuple[Resource, ...] = ()
    called: bool = False

    @property
    def one(self) -> Resource | None:
        """The one resource that is met."""
        return self.found[0] if len(self.found) == 1 else None


def meet(context: Surroundings, resource: Resource, path: Path) -> Met:
    """Return what a resource meets, where `path` is looked for on the target as it is before the import."""
    if context.instance is None:
        return Met()
    if matches_by_id(context, resource):
        found = with_its_id(context, resource)
        return Met(() if found is None else (found,))
    return find_named(context, resource, path)


def find_named(context: Surroundings, resource: Resource, path: Path) -> Met:
    """Return what is there by the name at `path`."""
    instance = context.instance
    if instance is None:
        return Met()
    exact = _exact(context, resource, tuple(_in_scope(context, resource, instance.index.at(path))))
    if exact:
        return Met(exact)
    called = instance.called(path)
    if called is not None:
        return Met((called,), called=True)
    near = tuple(_in_scope(context, resource, _nearly(instance.index, resource, path)))
    own = tuple(other for other in near if other.path.kind == path.kind)
    return Met(_exact(context, resource, own) if context.options.assumes(NAMES_DIFFER_BY, ONE_NAME) else (), near)


def find_named_anywhere(context: Surroundings, resource: Resource, path: Path, *, within: bool) -> Resource | None:
    """Return what is there by the name at `path`, `within` the narrower scope that its kind may have or in any."""
    scope = resource.kind.name_scope
    there = context.instance.index.at(path) if context.instance is not None else ()
    if within and scope is not None:
        there = tuple(_of_scope(context, resource, there, scope[2]))
    return next(iter(_exact(context, resource, there)), None)


def find_rival(context: Surroundings, resource: Resource, path: Path) -> Resource | None:
    """Return the target's resource of another kind that has the name, where both kinds share their names."""
    if context.instance is None or resource.kind.namespace is None:
        return None
    index = context.instance.index
    namesake = index.namesake(resource.kind, path)
    if namesake is not None or not context.options.assumes(NAMES_DIFFER_BY, ONE_NAME):
        return namesake
    return next((other for other in _nearly(index, resource, path) if other.path.kind != path.kind), None)


def with_its_id(context: Surroundings, resource: Resource) -> Resource | None:
    """Return the target's resource that has the id."""
    return context.instance.index.with_id(resource.path.kind, resource.id) if context.instance else None


def matches_by_id(context: Surroundings, resource: Resource) -> bool:
    """Say whether a resource is assumed to be found by its id."""
    return could_match_by_id(context, resource) and context.options.assumes(MERGE_MATCHES, "id")


def could_match_by_id(context: Surroundings, resource: Resource) -> bool:
    """Say whether it is open by what Merge finds a resource; of data sources the name is documented."""
    return context.options.mode is Mode.MERGE and resource.id_given and resource.kind.overwritten_by is None


def _exact(context: Surroundings, resource: Resource, there: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """Return those of several with one name that are most exactly meant: by their id, and by what they belong to."""
    if len(there) <= 1:
        return there
    ranks = [(resource.id_given and other.id == resource.id, _is_below(context, resource, other)) for other in there]
    best = tuple(other for other, rank in zip(there, ranks, strict=True) if rank == max(ranks))
    # Two contents under one id are one resource: what is wrong then is said of the target.
    return best[:1] if best[0].id_given and len({other.id for other in best}) == 1 else best


def _is_below(context: Surroundings, resource: Resource, other: Resource) -> bool:
    """Say whether both belong to one parent, or are in one narrower scope."""
    scope = resource.kind.name_scope
    if scope is not None:
        return any(_of_scope(context, resource, (other,), scope[2]))
    parent = context.parent_before(resource)
    return parent is not None and parent is context.target_index.parent_of(other)


def _in_scope(context: Surroundings, resource: Resource, there: Iterable[Resource]) -> Iterable[Resource]:
    """Return those whose names are unique among the same as that of `resource`, as far as an answer narrows it."""
    scope = resource.kind.name_scope if there else None
    narrow = scope is not None and context.options.assumptions[scope[0]] == scope[1]
    return _of_scope(context, resource, there, scope[2]) if narrow and scope is not None else there


def _of_scope(context: Surroundings, resource: Resource, there: Iterable[Resource], field: str) -> Iterator[Resource]:
    used = reference_at(resource, field)
    own = (context.lands(used) or used.value) if used is not None else None
    for other in there:
        known = reference_at(other, field)
        if own == ((context.leads_before(known) or known.value) if known is not None else None):
            yield other


def _nearly(index: Index, resource: Resource, path: Path) -> Iterator[Resource]:
    """Yield the target's resources below the same parent whose names are almost that of `path`, and not the same."""
    kind_of = resource.kind
    if not may_be_near(kind_of):
        return
    namespace = kind_of.namespace
    kinds = [path.kind, *(word for word in index.by_kind if namespace is not None and word != path.kind)]
    for kind in kinds:
        if kind == path.kind or KINDS[kind].namespace == namespace:
            for other in index.named_nearly(kind, path.names[-1]):
                if other.path.names != path.names and other.path.names[:-1] == path.names[:-1]:
                    yield other
