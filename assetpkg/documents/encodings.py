"""How a text is encoded that is not in UTF-8."""

import codecs
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # That of UTF-16 is the beginning of this one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks that a text begins with, and how it is encoded then."""


def as_utf8(content: bytes, errors: str = "strict") -> bytes:
    """Return a text in UTF-8 without byte order mark, if a mark says how it is encoded; else the bytes as they are.

    Windows PowerShell writes UTF-16 and marks, and so do some editors. This is for what people write beside packages;
    what is inside a package has to be exact.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding, errors).encode()
            except UnicodeError:
                return content
    return content


def why_not_utf8(content: bytes, wrong: int) -> str:
    """Say what a text is that is not in UTF-8: its encoding where that is known, else the first `wrong` byte."""
    encoding = other_encoding(content)
    return f"not UTF-8 at byte {wrong:,}" if encoding is None else f"it is in {encoding}, and not in UTF-8"


def other_encoding(content: bytes) -> str | None:
    """Return the encoding of a JSON text that is not in UTF-8: by its mark, or by its first signs.

    These are ASCII in JSON, so that every second byte of them is zero in UTF-16. What follows may be in any script.
    """
    for mark, encoding in _MARKS[1:]:
        if content.startswith(mark):
            with suppress(UnicodeError):
                content[len(mark) :].decode(encoding)
                return encoding[:6].upper()
    even, odd = content[:4:2], content[1:4:2]
    for zeros, signs in ((even, odd), (odd, even)):
        if zeros and signs and not zeros.strip(b"\0") and 0 not in signs:
            return "UTF-16"
    return None
