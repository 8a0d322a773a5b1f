"""The project's own files, somewhere else: as a stranger has them, without what building and testing leave."""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.archive.zip.programs import BUILT, alone
from tests.conftest import ROOT

IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def copy_project(folder: Path) -> Path:
    """Copy every file that is, or is about to be, under version control, except tests; return the copy."""
    command = ["git", "ls-files", "-coz", "--exclude-standard", "--", ".", ":!tests"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def commit_all(folder: Path, *, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Commit everything in `folder`; returns what git, and the hooks that it runs, said about it."""
    settings = {**os.environ, **IDENTITY, **(environment or {})}
    subprocess.run(["git", "add", "-A"], cwd=folder, env=settings, check=True)
    command = ["git", "commit", "-m", "a change"]
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, check=False, text=True)


def make_repository(folder: Path) -> Path:
    """Make `folder` a git repository without history."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, env={**os.environ, **IDENTITY}, check=True)
    return folder


def wheels() -> Mapping[str, str]:
    """Return the settings that have pip install what this project needs from a folder.

    Each environment that is made in the tests takes it from there: pip asks an index about each part for seconds. The
    folder has what the project says that it needs and nothing else. It is filled once, and kept in `.tools/`.
    """
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = sorted([*told["build-system"]["requires"], *told["project"]["dependencies"]])
    mark = hashlib.sha256("\n".join([sys.version, *needed]).encode()).hexdigest()[:16]
    folder = BUILT / f"wheels-{mark}"
    with alone():
        if not folder.exists():
            filling = folder.with_suffix(".part")
            command = [sys.executable, "-m", "pip", "download", "-q", "--only-binary", ":all:", "-d", filling, *needed]
            done = subprocess.run(command, capture_output=True, check=False, text=True)
            assert done.returncode == 0, done.stderr
            filling.rename(folder)
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}
