"""The entries of an archive as they come in: what each holds, its digest, and what is wrong with it."""

import hashlib
from collections.abc import Mapping

from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.diagnostics.model import Fault, bound
from assetpkg.limits import MOST_PACKAGE_NOTES, Limits
from assetpkg.package.layout import kind_of
from assetpkg.package.loose_files import search_file, search_name
from assetpkg.package.manifest import PackageManifest, read_manifest
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.references import Credential


class Intake:
    """What the entries that were read so far have given."""

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing read; documents keep to `limits`."""
        self._limits = limits
        self.faults: list[tuple[str, Fault]] = []
        self.inspections: dict[str, Inspection] = {}
        self.digests: dict[str, str] = {}
        self.strays: dict[str, tuple[Credential, ...]] = {}
        self.found = 0
        self._notes = 0

    def remember(
        self,
        name: str,
        digests: Mapping[str, str],
        inspections: Mapping[str, Inspection],
        strays: Mapping[str, tuple[Credential, ...]],
    ) -> None:
        """Take what is known of an entry that has been read already."""
        if name in digests:
            self.digests[name] = digests[name]
        if name in inspections:
            self.inspections[name] = inspections[name]
        if name in strays:
            self.strays[name] = strays[name]

    def manifest(self, name: str, entry: Entry) -> PackageManifest | None:
        """Read the manifest; `None` when it cannot be read, which is a fault."""
        content = self._content(name, entry)
        if content is None:
            return None
        self.digests[name] = hashlib.sha256(content).hexdigest()
        return read_manifest(content, self._limits)

    def take(self, name: str, entry: Entry) -> None:
        """Read an entry other than the manifest; nothing keeps its content, so that one is in memory at a time."""
        content = self._content(name, entry)
        if content is None:
            return
        kind = kind_of(name)
        if kind is not None:
            found = self.inspections[name] = self._bounded(inspect(kind, name, content, self._limits))
            self.digests[name] = found.digest
            return
        self.digests[name] = hashlib.sha256(content).hexdigest()
        hidden = tuple(search_file(content))
        if hidden:
            self.strays[name] = (*self.strays.get(name, ()), *hidden)

    def _bounded(self, found: Inspection) -> Inspection:
        """Count what was found; behind many notes, keep one of a sort for each entry, which any policy still sees."""
        if not found.faults:
            return found
        notes = sum(not refuses(fault) for fault in found.faults)
        self.found += len(found.faults) - notes
        self._notes += notes
        if not notes or self._notes <= MOST_PACKAGE_NOTES:
            return found
        faults = [fault for fault in found.faults if refuses(fault)]
        kept = bound((fault for fault in found.faults if not refuses(fault)), 1)
        return found._replace(faults=(*faults, *kept))

    def _content(self, name: str, entry: Entry) -> bytes | None:
        try:
            content = entry.read()
        except UnreadableEntry as error:
            self.faults.append((name, error.fault))
            self.found += 1
            return None
        hidden = tuple(search_name(name))
        if hidden:
            self.strays[name] = hidden
        return content


def refuses(fault: Fault) -> bool:
    """Say whether a fault is an error: a sound package of a newer platform can be full of mere warnings and notes."""
    # Imported here, since a package without faults needs none of it.
    from assetpkg.diagnostics import catalogue

    return catalogue.refuses(fault.slug)
