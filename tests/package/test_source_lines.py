"""A line of a file as it may be shown: the place that is meant stays marked, and no credential is in it."""

import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.documents.positions import Region
from assetpkg.package.package import Package
from assetpkg.package.source_lines import Line, read_source
from tests.build import APPLICATION, DATASOURCE, MANIFEST, make_package
from tests.conftest import THOROUGH
from tests.laws.strategies import laws
from tests.tables import every_row
from tests.trust.canary import worlds
from tests.trust.canary.birds import Flock

ENTRY = "applications/Shop.json"


def of_text(text: str, line: int, column: int, end: tuple[int, int] | None = None) -> Line | None:
    source = read_source(make_package({ENTRY: text.encode()}), ENTRY)
    assert source is not None
    return source.line_at(Region(line, column, *(end or (None, None))))


@every_row(
    ("text", "region", "expected"),
    [
        ('{\n  "name": "Shop"\n}', (2, 11, (2, 17)), ('  "name": "Shop"', '"Shop"')),
        ('{\r\n\t"name": "Shop"\r\n}', (2, 10, (2, 16)), ('\t"name": "Shop"', '"Shop"')),
        ('{\n "secret": "9Kq7wVx-22", "id": 7}', (2, 32, (2, 33)), (' "secret": ***, "id": 7}', "7")),
        ('{\n "secret": "9Kq7wVx-22", "id": 7}', (2, 12, (2, 24)), (' "secret": ***, "id": 7}', "***")),
        ('{"secret":\n "9Kq7wVx-22"}', (2, 2, (2, 14)), (" ***}", "***")),
        ('{\n "x": [\n  1\n ]}', (2, 7, (4, 3)), (' "x": [', "[")),
        ('{\n "name": "Shop",,\n}', (2, 17, None), (' "name": "Shop",,', "")),
        ('{"secret":\n "9Kq7wVx-22"', (2, 15, None), (" ***", "")),
        ("{'secret': 'x',\n 'y': 9Kq7wVx}", (2, 1, None), (" 'y': ***}", "")),
        ('{"name": }', (1, 10, None), ('{"name": }', "")),
        ('{"name": , "x": "9Kq7wVx", "secret": }', (1, 10, None), ('{"name": , "x": "9Kq7wVx", "secret": }', "")),
        ('{"content": {"x": [9Kq7wVx, "9Kq7wVx" }', (1, 2, None), ('{"content": {"x": [***, *** }', "")),
        ('{"secret": }"9Kq7wVx"', (1, 12, None), ('{"secret": }***', "")),
        ('{"secret": "9Kq7wVx }', (1, 12, None), ('{"secret": "***', "")),
        ('{"x": [1, 22, -3, true, null,]}', (1, 29, None), ('{"x": [1, 22, -3, true, null,]}', "")),
        ('{"x": [1234, truth, 9Kq7wVx,]}', (1, 28, None), ('{"x": [***, ***, ***,]}', "")),
        ("{\n<<<<<<< 9Kq7wVx\n", (2, 1, None), ("<<<<<<< ***", "")),
        ('{"secret"= "9Kq7wVx"}', (1, 10, None), ("{***= ***}", "")),
        ('{"secret"："9Kq7wVx"，"!!!" "x"}', (1, 10, None), ("{***：***，*** ***}", "")),
        ('{"name": "Shop"}', (2, 1, None), None),
        ('{"name": "Shop"}', (1, 900, None), ('{"name": "Shop"}', "")),
    ],
)
def test_what_is_shown_of_a_line(
    text: str, region: tuple[int, int, tuple[int, int] | None], expected: tuple[str, str] | None
) -> None:
    found = of_text(text, *region)
    assert (None if found is None else (found.text, found.text[found.start : found.end])) == expected


def test_of_a_long_line_what_is_around_the_place_is_shown() -> None:
    text = json.dumps({"x": "a" * 5_000, "name": "Shop", "y": "b" * 5_000})
    start = text.index('"Shop"')
    found = of_text(text, 1, start + 1, (1, start + 7))
    assert found is not None
    assert found.text[found.start : found.end] == '"Shop"'
    assert len(found.text) < 700
    assert found.text[0] == found.text[-1] == "…"


def every_line(package: Package) -> Iterator[str]:
    """Yield all that could be shown of a package, whatever is meant."""
    for name, entry in package.archive.entries.items():
        source = read_source(package, name)
        for number, text in enumerate(entry.read().decode().split("\n"), 1):
            for column in {1, len(text) // 2 + 1, max(len(text) - 250, 1)}:
                found = None if source is None else source.line_at(Region(number, column, number, len(text) + 1))
                yield "" if found is None else found.text


def test_no_credential_of_any_kind_is_in_a_line() -> None:
    flock = Flock()
    for shape in (lambda bird: bird, lambda bird: [bird], lambda bird: {"value": bird}):
        files = worlds.contents(worlds.secrets(flock, shape), MANIFEST)
        shown = "\n".join(every_line(make_package(files)))
        assert flock.heard(shown) == []
        assert shown.count("***") > 100


def test_no_text_with_a_credential_is_in_a_line() -> None:
    flock = Flock()
    found = worlds.documents(flock, 0)
    some = found if THOROUGH else {word: members[:1] for word, members in list(found.items())[::8]}
    assert flock.heard("\n".join(every_line(make_package(worlds.contents(some, MANIFEST))))) == []


@laws
@given(
    st.sampled_from(["secret", "x_password", "access_token"]),
    st.sampled_from([None, 1]),
    st.sampled_from(['"%s"', '["%s"]', '{"deep": "%s"}']),
    st.integers(0, 40),
    st.sampled_from(["", ",}", '"\\ud800"}', ', "a": NaN}']),
)
def test_no_credential_is_in_a_line_of_a_document_that_breaks_off(
    key: str, indent: int | None, shape: str, short: int, end: str
) -> None:
    bird = "Kq7wVx00001Zn4tYj"
    document = {**DATASOURCE, "content": {**DATASOURCE["content"], key: json.loads(shape % bird)}, "z": APPLICATION}
    text = json.dumps(document, indent=indent)
    package = make_package({"datasources/orders-db.json": (text[: len(text) - short] + end).encode()})
    assert "Kq7wVx" not in "\n".join(every_line(package))
