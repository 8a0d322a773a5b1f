"""What is held of every command at every hostile file: its limits, the commands, and what they are given."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.archive.zip.forge import Member, forge
from tests.build import make_contents
from tests.conftest import THOROUGH
from tests.trust.hostile.contents import MEGABYTE

MEMORY = 256 * MEGABYTE
STATUSES = {0, 1, 2}

COMMANDS: Mapping[str, list[str]] = {
    "check": ["check", "a.zip"],
    "show": ["show", "a.zip"],
    "plan": ["plan", "a.zip"],
    "unpack": ["unpack", "a.zip", "--output", "unpacked"],
    "pack": ["pack", "a.zip", "--output", "packed.zip"],
    "snapshot": ["snapshot", "a.zip", "--output", "made.json"],
}
TARGET = ["plan", "shop.zip", "--target", "a.json"]

Files = Mapping[str, bytes]
Job = Callable[[Files, list[list[str]]], dict[str, Any]]
Wanted = Mapping[str, tuple[Files, list[list[str]]]]
"""Jobs by their titles: the files that are there, and the commands."""
Jobs = Callable[[Wanted], list[dict[str, Any]]]


def package(changes: Files) -> bytes:
    return forge(*(Member(name.encode(), content) for name, content in {**make_contents(), **changes}.items()))


SHOP = package({})


def sixteen_megabytes(unit: bytes, opening: bytes = b"", closing: bytes = b"") -> bytes:
    room = 16 * MEGABYTE - len(opening) - len(closing)
    return opening + unit * (room // len(unit)) + closing


def daily(rows: Mapping[str, Callable[[], bytes]]) -> pytest.MarkDecorator:
    """Take all of the rows, or every third one: each of them takes seconds."""
    titles = list(rows)[:: 1 if THOROUGH else 3]
    return pytest.mark.parametrize("make", [rows[title] for title in titles], ids=titles)
