"""The open questions that can change a plan, each with the answers that assetpkg can assume and the one it does."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import Authority, Source
from assetpkg.errors import InvalidOption, meant, near

IMPORT_LIMIT = 100
"""How many applications and tasks one import takes (API reference, Importing Assets); see `limit-of-100`."""


class Assumption(NamedTuple):
    """A question that no public page answers; the first of `values` is what assetpkg assumes unless told otherwise."""

    name: str
    values: tuple[str, ...]
    question: str
    page: str

    @property
    def default(self) -> str:
        """The most careful answer."""
        return self.values[0]

    @property
    def source(self) -> Source:
        """The source of a rule that rests on this and on no page."""
        return Source(f"assumption {self.name}", Authority.ASSUMPTION)


PREFIX_RENAMES = Assumption(
    name="prefix-renames",
    values=("either", "applications", "applications+tasks", "all"),
    question="what does the prefix rename besides applications: nothing, tasks, or everything that has a name of its"
    " own in the instance? With 'either', nothing may clash, whether tasks are renamed or not",
    page=f"{Page.IMPORT_GUIDE}; {Page.IMPORTING_ASSETS}",
)
MERGE_EXISTING = Assumption(
    name="merge-existing",
    values=("undetermined", "keep", "update"),
    question="what does Merge do with an existing resource that differs, other than a data source?",
    page=Page.IMPORTING_ASSETS,
)
MERGE_MATCHES = Assumption(
    name="merge-matches",
    values=("name", "id"),
    question="how does Merge find the existing resource, other than a data source: by its name or by its id?",
    page=Page.IMPORTING_ASSETS,
)
MERGE_AUTHORIZERS = Assumption(
    name="merge-authorizers",
    values=("merged", "renamed"),
    question="if the target has an authorizer of the same name, does Merge merge the two, or import the new one under"
    " a random name, as a page says that names no mode?",
    page=Page.IMPORT_GUIDE,
)
EARLIER_IDS = Assumption(
    name="earlier-ids",
    values=("undetermined", "found", "lost"),
    question="does an import find what an earlier import created or merged, by the id, key or old name in its package?",
    page=Page.IMPORTING_ASSETS,
)
LIMIT_OF_100 = Assumption(
    name="limit-of-100",
    values=("undetermined", "each", "sum"),
    question="are at most 100 applications and 100 tasks meant, or 100 of both together?",
    page=Page.IMPORTING_ASSETS,
)
DATASOURCE_NAMES = Assumption(
    name="datasource-names",
    values=("instance", "application"),
    question="where must the name of a data source be unique: in the instance, or in its application?",
    page=Page.IMPORT_GUIDE,
)
EVERY_CHARACTER = "every-character"
"""The answer to `names-differ-by` with which names that are almost the same are two."""
ONE_NAME = "letters"
"""The answer to `names-differ-by` with which names that are almost the same are one."""
NAMES_DIFFER_BY = Assumption(
    name="names-differ-by",
    values=("undetermined", EVERY_CHARACTER, ONE_NAME),
    question="are two names different where they differ only in case, in blanks at an end, in Unicode form or in width?"
    " With 'every-character' they are; with 'letters' they are one name",
    page=Page.IMPORT_GUIDE,
)
ADDNEW_OVERWRITE = Assumption(
    name="addnew-datasource-overwrite",
    values=("ignored", "honoured"),
    question="does datasource_overwrite=true have an effect in mode AddNew, where the console does not offer it?",
    page=Page.IMPORTING_ASSETS,
)
PACKAGE_TARGET = Assumption(
    name="package-target",
    values=("complete", "partial"),
    question="does a package that is given as the target hold all that is on the instance?",
    page=Page.EXPORTING_ASSETS,
)


class Ground(StrEnum):
    """The sort of thing that a decision rests on."""

    DOCUMENTED = "documented"
    """A public page says so."""
    INFERRED = "inferred"
    """A page speaks of assets in general, and not of this kind."""
    ASSUMED = "assumed"
    """No page says so: it rests on the answer to an assumption."""
    COMPARED = "compared"
    """The package and the target were compared."""
    UNVERIFIED = "unverified"
    """It could not be compared with the target."""


class Basis(NamedTuple):
    """On what a decision rests: a page, the answers that are assumed, or in words what was (not) looked at."""

    ground: Ground
    page: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    words: str = ""

    def __str__(self) -> str:
        """Return the sentence of it, as reports have it."""
        assumed = ", ".join(f"{name}={answer}" for name, answer in self.answers)
        return f"{self.ground}: {self.page or assumed or self.words}"

    @property
    def documented(self) -> bool:
        """Whether a public page says so."""
        return self.ground is Ground.DOCUMENTED


def documented(page: str) -> Basis:
    """Return the basis of what a page says."""
    return Basis(Ground.DOCUMENTED, page=page)


def inferred(page: str) -> Basis:
    """Return the basis of what follows from a page that does not say it of this kind."""
    return Basis(Ground.INFERRED, page=page)


def assumed(assumptions: Mapping[str, str], *names: str) -> Basis:
    """Return the basis of what rests on the answers to the assumptions of these names."""
    return Basis(Ground.ASSUMED, answers=tuple((name, assumptions[name]) for name in names))


class Granted(NamedTuple):
    """What every plan takes for granted: no page says it, and no other answer would make another plan."""

    name: str
    sentence: str
    page: str


GRANTED = (
    Granted(
        name="target-only",
        sentence="what only the target has stays as it is; no page says that an import deletes anything",
        page=Page.IMPORTING_ASSETS,
    ),
    Granted(
        name="no-rollback",
        sentence="an import that fails may have done a part, and nothing of it is taken back",
        page=Page.IMPORTING_ASSETS,
    ),
    Granted(
        name="order-inside",
        sentence="what a resource refers to is imported before it, in whatever order the platform has",
        page=Page.IMPORTING_ASSETS,
    ),
    Granted(
        name="one-instance",
        sentence="ids and names in other instances of the project do not matter; a snapshot holds one instance",
        page=Page.IMPORT_GUIDE,
    ),
)
"""In the order in which they are reported."""

ASSUMPTIONS: Mapping[str, Assumption] = MappingProxyType(
    {
        assumption.name: assumption
        for assumption in (
            PREFIX_RENAMES,
            MERGE_EXISTING,
            MERGE_MATCHES,
            MERGE_AUTHORIZERS,
            EARLIER_IDS,
            LIMIT_OF_100,
            DATASOURCE_NAMES,
            NAMES_DIFFER_BY,
            ADDNEW_OVERWRITE,
            PACKAGE_TARGET,
        )
    }
)


def other_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Return those answers to assumptions that are not the defaults."""
    return {name: answer for name, answer in answers.items() if answer != ASSUMPTIONS[name].default}


def complete_assumptions(chosen: Mapping[str, str]) -> Mapping[str, str]:
    """Return every assumption with its chosen or its default value.

    Raises `InvalidOption` for an unknown name or value, with what is near it.
    """
    for name, value in chosen.items():
        if name not in ASSUMPTIONS:
            raise InvalidOption(f"no assumption is named '{name}'{near(str(name), ASSUMPTIONS, 'assetpkg explain')}")
        if value not in ASSUMPTIONS[name].values:
            allowed = ASSUMPTIONS[name].values
            said = f"assumption {name} is one of {', '.join(allowed)}; it cannot be '{value}'"
            raise InvalidOption(f"{said}{meant(str(value), allowed)}")
    return MappingProxyType({name: chosen.get(name, known.default) for name, known in ASSUMPTIONS.items()})
