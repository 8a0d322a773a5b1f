"""Texts in base64, such as the scripts of custom backends: read, and written again as they were."""

import base64
import re
import string
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assetpkg.credentials import decode_base64, sort_of_file

_LETTERS = f"{string.ascii_letters}{string.digits}+/"
_WORD = re.compile(r"[A-Za-z0-9+/]*={0,2}")


class Script(NamedTuple):
    """A text in base64: from where to where it stands in the text around it, that code, and what it says."""

    start: int
    end: int
    code: str
    text: str

    def encode_again(self, changed: str) -> str | None:
        """Return another text in base64, in such lines as this one; `None` where this one would not come back."""
        return self._encode(changed) if self._encode(self.text) == self.code else None

    def _encode(self, text: str) -> str:
        lines = self.code.split("\n")
        code = base64.b64encode(text.encode()).decode()
        if len("".join(lines).replace("\r", "")) % 4:
            code = code.rstrip("=")
        if len(lines) == 1:
            return code
        width, end = len(lines[0].rstrip("\r")), "\r\n" if lines[0].endswith("\r") else "\n"
        return end.join(code[at : at + width] for at in range(0, len(code), width)) if width else code


def scripts_around(text: str, places: Iterable[int]) -> Iterator[Script]:
    """Yield the texts in base64 that stand in `text`, as words of it, at some places, which ascend."""
    end = 0
    for place in places:
        if place < end:
            continue
        start = len(text[end:place].rstrip(_LETTERS)) + end
        word = _WORD.match(text, start)
        end = word.end() if word else place
        found = find_script(text[start:end])
        if found is not None:
            yield found._replace(start=start + found.start, end=start + found.end)


def find_script(text: str) -> Script | None:
    """Return the text that all of `text` holds in base64, if it holds one; keys and files of keys are none."""
    found = decode_base64(text)
    if found is None or sort_of_file(found[1]) is not None:
        return None
    match, content = found
    code = match["code"].rstrip("\r\n")
    try:
        return Script(match.start("code"), match.start("code") + len(code), code, content.decode())
    except UnicodeDecodeError:
        return None
