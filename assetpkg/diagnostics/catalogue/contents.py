"""PKG170 to PKG179 and PKG190 to PKG199: the extra values of a header, and the data of an entry."""

from assetpkg.diagnostics.catalogue.entry import (
    AGAIN,
    CANNOT_DECOMPRESS,
    HARMLESS,
    HOSTILE,
    REPACK,
    DeclaredFault,
)
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import standard

_ZIP64 = standard("PKWARE APPNOTE.TXT, 4.5.3")
_SECOND_NAME = standard("PKWARE APPNOTE.TXT, 4.6.9")

FAULTS = (
    DeclaredFault(
        "PKG170",
        "zip64-conflict",
        "A header has a size twice, and the two differ.",
        "Finds a size, offset or disk number in a header that differs from the number in its zip64 value. A header "
        "may also leave the number to the zip64 value; that is not found.",
        "Some programs use the first number, others the second. So they disagree about where the data begins and ends.",
        HOSTILE,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG171",
        "zip64-missing",
        "A size is left to a zip64 value that is missing.",
        "Finds a size, offset or disk number that a header leaves to a zip64 value, when the header has no such value.",
        "Some programs read the marker as the size itself, others refuse the archive.",
        HOSTILE,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG172",
        "zip64-length",
        "A zip64 value does not fit its header.",
        "Finds a zip64 value with more or fewer bytes than its header needs.",
        "Only the order of the numbers says which field each belongs to. With one number too many or too few, "
        "programs read different sizes.",
        REPACK,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG173",
        "extra-malformed",
        "The extra values of a header cannot be separated.",
        "Finds an extra area whose last value is cut off. Finds also an extra area with bytes left over, such as "
        "padding.",
        "Some programs ignore the remaining bytes, some refuse the entry, and some read a value from them.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, 4.5.1"),
    ),
    DeclaredFault(
        "PKG174",
        "extra-duplicate",
        "A header has the same extra value twice.",
        "Finds a second value for sizes, for the Unicode name or comment, or for the file mode.",
        "Some programs use the first value, others the last. One entry then has two sizes or two names.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.5.1"),
    ),
    DeclaredFault(
        "PKG175",
        "unicode-path-differs",
        "An entry has a second name that differs from its first.",
        "Finds an extra Unicode name of Info-ZIP (0x7075) that differs from the name in the header.",
        "Programs that know this extra value use the second name. All others use the first (ZipDiff, USENIX Security "
        "2025).",
        HOSTILE,
        source=_SECOND_NAME,
    ),
    DeclaredFault(
        "PKG176",
        "unicode-path-invalid",
        "The second name of an entry is not valid.",
        "Finds an extra Unicode name of Info-ZIP (0x7075) that has an unknown version, is cut off, or has the "
        "checksum of another name.",
        "Some programs check the version and the checksum and ignore the name. Others use the name anyway.",
        REPACK,
        source=_SECOND_NAME,
    ),
    DeclaredFault(
        "PKG177",
        "zip64-empty",
        "A header has a zip64 value without any bytes.",
        "Finds a zip64 value of zero bytes in a header that has all of its sizes itself.",
        "Some programs reserve room for large sizes, and leave the empty value behind when they do not need it. Every "
        "program reads the sizes of the header. In front of a data descriptor the value would not be harmless, and is "
        "refused (PKG172).",
        HARMLESS,
        severity=Severity.INFO,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG190",
        "crc",
        "The content of an entry does not match its checksum.",
        "Finds entries when the CRC-32 of the unpacked bytes differs from the CRC-32 in the headers.",
        "The file was damaged or changed by hand. The platform cannot decompress it (ROMA.10011), or it imports "
        "something different from what was exported.",
        AGAIN,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG191",
        "stored-size",
        "A stored entry has two sizes.",
        "Finds an entry that is not compressed, but has different packed and unpacked sizes.",
        "One program uses the first size, another uses the second. The platform cannot decompress the entry "
        "(ROMA.10011), or it imports one of the two contents.",
        HOSTILE,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG192",
        "size-mismatch",
        "An entry holds more or less than it declares.",
        "Finds compressed data when its unpacked size differs from the size in the headers. assetpkg stops unpacking "
        "at the declared size.",
        "An entry can declare 100 bytes and hold gigabytes. It then fills the memory of a program that trusts the "
        "size. The platform cannot decompress it (ROMA.10011), or it imports something different from what was "
        "exported.",
        HOSTILE,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG193",
        "deflate-error",
        "The packed data of an entry is damaged.",
        "Finds data that is declared as deflated but is not.",
        "Nothing can be unpacked from it. The platform cannot decompress it (ROMA.10011).",
        AGAIN,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG194",
        "deflate-truncated",
        "The packed data of an entry has no end.",
        "Finds deflated data without its final block.",
        "Some programs treat the part that is there as the whole file. The platform cannot decompress it "
        "(ROMA.10011), or it does the same.",
        AGAIN,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG195",
        "deflate-trailing",
        "Something follows the packed data of an entry.",
        "Finds bytes after the final block of the deflated data that still count as packed data of the entry.",
        "These bytes are never unpacked, so no check of the content sees them. Some programs refuse them. Others, "
        "such as zipfile of CPython, say nothing.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG196",
        "deflate-padded",
        "The packed data of an entry is far larger than what it holds.",
        "Finds deflated data that is larger than twice the size of its content plus 64 KiB.",
        "Deflated data can be filled with empty blocks. No check of the content sees these megabytes, and unpacking "
        "them costs time. No normal zip program writes such data.",
        HOSTILE,
    ),
)
