"""Everything that is a credential in a text, in whatever spelling, and in the texts that base64 holds."""

from collections.abc import Iterator
from typing import Any

from assetpkg.credentials.addresses import in_addresses
from assetpkg.credentials.assignments import in_assignments
from assetpkg.credentials.commands import in_commands, may_be_command
from assetpkg.credentials.escapes import views
from assetpkg.credentials.files import decode_base64, sort_of_file
from assetpkg.credentials.folding import fold
from assetpkg.credentials.forms import SHORTEST_FORM, by_form
from assetpkg.credentials.keys import in_keys, may_be_key
from assetpkg.credentials.labels import in_labels, in_plain_words, may_be_plain
from assetpkg.credentials.looks import has_address, has_key
from assetpkg.credentials.members import in_members
from assetpkg.credentials.spans import GRAVITY, Sort, Span, merged
from assetpkg.credentials.statements import in_statements

SHORTEST = 4
"""How many characters a text with a credential has at least: `pw=a`."""


def find_spans(text: str) -> tuple[Span, ...]:
    """Return the credentials in a text, from left to right and without overlaps."""
    if len(text) < SHORTEST:
        return ()
    found = list(_in_text(text))
    if len(text) >= SHORTEST_FORM:
        found.extend(_in_base64(text))
    return merged(found) if found else ()


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
    plain = text
    if has_key(text):
        plain = fold(text)
        yield from in_labels(plain, text)
        for spelling in (text,) if plain == text else (text, plain):
            yield from in_assignments(spelling)
            yield from in_members(spelling)
            yield from in_statements(spelling)
    if has_address(text):
        yield from in_addresses(text if "@" in text else fold(text))
    if may_be_plain(text):
        yield from in_plain_words(fold(text))
    if may_be_command(text):
        yield from in_commands(text)
    if may_be_key(text):
        yield from in_keys(text)
    if len(text) >= SHORTEST_FORM:
        yield from by_form(text)


def _in_base64(text: str) -> Iterator[Span]:
    """Find files of keys, private keys, and scripts and other texts with credentials, all in base64."""
    found = decode_base64(text)
    sort = sort_of_content(found[1]) if found else None
    if sort is not None:
        yield Span(0, len(text), sort)
