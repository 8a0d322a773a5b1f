"""Findings as a report of GitLab Code Quality, which a merge request shows."""

import json
from typing import Any

from assetpkg.diagnostics.unique import Uniquely
from assetpkg.render.findings import Finding, Subject, in_words, subjects_of
from assetpkg.render.places import artifact_of, span_of
from assetpkg.render.screen import View, printable, printable_json

SEVERITIES = {"error": "critical", "risk": "major", "warning": "minor", "info": "info"}
"""The severities of GitLab by those of findings; what could not run at all is a `blocker`."""
_FAILURE = "could-not-run"


def render(report: Any, view: View) -> str:
    """Return an array with an object for each finding."""
    unique = Uniquely()
    failure = getattr(report, "failure", None)
    issues = [] if failure is None else [_issue("assetpkg", 1, failure, "blocker", _FAILURE, unique(_FAILURE))]
    for subject in subjects_of(report):
        if subject.failure is not None:
            path = artifact_of(subject, None, view.folder).path
            issues.append(_issue(path, 1, subject.failure, "blocker", _FAILURE, unique(_FAILURE)))
        issues.extend(_found(subject, finding, view.folder, unique) for finding in subject.findings)
    # Each is one line: there may be thousands.
    lines = ",\n".join(json.dumps(issue, ensure_ascii=False) for issue in issues)
    return printable_json(f"[\n{lines}\n]\n" if lines else "[]\n")


def _found(subject: Subject, finding: Finding, folder: str, unique: Uniquely) -> dict[str, Any]:
    file = artifact_of(subject, finding.location.entry, folder)
    where = f"{subject.place(finding)}: " if file.inside else ""
    return _issue(
        file.path,
        1 if file.inside else span_of(finding.location).line,
        f"{where}{finding.rule} {in_words(finding)}",
        SEVERITIES[finding.severity],
        finding.rule,
        unique(finding.fingerprint),
    )


def _issue(path: str, line: int, description: str, severity: str, rule: str, fingerprint: str) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - one for each member
    return {
        "description": printable(description),
        "check_name": printable(rule),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": printable(path), "lines": {"begin": line}},
    }
