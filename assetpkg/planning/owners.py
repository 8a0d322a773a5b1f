"""To which application the resources of the package belong after the import."""

from assetpkg.package.index import OWNER, Resource, reference_to
from assetpkg.planning.context import ImportContext


def owner_after(context: ImportContext, resource: Resource) -> str | None:
    """Return the address on the target of the application that a resource of the package belongs to."""
    parent = context.package.index.parent_of(resource)
    own = reference_to(resource, OWNER)
    if own is None and parent is not None:
        own = reference_to(parent, OWNER)
    if own is not None:
        return context.matching.lands(own) or own.value
    outside = context.matching.parent_before(resource) if parent is None else None
    used = reference_to(outside, OWNER) if outside else None
    return None if used is None else context.resolving.leads_before(used) or used.value
