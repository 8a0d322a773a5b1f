"""Every pattern of the project is work in proportion to the text, also where the text was made to prevent that.

Of each pattern it is counted in steps, which are the same on every machine; of all together it is seen that they end.
"""

import ast
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise, product
from math import inf
from pathlib import Path
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

import assetpkg
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Disputed, Ref
from tests.backtracking import Steps, TooManySteps
from tests.conftest import ROOT, THOROUGH
from tests.ending import ends
from tests.starting import Starter
from tests.tables import every_row

REPEATED = (24, 96)
"""How often a hostile text repeats a word."""
ALLOWED = 5.5
"""How many times as much work the longer text may be: it is four times as long, and the square would be sixteen."""
MOST = 1_000_000
"""How many steps a search is given; what is in proportion needs a tenth of them."""
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub")
ENDS = ("\x00", "\n")
SAMPLES = {
    constants.CATEGORY_DIGIT: "7",
    constants.CATEGORY_WORD: "w",
    constants.CATEGORY_SPACE: " ",
    constants.CATEGORY_NOT_SPACE: "n",
    constants.CATEGORY_NOT_DIGIT: "d",
    constants.CATEGORY_NOT_WORD: "-",
}


class Known(NamedTuple):
    """A pattern, the way in which it is used, and where it is."""

    source: str | bytes
    flags: int
    method: str
    place: str


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(assetpkg.__path__, "assetpkg."):
        if not found.name.endswith("__main__"):
            yield import_module(found.name)


def uses(tree: ast.Module) -> dict[str, set[str]]:
    """Return by which methods the names of a module are used."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            names = {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
            for name in names:
                found.setdefault(name, set()).add(node.attr)
    return found


def in_module(module: Any) -> Iterator[Known]:
    """Yield the patterns that a module holds, and those that it names where it searches."""
    text = Path(module.__file__).read_text("utf-8")
    if not re.search(r"\bre\.|Pattern\b", text):
        return  # there is none, and reading all of them takes longer than the rest
    tree = ast.parse(text)
    used = uses(tree)
    for name, value in vars(module).items():
        for item in value.values() if isinstance(value, dict) else [value]:
            if isinstance(item, re.Pattern):
                source, flags = item.pattern, item.flags
            elif type(item).__name__ == "LazyPattern":
                source, flags = item.source, item._flags  # noqa: SLF001 - compiled when it is needed
            else:
                continue
            for method in sorted(used.get(name, ())):
                yield Known(source, flags, method, f"{module.__name__}.{name}")
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in METHODS
            and node.args
        ):
            of, first = node.func.value, node.args[0]
            if (
                isinstance(of, ast.Name)
                and of.id == "re"
                and isinstance(first, ast.Constant)
                and isinstance(first.value, (str, bytes))
            ):
                yield Known(first.value, 0, node.func.attr, f"{module.__name__}:{node.lineno}")


def in_schema(value: Any, place: str) -> Iterator[Known]:
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield Known(value["pattern"], 0, "search", place)
        for name in value.get("patternProperties", {}):
            yield Known(name, 0, "search", place)
        for child in value.values():
            yield from in_schema(child, place)
    elif isinstance(value, list):
        for child in value:
            yield from in_schema(child, place)


def in_fields(fields: Any, place: str, seen: set[int]) -> Iterator[Known]:
    """Yield the patterns of markers that no schema publishes."""
    for field in fields.values():
        if id(field) in seen:
            continue
        seen.add(id(field))
        for marker in field.markers:
            if isinstance(marker, Ref) and marker.form is not None:
                yield Known(marker.form, 0, "fullmatch", place)
            if isinstance(marker, Disputed) and marker.characters is not None:
                yield Known(marker.characters.pattern, 0, "fullmatch", place)
        yield from in_fields(field.parts, place, seen)


@cache
def everything() -> list[Known]:
    found = [known for module in modules() for known in in_module(module)]
    for file in sorted((ROOT / "schemas").glob("*.json")):
        found.extend(in_schema(json.loads(file.read_text("utf-8")), file.name))
    for kind in KINDS.values():
        found.extend(in_fields(fields_of(kind), kind.kind, set()))
    unique = {(known.source, known.flags, known.method): known for known in reversed(found)}
    return list(reversed(unique.values()))


def characters_of(parsed: Any) -> Iterator[str]:
    """Yield one character for each literal, range and category in a parsed pattern."""
    for operation, argument in parsed:
        match operation:
            case constants.LITERAL:
                yield chr(argument)
            case constants.NOT_LITERAL:
                yield "~" if argument != ord("~") else "_"
            case constants.RANGE:
                yield chr(argument[0])
            case constants.CATEGORY:
                yield SAMPLES[argument]
            case constants.ANY:
                yield "."
            case constants.IN:
                negated = argument[0][0] is constants.NEGATE
                yield from "~" if negated else characters_of(argument)
            case _:
                yield from characters_below(argument)


def characters_below(argument: Any) -> Iterator[str]:
    for item in argument if isinstance(argument, (tuple, list)) else [argument]:
        if isinstance(item, parser.SubPattern):
            yield from characters_of(item)
        elif isinstance(item, (tuple, list)):
            yield from characters_below(item)


def words_of(known: Known) -> Iterator[str]:
    """Yield what hostile texts repeat: each character of the pattern, neighbours, and the pattern's own beginning."""
    parsed = parser.parse(known.source, known.flags)
    found = [character for character in characters_of(parsed) if ord(character) < 256 or isinstance(known.source, str)]
    pairs = list(dict.fromkeys(one + other for one, other in pairwise(found)))[:: 1 if THOROUGH else 3]
    yield from dict.fromkeys((*found, *pairs, *("".join(found[:length]) for length in (3, 5, 8))))


