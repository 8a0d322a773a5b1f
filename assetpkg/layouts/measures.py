"""In what figures it is said how much of an archive a layout covers."""

from typing import NamedTuple


class Left(NamedTuple):
    """What no resource is made of: an entry, or values in one, at a pointer with `*` for the items of lists."""

    entry: str
    pointer: str
    number: int
    size: int


class Coverage(NamedTuple):
    """How much of an archive a layout covers: entries with resources, bytes of them, and what is left.

    `left` names the largest of the places that it does not cover, and `left_more` counts the others.
    """

    layout: str
    asset_version: str
    resources: int
    entries: int
    entries_covered: int
    bytes: int
    bytes_covered: int
    left: tuple[Left, ...]
    left_more: int
