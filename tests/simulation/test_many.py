"""Many packages over any executor: the same answers in the same order, and one failure harms no other."""

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg import Checked, Mode, Planned, Policy, TeamSchemas, check_many, plan_many
from assetpkg.errors import CannotRead, InvalidOption
from assetpkg.running.spread import ExecutorLike
from tests.build import TOPIC, edited, encode, make_package, make_snapshot
from tests.conftest import ROOT


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with five packages, one of them not to be read and one with findings, and a target."""
    for name in "abd":
        assetpkg.write(make_package(manifest={"name": name}), tmp_path / f"{name}.zip")
    assetpkg.unpack(make_package({"topics/order-events.json": edited(TOPIC, access_policy="some")}), tmp_path / "e")
    (tmp_path / "f.zip").write_bytes(b"PK")
    (tmp_path / "target.json").write_bytes(encode(make_snapshot()))
    return tmp_path


def forked() -> Executor:
    return ProcessPoolExecutor(2, mp_context=get_context("fork"))


EXECUTORS: dict[str, Callable[[], ExecutorLike | None]] = {
    "none": lambda: None,
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": forked,
    "what makes processes": lambda: forked,
}


def paths(place: Path) -> list[Path]:
    return [place / name for name in ("a.zip", "b.zip", "missing.zip", "d.zip", "e", "f.zip")]


@pytest.mark.parametrize("made", EXECUTORS.values(), ids=EXECUTORS)
def test_checking_many_is_checking_each(place: Path, made: Callable[[], ExecutorLike | None]) -> None:
    found = list(check_many(paths(place), executor=made()))
    assert [each.path for each in found] == [str(path) for path in paths(place)]
    for each in found:
        if each.path.endswith("missing.zip"):
            assert each.failure is not None
            assert "no such file" in each.failure
            assert each.diagnostics == ()
        else:
            assert each.diagnostics == tuple(assetpkg.check(each.path))
            assert each.failure is None
            assert (each.refusal is None) == assetpkg.read(each.path).understood
    assert [len(each.diagnostics) for each in found] == [0, 0, 0, 0, 1, 1]
    assert found == list(check_many(map(str, paths(place))))


@pytest.mark.parametrize("made", EXECUTORS.values(), ids=EXECUTORS)
def test_planning_many_is_planning_each(place: Path, made: Callable[[], ExecutorLike | None]) -> None:
    target = place / "target.json"
    found = list(plan_many(paths(place), target, mode="Merge", prefix="dev_", executor=made()))
    for each in found:
        if each.failure is not None:
            assert each == Planned(path=str(place / "missing.zip"), failure=each.failure)
            continue
        plan = assetpkg.plan(each.path, target, mode=Mode.MERGE, prefix="dev_")
        assert (each.verdict, each.summary, each.changes, each.diagnostics) == (
            plan.verdict, plan.summary, plan.changes, plan.diagnostics,
        )  # fmt: skip
    assert len(found) == 6
    assert found == list(plan_many(paths(place), target, mode="Merge", prefix="dev_"))


@pytest.mark.parametrize("made", EXECUTORS.values(), ids=EXECUTORS)
def test_workers_judge_by_policy_and_schemas(place: Path, made: Callable[[], ExecutorLike | None]) -> None:
    (place / "topic.json").write_text('{"$ref": "https://json-schema.org/draft/2020-12/schema", "required": ["owner"]}')
    schemas = TeamSchemas.read({"topic": "topic.json"}, place)
    found = list(check_many(paths(place), Policy.parse(ignore=["PKG"]), schemas, executor=made()))
    assert [len(each.diagnostics) for each in found] == [1, 1, 0, 1, 2, 0]
    assert found[5].refusal is not None, "an empty list does not mean that all is well"


def test_the_target_is_read_at_once(place: Path) -> None:
    with pytest.raises(CannotRead):
        plan_many([], place / "no.json")
    with pytest.raises(InvalidOption):
        plan_many([], mode="Marge")


def test_a_target_that_changes_is_read_again(place: Path) -> None:
    (before,) = plan_many([place / "a.zip"], place / "target.json", executor=None)
    (place / "target.json").write_bytes(encode(make_snapshot({"topic": [TOPIC]})))
    (after,) = plan_many([place / "a.zip"], place / "target.json", executor=None)
    assert before.summary["conflict"] + 1 == after.summary["conflict"]


def test_answers_can_be_sent_from_process_to_process(place: Path) -> None:
    for answer in (*check_many(paths(place)), *plan_many(paths(place), place / "target.json")):
        assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own
    for judge in (Policy.parse(ignore=["PKG"]), assetpkg.ImportOptions(mode="Merge", assumptions={})):
        assert pickle.loads(pickle.dumps(judge)) == judge  # noqa: S301 - our own


def test_an_answer_shows_no_credential() -> None:
    for kind in (Checked, Planned):
        assert "hunter22" not in repr(kind(path="password=hunter22.zip"))


class Deadly(ProcessPoolExecutor):
    """Processes of which one dies of a package of a certain name."""

    def __init__(self) -> None:
        super().__init__(2, mp_context=get_context("fork"))

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        deadly = Path(arguments[0].path).name == "b.zip"
        return super().submit(os._exit, 3) if deadly else super().submit(function, *arguments, **named)


def test_a_process_that_dies_takes_one_package_with_it(place: Path) -> None:
    expected = list(check_many(paths(place)))
    expected[1] = Checked(
        path=str(place / "b.zip"), failure="the process that worked on it died; it may need more memory"
    )
    assert list(check_many(paths(place), executor=Deadly)) == expected


def test_an_executor_of_somebody_else_may_break_and_is_said_to(place: Path) -> None:
    with Deadly() as executor:
        found = list(check_many([place / "b.zip", place / "a.zip"], executor=executor))
    assert found[0].failure is not None
    assert len(found) == 2


PROCESSES, DASK = re.findall(
    r"```python\n(.*?)```", (ROOT / "assetpkg" / "manual" / "large.md").read_text(encoding="utf-8"), re.DOTALL
)
"""The examples of the manual."""


def put_in_folder(place: Path) -> None:
    """Put the packages where the examples look for them, too."""
    (place / "packages").mkdir()
    for path in place.glob("*.zip"):
        shutil.copy(path, place / "packages")


def run(place: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_over_a_cluster_of_dask_with_a_worker_that_dies(place: Path) -> None:
    """Two workers in processes of their own; one dies, and Dask starts another. The example of the manual is first."""
    put_in_folder(place)
    example = DASK.replace("tcp://scheduler.example.com:8786", "ADDRESS")
    assert "ADDRESS" in example
    script = Path(__file__).with_name("on_dask.py")
    done = run(place, script, example, place / "target.json", *paths(place))
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told["workers"]) == 2
    assert os.getpid() not in told["workers"]
    assert told["checked"] == [repr(each) for each in check_many(paths(place))]
    assert told["planned"] == [repr(each) for each in plan_many(paths(place), place / "target.json")]
    assert told["example"].splitlines() == ["a.zip clear", "b.zip clear", "d.zip clear", "f.zip blocked"]
    expected = [repr(each) for each in check_many(paths(place))]
    expected[1] = repr(Checked(path=str(place / "b.zip"), failure="its worker ended without an answer (KilledWorker)"))
    assert told["after a death"] == expected


def test_the_example_of_the_manual_runs_over_processes(place: Path) -> None:
    put_in_folder(place)
    (place / "example.py").write_text(PROCESSES)
    assert run(place, "example.py").stdout.splitlines() == ["a.zip 0", "b.zip 0", "d.zip 0", "f.zip 1"]
