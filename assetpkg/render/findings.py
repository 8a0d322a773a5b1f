"""What the formats for other programs are made of: the findings of a report, whatever the report is about."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.causes import message_of

if TYPE_CHECKING:
    from assetpkg.diagnostics.model import Rule
    from assetpkg.report.check import AcceptedReport, CheckReport, DiagnosticReport, LocationReport, RuleReport
    from assetpkg.report.compare import PlansReport
    from assetpkg.report.plan import ChangeReport, PlanReport
    from assetpkg.report.saved import DifferenceReport, VerifyReport

VERIFY = "verify"
"""What the rules are named after by which a saved plan is held against the same import planned anew."""
_SURE = {"conflict": Severity.ERROR.value, "undetermined": Severity.INFO.value}
"""The actions that are findings by themselves, and their severities."""

GRAVITY: Mapping[str, int] = {severity.value: severity.rank for severity in Severity}
"""The rank of each severity: errors are reported first."""
_NAMES = {"info": "note"}
"""What a severity is called where its findings are counted, if not by its word."""


class Nowhere(NamedTuple):
    """The location of what is about all of a package."""

    entry: str | None = None
    pointer: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class Accepted(NamedTuple):
    """By what a finding was accepted, why, and until when."""

    by: str
    reason: str | None
    until: str | None


class Finding(NamedTuple):
    """One finding of a report; `title` says what its rule is about, where the catalogue does not have the rule."""

    rule: str
    slug: str
    severity: str
    message: str
    hint: str
    location: "LocationReport | Nowhere"
    address: str | None
    fingerprint: str
    title: str = ""
    accepted: Accepted | None = None


class Case(NamedTuple):
    """A part of the subject that can pass or fail, as a resource by its address; `skipped` says why it cannot."""

    name: str
    skipped: str = ""


class Subject(NamedTuple):
    """What findings are about: a package, as it was named, or a saved plan; `whole` is the word for all of it.

    `failure` says why nothing is known of it.
    """

    path: str
    container: str | None
    failure: str | None = None
    findings: Sequence[Finding] = ()
    accepted: Sequence[Finding] = ()
    cases: Sequence[Case] = ()
    whole: str = "package"

    def place(self, finding: Finding) -> str:
        """Return the place of a finding as one line."""
        from assetpkg.render.places import place_of

        return place_of(self, finding.location)


def subjects_of(report: Any) -> list[Subject]:
    """Return what a report is about, each with its findings; of a command that could not run, nothing."""
    return list(_SUBJECTS[type(report).__name__](report))


def accepted_in_words(subjects: Iterable[Subject]) -> str:
    """Return how many findings were accepted, as the end of a sentence; nothing where none was."""
    number = sum(len(subject.accepted) for subject in subjects)
    return f", {plural(number, 'finding')} accepted" if number else ""


def count(findings: Iterable[Finding]) -> Mapping[str, int]:
    """Return how many findings have each severity, the gravest first."""
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity.value] for severity in Severity}


def found_in_words(counts: Mapping[str, int]) -> str:
    """Return how many findings have each severity, as a part of a sentence; empty where there are none."""
    return ", ".join(plural(counts[word], _NAMES.get(word, word)) for word in GRAVITY if counts.get(word))


def gravity(finding: "Finding | DiagnosticReport") -> int:
    """Return the rank of a finding among others: the gravest has the least."""
    return GRAVITY[finding.severity]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the gravest first, and else in their order."""
    return sorted(findings, key=gravity)


def reaches(severity: str, fail_on: str) -> bool:
    """Say whether a severity is as grave as the one that makes a command fail; nothing is as grave as `never`."""
    return fail_on != "never" and Severity(severity).reaches(Severity(fail_on))


def in_words(finding: Finding) -> str:
    """Return what a finding says, and how to fix it, in one line."""
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


def rules_of(report: Any) -> "Mapping[str, Rule | RuleReport]":
    """Return the rules by which a report can have findings, by their codes: of assetpkg, and of plug-ins."""
    from assetpkg.rules import catalogue

    plans = [step.plan for step in getattr(report, "steps", ())]
    plugged = [*getattr(report, "plugin_rules", ()), *(rule for plan in plans for rule in plan.plugin_rules)]
    return {**{rule.code: rule for rule in plugged}, **catalogue()}


def _check(report: "CheckReport") -> Iterator[Subject]:
    known = rules_of(report)
    for package in report.packages:
        yield Subject(
            path=package.path,
            container=package.container,
            failure=package.failure,
            findings=[_finding(each) for each in package.diagnostics],
            accepted=[_accepted(each, known) for each in package.accepted],
            cases=[Case(address) for address in package.resources or ()],
        )


def _plan(report: "PlanReport") -> Iterator[Subject]:
    yield _planned(report)


def _plans(report: "PlansReport") -> Iterator[Subject]:
    for step in report.steps:
        yield _planned(step.plan)


