"""PKG100 to PKG139: the records of an archive, which say where everything is, and what lies between them."""

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
        "Finds a file that does not end as a zip archive does: something else, empty, or cut off on its way.",
        "The platform refuses it when it cannot decompress it (ROMA.10011).",
        "give the path of a zip archive; if it is one, fetch it again, for its end is missing",
        source=Page.ERROR_CODES,
        platform_code=CANNOT_DECOMPRESS,
    ),
    DeclaredFault(
        "PKG101",
        "trailing-data",
        "Something follows the end of the archive.",
        "Finds a file that goes on after its end record and comment, with a line break, with zeros, with another "
        "file, or that ends before its comment is as long as it says.",
        "Most programs search for the end record and pass over what follows, so that a second archive can hide there. "
        "Package indexes such as PyPI refuse such files.",
        "cut off what follows the archive, or fetch it again",
    ),
    DeclaredFault(
        "PKG102",
        "eocd-ambiguous",
        "The archive has more than one end.",
        "Finds two or more end records that all reach the end of the file, one of them inside a comment or a content.",
        "Each end record leads to a central directory of its own. Programs that search from the front and programs "
        "that search from the back read two different archives (ZipDiff, USENIX Security 2025).",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG103",
        "cd-bounds",
        "The central directory is not where the end record says.",
        "Finds a directory whose offset and size do not lead exactly to the end record, a header that runs over its "
        "end, and bytes in front of the archive.",
        "Some programs believe the offset, others count back from the end record, and so find two directories. What "
        "is in front of an archive can be a program, or a file of another format.",
        "remove what was put before or into the archive, or fetch it again",
        source=standard("PKWARE APPNOTE.TXT, 4.3.16"),
    ),
    DeclaredFault(
        "PKG104",
        "cd-count",
        "The archive announces another number of entries than it has.",
        "Finds a count in the end record that differs from the headers in the central directory.",
        "Programs that stop at the announced number do not show the rest; others read on and do.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.3.16"),
    ),
    DeclaredFault(
        "PKG105",
        "cd-signature",
        "Something in the central directory is not a header of an entry.",
        "Finds other bytes where the central header of an entry should begin; a digital signature of the directory "
        "is refused as well.",
        "After such a place no header can be found with confidence: some programs stop there, others search on.",
        AGAIN,
        source=standard("PKWARE APPNOTE.TXT, 4.3.12"),
    ),
    DeclaredFault(
        "PKG106",
        "gap",
        "Some bytes of the archive belong to nothing.",
        "Finds bytes before, between or after the entries that the central directory does not account for.",
        "A program that reads from the front finds entries there that the central directory does not list, and so "
        "installs what nobody has checked (CVE-2025-54368 in uv).",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.3.2"),
    ),
    DeclaredFault(
        "PKG107",
        "overlap",
        "Two parts of the archive share the same bytes.",
        "Finds entries that overlap each other or the central directory, and entries that begin after it.",
        "Overlaps let a few kilobytes unpack to gigabytes (Fifield, A better zip bomb, WOOT 2019; CVE-2024-0450 in "
        "CPython), and let the data of one file be read as another file.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG108",
        "multi-disk",
        "The archive is one part of several.",
        "Finds disk numbers other than the first, the mark at the beginning of a split archive, and zip64 records "
        "that speak of any other number of disks than one.",
        "What is in the other parts cannot be checked, and programs that ignore the numbers read other entries than "
        "those that obey them.",
        "join the parts into one archive with the program that split it, or pack the files again",
        source=standard("PKWARE APPNOTE.TXT, 4.4.19"),
    ),
    DeclaredFault(
        "PKG109",
        "inner-archive",
        "A second archive inside the first may be taken for it.",
        "Finds another end record, with a directory that lies in the file, within the last 64 KiB, where the archive "
        "around it is not exact (anything that is warned of, zip64 values, sizes left to a descriptor in part), where "
        "it is not in the data of an entry, or where it reaches as far as the whole.",
        "Old versions of libzip, and with them PHP and many desktop programs, try every end record there and keep the "
        "one whose directory agrees best with its local headers: they may show the inner archive, with other names "
        "and other contents. A zip that an exact archive holds as a file is taken for the whole by no program.",
        "pack the files again with `assetpkg pack`, whose archives are exact",
    ),
    DeclaredFault(
        "PKG110",
        "comment-signature",
        "The archive comment holds the beginning of a zip record.",
        "Finds the four bytes with which headers and end records begin inside the comment of the archive.",
        "A program that searches for records takes the comment for a part of the archive.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG111",
        "comment-encoding",
        "A comment is not UTF-8.",
        "Finds a comment of the archive, or of an entry, whose bytes are not UTF-8.",
        "Some programs, such as Java's, then refuse the whole archive; others guess an encoding.",
        "remove the comment, or write it in UTF-8",
    ),
    DeclaredFault(
        "PKG112",
        "archive-comment",
        "The archive has a comment.",
        "Finds text after the end record.",
        "Every program reads the same files, and some show the comment. assetpkg never interprets it, and writes none.",
        UNUSED,
        severity=Severity.WARNING,
    ),
    DeclaredFault(
        "PKG120",
        "zip64-locator",
        "The zip64 end record is not where it should be.",
        "Finds a zip64 locator that leads to no zip64 end record, and an end record that leaves its values to one "
        "where there is none.",
        "Programs that believe the locator and programs that look before it may find two directories (CVE-2025-8291 "
        "in CPython).",
        AGAIN,
        source=standard("PKWARE APPNOTE.TXT, 4.3.15"),
    ),
    DeclaredFault(
        "PKG121",
        "zip64-extensible-data",
        "Something is inside or after the zip64 end record.",
        "Finds a zip64 end record that is not exactly 56 bytes long, or not directly before its locator.",
        "Programs that follow the locator and programs that count back from it find two records, and with them two "
        "directories.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, 4.3.14"),
    ),
    DeclaredFault(
        "PKG122",
        "zip64-eocd-mismatch",
        "The end record and the zip64 end record disagree.",
        "Finds a count, size, offset or disk number in the end record that is neither left to the zip64 end record "
        "nor equal to the one there.",
        "Which of the two a program believes decides which directory it reads.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.4.1.4"),
    ),
)
