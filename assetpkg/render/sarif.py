"""Findings as SARIF 2.1.0, in the form that code scanning services take; GitHub's is the strictest of them."""

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from assetpkg.archive import STANDARD_STREAM
from assetpkg.diagnostics.model import Rule, family_of
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import plural
from assetpkg.diagnostics.unique import Uniquely
from assetpkg.render.findings import Finding, Subject, rules_of, subjects_of, worst_first
from assetpkg.render.places import artifact_of, span_of
from assetpkg.render.screen import View, printable, printable_json
from assetpkg.report.check import RuleReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Where the schema of these documents is published."""
MOST_RESULTS = 25_000
"""How many results GitHub takes in one run."""
MOST_BYTES = 10_000_000
"""How many bytes a document may have after compression: GitHub takes ten megabytes."""
LEVELS = {"error": "error", "risk": "warning", "warning": "warning", "info": "note"}
"""The levels of results by the severities of findings."""
_STANDARD_INPUT = "stdin"
_LINK, _PLACEHOLDER = re.compile(r"\](?=\()"), re.compile(r"\{(\d+)\}")


class _Result(NamedTuple):
    """A finding and what it is about."""

    subject: Subject
    finding: Finding


def render(report: Any, view: View) -> str:
    """Return one run: its rules, and a result for each finding, the gravest first where there is no room for all."""
    subjects = subjects_of(report)
    whole = [_Result(subject, each) for subject in subjects for each in (*subject.findings, *subject.accepted)]
    results = _gravest(whole, MOST_RESULTS)
    while True:
        text = _document(report, subjects, results, len(whole) - len(results), view)
        if len(text) < MOST_BYTES // 4 or len(zlib.compress(text.encode(), 1)) < MOST_BYTES:
            return text
        results = _gravest(results, len(results) // 2)


def _gravest(results: Sequence[_Result], most: int) -> Sequence[_Result]:
    """Return at most so many results in their order, and none where a graver one is left out."""
    if len(results) <= most:
        return results
    kept = {id(finding) for finding in worst_first(each.finding for each in results)[:most]}
    return [each for each in results if id(each.finding) in kept]


def _document(report: Any, subjects: Sequence[Subject], results: Sequence[_Result], left_out: int, view: View) -> str:
    rules = _rules((each.finding for each in results), rules_of(report))
    numbers, unique = {rule["id"]: number for number, rule in enumerate(rules)}, Uniquely()
    driver = {
        "name": report.tool.name,
        "version": report.tool.version,
        "semanticVersion": report.tool.version,
        "informationUri": Page.IMPORT_GUIDE.address,
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report, subjects, left_out, view)],
        "automationDetails": {"id": f"{report.tool.name}/{report.document}/"},
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    head, mark, tail = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2).rpartition("[]")
    # Each result is one line: there may be thousands, and indentation would take most of the time and the bytes.
    lines = [json.dumps(_result(each, numbers, unique, view), ensure_ascii=False) for each in results]
    told = "[\n{}\n      ]".format(",\n".join(lines)) if lines else mark
    return printable_json(f"{head}{told}{tail}\n")


def _invocation(report: Any, subjects: Sequence[Subject], left_out: int, view: View) -> dict[str, Any]:
    """Return how the run went: it failed where a command could not run, or a package could not be read."""
    failures = [
        _notification(f"{subject.path}: {subject.failure}", "error", [_artifact(subject, None, view.folder)])
        for subject in subjects
        if subject.failure is not None
    ]
    failure = getattr(report, "failure", None)
    if failure is not None:
        failures.append(_notification(failure, "error"))
    notes = []
    if left_out:
        told = f"{plural(left_out, 'more finding')}: not all fit in a file that services take; the JSON has all"
        notes.append(_notification(told, "warning"))
    invocation: dict[str, Any] = {"executionSuccessful": not failures}
    if failures or notes:
        invocation["toolExecutionNotifications"] = [*failures, *notes]
    return invocation


def _notification(text: str, level: str, places: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": level, "message": {"text": _text(text)}}
    if places:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": place}} for place in places]
    return notification


def _rules(findings: Iterable[Finding], known: Mapping[str, Rule | RuleReport]) -> list[dict[str, Any]]:
    """Return the rules of the findings, each once, in the order of their codes."""
    named = {finding.rule: finding for finding in findings}
    rules = []
    for code, finding in sorted(named.items()):
        rule = known.get(code)
        title = rule.title if rule else finding.title or (finding.slug or code).replace("-", " ")
        page = (rule.page if rule else None) or f"{title}."
        slug = rule.slug if rule else finding.slug or code
        severity = str(rule.severity) if rule else finding.severity
        described: dict[str, Any] = {
            "id": _text(code),
            "name": "".join(word.capitalize() for word in re.findall(r"\w+", slug)),
            "shortDescription": {"text": _text(f"{title}.")},
            "fullDescription": {"text": _text(_paragraph(page))},
            "help": {"text": _lines(f"{page}\n\nSource: {rule.source}." if rule else page)},
            "defaultConfiguration": {"level": LEVELS[severity]},
            "properties": {
                "problem.severity": _problem(severity),
                "tags": ["assetpkg", family_of(code) if rule else code[:3]],
            },
        }
        if rule and rule.url:
            described["helpUri"] = rule.url
        rules.append(described)
    return rules


def _paragraph(page: str) -> str:
    """Return what the page of a rule says after its title, or the title where that is all."""
    parts = page.split("\n\n")
    return " ".join((parts[1] if len(parts) > 1 else parts[0]).split())


def _problem(severity: str) -> str:
    return {"error": "error", "warning": "warning", "note": "recommendation"}[LEVELS[severity]]


def _result(result: _Result, numbers: Mapping[str, int], unique: Uniquely, view: View) -> dict[str, Any]:
    subject, finding = result
    file = artifact_of(subject, finding.location.entry, view.folder)
    where = f"{subject.place(finding)}: " if file.inside else ""
    hint = f"\n{_text(finding.hint)}" if finding.hint else ""
    physical = {
        "artifactLocation": _artifact(subject, finding.location.entry, view.folder),
        "region": _region(finding, inside=bool(file.inside)),
    }
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = _logical(finding)
    if logical:
        location["logicalLocations"] = logical
    told: dict[str, Any] = {
        "ruleId": _text(finding.rule),
        "ruleIndex": numbers[_text(finding.rule)],
        "level": LEVELS[finding.severity],
        "message": {"text": f"{_text(where + finding.message)}{hint}"},
        "locations": [location],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{unique(finding.fingerprint)}:1",
            "assetpkg/v1": finding.fingerprint,
        },
        "properties": {"severity": finding.severity},
    }
    if finding.accepted is not None:
        until = f" (until {finding.accepted.until})" if finding.accepted.until else ""
        why = f"{finding.accepted.reason or 'accepted by ' + finding.accepted.by}{until}"
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _text(why)}]
    return told


def _artifact(subject: Subject, entry: str | None, folder: str) -> dict[str, Any]:
    """Return the file as a URI, relative to the folder in which the program runs where it is below that."""
    path = artifact_of(subject, entry, folder).path
    name = _STANDARD_INPUT if path == STANDARD_STREAM else printable(path)
    whole = PurePath(name)
    # A colon in the first part of a relative reference would be read as the end of a scheme, so it is encoded.
    return {"uri": whole.as_uri() if whole.is_absolute() else quote(name)}


def _region(finding: Finding, *, inside: bool) -> dict[str, int]:
    """Return all four ends of the place, which GitHub asks for; a zip has no lines, so its region is its beginning."""
    if inside:
        return {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}
    span = span_of(finding.location)
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _logical(finding: Finding) -> list[dict[str, str]]:
    """Return the resource, and the value in the document, as places that are no files."""
    places = []
    if finding.address:
        places.append({"fullyQualifiedName": _text(finding.address), "kind": "resource"})
    where = finding.location
    if where.entry:
        numbers = f":{where.line}:{where.column}" if where.line else ""
        name = f"{where.entry}{numbers}{'#' + where.pointer if where.pointer else ''}"
        places.append({"fullyQualifiedName": _text(name), "kind": "member"})
    return places


def _text(text: str) -> str:
    """Return text that is a message of SARIF and nothing else: neither a link nor a place for an argument."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub("] ", printable(text)))


def _lines(text: str) -> str:
    return "\n".join(map(_text, text.split("\n")))
