"""What a word is: in any text, in a script in base64, and which of them have stand-ins."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from assetpkg.authoring.redact.edits import Edit, apply
from assetpkg.authoring.redact.encodings import Script, find_script
from assetpkg.authoring.redact.names.reading import read
from assetpkg.authoring.redact.names.vocabulary import CODE, KEPT, SHORTEST, SHORTEST_NUMBER, is_code
from assetpkg.credentials.words import is_secret_word


class WordSort(StrEnum):
    """What is replaced."""

    WORD = "word"
    """Letters, or letters and digits."""
    NUMBER = "number"
    """A number of six digits or more, unless it is a time."""
    ID = "id"
    """An id: a UUID, or 32 hexadecimal digits or more; and the address of a network card."""
    ADDRESS = "address"
    """An IP address."""


class ReplacedWord(NamedTuple):
    """A word as it is looked up: without case and width."""

    sort: WordSort
    key: str


Renew = Callable[[ReplacedWord, str], str | None]
"""Returns what is put in the place of a word that is written so, or `None` where it stays."""

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_PARTS = r"""
    (?P<kept>\d{4}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![^\W_])
        |\b(?:com\.mysql(?:\.cj)?\.jdbc\.Driver|oracle\.jdbc(?:\.driver)?\.OracleDriver|org\.postgresql\.Driver
            |com\.microsoft\.sqlserver\.jdbc\.SQLServerDriver|com\.ibm\.db2\.jcc\.DB2Driver|org\.mariadb\.jdbc\.Driver
            |org\.apache\.hive\.jdbc\.HiveDriver|com\.sap\.db\.jdbc\.Driver|com\.huawei\.gauss200?\.jdbc\.Driver
            |com\.huawei\.gauss\.jdbc\.ZenithDriver|org\.opengauss\.Driver)\b
        |\$\{deviceId\})
    |(?P<id>(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32,128}
        |(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{2}-){5}[0-9a-fA-F]{2})(?![0-9A-Za-z]))
    |(?P<v4>(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?!\w|\.\d))
    |(?P<v6>(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:]))
"""
_WORDS = rf"""
    |(?P<han>[{_HAN}]+)
    |(?P<word>(?:(?![{_HAN}])[^\W_])+)
