"""One view, or none, also where a second archive lies inside the first."""

from pathlib import Path

import pytest

from assetpkg.archive.zip import BytesSource, ZipRefused, open_zip
from tests.archive.zip.forge import Member, forge
from tests.conftest import THOROUGH
from tests.tables import every_row
from tests.trust.fuzz.readers import our_view, their_views
from tests.trust.hostile.inner import HIDDEN, Inner, family

FAMILY = list(family())


@every_row("inner", FAMILY, ids=[inner.title for inner in FAMILY])
def test_an_inner_archive_is_passed_over_or_refused(inner: Inner) -> None:
    if inner.harmless:
        assert [entry.name for entry in open_zip(BytesSource(inner.archive)).entries] == ["a.zip", "b.txt"]
        return
    with pytest.raises(ZipRefused) as refused:
        open_zip(BytesSource(inner.archive))
    assert [fault.slug for fault in refused.value.faults] == ["inner-archive"]


def test_every_reader_sees_what_is_accepted(tmp_path: Path) -> None:
    fine = [inner for inner in FAMILY if inner.harmless][:: 1 if THOROUGH else 3]
    everywhere = fine[::10]
    fine = everywhere + [inner for inner in fine if inner not in everywhere]
    views = their_views([inner.archive for inner in fine], tmp_path / "archives", tools=len(everywhere))
    wrong = [
        f"{inner.title}: {reader} sees {[name for name, _ in theirs]}"
        for inner, seen in zip(fine, views, strict=True)
        for reader, theirs in seen.items()
        if theirs not in (None, our_view(inner.archive))
    ]
    assert wrong == []


def test_some_reader_falls_for_what_is_refused(tmp_path: Path) -> None:
    refused = [inner for inner in FAMILY if not inner.harmless][:: 1 if THOROUGH else 3]
    views = their_views([inner.archive for inner in refused], tmp_path / "libraries", tools=0)
    fooled = {
        name
        for seen in views
        for name, files in seen.items()
        if files == () or (files and files[0][0] == HIDDEN.decode())
    }
    assert "libzip" in fooled


def test_a_zip_in_a_zip_is_a_file() -> None:
    nested = forge(Member(b"manifest.json", b"{}"), Member(b"topics/a.json", b"{}"))
    outer = forge(Member(b"a.txt", b"text"), Member(b"package.zip", nested))
    assert [entry.name for entry in open_zip(BytesSource(outer)).entries] == ["a.txt", "package.zip"]


@pytest.mark.parametrize("end", [b"PK\x05\x06", b"PK\x05\x06\0\0", b"x" * 90 + b"PK\x05\x06\0\0\0\0"])
def test_a_file_that_ends_like_an_archive_begins_to_end_is_a_file(end: bytes, tmp_path: Path) -> None:
    """What follows it is read as the rest of an end record, which has room for none of the entries that it counts."""
    archive = forge(Member(b"a.bin", end), Member(b"b.txt", b"text"), Member(b"c.bin", end))
    alone = forge(Member(b"a.bin", end))
    for each in (archive, alone):
        open_zip(BytesSource(each))
    for each, seen in zip((archive, alone), their_views([archive, alone], tmp_path / "archives", tools=2), strict=True):
        assert {reader: theirs for reader, theirs in seen.items() if theirs not in (None, our_view(each))} == {}
        assert "libzip" in seen
