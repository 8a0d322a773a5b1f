"""PKG001 and PKG100 to PKG139: the records of an archive that say where everything is, and the bytes between them."""

from assetpkg.diagnostics.catalogue.entry import (
    AGAIN,
    CANNOT_DECOMPRESS,
    HOSTILE,
    REPACK,
    UNUSED,
    DeclaredFault,
)
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import standard

FAULTS = (
    DeclaredFault(
        "PKG001",
        "not-zip",
        "The file is not a zip archive.",
        "Finds a file that does not end like a zip archive. It may be another kind of file, empty, or cut off during "
        "the transfer.",
        "The platform refuses a file that it cannot decompress (ROMA.10011).",
        "give the path of a zip archive; if the file is one, fetch it again, because its end is missing",
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG101",
        "trailing-data",
        "Something follows the end of the archive.",
        "Finds a file that has more bytes after its end record and comment, such as a line break, zeros or another "
        "file. Finds also a file that ends before the declared end of its comment.",
        "Most programs search for the end record and ignore what follows. So a second archive can hide there. "
        "Package indexes such as PyPI refuse such files.",
        "remove the bytes after the archive, or fetch it again",
    ),
    DeclaredFault(
        "PKG102",
        "eocd-ambiguous",
        "The archive has more than one end.",
        "Finds two or more end records that all reach the end of the file. One of them is inside a comment or inside "
        "the content of an entry.",
        "Each end record points to its own central directory. Programs that search from the front and programs that "
        "search from the back read two different archives (ZipDiff, USENIX Security 2025).",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG103",
        "cd-bounds",
        "The central directory is not where the end record says.",
        "Finds a directory when its offset and size do not lead exactly to the end record. Finds also a header that "
        "goes beyond the end of the directory, and bytes before the archive.",
        "Some programs use the offset, others count back from the end record. So they find two different "
        "directories. The bytes before an archive can be a program, or a file of another format.",
        "remove what was put before or into the archive, or fetch it again",
        source=standard("PKWARE APPNOTE.TXT, 4.3.16"),
    ),
    DeclaredFault(
        "PKG104",
        "cd-count",
        "The archive declares a wrong number of entries.",
        "Finds a count in the end record that differs from the number of headers in the central directory.",
        "Some programs stop at the declared number and do not show the rest. Others continue and show it.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.3.16"),
    ),
    DeclaredFault(
        "PKG105",
        "cd-signature",
        "Something in the central directory is not the header of an entry.",
        "Finds other bytes where the central header of an entry should begin. A digital signature of the directory "
        "is also refused.",
        "After such a place no header can be found reliably. Some programs stop there, others continue to search.",
        AGAIN,
        source=standard("PKWARE APPNOTE.TXT, 4.3.12"),
    ),
    DeclaredFault(
        "PKG106",
        "gap",
        "Some bytes of the archive do not belong to any entry.",
        "Finds bytes before, between or after the entries that do not belong to an entry of the central directory.",
        "A program that reads from the front can find entries there that the central directory does not list. So it "
        "can install files that nobody has checked (CVE-2025-54368 in uv).",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.3.2"),
    ),
    DeclaredFault(
        "PKG107",
        "overlap",
        "Two parts of the archive share the same bytes.",
        "Finds entries that overlap each other or the central directory, and entries that begin after it.",
        "With overlaps a few kilobytes can unpack to gigabytes (Fifield, A better zip bomb, WOOT 2019; CVE-2024-0450 "
        "in CPython). The data of one file can also be read as another file.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG108",
        "multi-disk",
        "The archive is one part of several.",
        "Finds disk numbers other than the first, the marker at the beginning of a split archive, and zip64 records "
        "with a number of disks other than one.",
        "The other parts cannot be checked. Programs that ignore the disk numbers read different entries from "
        "programs that follow them.",
        "join the parts into one archive with the program that split it, or pack the files again",
        source=standard("PKWARE APPNOTE.TXT, 4.4.19"),
    ),
    DeclaredFault(
        "PKG109",
        "inner-archive",
        "A second archive inside the first may be read instead of it.",
        "Finds a second end record in the last 64 KiB of the file, when its directory is also inside the file. It is "
        "reported in three cases: the archive around it is not exact (it has a warning, zip64 values, or sizes that "
        "are partly left to a descriptor), the second record is not in the data of an entry, or it reaches the end "
        "of the whole archive.",
        "Old versions of libzip try every end record there. They keep the record with the directory that agrees best "
        "with its local headers. PHP and many desktop programs use libzip. They may show the inner archive, with "
        "other names and other contents. If the outer archive is exact, no program reads a zip file inside it as the "
        "whole archive.",
        "pack the files again with `assetpkg pack`, which writes exact archives",
    ),
    DeclaredFault(
        "PKG110",
        "comment-signature",
        "The archive comment contains the beginning of a zip record.",
        "Finds a comment of the archive that contains the four bytes at which a header or an end record begins.",
        "A program that searches for records may read the comment as a part of the archive.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG111",
        "comment-encoding",
        "A comment is not UTF-8.",
        "Finds a comment of the archive, or of an entry, that is not UTF-8.",
        "Some programs, such as those in Java, then refuse the whole archive. Others guess an encoding.",
        "remove the comment, or write it in UTF-8",
    ),
    DeclaredFault(
        "PKG112",
        "archive-comment",
        "The archive has a comment.",
        "Finds text after the end record.",
        "Every program reads the same files, and some show the comment. assetpkg ignores comments and never writes "
        "one.",
        UNUSED,
        severity=Severity.WARNING,
    ),
    DeclaredFault(
        "PKG120",
        "zip64-locator",
        "The zip64 end record is not where it should be.",
        "Finds a zip64 locator that does not lead to a zip64 end record. Finds also an end record that leaves its "
        "values to a zip64 end record that is missing.",
        "Some programs follow the locator, others look directly before it. They may find two different directories "
        "(CVE-2025-8291 in CPython).",
        AGAIN,
        source=standard("PKWARE APPNOTE.TXT, 4.3.15"),
    ),
    DeclaredFault(
        "PKG121",
        "zip64-extensible-data",
        "Something is inside or after the zip64 end record.",
        "Finds a zip64 end record that is not exactly 56 bytes long, or not directly before its locator.",
        "Some programs follow the locator, others count back from it. They find two different records, and so two "
        "different directories.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, 4.3.14"),
    ),
    DeclaredFault(
        "PKG122",
        "zip64-eocd-mismatch",
        "The end record and the zip64 end record disagree.",
        "Finds a count, size, offset or disk number in the end record that differs from the number in the zip64 end "
        "record. The end record may also leave the number to the zip64 end record; that is not found.",
        "The directory that a program reads depends on which of the two records it uses.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.4.1.4"),
    ),
)
