"""Every word that a report, an option or a setting is written with, and what it means: made of what declares them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal

from assetpkg.diagnostics.model import Rule
from assetpkg.errors import InvalidOption, near
from assetpkg.kinds import KINDS
from assetpkg.limits import DEFAULT_LIMITS, LIMITS
from assetpkg.planning.assumptions import ASSUMPTIONS, GRANTED, Ground
from assetpkg.planning.remarks import Reason
from assetpkg.report.check import CheckSummary, SeverityWord
from assetpkg.report.docstrings import field_docstrings, one_line
from assetpkg.report.plan import PlanSummary
from assetpkg.report.shape import Report, shape
from assetpkg.rules import catalogue
from assetpkg.rules.codes import refuse_retired
from assetpkg.settings.settings import SETTINGS
from assetpkg.simulation.verdict import ACCEPTED, Verdict

SortWord = Literal[
    "rule",
    "assumption",
    "granted",
    "verdict",
    "action",
    "reason",
    "basis",
    "severity",
    "kind",
    "limit",
    "setting",
    "exit-status",
]


@shape
class ExplainedReport:
    """A word, and what it means."""

    sort: SortWord
    """What the word is."""
    word: str
    """The word itself."""
    also: Sequence[str]
    """What it is called elsewhere: a rule by its name, a kind by its folder, a setting by its option and variable."""
    title: str
    """What it means, in a sentence."""
    text: str
    """All that is to be said of it, in paragraphs."""
    values: Sequence[str]
    """What it may be set to, where that is a list of words; empty elsewhere."""
    default: str | None
    """What it is unless it is set; null where nothing can be set, or nothing is by default."""
    most: int | None
    """The most that a limit may be set to; null elsewhere."""
    severity: SeverityWord | None
    """How much the findings of a rule matter; null elsewhere."""
    fixable: bool | None
    """Whether there is one way to correct what a rule finds, which changes no meaning; null elsewhere."""
    fix: str | None
    """What `check --fix` does about what a rule finds; null elsewhere."""
    source: str | None
    """The public page, or what else it rests on; null where nothing is cited."""
    url: str | None
    """The address of the public page; null where no address of it is known."""


@shape
class ExplainReport(Report):
    """The words that are explained."""

    document: Literal["explain"] = "explain"
    asked: str | None
    """The word that was asked for; null where all are listed."""
    words: Sequence[ExplainedReport]
    """The words, in the order of their sorts."""


def report_explanation(
    word: str | None, statuses: Mapping[int, str], rules: Mapping[str, Rule] | None = None
) -> ExplainReport:
    """Return the report of what a word means, or of all words.

    `statuses` are the exit statuses of the program, and `rules` all rules by their codes; assetpkg's own without them.

    The beginning of codes stands for all rules that begin with it. Raises `InvalidOption` for an unknown word.
    """
    words = list(_words(statuses, catalogue() if rules is None else rules))
    return ExplainReport(asked=word, words=words if word is None else _find(word, words))


def _find(word: str, words: Sequence[ExplainedReport]) -> Sequence[ExplainedReport]:
    wanted = word.strip().lower().partition("=")[0]
    found = [each for each in words if wanted in {name.lower() for name in (each.word, *each.also)}]
    begin = wanted.upper()
    if not found and begin:
        found = [each for each in words if each.sort == "rule" and each.word.startswith(begin)]
    if not found:
        refuse_retired(begin)
        known = {name for each in words for name in (each.word, *each.also)}
        hint = near(wanted, known) or near(begin, known) or "; 'assetpkg explain' lists the words that there are"
        raise InvalidOption(f"nothing that is explained has the name '{word}'{hint}")
    return found


def _words(statuses: Mapping[int, str], rules: Mapping[str, Rule]) -> Iterator[ExplainedReport]:
    yield from (_rule(rule) for rule in rules.values())
    yield from _assumptions()
    yield from _members("verdict", Verdict)
    yield _explained("verdict", ACCEPTED, "The project accepts all that makes a plan blocked or risky; no JSON has it.")
    yield from _fields("action", PlanSummary, "accepted")
    yield from (_explained("reason", reason.value, reason.sentence) for reason in Reason)
    yield from _members("basis", Ground)
    yield from _fields("severity", CheckSummary, "accepted")
    yield from _kinds()
    yield from _limits()
    yield from _settings()
    for status, meaning in statuses.items():
        yield _explained("exit-status", str(status), meaning)


def _rule(rule: Rule) -> ExplainedReport:
    return _explained(
        "rule",
        rule.code,
        rule.title,
        text=rule.page,
        also=[rule.slug],
        severity=rule.severity.value,
        fixable=rule.fixable,
        fix=rule.fix.does if rule.fix is not None else None,
        source=str(rule.source),
        url=rule.url,
    )


def _assumptions() -> Iterator[ExplainedReport]:
    for known in ASSUMPTIONS.values():
        question = f"{known.question[0].upper()}{known.question[1:]}"
        yield _explained(
            "assumption",
            known.name,
            question,
            text=f"{question}\n\nNo public page answers it. Answer it with --assume {known.name}=VALUE.",
            values=known.values,
            default=known.default,
            source=known.page,
            url=getattr(known.page, "address", None),
        )
    for granted in GRANTED:
        page = granted.page
        yield _explained("granted", granted.name, granted.sentence, source=page, url=getattr(page, "address", None))


def _members(sort: SortWord, members: type[StrEnum]) -> Iterator[ExplainedReport]:
    """Yield the words of an enumeration, each with its docstring."""
    docstrings = field_docstrings(members)
    for member in members:
        yield _explained(sort, member.value, docstrings.get(member.name, ""))


def _fields(sort: SortWord, part: type[Any], *without: str) -> Iterator[ExplainedReport]:
    """Yield the words that the fields of a part of a report are, each with its docstring."""
    for name, text in field_docstrings(part).items():
        if name not in without:
            yield _explained(sort, name, text)


def _kinds() -> Iterator[ExplainedReport]:
    for word, kind in KINDS.items():
        yield _explained(
            "kind",
            word,
            one_line(kind.__doc__ or kind.title).partition(". ")[0],
            text=one_line(kind.__doc__ or kind.title),
            also=[kind.folder],
            source=str(kind.page),
            url=getattr(kind.page, "address", None),
        )


def _limits() -> Iterator[ExplainedReport]:
    for name, limit in LIMITS.items():
        default = getattr(DEFAULT_LIMITS, name.replace("-", "_"))
        title = f"{limit.title[0].upper()}{limit.title[1:]}{', in bytes' if limit.sized else ''}"
        yield _explained(
            "limit",
            name,
            title,
            text=f"{title}.\n\nA limit on what is read. Set it with --limit {name}=VALUE.",
            default=str(default),
            most=limit.ceiling,
        )


def _settings() -> Iterator[ExplainedReport]:
    for row in SETTINGS.values():
        also = [f"--{row.flag}", row.variable] if row.words else []
        text = f"{row.title}\n\nIn a file with settings: {one_line(row.example)}"
        yield _explained("setting", row.key, row.title, text=text, also=also, values=row.choices)


def _explained(  # noqa: PLR0913 - the fields of a report
    sort: SortWord,
    word: str,
    title: str,
    *,
    text: str = "",
    also: Sequence[str] = (),
    values: Iterable[str] = (),
    default: str | None = None,
    most: int | None = None,
    severity: SeverityWord | None = None,
    fixable: bool | None = None,
    fix: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> ExplainedReport:
    title = title.rstrip(".")
    return ExplainedReport(
        sort=sort,
        word=word,
        also=also,
        title=title,
        text=text or (f"{title[:1].upper()}{title[1:]}." if title else ""),
        values=list(values),
        default=default,
        most=most,
        severity=severity,
        fixable=fixable,
        fix=fix,
        source=source,
        url=url or None,
    )
