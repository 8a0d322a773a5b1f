"""The plan as data: what an import would do to each resource, why, and on what that decision rests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal

from assetpkg.credentials.masking import describe
from assetpkg.diagnostics.model import Place
from assetpkg.planning.options import ImportOptions
from assetpkg.resource.diff import FieldChange

ActionWord = Literal["create", "update", "keep", "undetermined", "conflict", "omit"]


class Action(Enum):
    """What happens to a resource, with the sign that stands for it."""

    CREATE = ("create", "+")
    UPDATE = ("update", "~")
    KEEP = ("keep", "=")
    UNDETERMINED = ("undetermined", "?")
    CONFLICT = ("conflict", "!")
    OMIT = ("omit", "x")

    def __init__(self, word: ActionWord, sign: str) -> None:
        """Hold the word that stands for the action in JSON, and its sign."""
        self.word: ActionWord = word
        self.sign = sign


class Reason(Enum):
    """Why an action was judged, or what else is worth saying about it; the list is closed."""

    ABSENT = "absent"
    """Nothing of that address is on the target."""
    UNVERIFIED = "unverified"
    """The target was not looked at for this kind."""
    RENAMED = "renamed"
    """Its name is on the target, and the platform puts random characters behind it."""
    OVERWRITTEN = "overwritten"
    """`datasource_overwrite` updates it."""
    IDENTICAL = "identical"
    """It is there, and equal in meaning."""
    NOT_OVERWRITTEN = "not-overwritten"
    """It is there and differs, and is left as it is."""
    DIFFERS = "differs"
    """It is there and differs; what Merge does then is answered by an assumption."""
    SETTLED = "settled"
    """It is there and differs; the user has chosen what Merge is assumed to do then."""
    READINGS_DIFFER = "readings-differ"
    """It is created if the prefix renames tasks, and merged if it does not, or the reverse."""
    NAME_TAKEN = "name-taken"
    """Its name is on the target already."""
    ID_TAKEN = "id-taken"
    """Its id is on the target already, and the documents ask for a new one."""
    COMBINATION_TAKEN = "combination-taken"
    """Another resource has the same unique combination of values."""
    DUPLICATE = "duplicate"
    """The package has it twice."""
    MISSING_REFERENCE = "missing-reference"
    """It refers to something that is neither in the package nor on the target."""
    PREFIXED_NAME = "prefixed-name"
    """Prefix and name together are too long, or hold characters that the name may not have."""
    NOT_IMPORTED = "not-imported"
    """The platform never imports this kind."""

    ID_ELSEWHERE = "id-elsewhere"
    """Its id belongs to another resource on the target."""
    OTHER_ID = "other-id"
    """The resource of its name on the target has another id."""
    KEY_TAKEN = "key-taken"
    """A value that should be unique is on the target, and no page says what an import does then."""
    PREFIX_READING = "prefix-reading"
    """Its name is free under one reading of what a prefix renames, and taken under the other."""
    CREDENTIALS_AGAIN = "credentials-again"
    """Its credentials have to be entered again."""
    OTHER_TYPE = "other-type"
    """It is of another type on the target than in the package."""
    NOT_OWNED = "not-owned"
    """The account that took the snapshot may not change the resource that is merged into."""
    EARLIER_ID = "earlier-id"
    """It refers to something that an earlier import brought, by what only that import's package calls it."""
    EARLIER_BLOCKED = "earlier-blocked"
    """It needs, or meets, something that an earlier import brings which is itself blocked."""
    UNVERIFIED_REFERENCE = "unverified-reference"
    """It refers to something outside the package, and the target was not looked at for that."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying about a change beside its action; `details` are the facts that the sentence needs."""

    reason: Reason
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    pointer: str = ""

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the import would do to one resource of the package.

    `target_address` and `target_name` are always set, also where the prefix changes nothing. `basis` cites the
    page that decides, or the assumption. The first remark, if any, belongs to the action. `meets` are the addresses of
    what it meets on the target, several where it is not known what the prefix renames.
    """

    address: str
    kind: str
    place: Place
    name: str
    target_name: str
    target_address: str
    action: Action
    reason: Reason
    basis: str
    assumptions: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)

    @property
    def entry(self) -> str:
        """The file of the package that holds the resource."""
        return self.place.entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that an import would do, complete and inert; `untouched` counts what only the target has."""

    options: ImportOptions
    changes: tuple[Change, ...]
    untouched: int

    def count(self, action: Action) -> int:
        """Return how many changes have this action."""
        return sum(change.action is action for change in self.changes)

    def with_action(self, *actions: Action) -> Iterable[Change]:
        """Yield the changes that have one of these actions."""
        return (change for change in self.changes if change.action in actions)
