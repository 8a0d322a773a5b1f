"""What a reference that leads nowhere may have meant: what the target has of the name that is beside it."""

from collections.abc import Iterable, Iterator

from assetpkg.documents import split_pointer
from assetpkg.package.index import Resource
from assetpkg.planning.context import ImportContext
from assetpkg.planning.owners import owner_after
from assetpkg.planning.remarks import MissingReference
from assetpkg.resource.references import Reference, name_beside


def find_missing(
    context: ImportContext, resource: Resource, missing: Iterable[Reference]
) -> Iterator[MissingReference]:
    """Yield a remark for each reference of a resource that leads nowhere, with what it may have meant."""
    for reference in missing:
        found = _candidate(context, resource, reference)
        if found is None:
            yield MissingReference(reference.kind, reference.value, pointer=reference.pointer)
        else:
            yield MissingReference(
                reference.kind,
                reference.value,
                name_beside(split_pointer(reference.pointer)[-1]),
                found.address,
                found.id if found.id_given else "",
                pointer=reference.pointer,
            )


def _candidate(context: ImportContext, resource: Resource, reference: Reference) -> Resource | None:
    """Return the one resource of the target with the name beside a reference; of several, that of its application."""
    name = reference.beside
    if not name:
        return None
    index = context.target_index
    found = [other for other in index.named_nearly(reference.kind, name) if other.name == name]
    if len(found) > 1:
        application = owner_after(context, resource)
        found = [other for other in found if (own := index.owner(other)) is not None and own.address == application]
    return found[0] if len(found) == 1 else None
