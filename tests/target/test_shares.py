"""A snapshot that several workers look into is the snapshot that one looks into, whatever is in it."""

import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assetpkg import CannotRead, Instance, read_target
from assetpkg.authoring.generate import draft
from assetpkg.package.package import load
from assetpkg.running.processes import Processes
from assetpkg.running.spread import ExecutorLike
from assetpkg.target import shares
from assetpkg.target.snapshot import write_snapshot
from tests.package.test_parts import Given

MANY = draft({"application": 2, "datasource": 4, "task": 2, "api_group": 2, "api": 20, "topic": 3}, 3_000)


@pytest.fixture(autouse=True)
def _small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "PART", 8_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = Instance.from_package(load(MANY.archive()))
    write_snapshot(target, tmp_path / "target.json")
    return tmp_path / "target.json"


def is_same(one: Instance, other: Instance) -> bool:
    """Say whether two targets are the same in all that is known of them."""
    documents = [[found.document(each) for each in found.index.resources] for found in (one, other)]
    return (one.index, one.repeats, one.digest) == (other.index, other.repeats, other.digest) and (
        documents[0] == documents[1]
    )


EXECUTORS: Mapping[str, Callable[[], ExecutorLike]] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "made threads": lambda: lambda: ThreadPoolExecutor(2),
    "processes": lambda: Processes(2),
}


@pytest.mark.parametrize("made", EXECUTORS.values(), ids=EXECUTORS)
def test_it_is_the_same_target(path: Path, made: Callable[[], ExecutorLike]) -> None:
    assert is_same(read_target(path, executor=made()), read_target(path))


def test_the_shares_are_many_and_none_for_a_small_snapshot(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executor = Given()
    read_target(path, executor=executor)
    assert 5 < executor.tasks < 30
    monkeypatch.setattr(shares, "PART", 2**20)
    executor = Given()
    assert is_same(read_target(path, executor=executor), read_target(path))
    assert executor.tasks == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_was_made_utf8_is_looked_into_here(path: Path, encoding: str) -> None:
    other = path.with_name("other.json")
    other.write_bytes(path.read_bytes().decode().encode(encoding))
    executor = Given()
    assert is_same(read_target(other, executor=executor), read_target(path))
    assert executor.tasks == 0


def test_a_share_that_does_not_come_back_is_looked_into_here(path: Path) -> None:
    def fail(number: int) -> None:
        if number % 2:
            raise RuntimeError("lost")

    executor = Given(fail)
    assert is_same(read_target(path, executor=executor), read_target(path))
    assert executor.tasks > 5


def test_a_worker_elsewhere_opens_the_file_and_gives_nothing_of_another_one(path: Path) -> None:
    """As on another machine: nothing of this process is there."""

    def forget(_: int) -> None:
        shares._held.clear()  # noqa: SLF001 - what a worker keeps is what is tested

    executor = Given(forget)
    assert is_same(read_target(path, executor=executor), read_target(path))

    known, another = read_target(path), re.sub(rb'("name": ")[a-z]', rb"\1X", path.read_bytes())

    def replace(number: int) -> None:
        forget(number)
        other = path.with_name("other.json")
        other.write_bytes(another)
        os.utime(other, (number, number))
        other.replace(path)

    assert is_same(read_target(path, executor=Given(replace)), known)
    assert not is_same(read_target(path), known)


def test_a_resource_without_a_name_is_refused_by_all(path: Path) -> None:
    broken = path.with_name("broken.json")
    before, _, resources = path.read_bytes().partition(b'"resources"')
    broken.write_bytes(before + b'"resources"' + resources.replace(b'"name": ', b'"label": '))
    sentences = []
    for executor in (None, Processes(2), ThreadPoolExecutor(2)):
        with pytest.raises(CannotRead) as caught:
            read_target(broken, executor=executor)
        sentences.append(str(caught.value))
    assert len(set(sentences)) == 1
    assert "has no name" in sentences[0]
