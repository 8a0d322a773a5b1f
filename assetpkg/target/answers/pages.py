"""Pages of one list held together: how many items there are, whether that is all of them, and where the gap is."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import Operation
from assetpkg.target.answers.items import key_of
from assetpkg.target.answers.recognition import Answer

_MOST_RANGES = 3


class Extent(NamedTuple):
    """How much of a list is known; `why` says what is missing, empty where all of it is there."""

    operation: Operation
    given: tuple[tuple[str, str], ...]
    known: int
    total: int | None
    why: str
    is_gap: bool = False
    """Whether items are missing that the answers themselves speak of."""
    offset: int | None = None
    """Where the first gap begins, if the answers say where they begin."""

    @property
    def complete(self) -> bool:
        """Whether all items are there."""
        return not self.why


def measure(pages: Sequence[Answer], given: tuple[tuple[str, str], ...]) -> Extent:
    """Return how much of a list some pages of the same call have; each may be there more than once."""
    operation = pages[0].operation
    items = {_identity(operation, item) for page in pages for item in page.items}
    totals = sorted({page.total for page in pages if page.total is not None})
    filters = sorted({name for page in pages for name in page.asked.filters(operation)})
    total = totals[-1] if totals else None
    if filters:
        why, gap = f"asked with {', '.join(filters)}, which leaves others out", False
    elif total is None or not all(page.is_page for page in pages):
        why, gap = "a list without its total, so that it is not known whether it is all", False
    elif operation.paging is not None and operation.paging.marker:
        why, gap = _why_not_last(pages), False
    elif len(items) >= total:
        why, gap = "", False
    else:
        why, offset = _gap(pages, len(items), totals)
        return Extent(operation, given, len(items), total, why, is_gap=True, offset=offset)
    return Extent(operation, given, len(items), total, why, gap)


def _why_not_last(pages: Sequence[Answer]) -> str:
    """Return why the pages of a list with markers do not go on to its end."""
    marker = pages[0].operation.paging.marker if pages[0].operation.paging else None
    nexts = {str(page.around.get(marker or "", "0") or "0") for page in pages}
    begun = {page.asked.query.get("marker", "0") for page in pages if page.asked.known}
    open_ends = {word for word in nexts if word != "0" and word not in begun}
    return f"it goes on at marker={min(open_ends)}" if open_ends else ""


def _gap(pages: Sequence[Answer], known: int, totals: Sequence[int]) -> tuple[str, int | None]:
    """Say how many items are missing, and which and from which offset on, where the pages say where they begin."""
    total, paging = totals[-1], pages[0].operation.paging
    told = f"{known:,} of {total:,}"
    changed = f"; the totals of the pages differ ({', '.join(map(str, totals))})" if len(totals) > 1 else ""
    offsets = [_offset(page) for page in pages]
    if all(offset is not None for offset in offsets):
        spans = sorted(
            (offset or 0, (offset or 0) + len(page.items)) for offset, page in zip(offsets, pages, strict=True)
        )
        missing = list(_holes(spans, total))
        if missing and not (len(pages) == 1 and _is_default(pages[0])):
            return f"{told}: {_missing(missing)} (offset={missing[0][0]}){changed}", missing[0][0]
        if not missing:
            return f"{told}: pages overlap, so that others are missing{changed}; read the list again", None
    if len(pages) == 1 and _is_default(pages[0]):
        most = f"; ask again with {paging.limit}={paging.most}" if paging and paging.most else "; ask for all pages"
        return f"{told}: the default limit{most}{changed}", None
    return f"{told}: pages are missing{changed}", None


def _missing(holes: Sequence[tuple[int, int]]) -> str:
    """Say which items are missing, counted from 1."""
    if len(holes) == 1 and holes[0][0] + 1 == holes[0][1]:
        return f"item {holes[0][1]:,} is missing"
    ranges = [f"{start + 1:,}" if start + 1 == end else f"{start + 1:,} to {end:,}" for start, end in holes]
    more = ["…"] if len(ranges) > _MOST_RANGES else []
    return f"items {', '.join([*ranges[:_MOST_RANGES], *more])} are missing"


def _is_default(page: Answer) -> bool:
    paging = page.operation.paging
    return paging is not None and len(page.items) == paging.default and paging.limit not in page.asked.query


def _offset(page: Answer) -> int | None:
    paging = page.operation.paging
    if paging is None or not page.asked.known:
        return None
    return page.asked.number(paging.offset) or 0


def _holes(spans: Iterable[tuple[int, int]], total: int) -> Iterable[tuple[int, int]]:
    at = 0
    for start, end in spans:
        if start > at:
            yield at, min(start, total)
        at = max(at, end)
    if at < total:
        yield at, total


def _identity(operation: Operation, item: object) -> object:
    if operation.subject in KINDS and isinstance(item, dict):
        key = key_of(KINDS[operation.subject], item)
        if "None" not in key:
            return key
    return json.dumps(item, sort_keys=True, default=str)
