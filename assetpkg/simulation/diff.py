"""Two packages held against each other by meaning, or a package and what an instance has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, refuse_damaged
from assetpkg.planning.comparing import compare_seen, with_addresses
from assetpkg.resource.diff import FieldChange, compare, is_equal
from assetpkg.resource.references import Reference
from assetpkg.simulation.counterparts import Counterparts, read_side
from assetpkg.simulation.difference import Diff, Difference
from assetpkg.target.instance import Instance
from assetpkg.target.reading import Compared, read_compared
from assetpkg.target.recorded import RecordedTarget


def diff(before: Compared, after: Compared) -> Diff:
    """Compare two packages by meaning, or a package with what an instance has, or two of those.

    Each side is a package, a target, or the path of a package, a snapshot, saved answers, or a saved plan. A plan
    stands for the target that it was made for, of which it has recorded a digest of each resource: it is compared with
    another state of that instance, and not with a package, and in which fields a resource differs is not known.

    A resource is the same as the one of its name, or else of its id, or else of its content. What makes no difference:
    ids, what the server makes, an order that means nothing, defaults, and references that lead to the same. Raises
    `CannotRead`, and `InvalidPackage` for a package of which something cannot be read: nothing could be said of it.
    """
    old = _known(before)
    new = _known(after, beside=old if isinstance(old, Package) else None)
    if isinstance(old, RecordedTarget) or isinstance(new, RecordedTarget):
        from assetpkg.simulation.recorded_diff import diff_recorded

        return diff_recorded(old, new)
    return _diff(Counterparts.find(old, new))


def diff_documents(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Diff:
    """Compare two documents of a kind that one file had before and has after; `None` where it is not there.

    Raises `InvalidPackage` for a document that has no name.
    """
    sides = [Instance.from_documents({kind: [] if one is None else [one]}) for one in (before, after)]
    return _diff(Counterparts.of_one_file(*sides))


def _diff(pairs: Counterparts) -> Diff:
    held = _Held(pairs)
    found = [*held.both(), *held.alone(), *held.new()]
    order = {kind: number for number, kind in enumerate(KINDS)}
    found.sort(key=lambda each: (order[each.kind], each.address, each.action))
    return Diff(
        before=pairs.before,
        after=pairs.after,
        differences=tuple(found),
        same=held.same,
        unverified=held.unverified,
        versions=_versions(pairs.before, pairs.after),
        uncovered=held.uncovered,
    )


def _known(side: Compared, beside: Package | None = None) -> Package | Instance | RecordedTarget:
    known = side if isinstance(side, (Package, Instance, RecordedTarget)) else read_compared(side, beside=beside)
    if isinstance(known, Package):
        refuse_damaged(known)
    return known


def _versions(old: Package | Instance, new: Package | Instance) -> tuple[str, str] | None:
    if isinstance(old, Instance) or isinstance(new, Instance) or not (old.layout.is_own and new.layout.is_own):
        return None
    return None if old.asset_version == new.asset_version else (old.asset_version, new.asset_version)


class _Held:
    """The resources of both sides held against each other."""

    def __init__(self, pairs: Counterparts) -> None:
        self._pairs = pairs
        self._sides = pairs.sides
        self.same = 0
        self.unverified: dict[str, tuple[str, ...]] = {}
        self.uncovered: dict[str, int] = {}

    def both(self) -> Iterator[Difference]:
        """Yield what both sides have, and what is not the same there."""
        for old, new, by in self._pairs.pairs():
            fields, unverified = self._compared(old, new)
            if by is None and not fields:
                self.same += not unverified
                self.unverified.update({new.address: unverified} if unverified else {})
                continue
            yield Difference(
                action="changed" if by is None else "renamed",
                kind=new.path.kind,
                before=old.address,
                after=new.address,
                alike_by=by,
                fields=fields,
                unverified=unverified,
            )

    def alone(self) -> Iterator[Difference]:
        """Yield what only the side before has."""
        for old in self._pairs.only_before():
            if self._is_covered(self._pairs.after, old):
                document = read_side(self._pairs.before, old)
                fields = compare(old.kind, document, {}, self._sides)
                yield Difference(
                    action="removed", kind=old.path.kind, before=old.address, fields=self._told(fields, old, None)
                )

    def new(self) -> Iterator[Difference]:
        """Yield what only the side after has."""
        for new in self._pairs.only_after():
            if self._is_covered(self._pairs.before, new):
                document = read_side(self._pairs.after, new)
                fields = compare(new.kind, {}, document, self._sides)
                yield Difference(
                    action="added", kind=new.path.kind, after=new.address, fields=self._told(fields, None, new)
                )

    def _is_covered(self, side: Package | Instance, resource: Resource) -> bool:
        """Say whether a side would have a resource if it was there; count it where nobody has looked."""
        kind = resource.path.kind
        if isinstance(side, Package) or side.is_package or kind in side.covers:
            return True
        self.uncovered[kind] = self.uncovered.get(kind, 0) + 1
        return False

    def _compared(self, old: Resource, new: Resource) -> tuple[tuple[FieldChange, ...], tuple[str, ...]]:
        if old.digest == new.digest and old.place.pointer == new.place.pointer and self._lead_alike(new):
            return (), ()
        before, after = read_side(self._pairs.before, old), read_side(self._pairs.after, new)
        unseen = {
            *_unseen(self._pairs.before, old, before, after),
            *_unseen(self._pairs.after, new, after, before),
        }
        found, unverified = compare_seen(new.kind, before, after, self._sides, unseen)
        return self._told(found, old, new), unverified

    def _lead_alike(self, resource: Resource) -> bool:
        return all(self._is_same_lead(reference, reference) for reference in resource.references)

    def _is_same_lead(self, old: Reference | None, new: Reference | None) -> bool:
        """Say whether two references of one value lead to the same, as far as both lead somewhere."""
        before = None if old is None else self._pairs.lead_before(old)
        after = None if new is None else self._pairs.lead_after(new)
        return before is None or after is None or before == after

    def _told(
        self, found: Sequence[FieldChange], old: Resource | None, new: Resource | None
    ) -> tuple[FieldChange, ...]:
        """Return the differences with the addresses to which references lead; one value is no difference from itself.

        Where a reference leads nowhere on one side, nobody knows that it means something else there.
        """
        refers = [_by_pointer(side) for side in (old, new)] if found else []
        leads = self._pairs.own_before, self._pairs.lead_after
        told = [change for change in found if not self._means_the_same(change, *refers)]
        return with_addresses(told, (old, new), leads)

    def _means_the_same(self, change: FieldChange, old: "_Referring", new: "_Referring") -> bool:
        if change.secret or not is_equal(change.before, change.after):
            return False
        both = old.get(change.pointer, ()), new.get(change.pointer, ())
        return not all(both) or all(self._is_same_lead(*each) for each in zip(*both, strict=False))


_Referring = Mapping[str, Sequence[Reference]]
"""References by the pointer of each, and by that of the list that it is in."""


def _by_pointer(resource: Resource | None) -> _Referring:
    found: dict[str, list[Reference]] = {}
    for reference in resource.references if resource is not None else ():
        for pointer in (reference.pointer, reference.pointer.rpartition("/")[0]):
            found.setdefault(pointer, []).append(reference)
    return found


def _unseen(
    side: Package | Instance, resource: Resource, document: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what is in the `other` document, or within its fields, that nobody has looked at on this side."""
    if isinstance(side, Instance):
        yield from side.unseen(resource, document, other)
