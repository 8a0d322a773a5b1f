"""Answers put together: each resource once, with what a list and a detail call say of it, and its parts in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assetpkg.errors import CannotRead
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind, fields_of, name_fields
from assetpkg.kinds.operations import Operation, Role
from assetpkg.kinds.operations.fdi import COMPOSITE
from assetpkg.package.package import Package
from assetpkg.resource.diff import Sides, compare
from assetpkg.target.answers.foreign import Described
from assetpkg.target.answers.items import Item, answered_by, compared_fields, key_of, name_of, take_item
from assetpkg.target.answers.recognition import Answer
from assetpkg.target.paths import SLASH, is_path, meant_path

_AS_WRITTEN = Sides(before=lambda _, value: value, after=lambda _, value: value)


@dataclass(kw_only=True)
class Known:
    """What is known of one resource: its document, the fields that were asked for, and where each call's answer is."""

    kind: type[Kind]
    document: dict[str, Any]
    answered: set[str]
    hidden: set[str]
    untold: set[str] = field(default_factory=set)
    """The paths of the fields within fields that no answer says."""
    seen: dict[Role | None, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """For each sort of call, where its answer is, and the document in it."""

    @property
    def unknown(self) -> frozenset[str]:
        """The fields that it may have, and that no answer says; of those within fields the paths."""
        missing = (name for name in compared_fields(self.kind) if name not in self.answered)
        # A field that was left out, and no class declares, may be another spelling of one that is declared.
        meant = (spelled for name in self.hidden if (spelled := meant_path(self.kind, name)) is not None)
        fields = frozenset(name for name in (*missing, *self.hidden, *meant) if name not in self.document)
        return fields | {path for path in self.untold if path.partition(SLASH)[0] not in fields}


class Unplaced(NamedTuple):
    """An answer of which nothing says what it is a part of."""

    answer: Answer
    why: str


@dataclass
class Gathering:
    """All that the answers have, by kind and by what each is the same by."""

    composite: frozenset[str] = frozenset()
    """The ids of the tasks that are known to be composite."""
    resources: dict[str, dict[tuple[str, ...], Known]] = field(default_factory=dict)
    dropped: int = 0
    """How many credentials were left out."""
    unplaced: list[Unplaced] = field(default_factory=list)

    def of(self, kind: str) -> Iterable[Known]:
        """Return all that is known of a kind."""
        return self.resources.get(kind, {}).values()

    def take(self, answer: Answer, instance_id: str | None) -> None:
        """Take the resources that are in an answer; raises `CannotRead` where it contradicts another."""
        operation = answer.operation
        own = {given.in_item for given in operation.given}
        for raw in answer.items:
            if operation.items is None and not {name for name, value in raw.items() if value} - own:
                continue  # it says of its parent that there is nothing
            for kind, item in self._documents(operation, raw, answer):
                if not any(item.document.get(named.name) for named in name_fields(KINDS[kind])):
                    self.leave(answer, f"of {KINDS[kind].title}s it is, but one has no name; save the whole answer")
                    continue
                elsewhere = item.document.get("instance_id") if operation.spare else None
                if elsewhere is not None and instance_id is not None and elsewhere != instance_id:
                    continue
                self.add(kind, item, answered_by(operation, kind), operation.role, answer.origin)

    def take_package(self, origin: str, package: Package) -> None:
        """Take the resources of a package, each of which is known completely."""
        for resource in package.resources:
            kind = resource.kind
            item = take_item(package.document(resource.address), fields_of(kind))
            self.add(kind.kind, item, frozenset(compared_fields(kind)), None, origin)

    def take_described(self, origin: str, resources: Iterable[Described]) -> None:
        """Take the resources that a document describes which is no answer."""
        for kind, document, unknown in resources:
            declared = KINDS[kind]
            item = take_item(document, fields_of(declared))
            if any(item.document.get(named.name) for named in name_fields(declared)):
                known = self.add(kind, item, frozenset(compared_fields(declared)) - unknown, None, origin)
                known.untold.update(filter(is_path, unknown))

    def add(self, kind: str, item: Item, answered: Iterable[str], role: Role | None, origin: str) -> Known:
        """Take a document of a kind, and join it with what is known of the same resource."""
        declared = KINDS[kind]
        self.dropped += item.dropped
        members = self.resources.setdefault(kind, {})
        key = key_of(declared, item.document)
        known = members.get(key)
        if known is None:
            members[key] = known = Known(kind=declared, document={}, answered=set(), hidden=set())
        _refuse_contradiction(known, item.document, role, origin)
        known.seen.setdefault(role, (origin, item.document))
        known.answered.update(answered)
        known.hidden.update(item.hidden)
        weaker = role is Role.LIST and len(known.seen) > 1
        known.document = {**item.document, **known.document} if weaker else {**known.document, **item.document}
        return known

    def _documents(self, operation: Operation, raw: Mapping[str, Any], answer: Answer) -> Iterator[tuple[str, Item]]:
        """Yield the documents in an item, with the kind of each."""
        kind = self._kind_of(operation, raw)
        item = take_item(raw, fields_of(KINDS[kind]), operation.secret, operation.renamed)
        for inside in operation.inside:
            listed = raw.get(inside.field)
            for part in listed if isinstance(listed, list) else ():
                if isinstance(part, Mapping):
                    own = {name: raw[there] for there, name in inside.taken if there in raw}
                    yield inside.kind, take_item({**part, **own}, fields_of(KINDS[inside.kind]), (), inside.renamed)
        for given in operation.given:
            # What is in the address alone belongs to the resource as well.
            value = answer.given.get(given.name)
            if value is not None and given.in_item and given.in_item in fields_of(KINDS[kind]):
                item.document.setdefault(given.in_item, value)
        if not KINDS[kind].partial:
            # What the platform says of itself beside the fields of the kind is in no package.
            beside = {*operation.fields, *(COMPOSITE[:1] if operation.also else ())} - fields_of(KINDS[kind]).keys()
            for name in beside:
                item.document.pop(name, None)
        yield kind, item

    def _kind_of(self, operation: Operation, raw: Mapping[str, Any]) -> str:
        """Return of which kind an item is, where there are several in one list."""
        return operation.also[0] if operation.also and str(raw.get("task_id")) in self.composite else operation.subject

    def leave(self, answer: Answer, why: str) -> None:
        """Note that nothing was taken from an answer."""
        self.unplaced.append(Unplaced(answer, why))

    def complete(self, known: Known, wanted: Mapping[str, Any], answer: Answer) -> None:
        """Put further fields into a resource, from an answer of which they are a part."""
        item = take_item(wanted, fields_of(known.kind))
        _refuse_contradiction(known, item.document, Role.DETAIL, answer.origin)
        known.seen.setdefault(Role.DETAIL, (answer.origin, item.document))
        known.answered.update(answered_by(answer.operation, known.kind.kind))
        known.document = {**known.document, **item.document}


def _refuse_contradiction(known: Known, document: dict[str, Any], role: Role | None, origin: str) -> None:
    """Raise `CannotRead` where an answer says something else than another of the same resource.

    Two answers of one sort have to agree in all. A list may say less than a detail call, so that of these, what is no
    part of something larger has to.
    """
    for other, (place, before) in known.seen.items():
        common = before.keys() & document.keys()
        one, another = ({name: side[name] for name in common} for side in (before, document))
        found = compare(known.kind, one, another, _AS_WRITTEN)
        if other is not role:
            found = tuple(change for change in found if change.pointer.count("/") == 1 and _is_plain(change))
        if found:
            what = f"{known.kind.title} '{name_of(known.kind, document)}'"
            raise CannotRead(
                f"{place} and {origin} contradict each other: {what} has another value at {found[0].pointer};"
                " they are of different times, so leave the older one out"
            )


def _is_plain(change: Any) -> bool:
    return not any(isinstance(value, (dict, list)) for value in (change.before, change.after)) and type(
        change.before
    ) is type(change.after)
