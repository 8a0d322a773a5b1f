"""What a hostile file may cost: the real commands, on every file of the set.

An end, and 256 MiB; a documented exit status, no traceback, nothing written beside the target, and nothing left by a
command that failed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.conftest import THOROUGH
from tests.trust.hostile.catalogue import ODDITIES
from tests.trust.hostile.documents import HOSTILE
from tests.trust.hostile.gates import COMMANDS, SHOP, TARGET, Job, Jobs, package


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


TOGETHER = 48
"""How many hostile files one test has, and one process is given."""


def batches(number: int) -> list[slice]:
    return [slice(first, first + TOGETHER) for first in range(0, number, TOGETHER)]


def spelled(batch: slice) -> str:
    return f"from {batch.start + 1}"


ARCHIVES = pytest.mark.parametrize("batch", batches(len(ODDITIES)), ids=spelled)
DOCUMENTS = pytest.mark.parametrize("batch", batches(len(HOSTILE)), ids=spelled)


def titled(batch: slice, found: Sequence[Any]) -> Iterator[tuple[int, str, Any]]:
    """Yield the hostile files of a batch, each with its number and its title."""
    for number, each in list(enumerate(found))[batch]:
        yield number, f"{number}, {each.slug}: {each.title}", each


@ARCHIVES
def test_every_command_ends_well_at_a_hostile_archive(batch: slice, jobs: Jobs) -> None:
    jobs(
        {
            title: ({"a.zip": oddity.archive}, lines(commands_for(number)))
            for number, title, oddity in titled(batch, ODDITIES)
        }
    )


@DOCUMENTS
def test_every_command_ends_well_at_a_hostile_manifest(batch: slice, jobs: Jobs) -> None:
    jobs(
        {
            title: ({"a.zip": package({"manifest.json": hostile.content})}, lines(commands_for(number)))
            for number, title, hostile in titled(batch, HOSTILE)
        }
    )


@DOCUMENTS
def test_every_command_ends_well_at_a_hostile_resource(batch: slice, jobs: Jobs) -> None:
    commands = {title: ["unpack", *commands_for(number)] for number, title, _ in titled(batch, HOSTILE)}
    told = jobs(
        {
            title: ({"a.zip": package({"topics/a.json": hostile.content})}, lines(commands[title]))
            for _, title, hostile in titled(batch, HOSTILE)
        }
    )
    for (title, asked), answer in zip(commands.items(), told, strict=True):
        statuses = {command: ended["status"] for command, ended in zip(asked, answer["ended"], strict=True)}
        assert statuses == {command: 2 if command in {"unpack", "pack"} else 1 for command in asked}, title


@DOCUMENTS
def test_a_plan_ends_well_at_a_hostile_target(batch: slice, jobs: Jobs) -> None:
    wanted = {
        title: ({"a.json": hostile.content, "shop.zip": SHOP}, [TARGET]) for _, title, hostile in titled(batch, HOSTILE)
    }
    for title, answer in zip(wanted, jobs(wanted), strict=True):
        (ended,) = answer["ended"]
        assert (ended["status"], ended["complained"].count("\n")) == (2, 1), title
