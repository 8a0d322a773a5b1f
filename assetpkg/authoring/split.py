"""Divides a package into several packages that can be imported one after another."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assetpkg import documents
from assetpkg.authoring.cuts import Limit, cut, find_calling_cycles
from assetpkg.errors import InvalidPackage
from assetpkg.kinds.kind import id_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, load, refuse_damaged
from assetpkg.planning.assumptions import IMPORT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One of the packages; `needs` has the numbers, counted from one, of the earlier packages that it refers to."""

    number: int
    package: Package
    counts: Mapping[str, int]
    needs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The packages in the order in which they must be imported.

    `fewest` says that fewer packages are not possible, because the limit alone or the order alone needs so many.
    `cycles` has the applications that call each other with scheduled tasks; these tasks are in a later package than the
    APIs that they call.
    """

    batches: tuple[Batch, ...]
    fewest: bool
    cycles: tuple[tuple[str, ...], ...]


def split(package: Package, most: int = IMPORT_LIMIT, *, together: bool = True) -> Split:
    """Divide a package into parts with at most `most` applications and tasks together.

    Unless `together`, at most `most` of each. Every resource is in one part, and everything that it refers to is in the
    same part or an earlier one. Files that are not resources are in the first part. Raises `InvalidPackage` if the
    package is damaged or not a package, and if no division is possible because of a circle of scheduled calls or a
    circle of more resources than the limit.
    """
    refuse_damaged(package)
    if any(resource.place.pointer for resource in package.resources):
        raise InvalidPackage(f"cannot split: a file of {package.archive.origin} contains several resources")
    limit = Limit(most, together)
    parts, fewest = cut(package.index, limit)
    cycles = tuple(find_calling_cycles(package.index))
    if len(parts) == 1:
        whole = Batch(number=1, package=package, counts=_counts(package.resources), needs=())
        return Split(batches=(whole,), fewest=fewest, cycles=cycles)
    home = {resource.address: number for number, members in enumerate(parts, 1) for resource in members}
    batches = (
        Batch(
            number=number,
            package=_part(package, members, f"{number} of {len(parts)}", first=number == 1),
            counts=_counts(members),
            needs=_needs(package, members, home, number),
        )
        for number, members in enumerate(parts, 1)
    )
    return Split(batches=tuple(batches), fewest=fewest, cycles=cycles)


def _counts(resources: Iterable[Resource]) -> Mapping[str, int]:
    """Return how many applications and how many tasks there are; these words are in the reports."""
    return Counter(resource.kind.counted_as for resource in resources if resource.kind.counted_as)


def _needs(package: Package, members: Iterable[Resource], home: Mapping[str, int], own: int) -> tuple[int, ...]:
    used = (package.index.resolve(reference) for member in members for reference in member.references)
    return tuple(sorted({home[found.address] for found in used if found is not None} - {own}))


def _part(package: Package, members: Sequence[Resource], which: str, *, first: bool) -> Package:
    """Return the package with these resources only, and with its name telling which part it is."""
    kept = {member.entry for member in members}
    if first:
        kept |= package.archive.entries.keys() - {resource.entry for resource in package.resources}
    archive = package.archive.only(kept)
    manifest = documents.parse(package.manifest.text.encode())
    manifest["name"] = f"{manifest.get('name') or 'package'} ({which})"
    part = load(archive.with_contents({package.layout.manifest: documents.dump(manifest)}), known=package)
    return _identified(part, {member.entry: member.id for member in members})


def _identified(part: Package, ids: Mapping[str, str]) -> Package:
    """Return the part with the ids that the whole derived from parents which are in another part now."""
    for resource in part.resources:
        known = id_field(resource.kind)
        if known is not None and resource.id != ids[resource.entry]:
            whole = {**part.document(resource.address), known.name: ids[resource.entry]}
            part = part.with_document(resource.address, whole)
    return part
