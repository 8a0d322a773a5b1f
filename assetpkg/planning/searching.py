"""What the target has of the name that a resource is looked for by: exactly that one, or one that is nearly it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assetpkg.kinds import KINDS
from assetpkg.package.index import Index, Path, Resource
from assetpkg.planning.assumptions import MERGE_MATCHES, NAMES_DIFFER_BY, ONE_NAME
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.resource.naming import may_be_near
from assetpkg.target.instance import Instance


class Sought(NamedTuple):
    """A resource of the package as it is looked for on the target.

    `path` is where it is before the import, if it is there, and `parent` the target's resource that it is below then.
    `scope` is the address there of what its name may be unique in, as `Index.narrow_scope` says it.
    """

    resource: Resource
    path: Path
    parent: Resource | None = None
    scope: str | None = None


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


def find_named(instance: Instance, options: ImportOptions, sought: Sought) -> Met:
    """Return what is there by the name."""
    index, path = instance.index, sought.path
    exact = _exact(index, sought, tuple(_in_scope(index, options, sought, index.at(path))))
    if exact:
        return Met(exact)
    called = instance.called(path)
    if called is not None:
        return Met((called,), called=True)
    near = tuple(_in_scope(index, options, sought, _nearly(index, sought)))
    own = tuple(other for other in near if other.path.kind == path.kind)
    return Met(_exact(index, sought, own) if options.assumes(NAMES_DIFFER_BY, ONE_NAME) else (), near)


def find_rival(instance: Instance, options: ImportOptions, sought: Sought) -> Resource | None:
    """Return the target's resource of another kind that has the name, where both kinds share their names."""
    kind, path = sought.resource.kind, sought.path
    if kind.namespace is None:
        return None
    namesake = instance.index.namesake(kind, path)
    if namesake is not None or not options.assumes(NAMES_DIFFER_BY, ONE_NAME):
        return namesake
    return next((other for other in _nearly(instance.index, sought) if other.path.kind != path.kind), None)


def depends_on_scope(instance: Instance, sought: Sought) -> bool:
    """Say whether another resource is there by the name if it is unique in the narrower scope of its kind only."""
    index = instance.index
    anywhere = index.at(sought.path)
    within = tuple(_of_scope(index, sought, anywhere))
    return _exact(index, sought, anywhere)[:1] != _exact(index, sought, within)[:1]


def find_by_id(instance: Instance, resource: Resource) -> Resource | None:
    """Return the target's resource that has the id."""
    return instance.index.with_id(resource.path.kind, resource.id)


def is_found_by_id(options: ImportOptions, resource: Resource) -> bool:
    """Say whether a resource is assumed to be found by its id."""
    return may_be_found_by_id(options, resource) and options.assumes(MERGE_MATCHES, "id")


def may_be_found_by_id(options: ImportOptions, resource: Resource) -> bool:
    """Say whether it is open by what Merge finds a resource; of data sources the name is documented."""
    return options.mode is Mode.MERGE and resource.id_given and resource.kind.overwritten_by is None


def _exact(index: Index, sought: Sought, there: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """Return those of several with one name that are most exactly meant: by their id, and by what they belong to."""
    if len(there) <= 1:
        return there
    resource = sought.resource
    ranks = [(resource.id_given and other.id == resource.id, _is_below(index, sought, other)) for other in there]
    best = tuple(other for other, rank in zip(there, ranks, strict=True) if rank == max(ranks))
    # Two contents under one id are one resource: what is wrong then is said of the target.
    return best[:1] if best[0].id_given and len({other.id for other in best}) == 1 else best


def _is_below(index: Index, sought: Sought, other: Resource) -> bool:
    """Say whether both belong to one parent, or are in one narrower scope."""
    if sought.resource.kind.name_scope is not None:
        return index.narrow_scope(other) == sought.scope
    return sought.parent is not None and sought.parent is index.parent_of(other)


def _in_scope(index: Index, options: ImportOptions, sought: Sought, there: Iterable[Resource]) -> Iterable[Resource]:
    """Return those whose names are unique among the same as the one sought, as far as an answer narrows it."""
    scope = sought.resource.kind.name_scope
    narrow = scope is not None and options.assumptions[scope[0]] == scope[1]
    return _of_scope(index, sought, there) if narrow else there


def _of_scope(index: Index, sought: Sought, there: Iterable[Resource]) -> Iterator[Resource]:
    return (other for other in there if index.narrow_scope(other) == sought.scope)


def _nearly(index: Index, sought: Sought) -> Iterator[Resource]:
    """Yield the target's resources below the same parent whose names are almost the one sought, and not the same."""
    path, kind_of = sought.path, sought.resource.kind
    if not may_be_near(kind_of):
        return
    namespace = kind_of.namespace
    kinds = [path.kind, *(word for word in index.by_kind if namespace is not None and word != path.kind)]
    for kind in kinds:
        if kind == path.kind or KINDS[kind].namespace == namespace:
            for other in index.named_nearly(kind, path.names[-1]):
                if other.path.names != path.names and other.path.names[:-1] == path.names[:-1]:
                    yield other
