"""Which packages a command is about: those that are named, and those below the folders that are named."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.outputs import note
from assetpkg.errors import CannotRead

if TYPE_CHECKING:
    from assetpkg.cli.call import Call
    from assetpkg.package.package import Package


def find(call: "Call", named: Sequence[str], *, containing: bool) -> tuple[list[str], dict[str, str]]:
    """Return the paths of the packages to check, and why nothing can be checked at some of the paths."""
    if containing:
        return list(_find_containing(call, named)), {}
    paths: list[str] = []
    known = set(named)
    failures: dict[str, str] = {}
    for path in named:
        below: Sequence[str] | None = None
        try:
            below = _below(call, path)
        except CannotRead as error:
            failures[path] = str(error)
        # A folder whose manifest could not be read at first is found below itself.
        paths += [path] if below is None else [each for each in below if each == path or each not in known]
        known.update(below or ())
    return paths, failures


def open_packages(call: "Call", named: Sequence[str], *, containing: bool) -> "tuple[Sequence[str], Sequence[Package]]":
    """Return the packages to import, with their paths: of those that are found, each content once.

    Nobody imports a folder, and then the zip that it makes.
    """
    paths = _find_containing(call, named) if containing else named
    packages = call.open_each(paths)
    if not containing:
        return paths, packages
    from assetpkg.package.packing import find_copies

    copies = find_copies(packages)
    for copy, other in copies.items():
        note(f"{paths[copy]} has the content of {paths[other]}: planned once")
    kept = [number for number in range(len(paths)) if number not in copies]
    return [paths[number] for number in kept], [packages[number] for number in kept]


def _find_containing(call: "Call", named: Sequence[str]) -> Sequence[str]:
    """Return the packages that paths are, or are in, or that are below them, each once; the target is none of them."""
    from assetpkg.package.reading import find_packages, is_same_place

    limits = call.settings.reading_limits
    for path in named:
        # One that is gone may be in a package, or be one whose failure is reported.
        if path != STANDARD_STREAM and not os.path.lexists(path) and not any(find_packages([path], limits)):
            note(f"{path} is not there, and in no package: passed over")
    found, others = find_packages(named, limits)
    _pass_over(others)
    return [path for path in found if call.target is None or not is_same_place(path, call.target)]


def _below(call: "Call", path: str) -> Sequence[str] | None:
    """Return the packages below a folder, `None` for what is to be checked itself; raises `CannotRead`."""
    from assetpkg.package.reading import find_below

    is_taught = bool(call.layouts) and Path(path).is_dir()
    # A folder of another layout is a package, whatever archives are inside.
    if is_taught and call.read(path).understood:
        return None
    try:
        found = find_below(path, call.settings.reading_limits)
    except CannotRead:
        if not is_taught:
            raise
        return None  # the finding says which layouts do not fit
    if found is None:
        return None
    _pass_over(found[1])
    return found[0]


def _pass_over(others: Sequence[str]) -> None:
    for path in others:
        note(f"{path} is a zip, but no asset package: passed over")
