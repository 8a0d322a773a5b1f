"""One glance at texts, which says that there is nothing in them, or that they have to be looked at.

A text is read once and in linear time, by an engine of regular expressions that is ten times as fast as Python's: the
one that pydantic validates with. A glance sees whatever is found later, and is often wrong the other way round.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

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
        return self._validator.isinstance_python(content)


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _leads() -> str:
    """Return a pattern of the leads of tokens, with as much of what follows as they all have."""
    leads = (*(token.lead for token in TOKENS), *(lead for lead, _ in HOOKS))
    return rf"{_one_of(lead for lead in leads if lead != '.')}[^\s\"',;<>()\[\]{{}}]{{8}}|\.[0-9a-f]{{16}}"


_BLANKS = r"[\s\x1c-\x1f]"
"""What is a blank in Python."""
# Beside a value or content there may be the name of a credential; wide letters may be any, and trust-store is one, too.
_NAME = f"(?i:{_one_of((*STEMS, *FAR_STEMS, 'trust', 'val', 'content'))}|[Ａ-Ｚａ-ｚ＿])"
_SIGN = r"(?:[='‘’<|＝：]|\([^\"(]{0,34}\")"
"""What is before or after a name; so is a colon, but samples in JSON are full of those, and the name is before it."""
_BEFORE_COLON = rf"(?:[^\"“”]*[\"“”]|[^\n\":={{}}\[\],]*){_BLANKS}*:"

CREDENTIALS = Glance(
    "[@＠]",
    rf"eyJ|PRIVATE KEY|(?i:identified )|(?i:basic|bearer){_BLANKS}",
    _leads(),
    r"\\[u\"'\\/bfnrt]|%[0-9a-fA-F]{2}|&(?:#[0-9xX]|(?:amp|lt|gt|quot|apos);)",
    "assw|密|令|ワ",
    r"(?:^|[^A-Za-z0-9_-])-(?:[pPuUaAwWcXk]|[^\s\"',;]*(?i:pass|pwd|secret|token|key|auth|user|credential|ak|sk))",
    f"{_NAME}{_BEFORE_COLON}",
    f"(?s:{_NAME}.*{_SIGN}|{_SIGN}.*{_NAME})",
)
"""Signs of credentials; those in base64 have none."""
PLACEHOLDERS = Glance(r"\$[{(]|\{\{|@@|__|%|<|\*\*\*")
"""Signs of masks and placeholders."""
