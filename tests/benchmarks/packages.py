"""What is measured: the installed wheel, and packages of the six sizes; a folder keeps both for the next time."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import venv
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SIZES: Mapping[str, str] = {
    "S": "--resources 20 --size 10000",
    "M": "--resources 1000 --size 20000",
    "N": "--resources 5100 --apis 5000 --size 4000",
    "L": "--resources 20000 --size 20000",
    "B": "--resources 40 --apis 24 --size 3250000",
    "F": "--resources 10100 --apis 10000 --size 2000",
}
"""How the packages are made: 0.2 MB, 20 MB, the quota of an instance, 400 MB, 24 documents of 5 MB, and 10,000 APIs."""
FAULTY = "F-faulty.zip"
"""A copy of F in which each API has one and the same fault."""
PEERS = ("check-jsonschema", "deepdiff")
MANY = 1_000
"""How many copies of S there are in the folder `many`."""


def place_for(home: Path | None = None) -> Path:
    """Return the folder in which everything is kept."""
    place = home or Path(tempfile.gettempdir()) / f"assetpkg-benchmarks-{os.getuid() if hasattr(os, 'getuid') else 0}"
    place.mkdir(parents=True, exist_ok=True)
    return place


def install(place: Path) -> dict[str, str]:
    """Install the wheel, and what it is held against, into a virtual environment; return the variables to run it."""
    home = place / f"venv-{_digest(_sources())}"
    if not (home / "complete").exists():
        for old in place.glob("venv-*"):
            shutil.rmtree(old)
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, str(ROOT), *PEERS], check=True)
        (home / "complete").touch()
    return {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


def prepare(place: Path, words: Iterable[str], environment: Mapping[str, str]) -> Path:
    """Make the packages of these sizes, each with its targets, and return the folder that they are in.

    Of `M` there are `M.zip`, `Mb.json`, a target with other ids, and `Ms.zip`, one with the same ids.
    """
    made = ROOT / "assetpkg" / "authoring"
    sources = [made / "generate.py", *sorted((made / "recipes").glob("*.py"))]
    folder = place / f"packages-{_digest(sources, str(SIZES))}"
    for old in place.glob("packages-*"):
        if old != folder:
            shutil.rmtree(old)
    folder.mkdir(exist_ok=True)
    for word in words:
        for drift in (f"{word}b.json", f"{word}s.zip --same-ids"):
            if not (folder / drift.split()[0]).exists():
                line = f"assetpkg generate -o {word}.zip {SIZES[word]} --drift {drift}"
                subprocess.run(line.split(), cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    if (folder / "F.zip").exists() and not (folder / FAULTY).exists():
        _spoil(folder, environment)
    shutil.copy(ROOT / "schemas" / "manifest.json", folder / "manifest-schema.json")
    shutil.copy(ROOT / "tests" / "benchmarks" / "libraries.py", folder)
    shutil.copy(ROOT / "samples" / "order-center" / "manifest.json", folder)
    if (folder / "S.zip").exists() and not (folder / "many").exists():
        (folder / "many").mkdir()
        for number in range(MANY):
            shutil.copy(folder / "S.zip", folder / "many" / f"S-{number}.zip")
    if (folder / "M.zip").exists() and not (folder / "M").exists():
        subprocess.run(["unzip", "-q", "M.zip", "-d", "M"], cwd=folder, check=True)
    return folder


def _spoil(folder: Path, environment: Mapping[str, str]) -> None:
    """Give each API of F a method that there is not, and pack it again."""
    with tempfile.TemporaryDirectory(dir=folder) as place, zipfile.ZipFile(folder / "F.zip") as archive:
        archive.extractall(place)
        for path in Path(place, "apis").rglob("*.json"):
            document = json.loads(path.read_bytes())
            path.write_text(json.dumps({**document, "req_method": "FETCH"}, ensure_ascii=False), encoding="utf-8")
        packing = ["assetpkg", "pack", place, "-o", FAULTY]
        subprocess.run(packing, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def _sources() -> Iterator[Path]:
    yield ROOT / "pyproject.toml"
    for path in sorted((ROOT / "assetpkg").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _digest(paths: Iterable[Path], more: str = "") -> str:
    found = hashlib.sha256(more.encode())
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()[:12]
