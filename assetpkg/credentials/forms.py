"""Credentials that are known by their form: private keys, tokens, and the values of authorization headers."""

import base64
import re
from collections.abc import Iterator

from assetpkg.credentials.spans import SHORTEST_TOKEN, LazyPattern, Sort, Span
from assetpkg.credentials.tokens import find_tokens, may_have_token
from assetpkg.credentials.values import is_key

SHORTEST_FORM = 14
"""How many characters the shortest of them has: an authorization header."""
_PEM = LazyPattern(r"-{4,5} ?(?P<word>BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z0-9 ]{0,10}-{0,5}")
_KEY_BODY = LazyPattern(r"[A-Za-z0-9+/]{16}")
_JWT = LazyPattern(r"eyJ[\w-]{8,}+(?P<rest>\.eyJ[\w-]{8,}+\.[\w-]{8,}+)?")
_SCHEME = LazyPattern(r"(?P<scheme>basic|bearer)\s{1,8}(?P<word>[A-Za-z0-9._~+/-]{6,4096}={0,2})", re.IGNORECASE)
_SCHEME_HINT = LazyPattern("asic\\s|earer\\s|ASIC\\s|EARER\\s")
_TELLTALES = {"b": LazyPattern(r"b(?i:asic|earer)\s"), "B": LazyPattern(r"B(?i:asic|earer)\s")}
"""Patterns by the character that they begin with."""
_SHORTEST_BEARER = 8
_LEAST_LETTERS = 4
"""How many different characters a token has at least; one of fewer is a sample, such as `ghp_xxxx…`."""


def may_have_form(text: str) -> bool:
    """Say whether `by_form` could find something in a text, or in a piece of it."""
    return (
        # One character is found faster than some, and mostly not.
        ("J" in text and "eyJ" in text)
        or ("K" in text and "PRIVATE KEY" in text)
        or any(sign in text and telltale.search(text) for sign, telltale in _TELLTALES.items())
        or may_have_token(text)
    )


def by_form(text: str) -> Iterator[Span]:
    """Find private keys, tokens, and the values of authorization headers."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    for start, end in find_tokens(text):
        if _is_no_sample(text[start:end]):
            yield Span(start, end, Sort.TOKEN)
    if "eyJ" in text:
        for match in _JWT.finditer(text):
            if match["rest"]:
                yield Span(match.start(), match.end(), Sort.TOKEN)
    if _SCHEME_HINT.search(text):
        for match in _SCHEME.finditer(text):
            if _is_authorization(match["scheme"].lower(), match["word"]):
                yield Span(match.start("word"), match.end("word"), Sort.TOKEN)


def _private_keys(text: str) -> Iterator[Span]:
    marks = list(_PEM.finditer(text))
    for number, mark in enumerate(marks):
        if mark["word"] == "END":
            continue
        following = marks[number + 1] if number + 1 < len(marks) else None
        end = following.start() if following else len(text)
        if _KEY_BODY.search(text, mark.end(), end):
            closed = following is not None and following["word"] == "END"
            yield Span(mark.start(), following.end() if closed and following else end, Sort.PRIVATE_KEY)


def _is_no_sample(token: str) -> bool:
    return "EXAMPLE" not in token and len(set(token[-16:])) >= _LEAST_LETTERS


def _is_authorization(scheme: str, word: str) -> bool:
    if scheme == "bearer":
        long = len(word) >= SHORTEST_TOKEN and any(each.isdigit() for each in word)
        return (long or (len(word) >= _SHORTEST_BEARER and is_key(word))) and _is_no_sample(word)
    decoded = decode(word)
    return decoded is not None and b":" in decoded[1:] and decoded.isascii() and decoded.decode().isprintable()


def decode(code: str) -> bytes | None:
    """Return what base64 says; `None` for what is none."""
    code = code.replace("\r", "").replace("\n", "") if "\n" in code else code
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
    except ValueError:
        return None
