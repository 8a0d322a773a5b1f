"""What uses a data source on the target: everything there, also what no package speaks of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Ref
from assetpkg.kinds.part import Part
from assetpkg.package.index import OWNER, Index, Resource
from assetpkg.planning.changes import Action, Change, Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A resource on the target that uses the data source: itself, or through another one, whose address is `through`.

    `planned` says whether the package holds it, too.
    """

    address: str
    kind: str
    through: str | None
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """A data source that is overwritten, or kept although it differs, and what uses it on the target.

    `not_covered` are the kinds of users that the target was not looked at for.
    """

    change: Change
    users: tuple[User, ...]
    not_covered: tuple[str, ...]


def find_impact(planned: Changes) -> Iterator[Impact]:
    """Yield the data sources of an import whose users on the target will notice: those that differ there."""
    instance = planned.instance
    if instance is None:
        return
    known = instance.index.by_address
    met = ((change, known[address]) for change in planned.changes if _is_felt(change) for address in change.matches)
    felt = [(change, existing) for change, existing in met if existing.kind.overwritten_by is not None]
    if not felt:
        return
    addresses = {address for change in planned.changes for address in change.matches or (change.target_address,)}
    users = _users_of(instance.index)
    for change, existing in felt:
        found = tuple(
            User(
                address=user.address,
                kind=user.path.kind,
                through=None if through is existing else through.address,
                planned=user.address in addresses,
            )
            for user, through in _closure(existing, users, instance.index)
        )
        missing = tuple(kind for kind in KINDS if kind not in instance.covers and _refers(KINDS[kind], change.kind))
        yield Impact(change=change, users=found, not_covered=missing)


def _is_felt(change: Change) -> bool:
    return change.action is Action.UPDATE or (change.action is Action.KEEP and bool(change.fields))


def _refers(part: type[Part], kind: str) -> bool:
    """Say whether documents of a class may refer to resources of `kind` in a field that is declared."""
    waiting = [fields_of(part)]
    for fields in waiting:
        for field in fields.values():
            reference = field.marker(Ref)
            if reference is not None and reference.kind == kind:
                return True
            waiting.append(field.parts)
    return False


def _users_of(index: Index) -> Mapping[str, list[Resource]]:
    """Return the resources that refer to each address, each once."""
    found: dict[str, dict[str, Resource]] = {}
    for resource in index.resources:
        for reference in resource.references:
            used = index.resolve(reference)
            if used is not None and used is not resource:
                found.setdefault(used.address, {})[resource.address] = resource
    return {address: list(users.values()) for address, users in found.items()}


def _closure(
    source: Resource, users: Mapping[str, list[Resource]], index: Index
) -> Iterator[tuple[Resource, Resource]]:
    """Yield each user with the resource through which it is one; then the applications that these belong to."""
    seen, waiting = {source.address}, [source]
    for used in waiting:
        for user in users.get(used.address, ()):
            if user.address not in seen:
                seen.add(user.address)
                waiting.append(user)
                yield user, used
    for resource in waiting:
        for reference in resource.references:
            owner = index.resolve(reference)
            if owner is not None and owner.path.kind == OWNER and owner.address not in seen:
                seen.add(owner.address)
                yield owner, resource
