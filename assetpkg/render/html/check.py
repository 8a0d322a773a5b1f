"""What the page of a check shows: for each package what was found, one cause once with its places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.render.causes import causes_of, common_of
from assetpkg.render.findings import GRAVITY
from assetpkg.render.html.pictures import Part, bar
from assetpkg.render.html.words import found_sentence
from assetpkg.render.screen import View
from assetpkg.report.check import CheckedPackage, CheckReport, DiagnosticReport, LocationReport

MOST_PLACES = 500
"""How many places of one cause are listed."""


class Cause(NamedTuple):
    """What one rule says alike of some places: the first finding, and the places."""

    found: DiagnosticReport
    places: Sequence[LocationReport]

    @property
    def left(self) -> int:
        """How many places are not listed."""
        return max(0, len(self.places) - MOST_PLACES)


class PackageView(NamedTuple):
    """What was found in one package; `key` sets its parts apart from those of other packages of the page."""

    key: str
    report: CheckedPackage
    causes: Sequence[Cause]
    parts: Sequence[Part]
    counts: Sequence[tuple[str, int]]
    codes: Sequence[tuple[str, int]]

    @property
    def severities(self) -> Sequence[tuple[str, int]]:
        """The severities of what was found, each with its number of causes."""
        return list(Counter(cause.found.severity for cause in self.causes).items())

    @property
    def verdict(self) -> str:
        """The class of the sentence that says how it is."""
        if self.report.failure is not None:
            return "blocked"
        worst = next((word for word, count in self.counts if count), "")
        return {"error": "blocked", "risk": "risky", "warning": "unverified"}.get(worst, "clear")

    @property
    def sentence(self) -> str:
        """What was found, counted."""
        return "It could not be read." if self.report.failure is not None else found_sentence(self.counts)


def prepare(report: CheckReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a check, and what it shows."""
    del view
    packages = [_look(package, f"p{number}-") for number, package in enumerate(report.packages, 1)]
    totals: Counter[str] = Counter()
    for package in packages:
        totals.update(dict(package.counts))
    counts = [(word, totals[word]) for word in GRAVITY]
    failed = sum(package.failure is not None for package in report.packages)
    content = {"packages": packages, "counts": counts, "all_parts": bar(counts), "failed": failed}
    return "check.html", {**content, "most_places": MOST_PLACES, "sentence": found_sentence(counts)}


def _look(package: CheckedPackage, key: str) -> PackageView:
    counts = [(word, getattr(package.summary, word)) for word in GRAVITY]
    causes = _causes(package.diagnostics)
    return PackageView(
        key=key,
        report=package,
        causes=causes,
        parts=bar(counts),
        counts=counts,
        codes=sorted(Counter(cause.found.code for cause in causes).items()),
    )


def _causes(diagnostics: Sequence[DiagnosticReport]) -> list[Cause]:
    causes = [Cause(common_of(members), [each.location for each in members]) for members in causes_of(diagnostics)]
    return sorted(causes, key=lambda cause: GRAVITY[cause.found.severity])
