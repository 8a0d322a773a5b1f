"""What a hostile file may cost: the real commands, on every file of the set, and on machines' worth of them.

Five seconds of processor and 256 MiB; a documented exit status, no traceback, nothing written beside the target, and
nothing left behind by a command that failed.
"""

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.build import MANIFEST, TASK, encode, make_contents, make_snapshot
from tests.conftest import ROOT
from tests.zipfiles.forge import Member, deflate, forge

from .catalogue import ODDITIES, Oddity
from .contents import MEGABYTE, blanks
from .documents import HOSTILE, Hostile

SECONDS = 5
MEMORY = 256 * MEGABYTE
STATUSES = {0, 1, 2}

COMMANDS: Mapping[str, list[str]] = {
    "check": ["check", "a.zip"],
    "check as JSON": ["check", "a.zip", "--format", "json"],
    "show": ["show", "a.zip"],
    "plan": ["plan", "a.zip"],
    "unpack": ["unpack", "a.zip", "--output", "unpacked"],
    "pack": ["pack", "a.zip", "--output", "packed.zip"],
}
LOOKING = ("check", "check as JSON", "show", "plan")
"""The commands that write nothing."""
TARGET = ["plan", "shop.zip", "--target", "a.json"]

Files = Mapping[str, bytes]
Job = Callable[[Files, list[list[str]]], dict[str, Any]]


def package(changes: Files) -> bytes:
    return forge(*(Member(name.encode(), content) for name, content in {**make_contents(), **changes}.items()))


SHOP = package({})


@pytest.fixture(scope="module")
def gatekeeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator["subprocess.Popen[str]"]:
    warm = tmp_path_factory.mktemp("warm")
    (warm / "a.zip").write_bytes(SHOP)
    (warm / "shop.zip").write_bytes(SHOP)
    (warm / "a.json").write_bytes(encode(make_snapshot()))
    command = [sys.executable, "-m", "tests.hostile.gatekeeper"]
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
        assert [
            command for command, ended in zip(commands, told["ended"], strict=True) if ended["status"] not in STATUSES
        ] == []
        assert not any("Traceback" in ended["complained"] for ended in told["ended"])
        assert told["strayed"] == []
        made = {
            command[-1]
            for command, ended in zip(commands, told["ended"], strict=True)
            if "--output" in command and ended["status"] == 0
        }
        assert {path.name for path in box.iterdir()} == files.keys() | made
        assert [path.name for path in tmp_path.iterdir()] == ["box"]
        assert told["seconds"] < SECONDS
        assert told["memory"] < MEMORY
        return told

    return run


def test_the_gate_sees_what_goes_wrong(job: Job) -> None:
    told = job(
        {"shop.zip": SHOP},
        [["check", "shop.zip"], ["check", "missing.zip"], ["unpack", "shop.zip", "--output", "made"]],
    )
    assert [ended["status"] for ended in told["ended"]] == [1, 2, 0]
    assert told["ended"][0]["said"]
    assert told["memory"] > MEGABYTE


@pytest.mark.parametrize("oddity", ODDITIES, ids=[f"{oddity.slug}: {oddity.title}" for oddity in ODDITIES])
def test_every_command_ends_well_at_a_hostile_archive(oddity: Oddity, job: Job) -> None:
    job({"a.zip": oddity.archive}, list(COMMANDS.values()))


IDS = [f"{hostile.slug}: {hostile.title}" for hostile in HOSTILE]


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_every_command_ends_well_at_a_hostile_manifest(hostile: Hostile, job: Job) -> None:
    job({"a.zip": package({"manifest.json": hostile.content})}, list(COMMANDS.values()))


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_every_command_ends_well_at_a_hostile_resource(hostile: Hostile, job: Job) -> None:
    told = job({"a.zip": package({"topics/a.json": hostile.content})}, list(COMMANDS.values()))
    statuses = [ended["status"] for ended in told["ended"]]
    assert statuses == [1, 1, 0, 1, 2, 2]


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_a_plan_ends_well_at_a_hostile_target(hostile: Hostile, job: Job) -> None:
    told = job({"a.json": hostile.content, "shop.zip": SHOP}, [TARGET])
    assert told["ended"][0]["status"] == 2
    assert told["ended"][0]["complained"].count("\n") == 1


