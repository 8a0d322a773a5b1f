"""What becomes of a resource in a merge: which package it is taken from, or how it is made of both."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assetpkg.documents import decode, split_pointer
from assetpkg.documents.rewriting import Source
from assetpkg.kinds.kind import fields_of, id_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, read_document
from assetpkg.resource.diff import Sides, compare
from assetpkg.resource.joining import Side, join_documents
from assetpkg.simulation.merging.clashes import Clash, From, Why, clash_of_field
from assetpkg.simulation.merging.groups import Group, Groups

_OTHER: dict[Side, Side] = {"a": "b", "b": "a"}


@dataclass(kw_only=True)
class Outcome:
    """What becomes of a group of resources in the merged package.

    `side` is what it is taken from, or `None` where the merged package does not have it. `content` has the bytes where
    they are those of no package. `why` says why it is not as it was.
    """

    group: Group
    side: From | None
    why: Why | None = None
    content: bytes | None = None
    removed_by: From | None = None
    clashes: list[Clash] = field(default_factory=list)

    @property
    def resource(self) -> Resource | None:
        """The resource whose bytes and place are taken, unless there are others."""
        if self.side is None:
            return None
        return self.group.b if self.side == "b" or self.group.a is None else self.group.a


def settle(group: Group, groups: Groups, prefer: Side | None) -> Outcome:
    """Say what becomes of a resource; a clash is settled by the side to `prefer`, or else for now by A."""
    old, a, b = group.old, group.a, group.b
    if a is None or b is None:
        return _one(group, groups, prefer)
    if groups.say_the_same((1, a), (2, b)):
        return Outcome(group=group, side="both", why=None if old is None else _why(groups, old, "a", a))
    if old is None:
        return _without_old(group, groups, (a, b), prefer)
    if groups.say_the_same((0, old), (2, b)):
        return Outcome(group=group, side="a", why=_why(groups, old, "a", a))
    if groups.say_the_same((0, old), (1, a)):
        return Outcome(group=group, side="b", why=_why(groups, old, "b", b))
    return _joined(group, groups, (old, a, b), prefer)


def _one(group: Group, groups: Groups, prefer: Side | None) -> Outcome:
    """Settle what one of the packages does not have, or neither."""
    side: Side = "b" if group.a is None else "a"
    gone, kept, old = _OTHER[side], group.of(side), group.old
    if kept is None:
        return Outcome(group=group, side=None, removed_by="both")
    if old is None:
        return Outcome(group=group, side=side, why="only" if groups.old is None else "added")
    if _is_unchanged(groups, old, side, kept):
        return Outcome(group=group, side=None, removed_by=gone)
    there = {side: kept.address}
    clash = Clash(word="deleted", address=kept.address, a=there.get("a"), b=there.get("b"), settled=prefer)
    if prefer == gone:
        return Outcome(group=group, side=None, removed_by=gone, clashes=[clash])
    return Outcome(group=group, side=side, why="preferred", clashes=[clash])


def _is_unchanged(groups: Groups, old: Resource, side: Side, now: Resource) -> bool:
    """Say whether a resource means the same as in the old package, credentials, name and id included."""
    if groups.say_the_same((0, old), (1 if side == "a" else 2, now)):
        return True
    sides = groups.meanings.old_a if side == "a" else groups.meanings.old_b
    before, after = groups.read("old", old), groups.read(side, now)
    is_called_so = old.name == now.name and (not (old.id_given and now.id_given) or old.id == now.id)
    return is_called_so and not _differences(old, before, after, sides) and _secrets_agree((old, before), (now, after))


def _without_old(group: Group, groups: Groups, both: tuple[Resource, Resource], prefer: Side | None) -> Outcome:
    """Settle what both have, and no earlier package: they have to agree."""
    a, b = both
    one, other = groups.read("a", a), groups.read("b", b)
    clash: Clash | None = None
    if a.name != b.name:
        clash = Clash(word="name", address=a.address, other=b.address, a=a.name, b=b.name, settled=prefer)
    elif a.id_given and b.id_given and a.id != b.id:
        clash = Clash(word="id", address=a.address, pointers=_id_pointer(a), a=a.id, b=b.id, settled=prefer)
    else:
        pointers = _differences(a, one, other, groups.meanings.a_b)
        if pointers or not _secrets_agree((a, one), (b, other)):
            clash = Clash(word="content", address=a.address, pointers=pointers, settled=prefer)
    if clash is not None:
        return Outcome(group=group, side=prefer or "a", why="preferred", clashes=[clash])
    # Both mean the same; what has an id may be referred to by it.
    return Outcome(group=group, side="b" if b.id_given and not a.id_given else "both")


def _id_pointer(resource: Resource) -> tuple[str, ...]:
    known = id_field(resource.kind)
    return () if known is None else (f"/{known.name}",)


def _joined(
    group: Group, groups: Groups, versions: tuple[Resource, Resource, Resource], prefer: Side | None
) -> Outcome:
    """Join what both versions have changed."""
    old, a, b = versions
    sources = _source(groups.a, a), _source(groups.b, b)
    found = join_documents(fields_of(a.kind), groups.read("old", old), sources, groups.meanings, prefer)
    clashes = [clash_of_field(a.address, each) for each in found.clashes]
    if found.text == sources[0].text:
        return Outcome(group=group, side="a", why=_why(groups, old, "a", a), clashes=clashes)
    if found.text == sources[1].text:
        return Outcome(group=group, side="b", why=_why(groups, old, "b", b), clashes=clashes)
    return Outcome(group=group, side="both", why="changed", content=found.text.encode(), clashes=clashes)


def _source(package: Package, resource: Resource) -> Source:
    return Source(decode(package.archive.entries[resource.entry].read()), read_document(package.archive, resource))


def _why(groups: Groups, old: Resource, side: Side, now: Resource) -> Why | None:
    """Return what a version has done to a resource; `None` where that still means the same."""
    if _is_unchanged(groups, old, side, now):
        return None
    return "changed" if old.name == now.name else "renamed"


def _differences(
    resource: Resource, before: Mapping[str, Any], after: Mapping[str, Any], sides: Sides
) -> tuple[str, ...]:
    return tuple(found.pointer for found in compare(resource.kind, before, after, sides))


_Read = tuple[Resource, Mapping[str, Any]]
"""A resource and its document."""


def _secrets_agree(one: _Read, other: _Read) -> bool:
    """Say whether both have the same credentials: one that only one of them has would be lost with it."""
    return _secrets(*one) == _secrets(*other)


def _secrets(resource: Resource, document: Mapping[str, Any]) -> Counter[str]:
    return Counter(str(_value_at(document, place.pointer)) for place in resource.credentials)


def _value_at(document: Any, pointer: str) -> Any:
    """Return the value at a pointer, or the text around it where it leads into one."""
    value = document
    for step in split_pointer(pointer):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            break
    return value
