from functools import cache

import pytest

from assetpkg.archive.zip import BytesSource, Limits, ZipFault, ZipRefused, open_zip
from assetpkg.archive.zip.faults import shown_name
from assetpkg.diagnostics import catalogue
from assetpkg.diagnostics.catalogue import refuses
from tests.archive.zip.forge import Member, forge
from tests.tables import every_row
from tests.trust.hostile.catalogue import LEGAL, ODDITIES, Oddity
from tests.trust.hostile.shapes import PLAIN, TEXT

IDS = [f"{oddity.slug}: {oddity.title}" for oddity in ODDITIES]


@cache
def noticed(archive: bytes, limits: Limits) -> tuple[ZipFault, ...]:
    try:
        directory = open_zip(BytesSource(archive), limits)
        for entry in directory.entries:
            directory.read(entry)
    except ZipRefused as refused:
        return refused.faults
    return directory.warnings


@every_row("oddity", ODDITIES, ids=IDS)
def test_an_oddity_is_noticed_and_worded_like_the_others_and_nothing_else_is(oddity: Oddity) -> None:
    faults = noticed(oddity.archive, oddity.limits)
    assert {fault.slug for fault in faults} == {oddity.slug} | oddity.also
    for fault in faults:
        assert not fault.message.endswith(".")
        assert fault.hint
        assert fault.message.isprintable()


@every_row("archive", LEGAL.values(), ids=LEGAL.keys())
def test_a_legal_archive_is_read_without_a_word(archive: bytes) -> None:
    assert noticed(archive, Limits()) == ()


def test_every_slug_is_forged() -> None:
    elsewhere = {"unreadable-file", "unreadable-folder", "changed-file", "too-many-faults"}
    assert {oddity.slug for oddity in ODDITIES} == set(catalogue.CONTAINER_FAULTS) - elsewhere


@every_row(
    ("archive", "message"),
    [
        (forge(PLAIN, before_directory=b"\0"), "1 byte belongs to no entry, after 'a.txt'"),
        (forge(Member(b"a.txt", TEXT, before=b"hidden")), "6 bytes belong to no entry, before 'a.txt'"),
        (forge(before_directory=b"hidden"), "6 bytes belong to no entry"),
        (
            forge(PLAIN, behind_directory=bytes(50), end={"size": len(PLAIN.central_part(0)) + 50}),
            "entry 2 of the central directory does not begin like an entry, after 'a.txt'",
        ),
        (forge(PLAIN) + bytes(70_000), "only zeros follow the end of the archive: 70,000 bytes"),
    ],
)
def test_what_stands_near_is_named(archive: bytes, message: str) -> None:
    assert [fault.message for fault in noticed(archive, Limits())] == [message]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a" * 1_024, "a" * 1_024),
        ("a" * 1_025, f"{'a' * 60}… (1,025 characters)"),
        ("a=" * 600, f"{'a=' * 30}… (1,200 characters)"),
        (f"docs/postgres://me:{'x' * 200}@db/{'a' * 1_000}", "docs/postgres://me:… (1,223 characters)"),
    ],
)
def test_of_a_name_that_no_system_takes_the_beginning_is_told(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_warning_does_not_refuse() -> None:
    for oddity in ODDITIES:
        if not refuses(oddity.slug):
            assert open_zip(BytesSource(oddity.archive), oddity.limits).entries


def test_all_bad_names_are_reported_at_once() -> None:
    archive = forge(Member(b"../a"), Member(b"b\\c "), Member(b"fine"), Member(b"NUL"))
    with pytest.raises(ZipRefused) as refused:
        open_zip(BytesSource(archive))
    assert [(fault.entry, fault.slug) for fault in refused.value.faults] == [
        ("../a", "path-traversal"),
        ("b\\c ", "path-backslash"),
        ("b\\c ", "path-trailing-dot-space"),
        ("NUL", "path-windows-device"),
    ]
    assert str(refused.value) == "path-traversal: the path has a `..` component (and 3 more)"


def test_all_clashes_are_reported_at_once() -> None:
    archive = forge(*(Member(name) for name in (b"a", b"A", b"b", b"b/c", b"d", b"d")))
    with pytest.raises(ZipRefused) as refused:
        open_zip(BytesSource(archive))
    assert [(fault.slug, fault.message) for fault in refused.value.faults] == [
        ("name-collision", "'a' and 'A' are the same name on systems that ignore case"),
        ("file-dir-conflict", "'b' is a file, but it is a folder in 'b/c'"),
        ("duplicate-name", "'d' occurs twice"),
    ]


def test_zero_padding_has_its_own_hint() -> None:
    padded, newline = (noticed(forge() + behind, Limits())[0] for behind in (bytes(512), b"\n"))
    assert padded.message == "only zeros follow the end of the archive: 512 bytes"
    assert padded.hint != newline.hint


def test_a_fault_says_where_it_is() -> None:
    first = Member(b"a", TEXT)
    second = Member(b"b", TEXT, local={"crc": 0})
    (fault,) = noticed(forge(first, second), Limits())
    assert (fault.entry, fault.offset) == ("b", len(first.local_part()))


def test_unmarked_utf8_names_are_read_on_request() -> None:
    archive = forge(Member("café".encode(), TEXT, both={"flags": 0}))
    directory = open_zip(BytesSource(archive), names_encoding="utf-8")
    assert [entry.name for entry in directory.entries] == ["café"]


def test_other_names_are_not_read_on_request() -> None:
    archive = forge(Member(b"caf\xe9", TEXT, both={"flags": 0}))
    with pytest.raises(ZipRefused, match="name-legacy-encoding"):
        open_zip(BytesSource(archive), names_encoding="utf-8")


def test_entries_are_sorted_whatever_the_order_in_the_file() -> None:
    directory = open_zip(BytesSource(forge(Member(b"c"), Member(b"a/"), Member(b"b", TEXT))))
    assert [(entry.name, entry.is_dir, entry.size) for entry in directory.entries] == [
        ("a/", True, 0),
        ("b", False, len(TEXT)),
        ("c", False, 0),
    ]


def test_no_more_than_a_thousand_faults_are_kept() -> None:
    archive = forge(*(Member(f"{number}/../a".encode()) for number in range(1_100)))
    assert len(noticed(archive, Limits())) == 1_000


def test_the_set_is_large_and_no_archive_stands_in_it_twice() -> None:
    assert len({(oddity.archive, oddity.limits) for oddity in ODDITIES}) == len(ODDITIES) >= 250
    assert len(set(LEGAL.values())) == len(LEGAL) >= 60
