"""A zip in which some contents are others, and every other byte is as it was."""

import io
import zipfile
from typing import Any

import pytest

from assetpkg.archive.archive import parse_archive
from assetpkg.archive.zip.patching import patch_zip
from assetpkg.limits import DEFAULT_LIMITS

DATE = (2024, 5, 6, 7, 8, 10)


def made(*, described: bool = False, comment: bytes = b"") -> bytes:
    """Make a zip with folders, times, modes and a comment, such as other programs make."""
    out = io.BytesIO()
    stream: Any = Unseekable(out) if described else out
    with zipfile.ZipFile(stream, "w") as archive:
        for number, name in enumerate(("z/", "z/first.json", "a.json", "名.json", "empty/")):
            info = zipfile.ZipInfo(name, DATE)
            info.external_attr = (0o40700 if name.endswith("/") else 0o100600) << 16
            info.compress_type = zipfile.ZIP_STORED if number == 2 or name.endswith("/") else zipfile.ZIP_DEFLATED
            archive.writestr(info, b"" if name.endswith("/") else f"content of {name} {'x' * 100}".encode())
        archive.comment = comment
    return out.getvalue()


class Unseekable:
    """A stream to which a zip is written with descriptors after the contents."""

    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def write(self, content: bytes) -> int:
        return self._out.write(content)

    def flush(self) -> None:
        self._out.flush()


@pytest.mark.parametrize("content", [made(), made(described=True), made(comment=b"of the program")])
@pytest.mark.parametrize("new", [b"new", b"new" * 1_000, b""])
@pytest.mark.parametrize("name", ["z/first.json", "a.json", "名.json"])
def test_only_what_is_changed_is_different(content: bytes, name: str, new: bytes) -> None:
    patched = patch_zip(content, {name: new}, DEFAULT_LIMITS)
    assert patched is not None
    before, after = parse_archive(content, origin="a"), parse_archive(patched, origin="b")
    assert {fault.slug for _, fault in after.faults} <= {fault.slug for _, fault in before.faults}
    assert {each: entry.read() for each, entry in after.entries.items()} == {
        **{each: entry.read() for each, entry in before.entries.items()},
        name: new,
    }
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(patched)) as again:
        assert again.testzip() is None
        assert again.comment == old.comment
        assert [(each.filename, each.date_time, each.external_attr) for each in again.infolist()] == [
            (each.filename, each.date_time, each.external_attr) for each in old.infolist()
        ]


def test_nothing_changed_is_the_same_byte_for_byte() -> None:
    for content in (made(), made(described=True), made(comment=b"x")):
        assert patch_zip(content, {}, DEFAULT_LIMITS) == content


def test_what_cannot_be_patched_is_left_to_others() -> None:
    assert patch_zip(b"no zip", {}, DEFAULT_LIMITS) is None
    assert patch_zip(b"#!" + made(), {"a.json": b""}, DEFAULT_LIMITS) is None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.json", "w", force_zip64=True) as file:
        file.write(b"{}")
    assert patch_zip(out.getvalue(), {"a.json": b"[]"}, DEFAULT_LIMITS) is None
