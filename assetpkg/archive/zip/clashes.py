"""Which names cannot be side by side in one folder on every system."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Clash(NamedTuple):
    """Two names of which one would overwrite the other somewhere."""

    slug: str
    name: str
    message: str


def find_clashes(names: Iterable[str]) -> Iterator[Clash]:
    """Yield the clashes among `names`, of which those that end in `/` are folders.

    Sorted by their folded form, with `/` before every other character, all names that share a folded
    beginning are together. So if no two neighbours clash, no two names do, and memory stays at one key for
    each name.
    """
    ranked = sorted((fold(name.removesuffix("/")).replace("/", "\0"), name) for name in names)
    for (key, name), (other_key, other) in pairwise(ranked):
        clash = _same(name, other) if key == other_key else _shared(key, name, other_key, other)
        if clash:
            yield clash


def fold(name: str) -> str:
    """Return what names have in common that a file system may take for one: without case, and composed."""
    if name.isascii():
        return name.lower()
    import unicodedata

    return unicodedata.normalize("NFC", name.casefold())


def _same(name: str, other: str) -> Clash:
    if name.removesuffix("/") == other.removesuffix("/"):
        return Clash("duplicate-name", other, f"{other!r} occurs twice")
    return Clash("name-collision", other, f"{other!r} and {name!r} are the same name on systems that ignore case")


def _shared(key: str, name: str, other_key: str, other: str) -> Clash | None:
    folder = name[: name.rfind("/") + 1]
    if other.startswith(folder) and not other_key.startswith(f"{key}\0"):
        return None  # in one folder, or one below it, as most neighbours are
    parts = name.removesuffix("/").split("/")
    other_parts = other.removesuffix("/").split("/")
    shared = _count_shared(key.split("\0"), other_key.split("\0"))
    if parts[:shared] != other_parts[:shared]:
        folders = "/".join(parts[:shared]), "/".join(other_parts[:shared])
        return Clash(
            "name-collision",
            other,
            f"{folders[1]!r} and {folders[0]!r} are the same name on systems that ignore case",
        )
    if shared == len(parts) and not name.endswith("/"):
        return Clash("file-dir-conflict", other, f"{name!r} is a file, but it is a folder in {other!r}")
    return None


def _count_shared(parts: list[str], other_parts: list[str]) -> int:
    count = 0
    for part, other in zip(parts, other_parts, strict=False):
        if part != other:
            break
        count += 1
    return count
