"""The formats: each a module with a function `render`, and the reports that it can tell."""

from collections.abc import Collection
from importlib import import_module
from typing import Any, NamedTuple

from assetpkg.render.screen import View
from assetpkg.render.text import TEXTS


class Format(NamedTuple):
    """The module that has `render(report, view)`, and the names of the reports that it can tell; `None` is all."""

    module: str
    reports: Collection[str] | None = None

    def tells(self, report: str) -> bool:
        """Say whether there is such a report in this format."""
        return self.reports is None or report in self.reports


_FINDINGS = frozenset({"CheckReport", "PlanReport", "PlansReport", "VerifyReport"})
"""The reports that have findings."""
_FAILURE = "FailureReport"
"""The report of a command that could not run."""

FORMATS = {
    "text": Format("assetpkg.render.text", TEXTS),
    "concise": Format("assetpkg.render.concise", _FINDINGS),
    "json": Format("assetpkg.render.json_v1"),
    "markdown": Format("assetpkg.render.markdown", {*_FINDINGS, "CompareReport", _FAILURE}),
    "sarif": Format("assetpkg.render.sarif", {*_FINDINGS, _FAILURE}),
    "junit": Format("assetpkg.render.junit", {*_FINDINGS, _FAILURE}),
    "github": Format("assetpkg.render.github", {*_FINDINGS, _FAILURE}),
    "gitlab": Format("assetpkg.render.gitlab", {*_FINDINGS, _FAILURE}),
    "csv": Format("assetpkg.render.csv", {"ChecklistReport"}),
    "curl": Format("assetpkg.render.scripts.curl", {"CallsReport"}),
    "sdk": Format("assetpkg.render.scripts.sdk", {"CallsReport"}),
}
"""The formats by their names, as they are offered. What cannot tell a `FailureReport` leaves that to standard error."""


def formats_of(*reports: str) -> list[str]:
    """Return the names of the formats that can tell one of the reports."""
    return [name for name, known in FORMATS.items() if any(map(known.tells, reports))]


def render(report: Any, form: str, view: View) -> str:
    """Return a report in a format."""
    said: str = import_module(FORMATS[form].module).render(report, view)
    return said