def entries(number: int, name: bytes, content: bytes = b"", **both: int) -> bytes:
    """Return a package of as many entries, the manifest and others with a number for `%d` in their name."""
    manifest = Member(b"manifest.json", encode(MANIFEST))
    return forge(manifest, *(Member(name % at, content, both=both) for at in range(number - 1)), wide_end={})


def sixteen_megabytes(unit: bytes, opening: bytes = b"", closing: bytes = b"") -> bytes:
    room = 16 * MEGABYTE - len(opening) - len(closing)
    return opening + unit * (room // len(unit)) + closing


def repeated(content: bytes, number: int = 64, padding: int = 0) -> bytes:
    """Return a package with a document many times; `padding` of no pattern keeps it from packing too well."""
    packed, crc = deflate(content), zlib.crc32(content)
    members = (Member(b"topics/%d.json" % at, b"", packed, {"size": len(content), "crc": crc}) for at in range(number))
    return forge(Member(b"manifest.json", encode(MANIFEST)), Member(b"noise", os.urandom(padding)), *members)


def nested_texts(levels: int) -> str:
    """Return JSON in a string in JSON in a string; each level doubles the backslashes of the one inside."""
    text = "{}"
    for _ in range(levels):
        text = json.dumps({"a": text})
    return text


def _zeros(number: int) -> bytes:
    size = 16 * MEGABYTE
    crc = zlib.crc32(bytes(size))
    members = (Member(b"%d" % at, b"", blanks(16), {"size": size, "crc": crc}) for at in range(number))
    return forge(Member(b"manifest.json", encode(MANIFEST)), *members)


MOST = 65_536

ARCHIVES: Mapping[str, Callable[[], bytes]] = {
    "65,536 empty files": lambda: entries(MOST, b"%d"),
    "65,536 damaged files": lambda: entries(MOST, b"%d", crc=7),
    "65,536 files of one letter more or less": lambda: entries(MOST, b"topics/%d.jso"),
    "65,536 bad names": lambda: entries(MOST, b"%d\\..\\nul"),
    "65,536 faulty resources": lambda: entries(MOST, b"topics/%d.json", b"{}"),
    "65,536 resources that are no JSON": lambda: entries(MOST, b"topics/%d.json", b"{"),
    "65,536 comments": lambda: forge(
        Member(b"manifest.json", encode(MANIFEST)),
        *(Member(b"%d" % at, comment=b"c") for at in range(MOST - 1)),
        wide_end={},
    ),
    "65,536 executable files": lambda: forge(
        *(Member(b"%d" % at, central={"attributes": 0o100755 << 16}) for at in range(MOST)), wide_end={}
    ),
    "headers of almost 32 MiB": lambda: entries(30_000, b"%d/" + b"/".join([b"a" * 100] * 9) + b"/"),
    "64 files of 16 MiB of blanks": lambda: _zeros(63),
    "64 documents of blanks": lambda: repeated(sixteen_megabytes(b" ")),
    "64 documents of lists": lambda: repeated(sixteen_megabytes(b"[],", b"[", b"[]]")),
    "64 documents of one string": lambda: repeated(sixteen_megabytes(b"a", b'{"name": "', b'"}')),
    "64 documents of one long key": lambda: repeated(sixteen_megabytes(b"a", b'{"', b'": 1}')),
}


@pytest.mark.parametrize("make", ARCHIVES.values(), ids=ARCHIVES.keys())
@pytest.mark.parametrize("command", LOOKING)
def test_an_archive_against_the_whole_machine_costs_little(command: str, make: Callable[[], bytes], job: Job) -> None:
    job({"a.zip": make()}, [COMMANDS[command]])


def snapshot(resources: str = "{}", **members: str) -> bytes:
    """Return a snapshot whose members are given as they are written."""
    more = "".join(f', "{name}": {value}' for name, value in members.items())
    head = '{"format": "assetpkg-snapshot/1", "name": "production", "covers": ["topic"], "resources": '
    return f"{head}{resources}{more}}}".encode()


def keyed(number: int, each: int = 1) -> bytes:
    """Return an object of as many members, `each` of them with the same key."""
    return ("{" + ",".join(f'"{at // each}":1' for at in range(number)) + "}").encode()


def listed(unit: str, number: int) -> str:
    return f"[{','.join([unit] * number)}]"


MILLION = 1_000_000
NAMED = '{"name":"a"}'
HALF = r'"\ud800"'

DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "16 MiB of lists": lambda: sixteen_megabytes(b"[],", b'{"name": "a", "x": [', b"[]]}"),
    "16 MiB of objects": lambda: sixteen_megabytes(b"{},", b'{"name": "a", "x": [', b"{}]}"),
    "16 MiB of digits": lambda: sixteen_megabytes(b"1,", b'{"name": "a", "x": [', b"1]}"),
    "16 MiB of opening brackets": lambda: sixteen_megabytes(b"["),
    "one string of 16 MiB": lambda: sixteen_megabytes(b"a", b'{"name": "', b'"}'),
    "one key of 16 MiB": lambda: sixteen_megabytes(b"a", b'{"name": "a", "', b'": 1}'),
    "16 MiB of escapes": lambda: sixteen_megabytes(b"\\u0041", b'{"name": "', b'"}'),
    "16 MiB of strings": lambda: sixteen_megabytes(b'"a",', b'{"name": "a", "tags": [', b'"b"]}'),
    "a million keys": lambda: keyed(MILLION),
    "as many keys as are read": lambda: keyed(499_000),
    "twenty thousand keys": lambda: keyed(20_000),
    "a hundred thousand keys twice": lambda: keyed(200_000, 2),
    "a wrong number far behind": lambda: b'{"x": %b, "y": NaN}' % listed("1", 900_000).encode(),
    "half a pair in every value": lambda: b'{"x": %b}' % listed(HALF, 200_000).encode(),
    "a hundred thousand assets": lambda: encode(
        {
            **MANIFEST,
            "assets": [
                {"kind": "topic", "name": "t", "path": f"topics/{at}.json", "sha256": "0" * 64} for at in range(100_000)
            ],
        }
    ),
    "a hundred thousand assets that are none": lambda: encode({**MANIFEST, "assets": [{}] * 100_000}),
    "texts in texts": lambda: encode({**TASK, "task_detail": nested_texts(19)}),
    "a long detail": lambda: encode({**TASK, "task_detail": json.dumps({"x": [{"source_ds_id": "a" * 32}] * 80_000})}),
    "a detail of tiny values": lambda: encode({**TASK, "task_detail": listed("{}", 900_000)}),
}
"""Each stands in for the manifest, for a resource, and for a target."""

