"""Names found in texts as they are really written: plain, percent-encoded, escaped, in HTML, in base64."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal
from urllib.parse import quote

from assetpkg.credentials import decode_base64
from assetpkg.credentials.escapes import views

WayWord = Literal["key", "base64", "percent", "plus", "escaped", "html"]


class Way(StrEnum):
    """How a name is written, where it is not simply there; this is the order in which the ways are reported."""

    KEY = "key"
    """As the key of a member."""
    BASE64 = "base64"
    """In a text in base64, such as a script."""
    PERCENT = "percent"
    """Percent-encoded, as in a URL."""
    PLUS = "plus"
    """With `+` for a blank, as in a form or a query."""
    ESCAPED = "escaped"
    """With backslashes, as in JSON or in a program."""
    HTML = "html"
    """With the references of HTML or XML."""

    @property
    def word(self) -> WayWord:
        """The word in JSON, with the type that a report declares for it."""
        return self.value


Ways = tuple[Way, ...]

_BLANK = r"(?: |\+|\u00a0|&nbsp;)"
"""How a blank is written, where it is not percent-encoded."""
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_CODE = re.compile(r"(?<![\w+/-])[\w+/-]{7,}+={0,2}(?![\w+/=-])", re.ASCII)
"""A word that may be base64, with either alphabet."""
_ALPHABET = str.maketrans("-_", "+/")
_ENCODINGS = ("utf-8", "gb18030")


class Names:
    """A search for some names at once."""

    def __init__(self, names: Iterable[str]) -> None:
        """Look for these names; those in ASCII only as whole words, since Chinese has no blanks between words."""
        self._forms: dict[str, str] = {}
        self._spaced: dict[str, str] = {}
        for name in names:
            self._forms.setdefault(name, name)
            self._spaced.setdefault(_with_blanks(name), name)
            if not name.isascii():
                # Pages in GBK are common in China; the views of a text know UTF-8 alone.
                encoded = quote(name, safe="", encoding="gb18030", errors="replace")
                self._forms.setdefault(encoded, name)
                self._forms.setdefault(_PERCENT.sub(lambda found: found[0].lower(), encoded), name)
        self._search = re.compile("|".join(map(_pattern, sorted(self._forms, key=len, reverse=True))))

    def find(self, text: str) -> Iterator[tuple[str, Ways]]:
        """Yield each name that is in a text, once for each way in which it is written there."""
        yield from dict.fromkeys((*self._in(text), *self._in_base64(text)))

    def _in(self, text: str) -> Iterator[tuple[str, Ways]]:
        for found in self._search.finditer(text):
            yield self._told(found[0], found[0])
        for view in views(text):
            for found in self._search.finditer(view.text):
                start, end = view.bounds(*found.span())
                yield self._told(found[0], text[start:end])

    def _in_base64(self, text: str) -> Iterator[tuple[str, Ways]]:
        whole = decode_base64(text)
        for content in [whole[1]] if whole else map(_decoded, _codes(text)):
            for name, ways in self._in(_read(content)):
                yield name, (Way.BASE64, *ways)

    def _told(self, found: str, written: str) -> tuple[str, Ways]:
        """Return the name that was found, and how it is written."""
        name = self._forms.get(found) or self._spaced[_with_blanks(found)]
        signs = {
            Way.PERCENT: _PERCENT.search(written) is not None,
            Way.PLUS: found.count("+") > name.count("+"),
            Way.ESCAPED: "\\" in written,
            Way.HTML: "&" in written and "&" not in name,
        }
        return name, tuple(way for way, there in signs.items() if there)


def _with_blanks(text: str) -> str:
    return re.sub(_BLANK, " ", text)


def _pattern(form: str) -> str:
    """Return the pattern that finds a name: inside a longer word of ASCII it is another name."""
    before = r"(?<![0-9A-Za-z_])" if form[0].isascii() and form[0] != "%" else ""
    after = r"(?![0-9A-Za-z_])" if form[-1].isascii() and not form.startswith("%") else ""
    return f"{before}{re.escape(form).replace(re.escape(' '), _BLANK)}{after}"


def _codes(text: str) -> Iterable[str]:
    """Return the words of a text that may be base64, which has the sign that separates the steps of a path as well."""
    steps = text.split("/") if "/" in text else ()
    return dict.fromkeys((*_CODE.findall(text), *(code for step in steps for code in _CODE.findall(step))))


def _decoded(code: str) -> bytes:
    """Return what a word says, if it is base64 of a text."""
    import base64

    plain = code.rstrip("=").translate(_ALPHABET)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:
        return b""


def _read(content: bytes) -> str:
    """Return the text that bytes are, or nothing."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if "\0" not in text else ""
    return ""