def _planned(plan: "PlanReport") -> Subject:
    accepted = _accepted_in(plan)
    return Subject(
        path=plan.package.path,
        container=plan.package.container,
        findings=_found_in(plan, accepted),
        accepted=accepted,
        cases=[
            Case(change.address, "the platform never imports this kind" if change.action == "omit" else "")
            for change in plan.changes
        ],
    )


def _accepted_in(plan: "PlanReport") -> Sequence[Finding]:
    known = rules_of(plan) if plan.accepted else {}
    return [_accepted(each, known) for each in plan.accepted]


def _found_in(plan: "PlanReport", accepted: Sequence[Finding]) -> Sequence[Finding]:
    found = [_finding(each) for each in plan.diagnostics]
    return [*found, *_unreported(plan.changes, (*found, *accepted))]


def count_plan(plan: "PlanReport") -> Mapping[str, int]:
    """Return how many findings of a plan have each severity, those that no rule reports among them."""
    return count(_found_in(plan, _accepted_in(plan)))


def _unreported(changes: Iterable["ChangeReport"], found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the conflicts, and what is undetermined, that no finding reports, as when its rule is ignored.

    What is accepted is reported, too.
    """
    reported = {(finding.address, finding.slug) for finding in found}
    known = _reported_by()
    for change in changes:
        severity = _SURE.get(change.action)
        slugs = known.get(change.reason, ())
        if severity is None or any((change.address, slug) in reported for slug in slugs):
            continue
        rule = f"{change.action}-{change.reason}"
        title = sentence_of(change.reason)
        yield Finding(
            rule=rule,
            slug=change.reason,
            severity=severity,
            message=f"{change.address}: {change.action}; {title}",
            hint="",
            location=Nowhere(),
            address=change.address,
            fingerprint=_digest(rule, change.address),
            title=title,
        )


def has_open_conflict(plan: "PlanReport") -> bool:
    """Say whether a plan has a conflict that the project has not accepted, in all that is found about its reason."""
    known = _reported_by()
    by_address: dict[str | None, list[Finding]] = {}
    for each in (*map(_finding, plan.diagnostics), *_accepted_in(plan)):
        by_address.setdefault(each.address, []).append(each)
    for change in plan.changes:
        if change.action == "conflict":
            about = by_address.get(change.address, [])
            own = [each for each in about if each.slug in known.get(change.reason, ())]
            # Where no finding is about that very reason, all errors are.
            reasons = own or [each for each in about if each.severity == "error"]
            if not reasons or any(each.accepted is None for each in reasons):
                return True
    return False


def _reported_by() -> Mapping[str, frozenset[str]]:
    """Return the slugs of the rules that report a reason, by its word as reports have it."""
    from assetpkg.planning.remarks import REPORTED_BY

    return {reason.value: slugs for reason, slugs in REPORTED_BY.items()}


def sentence_of(reason: str) -> str:
    """Return what a reason means, as the middle of a sentence; a newer assetpkg may have others."""
    from assetpkg.planning.remarks import Reason

    known = {each.value: each.phrase for each in Reason}
    return known.get(reason, reason)


def _verify(report: "VerifyReport") -> Iterator[Subject]:
    from assetpkg.render.verified import CHANGED

    yield Subject(
        path=report.path,
        container="document",
        findings=[
            Finding(
                rule=f"{VERIFY}-{each.subject}",
                slug=f"other-{each.subject}",
                severity=Severity.ERROR.value,
                message=f"{CHANGED[each.subject]}: {each.name}{_told(each)}",
                hint="plan again",
                location=Nowhere(),
                address=None,
                fingerprint=_digest(VERIFY, each.subject, each.name),
                title=f"Since the plan was saved, {CHANGED[each.subject]}",
            )
            for each in report.differences
        ],
        whole="plan",
    )


def _told(difference: "DifferenceReport") -> str:
    """Return what was saved and what is now, where that says more than that they differ."""
    if difference.subject == "rest":
        return ""
    saved, now = ("none" if value is None else f"'{value}'" for value in (difference.saved, difference.now))
    return f" was {saved} and is {now}"


def _nothing(report: Any) -> Iterator[Subject]:
    del report
    return iter(())


def _finding(found: "DiagnosticReport") -> Finding:
    return Finding(
        rule=found.code,
        slug=found.slug,
        severity=found.severity,
        message=message_of(found),
        hint=found.hint,
        location=found.location,
        address=found.address,
        fingerprint=found.fingerprint,
    )


def _accepted(found: "AcceptedReport", rules: "Mapping[str, Rule | RuleReport]") -> Finding:
    known = rules.get(found.code)
    return Finding(
        rule=found.code,
        slug=known.slug if known else found.code,
        severity=found.severity,
        message=found.message,
        hint="",
        location=found.location,
        address=found.address,
        fingerprint=found.fingerprint,
        accepted=Accepted(found.by, found.reason, found.until),
    )


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


_SUBJECTS: Mapping[str, Callable[[Any], Iterator[Subject]]] = {
    "CheckReport": _check,
    "PlanReport": _plan,
    "PlansReport": _plans,
    "VerifyReport": _verify,
    "FailureReport": _nothing,
}
