"""A part of a package by addresses, or by what has changed since an earlier one: the delta."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assetpkg.authoring.selection import CutReference, Globs, part_of, select
from assetpkg.credentials.masking import mask_line
from assetpkg.package.package import Package, refuse_damaged
from assetpkg.simulation.diff import diff
from assetpkg.simulation.difference import Diff

Because = Literal["named", "added", "changed", "renamed"]
"""Why a resource is taken for its own sake: it is named, or it is not as in the earlier package."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Subset:
    """A part of a package, or why there is none.

    `package` is the part; `None` where `refused` has references to what must not be taken, or where nothing is left.
    `chosen` says why each resource is taken for its own sake, and `came_along` has the others, each with those that
    refer to it. `cut` are references that lead to nothing in the part. `left` are the resources that are not in it, and
    `gone` those that the earlier package has and this one has not, with the address of one that is renamed: an import
    deletes nothing. `files` is how many files were left out that belong to no resource.
    """

    whole: Package
    since: Package | None
    package: Package | None
    chosen: Mapping[str, Because]
    came_along: Mapping[str, tuple[str, ...]]
    cut: tuple[CutReference, ...] = ()
    refused: tuple[CutReference, ...] = ()
    left: tuple[str, ...] = ()
    gone: Mapping[str, str | None]
    files: int = 0

    def __repr__(self) -> str:
        """Show how many resources there are."""
        of = len(self.whole.resources)
        return f"Subset({mask_line(self.whole.name)!r}, {of - len(self.left)} of {of} resources)"


def subset(
    package: Package,
    only: Iterable[str] = (),
    without: Iterable[str] = (),
    since: Package | None = None,
    *,
    dependencies: bool = True,
) -> Subset:
    """Return the part of a package with the addresses of `only`, those of `without` aside, and what they refer to.

    Both are globs, such as `api/*`; without `only`, all resources are meant. With `since`, an earlier package, only
    those are taken that are new or not the same by meaning. Without `dependencies`, nothing comes along, and the
    references that lead to nothing then are `cut`. Every entry keeps its bytes. Raises `UnknownAddress` for a glob that
    fits nothing, and `InvalidPackage` for a package that is damaged, or has several resources in one file.
    """
    refuse_damaged(package)
    wanted, unwanted = Globs(only), Globs(without)
    found = None if since is None else diff(since, package)
    gone = {} if found is None else dict(_gone(found))
    known = {*package.index.by_address, *gone}
    wanted.refuse_unused(known)
    unwanted.refuse_unused(known)
    changed = None if found is None else dict(_changed(found))
    chosen: dict[str, Because] = {
        address: "named" if changed is None else changed[address]
        for address in package.index.by_address
        if (changed is None or address in changed) and (not wanted or wanted.fit(address)) and not unwanted.fit(address)
    }
    members = [package.index.by_address[address] for address in chosen]
    selection = select(package.index, members, dependencies=dependencies, without=unwanted)
    refused = tuple(each for each in selection.open_references if dependencies and each.needs not in selection.taken)
    part, files = (None, 0) if refused or not chosen else part_of(package, selection.taken)
    return Subset(
        whole=package,
        since=since,
        package=part,
        chosen=chosen,
        came_along=selection.came_along,
        cut=() if refused else selection.open_references,
        refused=refused,
        left=tuple(address for address in package.index.by_address if address not in selection.taken),
        gone={address: now for address, now in gone.items() if not wanted or wanted.fit(address)},
        files=files,
    )


def _changed(found: Diff) -> Iterator[tuple[str, Because]]:
    for each in found.differences:
        if each.after is not None and each.action != "removed":
            yield each.after, each.action


def _gone(found: Diff) -> Iterator[tuple[str, str | None]]:
    for each in found.differences:
        if each.before is not None and each.before != each.after and each.action in {"removed", "renamed"}:
            yield each.before, each.after
