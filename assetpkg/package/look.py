"""How closely the entries of an archive are looked at, and what of them was seen already and needs no second look."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from assetpkg.diagnostics.model import Place
from assetpkg.resource.inspection import Inspection
from assetpkg.resource.references import Credential

Content = tuple[str, str]
"""A kind, and the digest of a document."""


class Look(NamedTuple):
    """How closely entries are looked at.

    The documents that were `seen` need no second look: within the same limits, an inspection depends on nothing but the
    kind and the bytes, and two documents of one SHA-256 have the same bytes. That digest is computed here of what is
    read here, so that nothing is taken on trust. What was `seen_packed`, by entry and the digest of its packed data, is
    not even inflated: the same packed data has the same content, and in an archive of the same layout it is the same
    resource. `named` are the credentials in the names of entries that were seen. Where no `faults_wanted`, readable
    documents have none: who writes a package, or takes one for a target, asks what is in it and not what is wrong with
    it. What cannot be read is a fault to them as well.
    """

    seen: Mapping[Content, Inspection] = MappingProxyType({})
    seen_packed: Mapping[tuple[str, bytes], Inspection] = MappingProxyType({})
    named: Mapping[str, tuple[Credential, ...]] = MappingProxyType({})
    faults_wanted: bool = True

    @classmethod
    def after(
        cls,
        inspections: Mapping[Place, Inspection],
        packed: Mapping[str, bytes],
        loose: Mapping[str, tuple[Credential, ...]],
        *,
        faults_wanted: bool,
    ) -> "Look":
        """Return how an archive is looked at after another one, of which this is known; `packed` is by entry.

        Of that, documents count that are whole entries, readable, and without faults that are wanted; the `loose`
        credentials of such an entry are those in its name. What is `packed` has to be of an archive of the same layout.
        """
        known = (each for each in inspections.values() if each.readable and not each.pointer)
        if faults_wanted:
            seen = {(each.kind, each.digest): each for each in known if not each.faults}
        else:
            seen = {(each.kind, each.digest): each._replace(faults=()) if each.faults else each for each in known}
        there = ((name, digest, inspections.get(Place(name))) for name, digest in packed.items())
        found = ((name, digest, each and seen.get((each.kind, each.digest))) for name, digest, each in there)
        alike = {(name, digest): each for name, digest, each in found if each is not None and each.entry == name}
        named = {name: loose[name] for name, _ in alike if name in loose} if loose else {}
        return cls(seen, alike, named, faults_wanted)
