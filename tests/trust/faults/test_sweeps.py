"""Every writer, stopped or failed at its system calls: its target is the old or the new one, and whole.

A writer is run again and again, with the fault at its first call, its second, and so on, until it runs through. Unless
the run is a thorough one, a kill is tried at every second call, and another fault at the first and last of each kind.
"""

import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.package.package import load
from tests.build import APPLICATION, MANIFEST, TOPIC, encode
from tests.conftest import THOROUGH
from tests.trust.faults.conftest import (
    EDQUOT,
    EIO,
    ENOSPC,
    TEMPORARY,
    Outcome,
    Rig,
    as_error,
    names_in,
    places_for_faults,
)

SMALL = {"manifest.json": encode(MANIFEST), "topics/order-events.json": encode(TOPIC)}
NEW = load(Archive.from_contents({**SMALL, "applications/Shop.json": encode(APPLICATION)}))
OLD = load(Archive.from_contents({**SMALL, "applications/Shop.json": encode({**APPLICATION, "remark": "the old one"})}))
OLD_TEXT = b"what was said before"


class Writer(NamedTuple):
    """A command that writes `target`; `prepare` puts the old one there, and `state` names what is there."""

    arguments: tuple[str, ...]
    target: str
    prepare: Callable[[Path], object]
    state: Callable[[Path], str]

    def run(self, rig: Rig, plan: str, **more: str) -> Outcome:
        """Run the command from the beginning, with the old target in place."""
        for name in names_in(rig.place):
            if name not in {"in", "in.zip"}:
                there = rig.place / name
                shutil.rmtree(there) if there.is_dir() else there.unlink()
        self.prepare(rig.place / self.target)
        return rig.run(*self.arguments, plan=plan, **more)

    def left(self, rig: Rig) -> list[str]:
        """Return what is in the place and does not belong there."""
        return [name for name in names_in(rig.place) if name not in {"in", "in.zip", self.target}]


def state_of_package(target: Path) -> str:
    if not target.exists() or (target.is_dir() and not names_in(target)):
        return "old"
    package = assetpkg.read(target)
    assert not [found for found in assetpkg.check(package) if found.severity is assetpkg.Severity.ERROR]
    return {OLD.digest: "old", NEW.digest: "new"}[package.digest]


def state_of_text(target: Path) -> str:
    content = target.read_bytes()
    assert content == OLD_TEXT or re.search(rb"(?m)^\d packages? checked: [^\n]+\n\Z", content), content
    return "old" if content == OLD_TEXT else "new"


WRITERS = {
    "pack over an old zip": Writer(
        ("pack", "in", "-o", "out.zip"), "out.zip", lambda target: assetpkg.write(OLD, target), state_of_package
    ),
    "unpack into an empty folder": Writer(
        ("unpack", "in.zip", "-o", "out"), "out", lambda target: target.mkdir(), state_of_package
    ),
    "a report over an old one": Writer(
        ("check", "in", "-o", "out.txt"), "out.txt", lambda target: target.write_bytes(OLD_TEXT), state_of_text
    ),
    "unpack into a new folder": Writer(
        ("unpack", "in.zip", "-o", "out"), "out", lambda target: target, state_of_package
    ),
}


@pytest.fixture
def stage(rig: Rig) -> Rig:
    assetpkg.unpack(NEW, rig.place / "in")
    assetpkg.write(NEW, rig.place / "in.zip")
    return rig


@pytest.fixture(params=list(WRITERS)[:3])
def writer(request: pytest.FixtureRequest) -> Writer:
    return WRITERS[request.param]


def sweep(stage: Rig, writer: Writer, action: str, call: str = "any", *, step: int = 0) -> Iterator[Outcome]:
    """Yield the outcome with the fault at one call after the other; a whole run counts them first.

    With a `step`, it is at every call, or every second and so on; else, daily, at the first and last of each kind.
    """
    record = stage.notes / "calls"
    assert writer.run(stage, "any:0:none", record=str(record)).status == 0
    places = places_for_faults(record, call, every=THOROUGH or step > 0)
    assert places, "the shim is not in the way of anything"
    for at in places[:: step or 1]:
        yield writer.run(stage, f"{call}:{at}:{action}")


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_kill_9_leaves_the_old_or_the_new_one_and_the_next_run_is_unaffected(stage: Rig, writer: Writer) -> None:
    states = []
    for outcome in sweep(stage, writer, "s9", step=1 if THOROUGH else 2):
        states.append(writer.state(stage.place / writer.target))
        assert outcome.status == -signal.SIGKILL
        left = writer.left(stage)
        assert all(TEMPORARY.fullmatch(name) for name in left)
        assert len(left) <= 1
        again = stage.run(*writer.arguments)
        if again.status == 0:
            assert writer.state(stage.place / writer.target) == "new"
        else:
            assert states[-1] == "new"
            assert again.failed_in_one_line().endswith("exists and is not an empty folder; give a new folder")
        assert writer.left(stage) == left
    assert states == sorted(states, reverse=True), "first the old one, then the new one"
    assert set(states) == {"old", "new"}


def test_a_signal_that_asks_for_an_end_leaves_nothing_behind(stage: Rig, writer: Writer) -> None:
    for outcome in sweep(stage, writer, f"s{signal.SIGTERM.value}"):
        assert outcome.failed_in_one_line(128 + signal.SIGTERM) == "assetpkg: terminated"
        assert writer.state(stage.place / writer.target) in {"old", "new"}
        assert writer.left(stage) == []


def test_an_interruption_is_heeded_in_the_same_way(stage: Rig) -> None:
    writer = WRITERS["a report over an old one"]
    for outcome in sweep(stage, writer, f"s{signal.SIGINT.value}"):
        assert outcome.failed_in_one_line(128 + signal.SIGINT) == "assetpkg: interrupted"
        assert writer.left(stage) == []


@pytest.mark.parametrize(("call", "error"), [("any", EIO), ("write", ENOSPC), ("write", EDQUOT)])
def test_an_error_at_any_call_is_told_in_one_line(stage: Rig, writer: Writer, call: str, error: int) -> None:
    told = set()
    for outcome in sweep(stage, writer, f"e{error}", call):
        state = writer.state(stage.place / writer.target)
        if outcome.err:
            told.add(outcome.failed_in_one_line())
        else:
            assert state == "new", "no failure, or one that is in the report"
        assert writer.left(stage) == []
    assert any(line.endswith(as_error(error)) for line in told)


@pytest.mark.parametrize("action", ["lost", "short"])
def test_what_a_write_does_not_write_is_noticed_or_written_again(stage: Rig, writer: Writer, action: str) -> None:
    for outcome in sweep(stage, writer, action, "write"):
        state = writer.state(stage.place / writer.target)
        if outcome.status:
            assert action == "lost"
            assert "does not have the content" in outcome.failed_in_one_line()
            assert state == "old"
        else:
            assert state == "new"
        assert writer.left(stage) == []
