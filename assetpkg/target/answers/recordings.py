"""What a browser recorded of its calls (a HAR file): the answers in it, each with its address, and nothing else."""

import base64
from collections.abc import Mapping
from typing import Any

from assetpkg import documents
from assetpkg.documents import InvalidDocument
from assetpkg.limits import Limits
from assetpkg.target.answers.requests import parse_request
from assetpkg.target.answers.texts import NoAnswer


def recorded_in(value: Any, limits: Limits) -> list[Any]:
    """Return the answers in a recording as a script would save them; of any other value, the value itself.

    Only what the platform's calls answered is taken: no cookie, no header and no other call. Raises `NoAnswer` for a
    recording without any.
    """
    log = value.get("log") if isinstance(value, Mapping) else None
    entries = log.get("entries") if isinstance(log, Mapping) else None
    if not isinstance(entries, list):
        return [value]
    found = [saved for entry in entries if (saved := _saved(entry, limits)) is not None]
    if not found:
        raise NoAnswer(
            "a recording of a browser (HAR), and has no answer of a call that is known here;"
            " save the answers of the calls that 'assetpkg snapshot --calls' lists"
        )
    return found


def _saved(entry: Any, limits: Limits) -> dict[str, Any] | None:
    """Return a call and its answer; `None` for a call that is none of the platform's, or does not only read."""
    request, response = (_member(entry, name) for name in ("request", "response"))
    asked = parse_request({"url": request.get("url")})
    if request.get("method") != "GET" or asked is None or asked.operation is None:
        return None
    content = _member(response, "content")
    return {"request": {"url": request["url"]}, "status": response.get("status"), "response": _body(content, limits)}


def _member(value: Any, name: str) -> Mapping[str, Any]:
    member = value.get(name) if isinstance(value, Mapping) else None
    return member if isinstance(member, Mapping) else {}


def _body(content: Mapping[str, Any], limits: Limits) -> Any:
    """Return what was answered: what is not JSON as text, and what was not recorded as nothing."""
    text = content.get("text")
    if not isinstance(text, str) or not text:
        return None
    try:
        body = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
        return documents.parse(body, limits)
    except (InvalidDocument, ValueError):
        return text
