"""Documents of the package compared with those of the target: what differs, in addresses."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from assetpkg.documents import split_pointer
from assetpkg.kinds.kind import Kind
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, read_document
from assetpkg.planning.matching import Matching
from assetpkg.planning.resolving import Resolving
from assetpkg.resource.diff import FieldChange, Sides, compare, resolver
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance
from assetpkg.target.paths import without

Leads = Callable[[Reference], str | None]
"""Returns the address that a reference leads to, or `None` where it leads nowhere."""


class Compared(NamedTuple):
    """What two documents differ in, what was not looked at, and whether the one on the target may be changed.

    `members` are those that the document of the package has, where anything differs.
    """

    fields: tuple[FieldChange, ...]
    unverified: tuple[str, ...]
    may_be_changed: bool
    members: tuple[str, ...]


Comparisons = dict[tuple[str | None, ...], Compared]
"""What has been compared already: by two addresses, and where the references lead to."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparing:
    """Comparisons of one package with one instance, each made once, and kept in `made`."""

    package: Package
    instance: Instance
    resolving: Resolving
    matching: Matching
    made: Comparisons

    def compare(self, resource: Resource, existing: Resource) -> Compared:
        """Compare the documents, or remember what was found when the same two were compared under other options."""
        key = self._key(resource, existing.address)
        known = self.made.get(key)
        if known is None:
            known = self.made[key] = self._compare(resource, existing)
        return known

    def known(self, resource: Resource, existing: str) -> Compared | None:
        """Return what was found when a resource was compared with the one at an address on the target, if it was."""
        return self.made.get(self._key(resource, existing))

    def leads_alike(self, resource: Resource) -> bool:
        """Say whether all that is known to refer in a document leads to the same addresses on both sides."""
        lands, leads_before = self.matching.lands, self.resolving.leads_before
        return all(lands(reference) == leads_before(reference) for reference in resource.references)

    def _key(self, resource: Resource, existing: str) -> tuple[str | None, ...]:
        # Of the options, nothing but where its references lead to makes a difference.
        return (resource.address, existing, *map(self.matching.lands, resource.references))

    def _compare(self, resource: Resource, existing: Resource) -> Compared:
        before = self.instance.document(existing)
        after = read_document(self.package.archive, resource)
        unseen = {*self.instance.unseen(existing, before, after)}
        # What is wrong with a resource may be that not all that refers in it is known.
        is_known = self.package.faults_known and not resource.faults
        sides = self._sides_that_agree if is_known and self.leads_alike(resource) else self._sides
        found, unverified = compare_seen(resource.kind, before, after, sides, unseen)
        fields = with_addresses(found, (existing, resource), (self.resolving.leads_before, self.matching.lands))
        return Compared(fields, unverified, resource.kind.may_be_changed(before), tuple(after) if fields else ())

    @cached_property
    def _sides(self) -> Sides:
        """How references of the target's documents and of the package's are resolved."""
        return Sides(before=resolver(self.resolving.leads_before), after=resolver(self.matching.lands))

    @cached_property
    def _sides_that_agree(self) -> Sides:
        """The same for documents whose references all lead to the same from both sides."""
        return self._sides._replace(agree_on_all=True)


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
