"""Which resources of two packages, and of the one that both were made of, are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from assetpkg.kinds.markers import Ref
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, read_document
from assetpkg.resource.diff import Resolve, Sides, resolver
from assetpkg.resource.joining import Meanings, Side
from assetpkg.resource.references import Reference
from assetpkg.simulation.counterparts import Counterparts


@dataclass(eq=False)
class Group:
    """A resource as the old package, A and B have it; `None` where one has not."""

    old: Resource | None = None
    a: Resource | None = None
    b: Resource | None = None

    def of(self, side: Side) -> Resource | None:
        """Return what a side has."""
        return self.a if side == "a" else self.b

    @property
    def address(self) -> str:
        """Its address in A, or else in B, or else in the old package."""
        return next(found.address for found in (self.a, self.b, self.old) if found is not None)


class Groups:
    """The resources of the packages, each with what it is in the others.

    Of two packages without an old one, a resource is the same as the one of its name, or else of its id. Of two
    versions of one, it is also what the old package had at its place, or with its content.
    """

    def __init__(self, a: Package, b: Package, old: Package | None) -> None:
        """Find them, in the order of the old package, then of A, then of B."""
        self.old, self.a, self.b = old, a, b
        self.all: list[Group] = []
        if old is not None:
            known = {resource.address: Group(old=resource) for resource in old.resources}
            for before, after, _ in Counterparts.find(old, a).pairs():
                known[before.address].a = after
            for before, after, _ in Counterparts.find(old, b).pairs():
                known[before.address].b = after
            self.all += known.values()
        self._add_new(a, b)

    def _add_new(self, a: Package, b: Package) -> None:
        met = [{found.address for group in self.all if (found := group.of(side)) is not None} for side in ("a", "b")]
        both = {
            one.address: other
            for one, other, _ in Counterparts.find(a, b, by_content=False).pairs()
            if one.address not in met[0] and other.address not in met[1]
        }
        self.all += (Group(a=one, b=both.get(one.address)) for one in a.resources if one.address not in met[0])
        met[1].update(other.address for other in both.values())
        self.all += (Group(b=one) for one in b.resources if one.address not in met[1])

    @cached_property
    def numbers(self) -> Sequence[dict[str, int]]:
        """The numbers of the groups by the addresses in the old package, in A and in B."""
        found: tuple[dict[str, int], ...] = ({}, {}, {})
        for number, group in enumerate(self.all):
            for known, resource in zip(found, (group.old, group.a, group.b), strict=True):
                if resource is not None:
                    known[resource.address] = number
        return found

    def lead(self, package: int, reference: Reference) -> int | None:
        """Return the number of the group that a reference of a package leads to: 0 the old one, 1 is A, 2 is B."""
        side = (self.old, self.a, self.b)[package]
        found = None if side is None else side.index.resolve(reference)
        return None if found is None else self.numbers[package][found.address]

    def say_the_same(self, one: tuple[int, Resource], other: tuple[int, Resource]) -> bool:
        """Say whether two resources, each with its package, have the same bytes, and refer to the same by them."""
        (here, first), (there, second) = one, other
        if first.digest != second.digest:
            return False
        leads = ((self.lead(here, reference), self.lead(there, reference)) for reference in first.references)
        # Where a reference leads nowhere, nobody knows that it means something else there.
        return all(before is None or after is None or before == after for before, after in leads)

    def read(self, package: Side | Literal["old"], resource: Resource) -> dict[str, Any]:
        """Return the document of a resource of one of the packages."""
        found = {"old": self.old, "a": self.a, "b": self.b}[package]
        return {} if found is None else read_document(found.archive, resource)

    @cached_property
    def meanings(self) -> Meanings:
        """How references are resolved: to the same text where they lead to the same."""
        old, a, b = (self._resolve(package) for package in range(3))
        return Meanings(Sides(old, a), Sides(old, b), Sides(a, b))

    def _resolve(self, package: int) -> Resolve:
        def lead(reference: Reference) -> str | None:
            found = self.lead(package, reference)
            return None if found is None else f"\0{found}"

        return resolver(lead)


def no_meanings() -> Meanings:
    """Return how references are resolved where nobody knows what they lead to: not at all."""

    def nowhere(_marker: Ref, _value: str) -> None:
        return None

    sides = Sides(nowhere, nowhere)
    return Meanings(sides, sides, sides)
