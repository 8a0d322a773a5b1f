"""What a client sends, taken while it comes: no more than is allowed, within a time, and files on the disk.

The files have no names there, so that none is left behind, however the program ends.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Any, NamedTuple
from weakref import finalize

import anyio
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from assetpkg.errors import near, reason_of
from assetpkg.planning.request import FORM_FIELD
from assetpkg.simulator.query import PARAMETERS, as_sent
from assetpkg.simulator.refusals import BROKEN, INVALID, NO_BODY, PARAMETER, TOO_LARGE, TOO_SLOW, Refusal

logging.getLogger("python_multipart").addHandler(logging.NullHandler())  # else it writes about forms on standard error

_AROUND = 1 << 16
"""How much a form may have around its file."""
_LARGEST_JSON = 1 << 20
_LONGEST_NAME = 200
_PATIENCE = 10
"""For how many seconds the rest of a request is received that is refused already."""


class Bounds(NamedTuple):
    """How much of a request is taken, in bytes, and how long is waited for all of it, in seconds."""

    body: int
    seconds: float


@dataclass(frozen=True, eq=False)
class Upload:
    """A file that was sent, open for as long as somebody has it, what the client calls it, and the rest of its form."""

    file: IO[bytes]
    name: str
    fields: dict[str, str]

    def __post_init__(self) -> None:
        """Give up the file at the latest with the last one who has it, such as a job that is never carried out."""
        finalize(self, self.file.close)

    def discard(self) -> None:
        """Give up the file, which is gone then."""
        self.file.close()


class Body:
    """What receives a request, and knows whether all of it has come."""

    def __init__(self, receive: Callable[[], Awaitable[Any]]) -> None:
        """Take what receives it."""
        self._receive = receive
        self._length = 0
        self.whole = False

    async def __call__(self) -> Any:
        """Receive the next part."""
        message = await self._receive()
        self._length += len(message.get("body", b""))
        self.whole |= message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def pass_over(self, most: int) -> None:
        """Receive the rest and keep nothing: a client that still sends would not see the answer."""
        with anyio.move_on_after(_PATIENCE):
            while not self.whole and self._length <= most:
                await self()


@asynccontextmanager
async def waiting(bounds: Bounds) -> AsyncIterator[None]:
    """Raise `Refusal` where a client takes too long within the block, or is gone."""
    try:
        with anyio.fail_after(bounds.seconds):
            yield
    except TimeoutError:
        raise Refusal(TOO_SLOW, f"all of a request has to be there within {bounds.seconds:g} seconds") from None
    except ClientDisconnect:
        raise Refusal(NO_BODY, "the connection has ended before the request") from None


def bounded(receive: Callable[[], Awaitable[Any]], most: int) -> Callable[[], Awaitable[Any]]:
    """Return what receives a request and raises `Refusal` where its body is larger than `most`."""
    length = 0

    async def take() -> Any:
        nonlocal length
        message = await receive()
        length += len(message.get("body", b""))
        if length > most:
            raise Refusal(TOO_LARGE, f"the body of a request may have {most:,} bytes")
        return message

    return take


async def read_json(request: Request, bounds: Bounds) -> bytes:
    """Return the body of a request that is JSON; raises `Refusal` for none, and for one that is too large."""
    narrow = Request(request.scope, bounded(request.receive, min(bounds.body, _LARGEST_JSON)))
    async with waiting(bounds):
        content = await narrow.body()
    if not content:
        raise Refusal(NO_BODY, "the request has no body")
    return content


async def read_upload(request: Request, bounds: Bounds, *, others: frozenset[str] = frozenset()) -> Upload:
    """Return the one file of a form; `others` are the fields that may be beside it.

    Raises `Refusal` for a request without a form, without the file, or with anything else, and on a full disk.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refusal(NO_BODY, f"a form is needed (multipart/form-data), with the file as '{FORM_FIELD}'")
    whole = Request(_in_latin_1(request), bounded(request.receive, bounds.body + _AROUND))
    async with waiting(bounds):
        try:
            form = await whole.form(max_files=2, max_fields=len(PARAMETERS) + 1, max_part_size=_AROUND)
        except MultiPartException as error:
            raise Refusal(INVALID, f"the form cannot be read: {error.message}") from None
        except (ValueError, LookupError):
            raise Refusal(INVALID, "the form cannot be read") from None
        except OSError as error:
            raise Refusal(BROKEN, f"the file cannot be kept until it is read: {reason_of(error)}") from None
    try:
        return _take(form.multi_items(), others)
    except Refusal:
        await form.close()
        raise


def _in_latin_1(request: Request) -> dict[str, Any]:
    """Return what is known of a request whose form is read as Latin-1: every byte of its texts is a character then.

    So a text that is not UTF-8 can be told from one that is; a form has no other encoding (RFC 7578).
    """
    kind = request.headers["content-type"].encode("latin-1")
    others = [(name, value) for name, value in request.scope["headers"] if name != b"content-type"]
    return {**request.scope, "headers": [*others, (b"content-type", kind + b"; charset=latin-1")]}


def _take(items: list[tuple[str, UploadFile | str]], others: frozenset[str]) -> Upload:
    items = [(as_sent(name, "the name of a field", "a form"), value) for name, value in items]
    misplaced = next((name for name, _ in items if name in PARAMETERS - others), None)
    if misplaced is not None:
        raise Refusal(PARAMETER, f"the form has '{misplaced}', which belongs in the query, as in import?{misplaced}=…")
    if not any(name == FORM_FIELD for name, _ in items):
        raise Refusal(NO_BODY, f"the form has no file '{FORM_FIELD}'" + (f", but '{items[0][0]}'" if items else ""))
    fields: dict[str, str] = {}
    files: list[UploadFile] = []
    for name, value in items:
        if name == FORM_FIELD and isinstance(value, UploadFile):
            files.append(value)
        elif name == FORM_FIELD:
            raise Refusal(NO_BODY, f"'{FORM_FIELD}' is a text, and not a file")
        elif name not in others:
            allowed = near(name, {FORM_FIELD, *others}) if others else f"; it is to have the file '{FORM_FIELD}' alone"
            raise Refusal(PARAMETER, f"the form has '{name}'{allowed}")
        elif isinstance(value, str):
            fields[name] = as_sent(value, f"the value of '{name}'", "a form")
        else:
            raise Refusal(INVALID, f"'{name}' is a file, and not a text")
    if len(files) > 1:
        raise Refusal(INVALID, f"the form has '{FORM_FIELD}' more than once")
    # A name that is not UTF-8 is refused as any name is that the platform does not accept.
    name = (files[0].filename or "").encode("latin-1").decode(errors="replace")
    name = name.replace("\\", "/").rpartition("/")[2]
    return Upload(files[0].file, name[:_LONGEST_NAME], fields)
