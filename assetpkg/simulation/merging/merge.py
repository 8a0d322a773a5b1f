"""Two packages made one: two different ones, or two versions of an earlier one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from assetpkg.archive.entries import Entry
from assetpkg.credentials.masking import mask_line, mask_text
from assetpkg.errors import InvalidOption, InvalidPackage
from assetpkg.limits import how_to_raise, tell_limit
from assetpkg.package.index import Resource
from assetpkg.package.layout import is_free, occupy
from assetpkg.package.package import Package, load, refuse_damaged
from assetpkg.resource.joining import Side
from assetpkg.simulation.diff import diff
from assetpkg.simulation.difference import DiffWord
from assetpkg.simulation.merging.clashes import Clash, RemovedResource, TakenFile, TakenResource, Why
from assetpkg.simulation.merging.files import Files, settle_files, settle_manifest
from assetpkg.simulation.merging.groups import Groups
from assetpkg.simulation.merging.references import Merged
from assetpkg.simulation.merging.resources import Outcome, settle

SIDES: tuple[Side, ...] = ("a", "b")
_WHY: Mapping[DiffWord, Why] = {"added": "added", "changed": "changed", "renamed": "renamed"}


@dataclass(frozen=True, kw_only=True, repr=False)
class Merge:
    """Two packages in one, or why there is none.

    `package` is the merged one; `None` where there are `clashes`, each with its sentence as `message`. `settled` are
    the clashes in which the side to `prefer` was taken. `taken` says of the resources which of the two they are from,
    in three-way merges of those that are not as they were; `same` is how many others there are, which mean the same in
    both, or in all three. `removed` are those that the earlier package has and the merged one has not. `files` are
    files of no resource, and the manifest, in the same way.
    """

    a: Package
    b: Package
    base: Package | None
    prefer: Side | None
    package: Package | None
    clashes: tuple[Clash, ...]
    settled: tuple[Clash, ...]
    taken: tuple[TakenResource, ...]
    removed: tuple[RemovedResource, ...]
    same: int
    files: tuple[TakenFile, ...]

    def __repr__(self) -> str:
        """Show how many resources there are, or clashes."""
        told = f"{len(self.clashes)} clashes" if self.package is None else f"{len(self.package.resources)} resources"
        return f"Merge({mask_line(self.a.name)!r}, {mask_line(self.b.name)!r}, {told})"


class _Put(NamedTuple):
    """The entries of resources, the number of the group in each, and the outcome of each group that has one."""

    entries: Mapping[str, Entry]
    numbers: Mapping[str, int]
    outcomes: Mapping[str, Outcome]


def merge(a: Package, b: Package, base: Package | None = None, *, prefer: Side | None = None) -> Merge:
    """Return one package with what is in A and in B.

    Without a `base` it is the union: what both have, by name or by id, has to mean the same. With a `base`, the package
    that both were made of, it is what both have made of it: fields by the class of a resource, lists by the keys of
    their items where the class has such, removed resources, new names, and members of the manifest. Files that are no
    resource are taken as a whole. What clashes is in the result, which then has no package; with `prefer`, "a" or "b",
    that side is taken. A reference that would lead to nothing, and two resources of one name or id, are not settled by
    that. What is taken from one side keeps its bytes; what is made of both has the form that A has.

    Raises `InvalidPackage` for a package that is damaged, or has several resources in one file, for two of different
    layouts, and where the merged one would have more than is read; `InvalidOption` for another word to `prefer`.
    """
    if prefer is not None and prefer not in SIDES:
        raise InvalidOption(f"to prefer is 'a' or 'b', not {prefer!r}")
    for package in (a, b) if base is None else (a, b, base):
        _refuse(package, a)
    if not a.layout.is_own and base is not None and base.digest in {a.digest, b.digest}:
        # What is new has no place in an archive of another layout, unless nothing is put into it.
        return _unchanged(a, b, base, prefer)
    groups = Groups(a, b, base)
    outcomes = [settle(group, groups, prefer) for group in groups.all]
    files = settle_files(a, b, base, prefer)
    manifest = settle_manifest(a, b, base, prefer)
    clashes = [*manifest.clashes, *(clash for each in outcomes for clash in each.clashes), *files.clashes]
    if any(clash.settled is None for clash in clashes):
        return _merge(a, b, base, prefer, clashes=clashes)
    put = _put(a, b, outcomes, files)
    archive = a.archive.with_entries({**files.entries, **manifest.entries, **put.entries})
    if a.layout.is_own:
        # What is behind A, such as files of texts, is not behind what comes from B.
        archive = replace(archive, underlying=None)
    _refuse_too_much(archive.entries, a)
    made = Merged(load(archive, known=a, beside=b), groups, put.numbers, prefer)
    made, lost = made.repaired()
    clashes += [*lost, *made.doubles()]
    if any(clash.settled is None for clash in clashes):
        return _merge(a, b, base, prefer, clashes=clashes)
    found = [(resource.address, put.outcomes[resource.entry]) for resource in made.package.resources]
    told = [
        TakenResource(address=address, side=each.side, why=each.why)
        for address, each in found
        if each.side is not None and each.why is not None
    ]
    removed = [
        RemovedResource(address=each.group.old.address, side=each.removed_by)
        for each in outcomes
        if each.group.old is not None and each.removed_by is not None
    ]
    whole = partial(_merge, a, b, base, prefer, package=made.package, clashes=clashes)
    return whole(taken=told, removed=removed, files=[*manifest.taken, *files.taken])


def _merge(  # noqa: PLR0913 - what a merge has
    a: Package,
    b: Package,
    base: Package | None,
    prefer: Side | None,
    *,
    package: Package | None = None,
    clashes: Sequence[Clash] = (),
    taken: Sequence[TakenResource] = (),
    removed: Sequence[RemovedResource] = (),
    files: Sequence[TakenFile] = (),
) -> Merge:
    return Merge(
        a=a,
        b=b,
        base=base,
        prefer=prefer,
        package=package,
        clashes=tuple(clash for clash in clashes if clash.settled is None),
        settled=tuple(clash for clash in clashes if clash.settled is not None),
        taken=tuple(taken),
        removed=tuple(removed),
        same=0 if package is None else len(package.resources) - len(taken),
        files=tuple(files),
    )


def _unchanged(a: Package, b: Package, base: Package, prefer: Side | None) -> Merge:
    """Return the merge of which one side is as it was: the other side."""
    side: Side = "b" if base.digest == a.digest else "a"
    package = b if side == "b" else a
    differences = diff(base, package).differences
    taken = [
        TakenResource(address=each.after, side=side, why=_WHY[each.action])
        for each in differences
        if each.after is not None
    ]
    removed = [
        RemovedResource(address=each.before, side=side)
        for each in differences
        if each.action == "removed" and each.before is not None
    ]
    return _merge(a, b, base, prefer, package=package, taken=taken, removed=removed)


def _refuse_too_much(entries: Mapping[str, Entry], a: Package) -> None:
    """Raise `InvalidPackage` where the merged package would have more than is read."""
    limits = a.archive.limits
    size = sum(entry.size for entry in entries.values())
    for name, word, number in (("entries", "entries", len(entries)), ("total", "bytes unpacked", size)):
        most = getattr(limits, name)
        if number > most:
            raise InvalidPackage(
                f"cannot merge: the merged package would have {number:,} {word}, and at most {tell_limit(name, most)} "
                f"are read; {how_to_raise(name, number)}"
            )


def _refuse(package: Package, a: Package) -> None:
    refuse_damaged(package)
    if any(resource.place.pointer for resource in package.resources):
        raise InvalidPackage(f"cannot merge: a file of {package.archive.origin} contains several resources")
    if package.layout.format != a.layout.format:
        raise InvalidPackage(
            f"{a.archive.origin} and {package.archive.origin} are of different layouts; write both in the own one with "
            "'assetpkg convert', and merge those"
        )


def _put(a: Package, b: Package, outcomes: Sequence[Outcome], files: Files) -> _Put:
    """Give each resource an entry: where it is in the package that it is from, unless something else is there."""
    entries: dict[str, Entry] = {}
    numbers: dict[str, int] = {}
    by_entry: dict[str, Outcome] = {}
    kept = [(number, each) for number, each in enumerate(outcomes) if each.side is not None]
    for number, outcome in sorted(kept, key=lambda each: each[1].group.a is None):
        group, resource = outcome.group, outcome.resource
        if resource is None:
            continue
        package = b if resource is group.b else a
        entry = _entry_of(outcome, resource)
        if not is_free(entry, files.occupied):
            if not a.layout.is_own:
                raise InvalidPackage(_NO_PLACE.format(resource.address, a.archive.origin))
            names = [mask_text(name) for name in resource.path.names]
            entry = a.layout.entry_for(resource.kind, names, files.occupied)
        if not a.layout.is_own and group.a is None:
            raise InvalidPackage(_NO_PLACE.format(resource.address, a.archive.origin))
        occupy(entry, files.occupied)
        found = package.archive.entries[resource.entry]
        if outcome.content is not None:
            found = Entry(entry, len(outcome.content), partial(bytes, outcome.content))
        entries[entry] = found if entry == found.name else Entry(entry, found.size, found.read)
        numbers[entry], by_entry[entry] = number, outcome
    return _Put(entries, numbers, by_entry)


_NO_PLACE = (
    "{} cannot be put into {}: assetpkg can only read its layout; write all packages in the own one with "
    "'assetpkg convert', and merge those"
)


def _entry_of(outcome: Outcome, resource: Resource) -> str:
    """Return where a resource goes: to its new place, if one version has moved it, and else where A has it."""
    group = outcome.group
    if group.a is None or group.b is None:
        return resource.entry
    if group.old is not None and group.a.entry == group.old.entry:
        return group.b.entry
    return group.a.entry if group.old is not None or outcome.side != "b" else group.b.entry
