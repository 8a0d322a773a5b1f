"""The canaries: words that are in a credential and nowhere else, each with a number that says where it was put."""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from urllib.parse import unquote_plus

from assetpkg.credentials.masking import mask_text

HEAD, TAIL = "Kq7wVx", "Zn4tYj"
"""How a canary begins and ends, so that a part of one is found as well."""
NUMBER = "554433"
"""How one begins that is a number."""
SPELLED = re.compile(rf"{HEAD}(?:\d{{5}})?|(?:\d{{5}})?{TAIL}", re.IGNORECASE)

CARRIERS: Mapping[str, Callable[[str], str]] = {
    "URL": lambda bird: f"https://me:{bird}@host.example/x",
    "Oracle": lambda bird: f"jdbc:oracle:thin:me/{bird}@host.example:1521:x",
    "JDBC": lambda bird: f"jdbc:mysql://host.example/x?user=me&password={bird}",
    "ODBC": lambda bird: f"Driver=X;Server=host;UID=me;PWD={bird};",
    "DSN": lambda bird: f"me:{bird}@host.example:3306",
    "assignment": lambda bird: f"password={bird}",
    "private key": lambda bird: f"-----BEGIN PRIVATE KEY-----\n{bird * 3}\n-----END PRIVATE KEY-----",
    "token": lambda bird: f"ghp_{bird}{bird}ab12",
    "header": lambda bird: f"Bearer {bird}{bird}",
    "Go": lambda bird: f"me:{bird}@tcp(127.0.0.1:3306)/db",
    "braces": lambda bird: f"Driver=X;UID=me;PWD={{a}}}}{bird}}};x=1",
    "URL in a URL": lambda bird: f"https://host.example/x?r=https%3A%2F%2Fme%3A{bird}%40host%2F",
    "broken JSON": lambda bird: f'{{"master_key": ["{bird}"], }}',
    "JSON": lambda bird: json.dumps({"a": [{"password": bird}]}),
    "label": lambda bird: f"password: {bird}, user: me",
    "Chinese": lambda bird: f"数据库账号 root，密码：{bird}（生产环境）",
    "signs inside": lambda bird: f"https://host.example/x?password=a&{bird};{bird}&user=me",
    "key": lambda bird: f"AK QWERTY12UIOP34ASDFGH\nSK {bird}{bird}",
    "option": lambda bird: f"login --host x --password {bird}",
    "command": lambda bird: f"curl -u me:{bird} x",
    "call": lambda bird: f'source.setPassword("{bird}");',
    "script": lambda bird: base64.b64encode(f"login --host x password={bird} # and so on".encode()).decode(),
}
"""Texts that hold a credential, each of a form that is recognised wherever it is."""


class Flock:
    """Canaries, numbered as they are put somewhere."""

    def __init__(self) -> None:
        """Begin with none."""
        self.places: list[str] = []

    def bird(self, place: str) -> str:
        """Return a new canary for the value of a secret at `place`."""
        self.places.append(place)
        return f"{HEAD}{len(self.places) - 1:05}{TAIL}"

    def text(self, place: str, form: str) -> str:
        """Return a text of a form with a new canary in it."""
        text = CARRIERS[form](self.bird(f"{place}, {form}"))
        assert not list(sightings(mask_text(text))), f"no credential: {text}"
        return text

    def heard(self, said: str) -> list[str]:
        """Return what of the flock is in a text, in any encoding, with the places where it was put."""
        found = []
        for spelling, word in sightings(said):
            number = re.search(r"\d{5}", word)
            found.append(f"{self.places[int(number[0])] if number else word} ({spelling})")
        return sorted(set(found))


def sightings(said: str) -> Iterator[tuple[str, str]]:
    """Yield every canary, or part of one, in a text, with the encoding that it is in."""
    for spelling, view in {"clear": said, "JSON": _unescaped(said), "URL": unquote_plus(said)}.items():
        if spelling == "clear" or view != said:
            yield from ((spelling, match[0]) for match in SPELLED.finditer(view))
    yield from (("clear", match[0]) for match in re.finditer(rf"{NUMBER}\d*", said))
    joined, lower = said.replace("\n", ""), said.lower()
    for word in (HEAD, TAIL):
        if any(code in joined for code in _in_base64(word)):
            yield "base64", word
        if word.encode().hex() in lower:
            yield "hexadecimal", word


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


@cache
def _in_base64(word: str) -> tuple[str, ...]:
    """Return what base64 makes of a word at each of the three places that it may have in a group."""
    codes = (base64.b64encode(b"\0" * ahead + word.encode()).decode().rstrip("=") for ahead in range(3))
    return tuple(code[(ahead * 8 + 5) // 6 : (ahead + len(word)) * 8 // 6] for ahead, code in enumerate(codes))
