"""What is not settled about a target that was predicted and not looked at: the words of a snapshot for it."""

from enum import Enum

from assetpkg.kinds.kind import Part


class Uncertainty(Enum):
    """Why something about a predicted resource is not settled; the list is closed."""

    NEW_ID = "new-id"
    """The platform gives it an id; until then it has the one of the package, or one that is derived from its path."""
    RANDOM_NAME = "random-name"
    """The platform puts random characters after its name; those here stand for them."""
    PREFIX_READING = "prefix-reading"
    """It is not documented whether the prefix renames it."""
    WHO_WINS = "who-wins"
    """It differs, and it is not documented who wins; the target's values are here."""
    NOT_COVERED = "not-covered"
    """The target was not looked at for its kind, so it may have been there before."""
    CREDENTIALS = "credentials"
    """Its credentials are new, or have to be entered again, and are not known."""
    TAKEN_VALUE = "taken-value"
    """Another resource has this value, which should be unique."""
    NEW_VALUE = "new-value"
    """Others refer to it by this value, which is the package's now; no page says whether an import brings it."""
    REFERENCE = "reference"
    """It refers to something that is not there afterwards, or that cannot be told from something else."""
    BLOCKED = "blocked"
    """The import that brings or changes it is blocked, and it is not documented what of such an import is done."""


class Undetermined(Part):
    """Something about a predicted resource that no document settles."""

    address: str
    """The resource's kind and names, joined by `/`."""
    why: str
    """Why it is not settled, as one word of a list that grows."""
    pointers: list[str]
    """Where in the resource; empty where all of it is meant."""


class KnownAs(Part):
    """What a package calls a predicted resource that has another id, key or name on the target.

    A later package that refers to it so means it; whether the platform knows that is not documented.
    """

    address: str
    """The resource on the target."""
    by: str
    """The field that the package refers to it by."""
    value: str
    """What the package has there."""
