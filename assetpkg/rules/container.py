"""PKG1 and PKG2: the zip or the folder itself. Each oddity is declared once, in `oddities`, and is one rule."""

from collections.abc import Iterator

from assetpkg.diagnostics.catalogue import ODDITIES, Oddity
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.package.package import Package


def _rule(oddity: Oddity) -> Rule:
    def find(package: Package) -> Iterator[Problem]:
        return package.find_faults(oddity.slug)

    find.__doc__ = oddity.page
    severity = Severity.ERROR if oddity.refused else Severity.WARNING
    return rule(oddity.code, oddity.slug, severity, source=oddity.source)(find)


RULES: tuple[Rule, ...] = tuple(_rule(oddity) for oddity in ODDITIES.values())
