"""In what two sides differ by meaning: the resources that are not the same, and what could not be compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from assetpkg.credentials.masking import mask_line
from assetpkg.package.package import Package
from assetpkg.resource.diff import FieldChange
from assetpkg.target.instance import Instance
from assetpkg.target.recorded import RecordedTarget

DiffWord = Literal["added", "removed", "changed", "renamed"]
DIFF_WORDS: tuple[DiffWord, ...] = get_args(DiffWord)
"""What becomes of a resource, in the order in which it is counted."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Difference:
    """A resource that is not the same on both sides.

    `before` and `after` are its addresses; what is added or removed has one of them only. One that is renamed has the
    same id, the same content or the same file, as `alike_by` says, and may have `fields` that differ as well. Of what
    is added or removed, the `fields` are all that it says. `unverified` are the pointers of what was not looked at on
    one side.
    """

    action: DiffWord
    kind: str
    before: str | None = None
    after: str | None = None
    alike_by: Literal["id", "content", "file"] | None = None
    fields: tuple[FieldChange, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address after, or, of what is removed, before."""
        return self.after if self.after is not None else self.before or ""

    def __repr__(self) -> str:
        """Show what becomes of which resource."""
        return f"Difference({self.action} {mask_line(self.address)})"


@dataclass(frozen=True, kw_only=True, repr=False)
class Diff:
    """Everything in which two sides differ by meaning, in the order of kinds and addresses.

    `same` is how many resources are alike. `unverified` has what is alike as far as it is known, by its address, with
    the pointers of what was not looked at on one side. `versions` are both asset versions, where they differ.
    `uncovered` has how many resources of a kind only one side has, where the other is a snapshot for which nobody has
    looked at the kind. Of the target of a saved plan it is known which resources differ, and not in which fields.
    """

    before: Package | Instance | RecordedTarget
    after: Package | Instance | RecordedTarget
    differences: tuple[Difference, ...]
    same: int
    unverified: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: tuple[str, str] | None = None
    uncovered: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Show how many resources differ."""
        counts = ", ".join(f"{self.count(word)} {word}" for word in DIFF_WORDS)
        return f"Diff({counts}, {self.same} the same)"

    @property
    def is_same(self) -> bool:
        """Whether both sides mean the same, as far as they are known."""
        return not self.differences and self.versions is None

    def count(self, action: DiffWord) -> int:
        """Return how many resources are added, removed, changed or renamed."""
        return sum(difference.action == action for difference in self.differences)

    def with_action(self, action: DiffWord) -> tuple[Difference, ...]:
        """Return the resources that are added, removed, changed or renamed."""
        return tuple(difference for difference in self.differences if difference.action == action)

    @property
    def idle_files(self) -> Mapping[str, tuple[str, ...]]:
        """The files that are not imported and are not the same in both packages, by what becomes of them."""
        if not isinstance(self.before, Package) or not isinstance(self.after, Package):
            return {}
        old, new = _idle(self.before), _idle(self.after)
        found: dict[str, tuple[str, ...]] = {
            "added": tuple(name for name in new if name not in old),
            "removed": tuple(name for name in old if name not in new),
            "changed": tuple(name for name in new if name in old and old[name] != new[name]),
        }
        return {word: names for word, names in found.items() if names}


def _idle(package: Package) -> Mapping[str, str]:
    names = package.unused_files if package.layout.is_own else ()
    return {name: package.digests.get(name, "") for name in names}
