"""The data descriptor: what a writer puts after the data when it could not go back to the local header."""

import struct

from assetpkg.archive.zip.central import Header
from assetpkg.archive.zip.faults import Complain
from assetpkg.archive.zip.format import DESCRIPTOR_SIGNATURE, SIGNATURES, STORED
from assetpkg.archive.zip.sources import Source

# The record that follows it is known, so its length gives its form: signed or not, narrow or wide.
_FORMS = {
    12: struct.Struct("<3L"),
    16: struct.Struct("<4x3L"),
    20: struct.Struct("<L2Q"),
    24: struct.Struct("<4xL2Q"),
}
LONGEST = max(_FORMS)
"""How many bytes a descriptor has at most."""

_SIGNED = frozenset({16, 24})
_WIDE = frozenset({20, 24})

_CHUNK = 1 << 18


def check_descriptor(area: bytes, header: Header, complain: Complain, *, wide: bool) -> None:
    """Complain unless `area`, all that follows the data, is one descriptor with the central values."""
    form = _FORMS.get(len(area))
    if form is None:
        complain("data-descriptor", "what follows the data is not one data descriptor")
        return
    signed = len(area) in _SIGNED
    if signed and not area.startswith(DESCRIPTOR_SIGNATURE):
        complain("data-descriptor", "the data descriptor has a wrong signature")
    elif form.unpack(area) != (header.crc, header.csize, header.size):
        complain("data-descriptor", "the data descriptor and the central directory disagree")
    if not signed and area.startswith(DESCRIPTOR_SIGNATURE):
        complain("data-descriptor", "the data descriptor has no signature, but its checksum looks like one")
    elif not signed:
        complain("data-descriptor-nosig", "the data descriptor has no signature")
    if len(area) in _WIDE and not wide and not header.size:
        # Java, reading in one go, takes the upper half of the packed size for the size, and the rest for the end.
        complain("data-descriptor", "half of the data descriptor is also a valid data descriptor")
    elif (len(area) in _WIDE) != wide:
        complain("data-descriptor-width", "the data descriptor has the width of another kind of entry")


def check_stored(source: Source, begin: int, header: Header, complain: Complain) -> None:
    """Complain about stored data before a descriptor: who reads in one go must guess where it ends."""
    if header.method != STORED or header.is_dir:
        return
    complain("stored-data-descriptor", "the data is stored, and its size follows it")
    at = begin
    end = begin + header.csize
    before = b""
    while at < end:
        chunk = before + source.read_at(at, min(_CHUNK, end - at))
        if any(signature in chunk for signature in SIGNATURES):
            complain(
                "stored-data-descriptor-signature",
                "the data is stored, has an unknown size, and contains the signature of a zip record",
            )
            return
        at += _CHUNK
        before = chunk[-3:]
