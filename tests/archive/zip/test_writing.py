import io
import re
import zipfile

import pytest

from assetpkg.archive.zip import BytesSource, open_zip, write_zip
from tests.tables import every_row

FILES = {"b.txt": b"text " * 50, "a/é.txt": b"short", "B": b"\0" * (17 << 20)}


def written(files: dict[str, bytes], *, store: bool = False) -> bytes:
    return b"".join(write_zip(files.items(), store=store))


def test_the_same_files_give_the_same_bytes() -> None:
    backwards = dict(reversed(FILES.items()))
    assert written(FILES) == written(FILES) == written(backwards)


def test_every_field_is_as_promised() -> None:
    with zipfile.ZipFile(io.BytesIO(written(FILES))) as archive:
        infos = archive.infolist()
    seen = [
        (
            *(info.filename, info.date_time, info.create_system, info.create_version, info.extract_version),
            *(info.external_attr, info.flag_bits, info.compress_type, info.extra, info.comment),
        )
        for info in infos
    ]
    fixed = ((1980, 1, 1, 0, 0, 0), 3, 20, 20, 0o100644 << 16)
    assert seen == [
        ("B", *fixed, 0, zipfile.ZIP_STORED, b"", b""),  # packs too well: a reader would take it for a bomb
        ("a/é.txt", *fixed, 1 << 11, zipfile.ZIP_STORED, b"", b""),  # does not become smaller
        ("b.txt", *fixed, 0, zipfile.ZIP_DEFLATED, b"", b""),
    ]


def test_names_are_sorted_by_their_utf8() -> None:
    files = dict.fromkeys(("\U00010000", "\ufa0e", "a", "B", "c/b"), b"")
    names = [entry.name for entry in open_zip(BytesSource(written(files))).entries]
    assert names == ["B", "a", "c/b", "\ufa0e", "\U00010000"]


def test_on_request_everything_is_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(written(FILES, store=True))) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_an_archive_comes_in_pieces() -> None:
    pieces = list(write_zip(FILES.items(), store=True))
    assert FILES["b.txt"] in pieces


@every_row(
    ("names", "message"),
    [
        (["../a"], "'../a': the path has a `..` component"),
        (["a\\b", "nul"], "only; 'nul': 'nul' is a device on Windows"),
        ([""], "'': the name is empty"),
        (["a/"], "'a/': the name of a file cannot end with `/`"),
        (["\ud800"], "U+D800, which is not a character"),
        (["a", "a"], "'a' occurs twice"),
        (["a", "A"], "the same name on systems that ignore case"),
        (["a", "a/b"], "'a' is a file, but it is a folder in 'a/b'"),
    ],
)
def test_a_name_that_the_reader_would_refuse_is_refused(names: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        write_zip((name, b"") for name in names)


def test_as_many_files_as_the_format_counts_are_written_and_read() -> None:
    names = [f"{number}" for number in range(65_535)]
    archive = b"".join(write_zip((name, b"") for name in names))
    assert len(open_zip(BytesSource(archive)).entries) == 65_535


def test_one_file_more_is_refused() -> None:
    with pytest.raises(ValueError, match="65,535 files"):
        write_zip((f"{number}", b"") for number in range(65_536))


def test_more_than_four_gigabytes_are_refused() -> None:
    block = bytes(1 << 28)
    with pytest.raises(ValueError, match="4 GiB"):
        for _ in write_zip(((f"{number}", lambda: block) for number in range(16)), store=True):
            pass


def test_many_files_that_pack_too_well_are_read_back() -> None:
    files = {str(number): bytes(1 << 20) for number in range(20)}
    assert len(open_zip(BytesSource(written(files))).entries) == 20
