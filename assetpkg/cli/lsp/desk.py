"""What is open in an editor, and one look after another at the packages around it, whenever something has changed.

It knows no protocol: what was found goes to a function, and so does what could not be done.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import NamedTuple

from assetpkg.cli.lsp.addresses import address_of, path_of
from assetpkg.cli.lsp.findings import Shown, find
from assetpkg.cli.lsp.point import Point, point_at
from assetpkg.cli.lsp.project import Project, Written, is_sound, open_project
from assetpkg.cli.lsp.texts import Position, Text
from assetpkg.package.reading import find_packages
from assetpkg.settings.settings import Settings

PAUSE = 0.25
"""In seconds: so long nobody may have typed before what is open is looked at."""
_MOST_PAUSES = 8
"""After how many of them somebody who types on and on is answered all the same."""

Publish = Callable[[str, int | None, Sequence[Shown]], None]
"""What is told the findings of a document, by its address, and the version that they are about."""


class Open(NamedTuple):
    """A document that is open: its address as the editor has it, its text, and the version of that."""

    address: str
    text: str
    version: int | None


class Asked(NamedTuple):
    """What a question of the editor is about."""

    project: Project
    entry: str
    text: Text
    point: Point | None
    found: Sequence[Shown]


class Desk:
    """The open documents, and what was found when they were looked at last.

    Texts are put by the thread of the protocol. Looks are taken by another one, so that questions are answered
    meanwhile, from what the last look has left; it is replaced and never changed.
    """

    def __init__(
        self,
        settle: Callable[[Path], Settings],
        publish: Publish,
        complain: Callable[[str], None],
        *,
        plugins: bool = False,
    ) -> None:
        """Take what returns the settings for a folder, what is told findings, and what is told failures.

        Only where `plugins` are allowed are those loaded that the settings name.
        """
        self._settle, self._publish, self._complain, self._plugins = settle, publish, complain, plugins
        self._open: dict[str, Open] = {}
        self._projects: dict[str, Project] = {}
        self._found: Mapping[str, Sequence[Shown]] = {}
        self._told: dict[str, tuple[str, int | None, Sequence[Shown]]] = {}
        self._sound: dict[str, str] = {}
        self._complaints: set[str] = set()
        self._said: set[str] = set()
        self._looking = Lock()
        self._changed = Condition()
        self._is_due = self._is_closed = False
        self.looks = 0
        """How many looks were taken."""

    def put(self, address: str, text: str, version: int | None) -> None:
        """Take the text of a document that is open; one that is no file is nothing to look at."""
        path = path_of(address)
        if path is not None:
            with self._changed:
                self._open[path] = Open(address, text, version)
                self._wake()

    def drop(self, address: str) -> None:
        """Forget a document that was closed."""
        path = path_of(address)
        if path is not None:
            with self._changed:
                self._open.pop(path, None)
                self._wake()

    def wake(self) -> None:
        """Look again: something was saved, or changed beside the editor."""
        with self._changed:
            self._wake()

    def _wake(self) -> None:
        self._is_due = True
        self._changed.notify_all()

    def start(self) -> None:
        """Begin to look, in a thread of its own that does not keep the process alive."""
        Thread(target=self._run, name="assetpkg-lsp", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_due or self._is_closed)
                for _ in range(_MOST_PAUSES):
                    self._is_due = False
                    if self._is_closed or not self._changed.wait_for(lambda: self._is_due or self._is_closed, PAUSE):
                        break
                if self._is_closed:
                    return
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - whatever happens, the next look may be better
                self._complain_once(f"the packages could not be looked at ({type(error).__name__})")

    def look(self) -> None:
        """Look at every package that an open document is in, and tell what was found, where it is not known yet."""
        with self._looking:
            with self._changed:
                opened = dict(self._open)
            self._said, self._complaints = self._complaints, set()
            projects = self._read(opened)
            found: dict[str, Sequence[Shown]] = {}
            for project in projects.values():
                found.update(find(project))
            self._projects, self._found = projects, found
            self.looks += 1
            self._tell(opened, found)

    def _read(self, opened: Mapping[str, Open]) -> dict[str, Project]:
        before = self._sound
        self._sound = {
            path: sound
            for path, each in opened.items()
            if (sound := each.text if is_sound(each.text) else before.get(path)) is not None
        }
        texts = {path: Written(Text(each.text), self._sound.get(path)) for path, each in opened.items()}
        projects: dict[str, Project] = {}
        for path in sorted(opened):
            own = find_packages([path])[0] if not path.lower().endswith(".zip") else ()
            if any(folder in projects for folder in own):
                continue
            if not own and any(each.entry_of(path) is not None for each in projects.values() if not each.is_own):
                continue
            project = open_project(
                path, texts, self._settle, self._complain_once, self._projects.get, plugins=self._plugins
            )
            if project is not None:
                projects[project.folder] = project
        return projects

    def _tell(self, opened: Mapping[str, Open], found: Mapping[str, Sequence[Shown]]) -> None:
        for path in sorted({*self._told, *opened, *found}):
            known = opened.get(path)
            address = self._told[path][0] if known is None and path in self._told else address_of(path)
            now = (known.address if known else address, known.version if known else None, found.get(path, ()))
            if self._told.get(path, (now[0], None, ())) != now:
                self._publish(*now)
            if now[2] or known is not None:
                self._told[path] = now
            else:
                self._told.pop(path, None)

    def _complain_once(self, sentence: str) -> None:
        """Say what could not be done, unless that was said of the look before, too."""
        is_new = sentence not in self._complaints and sentence not in self._said
        self._complaints.add(sentence)
        if is_new:
            self._complain(sentence)

    def ask(self, address: str, position: Position | None = None) -> Asked | None:
        """Return what a position of a document is about; `None` where no package has it, or it is not open."""
        path = path_of(address)
        with self._changed:
            known = None if path is None else self._open.get(path)
        if path is None or known is None:
            return None
        project = self._project_of(path)
        if project is None:
            self.look()
            project = self._project_of(path)
        entry = None if project is None else project.entry_of(path)
        if project is None or entry is None:
            return None
        text = Text(known.text)
        if position is None:
            return Asked(project, entry, text, None, ())
        part = project.part_of(entry)
        offset = text.offset(position)
        there = [each for each in self._found.get(path, ()) if each.range.start <= position <= each.range.end]
        return Asked(project, entry, text, None if part is None else point_at(text.text, offset, part), there)

    def _project_of(self, path: str) -> Project | None:
        around = [each for each in self._projects.values() if each.entry_of(path) is not None]
        return max(around, key=lambda each: len(each.folder), default=None)
