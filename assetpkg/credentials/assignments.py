"""Credentials after their names: `password=…` in URLs and connection strings, `"password": "…"`, elements of XML."""

import re
from collections.abc import Iterator

from assetpkg.credentials.blanks import is_blank_in_list, is_code, is_credential, is_no_value
from assetpkg.credentials.spans import LazyPattern, Sort, Span
from assetpkg.credentials.words import names_secret

# A name is looked at as a whole, and begins where nothing like one is before it.
_KEY = LazyPattern(
    r"(?<![\w.\[\]-])(?P<name>[\w.\[\]-]++)(?P<close>\\{0,8}[\"'](?:\](?=\s?=))?)?\s{0,8}(?P<sign>=>?(?!=)|:=?)"
    r"\s{0,8}(?:(?i:basic|bearer)\s{1,8})?"
)
_LONGEST_NAME = 128
_ELEMENT = LazyPattern(
    r"<(?:[\w.-]{1,64}:)?(?P<name>[\w.-]{1,64})(?:\s[^<>]*+)?>(?:<!\[CDATA\[)?(?P<value>[^<>]*?)(?:\]\]>)?</"
)
_SOMEWHERE = LazyPattern(r"/(?:home|root|tmp|usr|var|opt|etc|mnt|srv|data|x)(?=/|$|\s)")
_NOT_MEANT = {
    "credentials": LazyPattern(r"(?:include|omit|same-origin)$"),
    "signature": LazyPattern(r"v?\d{1,2}$"),
    "pass": LazyPattern(r"\d{1,3}$"),
    "pwd": _SOMEWHERE,
    "oldpwd": _SOMEWHERE,
    "passwd": _SOMEWHERE,
}
"""What is not a credential after a name that means something else as well."""
_OPENING = LazyPattern(r"(?P<escape>\\{0,8})(?P<quote>[\"'])")
_IN_QUOTES = {quote: LazyPattern(rf"[^{quote}\\]*+(?:\\.[^{quote}\\]*+)*+", re.DOTALL) for quote in "\"'"}
# Connection strings write a quote twice, and a closing brace.
_DOUBLED = {
    quote: LazyPattern(rf"[^{quote}\\]*+(?:(?:\\.|{quote}{quote})[^{quote}\\]*+)*+", re.DOTALL) for quote in "\"'"
}
_IN_BRACES = LazyPattern(r"\{[^{}]*+(?:\}\}(?=[^\s,;}\]\"'])[^{}]*+)*+(?:\}|$)|<[^<>]{0,64}>(?=[&;,\s\"')}\]]|$)")
_NUMBER = LazyPattern(r"\d{4,}")
_BARE = LazyPattern(r"[^&;\s\"'，。；、（）]+(?:[\"'][^&;\s\"',}\]，。；、（）]+)*")
_TO_SEMICOLON = LazyPattern(r"[^;&=\n\"']*")
# What has no name after `&` or `;` is of the value, if it is no sign of HTML; the names of databases may have blanks.
_OF_THE_VALUE = LazyPattern(
    r"(?:(?:(?:&(?!(?:amp|lt|gt|quot|apos|#\w{1,7});)){1,4}+(?![\w.$\[\]%~-]{1,128}\s?=(?!=))"
    r"|;{1,4}+(?![\w.$\[\]%~-]{1,128}(?: [\w.-]{1,32}){0,3}\s?=(?!=)))"
    r"[^&;\s\"'，。；、（）]++)++"
)


def in_assignments(text: str) -> Iterator[Span]:
    """Find the values after names of credentials, from left to right."""
    at = 0
    while match := _KEY.search(text, at):
        at = match.end()
        if not names_secret(match["name"][-_LONGEST_NAME:]):
            # What follows may be a name itself.
            at = match.end("name")
            continue
        bounds = _bounds(text, match)
        if bounds is not None:
            start, end = bounds
            if not _is_left_open(text[start:end], text, match):
                further = _OF_THE_VALUE.match(text, end) if match["sign"] == "=" else None
                end = further.end() if further else end
                yield Span(start, end, Sort.ADDRESS)
            at = max(at, end)
    for match in _ELEMENT.finditer(text) if "</" in text else ():
        if names_secret(match["name"]) and not is_no_value(match["value"]):
            yield Span(match.start("value"), match.end("value"), Sort.ADDRESS)


def _bounds(text: str, key: "re.Match[str]") -> tuple[int, int] | None:
    """Return the bounds of the value after `key`, if there is one."""
    if key["sign"] == ":" and not key["close"]:
        return None  # a label, as people write it
    if key["close"] == '"' and key["sign"] == ":" and text.startswith("{", key.end()):
        return None  # what is in an object is looked at one by one
    marked = _in_marks(text, key.end(), doubled=key["sign"] == "=" and not key["close"])
    if key["close"] and key["close"].endswith("]"):
        # As in `found["token"] = "…"`; an expression may be there, too.
        return None if marked is None or " " in text[slice(*marked)] else marked
    if marked is not None or key["sign"] == ":=":
        return marked
    return _bare(text, key.end()) if key["sign"] == "=" else _span(_NUMBER.match(text, key.end()))


def _in_marks(text: str, at: int, *, doubled: bool) -> tuple[int, int] | None:
    """Return the bounds of the value in quotes, braces or pointed brackets at `at`."""
    opening = _OPENING.match(text, at)
    if opening and opening["escape"]:
        end = text.find(opening[0], opening.end())
        return opening.end(), end if end >= 0 else len(text)
    if opening:
        return _span((_DOUBLED if doubled else _IN_QUOTES)[opening["quote"]].match(text, opening.end()))
    return _span(_IN_BRACES.match(text, at))


def _bare(text: str, at: int) -> tuple[int, int] | None:
    bare = _BARE.match(text, at)
    if bare is None:
        return None
    # In a connection string a value may have spaces: it ends at the next semicolon.
    further = _TO_SEMICOLON.match(text, bare.end())
    end = further.end() if further else bare.end()
    return at, end if text.startswith(";", end) else bare.end()


def _span(match: "re.Match[str] | None") -> tuple[int, int] | None:
    return match.span() if match else None


def _is_left_open(value: str, text: str, key: "re.Match[str]") -> bool:
    """Say whether a value after a key is none: a placeholder, a parameter, or a piece of code."""
    plain = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    if is_no_value(value) or not is_credential(plain):
        return True
    if value.isdecimal() and not names_secret(key["name"][-_LONGEST_NAME:], 0):
        return True
    other = _NOT_MEANT.get(key["name"].strip("-.").lower())
    if other is not None and other.match(value):
        return True
    if key["sign"] != "=":
        return False
    spaced = text[key.end() - 1].isspace()
    return is_blank_in_list(value, 0) or (spaced and is_code(value))
