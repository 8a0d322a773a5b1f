"""What an import leaves unsettled on the target, and what its package calls what is there otherwise."""

from collections.abc import Iterator, Mapping

from assetpkg.kinds.kind import id_field, name_fields
from assetpkg.package.index import Resource, lookups
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.changes import Action, Change
from assetpkg.planning.remarks import Reason
from assetpkg.simulation.outcome.placement import Place, Places
from assetpkg.target.undetermined import KnownAs, Uncertainty

Uncertainties = Iterator[tuple[Uncertainty, tuple[str, ...]]]
"""Each uncertainty with the pointers of what it is about, none where it is about all of the resource."""


def find_uncertainties(
    places: Places, change: Change, place: Place, dangling: tuple[str, ...], *, blocked: bool
) -> Uncertainties:
    """Yield every uncertainty about one resource after the import; those at `dangling` lead nowhere for certain."""
    kind = place.resource.kind
    name = (f"/{name_fields(kind)[0].name}",)
    if place.existing is None:
        yield from _about_new(places, change, place, name)
    if change.action is Action.UNDETERMINED and change.reason is not Reason.READINGS_DIFFER:
        yield Uncertainty.WHO_WINS, tuple(field.pointer for field in change.fields)
    if len(places.context.naming.interpretations(kind)) > 1:
        yield Uncertainty.PREFIX_READING, name if place.existing is None else ()
    if change.action is Action.UPDATE and (moved := tuple(_moved(place))):
        yield Uncertainty.NEW_VALUE, tuple(f"/{by}" for by, _ in moved)
    if change.action is not Action.UNDETERMINED and (unknown := _unknown_credentials(places, change, place)):
        yield Uncertainty.CREDENTIALS, unknown
    if dangling:
        yield Uncertainty.REFERENCE, dangling
    if blocked and change.action is not Action.UNDETERMINED:
        yield Uncertainty.BLOCKED, ()


def find_calls(places: Places, addresses: Mapping[str, str]) -> Iterator[KnownAs]:
    """Yield what the package calls resources that have other ids, keys or names on the target afterwards.

    `addresses` has the address there of each resource that has a place, by its address in the package.
    """
    for change in places.planned.changes:
        place = places.by_address.get(change.address)
        if place is None:
            continue
        address = addresses[change.address]
        # Also an id that was derived: the package's other resources refer by it.
        if place.resource.id != place.id:
            yield KnownAs(address=address, by="id", value=place.resource.id)
        if change.action is not Action.UPDATE:
            yield from (KnownAs(address=address, by=by, value=value) for by, value in _moved(place))
        interpretations = places.context.naming.interpretations(place.resource.kind)
        # One that was there keeps its name; beside it there may be a new one.
        for renamed in interpretations if len(interpretations) > 1 and place.existing is None else ():
            other = places.context.naming.target_path(place.resource, renamed=renamed)
            if other != place.path:
                yield KnownAs(address=address, by="name", value=other.names[-1])


def _about_new(places: Places, change: Change, place: Place, name: tuple[str, ...]) -> Uncertainties:
    kind, known = place.resource.kind, id_field(place.resource.kind)
    carried = kind.fresh_id and place.resource.id_given and place.id == place.resource.id
    if known is not None and not carried:
        yield Uncertainty.NEW_ID, (f"/{known.name}",)
    if change.reason is Reason.RENAMED:
        yield Uncertainty.RANDOM_NAME, name
    if change.reason is Reason.UNVERIFIED:
        yield Uncertainty.NOT_COVERED, ()
    held = _values(place.resource)
    taken = tuple(f"/{by}" for by, value in held.items() if places.is_shared(place, by, value))
    if taken:
        yield Uncertainty.TAKEN_VALUE, taken


def _moved(place: Place) -> Iterator[tuple[str, str]]:
    """Yield the values other than id and name by which the package and the target refer to it differently."""
    there = _values(place.existing) if place.existing is not None else {}
    yield from ((by, value) for by, value in _values(place.resource).items() if there.get(by, value) != value)


def _values(resource: Resource) -> dict[str, str]:
    return {by: value for by, value in lookups(resource) if by not in {"id", "name"}}


def _unknown_credentials(places: Places, change: Change, place: Place) -> tuple[str, ...]:
    """Return where credentials are new: all of those in what is created or is a data source, or what has changed."""
    if place.existing is None or place.resource.kind.overwritten_by is not None:
        package = places.context.package
        return tuple(found.pointer for found in credentials_of(package, place.resource))
    hidden = [field.pointer for field in change.fields if field.secret and field.before == field.after]
    inside = [found.pointer for found in place.resource.credentials if _is_below(found.pointer, change)]
    return tuple(dict.fromkeys((*hidden, *inside)))


def _is_below(pointer: str, change: Change) -> bool:
    """Say whether a place in the package's document is in what the import changes."""
    return any(pointer == field.pointer or pointer.startswith(f"{field.pointer}/") for field in change.fields)
