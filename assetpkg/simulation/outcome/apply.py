"""The target after an import: the plan carried out on what is known of it, and what that leaves open."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from assetpkg import documents
from assetpkg.documents import join_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.fact import Fact
from assetpkg.package.index import Index, Resource
from assetpkg.package.package import read_document
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.remarks import Reason
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.merge import created, updated
from assetpkg.simulation.outcome.following import follow
from assetpkg.simulation.outcome.placement import Places
from assetpkg.simulation.outcome.undetermined import find_calls, find_uncertainties
from assetpkg.target.instance import Instance, QuotaState, with_index
from assetpkg.target.undetermined import Uncertainty, Undetermined

P = TypeVar("P", bound=Fact)


@dataclass(frozen=True, kw_only=True, repr=False)
class Outcome:
    """The predicted result of an import, according to the documents and the chosen assumptions.

    `instance` is the target afterwards, to be planned against like any other. `created` and `updated` are addresses on
    it. `undetermined` is what this import leaves open; `instance.undetermined` has that of imports before it as well.
    `followed` are those of the target's own that refer to what is updated, by another value now. `moved` has the
    address afterwards of those that have another then, by that before: what is renamed, what is below it, and what
    comes after another of its name now. `left_out` are the conflicts, of which nothing was applied. `planned` is what
    it follows from, for assetpkg itself.
    """

    instance: Instance
    created: tuple[str, ...]
    updated: tuple[str, ...]
    followed: tuple[str, ...]
    moved: Mapping[str, str]
    undetermined: tuple[Undetermined, ...]
    left_out: tuple[Change, ...]
    planned: Changes = field(compare=False)

    def __repr__(self) -> str:
        """Show how much has changed."""
        return (
            f"Outcome({len(self.created)} created, {len(self.updated)} updated, {len(self.followed)} followed,"
            f" {len(self.undetermined)} undetermined, {len(self.left_out)} left out)"
        )


def apply(planned: Changes, *, blocked: bool = False) -> Outcome:
    """Return the state of the target after an import that does what is `planned`; nothing is changed in place.

    Conflicts are left out, as if the package did not have them. Whether an import with conflicts, or one that is
    `blocked` otherwise, goes on is not documented: then what it brings is undetermined. Raises `InvalidOption` where
    the import was planned without a target.
    """
    package, instance = planned.package, planned.context.known_instance
    places = Places(planned)
    fresh: list[tuple[str, str, bytes]] = []
    replaced: dict[str, bytes] = {}
    dangling: dict[str, tuple[str, ...]] = {}
    for change in planned.with_action(Action.CREATE, Action.UPDATE):
        place = places.by_address[change.address]
        document, dangling[change.address] = places.document(place, read_document(package.archive, place.resource))
        if place.existing is None:
            fresh.append((change.address, change.kind, documents.dump(created(place.resource.kind, document))))
        else:
            before = instance.document(place.existing)
            whole = updated(place.resource.kind, before, document, _members(change))
            replaced[place.existing.address] = documents.dump(whole)
    changed = tuple(replaced)
    follow(instance, replaced)
    after, fresh_there, moved = _successor(instance, fresh, replaced)
    addresses = fresh_there | {
        address: moved.get(place.existing.address, place.existing.address)
        for address, place in places.by_address.items()
        if place.existing is not None
    }
    stopped = blocked or planned.count(Action.CONFLICT) > 0
    uncertainties = tuple(
        Undetermined(address=addresses[change.address], why=why.value, pointers=list(pointers))
        for change in planned.with_action(Action.CREATE, Action.UPDATE, Action.UNDETERMINED)
        if (met := places.by_address.get(change.address)) is not None
        for why, pointers in find_uncertainties(places, change, met, dangling.get(change.address, ()), blocked=stopped)
    )
    uncertainties += tuple(
        Undetermined(address=moved.get(existing.address, existing.address), why=Uncertainty.SEVERAL.value, pointers=[])
        for change in planned.with_action(Action.UNDETERMINED)
        if change.reason is Reason.AMBIGUOUS
        for existing in planned.context.matching.met_by(package.resource(change.address))
    )
    return Outcome(
        instance=replace(
            after,
            undetermined=_each_once(after.undetermined, uncertainties),
            known_as=_each_once(after.known_as, find_calls(places, addresses)),
        ),
        created=tuple(fresh_there.values()),
        updated=tuple(moved.get(address, address) for address in changed),
        followed=tuple(moved.get(address, address) for address in replaced if address not in changed),
        moved=moved,
        undetermined=uncertainties,
        left_out=planned.with_action(Action.CONFLICT),
        planned=planned,
    )


def _each_once(before: Iterable[P], new: Iterable[P]) -> tuple[P, ...]:
    return tuple({str(fact.tell()): fact for fact in (*before, *new)}.values())


def _members(change: Change) -> frozenset[str]:
    """Return the members of the document in which something differs."""
    return frozenset(documents.split_pointer(field.pointer)[0] for field in change.fields)


def _successor(
    instance: Instance, fresh: list[tuple[str, str, bytes]], replaced: Mapping[str, bytes]
) -> tuple[Instance, dict[str, str], dict[str, str]]:
    """Return the instance with `fresh` resources of their kinds after those that it has, some of them `replaced`.

    The second value has the addresses there of those that are fresh, by their addresses in the package; the third has
    the new addresses of those that had others before: what is renamed, and what is below it.
    """
    members: dict[str, list[tuple[Resource | None, bytes | None]]] = {}
    for resource in sorted(instance.index.resources, key=lambda found: found.place.order):
        members.setdefault(resource.path.kind, []).append((resource, replaced.get(resource.address)))
    pointers: dict[str, str] = {}
    for address, kind, new in fresh:
        pointers[join_pointer(["resources", kind, len(members.setdefault(kind, []))])] = address
        members[kind].append((None, new))
    inspections: list[Inspection] = []
    contents: dict[str, bytes] = {}
    origins: dict[str, Resource] = {}
    before: dict[str, str] = {}
    for kind in (kind for kind in KINDS if kind in members):
        for number, (origin, content) in enumerate(members[kind]):
            pointer = join_pointer(["resources", kind, number])
            if origin is not None:
                before[pointer] = origin.address
            if content is not None:
                contents[pointer] = content
                inspections.append(inspect(KINDS[kind], "", content, pointer=pointer))
            elif origin is not None:
                origins[pointer] = origin
                inspections.append(origin.inspection._replace(entry="", pointer=pointer))

    def document(resource: Resource) -> dict[str, Any]:
        pointer = resource.place.pointer
        if pointer in origins:
            return instance.document(origins[pointer])
        found: dict[str, Any] = documents.parse(contents[pointer])
        return found

    index = Index.build(inspections)
    there = {resource.place.pointer: resource.address for resource in index.resources}
    followed = {address: there[pointer] for pointer, address in before.items()}
    after = replace(
        with_index(instance, index, followed),
        document=document,
        quotas=_quotas(instance, Counter(kind for _, kind, _ in fresh)),
    )
    moved = {old: new for old, new in followed.items() if old != new}
    return after, {address: there[pointer] for pointer, address in pointers.items()}, moved


def _quotas(instance: Instance, new: Counter[str]) -> dict[str, QuotaState]:
    return {kind: quota.changed(used=quota.used + new[kind]) for kind, quota in instance.quotas.items()}
