"""The codes of rules as people write them: whole, or as prefixes that stand for all that begin with them."""

from collections.abc import Iterable

from assetpkg.credentials.masking import mask_line
from assetpkg.errors import InvalidOption, near
from assetpkg.rules import RETIRED, catalogue

_FAMILY = 3
"""How many letters of a code name its family."""


def parse_codes(words: Iterable[str]) -> tuple[str, ...]:
    """Read prefixes of codes, also several in a word with commas between; raises `InvalidOption` for unknown ones."""
    parts = [part.strip() for word in words for part in word.split(",") if part.strip()]
    codes = (*catalogue(), *RETIRED)
    for part in parts:
        prefix = part.upper()
        if not any(code.startswith(prefix) for code in codes):
            # In capitals, a token is not known by its form any more.
            shown = prefix if mask_line(part) == part else mask_line(part)
            raise InvalidOption(f"no rule code begins with '{shown}'{near_code(prefix, catalogue())}")
    return tuple(part.upper() for part in parts)


def refuse_retired(code: str) -> None:
    """Raise `InvalidOption` for the code of a rule that there is no more."""
    if code in RETIRED:
        raise InvalidOption(f"the rule {code} is retired; 'assetpkg rules {code[:_FAMILY]}' lists those that there are")


def near_code(prefix: str, codes: Iterable[str]) -> str:
    """Suggest the code to who gives a slug, a family to who misspells a family, and a code to who misspells a code."""
    slug = {rule.slug.upper(): rule.code for rule in catalogue().values()}.get(prefix)
    if slug is not None:
        return f"; did you mean '{slug}'?"
    return near(prefix, {code[: max(_FAMILY, len(prefix))] for code in codes})
