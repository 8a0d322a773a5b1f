"""PKG: the zip or the folder as a whole."""

import re
from collections.abc import Iterator

from assetpkg.diagnostics import Problem, Rule, Severity, rule
from assetpkg.layout import MANIFEST, kind_of
from assetpkg.package import Package
from assetpkg.texts import mask_line

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_-]*\.zip")
_ONLY_THE_DOTS = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_.-]*\.zip", re.IGNORECASE)

POLICY = "assetpkg: one view of a package, or none"
ERROR_CODES = "API reference, Error Codes"


@rule("PKG001", "not-a-zip", Severity.ERROR, source=ERROR_CODES)
def not_a_zip(package: Package) -> Iterator[Problem]:
    """The file is no zip archive.

    Finds a file that does not end as a zip archive does: something else, empty, or cut off on its way.

    The platform refuses it when it cannot decompress it (ROMA.10011).

    Export or pack it again, and compare the sizes if it was copied.
    """
    for problem in package.find_faults("not-a-zip"):
        yield with_code(problem, "ROMA.10011")


@rule("PKG002", "ambiguous-zip", Severity.ERROR, source=POLICY)
def ambiguous_zip(package: Package) -> Iterator[Problem]:
    """The zip archive contradicts itself, so that two programs may read two contents from it.

    Finds sizes, offsets, names or counts that stand twice in the archive and differ, bytes that belong to nothing,
    entries twice, encryption, and methods other than stored and deflated.

    What was checked has to be what is imported. An archive that shows one content here and another one there
    cannot be checked at all.

    Unpack it with the program that made it, look at the files, and pack them with `assetpkg pack`.
    """
    yield from package.find_faults("ambiguous-zip")


@rule("PKG003", "unsafe-name", Severity.ERROR, source=POLICY)
def unsafe_name(package: Package) -> Iterator[Problem]:
    """An entry has a name that some system reads as another one, or writes outside its folder.

    Finds absolute names, `..`, backslashes, control and invisible characters, names that Windows reserves, names
    that differ only in case or normalisation, and names whose encoding is not declared.

    Such an archive unpacks differently on every system, at worst over other files.

    Rename the file and pack again with `assetpkg pack`, which escapes what is not safe.
    """
    yield from package.find_faults("unsafe-name")


@rule("PKG004", "special-file", Severity.ERROR, source=POLICY)
def special_file(package: Package) -> Iterator[Problem]:
    """An entry is a link, a device or a pipe, not a file.

    Finds symbolic links, FIFOs, sockets and devices, in a zip and in a folder.

    What a link leads to is not part of the package, and differs from machine to machine.

    Put the file itself in the place of the link.
    """
    yield from package.find_faults("special-file")


@rule("PKG005", "damaged-entry", Severity.ERROR, source=ERROR_CODES)
def damaged_entry(package: Package) -> Iterator[Problem]:
    """An entry cannot be read whole.

    Finds entries whose checksum or size is not what the archive says, whose compressed data is broken, or which the
    operating system does not let be read.

    The platform fails to decompress such a file (ROMA.10011), or imports something else than was exported.

    Get the file again from where it came, or pack it again.
    """
    yield from package.find_faults("damaged-entry")


@rule(
    "PKG006",
    "over-limit",
    Severity.ERROR,
    source="assetpkg: limits against archives made to exhaust a machine",
)
def over_limit(package: Package) -> Iterator[Problem]:
    """The archive is larger than assetpkg reads.

    Finds archives, entries and totals over the limits, and entries that inflate beyond all reason.

    A few kilobytes can inflate to gigabytes; no asset package is anywhere near these limits.

    Split the package, or look at where it came from.
    """
    yield from package.find_faults("over-limit")


@rule("PKG007", "zip-oddity", Severity.WARNING, source=POLICY)
def zip_oddity(package: Package) -> Iterator[Problem]:
    """The archive has something unusual that every program reads alike.

    Finds comments, times that differ between the two headers, set-user-id bits, and data descriptors of a rare form.

    Nothing is lost, but a program that is stricter than others may stumble over it.

    Pack again with `assetpkg pack` for an archive without any.
    """
    yield from package.find_faults("zip-oddity")


