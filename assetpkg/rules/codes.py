"""The codes of rules as people write them: whole, or as prefixes that stand for all that begin with them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Rule, family_of
from assetpkg.errors import InvalidOption, near, nearest
from assetpkg.rules import RETIRED, catalogue

_FAMILY = 3
"""How many letters of a code of assetpkg's own name its family."""
_OF_A_PLUGIN = re.compile(r"[A-Z]{1,8}[0-9]{0,3}")
_doubts: ContextVar[list[str] | None] = ContextVar("doubts", default=None)
"""Where settings are read: the prefixes that a plug-in may know, which is not loaded for that."""


def parse_codes(words: Iterable[str], known: Mapping[str, Rule] | None = None) -> tuple[str, ...]:
    """Read prefixes of codes, also several in a word with commas between; raises `InvalidOption` for unknown ones.

    `known` are the rules that there are, by their codes, where these are not only assetpkg's own.
    """
    parts = [part.strip() for word in words for part in word.split(",") if part.strip()]
    doubts = _doubts.get()
    for part in parts:
        prefix = part.upper()
        if doubts is not None and not _is_known(prefix, catalogue()) and _OF_A_PLUGIN.fullmatch(prefix):
            doubts.append(prefix)
        else:
            refuse_unknown(part, known or catalogue())
    return tuple(part.upper() for part in parts)


@contextmanager
def doubting() -> Iterator[list[str]]:
    """Have prefixes passed over that are none of assetpkg's own, and may be of a plug-in; they are in the list."""
    found: list[str] = []
    token = _doubts.set(found)
    try:
        yield found
    finally:
        _doubts.reset(token)


def refuse_unknown(word: str, known: Mapping[str, Rule]) -> None:
    """Raise `InvalidOption` for the beginning of no code."""
    prefix = word.upper()
    if not _is_known(prefix, known):
        # In capitals, a token is not known by its form any more.
        shown = prefix if mask_line(word) == word else mask_line(word)
        raise InvalidOption(f"no rule code begins with '{shown}'{near_code(prefix, known)}")


def _is_known(prefix: str, known: Mapping[str, Rule]) -> bool:
    return any(code.startswith(prefix) for code in (*known, *RETIRED))


def refuse_retired(code: str) -> None:
    """Raise `InvalidOption` for the code of a rule that there is no more."""
    if code in RETIRED:
        raise InvalidOption(f"the rule {code} is retired; 'assetpkg rules {code[:_FAMILY]}' lists those that there are")


def near_code(prefix: str, known: Mapping[str, Rule]) -> str:
    """Suggest a code for a slug, a family for a misspelled family, and a code for a misspelled code.

    Where no plug-in is known, a code that only a plug-in can have leads to how one is named.
    """
    codes = {rule.slug.upper(): rule.code for rule in known.values()}
    # No code has a hyphen, so whoever writes one means a slug.
    slug = nearest(prefix, codes) if "-" in prefix else prefix
    if slug in codes:
        return f"; did you mean '{codes[slug]}'?"
    from assetpkg.rules.plugins import may_be_of_a_plugin

    if may_be_of_a_plugin(prefix) and len(known) == len(catalogue()):
        return "; if a plug-in has it, name that with --plugin, or as 'plugins' in the settings"
    return near(prefix, {code[: max(len(family_of(code)), len(prefix))] for code in known})
