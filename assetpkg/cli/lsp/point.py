"""What a cursor points at in the vocabulary: a field of a class, in an object of a document."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from assetpkg.cli.lsp.cursor import Cursor, length_before, read_at, value_at
from assetpkg.documents import INSIDE, offsets_in_string
from assetpkg.kinds.kind import Field, fields_of, members_of
from assetpkg.kinds.markers import JsonText, Ref, Variant
from assetpkg.kinds.part import Part
from assetpkg.resource.references import Reference
from assetpkg.resource.walk import NO_FIELDS, Fields, fields_below, is_id_like, is_secret

_DEEPEST = 4
"""How many documents may be in strings of each other."""


class Point(NamedTuple):
    """What is at a cursor: the member `key` of the object `parent`, whose class is `part`, with the `fields` of that.

    The pointer leads to it. `start` and `end` are offsets in the whole text; `word` and `is_text` say what is there.
    It is `at_key` where the key is, or is due: then `key` is empty where nothing is there yet. `quotes` is in how many
    strings the document is that it is in. `mentions` is a kind whose ids may be anywhere in the document.
    """

    part: type[Part] | None
    fields: Fields
    field: Field | None
    parent: Mapping[str, Any]
    pointer: str
    key: str
    at_key: bool
    start: int
    end: int
    word: str | None
    is_text: bool
    quotes: int = 0
    mentions: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether the value is a credential, of which nothing is shown."""
        return bool(self.key) and is_secret(self.field, self.key, self.parent)

    @property
    def reference(self) -> Reference | None:
        """The reference that is here, whether it leads anywhere or not."""
        if self.at_key or not self.word or self.is_hidden:
            return None
        marker = None if self.field is None else self.field.marker(Ref)
        if marker is not None:
            return Reference(marker.kind, marker.by, self.word, self.pointer)
        if self.mentions is not None and is_id_like(self.word):
            return Reference(self.mentions, ("id",), self.word, self.pointer, certain=False)
        return None


def point_at(text: str, offset: int, part: type[Part] | None) -> Point | None:
    """Return what is at an offset of a document of a class; `None` where nothing can be.

    Where the cursor is in a string that holds a document, it is in that.
    """
    cursor = read_at(text, offset)
    return None if cursor is None else _point(text, offset, cursor, part, _Above())


class _Above(NamedTuple):
    pointer: str = ""
    quotes: int = 0
    mentions: str | None = None


def _point(text: str, offset: int, cursor: Cursor, part: type[Part] | None, above: _Above) -> Point | None:
    found = _found(cursor, part, above)
    marker = None if found.field is None else found.field.marker(JsonText)
    if marker is None or cursor.at_key or not cursor.is_text or found.is_hidden or above.quotes >= _DEEPEST:
        return found
    inner = cursor.word or ""
    below = _Above(f"{found.pointer}/{INSIDE}", above.quotes + 1, marker.mentions)
    within = length_before(text, cursor.start, offset)
    there = read_at(inner, within)
    if there is None:
        return found
    deeper = _point(inner, within, there, marker.holds, below)
    if deeper is None:
        return found
    try:
        start, end = offsets_in_string(text, cursor.start, [deeper.start, deeper.end])
    except ValueError:
        return found
    return deeper._replace(start=start, end=end)


def _found(cursor: Cursor, part: type[Part] | None, above: _Above) -> Point:
    # Of a key that is due, the object is what the steps lead to; of everything else, what has the last key.
    fields: Fields = NO_FIELDS if part is None else fields_of(part)
    owner, own, field, key, parent = part, fields, None, "", cursor.document
    value = cursor.document
    for step in cursor.steps:
        if isinstance(step, int):
            value = value_at(value, [step])
            continue
        owner, own, key, parent = part, fields, step, value if isinstance(value, dict) else {}
        field = own.get(step)
        part = _class_below(owner, field, step, parent)
        fields = fields_below(field, parent)
        value = parent.get(step)
    if cursor.at_key and cursor.word is None:
        owner, own, field, key, parent = part, fields, None, "", value
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in cursor.steps)
    known = parent if isinstance(parent, dict) else {}
    where = (f"{above.pointer}{pointer}", key, cursor.at_key, cursor.start, cursor.end, cursor.word, cursor.is_text)
    return Point(owner, own, field, known, *where, above.quotes, above.mentions)


def _class_below(owner: type[Part] | None, field: Field | None, key: str, parent: Mapping[str, Any]) -> Any:
    """Return the class of the object, or of the objects in the list, at a key; `None` where none is known."""
    variant = None if field is None else field.marker(Variant)
    if variant is not None:
        chosen = parent.get(variant.on)
        return variant.classes.get(chosen) if isinstance(chosen, str) else None
    return None if owner is None else members_of(owner).get(key, ("", None))[1]


def written(word: str, quotes: int) -> str:
    """Return a word as a JSON string, in as many strings as there are around it."""
    text = json.dumps(word, ensure_ascii=False)
    for _ in range(quotes):
        text = json.dumps(text, ensure_ascii=False)[1:-1]
    return text
