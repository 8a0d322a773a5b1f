"""LIM: how much one import may carry."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics import Problem, Rule, Severity, rule
from assetpkg.package import Package

MOST = 100
"""How many applications and tasks one import takes."""
PAGE = "API reference, Importing Assets"


@rule("LIM001", "over-100", Severity.ERROR, source=PAGE)
def over_100(package: Package) -> Iterator[Problem]:
    """The package has more than a hundred applications, or more than a hundred tasks.

    Finds more than 100 applications, and more than 100 tasks, common and composite ones together.

    An import takes at most 100 applications and tasks.

    Split the package.
    """
    for what, count in counts(package).items():
        if count > MOST:
            yield Problem(message=f"holds {count} {what}; one import takes at most {MOST}", hint="split the package")


@rule("LIM002", "over-100-together", Severity.RISK, source="assumption limit-of-100")
def over_100_together(package: Package) -> Iterator[Problem]:
    """The package has more than a hundred applications and tasks taken together.

    Finds packages that keep to 100 of either, and have more than 100 of both.

    The page says "a maximum of 100 applications and tasks", which can mean either. Assumption `limit-of-100`.

    Split the package to be safe.
    """
    found = counts(package)
    together = sum(found.values())
    if together > MOST and all(count <= MOST for count in found.values()):
        listed = " and ".join(f"{count} {what}" for what, count in found.items())
        yield Problem(
            message=f"holds {listed}, {together} together; it is not documented whether {MOST} of each are meant",
            hint="split the package to be safe",
        )


def counts(package: Package) -> Counter[str]:
    """Return how many applications and how many tasks count against the limit."""
    found: Counter[str] = Counter()
    for members in package.index.by_kind.values():
        if members[0].kind.counted_as:
            found[members[0].kind.counted_as] += len(members)
    return found


RULES: tuple[Rule, ...] = (over_100, over_100_together)
