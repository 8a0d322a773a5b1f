"""Resources that the target has with the very same bytes: most of a package that is imported again.

Whatever is assumed, a Merge leaves them as they are, and `judge` would say so, too. They are found here because that
takes much less time than to judge and compare each of them.
"""

from assetpkg.package.index import Resource
from assetpkg.planning.context import ImportContext
from assetpkg.planning.options import Mode


def may_have_twins(context: ImportContext) -> bool:
    """Say whether an import can find what it would leave as it is: merged, under its own name, and nothing doubted."""
    instance, options = context.instance, context.options
    return instance is not None and options.mode is Mode.MERGE and not options.prefix and not instance.is_foreseen


def find_twin(context: ImportContext, resource: Resource) -> Resource | None:
    """Return the target's resource that is the same as `resource`, where all of an import that may have twins agrees.

    It has the same bytes and the same path, and so the same id, values and references. No other resource of either side
    has that path, the id or a unique value of it, so that nothing else is met, by whatever Merge is assumed to find it.
    And its references lead to the same addresses from both sides. `None` is for what has to be judged.
    """
    there = context.target_index
    found = there.at(resource.path)
    if len(found) != 1 or found[0].digest != resource.digest:
        return None
    twin, kind = found[0], resource.kind
    is_merged = kind.imported and not kind.clash_renames and not resource.unfilled
    has_its_id = not resource.id_given or there.with_id(resource.path.kind, resource.id) is twin
    alone = has_its_id and _is_alone(context, resource)
    leads = context.comparing.leads_alike(resource) and not _leads_nowhere(context, resource)
    return twin if is_merged and alone and leads else None


def _is_alone(context: ImportContext, resource: Resource) -> bool:
    """Say whether nothing else has the name of a resource, or a unique value of it, and it stays below its parent."""
    here, there = context.package.index, context.target_index
    if resource.address in context.doubles or here.namesake(resource.kind, resource.path) is not None:
        return False
    if not context.matching.parent_path(resource) == resource.parent == context.naming.target_parent(resource):
        return False
    for number, values in enumerate(resource.inspection.keys):
        if values is not None:
            key = resource.path.kind, number, values, here.unique_scope(resource, number)
            if len(here.by_unique[key]) > 1 or len(there.by_unique.get(key, ())) > 1:
                return False
    return True


def _leads_nowhere(context: ImportContext, resource: Resource) -> bool:
    """Say whether a reference of a resource that is certain to be one leads to nothing."""
    return any(reference.certain and context.matching.lands(reference) is None for reference in resource.references)
