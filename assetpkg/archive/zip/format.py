"""The zip format in figures: the signature and the fields of each record, flags, methods, and values with a meaning."""

import struct

LOCAL = struct.Struct("<4s5H3L2H")
"""A local header, up to the name of its entry."""
CENTRAL = struct.Struct("<4s6H3L5H2L")
"""A header in the central directory, up to the name of its entry."""
END = struct.Struct("<4s4H2LH")
"""The end record, up to the comment of the archive."""
LOCATOR = struct.Struct("<4sLQL")
"""What says where the zip64 end record is; it is right before the end record."""
WIDE_END = struct.Struct("<4sQ2H2L4Q")
"""The zip64 end record, which has the true values of an end record that is too narrow for them."""

LOCAL_SIGNATURE = b"PK\x03\x04"
CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
LOCATOR_SIGNATURE = b"PK\x06\x07"
WIDE_END_SIGNATURE = b"PK\x06\x06"
DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
SIGNATURES = (
    CENTRAL_SIGNATURE,
    LOCAL_SIGNATURE,
    END_SIGNATURE,
    WIDE_END_SIGNATURE,
    LOCATOR_SIGNATURE,
    DESCRIPTOR_SIGNATURE,
)
"""The beginnings of the records that a zip program may search for."""
SPLIT_MARKERS = (DESCRIPTOR_SIGNATURE, b"PK00")
"""What programs that split archives put at the beginning of the first part."""

STORED, DEFLATED = 0, 8
"""The two compression methods that every zip program knows."""
DESCRIPTOR_FLAG = 1 << 3
"""Checksum and sizes are in a descriptor after the data."""
UTF8_FLAG = 1 << 11
"""The name is in UTF-8."""

ZIP64 = 0x0001
"""The tag of the extra value with the true sizes and the true offset of a header that is too narrow for them."""
UNKNOWN_SIZE = 0xFFFFFFFF
"""What a record says in place of a size or an offset that is in its zip64 value."""
UNKNOWN_DISK = 0xFFFF
"""The same in place of the number of a disk, or of entries."""
EMPTY_DEFLATED = b"\x03\x00"
"""What deflate makes of nothing; Java writes it into folders."""
