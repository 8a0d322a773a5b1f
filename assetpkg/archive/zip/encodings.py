"""Names in a zip that do not say how they are encoded: which encodings fit all of them."""

from collections.abc import Sequence

from assetpkg.archive.zip.codecs import ENCODINGS, decode_as
from assetpkg.archive.zip.names import check_path
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.sentences import shorten

_SHOWN = 3
"""How many encodings a hint names at most."""
_LOOKED_AT = 1_000
"""How many names are judged one by one; every name is decoded."""
_LONGEST = 60
"""How much of a name a hint shows."""


Undecoded = tuple[bytes, str | None]
"""A name that does not say how it is encoded, and the same name in UTF-8 where the header has that, too."""


def find_readings(names: Sequence[Undecoded]) -> Sequence[tuple[str, str]]:
    """Return the encodings that fit all names, the likeliest first, each with the first name as it is in it.

    One that makes a name that no package may have does not fit. Where all names are UTF-8, nothing else is likely.
    """
    fitting = [(word, found) for word in ENCODINGS if (found := _all_in(names, word)) is not None]
    if fitting and fitting[0][0] == "utf-8":
        fitting = fitting[:1]
    ranked = sorted(fitting, key=lambda each: -_likelihood(each[1], ENCODINGS[each[0]].common))
    best: dict[str, str] = {}
    for word, found in ranked:
        # The larger sets of one family give the same names as the smaller, which is the one that people know.
        best.setdefault(found[0], word)
    return [(word, shorten(mask_line(name), _LONGEST)) for name, word in best.items()][:_SHOWN]


def _all_in(names: Sequence[Undecoded], word: str) -> list[str] | None:
    """Return the first names in an encoding, if all are names in it."""
    found: list[str] = []
    for raw, known in names:
        name = decode_as(raw, word)
        if name is None or known not in (None, name):
            return None
        if len(found) < _LOOKED_AT:
            if not _is_good(name):
                return None
            found.append(name)
    return found


def _is_good(name: str) -> bool:
    complaints: list[str] = []
    check_path(name, lambda slug, _: complaints.append(slug))
    return not complaints


def _likelihood(names: Sequence[str], common: "str | Sequence[tuple[str, str]]") -> float:
    """Return how many of the characters that are not ASCII are common letters, from none to 1."""
    known = number = 0
    for name in names:
        for before, each, after in zip(f" {name}", name, f"{name[1:]} ", strict=False):
            if each.isascii() or (isinstance(common, str) and not each.isalpha()):
                continue
            number += 1
            if isinstance(common, str):
                # Alone after a Latin letter, it is rather a Latin letter that has swallowed the next one.
                known += not (_is_latin(before) and after.isascii()) and _has(each, common)
            else:
                known += any(first <= each <= last for first, last in common)
    return known / max(number, 1)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _has(character: str, codec: str) -> bool:
    try:
        encoded = character.encode(codec)
    except UnicodeError:
        return False
    if codec == "euc_kr":
        return 0xB0 <= encoded[0] <= 0xC8  # noqa: PLR2004 - the syllables
    # The more usual half of the Chinese and Japanese sets comes first; half-width kana are in no one's name.
    if codec == "gb2312":
        return encoded[0] < 0xD8  # noqa: PLR2004
    if codec == "big5":
        return encoded[0] < 0xC9  # noqa: PLR2004
    if codec == "shift_jis":
        return len(encoded) > 1 and encoded[0] < 0x98  # noqa: PLR2004
    return True
