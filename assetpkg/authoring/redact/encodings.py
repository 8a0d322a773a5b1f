"""The ways in which a secret is written again: as it is, escaped, or encoded; and a search for many at once.

Texts in base64, such as the scripts of custom backends, are read here, and written again as they were.
"""

import base64
import html
import json
import re
import string
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from assetpkg.credentials import decode_base64, sort_of_file
from assetpkg.credentials.escapes import unescape

_LETTERS = f"{string.ascii_letters}{string.digits}+/"
_WORD = re.compile(r"[A-Za-z0-9+/]*={0,2}")


LEAST = 8
"""How many characters a secret has at least to be looked for elsewhere; shorter ones are everywhere by chance."""
LEAST_MIXED = 6
"""The same for one that mixes letters with digits or signs, as no word and no number does."""
MOST = 10_000
"""The same at most: what is longer is a file, and is found by what it is."""

_BLOCK = 3
_FURTHEST = LEAST_MIXED - _BLOCK + 1
"""How far the search may go on where no needle's head has the block of letters that it looks at."""

_BEFORE, _BEHIND = re.compile(r"[A-Za-z0-9+]"), re.compile(r"[A-Za-z0-9+/=]")
"""What says that base64 goes on; signs that are in addresses and assignments as well do not."""


def is_distinctive(secret: str) -> bool:
    """Say whether a secret that is met elsewhere is there on purpose, and not by chance."""
    mixed = any(each.isalpha() for each in secret) and not secret.isalpha()
    return (LEAST_MIXED if mixed else LEAST) <= len(secret) <= MOST


def spellings(secret: str) -> Iterator[str]:
    """Yield the ways in which a whole secret is written in a text; where it begins and ends is plain to see."""
    yield secret
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield json.dumps(secret)[1:-1]
    for encoded in (quote(secret, safe=""), quote(secret, safe="/"), quote(secret, safe="!'()*"), quote_plus(secret)):
        yield encoded
        yield re.sub("%[0-9A-F]{2}", lambda match: match.group().lower(), encoded)
    yield html.escape(secret)
    yield secret.encode().hex()
    yield secret.encode().hex().upper()


def forms(secret: str) -> Iterator[str]:
    """Yield a secret as it was met, and what it says where it was escaped: what a text says once it is unescaped."""
    yield secret
    plain = unescape(secret)
    if plain != secret and len(plain) >= LEAST_MIXED:
        yield plain


def codes(secret: str) -> Iterator[str]:
    """Yield a whole secret in base64, which may be in a text as a word of its own."""
    for code in (base64.b64encode(secret.encode()), base64.urlsafe_b64encode(secret.encode())):
        yield code.decode()
        yield code.decode().rstrip("=")


def inner_codes(secret: str) -> Iterator[str]:
    """Yield what base64 has in it where the secret is in the middle of what it says."""
    raw = secret.encode()
    for shift in range(3):
        # Of the first and the last letters, some bits belong to what is beside the secret.
        code = base64.b64encode(bytes(shift) + raw)[(shift * 8 + 5) // 6 : (shift + len(raw)) * 8 // 6].decode()
        yield code
        yield code.replace("+", "-").replace("/", "_")


def traces(secret: str) -> Iterator[bytes]:
    """Yield what a file has in it where the secret is in it, be it in the middle of base64 or in UTF-16."""
    for text in (*spellings(secret), *inner_codes(secret)):
        yield text.encode()
    yield from (secret.encode("utf-16-le"), secret.encode("utf-16-be"))


class Found(NamedTuple):
    """Where a secret begins and ends, in some encoding."""

    start: int
    end: int
    secret: str


class Search:
    """A search for many needles in one walk (Wu and Manber's), in a time that hardly depends on how many they are."""

    def __init__(self, needles: Iterable[tuple[str, str]], *, words: Iterable[tuple[str, str]] = ()) -> None:
        """Look for the first of each pair, which stands for the second; `words` are found only between non-letters."""
        plain = [(needle, secret, False) for needle, secret in needles]
        self._by_head: dict[str, list[tuple[str, str, bool]]] = {}
        self._shifts: dict[str, int] = {}
        for needle, secret, is_word in dict.fromkeys([*plain, *((word, secret, True) for word, secret in words)]):
            self._by_head.setdefault(needle[:LEAST_MIXED], []).append((needle, secret, is_word))
        for head, candidates in self._by_head.items():
            candidates.sort(key=lambda candidate: -len(candidate[0]))
            for at in range(_FURTHEST):
                block = head[at : at + _BLOCK]
                self._shifts[block] = min(_FURTHEST - 1 - at, self._shifts.get(block, _FURTHEST))

    def __len__(self) -> int:
        """Return how many needles there are."""
        return sum(map(len, self._by_head.values()))

    def find(self, text: str) -> Iterator[Found]:
        """Yield what is in `text`, from left to right and without overlaps."""
        # From `at` on, a head may begin only where the block that would end it allows.
        at, last = 0, len(text) - LEAST_MIXED if self._by_head else -1
        shifts = self._shifts
        while at <= last:
            shift = shifts.get(text[at + LEAST_MIXED - _BLOCK : at + LEAST_MIXED], _FURTHEST)
            if not shift:
                found = self._at(text, at)
                if found is not None:
                    yield found
                    shift = found.end - at
            at += shift or 1

    def _at(self, text: str, at: int) -> Found | None:
        for needle, secret, is_word in self._by_head.get(text[at : at + LEAST_MIXED], ()):
            end = at + len(needle)
            if text.startswith(needle, at) and not (is_word and _is_within_code(text, at, end)):
                return Found(at, end, secret)
        return None


def _is_within_code(text: str, start: int, end: int) -> bool:
    return bool((start and _BEFORE.match(text, start - 1)) or _BEHIND.match(text, end))


class Script(NamedTuple):
    """A text in base64: its bounds in the text around it, that code, and what it says."""

    start: int
    end: int
    code: str
    text: str

    def encode_again(self, changed: str) -> str | None:
        """Return another text in base64, in such lines as this one; `None` where this one would not come back."""
        return self._encode(changed) if self._encode(self.text) == self.code else None

    def _encode(self, text: str) -> str:
        lines = self.code.split("\n")
        code = base64.b64encode(text.encode()).decode()
        if len("".join(lines).replace("\r", "")) % 4:
            code = code.rstrip("=")
        if len(lines) == 1:
            return code
        width, end = len(lines[0].rstrip("\r")), "\r\n" if lines[0].endswith("\r") else "\n"
        return end.join(code[at : at + width] for at in range(0, len(code), width)) if width else code


def scripts_around(text: str, places: Iterable[int]) -> Iterator[Script]:
    """Yield the texts in base64 that are in `text`, as words of it, at some places, which ascend."""
    end = 0
    for place in places:
        if place < end:
            continue
        start = len(text[end:place].rstrip(_LETTERS)) + end
        word = _WORD.match(text, start)
        end = word.end() if word else place
        found = find_script(text[start:end])
        if found is not None:
            yield found._replace(start=start + found.start, end=start + found.end)


def find_script(text: str) -> Script | None:
    """Return the text that all of `text` holds in base64, if it holds one; keys and files of keys are none."""
    found = decode_base64(text)
    if found is None or sort_of_file(found[1]) is not None:
        return None
    match, content = found
    code = match["code"].rstrip("\r\n")
    try:
        return Script(match.start("code"), match.start("code") + len(code), code, content.decode())
    except UnicodeDecodeError:
        return None
