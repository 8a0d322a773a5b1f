import ntpath
import posixpath
import string
import struct
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from assetpkg.archive.zip import BytesSource, ZipFault, ZipRefused, headers, names, open_zip, tiling, write_zip
from tests.archive.zip.forge import FILE, STREAMED, Member, deflate, extra, forge
from tests.trust.hostile.catalogue import LEGAL

COMPONENTS = st.text(string.ascii_letters + string.digits + "-_é订单（）", min_size=1, max_size=12)
PATHS = st.lists(COMPONENTS, min_size=1, max_size=4).map("/".join)
TREES = st.dictionaries(PATHS, st.binary(max_size=300) | st.binary(max_size=20).map(lambda part: part * 50), max_size=8)

SMALL = b"".join(write_zip({"a.json": b'{"name": "a", "id": 1}' * 3, "é/b": b"b", "c": b""}.items()))
SEEDS = [SMALL, *(archive for archive in LEGAL.values() if len(archive) < 1_000)]
FILES = {"a.json": b'{"name": "a", "id": 1}' * 3, "é/b": b"b", "c": b""}

Opened = tuple[tuple[object, ...], tuple[ZipFault, ...]]
"""The entries of an archive, none where it is refused, and what was found."""

AES = 0x9901
UNKNOWN = 0xFFFFFFFF
WIDE = {"extra": extra(1, struct.pack("<2Q", 4, 4))}
"""What has the sizes of a text of four bytes, where its header leaves them to it."""
FIELDS = st.dictionaries(
    st.sampled_from(["needed", "flags", "method", "time", "crc", "csize", "size"]),
    st.sampled_from([0, 1, 2, 4, 8, 20, 64, 0x800]),
    max_size=2,
)
MEMBERS = st.builds(
    Member,
    st.sampled_from([b"a", b"b/c", b"d/", "é".encode(), b"con"]),
    st.sampled_from([b"", b"text"]),
    st.sampled_from([None, None, b"\x03\0", b"ab", deflate(b"text")]),
    FIELDS,
    FIELDS | st.sampled_from([WIDE, {"extra": extra(1, b"")}, {"name": b"x"}, {"extra_length": 4}]),
    FIELDS | st.sampled_from([WIDE, {"csize": UNKNOWN, **WIDE}, *({"attributes": each} for each in (0x10, FILE))]),
    st.sampled_from([b"", b"", b"comment"]),
    before=st.sampled_from([b"", b"", b"-"]),
    behind=st.sampled_from([b"", b"", b"-"]),
)
"""Entries of which most are not sound, and in few places each."""

many = settings(max_examples=30 * settings().max_examples)
"""For what a few examples would hardly touch, and which is quick."""


def read(archive: bytes) -> dict[str, bytes] | None:
    """The files of an archive, or nothing where it is refused; any other outcome is an error."""
    try:
        directory = open_zip(BytesSource(archive))
        return {entry.name: directory.read(entry) for entry in directory.entries}
    except ZipRefused:
        return None


def look_into(archive: bytes) -> Opened:
    """What an archive is opened as."""
    try:
        directory = open_zip(BytesSource(archive))
    except ZipRefused as refused:
        return (), refused.faults
    return directory.entries, directory.warnings


