"""How a resource of the package and the one on the target differ, reported in addresses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from assetpkg.credentials.masking import MASK, mask_line, mask_renamed
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.kinds.kind import Kind, name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import read_document
from assetpkg.planning.context import Compared, ImportContext
from assetpkg.planning.remarks import NotLookedAt, NotOwned, OtherType, Remark
from assetpkg.resource.diff import FieldChange, Sides, compare
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance
from assetpkg.target.paths import without

Leads = Callable[[Reference], str | None]
"""Returns the address that a reference leads to, or `None` where it leads nowhere."""


def find_differences(
    context: ImportContext, resource: Resource, existing: Resource, name: str | None = None
) -> tuple[tuple[FieldChange, ...], tuple[Remark, ...]]:
    """Return what a resource and the one that it would be merged into differ in, and the uncertainties beside it.

    `name` is the one that it brings, where the two were not matched by their names.
    """
    if context.instance is None or (name is None and _is_same_file(context, resource, existing)):
        return (), ()
    fields, unverified, may_be_changed, _ = _compared(context, context.instance, resource, existing)
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


def _compared(context: ImportContext, instance: Instance, resource: Resource, existing: Resource) -> Compared:
    """Compare the documents, or remember what was found when the same two were compared under other options."""
    key = context.comparison(resource, existing.address)
    known = context.compared.get(key)
    if known is None:
        before = instance.document(existing)
        after = read_document(context.package.archive, resource)
        unseen = {*instance.unseen(existing, before, after)}
        # What is wrong with a resource may be that not all that refers in it is known.
        is_known = context.package.faults_known and not resource.faults
        sides = context.sides_that_agree if is_known and leads_alike(context, resource) else context.sides
        found, unverified = compare_seen(resource.kind, before, after, sides, unseen)
        leads = context.leads_before, context.lands
        fields = with_addresses(found, (existing, resource), leads)
        known = Compared(fields, unverified, resource.kind.may_be_changed(before), tuple(after) if fields else ())
        context.compared[key] = known
    return known


def compare_seen(
    kind: type[Kind], before: Mapping[str, Any], after: Mapping[str, Any], sides: Sides, unseen: AbstractSet[str]
) -> tuple[tuple[FieldChange, ...], tuple[str, ...]]:
    """Return the differences in what was looked at on both sides, and the pointers of the fields that were not.

    The `unseen` fields are on one side, and nobody has looked for them on the other. They are taken to be alike, so
    that what is beside them is compared as it would be then. Fields within fields are given by their paths.
    """
    found = compare(kind, before, after, sides)
    if not unseen or not found:
        return found, ()
    tops = {name for name in unseen if name in before or name in after}
    unverified = [f"/{_top(change)}" for change in found if _top(change) in tops]
    alike = {name: (after if name in after else before)[name] for name in tops}
    before, after = {**before, **alike}, {**after, **alike}
    found = tuple(change for change in compare(kind, before, after, sides) if _top(change) not in tops)
    paths = unseen - tops
    for path in paths:
        before, after = without(before, path), without(after, path)
    known = {change.pointer: change for change in found}
    rest = [change for change in compare(kind, before, after, sides) if _top(change) not in tops] if paths else found
    unverified += sorted(known.keys() - {change.pointer for change in rest})
    return tuple(known.get(change.pointer, change) for change in rest), tuple(dict.fromkeys(unverified))


def _top(change: FieldChange) -> str:
    return split_pointer(change.pointer)[0]


def with_addresses(
    found: Iterable[FieldChange], resources: tuple[Resource | None, Resource | None], leads: tuple[Leads, Leads]
) -> tuple[FieldChange, ...]:
    """Return the differences, those of references with the addresses that they lead to: that is what was compared.

    `leads` are how the references of each of the two resources lead somewhere.
    """
    befores, afters = (
        {known.pointer: known for known in reversed(resource.references)} if resource is not None else {}
        for resource in resources
    )

    def told(change: FieldChange) -> FieldChange:
        before, after = befores.get(change.pointer), afters.get(change.pointer)
        if before is None and after is None:
            return change
        return replace(
            change,
            before=change.before if before is None else leads[0](before) or str(change.before),
            after=change.after if after is None else leads[1](after) or str(change.after),
        )

    return tuple(map(told, found))


def _is_same_file(context: ImportContext, resource: Resource, existing: Resource) -> bool:
    """Say whether both sides are the same bytes with references that lead to the same addresses."""
    return resource.digest == existing.digest and leads_alike(context, resource)


def leads_alike(context: ImportContext, resource: Resource) -> bool:
    """Say whether all that is known to refer in a document leads to the same addresses on both sides."""
    return all(context.lands(reference) == context.leads_before(reference) for reference in resource.references)


def _users(context: ImportContext, resource: Resource) -> tuple[str, ...]:
    index = context.package.index
    return tuple(
        user.address for user in index.resources if any(index.resolve(use) is resource for use in user.references)
    )
