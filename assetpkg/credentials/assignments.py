"""Credentials after their names: `password=…` in URLs and connection strings, `"password": "…"`, elements of XML."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assetpkg.credentials.blanks import is_blank_in_list, is_code, is_credential, is_no_value
from assetpkg.credentials.spans import LazyPattern, Sort, Span
from assetpkg.credentials.words import STEMS, may_name_secret, names_secret

# A name is looked at as a whole, and begins where nothing like one is before it.
_KEY = LazyPattern(
    r"(?<![\w.\[\]-])(?P<name>[\w.\[\]-]++)(?P<close>\\{0,8}[\"'])?\s{0,8}(?P<sign>=>?(?!=)|:=?)"
    r"\s{0,8}(?:(?i:basic|bearer)\s{1,8})?"
)
_LONGEST_NAME = 128
_NAME_BEHIND = LazyPattern(r":(?=\s*+(\"[^\"]*+|[\w.\[\]-]++))")
_NAME_AT_END = LazyPattern(r"[\w.\[\]-]{1,128}\Z")
_SHORT = 200
"""In characters; looking for the stems of names is faster in a shorter text."""
_ELEMENT = LazyPattern(
    r"<(?:[\w.-]{1,64}:)?(?P<name>[\w.-]{1,64})(?:\s[^<>]*+)?>(?:<!\[CDATA\[)?(?P<value>[^<>]*?)(?:\]\]>)?</"
)
_IDENTIFIED = LazyPattern(
    r"identified\s{1,8}by\s{1,8}(?P<quote>[\"'])(?P<value>[^\"'\s]{1,256})(?P=quote)", re.IGNORECASE
)
_COLON = LazyPattern(r"(?:密|口令|pass|pwd|secret|token|key|auth|credential)[\w-]{0,24}\s?:", re.IGNORECASE)
_LINE_END = LazyPattern(r"(?P<quote>[\"']?)(?P<value>[^\s\"'<>{}\[\](),;]{6,512})(?P=quote)[ \t]*(?=[\r\n]|$)")
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
_IN_QUOTES = {quote: re.compile(rf"[^{quote}\\]*+(?:\\.[^{quote}\\]*+)*+", re.DOTALL) for quote in "\"'"}
# Connection strings write a quote twice, and a closing brace.
_DOUBLED = {
    quote: re.compile(rf"[^{quote}\\]*+(?:(?:\\.|{quote}{quote})[^{quote}\\]*+)*+", re.DOTALL) for quote in "\"'"
}
_IN_BRACES = LazyPattern(r"\{[^{}]*+(?:\}\}(?=[^\s,;}\]\"'])[^{}]*+)*+(?:\}|$)|<[^<>]{0,64}>(?=[&;,\s\"')}\]]|$)")
_NUMBER = LazyPattern(r"\d{4,}")
_BARE = LazyPattern(r"[^&;\s\"']+(?:[\"'][^&;\s\"',}\]]+)*")
_TO_SEMICOLON = LazyPattern(r"[^;&=\n\"']*")


KEY_SIGNS = "=:<\"'"
"""One of these is in every text of which `has_key` is true and in which something is found."""


def has_key(text: str) -> bool:
    """Say whether a text has a sign of an assignment, and something like a name of a credential."""
    quoted = ":" in text and ('"' in text or "'" in text)
    if not quoted and "=" not in text and "</" not in text and not (":" in text and _COLON.search(text)):
        return "dentified" in text or "DENTIFIED" in text
    small = text.lower()
    for word in STEMS:
        if word in small:
            return True
    return "identified" in small


def may_have_names(text: str) -> bool:
    """Say whether there may be a name of a credential with a sign after it; exact where a text is like JSON, and long.

    Such a text has a stem of such names somewhere, and is a sample or a message nearly always. So the names are read,
    from behind, since a pattern that begins with a colon is fast; a document has few different ones.
    """
    if len(text) < _SHORT or any(sign in text for sign in "=<'"):
        return has_key(text)
    if "dentified" in text or "DENTIFIED" in text:
        return True
    names = {found[::-1] for found in set(_NAME_BEHIND.findall(text[::-1]))}
    return any(_may_be_meant(name.removesuffix('"')) for name in names)


@lru_cache(maxsize=4096)
def _may_be_meant(name: str) -> bool:
    tail = _NAME_AT_END.search(name)
    return len(name) > _LONGEST_NAME or may_name_secret(name) or (tail is not None and may_name_secret(tail[0]))


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
            at = max(at, end)
            if not _is_left_open(text[start:end], text, match):
                yield Span(start, end, Sort.ADDRESS)
    for match in _ELEMENT.finditer(text) if "</" in text else ():
        if names_secret(match["name"]) and not is_no_value(match["value"]):
            yield Span(match.start("value"), match.end("value"), Sort.ADDRESS)
    for match in _IDENTIFIED.finditer(text):
        if not is_no_value(match["value"]):
            yield Span(match.start("value"), match.end("value"), Sort.ADDRESS)


def _bounds(text: str, key: "re.Match[str]") -> tuple[int, int] | None:
    """Return the bounds of the value after `key`, if there is one."""
    if key["sign"] == ":" and not key["close"]:
        return _to_line_end(text, key.end())
    if key["close"] == '"' and key["sign"] == ":" and text.startswith("{", key.end()):
        return None  # what is in an object is looked at one by one
    marked = _in_marks(text, key.end(), doubled=key["sign"] == "=" and not key["close"])
    if marked is not None or key["sign"] == ":=":
        return marked
    return _bare(text, key.end()) if key["sign"] == "=" else _span(_NUMBER.match(text, key.end()))


def _to_line_end(text: str, at: int) -> tuple[int, int] | None:
    """Return where the rest of a line is, if it is one word with letters and digits, as in a header or in YAML."""
    match = _LINE_END.match(text, at)
    if match is None or not text[at - 1].isspace() or "\n" in text[at - 8 : at]:
        return None
    word = match["value"]
    mixed = any(each.isdigit() for each in word) and any(each.isalpha() for each in word)
    return match.span("value") if mixed else None


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
