"""The entries of an archive as they come in: what each holds, its digest, and what is wrong with it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive import ZIP_BEGINNING
from assetpkg.archive.archive import Archive, packed_of
from assetpkg.archive.entries import Entry, Packed, UnreadableEntry, fault_of
from assetpkg.credentials import Sort, find_spans, is_suspicious, sort_of_content
from assetpkg.credentials.masking import find_in_path, mask_line
from assetpkg.credentials.spans import LazyPattern
from assetpkg.diagnostics.model import Fault, Place, bound
from assetpkg.diagnostics.values import shown
from assetpkg.limits import LARGEST_SEARCHED_FILE, MOST_PACKAGE_FAULTS, MOST_PACKAGE_NOTES, Limits
from assetpkg.package.beside import text_faults
from assetpkg.package.layout import Holding, Layout, describe_unknown
from assetpkg.package.look import Content, Look
from assetpkg.package.manifest import PackageManifest, read_manifest
from assetpkg.package.text_files import names_files
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.references import Credential, Holder
from assetpkg.running.progress import follow

NO_MANIFEST = PackageManifest("", {})

_TOO_MANY_FAULTS = (
    f"the entries before have {MOST_PACKAGE_FAULTS:,} errors; this entry and the ones after it were not checked"
)
_SUFFIX = LazyPattern(r"(?<=[^/])\.[A-Za-z0-9]{1,8}$")


class Taken(NamedTuple):
    """What one entry other than the manifest has given by itself, whatever the others hold; any process can find it.

    `digest` is `None` where it could not be read. `faults` are those of the entry, all of them errors; a resource has
    its own. `packed` is the digest of its packed data, where another entry with the same is the same to everybody.
    """

    name: str
    digest: str | None = None
    inspections: tuple[Inspection, ...] = ()
    faults: tuple[Fault, ...] = ()
    credentials: tuple[Credential, ...] = ()
    packed: bytes | None = None


Take = Callable[[Sequence[str]], Iterator[Taken]]
"""What reads entries, by their names and in their order."""


class Known(NamedTuple):
    """What is known of an archive that was read before: for each entry what was found in it, and its digest."""

    archive: Archive
    inspections: Mapping[Place, Inspection]
    digests: Mapping[str, str]
    loose_credentials: Mapping[str, tuple[Credential, ...]]


class EntryReader:
    """What the entries that were read so far have given."""

    def __init__(self, archive: Archive, layout: Layout, take: Take, *, faults_wanted: bool = True) -> None:
        """Begin with nothing read of an archive with a layout, whose entries `take` reads."""
        self._archive, self._layout, self._limits, self._take = archive, layout, archive.limits, take
        self._faults_wanted = faults_wanted
        self.manifest = NO_MANIFEST
        self.faults: list[tuple[str, Fault]] = []
        self.inspections: dict[Place, Inspection] = {}
        self.digests: dict[str, str] = {}
        self.loose_credentials: dict[str, tuple[Credential, ...]] = {}
        self.packed: dict[str, bytes] = {}
        self._found = 0
        self._notes = 0

    def read_all(self, known: Known | None) -> None:
        """Read every entry once, except for those that `known` has read already: the same objects."""
        seen: dict[str, list[Inspection]] = {}
        for inspection in known.inspections.values() if known is not None else ():
            seen.setdefault(inspection.entry, []).append(inspection)
        entries, manifest = self._archive.entries, self._layout.manifest
        old = {} if known is None else known.archive.entries
        taken = self._take([name for name in entries if name != manifest and old.get(name) is not entries[name]])
        passed_over = ""
        # First of all: it needs much more memory while it is read than is kept of it.
        for name in (manifest,) if manifest in entries else ():
            self.manifest = self._read_manifest(name, entries[name]) or self.manifest
        listed = {asset["path"]: asset for asset in self.manifest.assets or ()}
        for name, entry in follow(f"reading {self._archive.origin}", entries.items()):
            if name == manifest:
                continue
            if known is not None and old.get(name) is entry:
                self._remember(name, known, seen.get(name, ()))
                _share_texts(listed.get(name), self.inspections.get(Place(name)))
            elif self._found >= MOST_PACKAGE_FAULTS:
                passed_over = passed_over or name
            else:
                self._note(next(taken))
                _share_texts(listed.get(name), self.inspections.get(Place(name)))
        if passed_over:
            self.faults.append((passed_over, fault_of("too-many-faults", _TOO_MANY_FAULTS, self._limits)))
        self.faults.extend(_layout_faults(self._archive, self.manifest, self._layout))

    def _remember(self, name: str, known: Known, inspections: Iterable[Inspection]) -> None:
        """Take what is known of an entry that has been read already."""
        if name in known.digests:
            self.digests[name] = known.digests[name]
        if name in known.loose_credentials:
            self.loose_credentials[name] = known.loose_credentials[name]
        self.inspections.update((found.place, found) for found in inspections)

    def _read_manifest(self, name: str, entry: Entry) -> PackageManifest | None:
        """Read the manifest; `None` when it cannot be read, which is a fault."""
        content = _content(entry)
        if isinstance(content, Fault):
            self.faults.append((name, content))
            self._found += 1
            return None
        self.digests[name] = hashlib.sha256(content).hexdigest()
        manifest = read_manifest(content, self._limits, faults_wanted=self._faults_wanted)
        if self._layout.is_own:
            return manifest
        # What another program calls its version has whatever form it has, and nothing has to be there.
        return manifest._replace(faults=tuple(fault for fault in manifest.faults if fault.slug != "manifest-field"))

    def _note(self, taken: Taken) -> None:
        """Add what an entry has given."""
        name = taken.name
        self.faults.extend((name, fault) for fault in taken.faults)
        self._found += len(taken.faults)
        if taken.digest is not None:
            self.digests[name] = taken.digest
        for found in taken.inspections:
            self.inspections[found.place] = self._bounded(found)
        if taken.packed is not None:
            self.packed[name] = taken.packed
        if taken.credentials:
            self.loose_credentials[name] = taken.credentials

    def _bounded(self, found: Inspection) -> Inspection:
        """Count what was found; after many notes, keep one of a sort for each entry, which any policy still sees."""
        if not found.faults:
            return found
        notes = sum(not refuses(fault) for fault in found.faults)
        self._found += len(found.faults) - notes
        self._notes += notes
        if not notes or self._notes <= MOST_PACKAGE_NOTES:
            return found
        faults = [fault for fault in found.faults if refuses(fault)]
        kept = bound((fault for fault in found.faults if not refuses(fault)), 1)
        return found._replace(faults=(*faults, *kept))


def take_each(archive: Archive, layout: Layout, look: Look, names: Iterable[str]) -> Iterator[Taken]:
    """Read entries other than the manifest; nothing keeps their content, so that one is in memory at a time."""
    for name in names:
        packed = packed_of(archive.entries[name])
        same = None if packed is None else look.seen_packed.get((name, packed.digest))
        if same is not None and packed is not None:
            yield Taken(name, same.digest, (same,), (), look.named.get(name, ()), packed.digest)
            continue
        holdings = layout.holdings(name)
        content = _content(archive.entries[name] if packed is None else packed)
        if isinstance(content, Fault):
            yield Taken(name, faults=(content,))
            continue
        known = _find_seen(holdings, name, content, look.seen)
        inspections, faults = (known, ()) if known else _inspect(holdings, layout, name, content, archive.limits, look)
        if holdings and layout.is_own:
            wrong = text_faults(archive, name, holdings[0].kind, content)
            if wrong:
                faults, inspections = (*faults, *wrong), tuple(_without(found, wrong) for found in inspections)
        whole = next((found.digest for found in inspections if not found.pointer), None)
        credentials = (*_search_name(name), *(() if holdings else _search_file(content)))
        # What a document says of other files depends on those.
        alone = packed is not None and _is_one(holdings) and not names_files(content)
        digest = whole or hashlib.sha256(content).hexdigest()
        yield Taken(name, digest, inspections, faults, credentials, packed.digest if packed and alone else None)


def _is_one(holdings: Sequence[Holding]) -> bool:
    """Say whether an entry is one document."""
    return len(holdings) == 1 and not holdings[0].pointer and not holdings[0].listed


def _without(found: Inspection, wrong: Sequence[Fault]) -> Inspection:
    """Return an inspection without what is wrong with a value that is reported in a better way."""
    places = {fault.pointer for fault in wrong}
    return found._replace(faults=tuple(fault for fault in found.faults if fault.pointer not in places))


def _find_seen(
    holdings: Sequence[Holding], name: str, content: bytes, seen: Mapping[Content, Inspection]
) -> tuple[Inspection, ...]:
    """Return what is known of an entry that is one document, if its bytes were seen before; else nothing."""
    if not seen or not _is_one(holdings):
        return ()
    found = seen.get((holdings[0].kind.kind, hashlib.sha256(content).hexdigest()))
    if found is None:
        return ()
    # Mostly it is the same resource of the same file, and there once in memory.
    return (found if found.entry == name else found._replace(entry=name),)


def _inspect(  # noqa: PLR0913, PLR0917 - an entry, and how it is read
    holdings: Iterable[Holding], layout: Layout, name: str, content: bytes, limits: Limits, look: Look
) -> tuple[tuple[Inspection, ...], tuple[Fault, ...]]:
    """Return what the resources in an entry are, and what is wrong with it as a document of several."""
    found: list[Inspection] = []
    text: str | None = None
    faults: tuple[Fault, ...] = ()
    for kind, pointer, listed in holdings:
        if not pointer and not listed:
            found.append(inspect(kind, name, content, limits, faults_wanted=look.faults_wanted))
            continue
        if text is None:
            text, faults = _text(layout, name, content, limits)
        for place, start, end in _parts(text, pointer, listed=listed):
            part = text[start:end].encode()
            found.append(inspect(kind, name, part, limits, pointer=place, faults_wanted=look.faults_wanted))
    return tuple(found), faults


def _text(layout: Layout, name: str, content: bytes, limits: Limits) -> tuple[str, tuple[Fault, ...]]:
    """Return the text of a document of several resources; empty for what is not one, with what is wrong."""
    try:
        documents.parse(content, limits)
        return documents.decode(content), ()
    except documents.InvalidDocument as error:
        fields = layout.fields_of(name)
        return "", tuple(hide_below_secrets(fields, fault) for fault in error.faults)


def _content(entry: Entry | Packed) -> bytes | Fault:
    try:
        return entry.read()
    except UnreadableEntry as error:
        return error.fault


def refuses(fault: Fault) -> bool:
    """Say whether a fault is an error: a sound package of a newer platform can be full of mere warnings and notes."""
    # Imported here, since a package without faults needs none of it.
    from assetpkg.diagnostics import catalogue

    return catalogue.refuses(fault.slug)


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


def _share_texts(asset: dict[str, Any] | None, found: Inspection | None) -> None:
    """Let a line of the table of contents hold the very texts that the index holds: a large package has each but once.

    This is done while a package is read, so that what comes later takes the place of the texts that are let go of.
    """
    if asset is not None and found is not None:
        known = {"path": found.entry, "sha256": found.digest, "kind": found.kind, "name": found.name, "id": found.id}
        asset.update((key, text) for key, text in known.items() if key in asset and asset[key] == text)


def _layout_faults(archive: Archive, manifest: PackageManifest, layout: Layout) -> Iterator[tuple[str, Fault]]:
    if not archive.entries and archive.faults:
        return
    if layout.manifest not in archive.entries:
        below = sorted(name for name in archive.entries if name.endswith(f"/{layout.manifest}"))
        if below:
            hint = f"pack the content of '{below[0].rpartition('/')[0]}', not the folder itself"
        elif archive.entries:
            hint = "propose a layout file for it with 'assetpkg learn', for --layout; ROMA's own layout is not public"
        else:
            hint = (
                f"give the folder or the zip that has the '{layout.manifest}', or make one with 'assetpkg new package'"
            )
        holds = describe_unknown(sorted(archive.entries))
        message = f"no entry '{layout.manifest}', so this is not a package of layout {layout.format}: {holds}"
        yield "", Fault(slug="no-manifest", message=message, hint=hint)
    elif manifest.document and manifest.document.get("format") != layout.format:
        found = manifest.document.get("format")
        named = "no format is named" if found is None else f"format {shown(found)} is unknown"
        message = f"{named}; this assetpkg reads '{layout.format}'; {describe_unknown(sorted(archive.entries))}"
        yield (
            layout.manifest,
            Fault(
                slug="unknown-format",
                message=message,
                hint=f"set format to '{layout.format}' if the package has this layout",
                pointer="/format",
            ),
        )


def _search_name(name: str) -> Iterator[Credential]:
    """Yield the credentials in the name of an entry, one of each sort."""
    # The suffix is not a part of what somebody wrote: `password=.txt` has none.
    stem = _SUFFIX.sub("", name)
    if mask_line(stem) != stem:
        for sort in dict.fromkeys(span.sort for span in find_in_path(stem)):
            yield Credential("", sort, Holder.NAME)


def _search_file(content: bytes) -> Iterator[Credential]:
    """Yield the credentials in a file of whatever form: the first of each sort, with its offset in characters."""
    if len(content) > LARGEST_SEARCHED_FILE:
        return
    try:
        text = content.decode()
    except UnicodeDecodeError:
        # A zip is opaque here: unlike in a field, there is nothing odd about one among files.
        sort = None if content.startswith(ZIP_BEGINNING) else sort_of_content(content)
        if sort is not None:
            yield Credential("", sort, Holder.FILE)
        return
    first: dict[Sort, int] = {}
    for span in find_spans(text) if is_suspicious(text) else ():
        first.setdefault(span.sort, span.start)
    yield from (Credential("", sort, Holder.FILE, offset) for sort, offset in first.items())
