"""Which open questions decide about a resource: the assumptions that its change rests on, by their names."""

from assetpkg.kinds.kind import Kind
from assetpkg.package.index import Resource
from assetpkg.planning.assumptions import EARLIER_IDS, IMPORT_LIMIT, LIMIT_OF_100, MERGE_MATCHES
from assetpkg.planning.context import ImportContext
from assetpkg.planning.searching import depends_on_scope, find_by_id, may_be_found_by_id


def limit_assumptions(context: ImportContext, kind: type[Kind]) -> tuple[str, ...]:
    """Return the assumption about the limit of one import, if it decides about resources of `kind`."""
    if not kind.counted_as:
        return ()
    counts = context.package.index.counted.values()
    return (LIMIT_OF_100.name,) if sum(counts) > IMPORT_LIMIT >= max(counts) else ()


def match_assumptions(context: ImportContext, resource: Resource, *, renamed: bool) -> tuple[str, ...]:
    """Return the assumption about how Merge finds what is there, if name and id lead to different resources."""
    if context.instance is None or not may_be_found_by_id(context.options, resource):
        return ()
    by_name = context.matching.named(resource, renamed=renamed).found
    by_id = find_by_id(context.instance, resource)
    known = by_id is not None or any(found.id_given for found in by_name)
    return (MERGE_MATCHES.name,) if by_name != ((by_id,) if by_id is not None else ()) and known else ()


def scope_assumptions(context: ImportContext, resource: Resource, *, renamed: bool) -> tuple[str, ...]:
    """Return the assumption about the scope of the resource's name, if it decides what is met."""
    scope = resource.kind.name_scope
    if scope is None or context.instance is None:
        return ()
    sought = context.matching.sought(resource, renamed=renamed)
    return (scope[0],) if depends_on_scope(context.instance, sought) else ()


def earlier_assumptions(context: ImportContext, resource: Resource) -> tuple[str, ...]:
    """Return the assumption about what earlier imports brought, if a reference of `resource` leads there by it."""
    foreseen = context.instance is not None and context.instance.is_foreseen
    doubted = foreseen and any(map(context.resolving.rests_on_earlier, resource.references))
    return (EARLIER_IDS.name,) if doubted else ()
