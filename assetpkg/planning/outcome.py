"""The target after an import: the plan carried out on what is known of it, and what that leaves open."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from assetpkg import documents
from assetpkg.documents import join_pointer
from assetpkg.index import Index, Resource, lookups
from assetpkg.inspection import Inspection, inspect
from assetpkg.instance import Instance, QuotaState, Undetermined
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import id_field, name_fields
from assetpkg.package import Package, read_document
from assetpkg.planning.changes import Action, Change, Plan, Reason
from assetpkg.planning.places import Place, Places
from assetpkg.planning.setting import Setting
from assetpkg.planning.successors import created, updated
from assetpkg.secrets import credentials_of


class Doubt(Enum):
    """Why something about a foreseen resource is not settled; the list is closed."""

    NEW_ID = "new-id"
    """The platform gives it an id; until then it has the one of the package, or one that is derived from its path."""
    RANDOM_NAME = "random-name"
    """The platform puts random characters behind its name; those here stand for them."""
    PREFIX_READING = "prefix-reading"
    """It is not documented whether the prefix renames it."""
    WHO_WINS = "who-wins"
    """It differs, and it is not documented who wins; the target's values stand here."""
    NOT_COVERED = "not-covered"
    """The target was not looked at for its kind, so it may have been there before."""
    CREDENTIALS = "credentials"
    """Its credentials are new, or have to be entered again, and are not known."""
    TAKEN_VALUE = "taken-value"
    """Another resource has this value, which should be unique."""
    REFERENCE = "reference"
    """It refers to something that is not there afterwards, or that cannot be told from something else."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an import ends in, as far as the documents and the chosen assumptions tell.

    `instance` is the target afterwards, to be planned against like any other. `created` and `updated` are addresses on
    it. `undetermined` is what this import leaves open; `instance.undetermined` has that of imports before it as well.
    `left_out` are the conflicts, of which nothing was applied.
    """

    instance: Instance
    created: tuple[str, ...]
    updated: tuple[str, ...]
    undetermined: tuple[Undetermined, ...]
    left_out: tuple[Change, ...]


def apply(plan: Plan, package: Package, instance: Instance) -> Outcome:
    """Return the state of `instance` after the import of `package` that `plan` foresees; nothing is changed in place.

    `plan` is the plan of these two. Conflicts are left out, as if the package did not have them; whether an import with
    conflicts goes on at all is not documented, so who applies it looks at `left_out`.
    """
    places = Places(Setting(package, instance, plan.options), plan)
    fresh: list[tuple[str, str, bytes]] = []
    replaced: dict[str, bytes] = {}
    dangling: dict[str, tuple[str, ...]] = {}
    for change in plan.with_action(Action.CREATE, Action.UPDATE):
        place = places.by_address[change.address]
        document, dangling[change.address] = places.document(place, read_document(package.archive, place.resource))
        if place.existing is None:
            fresh.append((change.address, change.kind, documents.dump(created(place.resource.kind, document))))
        else:
            before = instance.document(place.existing)
            whole = updated(place.resource.kind, before, document, _members(change))
            replaced[place.existing.address] = documents.dump(whole)
    after, addresses = _successor(instance, fresh, replaced)
    doubts = tuple(
        Undetermined(address=addresses.get(change.address, str(met.path)), why=why.value, pointers=list(pointers))
        for change in plan.with_action(Action.CREATE, Action.UPDATE, Action.UNDETERMINED)
        if (met := places.by_address.get(change.address)) is not None
        for why, pointers in _doubts(places, change, met, dangling.get(change.address, ()))
        if pointers is not None
    )
    every = {fact.model_dump_json(): fact for fact in (*instance.undetermined, *doubts)}
    return Outcome(
        instance=replace(after, undetermined=tuple(every.values())),
        created=tuple(addresses.values()),
        updated=tuple(replaced),
        undetermined=doubts,
        left_out=tuple(plan.with_action(Action.CONFLICT)),
    )


def _members(change: Change) -> frozenset[str]:
    """Return the members of the document in which something differs."""
    return frozenset(documents.split_pointer(field.pointer)[0] for field in change.fields)


