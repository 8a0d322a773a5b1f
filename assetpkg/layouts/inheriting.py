"""Where the value of a field comes from that a document does not have itself, as a layout file writes it."""

import re
from typing import NamedTuple

from assetpkg.errors import InvalidOption

STAR = "*"

_KEY = re.compile(r"@([1-9][0-9]?)")
_ENTRY = re.compile(r"entry@([1-9][0-9]?)")


class Origin(NamedTuple):
    """Where a value comes from.

    With `key`, it is the key that this star of `at` matched; with `part`, the text that this star of the glob matched.
    Otherwise it is at `pointer`: in the `entry`, a glob whose stars are bound as those of the resource's own entry; or
    below the thing at `at`, if `is_below`; or in the same document, with its stars bound to what `at` matched.
    """

    pointer: str = ""
    key: int = 0
    part: int = 0
    entry: str = ""
    is_below: bool = False


def parse_origin(text: str) -> Origin:
    """Read where a value comes from; raises `InvalidOption`."""
    if match := _KEY.fullmatch(text):
        return Origin(key=int(match[1]))
    if match := _ENTRY.fullmatch(text):
        return Origin(part=int(match[1]))
    entry, mark, pointer = text.partition("#")
    if mark and entry and (not pointer or pointer.startswith("/")):
        return Origin(pointer, entry=entry)
    if text.startswith("./"):
        return Origin(text[1:], is_below=True)
    if text.startswith("/"):
        return Origin(text)
    raise InvalidOption(
        f"'{text}' is not a place: write /a/pointer, ./a/pointer, @1 for a key, entry@1 for a part of the name of the "
        "entry, or other.json#/a/pointer"
    )


def stars_in_pointer(pointer: str) -> int:
    """Return how many steps of a pointer are stars."""
    return pointer.split("/").count(STAR)


def stars_in_glob(glob: str) -> int:
    """Return how many stars a glob has; two in a row are one."""
    return len(re.findall(r"\*\*/|\*+", glob))
