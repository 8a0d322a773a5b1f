"""One JSON document read strictly, within limits, and written always the same way."""

import json
from functools import lru_cache
from itertools import chain
from typing import Any, NoReturn

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.spans import LazyPattern
from assetpkg.diagnostics.model import Fault, bound
from assetpkg.documents import reasons
from assetpkg.documents.positions import line_and_column, locate
from assetpkg.documents.quick import DOUBTFUL, read_quickly
from assetpkg.limits import DEEPEST, DEFAULT_LIMITS, Limits, how_to_raise

LONGEST_WAY = 4_096
"""How many characters the names of members have together on the way to a value: every finding shows its pointer."""
LIMIT_SLUGS = frozenset({"too-large", "too-deep", "too-many-values", "too-long-text"})
"""The faults of a document that is larger than what is read; of what is in it, they say nothing."""

_ENCODING = "not-utf8"
_EXPONENT = LazyPattern(r'(?:\A|\n *|": )-?[0-9][0-9.]*e')
_SURROGATE = LazyPattern(r"\\u[dD][89a-fA-F]")


class InvalidDocument(Exception):
    """Bytes that are not a strict JSON document; carries one fault for each thing that is wrong."""

    def __init__(self, *faults: Fault) -> None:
        """Carry `faults`, at least one."""
        super().__init__(mask_line(faults[0].message))
        self.faults = faults


class _Duplicate(Exception):
    """An object has a key twice; where, a second and slower reading finds."""