TARGETS: Mapping[str, Callable[[], bytes]] = {
    "a million numbers for resources": lambda: snapshot(f'{{"topic": {listed("1", MILLION)}}}'),
    "a million empty resources": lambda: snapshot(f'{{"topic": {listed("{}", MILLION)}}}'),
    "two hundred thousand resources of one name": lambda: snapshot(f'{{"topic": {listed(NAMED, 200_000)}}}'),
    "a million tiny features": lambda: snapshot(instance=f'{{"features": {{"x": {listed("1", MILLION)}}}}}'),
    "a million quotas": lambda: snapshot(quotas=keyed(MILLION).decode()),
    "a million functions": lambda: snapshot(functions=listed("1", MILLION)),
    "a million kinds that are covered": lambda: snapshot(covers=listed('"topic"', MILLION)),
}


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_document_against_the_whole_machine_costs_little(make: Callable[[], bytes], job: Job) -> None:
    content = make()
    for entry in ("manifest.json", "topics/a.json", "tasks/sync_orders.json"):
        archive = package({entry: content})
        for command in ("check", "plan"):
            job({"a.zip": archive}, [COMMANDS[command]])
    job({"a.json": content, "shop.zip": SHOP}, [TARGET])


@pytest.mark.parametrize("make", TARGETS.values(), ids=TARGETS.keys())
def test_a_target_against_the_whole_machine_costs_little(make: Callable[[], bytes], job: Job) -> None:
    job({"a.json": make(), "shop.zip": SHOP}, [TARGET])
