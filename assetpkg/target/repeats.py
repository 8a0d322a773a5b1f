"""What a target lists more than once: the same thing twice, as pages that overlap do, or two contents under one id."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import id_field
from assetpkg.kinds.markers import Name, Ref
from assetpkg.resource.diff import Sides, compare
from assetpkg.resource.inspection import Inspection

Key = str | tuple[str, str, str]
"""What two resources of a kind are the same by: the id, or what it is, its value, and the scope in which it counts."""


class Repeat(NamedTuple):
    """A resource that a target lists more than once; `equal` where all that it says of it means the same.

    `id` is empty where the documents have none. `places` are those where it is listed.
    """

    kind: str
    id: str
    name: str
    places: tuple[str, ...]
    equal: bool


def find_repeats(
    inspections: Sequence[Inspection], read: Callable[[Inspection], Mapping[str, Any]]
) -> tuple[Sequence[Inspection], tuple[Repeat, ...]]:
    """Return what is left where everything is counted once, and what is listed more than once.

    Of two contents under one id both are left, since nothing says which is right. What has no id is the same where all
    of it is. Which of several is kept does not depend on their order. `read` returns the document of a resource.
    """
    first: dict[str, dict[Key, Inspection]] = {}
    groups: dict[tuple[str, Key], list[Inspection]] = {}
    for found in inspections:
        if not found.readable:
            continue
        key = _key(found)
        known = first.setdefault(found.kind, {}).setdefault(key, found)
        if known is not found:
            groups.setdefault((found.kind, key), [known]).append(found)
    if not groups:
        return inspections, ()
    dropped: set[int] = set()
    repeats: list[Repeat] = []
    for members in groups.values():
        contents = _contents(members, read)
        kept = {id(content) for content in contents}
        dropped.update(id(member) for member in members if id(member) not in kept)
        # Without an id, two contents are two resources of one name.
        if members[0].id is not None or len(contents) < len(members):
            repeats.append(_repeat(members, equal=len(contents) == 1 or members[0].id is None))
    return [found for found in inspections if id(found) not in dropped], tuple(repeats)


def _key(found: Inspection) -> Key:
    declared = id_field(KINDS[found.kind])
    if found.id is None or declared is None:
        return "name", found.name, found.scope or ""
    # An id that is a name as well may be one in a scope alone.
    return found.id if declared.marker(Name) is None else ("id", found.id, found.scope or "")


def _contents(members: Iterable[Inspection], read: Callable[[Inspection], Mapping[str, Any]]) -> list[Inspection]:
    """Return one of each content, the same ones whatever their order."""
    kept: list[tuple[Inspection, Mapping[str, Any]]] = []
    seen: set[str] = set()
    for member in sorted(members, key=lambda found: (found.digest, found.pointer, found.entry)):
        if member.digest in seen:
            continue
        seen.add(member.digest)
        document = read(member)
        if not any(_is_same(member, other, document, there) for other, there in kept):
            kept.append((member, document))
    return [member for member, _ in kept]


def _is_same(one: Inspection, other: Inspection, document: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    return one.name == other.name and not compare(KINDS[one.kind], there, document, _AS_WRITTEN)


def _as_written(_: Ref, value: str) -> str:
    return value


_AS_WRITTEN = Sides(before=_as_written, after=_as_written)


def _repeat(members: Sequence[Inspection], *, equal: bool) -> Repeat:
    return Repeat(
        kind=members[0].kind,
        id=members[0].id or "",
        name=members[0].name,
        places=tuple(member.pointer or member.entry for member in members),
        equal=equal,
    )
