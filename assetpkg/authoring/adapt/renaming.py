"""New names in a package: every reference and every copy of a name follows, and what cannot follow is named.

A resource that is left to the target is treated alike: what refers to it finds the target's by its name and its id.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assetpkg.authoring.adapt.values import write
from assetpkg.credentials.masking import mask_line, mask_text
from assetpkg.documents import INSIDE, join_pointer, split_pointer
from assetpkg.errors import InvalidOption, InvalidPackage
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, name_fields
from assetpkg.kinds.markers import Computed, Id, Ref
from assetpkg.layouts.edits import Changes
from assetpkg.package.index import Resource, lookups
from assetpkg.package.layout import occupied_by, occupy
from assetpkg.package.package import Package, load, read_document
from assetpkg.planning.prefix import StaleName
from assetpkg.resource.naming import judge_prefixed
from assetpkg.resource.references import Reference, name_beside
from assetpkg.resource.walk import follow

_MOST_LEVELS = 8
"""How many parents above one another names have at most, and some more."""
_LONGEST_NUMBER = 30
"""How many digits an id has at most that may be a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a resource is called there; `None` is what it is called here."""

    name: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A place that follows a new name, or the id that the target has: a reference, or a copy of a name beside one."""

    address: str
    pointer: str
    to: str
    copy: bool = False


