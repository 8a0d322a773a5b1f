"""Real repositories of Git, in which this program is found, and nobody's settings are."""

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from assetpkg.cli.program import cli


def set_environment(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Git know nobody's settings, and find the program in `programs`."""
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "somebody@example.com")


def set_up(place: Path) -> None:
    """Do in a folder of a repository what `assetpkg setup git` prints."""
    script = CliRunner().invoke(cli, ["setup", "git"], standalone_mode=False).stdout
    subprocess.run(["sh"], input=script.encode(), cwd=place, check=True)


def try_git(place: Path, *arguments: str) -> tuple[int, str, str]:
    """Return the exit status of Git, and what it and the programs that it runs said on both channels."""
    done = subprocess.run(["git", *arguments], cwd=place, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def git(place: Path, *arguments: str) -> str:
    """Return what Git says, which is no complaint."""
    status, said, complaint = try_git(place, *arguments)
    assert status == 0, complaint
    assert complaint == ""
    return said


def write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files into a folder."""
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
