"""A gatekeeper for all tests of the folder, and the promises that it is asked to hold."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.build import encode, make_snapshot
from tests.conftest import ROOT
from tests.trust.hostile.gates import COMMANDS, MEMORY, SECONDS, SHOP, STATUSES, TARGET, Files, Job

REFERENCE = 0.15
"""In seconds of processor: what the work of `slowness` takes on a common machine of today."""
ATTEMPTS = 3
"""How often a job is done that takes too long: something else may have had the processor and its caches."""


@pytest.fixture(scope="session")
def gatekeeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator["subprocess.Popen[str]"]:
    warm = tmp_path_factory.mktemp("warm")
    (warm / "a.zip").write_bytes(SHOP)
    (warm / "shop.zip").write_bytes(SHOP)
    (warm / "a.json").write_bytes(encode(make_snapshot()))
    command = [sys.executable, "-m", "tests.trust.hostile.gatekeeper"]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("ASSETPKG_")}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"cwd": str(warm), "commands": [*COMMANDS.values(), TARGET]}) + "\n")
        yield process
        process.stdin.close()


@pytest.fixture
def job(gatekeeper: "subprocess.Popen[str]", tmp_path: Path) -> Job:
    """Run commands beside some files; all promises are held, and what the commands said and cost is returned."""
    box = tmp_path / "box"

    def run(files: Files, commands: list[list[str]]) -> dict[str, Any]:
        for _ in range(ATTEMPTS):
            told = run_once(files, commands)
            if told["seconds"] < SECONDS or told["seconds"] < SECONDS * slowness():
                return told
        pytest.fail(f"{told['seconds']} s of processor")

    def run_once(files: Files, commands: list[list[str]]) -> dict[str, Any]:
        shutil.rmtree(box, ignore_errors=True)
        box.mkdir()
        for name, content in files.items():
            (box / name).write_bytes(content)
        assert gatekeeper.stdin is not None
        assert gatekeeper.stdout is not None
        gatekeeper.stdin.write(json.dumps({"cwd": str(box), "commands": commands}) + "\n")
        gatekeeper.stdin.flush()
        told: dict[str, Any] = json.loads(gatekeeper.stdout.readline())
        assert told["signal"] is None, "the command was killed"
        odd = [ended["status"] for ended in told["ended"] if ended["status"] not in STATUSES]
        assert odd == [], "no documented status"
        assert not any("Traceback" in ended["complained"] for ended in told["ended"])
        assert told["strayed"] == []
        made = {
            command[-1]
            for command, ended in zip(commands, told["ended"], strict=True)
            # A snapshot is written of what there is, and what was not understood is named.
            if "--output" in command and ended["status"] in ({0, 1} if command[0] == "snapshot" else {0})
        }
        assert {path.name for path in box.iterdir()} == files.keys() | made
        assert [path.name for path in tmp_path.iterdir()] == ["box"]
        assert told["memory"] < MEMORY
        return told

    return run


def slowness() -> float:
    """Return how many times as long as the machine of reference this one takes now for a piece of work; at least 1.

    A promise of seconds is one about a machine; a slow or a busy one shall not make the suite fail.
    """
    begun = time.process_time()
    sum(number * number % 7 for number in range(2_000_000))
    return max(1.0, (time.process_time() - begun) / REFERENCE)
