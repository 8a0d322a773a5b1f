"""A package as one environment needs it, by an adapt file: other values, other names, and without what stays behind."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assetpkg.authoring.adapt.declaration import FILL_IN, AdaptFile, ResourceChange, is_open
from assetpkg.authoring.adapt.reading import Adapting, adapting_of
from assetpkg.authoring.adapt.renaming import Followed, Identity, Renaming, moved, needing
from assetpkg.authoring.adapt.values import GivenValue, Giving, write
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Diagnostic, Place
from assetpkg.errors import InvalidOption, InvalidPackage, nearest, refuse_not_utf8
from assetpkg.kinds import KINDS
from assetpkg.layouts.edits import Changes
from assetpkg.package.package import Package, load, refuse_damaged
from assetpkg.package.reading import PackageLike, package_of
from assetpkg.planning.prefix import StaleName, find_old_names
from assetpkg.rules.adapted import RULES, Adapted, LeftOpen, UnusedEntry
from assetpkg.rules.allows import Allow
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import diagnose, run, tell

AdaptLike = AdaptFile | Adapting | str | os.PathLike[str]
"""An adapt file, or the path of one."""


_MOST_COMPARED = 100
"""For how many unknown addresses one is looked for that was meant."""


class Renamed(NamedTuple):
    """A resource that has another name now: its address before, and after."""

    address: str
    name: str
    new_name: str
    new_address: str


class LeftOut(NamedTuple):
    """A resource that is left out: for the target's, or since it was said, or since it refers to what is `needed`."""

    address: str
    kept_on_target: bool = False
    needed: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Adaptation:
    """A package as one environment needs it, and what was changed on the way.

    Every address is that in the package before, `whole`; only `new_address` is in the new `package`. `stale` are places
    where an old name is and stays, since nothing says that it is a reference. `unused` and `left_open` are what of the
    file did nothing. `allows` are the findings that it accepts, for the policy of a plan, and `given` the places whose
    values it has, by the address now and the pointer.
    """

    whole: Package
    package: Package
    origin: str
    values: tuple[GivenValue, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    followed: tuple[Followed, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    stale: tuple[StaleName, ...] = ()
    allows: tuple[Allow, ...] = ()
    unused: tuple[UnusedEntry, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    given: frozenset[tuple[str, str]] = frozenset()

    def __repr__(self) -> str:
        """Show how much was changed."""
        return (
            f"Adaptation({mask_line(self.whole.name)!r}, {len(self.renamed)} renamed, {len(self.values)} values, "
            f"{len(self.left_out)} left out)"
        )

    @property
    def is_same(self) -> bool:
        """Whether nothing was changed."""
        return self.package is self.whole

    def diagnose(self) -> list[Diagnostic]:
        """Return what is to be said of the file, before any policy."""
        subject = Adapted(origin=self.origin, unused=self.unused, left_open=self.left_open)
        return diagnose(self.package, run(RULES, subject))

    def findings(self, policy: Policy | None = None) -> Sequence[Diagnostic]:
        """Return what is to be said of the file, and counts under a policy."""
        return tell(self.diagnose(), policy, self.package.layout)


def adapt(
    package: PackageLike,
    by: AdaptLike | None = None,
    *,
    prefix: str = "",
    variables: Mapping[str, str] | None = None,
) -> Adaptation:
    """Return a package as one environment needs it: by an adapt file, or its path, and with a prefix.

    The package may be a path, too. A `prefix` takes the place of that in the file. `variables` are those of the
    environment, and by default the real ones. Every byte that is not changed stays. What a draft left open changes
    nothing, and is a finding.

    Raises `CannotRead` where there is nothing to read, and `InvalidOption` for a file that is not an adapt file, a
    value that has no place or is not of the type there, a credential in the file, a variable that is not set, and a
    name that the kind may not have. Raises `InvalidPackage` for a package that is damaged, and where two resources
    would have one name, a reference would lead elsewhere, or nothing would be left.
    """
    refuse_not_utf8("the prefix", prefix)
    known = adapting_of(by)
    subject = package_of(package)
    refuse_damaged(subject)
    try:
        return _Work(subject, known, prefix or known.file.prefix, os.environ if variables is None else variables).run()
    except InvalidOption as error:
        raise InvalidOption(str(error) if by is None else f"{known.origin}: {error}") from None
    except InvalidPackage as error:
        raise InvalidPackage(f"cannot adapt {subject.archive.origin}: {error}") from None


@dataclass
class _Work:
    """One package on its way, and the file that it goes by."""

    whole: Package
    adapting: Adapting
    prefix: str
    variables: Mapping[str, str]

    def run(self) -> Adaptation:
        index, file = self.whole.index, self.adapting.file
        known = {index.by_address[address].place: change for address, change in self._used()}
        given, values = self._given()
        # Another value may be another parent, and so another address: what is meant is at the same place.
        here = {resource.address: known[resource.place] for resource in given.resources if resource.place in known}
        left_out = list(self._left_out(given, here))
        gone = {each.address for each in left_out}
        if given.resources and len(gone) == len(given.resources):
            raise InvalidPackage("nothing would be left of it")
        identities = dict(self._identities(given, here, gone))
        called = [given.index.by_address[address] for address, each in identities.items() if each.name is not None]
        sightings = [found for found in find_old_names(given, called) if found.address not in gone]
        renaming = Renaming(given, identities, gone, sightings)
        made = renaming.run()
        places = {resource.place: resource for resource in made.resources}
        renamed = [
            (old, places[old.place])
            for old in given.resources
            if old.place in places and old.name != places[old.place].name
        ]
        final, entries = moved(given, made)
        after = {resource.place: resource.address for resource in final.resources}
        now = {
            resource.place: after[resource.place._replace(entry=entries.get(resource.entry, resource.entry))]
            for resource in made.resources
        }
        return Adaptation(
            whole=self.whole,
            package=final,
            origin=self.adapting.origin,
            values=tuple(values),
            renamed=tuple(Renamed(old.address, old.name, new.name, now[new.place]) for old, new in renamed),
            followed=tuple(renaming.followed),
            left_out=tuple(left_out),
            stale=tuple(each for each in sightings if (each.address, _inside(given, each)) not in renaming.places),
            allows=tuple(self._allows(now)),
            unused=tuple(self._unused(file)),
            left_open=tuple(
                LeftOpen(address, key, now.get(index.by_address[address].place))
                for address, key in file.left_open()
                if address in index.by_address
            ),
            given=frozenset(self._places_given(now)),
        )

    def _used(self) -> Iterator[tuple[str, ResourceChange]]:
        """Yield what the file says of resources that there are."""
        known = self.whole.index.by_address
        return ((address, change) for address, change in self.adapting.file.resources.items() if address in known)

    def _given(self) -> tuple[Package, list[GivenValue]]:
        """Return the package with the values of the file, and what they took the place of."""
        changes: dict[str, Changes] = {}
        given: list[GivenValue] = []
        checks: list[tuple[str, Giving, list[str]]] = []
        for address, change in self._used():
            if not change.values:
                continue
            resource = self.whole.index.by_address[address]
            giving = Giving(self.whole, resource, self.variables, f"resources.'{address}'")
            into = changes.setdefault(resource.entry, Changes(resource.entry))
            new = list(giving.give(change.values, into))
            given += new
            checks.append((resource.entry, giving, [each.pointer for each in new]))
        contents = {entry: write(self.whole, entry, each) for entry, each in changes.items() if each.steps}
        for entry, giving, pointers in checks:
            if pointers:
                giving.check(pointers, contents[entry])
        if not contents:
            return self.whole, given
        return load(self.whole.archive.with_contents(contents), known=self.whole), given

    def _left_out(self, given: Package, here: Mapping[str, ResourceChange]) -> Iterator[LeftOut]:
        kept = {address for address, change in here.items() if change.decision == "keep-target"}
        unwanted = {address for address, change in here.items() if change.decision == "leave-out"}
        needed = needing(given, unwanted) if unwanted else {}
        for resource in given.resources:
            address = resource.address
            if address in kept or address in unwanted or address in needed:
                yield LeftOut(address, address in kept, None if address in kept else needed.get(address))

    def _identities(
        self, given: Package, here: Mapping[str, ResourceChange], gone: set[str]
    ) -> Iterator[tuple[str, Identity]]:
        """Yield what is called otherwise: what the file names, and what the prefix is for."""
        prefixed = set(self.adapting.file.kinds) if self.prefix else set()
        for resource in given.resources:
            change = here.get(resource.address)
            decision = None if change is None else change.decision
            if change is not None and decision == "keep-target":
                identity = Identity(name=_said(change.name), id=_said(change.id))
                if identity != Identity():
                    yield resource.address, identity
            elif resource.address in gone:
                continue
            elif change is not None and decision == "rename" and _said(change.name) is not None:
                yield resource.address, Identity(name=change.name)
            elif resource.path.kind in prefixed:
                yield resource.address, Identity(name=f"{self.prefix}{resource.name}")

    def _places_given(self, now: Mapping[Place, str]) -> Iterator[tuple[str, str]]:
        for address, change in self._used():
            there = now.get(self.whole.index.by_address[address].place)
            if there is not None:
                yield from ((there, pointer) for pointer, value in change.values.items() if not is_open(value))

    def _allows(self, now: Mapping[Place, str]) -> Iterator[Allow]:
        """Yield what is accepted in a plan, of what has an address `now`."""
        for address, change in self._used():
            there = now.get(self.whole.index.by_address[address].place)
            for code, reason in change.accept.items():
                if there is not None and reason != FILL_IN and change.decision in {"accept", "rename"}:
                    yield Allow(code, there, reason.strip())

    def _meant(self, address: str) -> str | None:
        """Return the address that is most like another one: of its kind, or of any if it does not begin with one."""
        known, kind = self.whole.index.by_address, address.partition("/")[0]
        if kind in KINDS:
            return nearest(address, [each for each in known if each.startswith(f"{kind}/")])
        names = {each.partition("/")[2]: each for each in sorted(known, reverse=True)}
        found = nearest(address, names.keys() | known.keys())
        return None if found is None else names.get(found, found)

    def _unused(self, file: AdaptFile) -> Iterator[UnusedEntry]:
        known = self.whole.index.by_address
        for number, address in enumerate(each for each in file.resources if each not in known):
            yield UnusedEntry(address, self._meant(address) if number < _MOST_COMPARED else None)
        if file.prefix and not any(resource.path.kind in file.kinds for resource in self.whole.resources):
            yield UnusedEntry("prefix")


def _inside(package: Package, found: StaleName) -> str:
    """Return the pointer of a place in the document of its resource."""
    return found.pointer.removeprefix(package.index.by_address[found.address].place.pointer)


def _said(text: str | None) -> str | None:
    """Return what a file says, where that is not left open."""
    return None if text == FILL_IN else text
