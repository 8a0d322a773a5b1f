"""PKG150 to PKG169 and PKG180 to PKG189: the two headers of an entry, its flags, and what follows its data."""

from assetpkg.diagnostics.catalogue.entry import (
    AGAIN,
    HARMLESS,
    HOSTILE,
    REPACK,
    UNUSED,
    DeclaredFault,
)
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sources import standard

_TWO_HEADERS = standard("PKWARE APPNOTE.TXT, 4.3.7 and 4.3.12")
_DESCRIPTOR = standard("PKWARE APPNOTE.TXT, 4.3.9")

FAULTS = (
    DeclaredFault(
        "PKG150",
        "local-signature",
        "An entry does not begin where the central directory says.",
        "Finds a place where an entry should begin, but no local header begins there.",
        "Programs that read from the front and programs that follow the central directory find different entries.",
        AGAIN,
        source=standard("PKWARE APPNOTE.TXT, 4.3.7"),
    ),
    DeclaredFault(
        "PKG151",
        "local-mismatch-name",
        "An entry has two names.",
        "Finds a local header with a name that differs from the name in the central header.",
        "Programs that read from the front use the local name. Programs that follow the central directory use the "
        "other name. The file that was checked may not be the file that is written (ZipDiff, USENIX Security 2025).",
        HOSTILE,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG152",
        "local-mismatch-method",
        "An entry has two compression methods.",
        "Finds a local header with a compression method that differs from the method in the central header.",
        "One program unpacks the data, another uses the data without unpacking. One entry then has two contents.",
        HOSTILE,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG153",
        "local-mismatch-flags",
        "The two headers of an entry have different flags.",
        "Finds a local header with flags that differ from the flags in the central header.",
        "The flags say whether the data is encrypted, where its size is and how its name is encoded. Some programs "
        "refuse such an entry, others follow one of the two headers.",
        HOSTILE,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG154",
        "local-mismatch-crc",
        "An entry has two checksums.",
        "Finds a local header with a CRC-32 that differs from the CRC-32 in the central header.",
        "One program accepts the content, another reports it as damaged. Nobody knows which content is the right one.",
        HOSTILE,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG155",
        "local-mismatch-csize",
        "An entry has two packed sizes.",
        "Finds a local header with a packed size that differs from the size in the central header.",
        "The packed size says where the data ends. A program that uses a different size reads a different content, "
        "and finds different entries after it.",
        HOSTILE,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG156",
        "local-mismatch-usize",
        "An entry has two sizes.",
        "Finds a local header with an unpacked size that differs from the size in the central header.",
        "A program that uses the smaller size cuts the file off, or reserves too little memory for it.",
        HOSTILE,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG157",
        "local-mismatch-time",
        "An entry has two times.",
        "Finds a local header with a modification time that differs from the time in the central header.",
        "Every program reads the same content. Only the displayed time may differ. assetpkg does not use the times.",
        "nothing needs to be done; assetpkg does not use times",
        severity=Severity.WARNING,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG158",
        "local-mismatch-version",
        "The two headers of an entry ask for different versions.",
        "Finds a local header that needs a version of the zip format that differs from the version in the central "
        "header.",
        "The version says which features a program must support. Every program reads the same content.",
        "nothing needs to be done; assetpkg does not use the version",
        severity=Severity.WARNING,
        source=_TWO_HEADERS,
    ),
    DeclaredFault(
        "PKG160",
        "data-descriptor",
        "The sizes after the data of an entry are wrong.",
        "Finds a data descriptor that is missing, that is there twice, or that differs from the central header. "
        "Finds also values in the local header that are wrong, when the header does not leave them to the descriptor.",
        "Programs that read the archive as a stream use the descriptor, others use the central directory. They see "
        "two contents, or different entries after this one.",
        HOSTILE,
        source=_DESCRIPTOR,
    ),
    DeclaredFault(
        "PKG161",
        "data-descriptor-nosig",
        "A data descriptor has no signature.",
        "Finds a checksum and sizes after the data of an entry, without the usual four bytes before them.",
        "The specification allows both forms. Programs that follow the central directory read the same content. A "
        "program that reads the archive as a stream may fail.",
        HARMLESS,
        severity=Severity.WARNING,
        source=standard("PKWARE APPNOTE.TXT, 4.3.9.3"),
    ),
    DeclaredFault(
        "PKG162",
        "data-descriptor-width",
        "A data descriptor has the width of another kind of entry.",
        "Finds sizes of eight bytes after an entry without a zip64 value, or sizes of four bytes after an entry with "
        "one.",
        "Programs that follow the central directory read the same content. A program that reads the archive as a "
        "stream may fail.",
        HARMLESS,
        severity=Severity.WARNING,
        source=standard("PKWARE APPNOTE.TXT, 4.3.9.2"),
    ),
    DeclaredFault(
        "PKG163",
        "stored-data-descriptor",
        "A stored entry has its size after its data.",
        "Finds entries that are not compressed and have their size in a data descriptor after the data.",
        "Programs that follow the central directory read the same content. A program that reads the archive as a "
        "stream cannot know where the data ends. ZipInputStream of Java does not read it.",
        HARMLESS,
        severity=Severity.WARNING,
        source=_DESCRIPTOR,
    ),
    DeclaredFault(
        "PKG164",
        "stored-data-descriptor-signature",
        "A stored entry of unknown size contains the beginning of a zip record.",
        "Finds entries that are not compressed, have their size in a data descriptor after the data, and contain the "
        "four bytes at which a header or an end record begins.",
        "A program that reads the archive as a stream must search for the end of the data. It may think that the "
        "data ends at these bytes.",
        "pack the files again with `assetpkg pack`, which writes the size before the data",
        source=_DESCRIPTOR,
    ),
    DeclaredFault(
        "PKG180",
        "encrypted",
        "An entry is encrypted.",
        "Finds the flags, the method and the extra values of encryption.",
        "What cannot be read cannot be checked, and no import asks for a password.",
        "pack the files again without a password",
        source=standard("PKWARE APPNOTE.TXT, 4.4.4"),
    ),
    DeclaredFault(
        "PKG181",
        "method-unsupported",
        "An entry is neither stored nor deflated.",
        "Finds other compression methods, such as deflate64, bzip2, LZMA or Zstandard.",
        "Few programs can read them. Document formats that are zip archives allow only stored and deflated data.",
        "pack the files again with plain deflate, or without compression",
        source=standard("ISO/IEC 21320-1, Document Container File"),
    ),
    DeclaredFault(
        "PKG182",
        "version-needed",
        "An entry asks for a version of the zip format that does not exist.",
        "Finds a needed version above 6.3. This is the newest version in the specification.",
        "Some programs refuse such an entry, others do not check the version. So they show different files.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, 4.4.3"),
    ),
    DeclaredFault(
        "PKG183",
        "flags-reserved",
        "An entry sets flags that a normal archive does not have.",
        "Finds flags that the specification reserves, or that belong to features which very few programs support.",
        "A program that knows such a flag reads the entry differently from a program that does not.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, 4.4.4"),
    ),
    DeclaredFault(
        "PKG185",
        "entry-comment",
        "An entry has a comment.",
        "Finds text after the central header of an entry.",
        "Every program reads the same files, and some show the comment. assetpkg ignores comments and never writes "
        "one.",
        UNUSED,
        severity=Severity.WARNING,
    ),
    DeclaredFault(
        "PKG186",
        "entry-comment-signature",
        "The comment of an entry contains the beginning of a zip record.",
        "Finds a comment of an entry that contains the four bytes at which a header or an end record begins.",
        "A program that searches for records may read the comment as a part of the archive.",
        HOSTILE,
    ),
)
