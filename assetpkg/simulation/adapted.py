"""Plans of packages as an adapt file makes them: what is planned, what is accepted, and what is said of the file."""

from collections.abc import Iterable, Sequence

from assetpkg.authoring.adapt.adapt import Adaptation, AdaptLike, adapt
from assetpkg.authoring.adapt.reading import adapting_of
from assetpkg.package.package import Package
from assetpkg.rules.adapted import UnusedEntry
from assetpkg.rules.judge import Judge


def adaptations_of(packages: Iterable[Package], by: AdaptLike) -> Sequence[Adaptation]:
    """Return several packages as one adapt file makes them, which is read once; raises as `adapt` does."""
    known = adapting_of(by)
    return [adapt(package, known) for package in packages]


def judged_with(judge: Judge, adaptation: Adaptation) -> Judge:
    """Return by what a plan is judged that goes by an adapt file: what that accepts is accepted, too."""
    policy = judge.policy
    return judge._replace(policy=policy._replace(allow=(*policy.allow, *adaptation.allows)))


def unused_in_all(adaptations: Sequence[Adaptation]) -> tuple[UnusedEntry, ...]:
    """Return what of one adapt file is about nothing in any of several packages."""
    addresses = [{each.address for each in adaptation.unused} for adaptation in adaptations]
    common = set.intersection(*addresses) if addresses else set()
    first = (each for adaptation in adaptations[:1] for each in adaptation.unused)
    return tuple(each for each in first if each.address in common)
