"""Files of a folder changed together: all of them, or none where one cannot be."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from assetpkg.archive.write_file import sync_folder, write_file
from assetpkg.errors import CannotWrite, reason_of


class FileEdit(NamedTuple):
    """What a file of a folder was, and is to be; `None` where there is none."""

    entry: str
    """Its name, from the folder on."""
    before: bytes | None
    """Its content as it was read."""
    after: bytes | None
    """Its content as it is to be."""


def edit_folder(folder: str | os.PathLike[str], edits: Sequence[FileEdit], *, private: bool = False) -> None:
    """Change files of a folder in the order of the edits, each completely, and put all back when one cannot be changed.

    Nothing is changed where one of the files is not any more as it was read. Folders that are needed are made, and
    those that are left empty go away. With `private`, nobody but the user may read the new files. Raises `CannotWrite`.
    """
    root = Path(folder)
    for edit in edits:
        _refuse_changed(root, edit)
    done: list[FileEdit] = []
    try:
        for edit in edits:
            done.append(edit)
            _apply(root, edit, private=private)
    except BaseException:
        for edit in reversed(done):
            with suppress(CannotWrite, OSError):
                _apply(root, FileEdit(edit.entry, edit.after, edit.before), private=private)
        raise


def _refuse_changed(root: Path, edit: FileEdit) -> None:
    """Raise `CannotWrite` where a file is not as it was read, or is not in the folder itself."""
    place = root
    for step in edit.entry.split("/"):
        place /= step
        if place.is_symlink():
            raise CannotWrite(f"'{place}' has changed since it was read; run the command again")
    try:
        there = place.read_bytes() if place.exists() else None
    except OSError as error:
        raise CannotWrite(f"cannot write '{place}': {reason_of(error)}") from None
    if there != edit.before:
        what = "is there already" if edit.before is None else "has changed since it was read"
        raise CannotWrite(f"'{place}' {what}; run the command again")


def _apply(root: Path, edit: FileEdit, *, private: bool) -> None:
    place = root.joinpath(*edit.entry.split("/"))
    if edit.after is not None:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(f"cannot write '{place}': {reason_of(error)}") from None
        write_file(place, [edit.after], private=private and not place.exists())
        return
    try:
        place.unlink(missing_ok=True)
        sync_folder(place.parent)
    except OSError as error:
        raise CannotWrite(f"cannot remove '{place}': {reason_of(error)}") from None
    with suppress(OSError):  # an empty folder that stays is no part of the package
        for above in place.parents:
            if above == root or any(above.iterdir()):
                break
            above.rmdir()
