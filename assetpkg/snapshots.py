"""A target written as a snapshot document, which is read as any other."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assetpkg import documents
from assetpkg.errors import CannotWrite
from assetpkg.instance import SNAPSHOT_FORMAT, Instance, parse_snapshot
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Part
from assetpkg.writing import write_file


def write_snapshot(instance: Instance, path: str | os.PathLike[str]) -> None:
    """Write a target as a snapshot: whole or not at all, and readable to nobody else where it holds credentials.

    When a snapshot was taken is not written: this one was not taken. Raises `CannotWrite`.
    """
    private = any(resource.credentials for resource in instance.index.resources)
    write_file(path, dump_snapshot(instance), verify=lambda written: _verify(written, instance), private=private)


def dump_snapshot(instance: Instance) -> Iterator[bytes]:
    """Yield the snapshot document of a target piece by piece, so that it is never in memory as a whole."""
    yield documents.dump(_head(instance)).removesuffix(b"\n}\n") + b',\n  "resources": {'
    kinds = [kind for kind in KINDS if instance.index.resources_of(kind)]
    for position, kind in enumerate(kinds):
        yield f"{',' if position else ''}\n    {json.dumps(kind)}: [".encode()
        members = sorted(instance.index.resources_of(kind), key=lambda found: (len(found.entry), found.entry))
        for number, resource in enumerate(members):
            text = json.dumps(instance.document(resource), ensure_ascii=False, indent=2, allow_nan=False)
            lines = text.replace("\n", "\n      ")
            yield f"{',' if number else ''}\n      {lines}".encode()
        yield b"\n    ]"
    yield b"\n  }\n}\n" if kinds else b"}\n}\n"


def _head(instance: Instance) -> dict[str, Any]:
    members = {
        "format": SNAPSHOT_FORMAT,
        "name": instance.name,
        "instance": _plain(instance.facts) or None,
        "covers": [kind for kind in KINDS if kind in instance.covers],
        "quotas": {kind: _plain(quota) for kind, quota in instance.quotas.items()} or None,
        "functions": None if instance.functions is None else [_plain(known) for known in instance.functions],
        "jobs": None if instance.jobs is None else [_plain(job) for job in instance.jobs],
        "undetermined": [_plain(fact) for fact in instance.undetermined] or None,
        "known_as": [_plain(known) for known in instance.known_as] or None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _plain(part: Part) -> dict[str, Any]:
    return {key: value for key, value in part.model_dump(exclude_unset=True).items() if value is not None}


def _verify(written: Path, instance: Instance) -> None:
    found = parse_snapshot(written.read_bytes(), str(written)).index
    if found.by_address.keys() != instance.index.by_address.keys():
        raise CannotWrite("the written snapshot does not read back as the target; the disk may be failing")
