"""A part of a package: the resources that are wanted, with everything that they refer to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from re import compile as compile_pattern

from assetpkg.archive.litter import is_littered
from assetpkg.errors import InvalidPackage, UnknownAddress, meant_address
from assetpkg.package.index import Index, Resource
from assetpkg.package.package import Package, load


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReference:
    """A reference of a resource that is taken, at `pointer`, to one that is not: its address is `needs`."""

    address: str
    pointer: str
    needs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The resources of a package that are wanted, and what follows from that.

    `came_along` has, by its address, everything that is taken only because others refer to it, with their addresses.
    `open_references` lead to resources of the package that are not taken.
    """

    wanted: tuple[Resource, ...]
    came_along: Mapping[str, tuple[str, ...]]
    open_references: tuple[CutReference, ...]
    taken: frozenset[str]


class Globs:
    """Globs for addresses, such as `api/*`; a star is any characters, also a `/`."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the globs as they are written."""
        self.texts = (texts,) if isinstance(texts, str) else tuple(texts)
        self._patterns = [compile_pattern(translate(text)) for text in self.texts]

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.texts)

    def fit(self, address: str) -> bool:
        """Say whether one of them fits an address, or is the very address."""
        return address in self.texts or any(pattern.match(address) for pattern in self._patterns)

    def refuse_unused(self, addresses: Collection[str]) -> None:
        """Raise `UnknownAddress` for a glob that fits none of the addresses: it may be misspelled."""
        for text, pattern in zip(self.texts, self._patterns, strict=True):
            if text not in addresses and not any(map(pattern.match, addresses)):
                raise UnknownAddress(f"no resource has an address like '{text}'{meant_address(text, addresses)}")


def select(
    index: Index, wanted: Sequence[Resource], *, dependencies: bool = True, without: Globs | None = None
) -> Selection:
    """Return the `wanted` resources and, for their `dependencies`, all that they refer to, which refers to more.

    What has an address like one of `without` does not come along.
    """
    users: dict[str, dict[str, None]] = {}
    taken = {resource.address for resource in wanted}
    waiting = list(wanted)
    for resource in waiting if dependencies else ():
        for _, needed in index.leads_of(resource):
            if without is not None and without.fit(needed.address):
                continue
            if needed.address not in taken:
                taken.add(needed.address)
                users[needed.address] = {}
                waiting.append(needed)
            if needed.address in users:
                users[needed.address][resource.address] = None
    along = {found.address: tuple(sorted(users[found.address])) for found in index.resources if found.address in users}
    return Selection(
        wanted=tuple(wanted),
        came_along=along,
        open_references=tuple(_open_references(index, taken)),
        taken=frozenset(taken),
    )


def _open_references(index: Index, taken: Collection[str]) -> Iterator[CutReference]:
    """Yield the references of what is taken that lead to something in all of the package, and not in the part of it.

    An id that a resource has from the names of its parents is another one without them.
    """
    part = Index.build(resource.inspection for resource in index.resources if resource.address in taken)
    for resource in index.resources if len(taken) < len(index.resources) else ():
        for reference, needed in index.leads_of(resource) if resource.address in taken else ():
            found = part.resolve(reference)
            if found is None or found.place != needed.place:
                yield CutReference(address=resource.address, pointer=reference.pointer, needs=needed.address)


def part_of(package: Package, taken: Collection[str]) -> tuple[Package, int]:
    """Return the package with these resources alone, and how many files are left out that belong to no resource.

    Its manifest is the same, without a list of what is in the package. In an archive of another layout, everything
    stays that is no resource, since nobody knows what it is for. Raises `InvalidPackage` where a file has several
    resources.
    """
    if any(resource.place.pointer for resource in package.resources):
        raise InvalidPackage(f"cannot take a part: a file of {package.archive.origin} contains several resources")
    manifest, resources = package.layout.manifest, {resource.entry for resource in package.resources}
    kept = {resource.entry for resource in package.resources if resource.address in taken}
    others = package.archive.entries.keys() - resources
    if not package.layout.is_own:
        return load(package.archive.only(kept | others), known=package), 0
    archive = package.archive.only(kept).with_contents({manifest: package.manifest.text.encode()})
    return load(archive, known=package), sum(1 for name in others if name != manifest and not is_littered(name))
