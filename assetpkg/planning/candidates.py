"""What a reference that leads nowhere may have meant: what the target has of the name that is beside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assetpkg.documents import split_pointer
from assetpkg.package.index import Resource
from assetpkg.package.package import read_document
from assetpkg.planning.context import ImportContext
from assetpkg.planning.remarks import MissingReference
from assetpkg.resource.references import Reference

_ENDS = ("_id", "_key")
"""How the fields end that refer to a resource."""
_NAME = "_name"
"""How the field beside them ends that has its name."""


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
            found = _candidate(context, resource, reference, _value_at(document, beside))
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
    end = next((end for end in _ENDS if last.endswith(end)), None)
    return () if end is None else (*above, f"{last.removesuffix(end)}{_NAME}")


def _value_at(document: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        if isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        elif isinstance(document, dict):
            document = document.get(step)
        else:
            return None
    return document


def _candidate(context: ImportContext, resource: Resource, reference: Reference, name: Any) -> Resource | None:
    """Return the one resource of the target that has the name; of several, the one of the same application."""
    if not isinstance(name, str) or not name:
        return None
    index = context.target_index
    found = [other for other in index.named_nearly(reference.kind, name) if other.name == name]
    if len(found) > 1:
        application = context.owner_after(resource)
        found = [other for other in found if (own := index.owner(other)) is not None and own.address == application]
    return found[0] if len(found) == 1 else None
