"""Archives of the programs that people have: zip, bsdtar, 7-Zip, jar, git, and Python's own module."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import IO

import pytest

from assetpkg.archive.zip import BytesSource, FileSource, ZipDirectory, ZipRefused, open_zip, write_zip

FILES = {
    "manifest.json": b'{"format": "assetpkg/1"}\n' * 40,
    "applications/Order Center.json": bytes(range(256)) * 300,
    "applications/empty.json": b"",
}

# Debian calls it 7zz, everybody else 7z.
SEVEN_ZIP = "7zz" if shutil.which("7zz") else "7z"

COMMANDS = {
    "zip": "zip -qr OUT .",
    "zip, stored": "zip -q0r OUT .",
    "zip without extras": "zip -qrX OUT .",
    "bsdtar": "bsdtar -a -cf OUT *",
    "7-Zip": f"{SEVEN_ZIP} a -tzip OUT . > 7z.log && {SEVEN_ZIP} d OUT 7z.log > /dev/null && rm 7z.log",
    "7-Zip, stored": f"{SEVEN_ZIP} a -tzip -mx0 OUT applications manifest.json -bso0",
    "jar": "jar cMf OUT applications manifest.json",
    "jar, stored": "jar c0Mf OUT applications manifest.json",
    "jar to a pipe": "jar cM applications manifest.json | cat > OUT",
    "python -m zipfile": "python3 -m zipfile -c OUT applications manifest.json",
}

WARNED = {
    "zip to a pipe, stored": ("zip -q0r - . | cat > OUT", "stored-data-descriptor"),
    # Info-ZIP stores an empty file.
    "zip to a pipe": ("zip -qr - . | cat > OUT", "stored-data-descriptor"),
    "zip with descriptors": ("zip -qr -fd OUT .", "stored-data-descriptor"),
    "zip, zip64": ("zip -qr -fz OUT .", "local-mismatch-version"),
    "zip with a comment": ("zip -qr OUT . && echo hello | zip -qz OUT", "archive-comment"),
    "bsdtar, stored": (
        "bsdtar --format zip --options zip:compression=store -cf OUT *",
        "stored-data-descriptor",
    ),
    "zip of a program": ("chmod +x manifest.json && zip -qr OUT .", "mode-setid"),
}

REFUSED = {
    "bsdtar to a pipe": ("bsdtar --format zip -cf - * | cat > OUT", "trailing-data"),
    "bsdtar with attributes for streams": (
        "bsdtar --format zip --options zip:experimental -cf OUT *",
        "type-conflict",
    ),
    "7-Zip with deflate64": (f"{SEVEN_ZIP} a -tzip -mm=Deflate64 OUT . -bso0", "method-unsupported"),
    # Info-ZIP forgets the zip64 end record here; its own unzip cannot read the result either.
    "zip to a pipe, zip64": ("zip -qr -fz - . | cat > OUT", "zip64-locator"),
    "zip with a password": ("zip -qr -P secret OUT .", "encrypted"),
    "zip of a link": ("ln -s manifest.json link && zip -qr --symlinks OUT .", "special-file"),
    "zip of a pipe": ("cat manifest.json | zip -q OUT -", "special-file"),
    "zip after a program": ("zip -qr small.zip . && (echo '#!/bin/sh'; cat small.zip) > OUT", "cd-bounds"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "package"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
        (root / name).chmod(0o644)
    return root


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "package.zip"


def run(command: str, folder: Path, archive: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(["sh", "-ec", command.replace("OUT", str(archive))], cwd=folder, env=environment, check=True)


def contents(directory: ZipDirectory) -> dict[str, bytes]:
    return {entry.name: directory.read(entry) for entry in directory.entries if not entry.is_dir}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_an_honest_archive_is_read_without_a_word(command: str, folder: Path, archive: Path) -> None:
    run(command, folder, archive)
    with FileSource(archive) as source:
        directory = open_zip(source)
        assert contents(directory) == FILES
        assert directory.warnings == ()


@pytest.mark.parametrize(("command", "slug"), WARNED.values(), ids=WARNED.keys())
def test_an_odd_archive_is_read_with_a_warning(command: str, slug: str, folder: Path, archive: Path) -> None:
    run(command, folder, archive)
    with FileSource(archive) as source:
        directory = open_zip(source)
        assert contents(directory) == FILES
        assert {fault.slug for fault in directory.warnings} == {slug}


@pytest.mark.parametrize(("command", "slug"), REFUSED.values(), ids=REFUSED.keys())
def test_an_archive_with_two_readings_is_refused(command: str, slug: str, folder: Path, archive: Path) -> None:
    run(command, folder, archive)
    with FileSource(archive) as source, pytest.raises(ZipRefused) as refused:
        open_zip(source)
    assert {fault.slug for fault in refused.value.faults} == {slug}


class Pipe(io.RawIOBase):
    """A file that can only be written to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self.written += bytes(content)
        return len(content)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("zip64", [False, True], ids=["narrow", "zip64"])
@pytest.mark.parametrize("seekable", [False, True], ids=["pipe", "file"])
def test_python_archives_are_read(compression: int, *, zip64: bool, seekable: bool) -> None:
    target: IO[bytes] = io.BytesIO() if seekable else Pipe()  # type: ignore[assignment]
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in {**FILES, "订单.json": b"{}"}.items():
            with archive.open(name, "w", force_zip64=zip64) as entry:
                entry.write(content)
    written = target.getvalue() if isinstance(target, io.BytesIO) else target.written  # type: ignore[attr-defined]
    directory = open_zip(BytesSource(written))
    assert contents(directory) == {**FILES, "订单.json": b"{}"}


@pytest.mark.parametrize(
    "command",
    [
        "unzip -qt OUT",
        "zip -qT OUT",
        "bsdtar -tf OUT",
        f"{SEVEN_ZIP} t OUT",
        "jar tf OUT",
        "python3 -m zipfile -t OUT",
    ],
)
@pytest.mark.parametrize("store", [False, True], ids=["deflated", "stored"])
def test_the_programs_accept_what_is_written(command: str, folder: Path, archive: Path, *, store: bool) -> None:
    archive.write_bytes(b"".join(write_zip({**FILES, "tasks/订单.json": b"{}"}.items(), store=store)))
    run(command, folder, archive)


def test_unzip_finds_the_files_that_were_written(folder: Path, archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(b"".join(write_zip(FILES.items())))
    run("unzip -q OUT -d ../again && diff -r . ../again", folder, archive)
    assert (tmp_path / "again" / "manifest.json").stat().st_mode & 0o777 == 0o644
