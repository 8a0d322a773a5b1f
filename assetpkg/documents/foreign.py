"""What a file is that is not what was asked for, and what to do with it; and text as shells and editors write it.

Nothing here is needed for a file that is what it should be.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assetpkg.credentials.spans import LazyPattern
from assetpkg.documents.encodings import as_utf8
from assetpkg.documents.strict import InvalidDocument, parse
from assetpkg.limits import DEFAULT_LIMITS

MOST_IDENTIFIED = DEFAULT_LIMITS.document + 1
"""How many bytes of a file need to be known; a larger document is not parsed."""
_BEGINNING = 4_096
"""How many bytes are looked at to tell what a file is that is not JSON."""


class Foreign(NamedTuple):
    """What a file is, in words after "it is", and what to do about it; empty where nothing is to be done."""

    what: str
    todo: str = ""

    def __str__(self) -> str:
        """Return both as one sentence without a full stop."""
        return f"it is {self.what}; {self.todo}" if self.todo else f"it is {self.what}"


def why_not(content: bytes, wanted: Foreign, reason: str) -> str:
    """Return what a file is that was read as what is `wanted`, or else the `reason` why it could not be read."""
    found = identify(content)
    return reason if found in (None, wanted, ANY_OBJECT) else str(found)


def identify(content: bytes) -> Foreign | None:
    """Say what a file is that is not what was expected; `None` where nothing can be said."""
    content = as_utf8(content)
    beginning = content[:_BEGINNING]
    if not content.strip():
        return Foreign("empty")
    for pattern, found in _BYTES:
        if re.match(pattern, beginning, re.IGNORECASE | re.DOTALL | re.VERBOSE):
            return found
    if beginning[257:262] == b"ustar":
        return _OTHER_ARCHIVE
    if not beginning.lstrip().startswith((b"{", b"[")):
        return None
    return _document(content)


def _document(content: bytes) -> Foreign | None:
    try:
        document = parse(content, DEFAULT_LIMITS)
    except InvalidDocument:
        document = None
    if isinstance(document, list):
        return _LIST
    if not isinstance(document, dict):
        # Too large, or damaged: what it begins with has to do.
        return SAVED_PLAN if _SAVED.match(content) else None
    return next((found for is_one, found in _JSON if is_one(document)), ANY_OBJECT)


def _has(*keys: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda document: all(key in document for key in keys)


def _is_of(marker: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda document: str(document.get("format", "")).startswith(marker)


def _is_page(document: Mapping[str, Any]) -> bool:
    return any(isinstance(value, list) for value in document.values()) and any(
        isinstance(document.get(key), int) for key in ("total", "size", "count", "total_count", "total_size")
    )


SNAPSHOT = Foreign("a snapshot of a target", "give it as the --target of a command such as 'assetpkg plan'")
SAVED_PLAN = Foreign("a saved plan", "show it with 'assetpkg show PLAN.json', or compare it with 'assetpkg verify'")
JOB = Foreign("the answer about a job", "compare it with a plan: 'assetpkg reconcile PLAN.json JOB.json'")
ANY_OBJECT = Foreign("another JSON document")
_NO_FORMAT = Foreign(
    "a snapshot without its format", 'add "format": "assetpkg-snapshot/1"; see \'assetpkg help target\''
)
_OPENAPI = Foreign("an OpenAPI (Swagger) file", "make a package of it with 'assetpkg convert FILE --output DIR'")
_SAVED = LazyPattern(rb'\s*\{\s*"(?:document"\s*:\s*"plans?",\s*"|)format_version"\s*:')
_SAVE = "make a snapshot of it with 'assetpkg snapshot FILE --output TARGET.json'"
PAGE = Foreign("the answer to a list call", _SAVE)
_LIST = Foreign("a JSON list", f"if it is the answer to a list call, {_SAVE}")
_OTHER_ARCHIVE = Foreign("an archive, but not a zip", "unpack it, and make the zip with 'assetpkg pack DIR'")
_PAGE = Foreign(
    "an HTML page, such as a login page or an error page",
    "sign in, and download the file again",
)

_BYTES: tuple[tuple[bytes, Foreign], ...] = (
    (rb"PK[\x03\x05]", Foreign("a zip", "give a package where the command asks for PACKAGE")),
    (
        rb"version\ https://git-lfs\.github\.com/spec/",
        Foreign("a Git LFS pointer, not the file itself", "get the file with 'git lfs pull'"),
    ),
    (rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", _PAGE),
    (rb"\s*(?:<\?xml|<[a-z])", Foreign("an XML document")),
    (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!\x1a|BZh\d|\xfd7zXZ\x00|\x28\xb5\x2f\xfd", _OTHER_ARCHIVE),
    (rb"UEsDB[A-Za-z0-9+/]", Foreign("a zip in base64", "decode it, for example with 'base64 -d'")),
    (rb"(?:---\s+)?(?:\#[^\n]*\n\s*)*(?:swagger|openapi)\s*:", _OPENAPI),
)
"""What files begin with."""

_JSON: tuple[tuple[Callable[[Mapping[str, Any]], bool], Foreign], ...] = (
    (_is_of("assetpkg-snapshot/"), SNAPSHOT),
    (_is_of("assetpkg/"), Foreign("the manifest of a package", "give the folder that it is in")),
    (_has("format_version", "changes"), SAVED_PLAN),
    (_has("format_version", "steps"), SAVED_PLAN),
    (_has("format_version"), Foreign("a report that assetpkg wrote", "give what the report is about")),
    (_has("swagger"), _OPENAPI),
    (_has("openapi"), _OPENAPI),
    (_has("$schema"), Foreign("a JSON Schema", "name it in the settings; see 'assetpkg help settings'")),
    (_has("error_code"), Foreign("an error answer of the platform", "ask the platform again, and save its answer")),
    (_has("status", "progress_percent"), JOB),
    (_has("status", "begin_time"), JOB),
    (
        _has("job_id"),
        Foreign("the answer to the start of a job", "ask for the status of the job with its id, and save that answer"),
    ),
    (_is_page, PAGE),
    (_has("resources", "covers"), _NO_FORMAT),
    (
        _has("name"),
        Foreign(
            "the document of a single resource",
            "put it into the folder of its kind in a package; see 'assetpkg help package'",
        ),
    ),
)
"""What JSON documents have in them; the first that fits."""
