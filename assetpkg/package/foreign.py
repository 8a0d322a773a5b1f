"""Packages of other layouts: seen through a layout file, so that everything else finds a package of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive, in_order
from assetpkg.archive.entries import Entry, Located, UnreadableEntry, fault_of
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import bound
from assetpkg.documents import InvalidDocument, join_pointer, split_pointer
from assetpkg.kinds.kind import Kind
from assetpkg.layouts.coverage import cover
from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile
from assetpkg.layouts.forms import value_at
from assetpkg.layouts.measures import Coverage
from assetpkg.layouts.restoring import restore
from assetpkg.layouts.seeing import see
from assetpkg.layouts.tracing import Tracer
from assetpkg.layouts.view import View
from assetpkg.package.layout import OWN, Holding, Layout

_MANIFEST = "(layout)"
"""The entry that is made up for what a manifest says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignLayout(Layout):
    """The layout of an archive that is seen through a layout file."""

    view: View = field(repr=False)
    version: str = ""
    """The asset version, as the archive says it."""

    @property
    def is_own(self) -> bool:
        """Whether a package of it is as assetpkg writes it."""
        return False

    @property
    def taught(self) -> tuple[LayoutFile, ...]:
        """The layout file."""
        return (self.view.layout,)

    def kind_of(self, entry: str, pointer: str = "") -> type[Kind] | None:
        """Return the kind of the resource that is at a place of the archive, or that is an entry of the view."""
        return self.view.kind_of(self.entry_at(entry, pointer))

    def entry_at(self, entry: str, pointer: str = "") -> str:
        """Return the entry of the view with the resource that is at a place of the archive, or around it."""
        if entry in self.view.found and not pointer:
            return entry
        steps = split_pointer(pointer)
        for depth in range(len(steps), -1, -1):
            place = join_pointer(steps[:depth])
            name = f"{entry}#{place}" if place else entry
            if name in self.view.found:
                return name
        return entry

    def uses(self, entry: str) -> bool:
        """Say whether the layout knows anything in an entry of the view."""
        return entry in self.view.found or entry in self.view.rest or entry in self.view.needed

    def sources(self, archive: Archive) -> Mapping[str, Entry]:
        """Return the entries that there are, those in archives inside among them."""
        del archive
        return self.view.nest.entries

    def faults_of(self, entries: Mapping[str, Entry]) -> Iterator[Located]:
        """Yield what was wrong with the translation of the documents that are as they were."""
        for name, faults in self.view.missing.items():
            if entries.get(name) is self.view.entries[name]:
                for fault in bound(faults):
                    yield name, fault

    def restored(self, archive: Archive) -> Archive:
        """Return the archive that the view is of, with what was changed in the view since, at its place.

        Raises `InvalidPackage` for a change that has no place there.
        """
        entries = {name: entry for name, entry in archive.entries.items() if name != self.manifest}
        return restore(self.view, entries)

    def coverage(self) -> Coverage:
        """Return how much of the archive the layout covers."""
        return cover(self.view, self.version)


def seen(archive: Archive, layouts: Sequence[LayoutFile]) -> tuple[Archive, Layout, tuple[Located, ...]]:
    """Return what an archive is by the layouts that are taught: a view and its layout, or the archive as it is.

    Also, why none of the layouts that fit could be applied.
    """
    view, faults = see(archive, layouts, f"'{OWN.format}'" if _is_own(archive) else None)
    if view is None:
        return archive, OWN, faults
    manifest = _MANIFEST
    while manifest in view.entries:
        manifest += "'"
    marker = f"{LAYOUT_FORMAT} {view.layout.name}"
    stated, more = _stated(view, marker)
    layout = ForeignLayout(
        format=marker,
        manifest=manifest,
        holdings=lambda entry: _holdings(view, entry),
        view=view,
        version=stated.get("asset_version", ""),
    )
    content = documents.dump(stated)
    entries = {**view.entries, manifest: Entry(manifest, len(content), partial(bytes, content))}
    return (
        replace(
            archive,
            entries=in_order(entries),
            faults=(*archive.faults, *view.faults, *more),
            underlying=Tracer(view, manifest),
        ),
        layout,
        (),
    )


def _holdings(view: View, entry: str) -> Sequence[Holding]:
    kind = view.kind_of(entry)
    return () if kind is None else (Holding(kind),)


def _is_own(archive: Archive) -> bool:
    """Say whether an archive is a package of the own layout, by its manifest."""
    entry = archive.entries.get(OWN.manifest)
    if entry is None:
        return False
    try:
        document = documents.parse(entry.read(), archive.limits)
    except (UnreadableEntry, InvalidDocument):
        return False
    return isinstance(document, dict) and document.get("format") == OWN.format


def _stated(view: View, marker: str) -> tuple[dict[str, Any], tuple[Located, ...]]:
    """Return what a manifest would say, and what is wrong with where the archive says it."""
    name = mask_line(PurePath(view.archive.origin).stem) or view.layout.name
    stated = {"format": marker, "name": name}
    version = view.layout.version
    if version is None:
        return stated, ()
    if version.value is not None:
        return {**stated, "asset_version": version.value}, ()
    entry, pointer = view.version_entry, version.pointer or ""
    value, there = None, False
    if entry in view.nest.entries:
        try:
            value, there = value_at(view.source(entry).value, split_pointer(pointer))
        except (InvalidDocument, UnreadableEntry):
            there = False
    if not there or not isinstance(value, (str, int, float)) or isinstance(value, bool):
        message = f"the asset version should be at '{pointer}' of '{entry}', and is not there"
        return stated, (("", fault_of("nothing-to-inherit", message, view.limits)),)
    return {**stated, "asset_version": str(value)}, ()
