"""Every reader at hand, and what each of them sees in an archive."""

import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from assetpkg.archive.zip import BytesSource, ZipRefused, open_zip
from tests.archive.zip.programs import ENVIRONMENT, SEVEN_ZIP, go, java, node, run, script

View = tuple[tuple[str, str], ...]
"""The files that a reader sees, each a name and the digest of its content, in the order of their names."""

Views = dict[str, View | None]
"""What each reader sees; `None` where it refuses the archive."""

_LIBRARIES: Mapping[str, Callable[[], Sequence[str | Path]]] = {
    "Go": lambda: go("readers/read.go"),
    "Java": lambda: java("readers/Read.java"),
    "Node": lambda: node("readers/read.mjs"),
    "libzip": lambda: script("php", "readers/read.php"),
}

_TOOLS = {"Info-ZIP": "unzip -qqo {} -d {}", "bsdtar": "mkdir {1}; bsdtar -xf {0} -C {1}"}


def our_view(archive: bytes) -> View | None:
    """Return what assetpkg sees."""
    try:
        directory = open_zip(BytesSource(archive))
        return _view((entry.name, directory.read(entry)) for entry in directory.entries)
    except ZipRefused:
        return None


def their_views(archives: Sequence[bytes], place: Path, *, tools: int) -> list[Views]:
    """Return what the other readers see in each archive.

    `tools` is how many archives, from the first on, the programs read as well that unpack, which takes them long.
    """
    unpacked, others = place / "unpacked", place / "others"
    for folder in (unpacked, others):
        folder.mkdir(parents=True)
    paths = [(unpacked if number < tools else others) / f"{number:06}.zip" for number in range(len(archives))]
    for path, archive in zip(paths, archives, strict=True):
        path.write_bytes(archive)
    found: dict[str, Views] = defaultdict(dict)
    for program in _LIBRARIES.values():
        for line in run(program(), given="".join(f"{path}\n" for path in paths)).splitlines():
            seen = json.loads(line)
            found[seen["path"]][seen["reader"]] = (
                None if "error" in seen else tuple(sorted((name, digest) for name, digest in seen["files"]))
            )
    for path, archive in zip(paths, archives, strict=True):
        found[str(path)]["CPython zipfile"] = read_with_zipfile(archive)
    if tools:
        _read_with_tools(paths[:tools], found)
        _read_with_seven_zip(paths[:tools], unpacked, found)
    shutil.rmtree(place)
    return [found[str(path)] for path in paths]


def _view(files: Iterable[tuple[str, bytes]]) -> View:
    return tuple(sorted((name, _digest(content)) for name, content in files if content or not name.endswith("/")))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_with_zipfile(archive: bytes) -> View | None:
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return _view((entry.filename, opened.read(entry)) for entry in opened.infolist())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return None


def _read_with_tools(paths: Sequence[Path], found: Mapping[str, Views]) -> None:
    for tool, command in _TOOLS.items():
        one = command.format('"$archive"', '"$archive.out"')
        loop = f'while read -r archive; do ({one}) </dev/null >/dev/null 2>&1 && echo "$archive" || :; done'
        accepted = set(run(["sh", "-c", loop], given="".join(f"{path}\n" for path in paths)).splitlines())
        for path in paths:
            folder = Path(f"{path}.out")
            found[str(path)][tool] = _unpacked(folder) if str(path) in accepted else None
            shutil.rmtree(folder, ignore_errors=True)


def _read_with_seven_zip(paths: Sequence[Path], place: Path, found: Mapping[str, Views]) -> None:
    command = [SEVEN_ZIP, "x", "-an", f"-ai!{place}/*.zip", f"-o{place}/*.out", "-y", "-bso1", "-bse1", "-bsp0"]
    said = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False).stdout
    _, *parts = said.split("\nExtracting archive: ")
    fine = {part.splitlines()[0] for part in parts if "\nEverything is Ok\n" in part}
    assert len(parts) == len(paths), said[-2_000:]
    for path in paths:
        folder = place / f"{path.stem}.out"
        found[str(path)]["7-Zip"] = _unpacked(folder) if str(path) in fine else None


def _unpacked(folder: Path) -> View:
    """Return what a program unpacked; a mode may have closed files to everybody."""
    files: list[tuple[str, bytes]] = []
    for root, folders, names in os.walk(folder):
        for name in folders:
            _open_up(Path(root, name))
        for name in names:
            path = Path(root, name)
            _open_up(path)
            content = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b"no plain file"
            files.append((str(path.relative_to(folder)), content))
    return _view(files)


def _open_up(path: Path) -> None:
    if not path.is_symlink():
        path.chmod(0o700)
