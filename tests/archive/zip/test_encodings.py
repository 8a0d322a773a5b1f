"""Names that do not say how they are encoded: one finding, the encodings that fit, and the names that they give."""

import pytest

from assetpkg.archive import NAMES_ENCODINGS
from assetpkg.archive.zip import BytesSource, ZipFault, ZipRefused, open_zip
from assetpkg.archive.zip.codecs import ENCODINGS
from tests.archive.zip.forge import Member, forge
from tests.tables import every_row
from tests.trust.hostile.shapes import TEXT, unicode_path

NAMES = {
    "utf-8": ("topics/订单.json", "topics/é.json"),
    "gbk": ("topics/订单同步.json", "applications/应用中心.json"),
    "big5": ("topics/訂單同步.json", "applications/應用中心.json"),
    "shift-jis": ("topics/注文データ.json", "applications/在庫管理.json"),
    "cp437": ("topics/Bestellung für Köln.json",),
    "cp850": ("topics/São Paulo.json",),
    "cp866": ("topics/Заказы.json",),
}
WITH_5C = ("topics/誠.json", "topics/乗/表.json")
"""Names with a character whose second byte is that of a backslash, in GBK or in Shift-JIS."""


def unmarked(*raws: bytes) -> bytes:
    return forge(*(Member(raw, TEXT, both={"flags": 0}) for raw in raws))


def refusals(content: bytes, encoding: str | None = None) -> tuple[ZipFault, ...]:
    with pytest.raises(ZipRefused) as refused:
        open_zip(BytesSource(content), names_encoding=encoding)
    return refused.value.faults


def names_in(content: bytes, encoding: str) -> list[str]:
    return [entry.name for entry in open_zip(BytesSource(content), names_encoding=encoding).entries]


def test_the_option_has_every_encoding() -> None:
    assert tuple(ENCODINGS) == NAMES_ENCODINGS


@every_row("word", NAMES)
def test_the_right_encoding_is_named_first_and_reads_the_names(word: str) -> None:
    content = unmarked(*(name.encode(ENCODINGS[word].codec) for name in NAMES[word]))
    (fault,) = refusals(content)
    assert fault.slug == "name-legacy-encoding"
    assert fault.entry == NAMES[word][0]
    assert fault.hint.startswith(f"use --names-encoding {word} if '{NAMES[word][0]}' is right")
    assert names_in(content, word) == sorted(NAMES[word])


def test_a_long_name_is_shown_to_its_beginning_and_says_so() -> None:
    (fault,) = refusals(unmarked(f"topics/{'订单' * 40}.json".encode("gbk")))
    assert f"use --names-encoding gbk if 'topics/{('订单' * 40)[:52]}…' is right" in fault.hint


def test_korean_is_named_beside_chinese_since_all_of_it_is_chinese_too() -> None:
    content = unmarked("topics/주문 동기화.json".encode("euc-kr"))
    (fault,) = refusals(content)
    assert ", or --names-encoding euc-kr if 'topics/주문 동기화.json' is right" in fault.hint
    assert names_in(content, "euc-kr") == ["topics/주문 동기화.json"]


@pytest.mark.parametrize(("word", "name"), [("gbk", WITH_5C[0]), ("gbk", WITH_5C[1]), ("shift-jis", WITH_5C[1])])
def test_half_of_a_character_is_no_backslash(word: str, name: str) -> None:
    raw = name.encode(ENCODINGS[word].codec)
    assert b"\\" in raw
    content = unmarked(raw)
    assert [fault.slug for fault in refusals(content)] == ["name-legacy-encoding"]
    assert names_in(content, word) == [name]


def test_many_names_are_one_finding() -> None:
    raws = (f"topics/订单{number}.json".encode("gbk") for number in range(3_000))
    (fault,) = refusals(unmarked(*raws))
    assert fault.message == "3,000 names, this one first, have non-ASCII characters and are not marked as UTF-8"
    assert "--names-encoding gbk" in fault.hint


@pytest.mark.parametrize(
    "raws",
    [
        pytest.param((b"\xff\xff\xff.json", "订".encode("gbk") + b"/../a"), id="a name that leads out of its folder"),
        pytest.param((b"\x81/a\\b",), id="a backslash, also in every encoding"),
    ],
)
def test_what_fits_nothing_has_no_hint_for_the_option(raws: tuple[bytes, ...]) -> None:
    (fault,) = refusals(unmarked(*raws))
    assert "--names-encoding" not in fault.hint
    assert fault.hint


def test_another_encoding_than_the_given_one_is_named() -> None:
    (fault,) = refusals(unmarked("topics/订单.json".encode()), "shift-jis")
    assert fault.message == "the name has non-ASCII characters and is not shift-jis"
    assert fault.hint == "use --names-encoding utf-8 if 'topics/订单.json' is right"


@pytest.mark.parametrize("hostile", ["../订单", "订单\\a", "con/订单", "订单:a"])
def test_a_name_in_another_encoding_is_held_against_the_same_rules(hostile: str) -> None:
    assert all(fault.slug.startswith("path-") for fault in refusals(unmarked(hostile.encode("gbk")), "gbk"))


def test_a_marked_name_stays_utf_8() -> None:
    content = forge(Member("订单".encode(), TEXT, both={"flags": 1 << 11}))
    assert names_in(content, "gbk") == ["订单"]


@pytest.mark.parametrize(("second", "refused"), [("订单.json", ()), ("订货.json", ("unicode-path-differs",))])
def test_a_second_name_has_to_be_the_same(second: str, refused: tuple[str, ...]) -> None:
    raw = "订单.json".encode("gbk")
    content = forge(Member(raw, TEXT, both={"flags": 0, "extra": unicode_path(raw, second.encode())}))
    (fault,) = refusals(content)
    assert ("--names-encoding gbk" in fault.hint) is not bool(refused)
    if refused:
        assert {found.slug for found in refusals(content, "gbk")} == set(refused)
    else:
        assert names_in(content, "gbk") == ["订单.json"]
