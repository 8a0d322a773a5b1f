"""How a resource of the package and the one on the target differ, reported in addresses."""

from collections.abc import Iterable, Iterator

from assetpkg.credentials.masking import MASK, mask_line, mask_renamed
from assetpkg.documents import join_pointer
from assetpkg.kinds.kind import name_field
from assetpkg.package.index import Resource
from assetpkg.planning.context import ImportContext
from assetpkg.planning.remarks import NotLookedAt, NotOwned, OtherType, Remark
from assetpkg.resource.diff import FieldChange


def find_differences(
    context: ImportContext, resource: Resource, existing: Resource, name: str | None = None
) -> tuple[tuple[FieldChange, ...], tuple[Remark, ...]]:
    """Return what a resource and the one that it would be merged into differ in, and the uncertainties beside it.

    `name` is the one that it brings, where the two were not matched by their names.
    """
    if context.instance is None or (name is None and _is_same_file(context, resource, existing)):
        return (), ()
    fields, unverified, may_be_changed, _ = context.comparing.compare(resource, existing)
    if name is not None:
        pointer = join_pointer([name_field(resource.kind).name])
        renamed = FieldChange(pointer=pointer, before=mask_line(existing.name), after=mask_renamed(name, resource.name))
        fields = (renamed, *fields)
    uncertainties: tuple[Remark, ...] = () if may_be_changed else (NotOwned(),)
    if unverified:
        uncertainties = (*uncertainties, NotLookedAt(unverified, pointer=unverified[0]))
    variants = {f"/{name}" for name in resource.kind.variant_fields()} if fields else ()
    other = next((change for change in fields if change.pointer in variants), None)
    if other is not None and (resource.kind.overwritten_by is not None or not context.options.datasource_overwrite):
        uncertainties = (*uncertainties, OtherType(other.before, other.after, _users(context, resource)))
    return fields, uncertainties


def find_unfilled(resource: Resource, known: Iterable[FieldChange]) -> Iterator[FieldChange]:
    """Yield a difference for each mask or placeholder in the place of a credential: what it stands for is not known."""
    told = {change.pointer for change in known}
    for place in resource.unfilled:
        if place.pointer not in told:
            yield FieldChange(pointer=place.pointer, before=MASK, after=MASK, secret=True)


def _is_same_file(context: ImportContext, resource: Resource, existing: Resource) -> bool:
    """Say whether both sides are the same bytes with references that lead to the same addresses."""
    return resource.digest == existing.digest and context.comparing.leads_alike(resource)


def _users(context: ImportContext, resource: Resource) -> tuple[str, ...]:
    index = context.package.index
    return tuple(
        user.address for user in index.resources if any(index.resolve(use) is resource for use in user.references)
    )
