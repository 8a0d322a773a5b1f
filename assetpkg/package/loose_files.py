"""What no document says: the names of files, and files that are part of no resource, searched for credentials only."""

import re
from collections.abc import Iterator

from assetpkg.credentials import Sort, find_spans, is_suspicious, sort_of_content
from assetpkg.credentials.masking import find_in_path, mask_line
from assetpkg.limits import LARGEST_SEARCHED_FILE
from assetpkg.resource.references import Credential, Holder

_ZIP = b"PK"
_SUFFIX = re.compile(r"(?<=[^/])\.[A-Za-z0-9]{1,8}$")


def search_name(name: str) -> Iterator[Credential]:
    """Yield the credentials in the name of an entry, one of each sort."""
    # The suffix is no part of what somebody wrote: `password=.txt` has none.
    stem = _SUFFIX.sub("", name)
    if mask_line(stem) != stem:
        for sort in dict.fromkeys(span.sort for span in find_in_path(stem)):
            yield Credential("", sort, Holder.NAME)


def search_file(content: bytes) -> Iterator[Credential]:
    """Yield the credentials in a file of whatever form: the first of each sort, with its offset in characters."""
    if len(content) > LARGEST_SEARCHED_FILE:
        return
    try:
        text = content.decode()
    except UnicodeDecodeError:
        # A zip is opaque here: unlike in a field, there is nothing odd about one among files.
        sort = None if content.startswith(_ZIP) else sort_of_content(content)
        if sort is not None:
            yield Credential("", sort, Holder.FILE)
        return
    first: dict[Sort, int] = {}
    for span in find_spans(text) if is_suspicious(text) else ():
        first.setdefault(span.sort, span.start)
    yield from (Credential("", sort, Holder.FILE, offset) for sort, offset in first.items())
