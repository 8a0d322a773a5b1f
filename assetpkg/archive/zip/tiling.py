"""The entries side by side: up to the central directory, each byte belongs to exactly one of them."""

from itertools import pairwise

from assetpkg.archive.zip.central import Header
from assetpkg.archive.zip.faults import Findings, Limits, shown_name
from assetpkg.archive.zip.format import DESCRIPTOR_FLAG, EMPTY_DEFLATED, SPLIT_MARKERS
from assetpkg.archive.zip.local import Local, check_begin, check_local, find_plain, read_local
from assetpkg.archive.zip.sources import Source
from assetpkg.diagnostics.sentences import plural


def tile(source: Source, headers: list[Header], end: int, limits: Limits, findings: Findings) -> dict[int, int]:
    """Check all that is before byte `end`, and return where each entry's data begins, by entry offset.

    Entries are walked in the order of the file, and the walk ends at the first gap or overlap: so each
    byte is looked at once, however many headers point to it.
    """
    ordered = sorted(headers, key=lambda header: header.offset)
    starts = [*(header.offset for header in ordered), end]
    if ordered:
        check_begin(ordered[-1], end, findings)
    _check_seam(source, 0, starts[0], ordered[0].name if ordered else "", findings)
    data: dict[int, int] = {}
    extra = 0
    for header, (_, following) in zip(ordered, pairwise(starts), strict=True):
        begin = find_plain(source, header, following)
        if begin is not None:
            data[header.offset] = begin
            continue
        local = read_local(source, header, end, findings)
        extra += len(local.extra)
        if extra > limits.headers:
            findings.stop(
                "directory-too-large",
                f"the local headers hold more than {limits.headers:,} bytes of extra values",
            )
        position = _check_entry(source, header, local, following, findings)
        _check_seam(source, position, following, header.name, findings)
        data[header.offset] = local.end
    return data


def _check_entry(source: Source, header: Header, local: Local, following: int, findings: Findings) -> int:
    """Check one entry, and return where it ends."""
    complain = findings.about(header.name, header.offset)
    wide = check_local(local, header, findings)
    position = local.end + header.csize
    if position > following:
        return position
    if header.is_dir and header.csize and source.read_at(local.end, len(EMPTY_DEFLATED)) != EMPTY_DEFLATED:
        complain("dir-with-data", "the entry is a folder, but it has content")
    if header.flags & DESCRIPTOR_FLAG:
        from assetpkg.archive.zip.descriptors import LONGEST, check_descriptor, check_stored

        check_stored(source, local.end, header, complain)
        area = source.read_at(position, min(following - position, LONGEST + 1))
        check_descriptor(area, header, complain, wide=wide)
        return following
    return position


def _check_seam(source: Source, position: int, following: int, name: str, findings: Findings) -> None:
    if position == following:
        return
    if position > following:
        findings.stop(
            "overlap", f"the entry overlaps the data that begins at byte {following}", entry=name, offset=following
        )
    if position == 0 and source.read_at(0, min(4, following)) in SPLIT_MARKERS:
        findings.stop("multi-disk", "the archive begins like the first part of several", offset=0)
    count = following - position
    near = f", {'after' if position else 'before'} {shown_name(name)!r}" if name else ""
    message = f"{plural(count, 'byte belongs', 'bytes belong')} to no entry{near}"
    findings.stop("gap", message, offset=position)