def parse(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Read one JSON document, as RFC 8259 and I-JSON have it: UTF-8, unique keys, finite numbers.

    Raises `InvalidDocument` with the faults `not-utf8`, `too-large`, `too-many-values`, `too-long-text`, `too-deep`,
    `invalid-json`, `duplicate-key`, `number-range` or `lone-surrogate`; their places are symbolic.
    """
    if limits.depth > DEEPEST:
        limits = limits._replace(depth=DEEPEST)
    document = read_quickly(content, limits, LONGEST_WAY)
    return parse_strictly(content, limits) if document is DOUBTFUL else document


def parse_strictly(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Read a document as `parse` does, and see for oneself whatever may be wrong with it."""
    check_size(content, limits)
    text = decode(content)
    # Before anything is built: a value takes up to two hundred bytes.
    check_values(content, limits)
    check_texts(text, limits)
    document, refused = _decoded(text, limits)
    if refused is not None:
        depth = reasons.find_depth(text, DEEPEST) if text.count("[") + text.count("{") > limits.depth else 0
        if depth > limits.depth:
            refuse_depth(limits, depth)
        raise InvalidDocument(*_explain(refused, text, limits))
    check_depth(document, limits)
    if b"\\u" in content and _SURROGATE.search(text):
        faults = bound(reasons.find_surrogates(document))
        if faults:
            raise InvalidDocument(*faults)
    return document


def read_again(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Read bytes that `parse` has read before, by its quick reader, which looks for no key that is there twice."""
    from jiter import from_json

    try:
        return from_json(content)
    except ValueError:
        return parse(content, limits)


def check_size(content: bytes, limits: Limits) -> None:
    """Raise `InvalidDocument` (`too-large`) for more bytes than are read."""
    if len(content) > limits.document:
        message = f"{len(content):,} bytes long; at most {limits.document:,} are read"
        _refuse("too-large", message, f"make it smaller; {how_to_raise('document', len(content))}")


def check_values(content: bytes, limits: Limits) -> None:
    """Raise `InvalidDocument` (`too-many-values`) for more values and names than are read."""
    number = count_many_values(content, limits.values)
    if number > limits.values:
        message = f"{number:,} values and member names; at most {limits.values:,} are read"
        _refuse("too-many-values", message, f"make it smaller; {how_to_raise('values', number)}")


def count_many_values(content: bytes, most: int) -> int:
    """Return how many values and names there are, if these may be more than `most`; else zero."""
    return reasons.count_values(content) if has_many_values(content, most) else 0


def has_many_values(content: bytes, most: int) -> bool:
    """Say whether there may be more values and names than `most`: a look at the bytes, strings included.

    Each of them has a character at least, and a comma, a colon or a bracket after it.
    """
    return len(content) >= 2 * most and sum(map(content.count, (b",", b":", b"[", b"{"))) >= most


def check_texts(text: str, limits: Limits) -> None:
    """Raise `InvalidDocument` (`too-long-text`) for a string that is longer than what is read."""
    found = reasons.find_long_text(text, limits.text)
    if found is not None:
        refuse_long_text(limits, found[1], found[0])


def refuse_long_text(limits: Limits, length: int, offset: int) -> NoReturn:
    """Raise `InvalidDocument` (`too-long-text`) for the string of this length that begins at `offset`."""
    message = f"a text of {length:,} characters; at most {limits.text:,} are read"
    _refuse("too-long-text", message, f"make it shorter; {how_to_raise('text', length)}", offset=offset)


def decode(content: bytes) -> str:
    """Decode UTF-8 strictly; raises `InvalidDocument` (`not-utf8`) for anything else and for a byte order mark."""
    try:
        text, wrong = content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text, wrong = "", error.start
    if wrong is not None:
        from assetpkg.documents.encodings import other_encoding, why_not_utf8

        offset = 0 if other_encoding(content) else len(content[:wrong].decode("utf-8"))
        _refuse(_ENCODING, why_not_utf8(content, wrong), "save the file as UTF-8", offset=offset)
    if text.startswith("\ufeff"):
        _refuse(_ENCODING, "begins with a byte order mark", "save the file as UTF-8 without BOM", offset=0)
    return text


# Python's own errors keep the whole text, and an exception keeps the one that it was raised beside. So what is refused
# is caught here and in `decode`, and reported outside of the `except`.
def _decoded(text: str, limits: Limits) -> tuple[Any, Exception | None]:
    try:
        return _decoder(limits.digits).decode(text), None
    except (json.JSONDecodeError, RecursionError, _Duplicate, reasons.OutOfRange) as error:
        return None, error


def dump(document: Any) -> bytes:
    """Write a document the way that assetpkg writes all of them: two spaces, keys as they come, final newline."""
    return (indented(document) + "\n").encode()


def compact(document: Any) -> bytes:
    """Write a document that was read, in one line, with no more escapes than JSON needs."""
    from pydantic_core import to_json

    return to_json(document)


def indented(value: Any) -> str:
    """Return a value as JSON in lines, two spaces for each level, as `json.dumps` does, but several times as fast.

    Raises `ValueError` for a number that JSON does not have, and `TypeError` for a value of another type.
    """
    from pydantic_core import PydanticSerializationError, to_json

    # In one line `json` itself is fast, and refuses what the other one would make a list or a text of.
    json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text = to_json(value, indent=2).decode()
    except PydanticSerializationError:
        # Half of a pair of surrogates, or deeper than it goes.
        text = None
    # It spells 1e-07 as 1e-7.
    if text is None or _EXPONENT.search(text):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return text


def describe(fault: Fault, content: bytes) -> str:
    """Return what is wrong with a document as a whole, and where, in words."""
    offset = fault.offset
    text = content.decode("utf-8", "replace")
    if offset is None and fault.pointer:
        offset = locate(text, fault.pointer)
    if offset is None:
        return fault.message
    line, column = line_and_column(text, offset)
    return f"{fault.message}, at line {line}, column {column}"


def refusal(error: InvalidDocument, content: bytes) -> str:
    """Return the first thing that is wrong with a document, as `describe` does.

    For a limit and for an encoding, it also says what to do: elsewhere, who sees the place knows.
    """
    fault = error.faults[0]
    said = describe(fault, content)
    return f"{said}; {fault.hint}" if fault.hint and fault.slug in {*LIMIT_SLUGS, _ENCODING} else said


def _refuse(slug: str, message: str, hint: str, offset: int | None = None) -> NoReturn:
    raise InvalidDocument(Fault(slug=slug, message=message, hint=hint, offset=offset))


def refuse_depth(limits: Limits, depth: int) -> NoReturn:
    """Raise `InvalidDocument` (`too-deep`) for a document with so many levels."""
    hint = f"flatten the document; {how_to_raise('depth', depth)}"
    _refuse("too-deep", f"nested more than {limits.depth:,} levels deep", hint)


def _explain(error: Exception, text: str, limits: Limits) -> tuple[Fault, ...]:
    """Say why the decoder refused a text."""
    match error:
        case json.JSONDecodeError():
            return (reasons.no_json(error),)
        case _Duplicate():
            return bound(reasons.find_duplicates(text))
        case reasons.OutOfRange():
            return (reasons.find_number(text, limits),)
    raise error


def check_depth(document: Any, limits: Limits) -> None:
    """Raise `InvalidDocument` for a document that is deeper than it may be, or has pointers that are too long."""
    level, depth, way = [document] if isinstance(document, (dict, list)) else [], 0, 0
    while level:
        depth += 1
        if depth > DEEPEST:
            break
        objects = [parent for parent in level if type(parent) is dict]
        way += max(map(len, chain.from_iterable(objects)), default=0)
        lists = (parent for parent in level if type(parent) is list)
        members = chain(chain.from_iterable(map(dict.values, objects)), chain.from_iterable(lists))
        level = [child for child in members if type(child) is dict or type(child) is list]
    if depth > limits.depth:
        refuse_depth(limits, depth)
    if way > LONGEST_WAY and _longest_way(document) > LONGEST_WAY:
        message = f"the member names on the way to a value have more than {LONGEST_WAY:,} characters together"
        _refuse("too-long-text", message, "make the names shorter")


def _longest_way(value: Any) -> int:
    if isinstance(value, dict):
        return max((len(key) + _longest_way(child) for key, child in value.items()), default=0)
    return max(map(_longest_way, value), default=0) if isinstance(value, list) else 0


@lru_cache(maxsize=8)
def _decoder(digits: int) -> json.JSONDecoder:
    def whole_number(word: str) -> int:
        return int(word) if len(word) <= digits else reasons.whole_number(word, digits)

    return json.JSONDecoder(
        object_pairs_hook=_unique_keys,
        parse_int=whole_number,
        parse_float=reasons.finite_number,
        parse_constant=reasons.no_number,
    )


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Duplicate
    return members
