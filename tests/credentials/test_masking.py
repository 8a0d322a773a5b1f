"""What may be said of a text, in whatever spelling a credential is in it."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.credentials.masking import describe, mask_line, mask_renamed
from assetpkg.package.layout import safe_name
from tests.counting import calls_of
from tests.ending import ends
from tests.laws.strategies import laws
from tests.starting import Starter
from tests.tables import every_row


class Record(NamedTuple):
    name: str
    parts: tuple[str, ...]
    details: dict[str, list[str]]

    def __repr__(self) -> str:
        return describe(self)


@every_row(
    ("text", "shown"),
    [
        ("the name 'postgres://me:canary@db' is taken", "the name 'postgres://me:***@db' is taken"),
        ("the name 'me:canary@db:3306' is taken", "the name 'me:***@db:3306' is taken"),
        ("the name me:canary@db:3306, and more", "the name me:***@db:3306, and more"),
        ("application/postgres:~1~1me:canary@db~1x", "application/postgres:~1~1me:***@db~1x"),
        ("api/{me:canary@db:3306}/a", "api/{me:***@db:3306}/a"),
        ("applications/https%3A%2F%2Fme%3Acanary@db.json", "applications/https%3A%2F%2Fme%3A***@db.json"),
        ("applications/me%3Acanary@db%3A3306.json", "applications/me%3A***@db%3A3306.json"),
        ("/x/Bearer canarycanary1234/Bearer canarycanary1234", "/x/Bearer *** ***"),
        ("/x~0y/password=canary~1bird/0", "/x~0y/password=***"),
        ("key 'a\npassword=canary' is here", "key 'a\npassword=***' is here"),
        ('"x" is no "me:canary@db:3306"', '"x" is no "me:***@db:3306"'),
        ("password=canary " * 200, "***"),
    ],
)
def test_a_credential_is_replaced_wherever_it_stands(text: str, shown: str) -> None:
    assert mask_line(text) == shown
    assert mask_line(shown) == shown


@every_row(
    "text",
    [
        "",
        "api/Order Center/orders/get-order",
        "applications/Order %25 Center.json",
        "write password=${PASSWORD} instead",
        "secret *** is too short; at least 8 are needed",
        "https://host:8080/a?b=c is no 'a' of {b}",
        "a long sentence " * 500,
    ],
)
def test_what_holds_none_is_told_as_it_is(text: str) -> None:
    assert mask_line(text) == text


@laws
@given(st.text("ab/~01%2F:@'\" {}.é订\n", max_size=20), st.text("ab/~01%2F'\" {}.", max_size=20))
def test_what_stands_around_a_credential_does_not_show_it(before: str, after: str) -> None:
    text = f"{before} https://me:Canary@host {after}"
    assert "Canary" not in mask_line(text)
    assert "Canary" not in mask_line(f"applications/{safe_name('https://me:Canary@host')}/{after}")


PIECES = ("~1@", "'a=", "{a", "/a@b:c", "https://a:b@c/", "%2F@", "password=a;", ".a", "'@\"")


@every_row("piece", PIECES)
def test_what_is_found_in_a_line_is_not_gone_back_from(piece: str) -> None:
    """A line of four times the length has four times the finds; going back from each of them would be the square."""
    short, long = (piece * (length // len(piece)) for length in (480, 1_920))
    mask_line(f"{long} ")  # so that every pattern is compiled
    assert calls_of(lambda: mask_line(long)) < 6 * calls_of(lambda: mask_line(short))


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_is_masked_to_the_end(piece: str, starter: Starter) -> None:
    masked = "from assetpkg.credentials.masking import mask_line\nmask_line({0!r} * (LONG // len({0!r})))"
    assert ends(starter, masked.format(piece))


def test_a_record_is_described_without_credentials() -> None:
    record = Record("password=canary", ("a", "ftp://a:canary@b"), {"token=canary": ["pwd=canary"]})
    assert (
        repr(record) == "Record(name='password=***', parts=('a', 'ftp://a:***@b'), details={'token=***': ['pwd=***']})"
    )


BIRD = "Zq7Canary9Xw"


@pytest.mark.parametrize("name", [f"pass={BIRD}", f"sk={BIRD}", f"ghp_{BIRD}abcdefghij", f"Bearer {BIRD}abcd"])
@pytest.mark.parametrize("prefix", ["dev", "x", "a1", "dev_"])
def test_a_prefix_hides_no_credential_behind_it(prefix: str, name: str) -> None:
    assert "Zq7" not in mask_renamed(f"{prefix}{name}", name)
    assert mask_renamed(f"{prefix}Shop", "Shop") == f"{prefix}Shop"
