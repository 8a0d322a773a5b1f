"""Where a decision is made: package, target and options together, and what every decision asks of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from assetpkg.errors import InvalidOption
from assetpkg.package.index import Index
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import PACKAGE_TARGET
from assetpkg.planning.comparing import Comparing, Comparisons
from assetpkg.planning.doubles import Double, find_doubles, is_one_name
from assetpkg.planning.matching import Matching
from assetpkg.planning.naming import Naming
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.resolving import Resolving
from assetpkg.target.instance import Instance

_NOTHING = Index(())


@dataclass(frozen=True)
class ImportContext:
    """One import: everything about it is asked of this; without an `instance`, nothing is known of the target.

    `compared` is what has been compared already. The imports of one package into one target share it, so that no two
    documents are compared twice. `given` are the places, by address and pointer, whose values somebody has written for
    the target.
    """

    package: Package
    instance: Instance | None
    options: ImportOptions
    compared: Comparisons = field(default_factory=dict, repr=False, compare=False)
    given: frozenset[tuple[str, str]] = field(default_factory=frozenset, repr=False)

    @property
    def known_instance(self) -> Instance:
        """The target; raises `InvalidOption` where none was given."""
        if self.instance is None:
            raise InvalidOption("this needs a target, and the import was planned without one")
        return self.instance

    @property
    def target_index(self) -> Index:
        """The resources of the target that are known."""
        return self.instance.index if self.instance is not None else _NOTHING

    def answered(self, name: str, value: str) -> "ImportContext":
        """Return the same import with one open question answered otherwise."""
        instance = self.instance
        if name == PACKAGE_TARGET.name and instance is not None:
            instance = instance.taken_for(complete=value == PACKAGE_TARGET.default)
        options = replace(self.options, assumptions={**self.options.assumptions, name: value})
        return replace(self, instance=instance, options=options)

    def covers(self, kind: str) -> bool:
        """Say whether everything of `kind` on the target is known."""
        return self.instance is not None and kind in self.instance.covers

    @cached_property
    def resolving(self) -> Resolving:
        """Where references lead."""
        return Resolving(self.package.index, self.instance, self.options)

    @cached_property
    def naming(self) -> Naming:
        """What the resources of the package are called after the import."""
        return Naming(self.package.index, self.options, self.resolving)

    @cached_property
    def matching(self) -> Matching:
        """Which resources of the target those of the package are."""
        return Matching(self.package.index, self.instance, self.options, self.naming, self.resolving)

    @cached_property
    def comparing(self) -> Comparing:
        """What their documents differ in; raises `InvalidOption` where no target was given."""
        return Comparing(self.package, self.known_instance, self.resolving, self.matching, self.compared)

    @cached_property
    def doubles(self) -> Mapping[str, Double]:
        """The resources, by address, that have the name of one before them, by what is assumed to be one name."""
        assumptions = self.options.assumptions
        found = find_doubles(self.package.index, assumptions)
        return {address: double for address, double in found.items() if is_one_name(double, assumptions)}
