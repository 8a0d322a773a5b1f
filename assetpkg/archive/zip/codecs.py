"""The encodings that zip programs write names in that do not say how they are encoded."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple


class NamesEncoding(NamedTuple):
    """An encoding that zip programs write names in: Python's word for it, and which characters are common in it.

    `common` is another encoding, which has only them, or the ranges of their code points.
    """

    codec: str
    common: "str | Sequence[tuple[str, str]]"


_ANY = (("\0", "\U0010ffff"),)
_LATIN = (("\u00c0", "\u00d6"), ("\u00d8", "\u00f6"), ("\u00f8", "\u017f"))
_CYRILLIC = (("\u0410", "\u044f"), ("\u0401", "\u0401"), ("\u0451", "\u0451"))

ENCODINGS: Mapping[str, NamesEncoding] = MappingProxyType(
    {
        "utf-8": NamesEncoding("utf-8", _ANY),
        "gbk": NamesEncoding("gbk", "gb2312"),
        "gb18030": NamesEncoding("gb18030", "gb2312"),
        "big5": NamesEncoding("cp950", "big5"),
        "shift-jis": NamesEncoding("cp932", "shift_jis"),
        "euc-kr": NamesEncoding("cp949", "euc_kr"),
        "cp437": NamesEncoding("cp437", _LATIN),
        "cp850": NamesEncoding("cp850", _LATIN),
        "cp866": NamesEncoding("cp866", _CYRILLIC),
        "cp1251": NamesEncoding("cp1251", _CYRILLIC),
        "cp1252": NamesEncoding("cp1252", _LATIN),
    }
)
"""The encodings that names may be read in, by the words of the option; of equally good ones, the first is best."""


def decode_as(raw: bytes, word: str) -> str | None:
    """Return the name that `raw` spells in an encoding; `None` where it spells none, or another spelling gives it."""
    codec = ENCODINGS[word].codec
    try:
        name = raw.decode(codec)
        return name if name.encode(codec) == raw else None
    except UnicodeError:
        return None