@dataclass
class Renaming:
    """The new identities of some resources of a package, by their addresses; those that are `gone` are left out.

    `sightings` are the places, other than references, where the old names are.
    """

    package: Package
    identities: Mapping[str, Identity]
    gone: Collection[str] = ()
    sightings: Collection[StaleName] = ()
    followed: list[Followed] = field(default_factory=list)
    places: set[tuple[str, str]] = field(default_factory=set)
    _changes: dict[str, Changes] = field(default_factory=dict)
    _read: tuple[str, Any] | None = None

    def run(self) -> Package:
        """Return the package with the new names.

        Raises `InvalidOption` for a name that the kind may not have, and `InvalidPackage` where a reference would lead
        somewhere else, or where two resources would have one name.
        """
        index = self.package.index
        for address, identity in self.identities.items():
            if address not in self.gone and identity.name is not None:
                self._rename(index.by_address[address], identity.name)
        for resource in index.resources if self.identities else ():
            if resource.address not in self.gone:
                self._follow(resource)
        for sighting in self.sightings:
            self._follow_copy(sighting)
        return self._derived(self._made())

    def _made(self) -> Package:
        archive = self.package.archive
        contents = {entry: write(self.package, entry, changes) for entry, changes in self._changes.items()}
        made = load(archive.with_contents(contents), known=self.package) if contents else self.package
        if self.gone:
            gone = {self._alone(self.package.index.by_address[address]).entry for address in self.gone}
            made = load(made.archive.only(made.archive.entries.keys() - gone), known=made)
        return made

    @staticmethod
    def _alone(resource: Resource) -> Resource:
        if resource.place.pointer:
            raise InvalidPackage(
                f"cannot leave '{resource.address}' out: '{resource.entry}' contains several resources"
            )
        return resource

    def _rename(self, resource: Resource, name: str) -> None:
        fields = name_fields(resource.kind)
        if len(fields) != 1 or fields[0].marker(Ref) is not None or fields[0].marker(Id) is not None:
            raise InvalidOption(
                f"'{resource.address}' cannot be renamed: a {resource.kind.title} has no name of its own"
            )
        bad = judge_prefixed(resource.kind, "", name)
        if bad is not None:
            raise InvalidOption(f"'{resource.address}' cannot be named '{mask_line(name)}': the name {bad.why}")
        self._of(resource).replace(_inside(resource, f"/{fields[0].name}"), name)

    def _of(self, resource: Resource) -> Changes:
        return self._changes.setdefault(resource.entry, Changes(resource.entry))

    def _follow(self, resource: Resource) -> None:
        """Have the references of a resource, and the copies of names beside them, follow what they lead to."""
        for reference in resource.references:
            found = self.package.index.resolve(reference)
            identity = self.identities.get(found.address) if found is not None else None
            if found is None or identity is None:
                continue
            value = _value_after(reference, found, identity)
            if value is not None and value != reference.value:
                self._put(resource, reference.pointer, value, found)
            if reference.beside and reference.beside == found.name and identity.name not in {None, found.name}:
                *above, last = split_pointer(reference.pointer)
                self._put(resource, join_pointer((*above, name_beside(last))), identity.name, found, copy=True)

    def _follow_copy(self, sighting: StaleName) -> None:
        """Have a field follow that its class calls made by the server, and that is named after what it has the name of.

        These are the copies of names that are not beside an id.
        """
        resource = self.package.index.by_address[sighting.address]
        pointer = sighting.pointer.removeprefix(resource.place.pointer)
        if not sighting.copy or resource.address in self.gone or (resource.address, pointer) in self.places:
            return
        steps = split_pointer(pointer)
        *_, node = follow(fields_of(resource.kind), self._document(resource), steps)
        kind = _kind_named_by(steps[-1])
        if node.field is None or node.field.marker(Computed) is None or node.value is None or kind is None:
            return
        named = [found for found in self.package.index.resources_of(kind) if found.name == node.value]
        name = self.identities.get(named[0].address, Identity()).name if len(named) == 1 else None
        if name is not None:
            self._put(resource, pointer, name, named[0], copy=True)

    def _put(self, resource: Resource, pointer: str, value: Any, to: Resource, *, copy: bool = False) -> None:
        self._of(resource).replace(_inside(resource, pointer), self._as_there(resource, pointer, value))
        self._note(Followed(address=resource.address, pointer=pointer, to=to.address, copy=copy))

    def _as_there(self, resource: Resource, pointer: str, value: Any) -> Any:
        """Return a value as it is written at a place: some parts of the platform number their resources."""
        if not (isinstance(value, str) and value.isdecimal() and len(value) <= _LONGEST_NUMBER):
            return value
        known: Any = self._document(resource)
        for step in split_pointer(pointer):
            if step == INSIDE or not isinstance(known, (dict, list)):
                return value
            known = known[int(step)] if isinstance(known, list) else known.get(step)
        is_number = isinstance(known, int) and not isinstance(known, bool) and str(int(value)) == value
        return int(value) if is_number else value

    def _document(self, resource: Resource) -> Any:
        """Return the document of a resource; it is asked for several times, one resource after the other."""
        if self._read is None or self._read[0] != resource.address:
            self._read = resource.address, read_document(self.package.archive, resource)
        return self._read[1]

    def _derived(self, made: Package) -> Package:
        """Have references follow by ids that are made of names, where a document has none; and see that all hold.

        An id is made of the names of parents, too, which are found by their ids: parents come first.
        """
        for _ in range(_MOST_LEVELS if made is not self.package else 0):
            changes = self._changed_ids(made)
            if not changes:
                break
            contents = {entry: write(made, entry, each) for entry, each in changes.items()}
            made = load(made.archive.with_contents(contents), known=made)
        self._refuse_lost(made)
        return made

    def _changed_ids(self, made: Package) -> Mapping[str, Changes]:
        """Return the changes of references by an id that was made of names, and is another one now."""
        places = {resource.place: resource for resource in made.resources}
        found: dict[str, Changes] = {}
        for resource in self.package.resources:
            now = places.get(resource.place)
            written = {each.pointer: each.value for each in now.references} if now is not None else {}
            for reference, old in self.package.index.leads_of(resource) if now is not None else ():
                new = places.get(old.place)
                if new is None or old.id_given or reference.value != old.id:
                    continue
                if written.get(reference.pointer) != new.id:
                    changes = found.setdefault(resource.entry, Changes(resource.entry))
                    changes.replace(_inside(resource, reference.pointer), new.id)
                    self._note(Followed(address=resource.address, pointer=reference.pointer, to=old.address))
        return found

    def _note(self, followed: Followed) -> None:
        if (followed.address, followed.pointer) not in self.places:
            self.places.add((followed.address, followed.pointer))
            self.followed.append(followed)

    def _refuse_lost(self, made: Package) -> None:
        """Raise `InvalidPackage` where a reference leads somewhere else than before, or two resources are one now."""
        if made is self.package:
            return
        if len({found.path for found in made.resources}) < len(made.resources):
            known = {found.place for found in self.package.resources if found.is_double}
            double = next((found for found in made.resources if found.is_double and found.place not in known), None)
            if double is not None:
                raise InvalidPackage(f"two resources would be called '{double.path}'; give one of them another name")
        places = {resource.place: resource for resource in made.resources}
        for resource in self.package.resources:
            now = places.get(resource.place)
            if now is not None:
                self._hold(resource, now, made)

    def _hold(self, before: Resource, now: Resource, made: Package) -> None:
        after = {reference.pointer: reference for reference in now.references}
        for reference in before.references:
            old = self.package.index.resolve(reference)
            same = after.get(reference.pointer)
            new = made.index.resolve(same) if same is not None else None
            expected = None if old is None or old.address in self.gone else old.place
            if (new.place if new is not None else None) != expected:
                leads = f"lead to '{new.address}'" if new is not None else "lead nowhere"
                raise InvalidPackage(
                    f"'{before.address}' would {leads} at '{reference.pointer}' with the new names, and not to "
                    f"'{old.address if old is not None else reference.value}'; give that another name"
                )


