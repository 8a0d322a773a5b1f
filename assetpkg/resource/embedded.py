"""Documents inside strings: read strictly, and walked with pointers that lead through the string.

The step `documents.INSIDE` below a string leads into the document that the string holds:
`/task_detail/#/error_handler/0` is the first item of `error_handler` in the JSON text of `task_detail`.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from assetpkg import documents
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.kinds.kind import Part, fields_of
from assetpkg.kinds.markers import JsonText
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.resource.walk import NO_FIELDS, Fields, Node, Step, fields_below


def read_text(text: str, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Return the document that a string holds; raises `InvalidDocument` as `documents.parse` does."""
    return documents.parse(text.encode("utf-8", "surrogatepass"), limits)


def fields_inside(marker: JsonText) -> Fields:
    """Return the fields of the document in a string that bears `marker`."""
    part: type[Part] | None = marker.holds
    return NO_FIELDS if part is None else fields_of(part)


def iterate_inside(fields: Fields, document: Any, steps: tuple[Step, ...]) -> Iterator[Node]:
    """Yield a node for every member of every object in the document inside the string at `steps`, or for a list.

    Such documents are long and mostly of no interest, so this is a plain loop: objects come when their parents are
    through.
    """
    waiting: deque[tuple[Fields, Any, tuple[Step, ...]]] = deque([(fields, document, steps)])
    if not isinstance(document, dict):
        yield Node(None, steps, document, {})
    while waiting:
        below, value, above = waiting.popleft()
        if isinstance(value, list):
            waiting.extend((below, child, (*above, index)) for index, child in enumerate(value))
            continue
        if not isinstance(value, dict):
            continue
        for key, child in value.items():
            field = below.get(key)
            place = (*above, key)
            yield Node(field, place, child, value)
            if isinstance(child, (dict, list)):
                waiting.append((fields_below(field, value), child, place))


def find_faults(error: InvalidDocument, steps: tuple[Step, ...]) -> Iterator[Fault]:
    """Yield what keeps the string at `steps` from being a document."""
    for fault in error.faults:
        yield Fault(
            slug="invalid-json-text",
            message=f"{steps[-1]} holds no JSON document: {fault.message}",
            hint=fault.hint,
            pointer=join_pointer(steps if fault.offset is None else (*steps, INSIDE)),
            offset=fault.offset,
            more=fault.more,
        )
