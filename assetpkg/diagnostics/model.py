"""What assetpkg says about a package or a plan: rules, the problems they yield, the diagnostics made of them."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from assetpkg.diagnostics.pages import Page
    from assetpkg.diagnostics.sources import Source


class Severity(StrEnum):
    """How much a diagnostic matters; `error` is a documented failure, `risk` is undocumented and may end badly.

    They are declared from the gravest to the least, which is their order everywhere.
    """

    ERROR = "error"
    RISK = "risk"
    WARNING = "warning"
    INFO = "info"

    def reaches(self, threshold: "Severity") -> bool:
        """Say whether this severity is as grave as `threshold`, or graver."""
        return self.rank <= threshold.rank

    @property
    def rank(self) -> int:
        """Its place among the severities, zero for the gravest."""
        return list(Severity).index(self)


THRESHOLDS = tuple(severity.value for severity in Severity if severity is not Severity.INFO)
"""The severities from which on a run can be made to fail."""

OF_IMPORTS = "IMP"
"""The family of the rules about a planned import."""
OF_ACCEPTING = "ACC"
"""The family of the rules about what a project accepts."""

MOST_TOLD = 100
"""How many findings of one rule in one entry are reported one by one; a crafted document can have a million."""

# Small records on the way of every check are named tuples: a frozen dataclass takes five times as long to make.


class Place(NamedTuple):
    """Where a resource is: an entry, and a JSON pointer into its document, empty where it is all of that."""

    entry: str
    pointer: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """What places are in order by, so that the tenth of a list is not before the second."""
        return len(self.entry) + len(self.pointer), self.entry, self.pointer


class Location(NamedTuple):
    """A place in a package: an entry, a JSON pointer into it, and lines and columns, counted from one.

    Columns count characters; `end_column` is the one after the last character of the value, or of the key where the
    finding is at a key. `byte_offset` counts bytes of a zip from zero, and is set for what was found in the zip
    itself. What is not known is empty (`entry`, `pointer`) or `None`.
    """

    entry: str = ""
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    byte_offset: int | None = None

    @property
    def is_document(self) -> bool:
        """Whether it is the whole of a document, which is what the empty pointer leads to."""
        return not self.pointer and self.end_line is not None


class Fault(NamedTuple):
    """Something wrong with one entry, found while it was read; the rule with its slug reports it.

    `pointer` is symbolic until somebody needs a line; `offset` (in characters) is set where the text is no
    JSON, so that no pointer exists; after a pointer into a string (`…/#`) it counts in the string's own text.
    `at_key` asks for the place of the member's key instead of its value. `byte_offset` is a place in the zip itself,
    and `more` is how many others of the same slug were found after it, which are not reported one by one.
    """

    slug: str
    message: str
    hint: str = ""
    pointer: str = ""
    offset: int | None = None
    at_key: bool = False
    platform_code: str | None = None
    byte_offset: int | None = None
    more: int = 0

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        from assetpkg.credentials.masking import describe

        return describe(self)


def bound(faults: Iterable[Fault], most: int = MOST_TOLD) -> tuple[Fault, ...]:
    """Return the first faults of each slug, at `most` so many, the last of them with the number of those left out."""
    kept: list[Fault] = []
    places: dict[str, list[int]] = {}
    more: dict[int, int] = {}
    for fault in faults:
        told = places.setdefault(fault.slug, [])
        if len(told) < most:
            told.append(len(kept))
            kept.append(fault)
        else:
            more[told[-1]] = more.get(told[-1], 0) + 1 + fault.more
    for place, number in more.items():
        kept[place] = kept[place]._replace(more=kept[place].more + number)
    return tuple(kept)


class Problem(NamedTuple):
    """What a rule yields: what is wrong, where, and how to fix it. It knows neither its code nor its severity.

    `pointer` leads into `entry`, or into the resource at `place` where that is set.
    `more` is how many others like it are in the same entry, and not reported one by one.
    """

    message: str
    hint: str = ""
    entry: str = ""
    pointer: str = ""
    offset: int | None = None
    at_key: bool = False
    platform_code: str | None = None
    address: str | None = None
    byte_offset: int | None = None
    more: int = 0
    place: Place | None = None

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        from assetpkg.credentials.masking import describe

        return describe(self)

    def located(self) -> "Problem":
        """Return the same with its place as an entry and a pointer into all of its document."""
        if self.place is None:
            return self
        return self._replace(entry=self.place.entry, pointer=f"{self.place.pointer}{self.pointer}", place=None)

    @classmethod
    def from_fault(cls, entry: str, fault: Fault) -> "Problem":
        """Report `fault` as found in `entry`."""
        return cls(
            message=fault.message,
            hint=fault.hint,
            entry=entry,
            pointer=fault.pointer,
            offset=fault.offset,
            at_key=fault.at_key,
            platform_code=fault.platform_code,
            byte_offset=fault.byte_offset,
            more=fault.more,
        )


class Diagnostic(NamedTuple):
    """A problem with the code, slug and severity of its rule stamped on, and its place made concrete.

    `address` is that of the resource that it is in, or whose change it is about. `fingerprint` is the same for the same
    finding wherever it has moved to: see `assetpkg.rules.fingerprints`.
    `more` is how many others of its rule it stands for, which are not reported one by one.
    No text of it contains a credential: names in its place are shown without.
    """

    code: str
    slug: str
    severity: Severity
    message: str
    hint: str
    location: Location
    platform_code: str | None = None
    address: str | None = None
    fingerprint: str = ""
    more: int = 0

    def __repr__(self) -> str:
        """Show in a line what is wrong where, without credentials."""
        from assetpkg.credentials.masking import mask_line

        place = ":".join(str(part) for part in self.location[:4] if part)
        return mask_line(f"Diagnostic({self.code} {self.severity} {place}: {self.message})")

    @property
    def is_of_import(self) -> bool:
        """Whether it is about the planned import, and not about the package by itself."""
        return self.code.startswith(OF_IMPORTS)


class Accepted(NamedTuple):
    """A finding that a project accepts: by an allow of its settings, or by its baseline.

    `reason` is why, and `until` the last day; a baseline has neither. `words` name the allow.
    """

    diagnostic: Diagnostic
    by: Literal["allow", "baseline"]
    reason: str | None = None
    until: date | None = None
    words: str = ""


class Findings(list[Diagnostic]):
    """What was found and counts, as a list, and beside it what the project accepts."""

    accepted: tuple[Accepted, ...] = ()

    def without(self, messages: "Container[str]") -> "Findings":
        """Return the same without the findings that have one of these messages."""
        others = Findings(each for each in self if each.message not in messages)
        others.accepted = self.accepted
        return others


class AnsweredBy(StrEnum):
    """Who answers the question of a rule about a package."""

    CHECK = "check"
    """The rule, also in a plan."""
    TARGET = "target"
    """A plan with a target."""
    PLAN = "plan"
    """Every plan."""


class Fix(NamedTuple):
    """The one way to correct what a rule finds, which changes no meaning: `does` says in words what is done.

    `content` returns what a file holds afterwards, of what it holds and the pointers to what was found in it; where it
    returns the same, there is no one way. `name` returns what the file is called afterwards.
    """

    does: str
    content: Callable[[bytes, Sequence[str]], bytes] | None = None
    name: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One named check: a function that yields problems, and the page that explains it.

    `source` is what the rule rests on, such as a public page; `answered_by` says whether a plan answers the rule's
    question itself. `fix` is the one way to correct what it finds, where there is one that changes no meaning.
    `address` is that of the page of a rule of a plug-in.
    """

    code: str
    slug: str
    severity: Severity
    source: "Page | Source"
    answered_by: AnsweredBy = AnsweredBy.CHECK
    fix: Fix | None = None
    address: str | None = None
    find: Callable[[Any], Iterator[Problem]] = field(repr=False)

    @property
    def fixable(self) -> bool:
        """Whether there is one way to correct what it finds, which changes no meaning."""
        return self.fix is not None

    @property
    def family(self) -> str:
        """The letters of its code: three that say where the rule looks, or those of a plug-in."""
        return family_of(self.code)

    @property
    def url(self) -> str | None:
        """The address of the public page that it rests on; `None` where it rests on none, or on none that was seen."""
        return self.address or getattr(self.source, "address", None) or None

    @property
    def title(self) -> str:
        """The first sentence of the rule's page."""
        return self.page.partition("\n")[0].rstrip(".")

    @property
    def page(self) -> str:
        """The rule's manual page, from its docstring, without indentation."""
        import inspect

        return inspect.getdoc(self.find) or ""


