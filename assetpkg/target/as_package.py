"""A snapshot looked at as a package: its documents, with their places in it, for who checks them or lists them."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.kinds import KINDS
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.layout import OWN, Holding, Layout
from assetpkg.package.package import Package, load
from assetpkg.package.reading import is_document, read_document
from assetpkg.package.versions import newest_version
from assetpkg.target.members import SNAPSHOT_FORMAT
from assetpkg.target.paths import SLASH
from assetpkg.target.snapshot import parse_snapshot

_MARKER = re.compile(rb'"format"\s*:\s*"assetpkg-snapshot/')
_OF_AN_IMPORT = frozenset({"LIM001", "LIM002"})
"""The rules about how much one import carries."""
_NOWHERE = "REF001"
"""The rule about a reference that leads nowhere."""
_STEPS = 4
"""How many steps lead to a field of a resource: resources, kind, number, field."""


def read_snapshot_as_package(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> Package | None:
    """Return the package that a snapshot at `path` is; `None` where no snapshot is there.

    Its only entry has the name of the file. Raises `CannotRead` for a snapshot that cannot be read.
    """
    if not is_document(path):
        return None
    content = read_document(path, limits, limit="file")
    return _as_package(content, os.fspath(path), limits) if _MARKER.search(content) else None


def _as_package(content: bytes, origin: str, limits: Limits) -> Package:
    instance = parse_snapshot(content, origin, limits)
    name = Path(origin).name
    name = f"./{name}" if name == OWN.manifest else name
    holdings = [Holding(KINDS[kind], join_pointer(["resources", kind]), listed=True) for kind in KINDS]
    facts = instance.facts
    source = {"instance_id": facts.id, "project_id": facts.project_id, "region": facts.region}
    manifest = {
        "format": SNAPSHOT_FORMAT,
        "asset_version": newest_version(),
        "name": instance.name,
        "source": {key: value for key, value in source.items() if value is not None},
    }
    layout = Layout(
        format=SNAPSHOT_FORMAT, manifest=OWN.manifest, holdings=lambda entry: holdings if entry == name else []
    )
    archive = Archive.from_contents({name: content, OWN.manifest: documents.dump(manifest)}, origin=origin)
    # The file is one document, and has as many values as all that is in it.
    wide = limits._replace(document=limits.file, values=max(limits.values, limits.plan_values))
    package = load(
        Archive(origin=origin, entries=archive.entries, is_folder=True, is_document=True, limits=wide), layout=layout
    )
    return replace(package, archive=package.archive.only({name}))


def without_unknown(package: Package, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what is wrong with a package; of a snapshot, without what counts only for an import.

    That are the limits of one import, the lack of fields that nobody has looked at, and references to kinds that the
    snapshot does not cover.
    """
    if package.layout.format != SNAPSHOT_FORMAT:
        yield from found
        return
    known: Unknown | None = None
    for diagnostic in found:
        if diagnostic.code in _OF_AN_IMPORT:
            continue
        steps = split_pointer(diagnostic.location.pointer or "")
        if len(steps) >= _STEPS and steps[0] == "resources":
            known = known or Unknown(package)
            place, inside = join_pointer(steps[: _STEPS - 1]), steps[_STEPS - 1 :]
            if known.has(place, inside) or (diagnostic.code == _NOWHERE and known.leads_away(place, inside)):
                continue
        yield diagnostic


class Unknown:
    """The fields that nobody has looked at, by the place of the resource in a snapshot."""

    def __init__(self, package: Package) -> None:
        """Read the snapshot again, as a target."""
        (entry,) = package.archive.entries.values()
        self._instance = parse_snapshot(entry.read(), package.archive.origin, package.archive.limits)
        self._resources = {resource.place.pointer: resource for resource in self._instance.index.resources}

    def has(self, pointer: str, inside: Sequence[str]) -> bool:
        """Say whether the resource at a place may have a field that it does not have in the snapshot."""
        resource = self._resources.get(pointer)
        if resource is None:
            return False
        document = self._instance.document(resource)
        if len(inside) > 1:
            path = SLASH.join(step for step in inside if not step.isdecimal())
            return path in self._instance.unseen_within(resource, document)
        return self._instance.was_not_looked_at(resource, document, inside[0])

    def leads_away(self, pointer: str, inside: Sequence[str]) -> bool:
        """Say whether a reference in the resource at a place leads to a kind that the snapshot does not cover."""
        resource, place = self._resources.get(pointer), join_pointer(inside)
        found = [each for each in resource.references if each.pointer == place] if resource is not None else []
        return bool(found) and all(each.kind not in self._instance.covers for each in found)
