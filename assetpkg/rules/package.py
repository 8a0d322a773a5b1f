"""PKG02 and PKG03: the name of a package, and files in it that do not belong to a resource."""

import re
from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import OWN_LAYOUT
from assetpkg.package.package import Package

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_-]*\.zip")
_ONLY_THE_DOTS = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_.-]*\.zip", re.IGNORECASE)

_MOST_UNKNOWN = 1_000
"""How many files that do not belong to a resource are reported one by one."""


@rule("PKG020", "file-name", Severity.ERROR, source=Page.ERROR_CODES)
def file_name(package: Package) -> Iterator[Problem]:
    """The file has a name that the platform refuses.

    Finds a file name that does not begin with a letter or digit. Finds also a file name with characters other than
    letters, digits, `+`, `-` and `_` before `.zip`.

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

    These files are kept byte for byte, but no import uses them. A misspelled folder looks the same.

    Check the spelling of the folder's name, or leave the file.
    """
    if not package.understood:
        return
    layout = package.layout
    unknown = [name for name in package.archive.entries if name != layout.manifest and not layout.holdings(name)]
    for name in unknown[:_MOST_UNKNOWN]:
        yield Problem(
            message="no kind has its resources in this folder; the file is kept, but it is not imported",
            hint="check the spelling of the folder",
            entry=name,
        )
    if len(unknown) > _MOST_UNKNOWN:
        more = len(unknown) - _MOST_UNKNOWN
        yield Problem(
            message=f"{more:,} more files do not belong to a resource", hint="check the spelling of the folder"
        )


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
    return "must begin with a letter or digit and have only letters, digits, '+', '-' and '_'"


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
)
