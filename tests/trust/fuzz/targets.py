"""What coverage-guided fuzzing runs: each target takes any bytes, and fails by an exception that nobody expects."""

import contextlib
import io
import json
import ntpath
import posixpath
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from assetpkg import check, documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.zip import write_zip
from assetpkg.archive.zip.names import check_path
from assetpkg.cli.program import run
from assetpkg.documents.yaml import parse_yaml
from assetpkg.errors import CannotRead
from assetpkg.package.openapi.reading import read_openapi
from assetpkg.package.package import load
from tests.build import make_contents
from tests.conftest import ROOT
from tests.trust.fuzz.readers import our_view, read_with_zipfile
from tests.trust.hostile import catalogue
from tests.trust.hostile import documents as hostile

EXPORTS = ROOT / "tests" / "package" / "openapi" / "files"
LONGEST = 4_096
"""How many bytes a target is given at most."""


class Target(NamedTuple):
    """A function that must not fail, and what to begin with."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]


def container(archive: bytes) -> None:
    """What is accepted is what Python's own module sees, if it sees anything."""
    ours = our_view(archive)
    theirs = read_with_zipfile(archive) if ours is not None else None
    assert theirs in (None, ours), f"{theirs} instead of {ours}"


def path_rules(raw: bytes) -> None:
    """An accepted name is one path, inside, on every system and after every spelling that systems change."""
    name = raw.decode("utf-8", "surrogateescape")
    complaints: list[str] = []
    check_path(name, lambda slug, _: complaints.append(slug))
    if complaints:
        return
    plain = name.removesuffix("/")
    for spelt in (plain, plain.casefold(), plain.upper(), unicodedata.normalize("NFD", plain)):
        assert posixpath.normpath(posixpath.join("/base", spelt)) == "/base/" + spelt
        assert ntpath.normpath(ntpath.join("c:\\base", spelt)) == "c:\\base\\" + spelt.replace("/", "\\")
    assert unicodedata.normalize("NFC", name) == name == name.encode().decode()


def json_loader(content: bytes) -> None:
    """What is read is what Python's parser reads, and can be written and read again."""
    try:
        document = documents.parse(content)
    except documents.InvalidDocument:
        return
    assert document == json.loads(content.decode())
    assert documents.parse(documents.dump(document)) == document


def parsers(content: bytes) -> None:
    """What is taken from a file is read as an archive and as a document: both in one run, since it starts slowly."""
    container(content)
    json_loader(content)


def manifest(content: bytes) -> None:
    """A package is checked whatever its manifest is."""
    check(load(Archive.from_contents(make_contents({"manifest.json": content}))))


def resource(content: bytes) -> None:
    """A package is checked whatever one of its resources is; the first byte chooses the kind."""
    names = sorted(make_contents())
    name = names[content[0] % len(names)] if content else names[0]
    check(load(Archive.from_contents(make_contents({name: content[1:]}))))


def openapi(content: bytes) -> None:
    """A file with APIs is refused, or what is made of it is JSON, and every note has its place in the file."""
    try:
        file = read_openapi(content, application="Shop")
    except CannotRead:
        return
    lines = content.count(b"\n") + content.count(b"\r") + content.count("\u2028".encode()) + 2
    assert all(0 < note.line <= lines + content.count("\x85".encode()) for note in file.notes)
    for made in file.documents:
        assert documents.parse(documents.dump(made.document)) == made.document


COMMANDS: Sequence[Sequence[str]] = (
    ("check", "IN"),
    ("check", "--format", "json", "IN"),
    ("show", "IN"),
    ("show", "IN", "application/Shop"),
    ("plan", "IN"),
    ("plan", "--format", "json", "--prefix", "dev_", "IN"),
    ("plan", "GOOD", "--target", "IN"),
    ("unpack", "IN", "-o", "OUT"),
    ("diff", "GOOD", "IN", "--details"),
    ("diff", "--git", "--", "a.zip", "IN", "0", "1", "GOOD", "0", "1"),
    ("show", "IN", "--documents"),
    ("adapt", "IN", "--prefix", "p_", "-o", "OUT"),
    ("plan", "GOOD", "--adapt", "IN"),
    ("subset", "IN", "--only", "*", "-o", "OUT"),
    ("subset", "GOOD", "--since", "IN", "-o", "OUT"),
    ("merge", "GOOD", "IN", "-o", "OUT"),
    ("merge", "IN", "GOOD", "--base", "GOOD", "--prefer", "a", "-o", "OUT"),
)
"""The commands that read a file of somebody else's."""

