"""What is in a file with answers: JSON, JSON lines, several documents one after the other, or Python's own notation."""

import ast
import json
import re
from typing import Any

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.documents import InvalidDocument
from assetpkg.documents.encodings import as_utf8
from assetpkg.documents.foreign import identify
from assetpkg.limits import Limits

_BEGINNING = 64
"""How many bytes of a file say whether it is in Python's notation."""
_TOKEN = re.compile(
    # A string without its end goes on to the end of the line, so that each is looked at once.
    r"""('(?:[^'\\\n]|\\.)*+'?|"(?:[^"\\\n]|\\.)*+"?)|\b(None|True|False)\b"""
    r"|datetime\.date(?:time)?\([0-9, ]*+(?:tzinfo=[\w.]++\(\))?\)"
)
_PYTHON = {"None": "null", "True": "true", "False": "false"}
_HEADERS = re.compile(rb"HTTP/[0-9.]+ ([0-9]{3})[^\n]*\n(?:[A-Za-z0-9-]+:[^\n]*\n)*\r?\n")
_TABLE = re.compile(r"\s*(?:[+┌][-─+┬]{3,}|\|[^\n]*\|\s*\n\s*\|?[-+|]{3,})")
_WORDS = re.compile(r"\s*[{\[(]+\s*'")
_ERROR = 400


class NoAnswer(Exception):
    """Why a file is no answer, in words that go on from its name."""


def read_values(content: bytes, limits: Limits) -> list[Any]:
    """Return the JSON values in a file with answers; raises `NoAnswer`.

    A byte order mark, UTF-16 as PowerShell writes it, and the head of an HTTP answer as `curl -i` writes it are taken
    off.
    """
    content = as_utf8(content)
    head = _HEADERS.match(content)
    if head is not None:
        content = content[head.end() :]
        if int(head[1]) >= _ERROR:
            raise NoAnswer(
                f"an error answer of the platform (HTTP {head[1].decode()}); ask again, and save that answer"
            )
    if not content.strip():
        raise NoAnswer("empty; ask again, and save the answer")
    # A page has many resources, each of which may be as long as one document.
    limits = limits._replace(document=max(limits.document, limits.entry))
    try:
        return [documents.parse(content, limits)]
    except InvalidDocument as error:
        values = _several(content, limits) or _python(content, limits)
        if values is not None:
            return values
        raise NoAnswer(mask_line(_why_not(content, error))) from None


def _several(content: bytes, limits: Limits) -> list[Any] | None:
    """Return documents that stand one after the other, as in JSON lines; `None` where there are not two of them."""
    try:
        text = documents.decode(content)
        spans, at = [], documents.skip_space(text, 0)
        while at < len(text):
            end = documents.value_end(text, at)
            spans.append((at, end))
            at = documents.skip_space(text, end)
        if len(spans) < 2:  # noqa: PLR2004 - one after the other
            return None
        return [documents.parse(text[start:end].encode(), limits) for start, end in spans]
    except (InvalidDocument, json.JSONDecodeError, RecursionError):
        return None


def _python(content: bytes, limits: Limits) -> list[Any] | None:
    """Return what `print(response.to_dict())` has written: its strings and words become those of JSON."""
    if not _WORDS.match(content[:_BEGINNING].decode("utf-8", "ignore")):
        return None
    try:
        return [documents.parse(_TOKEN.sub(_as_json, documents.decode(content)).encode(), limits)]
    except (ValueError, SyntaxError, InvalidDocument):
        return None


def _as_json(match: "re.Match[str]") -> str:
    """Return one word of Python as JSON has it; a time has no meaning here."""
    string, word = match[1], match[2]
    if string is None:
        return _PYTHON.get(word, "null")
    if len(string) == 1 or string[-1] != string[0]:
        raise ValueError
    return json.dumps(string[1:-1] if "\\" not in string else ast.literal_eval(string))


def _why_not(content: bytes, error: InvalidDocument) -> str:
    text = content.decode("utf-8", "replace")
    known = identify(content)
    if known is not None and known.what != "another JSON document":
        return f"{known.what}; {known.todo}" if known.todo else known.what
    if _TABLE.match(text):
        return "a table for people, which says too little; save the JSON (--cli-output=json)"
    if not text.lstrip().startswith(("{", "[")):
        tabs = "\t" in text.splitlines()[0]
        return "a list with tabs, which says too little; save the JSON (--cli-output=json)" if tabs else "not JSON"
    fault = error.faults[0]
    if fault.slug in documents.LIMIT_SLUGS:
        return documents.refusal(error, content)
    if _is_cut_off(text):
        return "cut off: it ends in the middle of the JSON; save it again"
    return documents.refusal(error, content)


def _is_cut_off(text: str) -> bool:
    try:
        documents.value_end(text, documents.skip_space(text, 0))
    except json.JSONDecodeError as error:
        return error.pos >= len(text.rstrip()) or (error.msg.startswith("Unterminated string"))
    except RecursionError:
        return False
    return False
