"""What fuzzing found: archives that assetpkg once accepted, and another reader showed otherwise."""

import struct
from typing import NamedTuple

import pytest

from assetpkg.archive.zip import BytesSource, ZipRefused, open_zip
from tests.archive.zip.forge import STREAMED, Member, deflate, descriptor, extra, forge


class Found(NamedTuple):
    """An archive, what refuses it now, and who read it how."""

    archive: bytes
    slug: str
    story: str


def streamed_attributes(mode: int) -> bytes:
    return struct.pack("<B2HL", 7, 3 << 8 | 20, 0, mode << 16)


def empty_and_wide(form: str) -> Member:
    packed = deflate(b"")
    flags = {"flags": STREAMED}
    return Member(b"a", b"", packed, flags, {"csize": 0}, behind=descriptor(b"", len(packed), form))


FOUND = {
    "a link by attributes for streams": Found(
        forge(Member(b"a", b"/etc/passwd", local={"extra": extra(0x6C78, streamed_attributes(0o120777))})),
        "type-conflict",
        "bsdtar makes a link",
    ),
    "no file by attributes for streams": Found(
        forge(Member(b"a", b"text", central={"extra": extra(0x6C78, streamed_attributes(0))})),
        "type-conflict",
        "bsdtar makes nothing",
    ),
    "an empty file with a wide descriptor": Found(
        forge(empty_and_wide("<4sL2Q"), Member(b"b", b"hidden")),
        "data-descriptor",
        "Java's ZipInputStream takes the first half of it, and ends there",
    ),
    "the same without signature": Found(
        forge(empty_and_wide("<L2Q"), Member(b"b", b"hidden")),
        "data-descriptor",
        "the same",
    ),
}


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND.keys())
def test_what_was_found_is_refused(found: Found) -> None:
    with pytest.raises(ZipRefused) as refused:
        open_zip(BytesSource(found.archive))
    assert found.slug in {fault.slug for fault in refused.value.faults}
