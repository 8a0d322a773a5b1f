"""What a single central header may say, and how large an entry may be."""

from functools import lru_cache

from assetpkg.archive.zip.central import Header
from assetpkg.archive.zip.extras import check_attributes, check_unicode_path, is_encrypted
from assetpkg.archive.zip.faults import Complain, Findings, Limits, in_bytes
from assetpkg.archive.zip.format import DEFLATED, DESCRIPTOR_FLAG, STORED, UTF8_FLAG
from assetpkg.archive.zip.modes import check_type
from assetpkg.archive.zip.names import check_path
from assetpkg.archive.zip.records import check_version, has_signature

_ENCRYPTION_FLAGS = 1 << 0 | 1 << 6 | 1 << 13
# Bits 1 and 2 tell how hard the compressor tried.
_KNOWN_FLAGS = _ENCRYPTION_FLAGS | 1 << 1 | 1 << 2 | DESCRIPTOR_FLAG | UTF8_FLAG
_AES_METHOD = 99

_FILE = Header(
    position=0,
    name="",
    raw_name=b"",
    needed=0,
    flags=0,
    method=STORED,
    time=0,
    date=0,
    crc=0,
    csize=0,
    size=0,
    attributes=0,
    offset=0,
    extras={},
    comment=b"",
    is_dir=False,
    is_decoded=True,
    shared=b"",
)
"""Any file without extra values."""


def check_header(header: Header, limits: Limits, findings: Findings) -> None:
    """Note everything in `header` that can be judged without its neighbours."""
    complain = findings.about(header.name, header.position)
    is_file = not (header.is_dir or header.extras)
    is_harmless = is_file and _are_harmless(header.needed, header.flags, header.method, header.attributes)
    if not is_harmless:
        _check_features(header, complain)
    _check_limits(header, limits, findings)
    _check_sizes(header, complain)
    if header.comment:
        _check_comment(header.comment, complain)
    if not is_harmless:
        check_attributes(header.extras, complain)
        check_type(header, complain)
    # A name that cannot be read with confidence is one fault of the archive; what is wrong with it nobody knows.
    if header.is_decoded:
        if header.extras:
            check_unicode_path(header.raw_name, header.name, header.extras, complain)
        check_path(header.name, complain)


@lru_cache(maxsize=64)
def _are_harmless(needed: int, flags: int, method: int, attributes: int) -> bool:
    """Say whether nothing is wrong with these marks of a file without extra values, of which nothing else is asked.

    Thousands of files in an archive have the same.
    """
    found: list[str] = []
    header = _FILE._replace(needed=needed, flags=flags, method=method, attributes=attributes)
    _check_features(header, lambda slug, _: found.append(slug))
    check_type(header, lambda slug, _: found.append(slug))
    return not found


def _check_features(header: Header, complain: Complain) -> None:
    if _is_encrypted(header):
        complain("encrypted", "the entry is encrypted")
    elif header.method not in (STORED, DEFLATED):
        complain("method-unsupported", f"compression method {header.method} is neither stored nor deflated")
    if header.flags & ~_KNOWN_FLAGS:
        complain("flags-reserved", f"reserved flags are set: {header.flags & ~_KNOWN_FLAGS:#06x}")
    check_version(header.needed, complain)


def _is_encrypted(header: Header) -> bool:
    return bool(header.flags & _ENCRYPTION_FLAGS) or header.method == _AES_METHOD or is_encrypted(header.extras)


def _check_limits(header: Header, limits: Limits, findings: Findings) -> None:
    if header.size > limits.entry:
        message = f"{header.size:,} bytes are more than the limit of {limits.entry:,}"
        findings.note("entry-too-large", message, header.name, header.position, needed=header.size)
    if _packs_too_well(header.size, header.csize, limits):
        message = f"the entry is more than {limits.ratio:,} times as large as its packed form"
        needed = _ratio(header.size, header.csize)
        findings.note("ratio", message, header.name, header.position, needed=needed)


def _check_sizes(header: Header, complain: Complain) -> None:
    # Encryption puts a header of its own before the data.
    if header.method == STORED and header.size != header.csize and not _is_encrypted(header):
        complain(
            "stored-size", f"the entry is stored, but has {header.csize} packed bytes for {header.size} unpacked bytes"
        )


def _check_comment(comment: bytes, complain: Complain) -> None:
    if has_signature(comment):
        complain("entry-comment-signature", "the comment of the entry contains the signature of a zip record")
    try:
        comment.decode("utf-8")
    except UnicodeDecodeError:
        complain("comment-encoding", "the comment of the entry is not UTF-8")
    complain("entry-comment", f"the entry has a comment of {in_bytes(len(comment))}")


def check_total(headers: list[Header], limits: Limits, findings: Findings) -> None:
    """Complain if the entries are too much together, whatever each of them is by itself."""
    total = sum(header.size for header in headers)
    packed = sum(header.csize for header in headers)
    if total > limits.total:
        message = f"{total:,} unpacked bytes are more than the limit of {limits.total:,}"
        findings.note("total-too-large", message, needed=total)
    elif not findings.refusals and _packs_too_well(total, packed, limits):
        message = f"the entries together are more than {limits.ratio:,} times as large as their packed form"
        findings.note("ratio", message, needed=_ratio(total, packed))


def _ratio(size: int, csize: int) -> int:
    """Return how many times its packed size something has, rounded up; of no packed size, more than any limit."""
    return -(-size // csize) if csize else size


def _packs_too_well(size: int, csize: int, limits: Limits) -> bool:
    return size > limits.ratio_from and size > limits.ratio * csize
