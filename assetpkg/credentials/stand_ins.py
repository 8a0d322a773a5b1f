"""What is in the place of a value that somebody or some tool was to put there: masks, and placeholders in any text."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from assetpkg.credentials.blanks import MASK, is_credential
from assetpkg.credentials.glance import PLACEHOLDERS
from assetpkg.credentials.spans import LazyPattern

_LONGEST = 300
"""In characters: a value with a placeholder is an address or a name; what is longer is a script or a sample."""
_LONGEST_MASK = 256
_MASKED = LazyPattern(rf"{MASK}|[^*]*\*{{3,}}[^*]*")
"""A mask, also one that shows the ends of what it hides."""
_VARIABLE = LazyPattern(r"#[^#]*#")

_TEMPLATE = (
    r"\$\{[\w.:-]{1,120}\}|\$?\{\{\s{0,8}[\w.:-]{1,120}\s{0,8}\}\}|\$\([A-Za-z_][\w.]{0,120}\)|@@[A-Za-z][\w.-]{0,120}@@"
    r"|__[A-Z][A-Z0-9_]{1,120}?__|%[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{0,80}%"
    r"|(?:^|(?<=[/:@=.-]))<[A-Za-z_\u4e00-\u9fff][\w -]{0,120}>(?=$|[/:.@?&;-])"
)
_TEMPLATES = LazyPattern(_TEMPLATE)
_PLAIN = LazyPattern(r"[\w.:/@?&=;,+~!%#{}-]*")
"""What an address or a name has beside placeholders; a text with blanks or quotes is a sentence, SQL or a program."""
_IN_PLACE = LazyPattern(
    rf"((?i:passwo?r?d|pwd|secret|token)\s?=\s?|//[^\s/@:]{{0,64}}:)(?:\*{{3,}}|{_TEMPLATE})(?=[@&;,\s\"']|$)"
)
_SIGNS = ("${", "{{", "$(", "@@", "__", "%", "<", "***")
_OF_THE_PLATFORM = "${deviceId}"
"""What the platform fills in itself, in the topics of products."""


class StandIn(Enum):
    """What is in the place of a credential."""

    MASK = "a mask"
    PLACEHOLDER = "a placeholder"


def stand_in_of(value: Any, *, variables: bool = True) -> StandIn | None:
    """Return what a credential's value is, if it stands for one; with `variables`, `#name#` does so, too.

    Of an object or a list, that is what is in it first.
    """
    if isinstance(value, (dict, list)):
        inner = (stand_in_of(child, variables=variables) for child in _children(value))
        return next((found for found in inner if found is not None), None)
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        return None
    if len(text) <= _LONGEST_MASK and _MASKED.fullmatch(text):
        return StandIn.MASK
    if is_credential(text) or (not variables and _VARIABLE.fullmatch(text)):
        return None
    return StandIn.PLACEHOLDER


def find_left_open(texts: Sequence[str]) -> Iterator[tuple[int, StandIn | None]]:
    """Yield the numbers of the texts with a placeholder, and of which sort it is where a credential should be."""
    joined = "\n".join(texts)
    signs = [sign for sign in _SIGNS if sign in joined] if PLACEHOLDERS.sees(joined) else []
    for number, text in enumerate(texts) if signs else ():
        if len(text) <= _LONGEST and any(sign in text for sign in signs) and _OF_THE_PLATFORM not in text:
            place = _IN_PLACE.search(text)
            if place is not None:
                yield number, StandIn.MASK if place[0].endswith("*") else StandIn.PLACEHOLDER
            elif _TEMPLATES.search(text) and _PLAIN.fullmatch(_TEMPLATES.sub("", text)):
                yield number, None


def empty_stand_ins(text: str) -> str:
    """Return the text with nothing where a mask or a placeholder was in the place of a credential."""
    return _IN_PLACE.sub(r"\1", text) if any(sign in text for sign in _SIGNS) else text


def _children(value: dict[str, Any] | list[Any]) -> Iterator[Any]:
    yield from value.values() if isinstance(value, dict) else value
