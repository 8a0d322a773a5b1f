"""Telling an OpenAPI file from everything else that a user may name."""

from pathlib import Path

from assetpkg.archive import STANDARD_STREAM, ZIP_BEGINNING
from assetpkg.limits import Limits
from assetpkg.package.openapi.reading import looks_like_openapi
from assetpkg.package.reading import read_document


def openapi_at(path: str, limits: Limits) -> bytes | None:
    """Return the content of the file at `path`, if it looks like an OpenAPI file; standard input is never looked at.

    Raises `CannotRead` for a file that is no zip and cannot be read.
    """
    place = Path(path)
    try:
        if path == STANDARD_STREAM or not place.is_file():
            return None
        with place.open("rb") as file:
            if file.read(len(ZIP_BEGINNING)) == ZIP_BEGINNING:
                return None
    except (OSError, ValueError):
        return None  # whoever reads it says why
    content = read_document(path, limits)
    return content if looks_like_openapi(content) else None
