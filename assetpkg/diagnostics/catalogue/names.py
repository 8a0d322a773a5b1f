"""PKG200 to PKG239: names that some systems read as other names, in a zip and in a folder."""

from assetpkg.diagnostics.catalogue.entry import RENAME, REPACK, DeclaredFault
from assetpkg.diagnostics.sources import standard

_APPNOTE = standard("PKWARE APPNOTE.TXT, 4.4.17")
_WINDOWS = standard("Microsoft Learn, Naming Files, Paths, and Namespaces")

FAULTS = (
    DeclaredFault(
        "PKG200",
        "path-empty",
        "An entry has no name.",
        "Finds an entry whose name is empty.",
        "Some programs refuse it, some ignore it, and some invent a name.",
        REPACK,
        source=_APPNOTE,
    ),
    DeclaredFault(
        "PKG201",
        "path-traversal",
        "A name leads out of its folder.",
        "Finds names with `..` as one of the folders.",
        "When such a file is unpacked, it is written outside the intended folder. It may even replace a program. "
        "This attack is known as Zip Slip.",
        "do not unpack this archive; ask its author for an archive with names that stay inside the package folder",
        source=standard("Snyk, Zip Slip Vulnerability"),
    ),
    DeclaredFault(
        "PKG202",
        "path-absolute",
        "A name begins at the root of the file system.",
        "Finds names that begin with `/`.",
        "Some programs write the file exactly there, others drop the slash.",
        "pack the files again, with names relative to the package folder",
        source=_APPNOTE,
    ),
    DeclaredFault(
        "PKG203",
        "path-drive",
        "A name begins with a Windows drive.",
        "Finds names such as `C:/a` and `c:a`.",
        "Windows writes the file to that drive. Other systems create a folder with a strange name.",
        "use names relative to the package folder, without a drive",
        source=_APPNOTE,
    ),
    DeclaredFault(
        "PKG204",
        "path-backslash",
        "A name has a backslash.",
        "Finds names with a backslash. Some Windows programs write it instead of a slash.",
        "On Windows a backslash separates folders. On other systems it is part of a name. So one archive unpacks to "
        "two different trees.",
        "use `/` between folders, or rename the file",
        source=_APPNOTE,
    ),
    DeclaredFault(
        "PKG205",
        "path-dot-component",
        "A name has a folder that is only a dot.",
        "Finds names such as `./a` and `a/./b`.",
        "Some programs remove the dot and others do not. So two names can become one, or one name can become two.",
        "pack the files again, without `.` in their paths",
    ),
    DeclaredFault(
        "PKG206",
        "path-empty-component",
        "A name has two slashes in a row.",
        "Finds names with nothing between two slashes.",
        "Some programs remove one slash and others do not. So two names can become one, or one name can become two.",
        "pack the files again, with single `/` between folders",
    ),
    DeclaredFault(
        "PKG210",
        "path-control-char",
        "A name has a control character.",
        "Finds names with a NUL, a line break, an escape or another control character.",
        "In some programs a NUL ends the name. The other characters can control the terminal that shows them.",
        RENAME,
    ),
    DeclaredFault(
        "PKG211",
        "path-invisible-char",
        "A name has an invisible character.",
        "Finds characters without width, characters that change the direction of the text, byte order marks, line "
        "separators, and code points that are not characters. Blanks of other widths and variation selectors are "
        "allowed, because people use them.",
        "Two names can look the same, or a file can look like a file of another type. Some file systems remove such "
        "characters (CVE-2014-9390 in Git).",
        RENAME,
        source=standard("Unicode Technical Report 36"),
    ),
    DeclaredFault(
        "PKG212",
        "path-windows-char",
        "A name has a character that Windows does not allow.",
        'Finds `<`, `>`, `"`, `|`, `?`, `*` and `:` in names.',
        "Windows refuses such a file. If the name has a colon, Windows writes to a hidden stream of another file. "
        "Some programs replace the character with another one.",
        RENAME,
        source=_WINDOWS,
    ),
    DeclaredFault(
        "PKG213",
        "path-windows-device",
        "A name means a device on Windows.",
        "Finds names such as `NUL`, `con` and `COM1.json`.",
        "Windows opens the device instead of a file, in every folder and with every file extension.",
        RENAME,
        source=_WINDOWS,
    ),
    DeclaredFault(
        "PKG214",
        "path-windows-shortname",
        "A name looks like the short form of another name on Windows.",
        "Finds names such as `MANIFE~1.JSO`.",
        "Windows may give every long name a second, short name. So the file can replace another one (CVE-2014-9390 "
        "in Git).",
        RENAME,
        source=_WINDOWS,
    ),
    DeclaredFault(
        "PKG215",
        "path-trailing-dot-space",
        "A name ends in a dot or a space.",
        "Finds names of files or folders that end with a dot or a space.",
        "Windows removes the dot or space. So the file can replace another one, or cannot be found again.",
        RENAME,
        source=_WINDOWS,
    ),
    DeclaredFault(
        "PKG216",
        "path-leading-space",
        "A name begins with a space.",
        "Finds names of files or folders that begin with a space.",
        "Some programs remove the space, and nobody notices.",
        RENAME,
    ),
    DeclaredFault(
        "PKG220",
        "path-component-too-long",
        "A name is too long for some file systems.",
        "Finds names of a file or folder with more bytes than Linux, macOS and Windows all allow.",
        "Unpacking stops at such a name, or cuts the name off. Then two names can become one.",
        "shorten the name",
    ),
    DeclaredFault(
        "PKG221",
        "path-too-long",
        "A path is too long for some systems.",
        "Finds paths with more bytes than macOS allows. macOS has the lowest limit.",
        "Unpacking stops at such a path, or skips the file.",
        "shorten the path",
    ),
    DeclaredFault(
        "PKG222",
        "path-too-deep",
        "A path has too many folders in it.",
        "Finds paths with more levels than any package has.",
        "A path with thousands of levels can crash programs that follow it.",
        "use fewer nested folders",
    ),
    DeclaredFault(
        "PKG230",
        "name-bad-utf8",
        "A name is not UTF-8.",
        "Finds names in a zip that are marked as UTF-8 but are not UTF-8. Finds also names of files in a folder that "
        "are not UTF-8.",
        "Different programs show and write different names for the file.",
        "give the file a name in UTF-8; `assetpkg pack` writes names only in UTF-8",
        source=standard("PKWARE APPNOTE.TXT, Appendix D"),
    ),
    DeclaredFault(
        "PKG231",
        "name-legacy-encoding",
        "Names do not say how they are encoded.",
        "Finds names with non-ASCII characters that are not marked as UTF-8. The macOS Finder writes such names. "
        "Info-ZIP writes them where no UTF-8 locale is installed. The Explorer of a Chinese Windows writes them in "
        "GBK. All such names of a zip are one finding. Its hint names each encoding that fits all of them, and the "
        "first name in it.",
        "The specification says code page 437. Most programs that write such names mean UTF-8 or an encoding of "
        "their country. So different programs show different names.",
        REPACK,
        source=standard("PKWARE APPNOTE.TXT, Appendix D"),
    ),
    DeclaredFault(
        "PKG232",
        "path-not-nfc",
        "A name is not in composed form.",
        "Finds names with a letter and its accent as two characters, where Unicode has one character for both (NFC).",
        "On macOS, and with bsdtar, such a file is written under a name that differs from the checked name.",
        "rename the file in composed form (NFC)",
        source=standard("Unicode Standard Annex 15, Unicode Normalization Forms"),
    ),
    DeclaredFault(
        "PKG235",
        "duplicate-name",
        "Two entries have the same name.",
        "Finds a name that occurs twice in an archive, for example once as a file and once as a folder.",
        "Some programs show the first entry, others the last (ZipDiff, USENIX Security 2025).",
        "remove one of the two entries, and pack again",
    ),
    DeclaredFault(
        "PKG236",
        "name-collision",
        "Two names are the same on systems that ignore case.",
        "Finds names of files or folders that differ only in case, or only in how letters and accents are combined.",
        "On Windows and macOS one file replaces the other, or two folders become one.",
        "rename one of the two",
    ),
    DeclaredFault(
        "PKG237",
        "file-dir-conflict",
        "One name is used for a file and for a folder.",
        "Finds a file when other files use its name as a folder.",
        "No file system can hold both. Which one is unpacked depends on the program.",
        "rename the file or the folder, and pack again",
    ),
)
