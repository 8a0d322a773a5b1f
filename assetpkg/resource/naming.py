"""The names that a prefix makes, and whether a kind may have them."""

import re
from functools import cache
from typing import NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds.kind import Kind, name_field, name_fields
from assetpkg.kinds.markers import Characters, Id, Name, Ref
from assetpkg.kinds.part import Within

RANDOM = 8
"""How many characters are assumed to be put after a name that is taken, where the kind says `clash_renames`."""

_UNSEEN = {"Mn", "Me", "Cc", "Cf", "Zs"}
"""The sorts of characters that are parts of others, or that cannot be seen."""


class NameLimits(NamedTuple):
    """What a kind's names are held to."""

    longest: int | None
    characters: Characters | None


class BadName(NamedTuple):
    """Why a prefixed name is refused; `longest_prefix` is how long a prefix may be for this name, if that is why."""

    why: str
    longest_prefix: int | None = None


def fold(name: str) -> str:
    """Return a name without case, blanks at its ends, Unicode form, width and unseen signs."""
    if name.isascii():
        return name.strip().lower()
    import unicodedata

    seen = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold()).strip()


def make_visible(name: str) -> str:
    """Return a name with what cannot be told apart by eye written as escapes: marks, unseen signs, odd blanks.

    A blank at an end is seen in the quotes that are around a name.
    """
    if name.isascii() and name.isprintable():
        return name
    import unicodedata

    return "".join(
        sign if sign == " " or unicodedata.category(sign) not in _UNSEEN else ascii(sign)[1:-1] for sign in name
    )


def name_shown(name: str) -> str:
    """Return a name as messages show it: without credentials, and with what cannot be told apart by eye as escapes."""
    return make_visible(mask_line(name))


@cache
def may_be_near(kind: type[Kind]) -> bool:
    """Say whether names of `kind` are words that people choose, so that two may be almost the same."""
    fields = name_fields(kind)
    return kind.imported and len(fields) == 1 and fields[0].marker(Ref) is None and fields[0].marker(Id) is None


def name_limits(kind: type[Kind]) -> NameLimits:
    """Return the limits of the names of `kind`, as its class declares them."""
    declared = name_field(kind)
    metadata = kind.declared[declared.name].metadata
    limits = [item.limits for item in metadata if isinstance(item, Within)]
    lengths = [int(each["max_length"]) for each in limits if "max_length" in each]
    return NameLimits(min(lengths, default=None), declared.marker(Characters))


def has_own_name(kind: type[Kind]) -> bool:
    """Say whether a resource of `kind` has one name that is unique by itself, which a prefix could be joined with."""
    fields = name_fields(kind)
    marker = fields[0].marker(Name)
    alone = marker is not None and marker.scope is None and fields[0].marker(Ref) is None
    return alone and len(fields) == 1 and kind.imported


def judge_prefixed(kind: type[Kind], prefix: str, name: str) -> BadName | None:
    """Return why `kind` may not have the name prefix + name, or `None` when it may."""
    limits = name_limits(kind)
    whole = prefix + name
    if limits.longest is not None and len(whole) > limits.longest:
        most = max(0, limits.longest - len(name))
        return BadName(f"is {len(whole)} characters long; at most {limits.longest} are allowed", most)
    if limits.characters is not None and not re.fullmatch(limits.characters.pattern, whole):
        return BadName(f"may have only {limits.characters.words}")
    if whole != whole.strip():
        return BadName("begins or ends with a blank")
    return None
