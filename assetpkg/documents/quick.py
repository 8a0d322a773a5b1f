"""A JSON document read by a fast reader, where it is certain that the strict one would read the same.

The strict reader sees every object and every number in Python, which takes longer than all else that is done with a
document. The fast one is jiter, in Rust, and what it reads is taken for these reasons:

- What is no JSON, no UTF-8, or has a byte order mark, a key twice, half of a surrogate pair, `NaN` or `Infinity`, it
  refuses itself. Of a number, it returns what Python's own `int` and `float` return.
- Sizes are compared beforehand: a string has no more characters than its document has bytes, and a value takes two.
- What it is more lenient about is looked for in the document itself: numbers that became infinite, integers of too
  many digits, and objects and lists that are too deep. The names on the way to a value cannot be too long together
  where the longest of all, once for each level, is not.

All that is doubtful is left to the strict reader, which alone says what is wrong, and where.
"""

from math import isinf
from typing import Any, Final

from assetpkg.limits import Limits

DOUBTFUL: Final = object()
"""What is returned for a document that has to be read strictly."""


def read_quickly(content: bytes, limits: Limits, longest_way: int) -> Any:
    """Return the document that a strict reader reads, or `DOUBTFUL`.

    `longest_way` is how many characters the names on the way to a value may have together.
    """
    # Imported here, since most commands read no document, or a few small ones.
    from jiter import from_json

    # A value and a name have a character at least, and a comma, a colon or a bracket after it.
    if len(content) > min(limits.document, limits.text, 2 * limits.values):
        return DOUBTFUL
    try:
        document = from_json(content, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError:
        return DOUBTFUL
    return document if _is_within(document, limits, longest_way) else DOUBTFUL


def _is_within(document: Any, limits: Limits, longest_way: int) -> bool:
    """Say whether depth, numbers and names of a document are within the limits, or may be beyond them."""
    most = 10**limits.digits
    least = -most
    names: set[str] = set()
    depth = 0
    level: list[Any] = [[document]]
    while level:
        below: list[Any] = []
        for parent in level:
            values = parent
            if type(parent) is dict:
                names.update(parent)
                values = parent.values()
            for value in values:
                sort = type(value)
                if sort is str:
                    continue
                if sort is dict or sort is list:
                    below.append(value)
                elif (sort is int and not least < value < most) or (sort is float and isinf(value)):
                    return False
        level = below
        depth += bool(level)
    return depth <= limits.depth and depth * max(map(len, names), default=0) <= longest_way