def look_into_slowly(archive: bytes) -> Opened:
    """What an archive is opened as where no entry is taken for one that is like most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiling, "find_plain", lambda *_: None)
        patch.setattr(headers, "_are_harmless", lambda *_: False)
        return look_into(archive)


@given(TREES, st.booleans())
def test_what_is_written_is_read(tree: dict[str, bytes], store: bool) -> None:  # noqa: FBT001 - drawn
    try:
        archive = b"".join(write_zip(tree.items(), store=store))
    except ValueError:
        assume(False)  # noqa: FBT003 - names that clash are another test
    directory = open_zip(BytesSource(archive))
    assert directory.warnings == ()
    assert {entry.name: directory.read(entry) for entry in directory.entries} == tree


@given(st.permutations(list(FILES.items())))
def test_the_order_of_the_input_does_not_matter(entries: list[tuple[str, bytes]]) -> None:
    assert b"".join(write_zip(entries)) == SMALL


def test_every_truncation_is_refused() -> None:
    assert read(SMALL) == FILES
    for length in range(len(SMALL)):
        assert read(SMALL[:length]) is None


def test_every_changed_byte_is_noticed_or_harmless() -> None:
    for at, byte in enumerate(SMALL):
        for other in (byte ^ 0x01, byte ^ 0x80, byte ^ 0xFF, 0x00, 0x2F):
            changed = SMALL[:at] + bytes([other]) + SMALL[at + 1 :]
            assert read(changed) in (None, FILES), f"byte {at} changed to {other:#04x}"


@given(st.lists(MEMBERS, min_size=1, max_size=3).map(lambda members: forge(*members)))
@example(forge(Member(b"a", b"text", both={"flags": STREAMED})))
@example(forge(Member(b"d/", packed=b"ab")))
@example(forge(Member(b"a", b"text", both={"size": UNKNOWN, "csize": UNKNOWN}, central=WIDE)))
@example(forge(Member(b"a", b"text", local={"extra_length": 4})))
@example(forge(Member(b"a", b"text", both={"needed": 64})))
@example(forge(Member(b"d/", central={"attributes": FILE})))
@example(forge(Member(b"a", b"text", central={"extra": extra(AES, b"")})))
@many
def test_an_entry_that_is_taken_for_one_like_most_is_one(archive: bytes) -> None:
    assert look_into(archive) == look_into_slowly(archive)


def test_every_doubled_or_dropped_byte_is_noticed() -> None:
    for at in range(len(SMALL)):
        assert read(SMALL[:at] + SMALL[at : at + 1] + SMALL[at:]) is None
        assert read(SMALL[:at] + SMALL[at + 1 :]) is None


@given(TREES, TREES)
def test_two_archives_in_one_file_are_refused(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    try:
        archive = b"".join(write_zip(one.items())) + b"".join(write_zip(other.items()))
    except ValueError:
        assume(False)  # noqa: FBT003 - names that clash are another test
    assert read(archive) is None


@given(st.binary(max_size=200))
@example(b"PK\x05\x06" + b"\xff" * 18)
@example(b"PK\x05\x06" * 20)
@example(b"PK\x06\x07" + b"\0" * 16 + b"PK\x05\x06" + b"\0" * 18)
def test_any_bytes_are_read_or_refused(archive: bytes) -> None:
    read(archive)


@given(st.sampled_from(SEEDS), st.data())
@many
def test_any_edit_of_an_archive_is_read_or_refused_and_found_in_either_way(archive: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(archive)))
    width = data.draw(st.sampled_from([0, 1, 2, 4, 8, 30]))
    with_this = data.draw(st.binary(min_size=width, max_size=width) | st.sampled_from([b"", b"\xff" * width, archive]))
    edited = archive[:at] + with_this + archive[at + width :]
    read(edited)
    assert look_into(edited) == look_into_slowly(edited)


@given(st.text(max_size=20))
@example("con")
@example("a/../../b")
@example("C:a")
def test_an_accepted_name_stays_inside_on_every_system(name: str) -> None:
    try:
        write_zip([(name, b"")])
    except ValueError:
        return
    assert unicodedata.normalize("NFC", name) == name
    for spelt in (name, name.casefold(), name.upper(), unicodedata.normalize("NFD", name)):
        assert posixpath.normpath(posixpath.join("/base", spelt)) == "/base/" + spelt
        assert ntpath.normpath(ntpath.join("c:\\base", spelt)) == "c:\\base\\" + spelt.replace("/", "\\")


@given(TREES, TREES)
def test_archives_are_equal_exactly_when_their_files_are(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    try:
        archives = [b"".join(write_zip(tree.items())) for tree in (one, other, dict(reversed(one.items())))]
    except ValueError:
        assume(False)  # noqa: FBT003 - names that clash are another test
    assert (archives[0] == archives[1]) == (one == other)
    assert archives[0] == archives[2]


class Nothing:
    """What no name matches."""

    def fullmatch(self, _: str) -> None:
        return None


PIECES = (
    "a",
    "b1",
    "con",
    "NUL",
    "com1",
    ".",
    "..",
    " ",
    "/",
    "-",
    "_",
    "~1",
    "x" * 99,
    "aux.txt",
    "\n",
    "é",
    "\u212a",
    "\u017f",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@many
def test_a_name_that_is_taken_for_harmless_breaks_no_rule(name: str) -> None:
    shortcut = names._HARMLESS  # noqa: SLF001 - the other rules have to agree with it
    found: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "_HARMLESS", Nothing())
        names.check_path(name, lambda slug, _: found.append(slug))
    assert not (shortcut.fullmatch(name) and found)
