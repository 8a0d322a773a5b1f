"""What was found in packages, as Markdown; and the tables of findings that other pages have too."""

from collections.abc import Iterable, Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.findings import Finding, Subject, accepted_in_words, count, found_in_words, gravity, subjects_of
from assetpkg.render.markdown.marks import Table, code, page, shorten, words
from assetpkg.report.check import CheckReport


def tell_check(report: CheckReport) -> str:
    """Return the page: how much was found, in which packages, and every finding, the gravest first."""
    subjects = subjects_of(report)
    found = [finding for subject in subjects for finding in subject.findings]
    failed = [subject for subject in subjects if subject.failure is not None]
    unread = f"; {plural(len(failed), 'package')} could not be read" if failed else ""
    read = len(subjects) - len(failed)
    return page(
        [
            f"# Check: {counted(found)}{unread}",
            f"{plural(read, 'package')} checked{accepted_in_words(subjects)}.",
            Table("", ("package", "errors", "risks", "warnings", "notes"), list(_packages(subjects)), "package"),
            Table("Not read", ("package", "why"), [_failure(subject) for subject in failed], "package"),
            findings_table("Findings", subjects, ("error", "risk", "warning", "info")),
            accepted_table(subjects),
        ]
    )


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings have each severity, in words."""
    return found_in_words(count(findings)) or "nothing found"


def findings_table(
    title: str, subjects: Iterable[Subject], severities: Sequence[str], *, by_address: bool = False
) -> Table:
    """Return the findings with these severities, the gravest first; `by_address`, they are where the resource is."""
    found = [(subject, each) for subject in subjects for each in subject.findings if each.severity in severities]

    def cells(row: tuple[Subject, Finding]) -> Sequence[str]:
        subject, each = row
        where = code(shorten(each.address)) if by_address and each.address else _where(subject, each)
        return each.severity, where, code(each.rule), words(each.message), words(each.hint)

    found.sort(key=lambda pair: gravity(pair[1]))
    return Table(title, ("severity", "where", "rule", "what", "how to fix"), found, "finding", cells)


def accepted_table(subjects: Iterable[Subject]) -> Table:
    """Return the findings that were accepted, and why."""
    rows = [
        (_where(subject, each), code(each.rule), words(each.accepted.reason or ""), words(each.accepted.until or ""))
        for subject in subjects
        for each in subject.accepted
        if each.accepted
    ]
    return Table("Accepted", ("where", "rule", "why", "until"), rows, "finding")


def _where(subject: Subject, finding: Finding) -> str:
    place = subject.place(finding) if finding.location.entry else finding.address or subject.path
    return code(shorten(place))


def _packages(subjects: Iterable[Subject]) -> Iterator[Sequence[str]]:
    for subject in subjects:
        if subject.failure is None:
            yield (code(shorten(subject.path)), *(f"{number:,}" for number in count(subject.findings).values()))


def _failure(subject: Subject) -> Sequence[str]:
    return code(shorten(subject.path)), words(subject.failure or "")
