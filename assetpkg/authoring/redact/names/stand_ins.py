"""Stand-ins: for each word another one of its length and sorts of characters, numbered by first appearance."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import gcd
from typing import Any

from assetpkg.authoring.redact.edits import apply
from assetpkg.authoring.redact.names.vocabulary import is_reserved
from assetpkg.authoring.redact.names.words import ReplacedWord, WordSort, edits_of, plain_letter, written_as
from assetpkg.credentials.words import is_secret_word
from assetpkg.errors import NameRemains

_CONSONANTS, _VOWELS = "bdfglmnprstvz", "aeiou"
_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fa5"
_HAN = "".join(map(chr, range(ord(_FIRST_HAN), ord(_LAST_HAN) + 1)))
_NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
"""The addresses that are for documentation alone (RFC 5737); what is beyond them is for measurements (RFC 2544)."""
_HOSTS = 254
_MEASURED = 2 * 256 * 256
_PAGE = 128
_ENOUGH = 10**9
_GOLDEN = 0.6180339887
_MAC = 17
_UUID = 36


class Names:
    """The stand-ins of words, the same in every copy that is made with them; nobody can undo a copy without them.

    A stand-in says how long its word is, of which sorts of characters, and how many of these were met before: it is not
    made of the word, so that no list of words finds it again.
    """

    def __init__(self, known: Mapping[ReplacedWord, str] | None = None, *, keep: Iterable[str] = ()) -> None:
        """Begin with those that are known; the words in `keep`, of whatever case, stay as they are."""
        self.keep = frozenset("".join(map(plain_letter, word)) for word in keep)
        self._known = dict(known or {})
        self._taken = set(self._known.values())
        self._next: Counter[tuple[Any, ...]] = Counter()

    def __repr__(self) -> str:
        """Show how many there are, and none of them."""
        return f"Names({len(self)})"

    def __len__(self) -> int:
        """Return how many words have a stand-in."""
        return len(self._known)

    def __contains__(self, word: ReplacedWord) -> bool:
        """Say whether a word has a stand-in."""
        return word in self._known

    def is_stand_in(self, key: str) -> bool:
        """Say whether a word stands for another one."""
        return key in self._taken

    def add(self, words: Iterable[ReplacedWord]) -> None:
        """Give stand-ins to words in their order; none of them is one of the words.

        Raises `NameRemains` where there are more words of one length than there can be stand-ins.
        """
        fresh = [word for word in dict.fromkeys(words) if word not in self._known and word.key not in self.keep]
        avoided = {word.key for word in (*fresh, *self._known)}
        for word in fresh:
            found = self._find(word, avoided)
            if found != word.key:
                self._known[word] = found
                self._taken.add(found)

    def put(self, word: ReplacedWord, stand_in: str) -> None:
        """Have a word stand for another one, unless it has a stand-in already."""
        if word not in self._known and word.key not in self.keep:
            self._known[word] = stand_in
            self._taken.add(stand_in)

    def renew(self, word: ReplacedWord, text: str) -> str | None:
        """Return what stands for a word that is written as `text`; `None` where it stays."""
        found = self._known.get(word)
        if found is None or word.sort is WordSort.ADDRESS:
            return found
        return _id_as(found, text) if word.sort is WordSort.ID else written_as(found, text)

    def replace(self, text: str) -> str:
        """Return a text, such as a prefix or an address, with the stand-ins of the words that are known."""
        return apply(text, edits_of(text, self.renew))

    def restore(self, text: str) -> str:
        """Return a text about a copy, such as an answer, with the words in the place of their stand-ins.

        The case of a letter is that in the text.
        """
        back = {ReplacedWord(word.sort, found): word.key for word, found in self._known.items()}

        def renew(word: ReplacedWord, written: str) -> str | None:
            found = back.get(word)
            if found is None or word.sort is WordSort.ADDRESS:
                return found
            return _id_as(found, written) if word.sort is WordSort.ID else written_as(found, written)

        return apply(text, edits_of(text, renew))

    def items(self) -> Iterator[tuple[ReplacedWord, str]]:
        """Yield the words with their stand-ins, in the order in which they were met."""
        yield from self._known.items()

    def _find(self, word: ReplacedWord, avoided: set[str]) -> str:
        shape, candidates = _candidates(word, self._next)
        for number, candidate in candidates:
            self._next[shape] = number + 1
            if candidate in self._taken or candidate in avoided:
                continue
            if word.sort is WordSort.WORD and (is_reserved(candidate) or is_secret_word(candidate)):
                continue
            return candidate
        if len(word.key) == 1 or _capacity(list(map(_wide_alphabet, word.key))) == 1:
            return word.key
        raise NameRemains(
            f"there are more words of {len(word.key)} characters than there can be stand-ins; divide the package into "
            "several packages"
        )


def _candidates(
    word: ReplacedWord, counts: Mapping[tuple[Any, ...], int]
) -> tuple[tuple[Any, ...], Iterator[tuple[int, str]]]:
    """Return what words of the same shape have in common, and what they may become, numbered, from the next on."""
    if word.sort is WordSort.ADDRESS:
        shape: tuple[Any, ...] = (word.sort, ":" in word.key)
        return shape, _addresses(v6=":" in word.key, start=counts.get(shape, 0))
    if word.sort is WordSort.ID:
        shape = (word.sort, len(word.key), word.key[2:3] if len(word.key) == _MAC else "")
        return shape, _ids(word.key, counts.get(shape, 0))
    if word.sort is WordSort.NUMBER:
        narrow = wide = [_DIGITS[1:], *[_DIGITS] * (len(word.key) - 1)]
    else:
        narrow = [_alphabet(sign, place) for place, sign in enumerate(word.key)]
        wide = list(map(_wide_alphabet, word.key))
    shape = (word.sort, *map(_alphabet_number, wide))
    return shape, _spellings(narrow, wide, counts.get(shape, 0))


def _spellings(narrow: Sequence[str], wide: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    """Yield words with the numbers from `start` on: such as can be said, and when these are used up, any."""
    few = _capacity(narrow)
    stride = _stride(few)
    for number in range(start, few):
        yield number, _spell(narrow, (number + 1) * stride % few)
    for number in range(max(start, few), few + _capacity(wide) if wide is not narrow else few):
        yield number, _spell(wide, number - few)


def _capacity(alphabets: Sequence[str]) -> int:
    """Return how many words there are, of which only so many places differ as are enough for everything."""
    found = 1
    for alphabet in alphabets:
        if found >= _ENOUGH:
            return found
        found *= len(alphabet)
    return found


@lru_cache(maxsize=4096)
def _stride(count: int) -> int:
    """Return a number without a common divisor with `count`: its multiples meet all others, far from each other."""
    stride = max(1, int(count * _GOLDEN))
    while gcd(stride, count) > 1:
        stride += 1
    return stride


def _spell(alphabets: Sequence[str], number: int) -> str:
    """Return the word with this number; behind the places that differ, each has the first of its alphabet."""
    signs = []
    for alphabet in alphabets:
        number, place = divmod(number, len(alphabet))
        signs.append(alphabet[place])
    return "".join(signs)


def _alphabet(sign: str, place: int) -> str:
    """Return what stands for a sign at this place of a word; letters take turns, so that a word can be said."""
    if sign.isascii() and sign.isalpha():
        return _VOWELS if place % 2 else _CONSONANTS
    return _STEMS if _FIRST_HAN <= sign <= _LAST_HAN else _wide_alphabet(sign)


@lru_cache(maxsize=8192)
def _wide_alphabet(sign: str) -> str:
    """Return all that may stand for a sign."""
    if sign.isascii():
        return _LETTERS if sign.isalpha() else _DIGITS
    if _FIRST_HAN <= sign <= _LAST_HAN:
        return _HAN
    start = ord(sign) // _PAGE * _PAGE
    alike = [each for code in range(start, start + _PAGE) if _sort_of(each := chr(code)) == _sort_of(sign)]
    return "".join(alike)


@lru_cache(maxsize=65_536)
def _sort_of(sign: str) -> tuple[str, bool, bool, int]:
    """Return what signs have in common of which one may stand for the other."""
    is_stable = unicodedata.normalize("NFC", sign) == sign
    is_small = plain_letter(sign) == sign and len(sign.upper()) == 1 and sign.upper().lower() == sign
    return unicodedata.category(sign), unicodedata.decomposition(sign) == "", is_stable and is_small, len(sign.encode())


@lru_cache(maxsize=256)
def _alphabet_number(alphabet: str) -> str:
    """Return a short word for an alphabet: two have the same first sign only if they are the same."""
    return alphabet[:1]


def _addresses(*, v6: bool, start: int) -> Iterator[tuple[int, str]]:
    known = len(_NETWORKS) * _HOSTS
    for number in range(start, _ENOUGH if v6 else known + _MEASURED):
        if v6:
            yield number, f"2001:db8::{number // 0x10000:x}:{number % 0x10000 + 1:x}"
        elif number < known:
            yield number, f"{_NETWORKS[number // _HOSTS]}.{number % _HOSTS + 1}"
        else:
            rest = number - known
            yield number, f"198.{18 + rest // 65_536}.{rest // 256 % 256}.{rest % 256}"


def _ids(key: str, start: int) -> Iterator[tuple[int, str]]:
    for number in range(start, _ENOUGH):
        if len(key) == _MAC:
            pairs = f"02{number + 1:010x}"
            yield number, key[2].join(pairs[at : at + 2] for at in range(0, len(pairs), 2))
        elif len(key) == _UUID and "-" in key:
            yield number, f"1d000000-0000-4000-8000-{number + 1:012x}"
        else:
            yield number, f"1d{number + 1:0{len(key) - 2}x}"


def _id_as(found: str, text: str) -> str:
    return found.upper() if text != text.lower() else found
