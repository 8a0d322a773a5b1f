"""What a hostile file may cost: the real commands, on every file of the set.

Five seconds of processor and 256 MiB; a documented exit status, no traceback, nothing written beside the target, and
nothing left by a command that failed.
"""

import pytest

from tests.conftest import THOROUGH
from tests.trust.hostile.catalogue import ODDITIES, Oddity
from tests.trust.hostile.documents import HOSTILE, Hostile
from tests.trust.hostile.gates import COMMANDS, SHOP, TARGET, Job, package


def test_the_gate_sees_what_goes_wrong(job: Job) -> None:
    told = job(
        {"shop.zip": SHOP},
        [["check", "shop.zip"], ["check", "missing.zip"], ["unpack", "shop.zip", "--output", "made"]],
    )
    assert [ended["status"] for ended in told["ended"]] == [0, 2, 0]
    assert told["ended"][0]["said"]
    assert told["memory"] > 1 << 20
    with pytest.raises(AssertionError, match="mkdir"):
        job({"shop.zip": SHOP}, [["unpack", "shop.zip", "--output", "../made"]])


def commands_for(number: int) -> list[str]:
    """Return the commands that the input of this number is given to: all, or, daily, one after the other has one."""
    return list(COMMANDS) if THOROUGH else list(COMMANDS)[number % len(COMMANDS) :: len(COMMANDS)]


def lines(commands: list[str]) -> list[list[str]]:
    return [COMMANDS[command] for command in commands]


@pytest.mark.parametrize("oddity", ODDITIES, ids=[f"{oddity.slug}: {oddity.title}" for oddity in ODDITIES])
def test_every_command_ends_well_at_a_hostile_archive(oddity: Oddity, job: Job) -> None:
    job({"a.zip": oddity.archive}, lines(commands_for(ODDITIES.index(oddity))))


IDS = [f"{hostile.slug}: {hostile.title}" for hostile in HOSTILE]


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_every_command_ends_well_at_a_hostile_manifest(hostile: Hostile, job: Job) -> None:
    job({"a.zip": package({"manifest.json": hostile.content})}, lines(commands_for(HOSTILE.index(hostile))))


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_every_command_ends_well_at_a_hostile_resource(hostile: Hostile, job: Job) -> None:
    commands = ["unpack", *commands_for(HOSTILE.index(hostile))]
    told = job({"a.zip": package({"topics/a.json": hostile.content})}, lines(commands))
    statuses = {command: ended["status"] for command, ended in zip(commands, told["ended"], strict=True)}
    assert statuses == {command: 2 if command in {"unpack", "pack"} else 1 for command in commands}


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_a_plan_ends_well_at_a_hostile_target(hostile: Hostile, job: Job) -> None:
    told = job({"a.json": hostile.content, "shop.zip": SHOP}, [TARGET])
    assert told["ended"][0]["status"] == 2
    assert told["ended"][0]["complained"].count("\n") == 1