def grown(known: Known) -> tuple[float, str]:
    """Return how many times as much work the longer text is, at most, and for which repetition."""
    steps = Steps(known.source, known.flags, most=MOST)
    worst = (0.0, "")
    for word, end in product(filter(None, words_of(known)), ENDS):
        try:
            short, long = (work(steps, known, word * times + end) for times in REPEATED)
        except TooManySteps:
            return (inf, f"{word!r} … {end!r}")
        worst = max(worst, (long / short, f"{word!r} … {end!r}"))
    return worst


def work(steps: Steps, known: Known, text: str) -> int:
    """Return how many steps it takes to use a pattern in its way on a text."""
    given = text.encode("latin-1") if isinstance(known.source, bytes) else text
    match known.method:
        case "match" | "fullmatch":
            steps.match(given, whole=known.method == "fullmatch")
        case "search":
            steps.search(given)
        case _:
            steps.find_all(given)
    return steps.made


def test_patterns_are_found() -> None:
    places = " ".join(known.place for known in everything())
    for expected in (
        "assetpkg.credentials.assignments._KEY",
        "assetpkg.documents.positions._ESCAPE",
        "assetpkg.resource.walk",
        "api.json",
    ):
        assert expected in places
    assert len(everything()) > 60


@pytest.mark.parametrize(
    ("source", "method"),
    [("^(a+)+$", "search"), (r"\w+@\w+", "search"), ("a*a*b", "match"), (r"\s+$", "search"), ("(x|x)*y", "match")],
)
def test_patterns_that_backtrack_are_seen(source: str, method: str) -> None:
    assert grown(Known(source, 0, method, "here"))[0] > ALLOWED


@every_row("known", everything, ids=lambda known: f"{known.place} {known.method}")
def test_a_pattern_is_work_in_proportion_to_the_text(known: Known) -> None:
    growth, text = grown(known)
    assert growth <= ALLOWED, f"{known.source!r} with {text}"


HOSTILE = (
    "password=", 'pwd="', 'pwd=\\"', "pwd={", "token>", "<token>", "a://b@", "a://b:c@", ":thin:a/", "eyJ",
    "-----BEGIN PRIVATE KEY-----", "Bearer a", "Basic YTpi", "AKIA", "ghp_", "d", "A\r\n", "=@:", "'password': '", "${",
)  # fmt: skip


BEGUN = tuple(product(("pwd=", "pwd=@", "pwd={", "pwd=<", "pwd=(", "a://"), ("pass", "key_", "${}", "a")))
"""How a value begins, and what it goes on with."""


LOOKING = """
from assetpkg.credentials import find_spans, is_credential, is_suspicious
for end in ("", "\\0", '"'):
    text = {start!r} + {word!r} * (LONG // len({word!r})) + end
    is_suspicious(text), find_spans(text), is_credential(text)
"""


@pytest.mark.parametrize(("start", "word"), [*(("", word) for word in HOSTILE), *BEGUN])
def test_credentials_are_looked_for_in_hostile_texts_to_the_end(start: str, word: str, starter: Starter) -> None:
    assert ends(starter, LOOKING.format(start=start, word=word))
