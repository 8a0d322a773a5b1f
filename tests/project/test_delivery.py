"""The chapter from an export to production: its commands run one after the other, and say what it shows."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

CHAPTER = ROOT / "assetpkg" / "manual" / "delivery.md"
BLOCK = re.compile(r"```sh\n(?P<commands>.*?)```\n(?:\n```\n(?P<shown>.*?)```\n)?", re.DOTALL)
FAILS = " # exit status 1"
PAUSE = "@@"
"""Stands between what one block of commands says and what the next one does."""


def runnable(commands: str) -> str:
    """Return a block as it is run: a command that is said to fail has to."""
    lines = commands.splitlines()
    return "\n".join(
        f'status=0; {line.removesuffix(FAILS)} || status=$?; test "$status" = 1' if line.endswith(FAILS) else line
        for line in lines
    )


def test_the_way_from_an_export_to_production(tmp_path: Path, programs: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    text = CHAPTER.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    script = f"\necho {PAUSE}\n".join(runnable(block["commands"]) for block in blocks)
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    author = {f"GIT_{who}_{what}": "you@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**os.environ, **nobody, **author, "PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    said = [part.lstrip("\n") for part in done.stdout.split(f"{PAUSE}\n")]
    assert len(said) == len(blocks)
    told = iter(said)
    expected = BLOCK.sub(lambda block: f"```sh\n{block['commands']}```\n{_shown(next(told))}", text)
    if request.config.getoption("--update-cases"):
        CHAPTER.write_text(expected, encoding="utf-8")
    assert text == expected


def _shown(said: str) -> str:
    return f"\n```\n{said}```\n" if said else ""
