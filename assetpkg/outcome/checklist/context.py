"""An import about to be made, as the lists of what to do by hand look at it, and what they find."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from assetpkg.kinds.notes import Noted
from assetpkg.package.index import Index, Resource
from assetpkg.package.package import Package
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.resource.inspection import Note
from assetpkg.target.instance import Instance

NOTHING = Index(())


class Scenario(StrEnum):
    """Why assets are imported; what is left to do by hand depends on it."""

    MIGRATION = "migration"
    """Into another instance; the user guide chooses Append."""
    RECOVERY = "recovery"
    """Back into the same instance; the user guide chooses Overwrite."""


class Found(NamedTuple):
    """Something to do: what about, the sentence, and the names that belong to it, such as of fields.

    `subject` is an address of the package or words of its own, and stays the same whatever the target is. Where it is
    `there`, the target has it already.
    """

    subject: str
    text: str
    names: tuple[str, ...] = ()
    there: bool = False


@dataclass(frozen=True)
class Occasion:
    """One import, and what it would do; without an `instance`, nothing is known to be there."""

    context: ImportContext
    plan: Changes
    scenario: Scenario

    @property
    def package(self) -> Package:
        """The package."""
        return self.context.package

    @property
    def instance(self) -> Instance | None:
        """The target."""
        return self.context.instance

    @property
    def target(self) -> Index:
        """The resources of the target that are known."""
        return self.instance.index if self.instance else NOTHING

    @property
    def migrates(self) -> bool:
        """Whether the assets go into another instance."""
        return self.scenario is Scenario.MIGRATION

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[tuple[Resource, Change], ...]]:
        """The resources of each kind with what the import does to them; the same order every time."""
        grouped: dict[str, list[tuple[Resource, Change]]] = {}
        for change in self.plan.changes:
            grouped.setdefault(change.kind, []).append((self.package.resource(change.address), change))
        return {kind: tuple(members) for kind, members in grouped.items()}

    def of(self, *kinds: str) -> Iterator[tuple[Resource, Change]]:
        """Yield the resources of these kinds, with what the import does to them."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())

    def arriving(self) -> Iterator[tuple[Resource, Change]]:
        """Yield the resources that the platform imports; what conflicts may be fixed by then."""
        for members in self.by_kind.values():
            yield from ((resource, change) for resource, change in members if change.action is not Action.OMIT)

    def notes(self, marker: type[Noted]) -> Iterator[tuple[Resource, Note]]:
        """Yield what the index has kept of the fields with such a marker."""
        for resource, _ in self.arriving():
            yield from ((resource, note) for note in resource.notes if isinstance(note.marker, marker))


def is_kept(change: Change) -> bool:
    """Say whether the import leaves the resource on the target as it is."""
    return change.action is Action.KEEP


def is_new(change: Change) -> bool:
    """Say whether the import makes the resource, as far as is known."""
    return change.action in (Action.CREATE, Action.CONFLICT)


def join(found: Iterable[Found]) -> Iterator[Found]:
    """Yield what was found, each subject once: with all sentences and names, and there only where all of it is."""
    joined: dict[str, Found] = {}
    for each in found:
        known = joined.setdefault(each.subject, each)
        text = known.text if each.text in known.text else f"{known.text} {each.text}"
        names = tuple(dict.fromkeys((*known.names, *each.names)))
        joined[each.subject] = Found(each.subject, text, names, there=known.there and each.there)
    yield from joined.values()
