"""What there is to say about a change: why its action was judged, and remarks with what a sentence about them needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from assetpkg.credentials.masking import describe

T = TypeVar("T")


class Reason(StrEnum):
    """Why an action was judged, or what else is worth saying about it; the list is closed.

    `sentence` is what it means, and `phrase` the same as the end of another sentence.
    """

    sentence: str

    def __new__(cls, word: str, sentence: str) -> Self:
        """Make a reason of its word and of what it means."""
        reason = str.__new__(cls, word)
        reason._value_ = word
        reason.sentence = sentence
        return reason

    @property
    def phrase(self) -> str:
        """The sentence without its capital letter and its full stop."""
        return f"{self.sentence[:1].lower()}{self.sentence[1:].rstrip('.')}"

    ABSENT = "absent", "Nothing of that address is on the target."
    UNVERIFIED = "unverified", "The target was not looked at for this kind."
    RENAMED = "renamed", "Its name is on the target, and the platform puts random characters after it."
    OVERWRITTEN = "overwritten", "`datasource_overwrite` updates it."
    IDENTICAL = "identical", "It is there, and equal in meaning."
    UNFILLED = (
        "unfilled",
        "It is there, equal except for masks or placeholders in the place of credentials, and left as it is.",
    )
    NOT_OVERWRITTEN = "not-overwritten", "It is there and differs, and is left as it is."
    DIFFERS = "differs", "It is there and differs; what Merge does then is answered by an assumption."
    SETTLED = "settled", "It is there and differs; the user has chosen what Merge is assumed to do then."
    READINGS_DIFFER = (
        "readings-differ",
        "It is created if the prefix renames tasks, and merged if it does not, or the reverse.",
    )
    AMBIGUOUS = "ambiguous", "The target has its name more than once, and nothing says which one is meant."
    NAME_TAKEN = "name-taken", "Its name is on the target already."
    ID_TAKEN = "id-taken", "Its id is on the target already, and the documents ask for a new one."
    COMBINATION_TAKEN = "combination-taken", "Another resource has the same unique combination of values."
    DUPLICATE = "duplicate", "The package has it twice."
    MISSING_REFERENCE = "missing-reference", "It refers to something that is neither in the package nor on the target."
    PREFIXED_NAME = (
        "prefixed-name",
        "Prefix and name together are too long, or hold characters that the name may not have.",
    )
    NOT_IMPORTED = "not-imported", "The platform never imports this kind."

    ID_ELSEWHERE = "id-elsewhere", "Its id belongs to another resource on the target."
    OTHER_ID = "other-id", "The resource of its name on the target has another id."
    NEAR_NAME = "near-name", "A name that is almost the same is on the target."
    KEY_TAKEN = (
        "key-taken",
        "A value that should be unique is on the target, and no page says what an import does then.",
    )
    PREFIX_READING = (
        "prefix-reading",
        "Its name is free under one interpretation of what a prefix renames, and taken under the other.",
    )
    CREDENTIALS_AGAIN = "credentials-again", "Its credentials have to be entered again."
    OTHER_TYPE = "other-type", "It is of another type on the target than in the package."
    NOT_OWNED = "not-owned", "The account that took the snapshot may not change the resource that is merged into."
    EARLIER_ID = (
        "earlier-id",
        "It refers to something from an earlier import by an id, key or name that only the package of that import has.",
    )
    EARLIER_BLOCKED = (
        "earlier-blocked",
        "It needs, or meets, something that an earlier import brings which is itself blocked.",
    )
    NOT_LOOKED_AT = "not-looked-at", "It is there, and some of its fields were not looked at on the target."
    UNVERIFIED_REFERENCE = (
        "unverified-reference",
        "It refers to something outside the package, and the target was not looked at for that.",
    )


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def _remark(cls: type[T]) -> type[T]:
    """Make a class of remarks.

    All classes have the methods of `Remark`: those that dataclasses are given would be compiled whenever one plans,
    for each class. That nobody changes a remark is held by type checkers.
    """
    return dataclass(init=False, repr=False, eq=False)(cls)


@_remark
class Remark:
    """Something worth saying about a change beside its action, with what the sentence about it needs.

    Each reason that has a sentence of its own has a class. `pointer` is the place in the resource, and `code` the
    platform's error code where a public table has one. `rule` is the slug of the rule that reports a conflict.
    """

    reason: ClassVar[Reason]
    rule: ClassVar[str] = ""
    pointer: str = field(default="", kw_only=True)
    code: str | None = field(default=None, kw_only=True)

    def __init__(self, *values: Any, **members: Any) -> None:
        """Take the fields; one that is not given has its default from the class."""
        vars(self).update(zip(self.__match_args__, values, strict=False), **members)

    def __eq__(self, other: object) -> bool:
        """Say whether `other` says the same."""
        return type(self) is type(other) and self._values == other._values

    def __hash__(self) -> int:
        """Return what equal remarks have in common."""
        return hash(self._values)

    @property
    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


@_remark
class Renamed(Remark):
    """Its name is taken, and random characters follow the new one."""

    reason = Reason.RENAMED


@_remark
class Differs(Remark):
    """It differs from what is there in `count` fields."""

    reason = Reason.DIFFERS
    count: int


@_remark
class Settled(Remark):
    """It differs in `count` fields; `answer` is what Merge is assumed to do."""

    reason = Reason.SETTLED
    count: int
    answer: str


@_remark
class NotOverwritten(Remark):
    """It differs in `count` fields, which stay as they are on the target."""

    reason = Reason.NOT_OVERWRITTEN
    count: int


@_remark
class NameTaken(Remark):
    """Its name is on the target, as `other` where that is written otherwise and assumed to be the same."""

    reason = Reason.NAME_TAKEN
    rule = "name-taken"
    other: str


@_remark
class IdTaken(Remark):
    """Its id is that of `other` on the target; `same` where that one has its name as well."""

    reason = Reason.ID_TAKEN
    rule = "id-taken"
    id: str
    other: str
    same: bool


@_remark
class CombinationTaken(Remark):
    """`other`, `inside` the package or on the target, has the same unique values."""

    reason = Reason.COMBINATION_TAKEN
    rule = "combination-taken"
    values: tuple[str, ...]
    other: str
    inside: bool


@_remark
class Duplicate(Remark):
    """The package has its name twice, in `other` as well."""

    reason = Reason.DUPLICATE
    rule = "duplicate-name"
    other: str


@_remark
class AssumedDuplicate(Remark):
    """The package has its name twice, in `other` as well, if the scope of names is what it is assumed to be."""

    reason = Reason.DUPLICATE
    rule = "assumed-duplicate"
    other: str


@_remark
class NearDuplicate(Remark):
    """The package has its name twice, if names that are almost the same are one; in `other` it is written otherwise."""

    reason = Reason.DUPLICATE
    rule = "one-name"
    other: str


@_remark
class Ambiguous(Remark):
    """It may be any of `others` on the target, which have its name."""

    reason = Reason.AMBIGUOUS
    others: tuple[str, ...]


@_remark
class NearName(Remark):
    """The target has `others`, whose names are almost the same."""

    reason = Reason.NEAR_NAME
    others: tuple[str, ...]


@_remark
class MissingReference(Remark):
    """It refers to a `value` of another `kind` which nothing has.

    `candidate` is what the target has of the name that is beside it, in the field `beside`, and `candidate_id` its id.
    """

    reason = Reason.MISSING_REFERENCE
    rule = "missing-reference"
    kind: str
    value: str
    beside: str = ""
    candidate: str = ""
    candidate_id: str = ""


@_remark
class PrefixedName(Remark):
    """With the prefix its `name` is not valid; `longest` is how long a prefix may be, where that helps."""

    reason = Reason.PREFIXED_NAME
    rule = "prefixed-name"
    why: str
    longest: int | None
    name: str


@_remark
class NotImported(Remark):
    """It is of a kind that no import carries."""

    reason = Reason.NOT_IMPORTED


@_remark
class IdElsewhere(Remark):
    """Its id belongs to `other` on the target, which has another name."""

    reason = Reason.ID_ELSEWHERE
    id: str
    other: str


@_remark
class OtherId(Remark):
    """What has its name on the target has the id `other_id`."""

    reason = Reason.OTHER_ID
    id: str
    other_id: str


@_remark
class KeyTaken(Remark):
    """`other` on the target has the same value of `field_name`."""

    reason = Reason.KEY_TAKEN
    other: str
    field_name: str


@_remark
class PrefixReading(Remark):
    """It ends differently if the prefix has `renamed` it and if its name stays `plain`."""

    reason = Reason.PREFIX_READING
    renamed: str
    plain: str


@_remark
class CredentialsAgain(Remark):
    """Its credentials have to be entered again."""

    reason = Reason.CREDENTIALS_AGAIN


@_remark
class OtherType(Remark):
    """It is of type `before` on the target and `after` in the package; `users` refer to it."""

    reason = Reason.OTHER_TYPE
    before: Any
    after: Any
    users: tuple[str, ...]


@_remark
class NotOwned(Remark):
    """The account that took the snapshot may not change what it would be merged into."""

    reason = Reason.NOT_OWNED


@_remark
class EarlierId(Remark):
    """It refers by `value` to `other`, which an earlier import brought."""

    reason = Reason.EARLIER_ID
    value: str
    other: str


@_remark
class EarlierBlocked(Remark):
    """It refers to `other`, or is merged into it, which an earlier import brings that is blocked."""

    reason = Reason.EARLIER_BLOCKED
    other: str
    refers: bool


@_remark
class UnverifiedReference(Remark):
    """It refers to a `value` of a `kind` that the target does not cover."""

    reason = Reason.UNVERIFIED_REFERENCE
    kind: str
    value: str


@_remark
class NotLookedAt(Remark):
    """It has fields, at `pointers`, that were not looked at on the target."""

    reason = Reason.NOT_LOOKED_AT
    pointers: tuple[str, ...]


REPORTED_BY: Mapping[Reason, frozenset[str]] = {
    **{
        reason: frozenset(sort.rule for sort in Remark.__subclasses__() if sort.reason is reason and sort.rule)
        for reason in Reason
    },
    Reason.DIFFERS: frozenset({"merge-undetermined"}),
    Reason.AMBIGUOUS: frozenset({"ambiguous-match"}),
    Reason.READINGS_DIFFER: frozenset({"prefix-reading"}),
}
"""The slugs of the rules that report what is a conflict, or undetermined, for a reason."""
