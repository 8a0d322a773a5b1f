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
