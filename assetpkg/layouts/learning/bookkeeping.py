"""Members that an exporter has added for itself: numbers of rows, copies of names, what is the same everywhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.documents import join_pointer
from assetpkg.layouts.learning.grouping import Group
from assetpkg.layouts.learning.judging import entry_labels
from assetpkg.layouts.learning.sightings import Item
from assetpkg.layouts.learning.vocabulary import fold, vocabulary
from assetpkg.layouts.learning.wording import Wording

_SEVERAL = 5
"""How many documents have to have the same value, so that it says nothing."""

RUNNING, BLANK, COPY, CONSTANT = (
    "it numbers the documents",
    "it is blank everywhere",
    "it repeats another value of the document, or its place",
    "it is the same everywhere",
)


def leave_out(groups: Sequence[Group], wordings: Mapping[tuple[int, str], Wording]) -> Mapping[str, str]:
    """Have those members left out of documents that say nothing about a resource; return why, by their names."""
    values: dict[str, list[tuple[Item, Any]]] = defaultdict(list)
    for group in groups:
        for part in group.parts:
            unknown = wordings[id(group), part.kind].unknown
            for item in part.items if unknown else ():
                for key in unknown:
                    if key in item.value:
                        values[key].append((item, item.value[key]))
    reasons = {
        key: reason for key, found in values.items() if mask_line(key) == key and (reason := _reason(key, found))
    }
    for group in groups:
        said = [key for part in group.parts for key in wordings[id(group), part.kind].unknown if key in reasons]
        for kind in {part.kind for part in group.parts}:
            wording = wordings[id(group), kind]
            # A table has the same for all its kinds, as far as it is a field of none of them.
            own = [key for key in said if fold(key) not in vocabulary()[kind].fields]
            wording.unused = sorted({*wording.unused, *(join_pointer([key]) for key in own)})
            for key in own:
                wording.unknown.pop(key, None)
    return reasons


def _reason(key: str, found: Sequence[tuple[Item, Any]]) -> str:
    """Say why a member says nothing; nothing where it may say something."""
    values = [value for _, value in found]
    if not any(value for value in values if value is not False and value != 0):
        return BLANK
    if not all(isinstance(value, (str, int)) and not isinstance(value, bool) for value in values):
        return ""
    if _runs([value for value in values if isinstance(value, int)], len(values)):
        return RUNNING
    if all(value == "" or str(value) in _around(item, key) for item, value in found):
        return COPY
    return CONSTANT if len(values) >= _SEVERAL and len(set(values)) == 1 else ""


def _runs(numbers: Sequence[int], length: int) -> bool:
    if len(numbers) != length or length <= 1 or len(set(numbers)) != length:
        return False
    return max(numbers) - min(numbers) + 1 == length


def _around(item: Item, key: str) -> Iterable[str]:
    """Return the values of a document, without that of one member, and what its place is called."""
    own = {value for name, value in item.value.items() if name != key and isinstance(value, str)}
    return own | {str(step) for step in item.steps[-1:]} | {entry_labels(item.observed.name)[-1]}
