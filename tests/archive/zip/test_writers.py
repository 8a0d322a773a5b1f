"""One archive of each writer that people meet, with plain names and with others, all read or refused as declared."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from assetpkg.archive.zip import FileSource, ZipRefused, open_zip, write_zip
from tests.archive.zip.forms import FORMS
from tests.archive.zip.programs import SEVEN_ZIP, go, java, node, run, script

FILES = {
    "manifest.json": b'{"format": "assetpkg/1"}\n' * 40,
    "applications/Order Center.json": bytes(range(256)) * 300,
    "applications/empty.json": b"",
}
NAMED = {"applications/订单（一）.json": b'{"name": "\xe8\xae\xa2\xe5\x8d\x95"}\n', "é.json": b"{}\n" * 40}
"""Names that are not ASCII: one that old code pages have no way to write, and one that they spell differently."""
CONTENTS = {"plain": FILES, "named": NAMED}


class Writer(NamedTuple):
    """How a writer's archives are read: the warnings they earn, and what refuses its names that are not ASCII."""

    name: str
    warned: frozenset[str] = frozenset()
    refused: str = ""
    of_empty: frozenset[str] = frozenset()


COMMITTED = (
    "git init -q . && git add . && git -c user.name=a -c user.email=a@b.c commit -qm all && "
    "git archive -o OUT {} HEAD && rm -r .git"
)
EVERY_FILE = "find . -type f | sed 's,^[.]/,,' | sort"

COMMANDS = {
    "Info-ZIP": "zip -qr OUT .",
    "Info-ZIP, reported of UTF-8": "zip -qr -UN=UTF8 OUT .",
    "bsdtar": "bsdtar -a -cf OUT *",
    "7-Zip": f"{SEVEN_ZIP} a -tzip OUT . -bso0",
    "jar": "jar cMf OUT *",
    "git archive": COMMITTED.format("--format=zip"),
    "git archive, stored": COMMITTED.format("--format=zip -0"),
    "minizip": f"{EVERY_FILE} | xargs -d '\\n' minizip -o OUT",
    "ziptool": f'{EVERY_FILE} | while read -r name; do ziptool -- OUT add_file "$name" "$name" 0 -1; done',
    "python -m zipfile": "python3 -m zipfile -c OUT *",
    "shutil.make_archive": "python3 -c \"import shutil; shutil.make_archive('OUT'[:-4], 'zip', '.')\"",
}
"""Writers that are a command in a shell, in the folder that is to be packed."""

PROGRAMS: Mapping[str, Callable[[], Sequence[str | Path]]] = {
    "Go": lambda: go("writers/write.go"),
    "Java": lambda: java("writers/Write.java"),
    "Node": lambda: node("writers/write.mjs"),
    "Ruby": lambda: script("ruby", "writers/write.rb"),
    "Perl": lambda: script("perl", "writers/write.pl"),
    "PHP": lambda: script("php", "writers/write.php"),
}
"""Programs that pack a folder with each of the writers of their language."""

STORED_LATE = frozenset({"stored-data-descriptor"})
OTHER_VERSION = frozenset({"local-mismatch-version"})
COMMENTED = frozenset({"archive-comment"})
UNMARKED = "name-legacy-encoding"

WRITERS = (
    Writer(".NET ZipFile"),
    Writer(".NET ZipFile on Linux"),
    Writer("7-Zip"),
    Writer("Ant"),
    Writer("Archive-Zip", refused=UNMARKED),
    Writer("Commons Compress"),
    Writer("Commons Compress to a pipe"),
    Writer("Go archive-zip, AddFS"),
    Writer("Go archive-zip, Create"),
    Writer("IO-Compress-Zip", refused=UNMARKED),
    Writer("IO-Compress-Zip, streamed", refused=UNMARKED),
    Writer("Info-ZIP", refused=UNMARKED),
    Writer("Info-ZIP, reported of UTF-8", refused=UNMARKED),
    Writer("Java ZipOutputStream"),
    Writer("Java ZipOutputStream, stored"),
    Writer("Java zipfs"),
    Writer("PHP ZipArchive"),
    Writer("Windows Explorer"),
    Writer("Windows Explorer 7", refused=UNMARKED),
    Writer("adm-zip"),
    Writer("archiver"),
    Writer("archiver, stored", STORED_LATE),
    Writer("assetpkg"),
    Writer("bsdtar"),
    Writer("fflate"),
    Writer("git archive", COMMENTED),
    Writer("git archive, stored", COMMENTED),
    Writer("jar"),
    Writer("jszip"),
    Writer("jszip, streamed", of_empty=STORED_LATE),
    Writer("macOS Finder", refused=UNMARKED),
    Writer("macOS Finder before 10.15", refused=UNMARKED),
    Writer("minizip", refused=UNMARKED),
    Writer("python -m zipfile"),
    Writer("rubyzip"),
    Writer("rubyzip, streamed"),
    Writer("shutil.make_archive"),
    Writer("yazl"),
    Writer("yazl, from disk"),
    Writer("yazl, zip64", OTHER_VERSION),
    Writer("zip.js"),
    Writer("zip.js, zip64"),
    Writer("zip4j"),
    Writer("ziptool"),
)

Packed = Mapping[tuple[str, str], Path]
"""An archive by its writer and the folder that it packed."""


def lay_out(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
        (root / name).chmod(0o644)
    return root


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """What all writers make of the same two folders; each program is started once."""
    place = tmp_path_factory.mktemp("writers")
    folders = [lay_out(place / name, files) for name, files in CONTENTS.items()]
    outs = [place / f"out-{name}" for name in CONTENTS]
    for folder, out in zip(folders, outs, strict=True):
        out.mkdir()
        for writer, command in COMMANDS.items():
            run(["sh", "-ec", command.replace("OUT", f"{out}/{writer}.zip".replace(" ", "\\ "))], folder=folder)
        for writer, form in FORMS.items():
            (out / f"{writer}.zip").write_bytes(form(CONTENTS[folder.name]))
        (out / "assetpkg.zip").write_bytes(b"".join(write_zip(CONTENTS[folder.name].items())))
    pairs = [str(path) for pair in zip(folders, outs, strict=True) for path in pair]
    for program in PROGRAMS.values():
        run([*program(), *pairs])
    return {
        (archive.stem, folder.name): archive
        for folder, out in zip(folders, outs, strict=True)
        for archive in out.iterdir()
    }


def contents(archive: Path) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the files of an archive without what a Mac adds, and the slugs of the warnings."""
    with FileSource(archive) as source:
        directory = open_zip(source)
        files = {entry.name: directory.read(entry) for entry in directory.entries if not entry.is_dir}
        own = {name: content for name, content in files.items() if not name.startswith(("__MACOSX/", ".DS_Store"))}
        return own, frozenset(fault.slug for fault in directory.warnings)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_an_honest_archive_is_read(writer: Writer, packed: Packed) -> None:
    assert contents(packed[writer.name, "plain"]) == (FILES, writer.warned | writer.of_empty)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_marked_names_are_read_and_others_refused(writer: Writer, packed: Packed) -> None:
    archive = packed[writer.name, "named"]
    if not writer.refused:
        assert contents(archive) == (NAMED, writer.warned)
        return
    with FileSource(archive) as source, pytest.raises(ZipRefused) as refused:
        open_zip(source)
    assert {fault.slug for fault in refused.value.faults} == {writer.refused}


def test_every_writer_has_its_row(packed: Packed) -> None:
    assert {name for name, _ in packed} == {writer.name for writer in WRITERS}
    assert len({name.partition(",")[0] for name, _ in packed}) >= 20
