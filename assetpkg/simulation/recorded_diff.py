"""The target of a saved plan held against another state of the instance, by the digests that the plan has recorded."""

from assetpkg.errors import CannotRead
from assetpkg.kinds import KINDS
from assetpkg.package.package import Package
from assetpkg.simulation.difference import Diff, Difference
from assetpkg.target.instance import Instance
from assetpkg.target.recorded import RecordedTarget

_WHOLE = ("",)
"""The pointer of a whole document."""


def diff_recorded(before: Package | Instance | RecordedTarget, after: Package | Instance | RecordedTarget) -> Diff:
    """Compare two states of an instance, of which one or both are the target of a saved plan.

    A resource is the same as the one of its address; nothing is known of ids and contents, so that none is renamed.
    Where a resource was looked at in full on one side only, another digest may mean no more than that, and it is not
    known whether it differs. Raises `CannotRead` for a package, whose resources have other ids, and nothing that the
    server makes.
    """
    old, new = _recorded(before), _recorded(after)
    differences: list[Difference] = []
    unverified: dict[str, tuple[str, ...]] = {}
    uncovered: dict[str, int] = {}
    same = 0
    for address in dict.fromkeys((*old.digests, *new.digests)):
        kind = address.partition("/")[0]
        if address not in old.digests or address not in new.digests:
            if kind not in (old if address in new.digests else new).covers:
                uncovered[kind] = uncovered.get(kind, 0) + 1
            elif address in new.digests:
                differences.append(Difference(action="added", kind=kind, after=address))
            else:
                differences.append(Difference(action="removed", kind=kind, before=address))
        elif _is_not_known(address, old, new):
            unverified[address] = _WHOLE
        elif old.digests[address] != new.digests[address]:
            differences.append(Difference(action="changed", kind=kind, before=address, after=address))
        else:
            same += 1
    order = {kind: number for number, kind in enumerate(KINDS)}
    differences.sort(key=lambda each: (order.get(each.kind, len(order)), each.address, each.action))
    return Diff(
        before=before,
        after=after,
        differences=tuple(differences),
        same=same,
        unverified=unverified,
        uncovered=uncovered,
    )


def _is_not_known(address: str, old: RecordedTarget, new: RecordedTarget) -> bool:
    """Say whether it is not known of a resource that both sides have whether it differs."""
    looked = [address not in side.in_part for side in (old, new)]
    if old.digests[address] == new.digests[address]:
        return not all(looked)
    return looked[0] != looked[1] or (not any(looked) and old.partial != new.partial)


def _recorded(side: Package | Instance | RecordedTarget) -> RecordedTarget:
    if isinstance(side, RecordedTarget):
        return side
    if isinstance(side, Package) or side.is_package:
        raise CannotRead(
            f"the package '{side.name}' cannot be compared with the target of a saved plan, which has recorded a digest"
            " of each resource, ids included; compare a snapshot or another plan, or plan the package"
        )
    return RecordedTarget.of(side)
