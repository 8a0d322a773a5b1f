"""Where references lead: those of the package's documents, and those of the target's."""

from dataclasses import dataclass

from assetpkg.package.index import Index, Resource
from assetpkg.planning.assumptions import EARLIER_IDS
from assetpkg.planning.options import ImportOptions
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Resolving:
    """References resolved for one import; `here` are the resources of the package.

    What the package holds answers before what the target has.
    """

    here: Index
    instance: Instance | None
    options: ImportOptions

    def outside(self, reference: Reference) -> Resource | None:
        """Return the target's resource that a reference leads to which nothing in the package answers."""
        if self.instance is None or self.here.resolve(reference) is not None:
            return None
        return self.instance.resolve(reference)

    def found_outside(self, reference: Reference) -> Resource | None:
        """Return the same as `outside`, as far as what earlier imports brought is assumed to be found."""
        found = self.outside(reference)
        lost = found is not None and self.options.assumes(EARLIER_IDS, "lost") and self.rests_on_earlier(reference)
        return None if lost else found

    def rests_on_earlier(self, reference: Reference) -> bool:
        """Say whether a reference leads to something of which only an earlier import's package has what it says."""
        found = self.outside(reference)
        return found is not None and self.instance is not None and self.instance.is_uncertain(reference, found)

    def leads(self, reference: Reference) -> bool:
        """Say whether a reference of the package leads somewhere after the import."""
        return self.here.resolve(reference) is not None or self.found_outside(reference) is not None

    def leads_before(self, reference: Reference) -> str | None:
        """Return the address on the target that a reference of the target leads to."""
        found = self.instance.index.resolve(reference) if self.instance is not None else None
        return None if found is None else found.address
