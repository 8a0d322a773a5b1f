"""What is not settled about a target that was predicted and not looked at: the words of a snapshot for it."""

from enum import StrEnum
from typing import Self

from assetpkg.kinds.fact import Fact


class Uncertainty(StrEnum):
    """Why something about a predicted resource is not settled, in the order in which it is reported; closed."""

    sentence: str
    """The same in a sentence."""

    def __new__(cls, word: str, sentence: str) -> Self:
        """Make a member that is its word, and has its sentence."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.sentence = sentence
        return member

    NEW_ID = "new-id", "the platform gives it an id; until then it has the id from the package, or a derived id"
    RANDOM_NAME = (
        "random-name",
        "the platform adds random characters to the end of the name; the characters here are placeholders",
    )
    PREFIX_READING = "prefix-reading", "it is not documented whether the prefix renames it"
    WHO_WINS = "who-wins", "it differs, and it is not documented which value is kept; the target's values are here"
    SEVERAL = "several", "the target has its name more than once, and nothing says which one the import means"
    NOT_COVERED = "not-covered", "nobody looked for its kind on the target, so it may have been there before"
    CREDENTIALS = (
        "credentials",
        "credentials are new or have to be entered again; the snapshot has only those that the target had",
    )
    TAKEN_VALUE = "taken-value", "another resource has a value that should be unique"
    NEW_VALUE = (
        "new-value",
        "others refer to it by this value, now the package's; it is not documented whether an import carries it",
    )
    REFERENCE = "reference", "it refers to something that is not there afterwards"
    BLOCKED = (
        "blocked",
        "the import that brings or changes it is blocked; it is not documented which part of such an import is done",
    )


class Undetermined(Fact):
    """Something about a predicted resource that no document answers."""

    address: str
    """The resource's kind and names, joined by `/`."""
    why: str
    """Why it is not settled, as one word of a list that grows."""
    pointers: list[str]
    """The place in the resource; empty if the whole resource is meant."""


class KnownAs(Fact):
    """The value with which a package refers to a predicted resource that has another id, key or name on the target.

    A later package that uses this value means this resource; it is not documented whether the platform knows that.
    """

    address: str
    """The resource on the target."""
    by: str
    """The field that the package refers to it by."""
    value: str
    """The value of that field in the package."""
