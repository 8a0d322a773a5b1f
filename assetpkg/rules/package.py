"""PKG02 and PKG03: the name of a package, and files in it that do not belong to a resource."""

import re
from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.spans import LazyPattern
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import OWN_LAYOUT
from assetpkg.kinds import kind_in_folder, kind_like, near_folder
from assetpkg.package.package import Package

_FILE_NAME = LazyPattern(r"[A-Za-z0-9][A-Za-z0-9+_-]*\.zip")
_ONLY_THE_DOTS = LazyPattern(r"[A-Za-z0-9][A-Za-z0-9+_.-]*\.zip", re.IGNORECASE)

_MOST_UNKNOWN = 1_000
"""How many files that do not belong to a resource are reported one by one."""


@rule("PKG020", "file-name", Severity.ERROR, source=Page.ERROR_CODES)
def file_name(package: Package) -> Iterator[Problem]:
    """The file has a name that the platform refuses.

    Finds a file name that does not begin with a letter or digit. Finds also a file name with characters other than
    English letters, digits, `+`, `-` and `_` before `.zip`.

    The platform accepts only .zip files with such names (ROMA.10013). It refuses `assets (1).zip`, the name that a
    browser gives to a second download.

    Rename the file.
    """
    if package.archive.file_name is not None:
        yield from _refused(package.archive.file_name)


@rule("PKG021", "doubtful-file-name", Severity.RISK, source=Page.ERROR_CODES)
def doubtful_file_name(package: Package) -> Iterator[Problem]:
    """It is not documented whether the platform accepts the file name.

    Finds more dots before `.zip`, and a file extension in capital letters.

    The error table (ROMA.10013) asks for .zip and names the special characters `+`, `-` and `_`. It does not say
    whether `.ZIP` or `assets-1.2.zip` is accepted.

    Rename the file.
    """
    if package.archive.file_name is not None:
        yield from _doubted(package.archive.file_name)


@rule("PKG030", "unknown-file", Severity.INFO, source=OWN_LAYOUT)
def unknown_file(package: Package) -> Iterator[Problem]:
    """A file does not belong to a resource.

    Finds files outside the folders of the kinds, and files in these folders that do not end in `.json`.

    These files are kept byte for byte, but no import uses them. Under a layout file, they are the files of which it
    says nothing; what an import does with them is not known.

    Check the spelling of the folder's name, or leave the file.
    """
    if not package.understood:
        return
    is_own = package.layout.is_own
    unknown = [name for name in package.unused_files if not is_own or _meant(name) is None]
    for name in unknown[:_MOST_UNKNOWN]:
        yield _unknown(name) if is_own else _uncovered(name)
    if len(unknown) > _MOST_UNKNOWN:
        more = len(unknown) - _MOST_UNKNOWN
        yield Problem(
            message=f"{more:,} more files do not belong to a resource", hint="check the spelling of the folder"
        )


@rule("PKG031", "misspelled-folder", Severity.RISK, source=OWN_LAYOUT)
def misspelled_folder(package: Package) -> Iterator[Problem]:
    """Files are in a folder, or have a suffix, that is almost that of resources.

    Finds documents below a folder whose name differs from that of a kind only in case, in number or in separators, at
    whatever depth, and files in the folder of a kind whose suffix is `.json` in other letters.

    These files are not imported, and what refers to them is refused.

    Rename the folder, or the files.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for name in package.unused_files if package.understood and package.layout.is_own else ():
        meant = _meant(name)
        if meant is not None:
            found.setdefault(meant, []).append(name)
    for (folder, instead, fix), names in found.items():
        files = "this file is" if len(names) == 1 else f"{len(names):,} files in '{mask_line(folder)}' are"
        message = f"{files} not imported; did you mean {instead}?"
        yield Problem(message=message, hint=fix, entry=names[0])


def _unknown(name: str) -> Problem:
    message = "no kind has its resources in this folder; the file is kept, but it is not imported"
    near = next(filter(None, map(near_folder, name.split("/")[:-1])), "")
    return Problem(message=message, hint=f"check the spelling of the folder{near}", entry=name)


def _uncovered(name: str) -> Problem:
    message = "the layout covers nothing in this file; it is kept, and it is not known what an import does with it"
    return Problem(message=message, hint="see what is in it, and add it to the layout file", entry=name)


def _meant(name: str) -> tuple[str, str, str] | None:
    """Return the folder, and in words what is probably meant and how to fix it; `None` where nothing is."""
    *folders, file = name.split("/")
    if not file.lower().endswith(".json"):
        return None
    if folders and kind_in_folder(folders[0]) is not None:
        return f"{'/'.join(folders)}/", "the suffix '.json'", "write the suffix in small letters"
    for depth, folder in enumerate(folders, 1):
        like = kind_like(folder)
        if like is not None:
            return f"{'/'.join(folders[:depth])}/", f"'{like}/'", f"rename the folder, or move the files to '{like}/'"
    return None


def judge_name(name: str) -> Iterator[tuple[Rule, Problem]]:
    """Yield what the rules about the name of a zip find in a name, before a zip with this name exists."""
    yield from ((file_name, problem) for problem in _refused(name))
    yield from ((doubtful_file_name, problem) for problem in _doubted(name))


def _refused(name: str) -> Iterator[Problem]:
    if not _FILE_NAME.fullmatch(name) and not _ONLY_THE_DOTS.fullmatch(name):
        yield Problem(
            message=f"the file name '{mask_line(name)}' {_breach(name)}",
            hint=f"rename it, for example to '{_better(mask_line(name))}'",
            platform_code="ROMA.10013",
        )


def _doubted(name: str) -> Iterator[Problem]:
    if not _FILE_NAME.fullmatch(name) and _ONLY_THE_DOTS.fullmatch(name):
        name = mask_line(name)
        yield Problem(
            message=f"the file name '{name}' has dots or capital letters, and it is not documented whether this is "
            "accepted",
            hint=f"rename it, for example to '{_better(name)}'",
            platform_code="ROMA.10013",
        )


def _breach(name: str) -> str:
    if not name.lower().endswith(".zip"):
        return "does not end in '.zip'"
    return "must begin with an English letter or a digit and have only English letters, digits, '+', '-' and '_'"


def _better(name: str) -> str:
    stem = re.sub(r"\.zip$", "", name, flags=re.IGNORECASE)
    return f"{accepted_stem(stem) or 'assets'}.zip"


def accepted_stem(name: str) -> str:
    """Return `name` as the platform accepts it before `.zip` (ROMA.10013); empty where nothing of it is accepted."""
    return re.sub(r"[^A-Za-z0-9+_-]+", "-", name).strip("-+_")


RULES: tuple[Rule, ...] = (
    file_name,
    doubtful_file_name,
    unknown_file,
    misspelled_folder,
)
