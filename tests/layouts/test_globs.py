"""Globs for the names of entries, and what their stars matched."""

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.layouts.globs import Glob
from tests.tables import every_row


@every_row(
    ("glob", "name", "parts"),
    [
        ("export.json", "export.json", ()),
        ("export.json", "exportXjson", None),
        ("*.json", "a.json.json", ("a.json",)),
        ("*.json", "a/b.json", None),
        ("apps/*/apis/*.json", "apps/订单/apis/1.json", ("订单", "1")),
        ("apps/*-*-x.json", "apps/a-b-c-x.json", ("a", "b-c")),
        ("**/app.json", "app.json", ("",)),
        ("**/app.json", "a/b/app.json", ("a/b",)),
        ("a/**/b/*.json", "a/b/1.json", ("", "1")),
        ("data/**", "data/a/b", ("a/b",)),
        ("c/*.zip!/x/*.json", "c/apic.zip!/x/1.json", ("apic", "1")),
        ("[a].json", "[a].json", ()),
        ("[a].json", "a.json", None),
    ],
)
def test_a_glob_fits_and_knows_its_parts(glob: str, name: str, parts: tuple[str, ...] | None) -> None:
    assert Glob(glob).match(name) == parts
    assert Glob(glob).fits(name) is (parts is not None)
    if parts is not None:
        assert Glob(glob).bind(parts) == name


@given(st.text("ab", max_size=200))
def test_many_stars_take_no_time(text: str) -> None:
    Glob("*a*a*a*a*a*a*a*a*c").match(text * 20)
