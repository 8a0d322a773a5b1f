"""Which resource of one side is which of the other: by name, then by id, then by content."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assetpkg.documents import split_pointer
from assetpkg.package.index import Path, Resource
from assetpkg.package.package import Package, read_document
from assetpkg.resource.diff import Sides, compare, content_of, resolver
from assetpkg.resource.meaning import digest_meaning
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance

By = Literal["id", "content", "file"]
_LEAST = 3
"""How many values a content has at least by which a resource is known again: less than that, many have alike."""

Known = Package | Instance


@dataclass
class Counterparts:
    """The resources of both sides that are the same, each with how it was known again where its name did not do."""

    before: Known
    after: Known
    _met: dict[str, tuple[Resource, Resource, By | None]] = field(default_factory=dict)
    _met_back: dict[str, Resource] = field(default_factory=dict)

    @classmethod
    def find(cls, before: Known, after: Known, *, by_content: bool = True) -> "Counterparts":
        """Find them: parents first, so that what is below a parent that is renamed has not another name for that.

        Not `by_content`, two resources that say the same under two names are two.
        """
        found = cls(before, after)
        levels = [_by_depth(side.index.resources) for side in (before, after)]
        for depth in sorted({*levels[0], *levels[1]}):
            old, new = (level.get(depth, []) for level in levels)
            found._by_path(old)
            found._by_id(old, depth)
            if by_content:
                found._by_content(old, new)
        # What is below a parent that only one side has is as deep as that is known.
        found._by_id(before.index.resources, None)
        return found

    @classmethod
    def of_one_file(cls, before: Known, after: Known) -> "Counterparts":
        """Take the only resource of each side for the same."""
        found = cls.find(before, after)
        old, new = list(found.only_before()), list(found.only_after())
        if old and new:
            found.pair(old[0], new[0], "file")
        return found

    def pairs(self) -> Iterator[tuple[Resource, Resource, By | None]]:
        """Yield the pairs, in the order of the side before."""
        yield from (self._met[old.address] for old in self.before.index.resources if old.address in self._met)

    def only_before(self) -> Iterator[Resource]:
        """Yield what only the side before has."""
        return (old for old in self.before.index.resources if old.address not in self._met)

    def only_after(self) -> Iterator[Resource]:
        """Yield what only the side after has."""
        return (new for new in self.after.index.resources if new.address not in self._met_back)

    @property
    def sides(self) -> Sides:
        """How references are resolved: on both sides to the address after, where what they lead to has one."""
        return Sides(before=resolver(self.lead_before), after=resolver(self.lead_after))

    def lead_before(self, reference: Reference) -> str | None:
        """Return the address that a reference of the side before leads to, as the side after has it."""
        found = self.before.index.resolve(reference)
        if found is None:
            return None
        met = self._met.get(found.address)
        return found.address if met is None else met[1].address

    def own_before(self, reference: Reference) -> str | None:
        """Return the address that a reference of the side before leads to, as that side has it."""
        found = self.before.index.resolve(reference)
        return None if found is None else found.address

    def lead_after(self, reference: Reference) -> str | None:
        """Return the address that a reference of the side after leads to."""
        found = self.after.index.resolve(reference)
        return None if found is None else found.address

    def pair(self, old: Resource, new: Resource, by: By | None) -> None:
        """Note that two resources are the same."""
        self._met[old.address] = (old, new, by)
        self._met_back[new.address] = old

    def _is_left(self, old: Resource, new: Resource | None = None) -> bool:
        return old.address not in self._met and (new is None or new.address not in self._met_back)

    def _by_path(self, olds: Iterable[Resource]) -> None:
        groups: dict[Path, list[Resource]] = {}
        for old in olds:
            groups.setdefault(self._path_after(old), []).append(old)
        for path, members in groups.items():
            there = self.after.index.at(path)
            # Of several with one name, it is said as exactly as possible which is which.
            keys = (_given_id, _digest, self._scope, _any) if len(members) + len(there) > 2 else (_any,)  # noqa: PLR2004
            for key in keys:
                self._pair_alike(members, there, key)

    def _pair_alike(
        self, olds: Iterable[Resource], news: Iterable[Resource], key: Callable[[Resource], Hashable]
    ) -> None:
        left: dict[Hashable, deque[Resource]] = {}
        for new in news:
            if new.address not in self._met_back and key(new) is not None:
                left.setdefault(key(new), deque()).append(new)
        for old in olds:
            if self._is_left(old) and left.get(key(old)):
                self.pair(old, left[key(old)].popleft(), None)

    def _path_after(self, old: Resource) -> Path:
        """Return the path that a resource has on the side after if nobody has renamed it."""
        parent = self.before.index.parent_of(old)
        met = self._met.get(parent.address) if parent is not None else None
        return old.path if met is None else Path(old.path.kind, (*met[1].path.names, old.name))

    def _scope(self, resource: Resource) -> Hashable:
        side = self.before if self.before.index.by_address.get(resource.address) is resource else self.after
        return side.index.narrow_scope(resource)

    def _by_id(self, olds: Iterable[Resource], depth: int | None) -> None:
        for old in olds:
            new = self.after.index.with_id(old.path.kind, old.id) if old.id_given and self._is_left(old) else None
            if new is None or not new.id_given or not self._is_left(old, new):
                continue
            if depth is None or len(new.path.names) == depth:
                self.pair(old, new, "id")

    def _by_content(self, olds: Iterable[Resource], news: Iterable[Resource]) -> None:
        left_old = [old for old in olds if self._is_left(old)]
        left_new = [new for new in news if new.address not in self._met_back]
        kinds = {old.path.kind for old in left_old} & {new.path.kind for new in left_new}
        contents = [
            _unique_contents(side, (each for each in left if each.path.kind in kinds))
            for side, left in ((self.before, left_old), (self.after, left_new))
        ]
        for key, old in contents[0].items():
            new = contents[1].get(key)
            if new is not None and not compare(
                old.kind, read_side(self.before, old), read_side(self.after, new), self.sides
            ):
                self.pair(old, new, "content")


def read_side(side: Known, resource: Resource) -> dict[str, Any]:
    """Return the document of a resource of one side."""
    return side.document(resource) if isinstance(side, Instance) else read_document(side.archive, resource)


def _unique_contents(side: Known, resources: Iterable[Resource]) -> Mapping[tuple[str, str], Resource]:
    """Return the resources by what they say beside their names, where that is enough, and only one says it."""
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in resources:
        content = content_of(resource.kind, read_side(side, resource))
        referring = {split_pointer(reference.pointer)[0] for reference in resource.references}
        if _values(value for key, value in content.items() if key not in referring) >= _LEAST:
            places = [place.pointer for place in resource.credentials if split_pointer(place.pointer)[0] in content]
            key = (resource.path.kind, digest_meaning(resource.kind, content, places))
            found.setdefault(key, []).append(resource)
    return {key: members[0] for key, members in found.items() if len(members) == 1}


def _values(children: Iterable[Any]) -> int:
    """Return how many values there are, also in what is below."""
    number = 0
    pending = [*children]
    while pending:
        value = pending.pop()
        if isinstance(value, (dict, list)):
            pending += value.values() if isinstance(value, dict) else value
        else:
            number += 1
    return number


def _by_depth(resources: Iterable[Resource]) -> Mapping[int, list[Resource]]:
    found: dict[int, list[Resource]] = {}
    for resource in resources:
        found.setdefault(len(resource.path.names), []).append(resource)
    return found


def _given_id(resource: Resource) -> Hashable:
    return resource.id if resource.id_given else None


def _digest(resource: Resource) -> Hashable:
    return (resource.digest, resource.place.pointer)


def _any(resource: Resource) -> Hashable:
    del resource
    return ""
