"""Changes to a text in place: JSON strings and values replaced where they are, and nothing written anew."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assetpkg.documents import INSIDE, iterate_members, offsets_in_string, skip_space, value_end
from assetpkg.documents.positions import SKIPPER
from assetpkg.resource.walk import Step


class Edit(NamedTuple):
    """What replaces the characters from `start` to `end` of a text."""

    start: int
    end: int
    text: str


@dataclass
class Branch:
    """The changes at one place of a document, and below it.

    `key` and `text` are edits of the decoded key and string; `value` is JSON that replaces what is there.
    """

    key: Sequence[Edit] = ()
    text: Sequence[Edit] = ()
    value: str | None = None
    below: "dict[Step, Branch]" = field(default_factory=dict)

    def at(self, steps: Iterable[Step]) -> "Branch":
        """Return the branch for the place that `steps` lead to from here."""
        branch = self
        for step in steps:
            branch = branch.below.setdefault(step, Branch())
        return branch


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with its edits, which are in order and do not overlap."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*pieces, text[at:]))


def edit_document(text: str, changes: Branch) -> str:
    """Return a JSON text with the changes at their places, and no other character changed."""
    return apply(text, _edits(text, skip_space(text, 0), changes))


def _edits(text: str, start: int, branch: Branch) -> Iterator[Edit]:
    """Yield the changes of `branch` as edits of the JSON `text`, whose value at `start` they are for."""
    if branch.value is not None:
        yield Edit(start, value_end(text, start), branch.value)
    elif branch.text:
        yield from _in_string(text, start, branch.text)
    elif INSIDE in branch.below and text.startswith('"', start):
        inner: str = SKIPPER.raw_decode(text, start)[0]
        yield from _in_string(text, start, list(_edits(inner, skip_space(inner, 0), branch.below[INSIDE])))
    elif branch.below:
        for key, key_at, value_at in iterate_members(text, start):
            child = branch.below.get(key)
            if child is not None:
                yield from _in_string(text, key_at, child.key)
                yield from _edits(text, value_at, child)


def _in_string(text: str, start: int, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield edits of a decoded string as edits of the `text` in which its quote is at `start`."""
    offsets = offsets_in_string(text, start, (offset for edit in edits for offset in edit[:2]))
    for edit, begin, end in zip(edits, offsets, offsets, strict=False):
        yield Edit(begin, end, json.dumps(edit.text, ensure_ascii=False)[1:-1])
