"""Asset versions: which are known, and how the documents of an older one become those of the newest.

This is the one place where documents are lifted: reading shows an older package as one of the newest version, and
`fmt --upgrade` writes what is read.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials.spans import LazyPattern
from assetpkg.documents import InvalidDocument
from assetpkg.documents.spelled import dump_spelled, spell
from assetpkg.limits import Limits

MAJOR = 1
"""The one major number that is known."""
_VERSION = LazyPattern(r"(\d{1,9})\.(\d{1,9})")


class Step(NamedTuple):
    """How the documents of a minor version become those of the next one: `does` says it in words.

    `lift` is given the word for a kind and a document, which it may change, and returns the document of the next
    version. Numbers are as they are spelled (`documents.spelled`): a step moves, renames, adds and removes.
    """

    does: str
    lift: Callable[[str, dict[str, Any]], dict[str, Any]]


STEPS: tuple[Step, ...] = ()
"""The steps in their order, the first one from minor number 0: so far, 1.0 is the only version that is known."""


def newest_minor() -> int:
    """Return the minor number of the newest version that is known: every step leads to one more."""
    return len(STEPS)


def newest_version() -> str:
    """Return the newest version that is known, MAJOR.MINOR."""
    return f"{MAJOR}.{newest_minor()}"


def parse_version(version: object) -> tuple[int, int] | None:
    """Return the two numbers of a version MAJOR.MINOR, or `None` for what is not one."""
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return None if match is None else (int(match[1]), int(match[2]))


def older_minor(version: object) -> int | None:
    """Return the minor number of a version that can be lifted; `None` for the newest, and for one that is not known."""
    known = parse_version(version)
    return known[1] if known is not None and known[0] == MAJOR and known[1] < newest_minor() else None


def lift_resource(kind: str, content: bytes, minor: int, limits: Limits) -> bytes:
    """Return the file of a resource as the newest version has it; what cannot be read, or stays the same, as it is."""
    document = _opened(content, limits)
    if document is None:
        return content
    for step in STEPS[minor:]:
        document = step.lift(kind, document)
    return _written(document, content)


def lift_manifest(content: bytes, limits: Limits) -> bytes:
    """Return a manifest with the newest version, as `lift_resource` does."""
    document = _opened(content, limits)
    return content if document is None else _written({**document, "asset_version": newest_version()}, content)


def _opened(content: bytes, limits: Limits) -> dict[str, Any] | None:
    try:
        documents.parse(content, limits)
    except InvalidDocument:
        return None
    document = spell(content.decode())
    return document if isinstance(document, dict) else None


def _written(document: dict[str, Any], content: bytes) -> bytes:
    """Return the document as a file; no byte is changed where nothing in it is."""
    text = dump_spelled(document)
    return content if text == dump_spelled(spell(content.decode())) else f"{text}\n".encode()