"""
_IN_TEXT = re.compile(_PARTS + _WORDS, re.VERBOSE)
_IN_CODE = re.compile(rf"{_PARTS}|(?P<name>(?<![^\W_])[A-Za-z_$][A-Za-z0-9_$]*(?![^\W_])){_WORDS}", re.VERBOSE)
_CODED = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{20,}+={0,2}(?![A-Za-z0-9+/=])")

_TIME = re.compile(
    r"1[4-9][0-9]{8}(?:[0-9]{3})?|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{4}|[0-9]{6})?"
)
"""Seconds or milliseconds since 1970, or a date without signs, with or without the time of day."""
_EVERYBODYS = re.compile(r"0\.0\.0\.0|127\..*|255\..*|::1?")
_LARGEST_OCTET = 255
_COLONS = 7
_WIDE = 0xFEE0
"""By how much the code of a full-width letter is larger than that of the letter."""
_LONGEST_NAME = 64
_SHORT = 100
"""In characters: texts of this length are often there again, and are looked into once."""
_MOST_LEVELS = 5


def edits_of(text: str, renew: Renew, depth: int = 0) -> list[Edit]:
    """Return the edits of a text in which each word becomes what `renew` says; scripts in base64 are texts again."""
    if _names_secret(text):
        return []
    whole = _script(text) if depth < _MOST_LEVELS else None
    if whole is not None:
        return list(_in_script(whole, renew, depth))
    edits: list[Edit] = []
    spans: list[Script] = []
    for match in _CODED.finditer(text) if depth < _MOST_LEVELS and len(text) >= len("PGFiY2RlZmdoaWprbG1u") else ():
        script = _script(match[0])
        if script is not None:
            moved = script._replace(start=match.start() + script.start, end=match.start() + script.end)
            edits += _in_script(moved, renew, depth)
            spans.append(moved)
    at = 0
    for script in spans:
        edits += _words_in(text[at : script.start], at, renew)
        at = script.end
    return sorted([*edits, *_words_in(text[at:], at, renew)])


def number_of(value: int) -> ReplacedWord | None:
    """Return a number of a document as a word; `None` for one that stays."""
    return _word("word", str(abs(value)))


def _words_in(text: str, offset: int, renew: Renew) -> Iterator[Edit]:
    """Yield the edits of a text without scripts, which begins at `offset`."""
    reading = read(text)
    for start, end, word in find_words(reading.text):
        new = renew(word, reading.text[start:end])
        if new is not None:
            edit = reading.edit(start, end, new)
            yield edit._replace(start=edit.start + offset, end=edit.end + offset)


def find_words(text: str) -> Iterable[tuple[int, int, ReplacedWord]]:
    """Return the words of a text without escapes that have a stand-in, each after its bounds."""
    return _words_of_short(text) if len(text) <= _SHORT else _find_words(text)


@lru_cache(maxsize=32_768)
def _words_of_short(text: str) -> Sequence[tuple[int, int, ReplacedWord]]:
    return tuple(_find_words(text))


def _find_words(text: str) -> Iterator[tuple[int, int, ReplacedWord]]:
    for match in (_IN_CODE if is_code(text) else _IN_TEXT).finditer(text):
        sort = match.lastgroup or ""
        if sort == "name":
            if match[0].casefold() not in CODE:
                for inner in _IN_TEXT.finditer(match[0]):
                    word = _word(inner.lastgroup or "", inner[0])
                    if word is not None:
                        yield match.start() + inner.start(), match.start() + inner.end(), word
            continue
        if sort == "v6" and not _is_v6(match[0]):
            # A time of day, or hexadecimal digits with colons.
            for inner in _IN_TEXT.finditer(match[0].replace(":", " ")):
                word = _word(inner.lastgroup or "", inner[0])
                if word is not None:
                    yield match.start() + inner.start(), match.start() + inner.end(), word
            continue
        word = _word(sort, match[0])
        if word is not None:
            yield match.start(), match.end(), word


@lru_cache(maxsize=65_536)
def _word(sort: str, text: str) -> ReplacedWord | None:
    if sort == "kept":
        return None
    if sort == "id":
        return ReplacedWord(WordSort.ID, text.lower())
    if sort in {"v4", "v6"}:
        known = sort == "v6" or all(int(octet) <= _LARGEST_OCTET for octet in text.split("."))
        return ReplacedWord(WordSort.ADDRESS, text.lower()) if known and not _EVERYBODYS.fullmatch(text) else None
    if sort == "han":
        return ReplacedWord(WordSort.WORD, text) if text not in KEPT else None
    key = "".join(map(plain_letter, text))
    if key.isascii() and key.isdigit():
        is_long = len(key) >= SHORTEST_NUMBER and not _TIME.fullmatch(key)
        return ReplacedWord(WordSort.NUMBER, key) if is_long else None
    return ReplacedWord(WordSort.WORD, key) if len(key) >= SHORTEST and key not in KEPT else None


@lru_cache(maxsize=8192)
def plain_letter(sign: str) -> str:
    """Return a letter in small, and not in full width; another sign as it is."""
    plain = unicodedata.normalize("NFKC", sign) if is_wide(sign) else sign
    small = plain.lower()
    return small if len(small) == 1 else sign


def is_wide(sign: str) -> bool:
    """Say whether a sign is a letter or a digit in full width."""
    return "\uff10" <= sign <= "\uff5a" and unicodedata.category(sign)[0] in "LN"


def written_as(new: str, old: str) -> str:
    """Return a stand-in in the case and the width of what it stands for."""
    return "".join(_sign_as(sign, other) for sign, other in zip(new, old, strict=True))


def _sign_as(sign: str, old: str) -> str:
    wide = is_wide(old)
    plain = unicodedata.normalize("NFKC", old) if wide else old
    if plain != plain.lower():
        large = sign.upper()
        sign = large if len(large) == 1 else sign
    return chr(ord(sign) + _WIDE) if wide and sign.isascii() else sign


def _is_v6(text: str) -> bool:
    return any(sign.isalnum() for sign in text) and (text.count("::") == 1 or text.count(":") == _COLONS)


def _names_secret(text: str) -> bool:
    """Say whether a short text names a credential, and would not any more: it says what is beside it, and stays."""
    if len(text) > _LONGEST_NAME or not is_secret_word(text):
        return False
    edits = [Edit(start, end, "b" * (end - start)) for start, end, _ in find_words(text)]
    return bool(edits) and not is_secret_word(apply(text, edits))


def _script(text: str) -> Script | None:
    """Return what a text says in base64, if that is a text for people or programs, and can be written again."""
    found = find_script(text)
    if found is None or found.encode_again(found.text) is None:
        return None
    return found if all(sign.isprintable() or sign in "\r\n\t" for sign in found.text) else None


def _in_script(script: Script, renew: Renew, depth: int) -> Iterator[Edit]:
    edits = edits_of(script.text, renew, depth + 1)
    again = script.encode_again(apply(script.text, edits)) if edits else None
    if again is not None:
        yield Edit(script.start, script.end, again)
