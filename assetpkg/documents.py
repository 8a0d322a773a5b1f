"""JSON documents: read strictly, found again by pointer, line and column, and written always the same way."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from assetpkg.diagnostics import Fault

MAX_BYTES = 16 * 2**20
"""The largest document that is read: parsing takes up to fifty times its size in memory."""
MAX_DEPTH = 100
"""The deepest nesting that is read: the parser, and every walk over the result, recurses."""
MAX_DIGITS = 309
"""The longest integer that is read: as many digits as the largest double has."""

INSIDE = "#"
"""The step of a pointer from a string into the document that it holds; plain pointers never go below a string."""

_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)")
_SKIPPER = json.JSONDecoder(parse_float=str, parse_int=str)


class InvalidDocument(Exception):
    """Bytes that are no strict JSON document; carries one fault for each thing that is wrong."""

    def __init__(self, *faults: Fault) -> None:
        """Carry `faults`, at least one."""
        super().__init__(faults[0].message)
        self.faults = faults


class _Duplicate(Exception):
    """An object has a key twice; where, a second and slower reading tells."""


class _OutOfRange(Exception):
    """A number that is no finite double, or too long; where, a second and slower reading tells."""


def parse(content: bytes) -> Any:
    """Read one JSON document, as RFC 8259 and I-JSON have it: UTF-8, unique keys, finite numbers.

    Raises `InvalidDocument` with the faults `not-utf8`, `too-large`, `too-deep`, `invalid-json`,
    `duplicate-key`, `number-range` or `lone-surrogate`; their places are symbolic.
    """
    if len(content) > MAX_BYTES:
        _refuse("too-large", f"{len(content):,} bytes long; at most {MAX_BYTES:,} are read", "split the document")
    text = decode(content)
    try:
        document = _DECODER.decode(text)
    except (json.JSONDecodeError, RecursionError, _Duplicate, _OutOfRange) as error:
        if _brackets_nest_too_deep(content):
            _refuse_depth()
        raise InvalidDocument(*_explain(error, text)) from None
    if _is_too_deep(document):
        _refuse_depth()
    if _SURROGATE.search(text):
        faults = tuple(_find_surrogates(document, ""))
        if faults:
            raise InvalidDocument(*faults)
    return document


def decode(content: bytes) -> str:
    """Decode UTF-8 strictly; raises `InvalidDocument` (`not-utf8`) for anything else and for a byte order mark."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = len(content[: error.start].decode("utf-8"))
        _refuse("not-utf8", f"not UTF-8 at byte {error.start:,}", "save the file as UTF-8", offset=offset)
    if text.startswith("\ufeff"):
        _refuse("not-utf8", "begins with a byte order mark", "save the file as UTF-8 without BOM", offset=0)
    return text


def dump(document: Any) -> bytes:
    """Write a document the way that assetpkg writes all of them: two spaces, keys as they come, final newline."""
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def locate(text: str, pointer: str, *, at_key: bool = False) -> int | None:
    """Return the offset of the value (or of its member's key) that `pointer` leads to in a JSON `text`.

    Of a key that occurs twice the last one counts, as it does for a JSON parser; `None` when nothing is there.
    The step `INSIDE` below a string leads into the document that it holds.
    """
    place = start = skip_space(text, 0)
    steps = split_pointer(pointer)
    for number, step in enumerate(steps):
        if step == INSIDE and text.startswith('"', start):
            inner: str = _SKIPPER.raw_decode(text, start)[0]
            offset = locate(inner, join_pointer(steps[number + 1 :]), at_key=at_key)
            return None if offset is None else offset_in_string(text, start, offset)
        found = None
        for key, key_at, value_at in iterate_members(text, start):
            if str(key) == step:
                found = (key_at, value_at)
        if found is None:
            return None
        place, start = found
    return place if at_key else start