def family_of(code: str) -> str:
    """Return the letters of a code, or of the beginning of one."""
    return code.rstrip("0123456789")


def rule(  # noqa: PLR0913 - what a rule is declared with
    code: str = "",
    slug: str = "",
    severity: Severity | str = "",
    *,
    source: str | None = None,
    url: str | None = None,
    answered_by: str = AnsweredBy.CHECK,
    fix: Any = None,
) -> Callable[[Callable[[Any], Iterator[Problem]]], Rule]:
    """Declare the decorated function to be the rule `code`; its docstring is the rule's page.

    The function takes a `Package` and yields a `Problem` for each thing that it finds. `code` is letters and three
    digits: a plug-in has four to eight capital letters of its own, such as `ACME001`, and assetpkg itself three. `slug`
    is its name in small letters, digits and hyphens, such as `api-without-policy`. `severity` is how much its findings
    matter: error, risk, warning or info. `source` is what it rests on, in words, such as "API guideline, 7.2"; without
    one, it is the project's own rule. `url` is the page of that, beginning with `https://` or `http://`.
    `answered_by` and `fix` are for assetpkg's own rules.

    What is decorated is a `Rule` from then on; its `find` is the function. The first line of the docstring is one
    sentence, the title. Raises `InvalidOption` where one of the first three is missing, and for an unknown severity;
    all else is checked when the plug-in is loaded.
    """
    from assetpkg.diagnostics.sources import Authority, Source, agreed

    if callable(code) or "" in (code, slug, severity):
        from assetpkg.errors import InvalidOption

        raise InvalidOption(
            "a rule is declared with its code, its name and its severity, as in"
            " @assetpkg.rule('ACME001', 'api-without-policy', 'warning')"
        )
    if severity not in list(Severity):
        from assetpkg.errors import InvalidOption

        words = ", ".join(each.value for each in Severity)
        raise InvalidOption(f"the severity of {code} is one of {words}, not {severity!r}")
    known: Any = agreed("rule") if source is None else source
    if type(source) is str:
        known = Source(source, Authority.TEAM)

    def declare(find: Callable[[Any], Iterator[Problem]]) -> Rule:
        return Rule(
            code=code,
            slug=slug,
            severity=Severity(severity),
            source=known,
            address=url,
            answered_by=AnsweredBy(answered_by),
            fix=fix,
            find=find,
        )

    return declare
