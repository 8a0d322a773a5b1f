"""The formats: each a module with a function `render`, and the reports that it can tell."""

from collections.abc import Collection
from importlib import import_module
from typing import Any, NamedTuple

from assetpkg.render.screen import View, without_commands
from assetpkg.render.text import TEXTS


class Format(NamedTuple):
    """The module that has `render(report, view)`, and the names of the reports that it can tell; `None` is all.

    `title` is what it is for, `draws` says that it is a graph, and `is_read` that a person reads it, also in the log of
    a job.
    """

    module: str
    title: str
    reports: Collection[str] | None = None
    draws: bool = False
    is_read: bool = False

    def tells(self, report: str) -> bool:
        """Say whether there is such a report in this format."""
        return self.reports is None or report in self.reports


_FINDINGS = frozenset({"CheckReport", "PlanReport", "PlansReport", "VerifyReport"})
"""The reports that have findings."""
_GRAPHS = frozenset({"ShowReport", "PlanReport", "PlansReport"})
"""The reports in which something depends on something."""
_FAILURE = "FailureReport"
"""The report of a command that could not run."""

FORMATS = {
    "text": Format("assetpkg.render.text", "For a person at a terminal.", TEXTS, is_read=True),
    "concise": Format(
        "assetpkg.render.concise",
        "A line for each finding, with its place, for editors and `grep`.",
        _FINDINGS,
        is_read=True,
    ),
    "json": Format("assetpkg.render.json_v1", "Everything, for programs; see the chapter `json`."),
    "markdown": Format(
        "assetpkg.render.markdown",
        "For a comment on a pull request, or the summary of a job.",
        {*_FINDINGS, "CompareReport", "DiffReport", "ExplainReport", _FAILURE},
        is_read=True,
    ),
    "html": Format(
        "assetpkg.render.html",
        "A page for a browser, in one file: to look at, to filter, to tick off and to print.",
        {*_FINDINGS, "CompareReport", "DiffReport", "ShowReport", _FAILURE},
    ),
    "sarif": Format("assetpkg.render.sarif", "SARIF 2.1.0, for code scanning and editors.", {*_FINDINGS, _FAILURE}),
    "junit": Format("assetpkg.render.junit", "A JUnit report, for Jenkins, GitLab and others.", {*_FINDINGS, _FAILURE}),
    "github": Format(
        "assetpkg.render.github", "Annotations of GitHub Actions, written to the log.", {*_FINDINGS, _FAILURE}
    ),
    "gitlab": Format("assetpkg.render.gitlab", "A report of GitLab Code Quality.", {*_FINDINGS, _FAILURE}),
    "mermaid": Format(
        "assetpkg.render.mermaid", "A graph, for Markdown of GitHub, GitLab and others.", _GRAPHS, draws=True
    ),
    "dot": Format("assetpkg.render.dot", "A graph, for Graphviz.", _GRAPHS, draws=True),
    "cyclonedx": Format(
        "assetpkg.render.cyclonedx",
        "A bill of materials, CycloneDX 1.6: what a package holds, connects to and needs.",
        {"ShowReport"},
    ),
    "csv": Format("assetpkg.render.csv", "A table, for a spreadsheet.", {"ChecklistReport"}),
    "curl": Format("assetpkg.render.scripts.curl", "A shell script of calls.", {"CallsReport"}),
    "sdk": Format("assetpkg.render.scripts.sdk", "A Python script of calls.", {"CallsReport"}),
}
"""The formats by their names, as they are offered. What cannot tell a `FailureReport` leaves that to standard error."""


def formats_of(*reports: str) -> list[str]:
    """Return the names of the formats that can tell one of the reports."""
    return [name for name, known in FORMATS.items() if any(map(known.tells, reports))]


def render(report: Any, form: str, view: View) -> str:
    """Return a report in a format."""
    said: str = import_module(FORMATS[form].module).render(report, view)
    return without_commands(said) if view.screen.github_log and FORMATS[form].is_read else said