@cache
def _kinds_named() -> Mapping[str, str]:
    """Return what fields are called that have the name beside an id, and the kind that the id is of."""
    found: dict[str, str] = {}
    for kind in KINDS.values():
        for known in fields_of(kind).values():
            marker, beside = known.marker(Ref), name_beside(known.name)
            if marker is not None and beside:
                found.setdefault(beside, marker.kind)
    return found


def _kind_named_by(key: str) -> str | None:
    """Return the kind of which a field has the name: `source_app_name` is called as `app_name` is, beside `app_id`."""
    steps = key.split("_")
    return next((kind for depth in range(len(steps)) if (kind := _kinds_named().get("_".join(steps[depth:])))), None)


def _value_after(reference: Reference, found: Resource, identity: Identity) -> str | None:
    """Return what a reference has to be, to lead to the same under its new identity; `None` where nobody says."""
    known = dict(reversed(list(lookups(found))))
    by = next((each for each in reference.by if known.get(each) == reference.value), None)
    names = {"name", *(each.name for each in name_fields(found.kind))}
    if by == "id":
        return identity.id
    return identity.name if by in names else None


def _inside(resource: Resource, pointer: str) -> tuple[str, ...]:
    return tuple(split_pointer(f"{resource.place.pointer}{pointer}"))


def moved(package: Package, made: Package) -> tuple[Package, Mapping[str, str]]:
    """Return the package with files called as what is in them, where they were so before, and the new names of files.

    Others keep their names; so do those of a layout that is taught.
    """
    moves = list(_moves(package, made)) if made.layout.is_own and made is not package else []
    if not moves:
        return made, {}
    archive = made.archive
    old = {resource.entry for resource in moves}
    occupied = occupied_by(archive.entries.keys() - old)
    names: dict[str, str] = {}
    for resource in moves:
        name = made.layout.entry_for(resource.kind, _shown_names(resource), occupied)
        occupy(name, occupied)
        names[resource.entry] = name
    contents = {name: archive.entries[entry].read() for entry, name in names.items()}
    return load(archive.only(archive.entries.keys() - old).with_contents(contents), known=made), names


def _moves(package: Package, made: Package) -> Iterator[Resource]:
    """Yield what has another path now, and was in the file that is called so."""
    old = {resource.place: resource for resource in package.resources}
    for resource in made.resources:
        before = old.get(resource.place)
        if before is None or before.path == resource.path or resource.place.pointer:
            continue
        if made.layout.entry_for(before.kind, _shown_names(before), {}) == before.entry:
            yield resource


def _shown_names(resource: Resource) -> Sequence[str]:
    return [mask_text(name) for name in resource.path.names]


def needing(package: Package, unwanted: Collection[str]) -> Mapping[str, str]:
    """Return what refers to the resources at some addresses, directly or through others, each with what it needs."""
    users: dict[str, list[str]] = {}
    for resource in package.resources:
        for _, used in package.index.leads_of(resource):
            users.setdefault(used.address, []).append(resource.address)
    found: dict[str, str] = {}
    waiting = list(unwanted)
    for address in waiting:
        for user in users.get(address, ()):
            if user not in found and user not in unwanted:
                found[user] = address
                waiting.append(user)
    return found
