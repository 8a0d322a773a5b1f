"""Unpacking the data of one entry, bounded by what its header declares."""

import zlib
from collections.abc import Iterator

from assetpkg.archive.zip.faults import Complain
from assetpkg.archive.zip.sources import Source

CHUNK = 1 << 18
"""In bytes; how much packed data is read at a time."""
# Deflate adds five bytes to each 16 KiB that it cannot pack, and a flush after each write a few more.
_MOST_ADDED = 1 << 16


def read_chunks(source: Source, offset: int, length: int) -> Iterator[bytes]:
    """Yield `length` bytes from `offset`, in pieces."""
    for at in range(offset, offset + length, CHUNK):
        yield source.read_at(at, min(CHUNK, offset + length - at))


def inflate(chunks: Iterator[bytes], size: int, complain: Complain) -> bytes:
    """Inflate a raw deflate stream of exactly `size` bytes; after a complaint, the result is not to be used.

    At most one byte more than `size` is ever produced, whatever the stream could inflate to; and a stream is followed
    no further than twice that and 64 KiB, whatever empty blocks it is filled with.
    """
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    room = size + 1
    packed = 0
    for chunk in chunks:
        try:
            piece = engine.decompress(chunk, room)
        except zlib.error:
            complain("deflate-error", "the packed data is damaged")
            return b""
        pieces.append(piece)
        room -= len(piece)
        if not room:
            complain("size-mismatch", f"the entry contains more than the declared {size} bytes")
            return b""
        packed += len(chunk) - len(engine.unused_data)
        if packed > 2 * size + _MOST_ADDED:
            message = f"{size:,} bytes are packed in {packed:,} or more bytes; most of these are empty blocks"
            complain("deflate-padded", message)
            return b""
        if engine.eof:
            break
    return _complete(engine, chunks, b"".join(pieces), size, complain)


def _complete(
    engine: "zlib._Decompress", chunks: Iterator[bytes], content: bytes, size: int, complain: Complain
) -> bytes:
    if not engine.eof:
        complain("deflate-truncated", "the packed data has no end")
    elif engine.unused_data or next(chunks, b""):
        complain("deflate-trailing", "something follows the end of the packed data")
    elif len(content) != size:
        complain("size-mismatch", f"the entry contains {len(content)} bytes, but declares {size}")
    return content