_STATUSES = frozenset({0, 1, 2})


def command(content: bytes) -> None:
    """Every command on any bytes ends with a documented status and no traceback; the first byte chooses it.

    Where the second byte is even, the rest is the file; else it is a resource of a package that is otherwise good.
    """
    arguments = COMMANDS[content[0] % len(COMMANDS)] if content else COMMANDS[0]
    body = content[2:]
    if content[1:2] and content[1] % 2:
        body = b"".join(write_zip(make_contents({"applications/Shop.json": body}).items()))
    with tempfile.TemporaryDirectory(prefix="fuzz") as place:
        paths = {name: f"{place}/{name.lower()}.zip" for name in ("IN", "GOOD", "OUT")}
        Path(paths["IN"]).write_bytes(body)
        Path(paths["GOOD"]).write_bytes(b"".join(write_zip(make_contents().items())))
        status, said = _started([paths.get(argument, argument) for argument in arguments])
    assert status in _STATUSES, status
    assert "Traceback" not in said
    assert "\x1b" not in said


def _started(arguments: Sequence[str]) -> tuple[object, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with mock.patch.object(sys, "argv", ["assetpkg", *arguments]):
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                run()
            except SystemExit as ended:
                status = ended.code
        said = []
        for stream in (out, err):
            stream.flush()
            said.append(stream.buffer.getvalue().decode())
    return status, "".join(said)


def _archives() -> Iterator[bytes]:
    yield from catalogue.LEGAL.values()
    yield from (oddity.archive for oddity in catalogue.ODDITIES)


def _documents() -> Iterator[bytes]:
    yield from make_contents().values()
    yield from (each.content for each in hostile.HOSTILE)


def _manifests() -> Iterator[bytes]:
    yield make_contents()["manifest.json"]
    yield documents.dump({"format": "assetpkg/1", "asset_version": "1.0", "name": "a", "assets": [], "source": {}})
    yield from _documents()


def _names() -> Iterator[bytes]:
    yield from (
        b"a/b.json",
        "订单（一）.json".encode(),
        b"con.txt",
        b"../a",
        b"C:a",
        b"a~1.txt",
        "e\u0301".encode(),
        b"\xed\xa0\x80",
    )


def _files() -> Iterator[bytes]:
    good = b"".join(write_zip(make_contents().items()))
    for number in range(len(COMMANDS)):
        yield bytes([number, 0]) + good
        yield from (bytes([number, 1]) + document for document in make_contents().values())
    for number, archive in enumerate(islice(_archives(), 0, None, 40)):
        yield bytes([number % len(COMMANDS), 0]) + archive


def _exports() -> Iterator[bytes]:
    for path in sorted(EXPORTS.glob("*.yaml")):
        content = path.read_bytes()
        yield content
        yield documents.dump(json.loads(json.dumps(parse_yaml(content))))


def _resources() -> Iterator[bytes]:
    for number, name in enumerate(sorted(make_contents())):
        yield bytes([number]) + make_contents()[name]


TARGETS = {
    "parsers": Target(parsers, lambda: chain(_archives(), _documents())),
    "container": Target(container, _archives),
    "paths": Target(path_rules, _names),
    "json": Target(json_loader, _documents),
    "manifest": Target(manifest, _manifests),
    "resource": Target(resource, _resources),
    "openapi": Target(openapi, _exports),
    "command": Target(command, _files),
}
"""The targets by their names."""
