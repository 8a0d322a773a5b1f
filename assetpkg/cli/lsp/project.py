"""The package that open documents are in: its folder, with what is not saved yet laid over it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assetpkg import documents
from assetpkg.archive.archive import Archive, read_archive
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.cli.lsp.texts import Text
from assetpkg.errors import AssetpkgError, CannotRead
from assetpkg.kinds.part import Part
from assetpkg.package.beside import as_whole, beside_of
from assetpkg.package.package import Package, load
from assetpkg.package.reading import find_packages
from assetpkg.settings.settings import Settings

if TYPE_CHECKING:
    from assetpkg.rules.judge import Judge

_HIGHEST = 6
"""How many folders above a document are tried for a package of a layout that is taught."""


@dataclass(frozen=True)
class Project:
    """A package folder as the editor shows it: what is saved, and over it the texts that are open.

    `texts` are the open ones by their entries. Those of them that are `unfinished` are no documents: in their
    place, the package has what they were before, so that half a word in one is not the end of all that refer to it.
    """

    folder: str
    package: Package
    judge: "Judge"
    assumptions: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    unfinished: frozenset[str] = frozenset()

    def entry_of(self, path: str) -> str | None:
        """Return the entry that is the file at a path; `None` for one that is not in the folder."""
        return entry_in(self.folder, path)

    def path_of(self, entry: str) -> str:
        """Return the path of an entry."""
        return str(Path(self.folder, *entry.split("/"))) if entry else str(Path(self.folder, self.manifest))

    @property
    def is_own(self) -> bool:
        """Whether it is of assetpkg's own layout, in which a file is what is in the package."""
        return self.package.layout.is_own

    @property
    def manifest(self) -> str:
        """The entry of the manifest, where what is wrong with the package as a whole is shown."""
        layout = self.package.layout
        return layout.manifest if self.is_own else next(iter(layout.sources(self.package.archive)), "")

    def source_of(self, entry: str) -> Entry | None:
        """Return the file of the folder that an entry is, as it was when the folder was read; `None` where none is."""
        archive = self.package.archive
        beside = beside_of(archive)
        if beside is not None:
            return beside.source(entry)
        return self.package.layout.sources(archive).get(entry)

    def text_of(self, entry: str) -> Text | None:
        """Return the text of an entry, as it is open or as it was when the folder was read; `None` where none is."""
        known = self._texts.get(entry, self.texts.get(entry))
        if known is None:
            source = self.source_of(entry)
            if source is None or source.size > self.package.archive.limits.document:
                return None
            try:
                known = Text(source.read().decode("utf-8", "replace"))
            except UnreadableEntry:
                return None
            self._texts[entry] = known
        return known

    @cached_property
    def _texts(self) -> dict[str, Text]:
        return {}

    def part_of(self, entry: str) -> type[Part] | None:
        """Return the class of the document in an entry; `None` where none is known, as in other layouts."""
        layout = self.package.layout
        beside = beside_of(self.package.archive)
        if not self.is_own or (beside is not None and beside.holder_of(entry) is not None):
            return None
        if entry == layout.manifest:
            from assetpkg.package.manifest import Manifest

            return Manifest
        return layout.kind_of(entry)


class Written(NamedTuple):
    """The text of a document that is open, and the last one that was a document; `None` where none is known."""

    text: Text
    sound: str | None = None


def is_sound(text: str) -> bool:
    """Say whether a text is a document that can be read."""
    try:
        return isinstance(documents.parse(text.encode("utf-8", "surrogatepass")), dict)
    except documents.InvalidDocument:
        return False


def open_project(
    path: str,
    texts: Mapping[str, Written],
    settle: Callable[[Path], Settings],
    complain: Callable[[str], None],
    known: Callable[[str], Project | None] = lambda _: None,
    *,
    plugins: bool = False,
) -> Project | None:
    """Return the package that the file at `path` is in, with `texts` laid over it; `None` where it is in none.

    The texts are by the paths of their files. `settle` returns the settings for a folder; where they cannot be used,
    the reason is told to `complain`, and there are none. What `known` returns for a folder is not read again. Only
    where `plugins` are allowed are those loaded that the settings name: a folder that is opened need not be one's own.
    """
    parent = Path(path).parent
    settings = _settings(parent, settle, complain)
    if settings.plugins and not plugins:
        names = ", ".join(plugin.name for plugin in settings.plugins)
        complain(
            f"the plug-ins that the settings name are not loaded: {names}; to load them, start with --allow-plugins"
        )
        settings = settings.without_plugins()
    limits = settings.reading_limits
    try:
        layouts = settings.read_layouts()
    except AssetpkgError as error:
        complain(str(error))
        layouts = ()
    folders = find_packages([path], limits)[0] if not path.lower().endswith(".zip") else ()
    own = [folder for folder in folders if entry_in(folder, path) is not None]
    above = [str(each) for each in list(parent.parents)[:_HIGHEST]] if layouts else []
    for folder in own or ([str(parent), *above] if layouts else []):
        try:
            archive = read_archive(folder, limits)
        except CannotRead:
            continue
        before = known(folder) if own else None
        over = {entry: each for file, each in texts.items() if (entry := entry_in(folder, file)) is not None}
        before_it = ((entry, _before(archive, entry, each)) for entry, each in over.items() if own)
        unfinished = {entry: content for entry, content in before_it if content is not None}
        laid = archive.with_contents(
            {entry: unfinished.get(entry, each.text.text.encode()) for entry, each in over.items()}
        )
        if before is not None and before.package.archive.limits == limits and before.is_own:
            package = _load_again(as_whole(laid, before.package.layout), before.package)
        else:
            package = load(laid, layouts=() if own else layouts)
        if own or package.understood:
            open_texts = {entry: each.text for entry, each in over.items()}
            judge = _judge(settings, complain)
            return Project(folder, package, judge, settings.assumptions, open_texts, frozenset(unfinished))
    return None


def _load_again(archive: Archive, known: Package) -> Package:
    """Return the package of an archive, of which only what has changed is read."""
    faulty = {entry for entry, _ in known.entry_faults}
    beside = beside_of(archive)
    joined = () if beside is None else beside.whole  # from several files, each of which may have changed
    return load(archive.sharing(known.archive, without={*faulty, *joined}), known=known)


def _before(archive: Archive, entry: str, written: Written) -> bytes | None:
    """Return what an unfinished document was before; `None` for a finished one, and where that is not known."""
    if not entry.endswith(".json") or written.sound == written.text.text:
        return None
    if written.sound is not None:
        return written.sound.encode()
    saved = archive.entries.get(entry)
    try:
        content = None if saved is None else saved.read()
    except UnreadableEntry:
        return None
    return content if content is not None and is_sound(content.decode("utf-8", "replace")) else None


def entry_in(folder: str, path: str) -> str | None:
    """Return the name of the entry that the file at a path is in a folder; `None` for a file elsewhere."""
    try:
        found = Path(path).relative_to(folder).as_posix()
    except ValueError:
        return None
    try:
        os.fsencode(found).decode()
    except UnicodeDecodeError:
        return None
    return found


def _settings(folder: Path, settle: Callable[[Path], Settings], complain: Callable[[str], None]) -> Settings:
    try:
        return settle(folder)
    except AssetpkgError as error:
        complain(str(error))
        return Settings()


def _judge(settings: Settings, complain: Callable[[str], None]) -> "Judge":
    from assetpkg.cli.call import today
    from assetpkg.rules.judge import Judge

    try:
        return settings.read_judge(today() if settings.allow else None)
    except AssetpkgError as error:
        complain(str(error))
        return Judge()
