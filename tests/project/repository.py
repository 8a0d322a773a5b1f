"""The project's own files, somewhere else: as a stranger has them, without what building and testing leave."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT

IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def copy_project(folder: Path) -> Path:
    """Copy every file that is, or is about to be, under version control; return the copy."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
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
