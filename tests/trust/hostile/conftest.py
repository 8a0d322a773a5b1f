"""A gatekeeper for all tests of the folder, and the promises that it is asked to hold."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.build import encode, make_snapshot
from tests.conftest import ROOT
from tests.trust.hostile.gates import COMMANDS, MEMORY, SHOP, STATUSES, TARGET, Files, Job, Jobs, Wanted


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


class Gate:
    """Runs commands beside files, one job after the other, and holds all promises of each.

    They are done in one child, which costs as much as one of them does alone. Where a promise is broken each has a
    child of its own, so that the one that breaks it is named.
    """

    def __init__(self, gatekeeper: "subprocess.Popen[str]", place: Path) -> None:
        """Have jobs done by a gatekeeper in folders below an empty `place`."""
        self.gatekeeper, self.place = gatekeeper, place

    def __call__(self, wanted: Wanted) -> list[dict[str, Any]]:
        """Return what the commands of each job said and cost."""
        try:
            return self._together(wanted)
        except AssertionError:
            told = [self._alone(title, files, commands) for title, (files, commands) in wanted.items()]
            return [answer for answers in told for answer in answers]

    def _alone(self, title: str, files: Files, commands: list[list[str]]) -> list[dict[str, Any]]:
        try:
            return self._together({title: (files, commands)})
        except AssertionError as error:
            raise AssertionError(f"{title}: {error}") from error

    def _together(self, wanted: Wanted) -> list[dict[str, Any]]:
        boxes = [self.place / f"box{number}" for number in range(len(wanted))]
        shutil.rmtree(self.place)
        for box, (files, _) in zip(boxes, wanted.values(), strict=True):
            box.mkdir(parents=True)
            for name, content in files.items():
                (box / name).write_bytes(content)
        asked = [{"cwd": str(box), "commands": run} for box, (_, run) in zip(boxes, wanted.values(), strict=True)]
        told = self._ask(asked)
        assert told["signal"] is None, "the command was killed, or did not end"
        assert told["memory"] < MEMORY
        for box, (files, commands), job in zip(boxes, wanted.values(), told["jobs"], strict=True):
            hold(box, files, commands, job)
        assert set(self.place.iterdir()) == set(boxes)
        return [{**job, "memory": told["memory"]} for job in told["jobs"]]

    def _ask(self, jobs: list[dict[str, Any]]) -> dict[str, Any]:
        assert self.gatekeeper.stdin is not None
        assert self.gatekeeper.stdout is not None
        self.gatekeeper.stdin.write(json.dumps(jobs) + "\n")
        self.gatekeeper.stdin.flush()
        told: dict[str, Any] = json.loads(self.gatekeeper.stdout.readline())
        return told


def hold(box: Path, files: Files, commands: list[list[str]], told: dict[str, Any]) -> None:
    """Hold the promises of one job."""
    assert told["strayed"] == []
    odd = [ended["status"] for ended in told["ended"] if ended["status"] not in STATUSES]
    assert odd == [], "no documented status"
    assert not any("Traceback" in ended["complained"] for ended in told["ended"])
    made = {
        command[-1]
        for command, ended in zip(commands, told["ended"], strict=True)
        # A snapshot is written of what there is, and what was not understood is named.
        if "--output" in command and ended["status"] in ({0, 1} if command[0] == "snapshot" else {0})
    }
    assert {path.name for path in box.iterdir()} == files.keys() | made


@pytest.fixture
def jobs(gatekeeper: "subprocess.Popen[str]", tmp_path: Path) -> Jobs:
    """Return what runs commands beside files, several jobs in one process."""
    return Gate(gatekeeper, tmp_path)


@pytest.fixture
def job(jobs: Jobs) -> Job:
    """Return what runs commands beside some files."""

    def run(files: Files, commands: list[list[str]]) -> dict[str, Any]:
        return jobs({"this": (files, commands)})[0]

    return run
