"""Full-width letters, digits and signs, as Chinese and Japanese keyboards write them, as the usual ones."""

_WIDE: dict[int, str | int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# What ends a value stays as it is: somebody wrote a sentence there, and no password.
for _sign in "！（），．：；？［］｛｝":
    _WIDE.pop(ord(_sign))
_TABLE: dict[int, str | int] = {**_WIDE, ord("："): ":", ord("　"): " "}
_TABLE |= {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"}

WIDE_SIGNS = "：＝"
"""The signs after names that are wider than usual."""


def fold(text: str) -> str:
    """Return a text of the same length in which wide letters and signs are the usual ones."""
    return text if text.isascii() else text.translate(_TABLE)