def _successor(
    instance: Instance, fresh: list[tuple[str, str, bytes]], replaced: Mapping[str, bytes]
) -> tuple[Instance, dict[str, str]]:
    """Return the instance with `fresh` resources of their kinds behind those that it has, some of them `replaced`.

    The second value has the addresses there of those that are fresh, by their addresses in the package.
    """
    members: dict[str, list[tuple[Resource | None, bytes | None]]] = {}
    for resource in sorted(instance.index.resources, key=lambda found: (len(found.entry), found.entry)):
        members.setdefault(resource.path.kind, []).append((resource, replaced.get(resource.address)))
    entries: dict[str, str] = {}
    for address, kind, new in fresh:
        entries[join_pointer(["resources", kind, len(members.setdefault(kind, []))])] = address
        members[kind].append((None, new))
    inspections: list[Inspection] = []
    contents: dict[str, bytes] = {}
    origins: dict[str, Resource] = {}
    for kind in (kind for kind in KINDS if kind in members):
        for number, (origin, content) in enumerate(members[kind]):
            entry = join_pointer(["resources", kind, number])
            if content is not None:
                contents[entry] = content
                inspections.append(inspect(KINDS[kind], entry, content))
            elif origin is not None:
                origins[entry] = origin
                inspections.append(origin.inspection._replace(entry=entry))

    def document(resource: Resource) -> dict[str, Any]:
        if resource.entry in origins:
            return instance.document(origins[resource.entry])
        found: dict[str, Any] = documents.parse(contents[resource.entry])
        return found

    index = Index.build(inspections)
    after = replace(
        instance,
        digest=_digest(instance, inspections),
        index=index,
        document=document,
        quotas=_quotas(instance, Counter(kind for _, kind, _ in fresh)),
    )
    there = {resource.entry: resource.address for resource in index.resources if resource.entry in entries}
    return after, {address: there[entry] for entry, address in entries.items()}


def _digest(instance: Instance, inspections: list[Inspection]) -> str:
    """Return a digest that changes with the target before and with every resource after; no file has these bytes."""
    lines = "".join(f"{found.entry} {found.digest}\n" for found in inspections)
    return hashlib.sha256(f"{instance.digest}\n{lines}".encode()).hexdigest()


def _quotas(instance: Instance, new: Counter[str]) -> dict[str, QuotaState]:
    return {kind: quota.model_copy(update={"used": quota.used + new[kind]}) for kind, quota in instance.quotas.items()}


def _doubts(
    places: Places, change: Change, place: Place, dangling: tuple[str, ...]
) -> Iterator[tuple[Doubt, tuple[str, ...] | None]]:
    """Yield every doubt about one resource after the import, with its pointers; `None`, and there is no such doubt."""
    kind, known = place.resource.kind, id_field(place.resource.kind)
    name = (f"/{name_fields(kind)[0].name}",)
    if place.existing is None:
        carried = kind.fresh_id and place.resource.id_given and place.id == place.resource.id
        yield Doubt.NEW_ID, None if known is None or carried else (f"/{known.name}",)
        yield Doubt.RANDOM_NAME, name if change.reason is Reason.RENAMED else None
        yield Doubt.NOT_COVERED, () if change.reason is Reason.UNVERIFIED else None
        yield Doubt.TAKEN_VALUE, _taken(places, place) or None
    if change.action is Action.UNDETERMINED and change.reason is not Reason.READINGS_DIFFER:
        yield Doubt.WHO_WINS, tuple(field.pointer for field in change.fields)
    both = len(places.setting.readings(kind)) > 1
    yield Doubt.PREFIX_READING, (name if place.existing is None else ()) if both else None
    if change.action is not Action.UNDETERMINED:
        yield Doubt.CREDENTIALS, _unknown_credentials(places, change, place) or None
    yield Doubt.REFERENCE, dangling or None


def _taken(places: Places, place: Place) -> tuple[str, ...]:
    held = ((by, value) for by, value in lookups(place.resource) if by not in {"id", "name"})
    return tuple(f"/{by}" for by, value in held if places.is_shared(place, by, value))


def _unknown_credentials(places: Places, change: Change, place: Place) -> tuple[str, ...]:
    """Return where credentials are new: all of those in what is created or is a data source, or what has changed."""
    if place.existing is None or place.resource.kind.overwritten_by is not None:
        package = places.setting.package
        return tuple(found.pointer for found in credentials_of(package, place.resource))
    return tuple(field.pointer for field in change.fields if field.secret and field.before == field.after)
