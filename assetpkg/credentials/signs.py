"""The signs of credentials that a glance looks for, as patterns in the language of Rust's regular expressions.

They are made for an automaton that is built while it reads: it has a state for each combination of what may have begun,
and building and remembering these costs more than reading. So signs begin alike where they can, no letter needs the
folding of Unicode, and whatever is no ASCII is one class, unless it is a sign itself. All of that only makes a glance
see more.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from operator import itemgetter
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

from assetpkg.credentials.tokens import HOOKS, TOKENS
from assetpkg.credentials.words import FAR_STEMS, NAMES, NAMES_ALONE

# What is taken for another letter: for i, k and s where Python ignores case, and wide letters where they are folded.
_AS_OTHERS = "ıİ\u212aſＡ-Ｚａ-ｚ＿"
_FAR = r"\x{80}-\x{10ffff}"
_BLANKS = rf"\x00-\x20{_FAR}"
# What a text that is read with its wide letters folded has in the place of the quotation marks and signs in names.
_SIGNS = "='‘’<|＝：＂＇＜｜"

_ALPHABET = f"{ascii_uppercase}{ascii_lowercase}{digits}+/"
_CODE = "[A-Za-z0-9+/]"


class Spelling(NamedTuple):
    """How what stands in a text is spelled: a blank, a quotation mark, any character, and an escape in the text.

    `control` is a blank that may be spelled with a letter.
    """

    blank: str
    control: str
    quote: str
    any: str
    escape: str


PLAINLY = Spelling(f"[{_BLANKS}]", r"[\t-\r]", '"', "(?s:.)", r"\\[u\"'\\/bfnrt]")
# In the JSON of a document, a quotation mark in a text has a backslash before it; one without ends the text.
IN_JSON = Spelling(rf"(?:[{_BLANKS}]|\\[bfnrt])", r"\\[bfnrt]", r"\\\"", r"(?:[^\"]|\\\")", r"\\\\|\\[u/]")

PLACEHOLDERS = r"\$[{(]|\{\{|@@|__|%|<|\*\*\*"
"""Signs of masks and placeholders."""


def one_of(words: Iterable[str], spell: Callable[[str], str] = re.escape) -> str:
    """Return a pattern of words, or of more of them: what begins as a word does is found with it.

    What they have in common at the beginning is in it once, so that an automaton has one place for it.
    """
    known = sorted(words)
    if not known[0]:
        return ""
    alike = groupby(known, key=itemgetter(0))
    found = [spell(first) + one_of([word[1:] for word in group], spell) for first, group in alike]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def credentials(spelled: Spelling) -> tuple[str, ...]:
    """Return the signs of credentials in a text that is spelled so; those in base64 have none."""
    option = r"-(?:[pPuUaAwWcXk]|[^\x00-\x20\"',;]*(?i-u:pass|pwd|secret|token|key|auth|user|credential|ak|sk))"
    return (
        f"[@＠{_AS_OTHERS}]",
        rf"eyJ|PRIVATE KEY|(?i-u:identified|basic|bearer){spelled.blank}",
        _leads(),
        rf"{spelled.escape}|%[0-9a-fA-F]{{2}}|&(?:#[0-9xX]|(?:amp|lt|gt|quot|apos);)",
        rf"assw|ASSW|[密令ワ]|(?i:{one_of(FAR_STEMS)})",
        _keys(spelled),
        rf"(?:^|[^A-Za-z0-9_-]|{spelled.control}){option}",
        rf"(?i-u:auth){spelled.blank}*[=＝]",
        _names(spelled),
    )


@cache
def _leads() -> str:
    """Return a pattern of the leads of tokens, with as much of what follows as they all have."""
    leads = (*(token.lead for token in TOKENS), *(lead for lead, _ in HOOKS))
    return rf"{one_of(lead for lead in leads if lead != '.')}[^\x00-\x20\"',;<>()\[\]{{}}]{{8}}|\.[0-9a-f]{{16}}"


def _keys(spelled: Spelling) -> str:
    """Return a pattern of a long word after the name of a key, and of the first line of the file of an access key."""
    gap = rf"(?:(?u:[^0-9A-Za-z_/\"])|{spelled.control}|{spelled.quote})+"
    short = rf"(?:^|[^0-9A-Za-z]|{spelled.control})(?i-u:ak|sk)"
    name = rf"(?:{short}|(?i-u:secret|token|app[ _-]?code|key(?:[ _-]?id)?))"
    return rf"{name}{gap}(?:(?i-u:is){gap})?{_CODE}{{20}}|(?i-u:secret[ _]?access[ _]?key)"


def _names(spelled: Spelling) -> str:
    """Return a pattern of the names of credentials before a colon, and of those in a text that has another sign.

    Samples in JSON are full of colons, and one after `"value"` is such a sign: the name may be beside it.
    """
    between = rf"(?:(?u:[^0-9A-Za-z\"])|{spelled.control})*"
    words = one_of(NAMES, lambda letter: between if letter == "_" else re.escape(letter))
    # `"key"` as a whole is none, and samples have it often.
    key = rf"(?u:[^\"])key|key(?:(?u:[^\"\\])|{spelled.control})"
    name = f"(?i-u:{words}|{key})"
    # Such a name is a word of its own, also behind small letters, and ends there or with two digits.
    word = rf"(?i-u:{one_of(NAMES_ALONE)})[0-9]{{0,2}}"
    inner = "|".join(f"[0-9a-z]{each[0].upper()}(?i-u:{each[1:]})[0-9]{{0,2}}" for each in NAMES_ALONE)
    alone = rf"(?:(?:^|[^0-9A-Za-z]|{spelled.control}){word}|{inner})"
    ends, ends_before = "(?:$|[^0-9A-Za-z])", rf"(?:{spelled.quote}|[^0-9A-Za-z\"])"

    letters = r"\n\":={}\[\],"
    closed = rf"(?:{spelled.quote}|[“”]){spelled.blank}*:"
    colon = rf"(?:[^\"]*{closed}|[^{letters}]*:)"
    colon_behind = rf"(?:(?:[^\"0-9A-Za-z][^\"]*)?{closed}|(?:[^{letters}0-9A-Za-z][^{letters}]*)?:)"
    # Before or after a name.
    sign = rf"(?:[{_SIGNS}]|\([^\"()]*{spelled.quote}|(?i-u:val|content){colon})"
    return (
        f"{name}(?:{colon}|{spelled.any}*{sign})|{alone}(?:{colon_behind}|(?:{ends_before}{spelled.any}*)?{sign})"
        f"|{sign}(?:{spelled.any}*(?:{name}|{alone}{ends})|{word}{ends})"
    )


def base64() -> str:
    """Return a pattern of a string in JSON that may be base64 of a text or of a file of keys as a whole.

    A text is UTF-8: the first byte of a character says that bytes follow it that say so themselves. Four characters of
    base64 are three bytes, and most words, paths and ids are no such thing before their fifth.
    """
    first = _three_bytes(range(32), range(48, 62))
    later = _three_bytes(range(48), range(32, 62))
    text = rf"{first}(?:{later}){{4,}}{_CODE}{{0,3}}(?:\\[rn](?:{_CODE}|\\[rn])*)?"
    # Sequences in ASN.1, a zip archive, and the key stores of Java.
    file = rf"(?:M[A-I]{_CODE}{{3}}|UEsDB|/u3\+7|zs7Oz){_CODE}{{15}}(?:{_CODE}|\\[rn])*"
    return rf'"(?:data:|(?:{text}|{file})={{0,2}}{IN_JSON.blank}*\\*")'


def _three_bytes(alone: range, more: range) -> str:
    """Return a pattern of the base64 of three bytes in UTF-8: in the second, the first is `alone`, or has `more` of it.

    The ranges are of the six bits that the first character of base64 stands for, all of them of the first byte.
    """
    # Of the second byte, the second character has the upper four bits, and of the third byte, the third one two.
    plain, going_on, leading = _codes(range(8), 16), _codes(range(8, 12), 16), _codes(range(12, 16), 16)
    plain_third, going_on_third = _codes((0, 1, 3), 4), _codes((2,), 4)
    return (
        f"(?:{_codes(alone)}(?:{plain}{plain_third}|{leading}{going_on_third})|{_codes(more)}{going_on}{_CODE}){_CODE}"
    )


def _codes(wanted: Iterable[int], of: int = 64) -> str:
    """Return a class of the characters of base64 whose last bits, `of` so many values, are wanted."""
    return f"[{''.join(code for bits, code in enumerate(_ALPHABET) if bits % of in wanted)}]"
