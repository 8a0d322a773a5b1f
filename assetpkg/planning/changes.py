"""The plan as data: what an import would do to each resource, why, and on what that decision rests."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Place
from assetpkg.package.grouping import grouped
from assetpkg.planning.assumptions import Basis
from assetpkg.planning.remarks import NotLookedAt, Reason, Remark
from assetpkg.resource.diff import FieldChange

if TYPE_CHECKING:
    from assetpkg.kinds.notes import Noted
    from assetpkg.package.index import Resource
    from assetpkg.package.package import Package
    from assetpkg.planning.context import ImportContext
    from assetpkg.planning.options import ImportOptions
    from assetpkg.resource.inspection import Note
    from assetpkg.target.instance import Instance

T = TypeVar("T")
AnyNoted = TypeVar("AnyNoted", bound="Noted")
ActionWord = Literal["create", "update", "keep", "undetermined", "conflict", "omit"]


class Action(StrEnum):
    """What happens to a resource; this is the order in which actions are shown everywhere."""

    CREATE = "create"
    UPDATE = "update"
    KEEP = "keep"
    UNDETERMINED = "undetermined"
    CONFLICT = "conflict"
    OMIT = "omit"

    @property
    def word(self) -> ActionWord:
        """The word in JSON, with the type that a report declares for it."""
        return self.value

    @property
    def sign(self) -> str:
        """The sign that a line begins with."""
        return _SIGNS[self]


_SIGNS = dict(zip(Action, "+~=?!x", strict=True))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Change:
    """What the import would do to one resource of the package.

    `target_address` and `target_name` are always set, also where the prefix changes nothing. `basis` cites the
    page that decides, or the assumption. `meets` is the address of the one on the target that it conflicts with or is
    compared with, if there is one. The first remark, if any, belongs to the action. `matches` are the addresses
    of what it matches on the target, several where it is not known what the prefix renames. `messages` are what the
    rules say about it, in a plan that was judged.
    """

    address: str
    kind: str
    place: Place
    name: str
    target_name: str
    target_address: str
    action: Action
    reason: Reason
    basis: Basis
    meets: str = ""
    assumptions: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    messages: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        """Show what is done to which resource, and why."""
        return f"Change({self.action.word} {mask_line(self.address)}: {self.reason.value})"

    @property
    def unverified(self) -> tuple[str, ...]:
        """The pointers of fields of the package that were not looked at on the target."""
        found = (remark.pointers for remark in self.remarks if isinstance(remark, NotLookedAt))
        return tuple(pointer for pointers in found for pointer in pointers)

    @property
    def entry(self) -> str:
        """The file of the package that holds the resource."""
        return self.place.entry


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that the import of `context` would do, complete; `only_on_target` names what only the target has.

    This is the one value that rules, checklists and outcomes are made of.
    """

    context: "ImportContext" = field(repr=False)
    changes: tuple[Change, ...]
    only_on_target: tuple[str, ...]

    @property
    def untouched(self) -> int:
        """How many resources only the target has."""
        return len(self.only_on_target)

    @property
    def package(self) -> "Package":
        """The package that would be imported."""
        return self.context.package

    @property
    def instance(self) -> "Instance | None":
        """The target; `None` where nothing is known of it."""
        return self.context.instance

    @property
    def options(self) -> "ImportOptions":
        """How the import is asked for."""
        return self.context.options

    def once(self, work: "Callable[[Changes], T]") -> T:
        """Return what `work` makes of the changes: several rules ask for it, and it is worked out for the first."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found

    def forget(self) -> None:
        """Give up what was worked out once, which can be much, since no other rule will ask for it."""
        self._worked_out.clear()

    @cached_property
    def _worked_out(self) -> dict[Any, Any]:
        return {}

    def count(self, action: Action | ActionWord) -> int:
        """Return how many changes have this action."""
        return len(self._by_action.get(action, ()))

    def with_action(self, *actions: Action | ActionWord) -> tuple[Change, ...]:
        """Return the changes that have one of these actions."""
        if len(actions) == 1:
            return self._by_action.get(actions[0], ())
        return tuple(change for change in self.changes if change.action in actions)

    @cached_property
    def _by_action(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each action, which a dozen rules ask for one after the other."""
        return grouped((change.action.value, change) for change in self.changes)

    def of(self, *kinds: str) -> Iterator[tuple[Change, "Resource"]]:
        """Yield the changes of these kinds, or of all, kind after kind, with their resources."""
        for kind in kinds or self._by_kind:
            yield from self._by_kind.get(kind, ())

    def arriving(self) -> Iterator[tuple[Change, "Resource"]]:
        """Yield the changes of what the platform imports, with their resources; conflicts may be fixed by then."""
        for members in self._by_kind.values():
            yield from ((change, resource) for change, resource in members if change.action is not Action.OMIT)

    def notes(self, sort: type[AnyNoted]) -> Iterator[tuple[Change, AnyNoted, "Note"]]:
        """Yield what the index has kept of the fields with such a marker, of what the platform imports."""
        for change, resource in self.arriving():
            for note in resource.notes:
                if isinstance(note.marker, sort):
                    yield change, note.marker, note

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[tuple[Change, "Resource"]]]:
        """The changes of each kind with their resources, in the order in which the kinds first occur."""
        return grouped((change.kind, (change, self.package.resource(change.address))) for change in self.changes)
