"""Documents made to exhaust a machine: as large as they may be, of the smallest parts, and wrong in every place."""

import json
from collections.abc import Callable, Mapping

from tests.build import MANIFEST, TASK, encode
from tests.conftest import THOROUGH
from tests.trust.hostile.gates import COMMANDS, SHOP, TARGET, Job, daily, package, sixteen_megabytes


def nested_texts(levels: int) -> str:
    """Return JSON in a string in JSON in a string; each level doubles the backslashes of the one inside."""
    text = "{}"
    for _ in range(levels):
        text = json.dumps({"a": text})
    return text


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
    "a hundred thousand keys": lambda: keyed(100_000),
    "twenty thousand keys": lambda: keyed(20_000),
    "a hundred thousand keys twice": lambda: keyed(200_000, 2),
    "a wrong number far after": lambda: b'{"x": %b, "y": NaN}' % listed("1", 900_000).encode(),
    "half a pair in every value": lambda: b'{"x": %b}' % listed(HALF, 200_000).encode(),
    "a hundred thousand assets": lambda: encode(
        {
            **MANIFEST,
            "assets": [
                {"kind": "topic", "name": "t", "path": f"topics/{at}.json", "sha256": "0" * 64} for at in range(100_000)
            ],
        }
    ),
    "a hundred thousand assets that are not": lambda: encode({**MANIFEST, "assets": [{}] * 100_000}),
    "texts in texts": lambda: encode({**TASK, "task_detail": nested_texts(19)}),
    "a long detail": lambda: encode({**TASK, "task_detail": json.dumps({"x": [{"source_ds_id": "a" * 32}] * 80_000})}),
    "a detail of tiny values": lambda: encode({**TASK, "task_detail": listed("{}", 900_000)}),
}
"""Each stands in for the manifest, for a resource, and for a target."""

TARGETS: Mapping[str, Callable[[], bytes]] = {
    "a million numbers for resources": lambda: snapshot(f'{{"topic": {listed("1", MILLION)}}}'),
    "a million empty resources": lambda: snapshot(f'{{"topic": {listed("{}", MILLION)}}}'),
    "more resources than are read": lambda: snapshot(f'{{"topic": {listed(NAMED, 200_000)}}}'),
    "a million tiny features": lambda: snapshot(instance=f'{{"features": {{"x": {listed("1", MILLION)}}}}}'),
    "a million quotas": lambda: snapshot(quotas=keyed(MILLION).decode()),
    "a million functions": lambda: snapshot(functions=listed("1", MILLION)),
    "a million kinds that are covered": lambda: snapshot(covers=listed('"topic"', MILLION)),
}


@daily(DOCUMENTS)
def test_a_document_against_the_whole_machine_costs_little(make: Callable[[], bytes], job: Job) -> None:
    content = make()
    entries = ("manifest.json", "topics/a.json", "tasks/sync_orders.json")
    # Daily, each document is in one of the places, and each place has a quarter of them.
    number = list(DOCUMENTS.values()).index(make) // 3 % (len(entries) + 1)
    for entry in entries if THOROUGH else entries[number : number + 1]:
        archive = package({entry: content})
        for command in ("check", "plan") if THOROUGH else ("plan",):
            job({"a.zip": archive}, [COMMANDS[command]])
    if THOROUGH or number == len(entries):
        job({"a.json": content, "shop.zip": SHOP}, [TARGET])


@daily(TARGETS)
def test_a_target_against_the_whole_machine_costs_little(make: Callable[[], bytes], job: Job) -> None:
    job({"a.json": make(), "shop.zip": SHOP}, [TARGET])
