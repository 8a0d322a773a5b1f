"""What an adapt file says: what changes in a package on its way to one environment."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from assetpkg.layouts.declaration import Table

ADAPT_FORMAT = "assetpkg-adapt/1"
FILL_IN = "<fill in>"
"""What a draft has in the place of what only a person can know."""
OWNERS = ("application",)
"""The kinds whose names get the prefix, unless a file names others: those of which that is documented for an import."""

Decision = Literal["rename", "keep-target", "leave-out", "accept", "<fill in>"]


class ResourceChange(Table):
    """What happens to one resource."""

    decision: Decision | None = None
    """rename: it gets another `name`, and everything follows that. keep-target: it is left out, and what refers to it
    finds the target's. leave-out: it is left out, and so is everything that refers to it. accept: it stays as it is,
    and what a plan finds about it is accepted, for a reason. Without a decision, it stays."""
    name: str | None = None
    """Its new name, or the one that the target has for it."""
    id: str | None = None
    """The id that the target has for it, where that is another one: references by id lead there then."""
    accept: dict[str, str] = Field(default_factory=dict)
    """Findings that are accepted: the code of each rule, and the reason."""
    values: dict[str, Any] = Field(default_factory=dict)
    """The new values, by the JSON pointers of what they take the place of."""


class AdaptFile(Table):
    """An adapt file. Every resource has the address that it has in the package before."""

    format: Literal["assetpkg-adapt/1"]
    """The marker of adapt files."""
    prefix: str = ""
    """What is put before the names of all resources of some kinds."""
    kinds: list[str] = Field(default_factory=lambda: list(OWNERS))
    """The kinds whose names get the prefix."""
    resources: dict[str, ResourceChange] = Field(default_factory=dict)
    """What happens to each resource, by its address."""

    def __repr__(self) -> str:
        """Show how many resources it is about."""
        return f"AdaptFile({len(self.resources)} resources)"

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.prefix, len(self.resources)))

    def left_open(self) -> Iterator[tuple[str, str]]:
        """Yield what a draft has left open: an address, and the key or the pointer there."""
        for address, change in self.resources.items():
            for key in ("decision", "name", "id"):
                if getattr(change, key) == FILL_IN:
                    yield address, key
            yield from ((address, f"accept.{code}") for code, reason in change.accept.items() if reason == FILL_IN)
            yield from ((address, pointer) for pointer, value in change.values.items() if is_open(value))


def variable_in(value: Any) -> str | None:
    """Return the name of the environment variable that a value is in; `None` where the value is itself."""
    if isinstance(value, dict) and value.keys() == {"env"} and isinstance(value["env"], str):
        return value["env"]
    return None


def is_open(value: Any) -> bool:
    """Say whether a value, or what is in it, is left open by a draft."""
    if isinstance(value, (dict, list)):
        return any(map(is_open, value.values() if isinstance(value, dict) else value))
    return bool(value == FILL_IN)
