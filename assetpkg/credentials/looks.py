"""Quick looks that say "nothing here" of most texts, and never of one in which something would be found.

What finds credentials reads a text many times. These read it once for each sign that is in every credential of some
form, at the speed of memory: a sign is one rare character, or a few letters. A form that is added elsewhere needs its
sign here and in `signs`, or one of these.
"""

from collections.abc import Sequence
from functools import lru_cache

from assetpkg.credentials.commands import may_be_command
from assetpkg.credentials.escapes import is_escaped
from assetpkg.credentials.files import BASE64_LINE, BASE64_START, SHORTEST_BASE64
from assetpkg.credentials.folding import WIDE_SIGNS
from assetpkg.credentials.forms import may_have_form
from assetpkg.credentials.glance import CREDENTIALS
from assetpkg.credentials.keys import may_be_key
from assetpkg.credentials.labels import may_be_plain
from assetpkg.credentials.spans import LazyPattern
from assetpkg.credentials.words import has_stem, may_name_secret

_SIGN = LazyPattern("[=:<>|\"'" + WIDE_SIGNS + "]|dentified|DENTIFIED")
# Of a text with one of these all is looked at; in another, only what is before its colons may be a name.
_HARD_SIGNS = ("=", "<", "'", "|", *WIDE_SIGNS, "dentified")
_RARE_SIGNS = {"(": LazyPattern(r'\((?=\s?"|\w{1,30},\s?")'), "F": LazyPattern("F(?<=DENTIF)IED")}
"""Others, by a character that is in them: one is found faster than some, and mostly it is not there."""
_PARTS = 8
"""In how many parts texts are looked at in which a glance at all of them saw something."""
_SHORT = 200
"""In characters; looking for the stems of names is faster in a shorter text."""
_LONGEST_NAME = 128
_NAME_BEHIND = LazyPattern(r":(?=\s*+(\"[^\"]*+|[^\n\":={}\[\],]{1,160}+))")
_NAME_AT_END = LazyPattern(r"[\w.\[\]-]{1,128}\Z")


def has_key(text: str) -> bool:
    """Say whether a text has a sign of an assignment or a statement, and something like a name of a credential."""
    # After a sign at the end there is no value; base64 ends in some.
    return _SIGN.search(text.rstrip("=")) is not None and has_stem(text)


def has_address(text: str) -> bool:
    """Say whether a text has the sign that is before a host."""
    return "@" in text or "＠" in text


def is_suspicious(text: str) -> bool:
    """Say whether `find_spans` could find something in a text, or in a line of it; cheap, and often wrong."""
    looks = (has_address, may_have_form, has_key, may_be_plain, may_be_command, may_be_key, is_escaped)
    return BASE64_LINE.search(text) is not None or (CREDENTIALS.sees(text) and any(look(text) for look in looks))


def find_suspects(texts: Sequence[str]) -> list[int]:
    """Return the numbers of those texts in which `find_spans` could find something.

    One glance at all of them together says that there is nothing, mostly.
    """
    may_begin = BASE64_START.match
    found = {
        number
        for number, text in enumerate(texts)
        if len(text) >= SHORTEST_BASE64 and " " not in text[:SHORTEST_BASE64] and may_begin(text)
    }
    likely = _find_seen(texts, range(len(texts)))
    if likely:
        found.update(likely[number] for number in _find_among([texts[number] for number in likely]))
    return sorted(found)


def _find_seen(texts: Sequence[str], numbers: Sequence[int]) -> list[int]:
    """Return those of the numbers at whose texts a glance sees something: first at all of them, then at some."""
    if not CREDENTIALS.sees("\n".join([texts[number] for number in numbers])):
        return []
    if len(numbers) <= 1:
        return list(numbers)
    step = max(1, len(numbers) // _PARTS)
    parts = (numbers[start : start + step] for start in range(0, len(numbers), step))
    return [number for part in parts for number in _find_seen(texts, part)]


def _find_among(texts: Sequence[str]) -> set[int]:
    """Return the numbers of the suspects; each sign is looked for in all texts together before it is in each."""
    joined = "\n".join(texts)
    found: set[int] = set()
    for look in (has_address, may_have_form, is_escaped, may_be_plain, may_be_command, may_be_key):
        if look(joined):
            found.update(number for number, text in enumerate(texts) if look(text))
    hard = {number for sign in _HARD_SIGNS if sign in joined for number, text in enumerate(texts) if sign in text}
    for sign, rest in _RARE_SIGNS.items():
        if sign in joined and rest.search(joined):
            hard.update(number for number, text in enumerate(texts) if rest.search(text))
    found.update(number for number in hard if has_stem(texts[number]))
    if _may_have_names("\n".join([text for text in texts if ":" in text and (not hard or not _is_hard(text))])):
        soft = (number for number, text in enumerate(texts) if ":" in text and number not in hard)
        found.update(number for number in soft if _may_have_names(texts[number]))
    return found


def _is_hard(text: str) -> bool:
    return any(sign in text for sign in _HARD_SIGNS) or any(rest.search(text) for rest in _RARE_SIGNS.values())


def _may_have_names(text: str) -> bool:
    """Say whether there may be a name of a credential before a colon, in a text that has no other sign of one.

    Such a text is a sample or a message nearly always, and has a stem of such names somewhere. So the names are read,
    from behind, since a pattern that begins with a colon is fast; a document has few different ones.
    """
    if len(text) < _SHORT:
        return has_stem(text)
    names = {found[::-1] for found in set(_NAME_BEHIND.findall(text[::-1]))}
    return any(_may_be_meant(name) for name in names)


@lru_cache(maxsize=4096)
def _may_be_meant(name: str) -> bool:
    bare = name.removesuffix('"')
    if bare == name or len(name) > _LONGEST_NAME:
        # What people write, in a sentence or in a line of its own.
        return has_stem(name) or may_name_secret(name.strip())
    tail = _NAME_AT_END.search(bare)
    return may_name_secret(bare) or (tail is not None and may_name_secret(tail[0]))
