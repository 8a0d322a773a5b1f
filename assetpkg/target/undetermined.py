"""What is not settled about a target that was predicted and not looked at: the words of a snapshot for it."""

from enum import Enum

from assetpkg.kinds.kind import Part


class Uncertainty(Enum):
    """Why something about a predicted resource is not settled; the list is complete."""

    NEW_ID = "new-id"
    """The platform gives it an id; until then it has the id from the package, or an id that is derived from its path.
    """
    RANDOM_NAME = "random-name"
    """The platform adds random characters to the end of its name; the characters here are placeholders for them."""
    PREFIX_READING = "prefix-reading"
    """It is not documented whether the prefix renames it."""
    WHO_WINS = "who-wins"
    """It differs, and it is not documented which value is kept; the target's values are here."""
    NOT_COVERED = "not-covered"
    """Nobody looked for its kind on the target, so it may have been there before."""
    CREDENTIALS = "credentials"
    """Its credentials are new, or have to be entered again, and are not known."""
    TAKEN_VALUE = "taken-value"
    """Another resource has this value, which should be unique."""
    NEW_VALUE = "new-value"
    """Others refer to it by this value, which is now the package's value; no page says whether an import brings it."""
    REFERENCE = "reference"
    """It refers to something that is not there afterwards, or that cannot be distinguished from something else."""
    BLOCKED = "blocked"
    """The import that brings or changes it is blocked, and it is not documented which part of such an import is done.
    """


class Undetermined(Part):
    """Something about a predicted resource that no document answers."""

    address: str
    """The resource's kind and names, joined by `/`."""
    why: str
    """Why it is not settled, as one word of a list that grows."""
    pointers: list[str]
    """The place in the resource; empty if the whole resource is meant."""


class KnownAs(Part):
    """The value with which a package refers to a predicted resource that has another id, key or name on the target.

    A later package that uses this value means this resource; it is not documented whether the platform knows that.
    """

    address: str
    """The resource on the target."""
    by: str
    """The field that the package refers to it by."""
    value: str
    """The value of that field in the package."""
