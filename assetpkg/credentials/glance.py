"""One glance at texts, which says that there is nothing in them, or that they have to be looked at.

A text is read once and in linear time, by an engine of regular expressions that is ten times as fast as Python's: the
one that pydantic validates with. A glance sees whatever is found later, and is often wrong the other way round.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.credentials.tokens import HOOKS, TOKENS
from assetpkg.credentials.words import FAR_STEMS, STEMS

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator


class Glance:
    """Several patterns that are looked for in a text at once, in the language of Rust's regular expressions."""

    def __init__(self, *patterns: str) -> None:
        """Take the patterns, which are compiled when they are used first."""
        self._patterns = patterns

    @cached_property
    def _validator(self) -> "SchemaValidator":
        from pydantic_core import SchemaValidator
        from pydantic_core.core_schema import str_schema

        return SchemaValidator(str_schema(pattern="|".join(self._patterns), regex_engine="rust-regex"))

    def sees(self, text: str) -> bool:
        """Say whether one of the patterns is anywhere in a text, or the text cannot be written as UTF-8."""
        try:
            content = text.encode()
        except UnicodeEncodeError:
            return True
        return self.sees_in(content)

    def sees_in(self, content: bytes) -> bool:
        """Say whether one of the patterns is anywhere in a text in UTF-8."""
        return self._validator.isinstance_python(content)


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _leads() -> str:
    """Return a pattern of the leads of tokens, with as much of what follows as they all have."""
    leads = (*(token.lead for token in TOKENS), *(lead for lead, _ in HOOKS))
    return rf"{_one_of(lead for lead in leads if lead != '.')}[^\s\"',;<>()\[\]{{}}]{{8}}|\.[0-9a-f]{{16}}"


class _Spelling(NamedTuple):
    """How what stands in a text is spelled: a blank, a quotation mark, any character, and an escape in the text.

    `longest` is how many characters a short word has at most.
    """

    blank: str
    quote: str
    any: str
    escape: str
    longest: int


# What is a blank in Python.
_BLANKS = r"\s\x1c-\x1f"
_PLAINLY = _Spelling(f"[{_BLANKS}]", '"', ".", r"\\[u\"'\\/bfnrt]", 34)
# In the JSON of a document, a quotation mark in a text has a backslash before it; one without ends the text.
_IN_JSON = _Spelling(rf"(?:[{_BLANKS}]|\\[bfnrt])", r"\\\"", r"(?:[^\"]|\\\")", r"\\\\|\\[u/]", 68)


def _credentials(spelled: _Spelling) -> tuple[str, ...]:
    """Return the signs of credentials in a text that is spelled so; those in base64 have none."""
    # Beside a value or content there may be the name of a credential; wide letters may be any; a trust-store is one.
    name = f"(?i:{_one_of((*STEMS, *FAR_STEMS, 'trust', 'val', 'content'))}|[Ａ-Ｚａ-ｚ＿])"
    # Before or after a name. So is a colon, but samples in JSON are full of those, and the name is before it.
    sign = rf"(?:[='‘’<|＝：]|\([^\"(]{{0,{spelled.longest}}}{spelled.quote})"
    before_colon = rf"(?:[^\"“”]*(?:{spelled.quote}|[“”])|[^\n\":={{}}\[\],]*){spelled.blank}*:"
    option = r"-(?:[pPuUaAwWcXk]|[^\s\"',;]*(?i:pass|pwd|secret|token|key|auth|user|credential|ak|sk))"
    return (
        "[@＠]",
        rf"eyJ|PRIVATE KEY|(?i:identified|basic|bearer){spelled.blank}",
        _leads(),
        rf"{spelled.escape}|%[0-9a-fA-F]{{2}}|&(?:#[0-9xX]|(?:amp|lt|gt|quot|apos);)",
        "assw|密|令|ワ",
        rf"(?:^|[^A-Za-z0-9_-]|{spelled.blank}){option}",
        f"{name}{before_colon}",
        f"(?s:{name}{spelled.any}*{sign}|{sign}{spelled.any}*{name})",
    )


def _base64() -> str:
    """Return a pattern of a string in JSON that may be base64 as a whole, and is not an id."""
    digit, other, code = "[0-9a-f]", "[A-Zg-z+/]", "[A-Za-z0-9+/]"
    # Twenty characters at least, of which the first that no id has comes after so many that an id may have.
    mixed = "|".join(f"{digit}{{{number}}}{other}{code}{{{19 - number},}}" for number in range(20))
    long = rf"(?:{mixed}|{digit}{{20,}}(?:{other}|\\[rn]))(?:{code}|\\[rn])*={{0,2}}"
    digits = f"{digit}{{20,31}}={{0,2}}|{digit}{{32}}={{1,2}}|{digit}{{33,}}={{0,2}}"
    return rf'"(?:data:|(?:{long}|{digits})(?:\s|\\[bfnrt])*\\*")'


_PLACEHOLDERS = r"\$[{(]|\{\{|@@|__|%|<|\*\*\*"

CREDENTIALS = Glance(*_credentials(_PLAINLY))
"""Signs of credentials; those in base64 have none."""
PLACEHOLDERS = Glance(_PLACEHOLDERS)
"""Signs of masks and placeholders."""
DOCUMENTS = Glance(*_credentials(_IN_JSON), _base64(), _PLACEHOLDERS)
"""Signs of any of these in a text of a document, its keys included, in the JSON of all of it.

What JSON may escape and need not, a slash and any character by its number, is such a sign, too. So is every escape in
a document that is in a text, since the backslash of it has another one before it: what stands in the texts of that
document is seen as well.
"""