def offset_in_string(text: str, start: int, offset: int) -> int:
    """Return the offset in `text` of the character at `offset` of the JSON string whose quote stands at `start`."""
    at = start + 1
    for escape in _ESCAPE.finditer(text, at):
        if escape.start() - at >= offset:
            break
        offset -= escape.start() - at + 1
        at = escape.end()
    return at + offset


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, counted from one and in characters, of `offset` in `text`."""
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


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


def iterate_members(text: str, start: int) -> Iterator[tuple[str | int, int, int]]:
    """Yield key (or index), offset of the key and offset of the value, for each child of the value at `start`.

    Values are skipped at the parser's speed. A plain value has no children. Raises `json.JSONDecodeError` where the
    text is no JSON.
    """
    closing = {"{": "}", "[": "]"}.get(text[start : start + 1])
    if closing is None:
        return
    at = skip_space(text, start + 1)
    index = 0
    while index or text[at : at + 1] != closing:
        key_at, key = at, index
        if closing == "}":
            key, at = _key(text, at)
        yield key, key_at, at
        at = skip_space(text, value_end(text, at))
        if text[at : at + 1] == closing:
            return
        at = skip_space(text, _expect(",", text, at))
        index += 1


def _key(text: str, at: int) -> tuple[Any, int]:
    """Return the key of the member at `at`, and the offset of its value."""
    _expect('"', text, at)
    key, end = _SKIPPER.raw_decode(text, at)
    return key, skip_space(text, _expect(":", text, skip_space(text, end)))


def _expect(mark: str, text: str, at: int) -> int:
    """Return the offset behind `mark`, which stands at `at`; raises `json.JSONDecodeError` where it does not."""
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting {mark!r}", text, at)
    return at + 1


def value_end(text: str, start: int) -> int:
    """Return the offset just behind the JSON value that begins at `start`."""
    return _SKIPPER.raw_decode(text, start)[1]


def skip_space(text: str, at: int) -> int:
    """Return the offset of the first character from `at` on that is no JSON white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def join_pointer(steps: Sequence[str | int]) -> str:
    """Return the JSON pointer (RFC 6901) with these steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def split_pointer(pointer: str) -> list[str]:
    """Return the steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _refuse(slug: str, message: str, hint: str, offset: int | None = None) -> NoReturn:
    raise InvalidDocument(Fault(slug=slug, message=message, hint=hint, offset=offset))


def _refuse_depth() -> NoReturn:
    _refuse("too-deep", f"nested more than {MAX_DEPTH} levels deep", "flatten the document")


def _explain(error: Exception, text: str) -> Iterable[Fault]:
    """Say why the decoder refused a text."""
    match error:
        case json.JSONDecodeError():
            return [_no_json(error)]
        case _Duplicate():
            return _gather_duplicates(text)
        case _OutOfRange():
            hint = "write a smaller number, a string, or null"
            return [Fault(slug="number-range", message=str(error), hint=hint, offset=_find_number(text))]
    raise error


def _no_json(error: json.JSONDecodeError) -> Fault:
    sentence = error.msg[:1].lower() + error.msg[1:].rstrip(":")
    hint = "mend the JSON here; an editor with JSON support shows the same place"
    return Fault(slug="invalid-json", message=f"not JSON: {sentence}", hint=hint, offset=error.pos)


def _is_too_deep(document: Any) -> bool:
    """Say whether a document that the decoder could read is deeper than every walk over it may have to be."""
    level, depth = [document] if isinstance(document, (dict, list)) else [], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        members = [child for parent in level for child in (parent.values() if isinstance(parent, dict) else parent)]
        level = [child for child in members if isinstance(child, (dict, list))]
    return depth > MAX_DEPTH


def _brackets_nest_too_deep(content: bytes) -> bool:
    """Say the same of what is no JSON, or too deep for the decoder itself."""
    depth = 0
    for bracket in re.findall(rb"[][{}]", _STRING.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Duplicate
    return members


def _bounded_int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _OutOfRange(f"an integer of {len(digits):,} digits; at most {MAX_DIGITS} are read")
    return int(digits)


def _finite_float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise _OutOfRange("a number too large for a double")
    return number


def _no_constant(word: str) -> NoReturn:
    raise _OutOfRange(f"{word}, which JSON does not have")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique_keys,
    parse_int=_bounded_int,
    parse_float=_finite_float,
    parse_constant=_no_constant,
)


def _gather_duplicates(text: str) -> Iterator[Fault]:
    """Yield the keys that are there twice, up to where the text is no JSON any more."""
    try:
        yield from _find_duplicates(text)
    except json.JSONDecodeError as error:
        yield _no_json(error)


def _find_duplicates(text: str, start: int = 0, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    start = skip_space(text, start)
    seen: set[str | int] = set()
    for key, key_at, value_at in iterate_members(text, start):
        if key in seen:
            yield Fault(
                slug="duplicate-key",
                message=f"key {str(key)!r} is here for the second time in one object",
                hint="keep one of them; parsers differ in which one they believe",
                pointer=join_pointer((*path, key)),
                offset=key_at,
            )
        seen.add(key)
        yield from _find_duplicates(text, value_at, (*path, key))


def _find_number(text: str, start: int = 0) -> int | None:
    """Return the offset of the first number that the decoder refuses."""
    start = skip_space(text, start)
    for _, _, value_at in iterate_members(text, start):
        found = _find_number(text, value_at)
        if found is not None:
            return found
    if text[start] not in '{["':
        try:
            _DECODER.raw_decode(text, start)
        except _OutOfRange:
            return start
    return None


def _find_surrogates(value: Any, pointer: str) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _find_surrogates(key, pointer)
            yield from _find_surrogates(child, f"{pointer}{join_pointer([key])}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _find_surrogates(child, f"{pointer}/{index}")
    elif isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
        yield Fault(
            slug="lone-surrogate",
            message="half of a surrogate pair, which is no character",
            hint="write the whole character, or remove it",
            pointer=pointer.encode("utf-8", "replace").decode(),
        )
