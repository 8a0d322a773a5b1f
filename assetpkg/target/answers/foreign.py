"""Documents that are no answers, and say all the same what there is: each has a reader here."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg.kinds import KINDS
from assetpkg.target.answers.items import compared_fields
from assetpkg.target.members import SNAPSHOT_FORMAT


class Described(NamedTuple):
    """A resource that a document describes, and the fields that it may have and that the document leaves out."""

    kind: str
    document: Mapping[str, Any]
    unknown: frozenset[str] = frozenset()


class Reader(NamedTuple):
    """What reads one sort of document: the words for it, what tells it, and what is in it."""

    subject: str
    is_one: Callable[[Mapping[str, Any]], bool]
    read: Callable[[Mapping[str, Any]], Iterator[Described]]


def _is_snapshot(document: Mapping[str, Any]) -> bool:
    return document.get("format") == SNAPSHOT_FORMAT and isinstance(document.get("resources"), Mapping)


def _read_snapshot(document: Mapping[str, Any]) -> Iterator[Described]:
    """Yield what an older snapshot has; what it knows of a kind in part, it knows in part here."""
    partial = document.get("partial")
    parts = partial if isinstance(partial, Mapping) else {}
    for kind, members in document["resources"].items():
        if kind not in KINDS or not isinstance(members, list):
            continue
        named = (fields for name, fields in parts.items() if str(name).partition("/")[0] == kind)
        found = [list(map(str, fields)) if isinstance(fields, list) else [] for fields in named]
        everything = frozenset(compared_fields(KINDS[kind]))
        unknown = frozenset(field for fields in found for field in (fields or everything))
        yield from (Described(kind, one, unknown) for one in members if isinstance(one, Mapping))


READERS: tuple[Reader, ...] = (Reader("snapshot", _is_snapshot, _read_snapshot),)
"""The readers, of which the first that fits is taken."""


def reader_of(value: Any) -> Reader | None:
    """Return what reads a JSON value, if it is a document of one of these sorts."""
    if not isinstance(value, Mapping):
        return None
    return next((reader for reader in READERS if reader.is_one(value)), None)
