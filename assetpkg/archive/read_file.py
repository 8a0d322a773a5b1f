"""A file of one's own, such as settings: read as a whole, where it is one and no longer than it may be."""

import os
from pathlib import Path

from assetpkg.errors import A_FOLDER, NO_REGULAR_FILE, CannotRead, reason_of


def read_file(path: str | os.PathLike[str], most: int) -> bytes:
    """Return the bytes of the file at `path`; raises `CannotRead` for one that is not there or has more than `most`."""
    place = Path(path)
    try:
        # A pipe, or a device, might never end.
        if place.exists() and not place.is_file():
            raise CannotRead(f"cannot read '{path}': {A_FOLDER if place.is_dir() else NO_REGULAR_FILE}")
        with place.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise CannotRead(f"cannot read '{path}': {reason_of(error)}") from None
    if len(content) > most:
        raise CannotRead(f"{path} is more than {most:,} bytes long")
    return content