@rule("PKG010", "no-manifest", Severity.ERROR, source="assetpkg: the layout assetpkg/1")
def no_manifest(package: Package) -> Iterator[Problem]:
    """The archive is no asset package that assetpkg can read.

    Finds a zip or folder without `manifest.json` at its top, and says what is there instead.

    The inside of the platform's own archives is not public, so assetpkg reads its own layout, and guesses nothing.

    If the files stand one folder too deep, pack the inner folder.
    """
    yield from package.find_faults("no-manifest")


@rule("PKG020", "file-name", Severity.ERROR, source=ERROR_CODES)
def file_name(package: Package) -> Iterator[Problem]:
    """The file has a name that the platform refuses.

    Finds a file whose name does not begin with a letter or digit, or has other characters than letters, digits,
    `+`, `-` and `_` before `.zip`.

    The platform accepts .zip files of such names only (ROMA.10013): `assets (1).zip`, the browser's second download,
    is refused.

    Rename the file.
    """
    name = package.archive.file_name
    if name is not None and not _FILE_NAME.fullmatch(name) and not _ONLY_THE_DOTS.fullmatch(name):
        yield Problem(
            message=f"the file name '{mask_line(name)}' {_breach(name)}",
            hint=f"rename it, for example to '{_better(mask_line(name))}'",
            platform_code="ROMA.10013",
        )


@rule("PKG021", "doubtful-file-name", Severity.RISK, source=ERROR_CODES)
def doubtful_file_name(package: Package) -> Iterator[Problem]:
    """The file has a name of which it is not documented whether the platform accepts it.

    Finds further dots before `.zip`, and an ending in capitals.

    The error table (ROMA.10013) asks for .zip and names the special characters `+`, `-` and `_`; it does not say
    whether `.ZIP` or `assets-1.2.zip` pass.

    Rename the file.
    """
    name = package.archive.file_name
    if name is not None and not _FILE_NAME.fullmatch(name) and _ONLY_THE_DOTS.fullmatch(name):
        name = mask_line(name)
        yield Problem(
            message=f"the file name '{name}' has dots or capitals where it is not documented that they are accepted",
            hint=f"rename it, for example to '{_better(name)}'",
            platform_code="ROMA.10013",
        )


@rule("PKG030", "unknown-file", Severity.INFO, source="assetpkg: the layout assetpkg/1")
def unknown_file(package: Package) -> Iterator[Problem]:
    """A file is part of no resource.

    Finds files outside the folders of the kinds, and files in them that do not end in `.json`.

    They are kept byte for byte, and no import knows them; a misspelled folder looks the same.

    Look for a misspelling of a folder's name, or leave it.
    """
    if not package.understood:
        return
    for name in package.archive.entries:
        if name != MANIFEST and kind_of(name) is None:
            yield Problem(
                message="no kind has its resources here; the file is kept, and imported as nothing",
                hint="look for a misspelled folder",
                entry=name,
            )


def with_code(problem: Problem, platform_code: str) -> Problem:
    """Return the problem with the platform's own error code."""
    return problem._replace(platform_code=platform_code)


def _breach(name: str) -> str:
    if not name.lower().endswith(".zip"):
        return "does not end in '.zip'"
    return "is not letters, digits, '+', '-' and '_' with a letter or digit first"


def _better(name: str) -> str:
    stem = re.sub(r"\.zip$", "", name, flags=re.IGNORECASE)
    plain = re.sub(r"[^A-Za-z0-9+_-]+", "-", stem).strip("-+_")
    return f"{plain or 'assets'}.zip"


RULES: tuple[Rule, ...] = (
    not_a_zip,
    ambiguous_zip,
    unsafe_name,
    special_file,
    damaged_entry,
    over_limit,
    zip_oddity,
    no_manifest,
    file_name,
    doubtful_file_name,
    unknown_file,
)
