"""PKG170 to PKG179 and PKG190 to PKG199: the extra values of a header, and the data of an entry."""

from assetpkg.diagnostics.catalogue.entry import (
    AGAIN,
    CANNOT_DECOMPRESS,
    HOSTILE,
    REPACK,
    DeclaredFault,
)
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import standard

_ZIP64 = standard("PKWARE APPNOTE.TXT, 4.5.3")
_SECOND_NAME = standard("PKWARE APPNOTE.TXT, 4.6.9")

FAULTS = (
    DeclaredFault(
        "PKG170",
        "zip64-conflict",
        "A header has a size twice, and the two differ.",
        "Finds a size, offset or disk number in a header that is neither left to its zip64 value nor equal to the one "
        "there.",
        "Programs differ in which of the two they believe, and so in where the data begins and ends.",
        HOSTILE,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG171",
        "zip64-missing",
        "A size is left to a zip64 value that is missing.",
        "Finds a size, offset or disk number that a header leaves to a zip64 value which it does not have.",
        "Some programs take the mark that is there for the size itself, others refuse the archive.",
        HOSTILE,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG172",
        "zip64-length",
        "A zip64 value does not fit its header.",
        "Finds a zip64 value with more or fewer bytes than its header leaves to it.",
        "Only their order says which number is meant for which field: with one too many or too few, programs read "
        "different sizes.",
        REPACK,
        source=_ZIP64,
    ),
    DeclaredFault(
        "PKG173",
        "extra-malformed",
        "The extra values of a header cannot be told apart.",
        "Finds an extra area whose last value is cut off, or with bytes left over, such as padding.",
        "Some programs pass over what is left, others refuse the entry, others read a value in it.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, 4.5.1"),
    ),
    DeclaredFault(
        "PKG174",
        "extra-duplicate",
        "A header has the same extra value twice.",
        "Finds a second value for sizes, for the Unicode name or comment, or for the file mode.",
        "Some programs use the first, others the last: one entry has two sizes, or two names.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.5.1"),
    ),
    DeclaredFault(
        "PKG175",
        "unicode-path-differs",
        "An entry has a second name that differs from its first.",
        "Finds Info-ZIP's extra Unicode name (0x7075) with another name than the header.",
        "Programs that know the extra value use the second name, all others the first (ZipDiff, USENIX Security 2025).",
        HOSTILE,
        source=_SECOND_NAME,
    ),
    DeclaredFault(
        "PKG176",
        "unicode-path-invalid",
        "The second name of an entry is not valid.",
        "Finds Info-ZIP's extra Unicode name (0x7075) in an unknown version, cut off, or with the checksum of another "
        "name.",
        "Some programs look at version and checksum and pass the name over, others use it all the same.",
        REPACK,
        source=_SECOND_NAME,
    ),
    DeclaredFault(
        "PKG190",
        "crc",
        "The content of an entry does not have its checksum.",
        "Finds entries whose unpacked bytes have another CRC-32 than the headers declare.",
        "The file was damaged, or changed by hand. The platform fails to decompress it (ROMA.10011), or imports "
        "something else than was exported.",
        AGAIN,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG191",
        "stored-size",
        "A stored entry has two sizes.",
        "Finds an entry that is not compressed, and whose packed and unpacked sizes differ all the same.",
        "One program reads as many bytes as the one size says, another as the other. The platform fails to decompress "
        "it (ROMA.10011), or imports either.",
        HOSTILE,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG192",
        "size-mismatch",
        "An entry holds more or less than it declares.",
        "Finds compressed data that unpacks to another size than the headers say; unpacking ends at that size.",
        "An entry that says 100 bytes and holds gigabytes fills the memory of who believes it. The platform fails to "
        "decompress it (ROMA.10011), or imports something else than was exported.",
        HOSTILE,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG193",
        "deflate-error",
        "The packed data of an entry is damaged.",
        "Finds data that is called deflated, and is not.",
        "Nothing can be unpacked from it: the platform fails to decompress it (ROMA.10011).",
        AGAIN,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG194",
        "deflate-truncated",
        "The packed data of an entry has no end.",
        "Finds deflated data without its final block.",
        "Some programs take what there is for the whole file. The platform fails to decompress it (ROMA.10011), or "
        "does the same.",
        AGAIN,
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG195",
        "deflate-trailing",
        "Something follows the packed data of an entry.",
        "Finds bytes that count as packed data of the entry, and follow the final block of what is deflated.",
        "They are never unpacked, so that they pass every check of the content; some programs refuse them, others, "
        "such as CPython's zipfile, say nothing.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG196",
        "deflate-padded",
        "The packed data of an entry is far larger than what it holds.",
        "Finds deflated data of more than twice the size of its content and 64 KiB.",
        "Deflate can be filled with blocks that hold nothing: megabytes that no check of the content sees, and that "
        "cost time wherever they are unpacked. No writer comes near.",
        HOSTILE,
    ),
)
