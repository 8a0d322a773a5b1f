"""The entries of an archive as they come in: what each holds, its digest, and what is wrong with it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from assetpkg import documents
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.diagnostics.model import Fault, Place, bound
from assetpkg.limits import MOST_PACKAGE_NOTES, Limits
from assetpkg.package.layout import Holding, Layout
from assetpkg.package.loose_files import search_file, search_name
from assetpkg.package.manifest import PackageManifest, read_manifest
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.references import Credential

NOTES = frozenset(
    {
        "disputed-limit",
        "breaks-json-schema",
        "invalid-json-schema",
        "invalid-json-text",
        "missing-connection",
        "no-schedule",
        "no-servers",
        "not-published",
        "over-list-quota",
        "path-parameter",
        "unjudged-json-schema",
        "unknown-field",
        "unknown-variant",
        "unsupported-value",
    }
)
"""The faults of resources whose rules only warn or inform: a sound package of a newer platform can be full of them."""


class Intake:
    """What the entries that were read so far have given."""

    def __init__(self, layout: Layout, limits: Limits) -> None:
        """Begin with nothing read of a package of a layout; documents keep to `limits`."""
        self._layout, self._limits = layout, limits
        self.faults: list[tuple[str, Fault]] = []
        self.inspections: dict[Place, Inspection] = {}
        self.digests: dict[str, str] = {}
        self.strays: dict[str, tuple[Credential, ...]] = {}
        self.found = 0
        self._notes = 0

    def remember(
        self,
        name: str,
        digests: Mapping[str, str],
        inspections: Iterable[Inspection],
        strays: Mapping[str, tuple[Credential, ...]],
    ) -> None:
        """Take what is known of an entry that has been read already."""
        if name in digests:
            self.digests[name] = digests[name]
        self.inspections.update((found.place, found) for found in inspections)
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
        holdings = self._layout.holdings(name)
        for found in self._inspect(holdings, name, content):
            self.inspections[found.place] = self._bounded(found)
        whole = self.inspections.get(Place(name))
        self.digests[name] = hashlib.sha256(content).hexdigest() if whole is None else whole.digest
        if holdings:
            return
        hidden = tuple(search_file(content))
        if hidden:
            self.strays[name] = (*self.strays.get(name, ()), *hidden)

    def _inspect(self, holdings: Iterable[Holding], name: str, content: bytes) -> Iterator[Inspection]:
        text: str | None = None
        for kind, pointer, listed in holdings:
            if not pointer and not listed:
                yield inspect(kind, name, content, self._limits)
                continue
            text = self._text(name, content) if text is None else text
            for place, start, end in _parts(text, pointer, listed=listed):
                yield inspect(kind, name, text[start:end].encode(), self._limits, pointer=place)

    def _text(self, name: str, content: bytes) -> str:
        """Return the text of a document of several resources; empty for what is not one, which is a fault."""
        try:
            documents.parse(content, self._limits)
            return documents.decode(content)
        except documents.InvalidDocument as error:
            fields = self._layout.fields_of(name)
            self.faults.extend((name, hide_below_secrets(fields, fault)) for fault in error.faults)
            self.found += len(error.faults)
            return ""

    def _bounded(self, found: Inspection) -> Inspection:
        """Count what was found; behind many notes, keep one of a sort for each entry, which any policy still sees."""
        notes = sum(fault.slug in NOTES for fault in found.faults)
        self.found += len(found.faults) - notes
        self._notes += notes
        if not notes or self._notes <= MOST_PACKAGE_NOTES:
            return found
        faults = [fault for fault in found.faults if fault.slug not in NOTES]
        kept = bound((fault for fault in found.faults if fault.slug in NOTES), 1)
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


def _parts(text: str, pointer: str, *, listed: bool) -> Iterator[tuple[str, int, int]]:
    """Yield the pointers of the resources at `pointer` in a document, and from where to where each is in its text."""
    start = documents.locate(text, pointer) if text else None
    if start is None:
        return
    if not listed:
        yield pointer, start, documents.value_end(text, start)
    elif text.startswith("[", start):
        for index, _, at in documents.iterate_members(text, start):
            yield f"{pointer}/{index}", at, documents.value_end(text, at)
