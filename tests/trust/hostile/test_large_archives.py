"""Archives made to exhaust a machine: as many entries as are read, and gigabytes in a megabyte."""

import zlib
from collections.abc import Callable, Mapping

from tests.archive.zip.forge import Member, deflate, forge
from tests.build import MANIFEST, encode
from tests.conftest import THOROUGH
from tests.trust.hostile.contents import MEGABYTE, blanks
from tests.trust.hostile.gates import COMMANDS, Job, daily, sixteen_megabytes


def entries(number: int, name: bytes, content: bytes = b"", **both: int) -> bytes:
    """Return a package of as many entries, the manifest and others with a number for `%d` in their name."""
    manifest = Member(b"manifest.json", encode(MANIFEST))
    return forge(manifest, *(Member(name % at, content, both=both) for at in range(number - 1)), wide_end={})


def repeated(content: bytes, number: int = 64) -> bytes:
    """Return a package with a document many times, which packs as well as the document does."""
    packed, crc = deflate(content), zlib.crc32(content)
    members = (Member(b"topics/%d.json" % at, b"", packed, {"size": len(content), "crc": crc}) for at in range(number))
    return forge(Member(b"manifest.json", encode(MANIFEST)), *members)


def _zeros(number: int) -> bytes:
    size = 16 * MEGABYTE
    crc = zlib.crc32(bytes(size))
    members = (Member(b"%d" % at, b"", blanks(16), {"size": size, "crc": crc}) for at in range(number))
    return forge(Member(b"manifest.json", encode(MANIFEST)), *members)


MOST = 65_536 if THOROUGH else 20_000

ARCHIVES: Mapping[str, Callable[[], bytes]] = {
    "most empty files": lambda: entries(MOST, b"%d"),
    "most damaged files": lambda: entries(MOST, b"%d", crc=7),
    "most bad names": lambda: entries(MOST, b"%d\\..\\nul"),
    "most faulty resources": lambda: entries(MOST, b"topics/%d.json", b"{}"),
    "most comments": lambda: forge(
        Member(b"manifest.json", encode(MANIFEST)),
        *(Member(b"%d" % at, comment=b"c") for at in range(MOST - 1)),
        wide_end={},
    ),
    "long headers": lambda: entries(30_000 if THOROUGH else 10_000, b"%d/" + b"/".join([b"a" * 100] * 9) + b"/"),
    "64 files of 16 MiB of blanks": lambda: _zeros(63),
    "64 documents of lists": lambda: repeated(sixteen_megabytes(b"[],", b"[", b"[]]")),
    "64 documents of one string": lambda: repeated(sixteen_megabytes(b"a", b'{"name": "', b'"}')),
}


@daily(ARCHIVES)
def test_an_archive_against_the_whole_machine_costs_little(make: Callable[[], bytes], job: Job) -> None:
    archive = make()
    # A plan judges all that a check does.
    for command in ("check", "plan") if THOROUGH else ("plan",):
        job({"a.zip": archive}, [COMMANDS[command]])
