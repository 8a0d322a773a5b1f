"""No text from anywhere can drive the terminal that it is shown on, in any format."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetpkg.render.screen import printable, printable_json
from tests.archive.zip.forge import UTF8, Member, forge
from tests.build import APPLICATION, MANIFEST, encode, make_contents, make_snapshot
from tests.conftest import THOROUGH, Cli
from tests.trust.canary import worlds
from tests.trust.canary.birds import Flock
from tests.trust.canary.cage import Cage, cage
from tests.trust.canary.test_commands import PLAN, RUNS, parameters, runs_of

__all__ = ["cage"]

COLOURS = re.compile(r"\x1b\[\d+m")
INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Without a sign and without a width, though letters or marks by their category."""


def is_dangerous(character: str) -> bool:
    """Say, by Unicode's own categories, whether a character controls, is not seen, or is none."""
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        or character in INVISIBLE
        or unicodedata.name(character, "").startswith(("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION"))
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


ARABIC = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2}
SEEN = {chr(code) for code in (*ARABIC, 0x110BD, 0x110CD, *range(0x13430, 0x13440), *range(0x1BCA0, 0x1BCA4))}
SEEN = {character for character in SEEN if is_dangerous(character)}
"""Of the category of invisible ones, and yet with a sign of their own, or without any power outside their script."""

HOSTILE = (
    "\x1b[2J\x1b]0;title\x07\x9b31m\r\n\x08\x7f\x00\u202e\u2066\u200f\u200b\u2060\ufeff\u2028\u2029"
    "\U000e0041\U000e007f\ufe0f\U000e0100\ufdd0\uffff\u00ad\u180e\u3164\uffa0"
)
"""One of each sort, and what a terminal would obey."""


def dangers(said: str) -> set[str]:
    return {character for character in set(COLOURS.sub("", said)) - {"\n"} if is_dangerous(character)} - SEEN


def test_every_dangerous_character_is_escaped() -> None:
    everything = [chr(code) for code in range(0x110000)]
    left = {character for character in everything if is_dangerous(character) and printable(character) == character}
    assert left == SEEN
    for text in ("\x1b[31m", "\u202e", "\U000e0041", "\ud800", "\uffff"):
        assert json.loads(printable_json(json.dumps(text, ensure_ascii=False))) == text
    assert printable("订单 ❤ é （x） café\u0301") == "订单 ❤ é （x） café\u0301"


def hear(cage: Cage, *words: str, **options: Any) -> str:
    heard = cage.run(*words, **options)
    assert dangers(heard.everything) == set(), words
    return heard.out


@cache
def hostile_documents() -> worlds.Documents:
    """Return a document of every kind with a hostile text in every field, in names and keys."""
    found = worlds.documents(Flock(), 0).items()
    return {word: [_replaced(document, HOSTILE) for document in members[:1]] for word, members in found}


def hostile_files(kinds: slice) -> tuple[Mapping[str, bytes], bytes]:
    """Return a package and a snapshot with these hostile documents, and with such a text everywhere else."""
    text = HOSTILE
    head = {**MANIFEST, "name": text, "x": text, "source": {"region": text, "features": {text: 1}}}
    documents = {word: list(members) for word, members in list(hostile_documents().items())[kinds]}
    for member in ("application", "task", "topic"):
        documents.setdefault(member, []).append(
            {**APPLICATION, "task_name": text, "name": f"a{text}", text: {text: [text]}}
        )
    return worlds.contents(documents, head), encode(make_snapshot(documents, name=text))


def furnish(cage: Cage, kinds: slice = slice(None)) -> None:
    files, target = hostile_files(kinds)
    worlds.write(cage.place / "shop", files)
    (cage.place / "target.json").write_bytes(target)


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(child, text) for key, child in value.items()} | {text: 1}
    if isinstance(value, list):
        return [_replaced(child, text) for child in value]
    return f"{value[:5]}{text}" if isinstance(value, str) else value


