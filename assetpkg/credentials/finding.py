"""Everything that is a credential in a text, in whatever spelling, and in the texts that base64 holds."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assetpkg.credentials.addresses import in_addresses
from assetpkg.credentials.assignments import KEY_SIGNS, has_key, in_assignments, may_have_names
from assetpkg.credentials.escapes import is_escaped, views
from assetpkg.credentials.files import BASE64_LINE, BASE64_START, SHORTEST_BASE64, decode_base64, sort_of_file
from assetpkg.credentials.forms import FORM_HINTS, SHORTEST_FORM, by_form, may_have_form
from assetpkg.credentials.members import in_members
from assetpkg.credentials.spans import GRAVITY, LazyPattern, Sort, Span, merged

_HINT = LazyPattern("|".join(("@", *map(re.escape, FORM_HINTS))))


_SIGNS = ("=", ">", ":", "@", "dentified", "DENTIFIED")
"""One of these is in every text that has a credential of no known form."""


def find_spans(text: str) -> tuple[Span, ...]:
    """Return the credentials in a text, from left to right and without overlaps."""
    found = list(_in_text(text))
    if len(text) >= SHORTEST_FORM:
        found.extend(_in_base64(text))
    return merged(found) if found else ()


def is_suspicious(text: str) -> bool:
    """Say whether `find_spans` could find something in a text, or in a line of it; cheap, and often wrong."""
    return bool(_HINT.search(text) or BASE64_LINE.search(text)) or has_key(text) or is_escaped(text)


def find_suspects(texts: Sequence[str]) -> list[int]:
    """Return the numbers of those texts in which `find_spans` could find something.

    What may be in a text is looked for in all of them together first: that costs a tenth, and mostly nothing is there.
    """
    joined = "\n".join(texts)
    found = {
        number
        for number, text in enumerate(texts)
        if len(text) >= SHORTEST_BASE64 and " " not in text[:SHORTEST_BASE64] and BASE64_START.match(text)
    }
    if "@" in joined:
        found.update(number for number, text in enumerate(texts) if "@" in text)
    if may_have_form(joined):
        found.update(number for number, text in enumerate(texts) if may_have_form(text))
    if is_escaped(joined):
        found.update(number for number, text in enumerate(texts) if is_escaped(text))
    signs = [sign for sign in KEY_SIGNS if sign in joined]
    signed = {number: text for sign in signs for number, text in enumerate(texts) if sign in text}
    if may_have_names("\n".join(signed.values())):
        found.update(number for number, text in signed.items() if may_have_names(text))
    return sorted(found)


def sort_of(value: Any) -> Sort:
    """Return the sort of a credential that is the value of a secret field."""
    sorts = {span.sort for span in find_spans(value)} if isinstance(value, str) else ()
    return next((sort for sort in (Sort.PRIVATE_KEY, Sort.FILE) if sort in sorts), Sort.FIELD)


def sort_of_content(content: bytes) -> Sort | None:
    """Return the gravest sort of credentials in the content of a file: of keys, or of text; a zip counts as one."""
    try:
        script = "" if sort_of_file(content) else content.decode()
    except UnicodeDecodeError:
        return None
    return max((span.sort for span in _in_text(script)), key=GRAVITY.__getitem__, default=sort_of_file(content))


def _in_text(text: str) -> Iterator[Span]:
    """Find what a text says as it is, and what it says once it is unescaped, as often as it was escaped."""
    yield from _as_written(text)
    for view in views(text):
        for start, end, sort in _as_written(view.text):
            yield Span(*view.bounds(start, end), sort)


def _as_written(text: str) -> Iterator[Span]:
    # What follows is asked of every text of a package, and most texts have nothing of the kind.
    if any(sign in text for sign in _SIGNS):
        if has_key(text):
            yield from in_assignments(text)
            yield from in_members(text)
        if "@" in text:
            yield from in_addresses(text)
    if len(text) >= SHORTEST_FORM:
        yield from by_form(text)


def _in_base64(text: str) -> Iterator[Span]:
    """Find files of keys, private keys, and scripts and other texts with credentials, all in base64."""
    found = decode_base64(text)
    sort = sort_of_content(found[1]) if found else None
    if sort is not None:
        yield Span(0, len(text), sort)
