"""Findings as a JUnit report: a suite for each package, and a case for each resource, so that what passes is seen."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assetpkg.diagnostics.sentences import and_more
from assetpkg.render.findings import Case, Finding, Subject, reaches, subjects_of
from assetpkg.render.screen import View, printable

_ACCEPTED = "accepted"


class _Outcome(NamedTuple):
    """What was found about one case."""

    case: Case
    failed: Sequence[Finding]
    others: Sequence[Finding]


def render(report: Any, view: View) -> str:
    """Return the suites: what reaches `--fail-on` is a failure, and what does not is in the output of its case."""
    suites = Element("testsuites", name=f"assetpkg {report.document}")
    failure = getattr(report, "failure", None)
    if failure is not None:
        _add_error(suites, "assetpkg", report.document, failure)
    for subject in subjects_of(report):
        if subject.failure is not None:
            _add_error(suites, subject.path, subject.whole, subject.failure)
        else:
            _add_suite(suites, subject, view.fail_on)
    for number in ("tests", "failures", "errors"):
        suites.set(number, str(sum(int(suite.get(number, "0")) for suite in suites)))
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _add_error(suites: Element, name: str, case: str, failure: str) -> None:
    """Add the suite of what nothing is known about."""
    suite = SubElement(suites, "testsuite", name=printable(name), tests="1", failures="0", errors="1", skipped="0")
    test = SubElement(suite, "testcase", name=printable(case), classname=printable(name))
    error = SubElement(test, "error", message=printable(failure), type="could-not-run")
    error.text = printable(failure)


def _add_suite(suites: Element, subject: Subject, fail_on: str) -> None:
    outcomes = _outcomes(subject, fail_on)
    failures = sum(bool(outcome.failed) for outcome in outcomes)
    skipped = sum(bool(outcome.case.skipped and not outcome.failed) for outcome in outcomes)
    suite = SubElement(
        suites,
        "testsuite",
        name=printable(subject.path),
        tests=str(len(outcomes)),
        failures=str(failures),
        errors="0",
        skipped=str(skipped),
    )
    for outcome in outcomes:
        _add_case(suite, subject, outcome)


def _outcomes(subject: Subject, fail_on: str) -> list[_Outcome]:
    """Sort the findings into the cases: what is about no resource is about the whole."""
    cases = {case.name: case for case in (Case(subject.whole), *subject.cases)}
    failed: dict[str, list[Finding]] = {name: [] for name in cases}
    others: dict[str, list[Finding]] = {name: [] for name in cases}
    for finding in (*subject.findings, *subject.accepted):
        name = finding.address if finding.address in cases else subject.whole
        counts = finding.accepted is None and reaches(finding.severity, fail_on)
        (failed if counts else others)[name or subject.whole].append(finding)
    return [_Outcome(case, failed[name], others[name]) for name, case in cases.items()]


def _add_case(suite: Element, subject: Subject, outcome: _Outcome) -> None:
    name = printable(subject.path)
    test = SubElement(suite, "testcase", name=printable(outcome.case.name), classname=name)
    if outcome.failed:
        first = outcome.failed[0]
        message = f"{first.rule} {printable(first.message)}{and_more(len(outcome.failed) - 1)}"
        failure = SubElement(test, "failure", message=message, type=printable(first.rule))
        failure.text = _told(subject, outcome.failed)
    elif outcome.case.skipped:
        SubElement(test, "skipped", message=outcome.case.skipped)
    if outcome.others:
        SubElement(test, "system-out").text = _told(subject, outcome.others)


def _told(subject: Subject, findings: Iterable[Finding]) -> str:
    """Return findings as text: the place, the rule and what it says, and how to fix it."""
    lines = []
    for finding in findings:
        why = f" ({_ACCEPTED}, {finding.accepted.by})" if finding.accepted else ""
        lines.append(printable(subject.place(finding)))
        lines.append(f"  {printable(finding.rule)} {finding.severity}{why}: {printable(finding.message)}")
        if finding.hint:
            lines.append(f"  > {printable(finding.hint)}")
    return "\n".join(lines)