@pytest.mark.parametrize("number", range(0, len(RUNS), 1 if THOROUGH else 3), ids=tuple(RUNS).__getitem__)
def test_no_command_drives_the_terminal(cage: Cage, number: int) -> None:
    furnish(cage, slice(None) if THOROUGH else slice(number // 3 % 5, None, 5))
    (cage.place / "shop" / "notes\x1b[31m\u202e.txt").write_bytes(b"")
    for words in runs_of(tuple(RUNS)[number]):
        hear(cage, *words, environment={"FORCE_COLOR": "1"})


def test_no_listed_address_drives_the_terminal(cage: Cage) -> None:
    furnish(cage)
    (cage.place / "shop" / "notes\x1b[31m\u202e.txt").write_bytes(b"")
    listed = json.loads(hear(cage, "show", "shop", "--format", "json"))
    assert listed["name"] == HOSTILE, "what a program reads is the text itself"
    for resource in listed["resources"][:5]:
        hear(cage, "show", "shop", resource["address"])


def test_no_argument_drives_the_terminal(cage: Cage) -> None:
    worlds.write(cage.place / "shop", make_contents())
    text = HOSTILE.replace("\x00", "")
    for name, words in parameters():
        hear(cage, *(word.replace("@", text) for word in (name, *words)))


def test_no_environment_and_no_settings_drive_the_terminal(cage: Cage) -> None:
    worlds.write(cage.place / "shop", make_contents())
    text = HOSTILE.replace("\x00", "")
    for name in ("SELECT", "FAIL_ON", "SEVERITY", "ASSUME", "CONFIG", "PER_PATH_IGNORES", "PER_KIND_IGNORES"):
        hear(cage, "check", "shop", environment={f"ASSETPKG_{name}": text})
    for line in ('select = ["@"]', '"@" = 1', 'fail-on = "@"', '[schemas]\napi = "@"', '[assume]\n"@" = "@"', "@"):
        table = line.replace("@", json.dumps(text)[1:-1].replace("\\ud", "\\\\ud").replace("\\udb40", ""))
        (cage.place / "assetpkg.toml").write_text(table, "utf-8", errors="ignore")
        hear(cage, "check", "shop")


def test_no_zip_drives_the_terminal(cage: Cage) -> None:
    name = f"applications/{HOSTILE}.json".encode()
    shown = [Member(known.encode(), content) for known, content in make_contents().items()]
    odd = Member(name, b"{", both={"flags": UTF8}, comment=HOSTILE.encode())
    for content in (
        forge(*shown, odd, comment=HOSTILE.encode()),
        forge(*shown, odd, odd),
        forge(odd),
        forge(*shown, Member(name, b"{}", both={"flags": 0})),
        forge(*shown, Member(b"applications/\xff\xfe\x1b[31m.json", b"{}", both={"flags": 0})),
    ):
        (cage.place / "a.zip").write_bytes(content)
        for words in (
            ("check", "a.zip"),
            ("check", "a.zip", "--format", "json"),
            ("show", "a.zip"),
            ("plan", "a.zip"),
        ):
            hear(cage, *words)


def test_no_file_name_that_is_no_text_drives_the_terminal(cage: Cage, cli: Cli) -> None:
    worlds.write(cage.place / "shop", make_contents())
    for name in (b"\xff\x1b[31m.zip", b"a\n\x1b]0;x\x07.zip"):
        place = cage.place / "zips"
        place.mkdir(exist_ok=True)
        (place / Path(name.decode("utf-8", "surrogateescape"))).write_bytes(b"PK")
    paths = [str(path) for path in (cage.place / "zips").iterdir()]
    for words in (("check", *paths), ("check", "--format", "json", *paths), ("show", paths[0]), ("unpack", paths[0])):
        done = cli(*words, cwd=cage.place)
        assert dangers(done.stdout.decode()) == set()
        assert dangers(done.stderr.decode()) == set()


@settings(suppress_health_check=[*settings().suppress_health_check, HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", categories=["Cc", "Cf", "Zl", "Zp", "Mn", "Lo", "So", "Cn"]), max_size=12))
def test_no_text_drives_the_terminal(cage: Cage, text: str) -> None:
    document = {**APPLICATION, "name": f"a{text}", text: text, "app_id": text, "remark": {text: text}}
    contents = make_contents({"applications/Shop.json": document}, manifest={"name": text, "source": {"region": 1}})
    worlds.write(cage.place / "shop", contents)
    (cage.place / "target.json").write_bytes(encode(make_snapshot({"application": [document]})))
    for words in (("check", "shop"), PLAN, (*PLAN, "--mode", "Merge", "--format", "json"), ("show", "shop")):
        hear(cage, *words)
