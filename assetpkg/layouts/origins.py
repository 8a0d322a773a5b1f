"""The record of where everything in a converted folder came from."""

from pydantic import ValidationError

from assetpkg import documents
from assetpkg.documents import InvalidDocument
from assetpkg.kinds.model import Model
from assetpkg.limits import Limits

ORIGINS_FORMAT = "assetpkg-origins/1"


class OriginalArchive(Model):
    """The archive that a folder was made of."""

    name: str
    """What it was called."""
    sha256: str
    """The digest of its content as a package, the same for a folder and its zip."""


class OriginOfFile(Model):
    """Where the resource in one file of the folder came from."""

    path: str
    """The file of the folder."""
    entry: str
    """The entry of the archive."""
    pointer: str
    """The JSON pointer to its document in that entry; empty for all of it."""


class Origins(Model):
    """The record in a converted folder of where each thing came from."""

    format: str
    """The marker of these records, `assetpkg-origins/1`."""
    original: OriginalArchive
    """The archive that the folder was made of."""
    layout: str
    """The text of the layout file."""
    resources: list[OriginOfFile]
    """Where each resource came from."""


def parse_origins(content: bytes, limits: Limits) -> Origins | None:
    """Read a record; `None` for what is none."""
    try:
        found = Origins.model_validate(documents.parse(content, limits))
    except (InvalidDocument, ValidationError):
        return None
    return found if found.format == ORIGINS_FORMAT else None
