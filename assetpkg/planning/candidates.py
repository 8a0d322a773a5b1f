"""What a reference that leads nowhere may have meant: what the target has of the name that is beside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assetpkg.documents import split_pointer
from assetpkg.package.index import Resource
from assetpkg.package.package import read_document
from assetpkg.planning.context import ImportContext
from assetpkg.planning.remarks import MissingReference
from assetpkg.resource.references import Reference

_ID, _NAME = "_id", "_name"
"""How the fields end that hold an id, and the name of the same resource."""


def find_missing(
    context: ImportContext, resource: Resource, missing: Iterable[Reference]
) -> Iterator[MissingReference]:
    """Yield a remark for each reference of a resource that leads nowhere, with what it may have meant."""
    document: Mapping[str, Any] | None = None
    for reference in missing:
        remark = MissingReference(reference.kind, reference.value, pointer=reference.pointer)
        beside = _beside(reference)
        if beside:
            document = read_document(context.package.archive, resource) if document is None else document
            found = _candidate(context, reference, _value_at(document, beside))
            if found is not None:
                remark = MissingReference(
                    reference.kind,
                    reference.value,
                    beside[-1],
                    found.address,
                    found.id if found.id_given else "",
                    pointer=reference.pointer,
                )
        yield remark


def _beside(reference: Reference) -> tuple[str, ...]:
    """Return where the name is that belongs to the id of a reference, if its field has the form of one."""
    *above, last = split_pointer(reference.pointer)
    return (*above, f"{last.removesuffix(_ID)}{_NAME}") if last.endswith(_ID) else ()


def _value_at(document: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        if isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        elif isinstance(document, dict):
            document = document.get(step)
        else:
            return None
    return document


def _candidate(context: ImportContext, reference: Reference, name: Any) -> Resource | None:
    """Return the one resource of the target that has the name."""
    if not isinstance(name, str) or not name:
        return None
    index = context.target_index
    found = [other for other in index.named_nearly(reference.kind, name) if other.name == name]
    return found[0] if len(found) == 1 else None
