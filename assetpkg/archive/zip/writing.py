"""Writing an archive that every zip program reads alike, and that is the same for the same files."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from assetpkg.archive.zip.clashes import find_clashes
from assetpkg.archive.zip.faults import Limits
from assetpkg.archive.zip.format import (
    CENTRAL,
    CENTRAL_SIGNATURE,
    DEFLATED,
    END,
    END_SIGNATURE,
    LOCAL,
    LOCAL_SIGNATURE,
    STORED,
    UTF8_FLAG,
)
from assetpkg.archive.zip.names import check_path
from assetpkg.running.progress import follow

Content = bytes | Callable[[], bytes]
"""What a file holds, or a function that returns it."""

_VERSION = 20
# Unix, on every platform: Info-ZIP misreads marked UTF-8 names of archives made by DOS.
_MADE_BY = 3 << 8 | _VERSION
# 1980-01-01 00:00, the first moment that zip knows.
_TIME, _DATE = 0, 1 << 5 | 1
_ATTRIBUTES = 0o100644 << 16

_MOST_ENTRIES = 0xFFFF
_MOST_BYTES = 0xFFFFFFFF
_TOO_MUCH = "an archive can hold 65,535 files and 4 GiB"
_LIMITS = Limits()
_SOME = 2**18
"""Of how many bytes of files a thread takes at a time: what takes it some milliseconds."""


class _Packed(NamedTuple):
    name: bytes
    flags: int
    method: int
    crc: int
    csize: int
    size: int

    def fields(self) -> tuple[int, ...]:
        """Return what the local and the central header have in common."""
        sizes = (self.crc, self.csize, self.size, len(self.name), 0)
        return (_VERSION, self.flags, self.method, _TIME, _DATE, *sizes)


def write_zip(files: Iterable[tuple[str, Content]], *, store: bool = False) -> Iterator[bytes]:
    """Return the bytes of an archive of `files`, in pieces; `store` gives the same bytes whatever the zlib.

    A content that is a function is called once, shortly before its turn comes, so that memory holds a few of them. A
    `ValueError` names what an archive cannot hold: names before the first piece, sizes as soon as they are known.
    """
    named = ((name.encode("utf-8", "surrogatepass"), name, content) for name, content in files)
    ordered = sorted(named, key=itemgetter(0))
    if len(ordered) > _MOST_ENTRIES:
        raise ValueError(_TOO_MUCH)
    _check_names([name for _, name, _ in ordered])
    return _write([(raw, content) for raw, _, content in ordered], store=store)


def _check_names(names: list[str]) -> None:
    reasons: list[str] = []
    for name in names:
        check_path(name, lambda _, message, name=name: reasons.append(f"{name!r}: {message}"))  # type: ignore[misc]
        if name.endswith("/"):
            reasons.append(f"{name!r}: the name of a file cannot end with `/`")
    reasons = reasons or [clash.message for clash in find_clashes(names)]
    if reasons:
        raise ValueError("; ".join(reasons))


def _write(files: list[tuple[bytes, Content]], *, store: bool) -> Iterator[bytes]:
    directory: list[bytes] = []
    offset = 0
    for packed, data in _pack_each(files, store=store):
        name = packed.name
        header = LOCAL.pack(LOCAL_SIGNATURE, *packed.fields()) + name
        directory.append(
            CENTRAL.pack(CENTRAL_SIGNATURE, _MADE_BY, *packed.fields(), 0, 0, 0, _ATTRIBUTES, offset) + name
        )
        offset += len(header) + len(data)
        if offset > _MOST_BYTES:
            raise ValueError(_TOO_MUCH)
        yield header
        yield data
    central = b"".join(directory)
    yield central
    yield END.pack(END_SIGNATURE, 0, 0, len(directory), len(directory), len(central), offset, 0)


def _pack_each(files: list[tuple[bytes, Content]], *, store: bool) -> Iterator[tuple[_Packed, bytes]]:
    """Yield each file packed, in order; of a large archive, threads deflate what comes while others are written.

    The bytes are the same: each file is deflated by itself.
    """
    from assetpkg.running.parts import in_parts

    taken = in_parts(_take_each(files), _SOME)
    first = next(taken, [])
    yield from (_pack(name, content, store=store) for name, content in first)
    if store:
        yield from (_pack(name, content, store=store) for some in taken for name, content in some)
        return
    if (second := next(taken, None)) is None:
        return
    from assetpkg.running.threads import run_ahead

    for packed in run_ahead(lambda some: [_pack(*each, store=False) for each in some], chain([second], taken)):
        yield from packed


def _take_each(files: list[tuple[bytes, Content]]) -> Iterator[tuple[tuple[bytes, bytes], int]]:
    """Yield each file with its content, and how large that is."""
    for name, source in follow("writing the zip", files):
        content = source if isinstance(source, bytes) else source()
        yield (name, content), len(content)


def _pack(name: bytes, content: bytes, *, store: bool) -> tuple[_Packed, bytes]:
    method, data = STORED, content
    if not store:
        deflated = zlib.compress(content, 6, -zlib.MAX_WBITS)
        if len(deflated) < len(content) and not _looks_like_a_bomb(len(content), len(deflated)):
            method, data = DEFLATED, deflated
    flags = 0 if name.isascii() else UTF8_FLAG
    return _Packed(name, flags, method, zlib.crc32(content), len(data), len(content)), data


def _looks_like_a_bomb(size: int, csize: int) -> bool:
    """Say whether enough of such entries would be refused for packing too well, so that each is better stored."""
    return size > _LIMITS.ratio * csize
