"""What becomes of the files of no resource, and of the manifest, in a merge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from assetpkg import documents
from assetpkg.archive.entries import Entry
from assetpkg.archive.litter import is_littered
from assetpkg.documents.rewriting import Source
from assetpkg.kinds.kind import fields_of
from assetpkg.package.layout import is_free, occupy
from assetpkg.package.manifest import Manifest
from assetpkg.package.package import Package
from assetpkg.resource.joining import Side, join_documents
from assetpkg.simulation.merging.clashes import Clash, ClashWord, From, TakenFile, clash_of_field
from assetpkg.simulation.merging.groups import no_meanings

_BY_A: frozenset[str] = frozenset({"name", "$schema"})
"""The members of the manifest that two packages may have of their own: that of A is taken."""


@dataclass
class Files:
    """The entries that were settled, what has become of which, and what clashes."""

    entries: dict[str, Entry] = field(default_factory=dict)
    occupied: dict[str, str] = field(default_factory=dict)
    taken: list[TakenFile] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def settle_files(a: Package, b: Package, old: Package | None, prefer: Side | None) -> Files:
    """Settle the files of no resource: by what has changed, as a whole."""
    files = Files()
    manifest = a.layout.manifest
    occupy(manifest, files.occupied)
    known = [_digests(package) for package in (old, a, b)]
    for name in sorted({*known[0], *known[1], *known[2]}):
        side, clash = _settled(name, [digests.get(name) for digests in known], prefer, is_known=old is not None)
        if clash is not None:
            files.clashes.append(clash)
        from_a = side != "b"
        package = a if from_a else b
        if name not in (known[1] if from_a else known[2]):
            files.taken += [TakenFile(entry=name, side=side, removed=True)] if side is not None else []
        elif not is_free(name, files.occupied):
            # It differs only in case from one that is there, and few file systems can have both.
            files.clashes.append(Clash(word="same-file", address=name))
        else:
            occupy(name, files.occupied)
            files.entries[name] = package.archive.entries[name]
            files.taken += [TakenFile(entry=name, side=side)] if side is not None else []
    return files


def _digests(package: Package | None) -> Mapping[str, str]:
    if package is None:
        return {}
    resources = {resource.entry for resource in package.resources}
    names = (name for name in package.archive.entries if name not in resources and name != package.layout.manifest)
    return {name: package.digests.get(name, "") for name in names}


def _settled(
    name: str, digests: list[str | None], prefer: Side | None, *, is_known: bool
) -> tuple[From | None, Clash | None]:
    """Return the side that has changed a file, `None` where it is as it was, and the clash where both have."""
    old, a, b = digests
    if a == b:
        return (None if old == a or not is_known else "both"), None
    if old == b or (not is_known and b is None):
        return "a", None
    if old == a or (not is_known and a is None):
        return "b", None
    if is_littered(name):
        return "a", None
    there = {side: name for side, digest in (("a", a), ("b", b)) if digest is not None}
    clash = Clash(word="file", address=name, a=there.get("a"), b=there.get("b"), settled=prefer)
    return prefer or "a", clash


def settle_manifest(a: Package, b: Package, old: Package | None, prefer: Side | None) -> Files:
    """Settle the manifest, without a list of what is in the package: member by member, as its class has them."""
    entry = a.layout.manifest
    if not a.layout.is_own:
        return Files(entries={entry: a.archive.entries[entry]})
    texts = [None if package is None else package.manifest.text for package in (old, a, b)]
    if texts[1] == texts[2] or texts[0] == texts[2]:
        side: From | None = None if texts[0] in {None, texts[1]} else "both" if texts[1] == texts[2] else "a"
        return _manifest(entry, a.manifest.text, side)
    if texts[0] == texts[1]:
        return _manifest(entry, b.manifest.text, "b")
    sources = Source(a.manifest.text, _without_list(a)), Source(b.manifest.text, _without_list(b))
    # Two packages have each a name of their own, as if only A had changed it.
    before = _without_list(old) if old is not None else _members_of(b, _BY_A)
    found = join_documents(fields_of(Manifest), before, sources, no_meanings(), prefer)
    clashes = [replace(clash_of_field(entry, each), word=_word(each.pointer)) for each in found.clashes]
    return _manifest(entry, found.text, _side(found.text, sources), clashes)


def _manifest(entry: str, text: str, side: From | None, clashes: Sequence[Clash] = ()) -> Files:
    content = text.encode()
    taken = [] if side is None else [TakenFile(entry=entry, side=side)]
    return Files(entries={entry: Entry(entry, len(content), partial(bytes, content))}, taken=taken, clashes=[*clashes])


def _side(text: str, sources: tuple[Source, Source]) -> From:
    return "a" if text == sources[0].text else "b" if text == sources[1].text else "both"


def _word(pointer: str) -> ClashWord:
    return "version" if pointer == "/asset_version" else "manifest"


def _without_list(package: Package) -> dict[str, Any]:
    document: dict[str, Any] = documents.parse(package.manifest.text.encode(), package.archive.limits)
    return document


def _members_of(package: Package, names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in _without_list(package).items() if name in names}
