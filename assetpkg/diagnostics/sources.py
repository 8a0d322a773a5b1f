"""What rules and faults rest on: a page of the platform, a standard, an assumption, or somebody's own policy."""

from enum import StrEnum
from typing import Self


class Authority(StrEnum):
    """Who says what a rule or a fault goes by."""

    PAGE = "page"
    """A public page of the platform."""
    STANDARD = "standard"
    """A public standard, or the documents of another product."""
    ASSUMPTION = "assumption"
    """No page: assetpkg assumes an answer to an open question."""
    NOBODY = "nobody"
    """No page either, and nothing is assumed: the rule is about that very gap."""
    ASSETPKG = "assetpkg"
    """assetpkg: the platform does not ask for it."""
    TEAM = "team"
    """The project's own rules and schemas."""


class Source(str):
    """What a rule or a fault rests on, in the words in which it is printed, and whose `authority` that is."""

    __slots__ = ("authority",)
    authority: Authority

    def __new__(cls, words: str, authority: Authority) -> Self:
        """Make a source of its words and of who says so."""
        source = super().__new__(cls, words)
        source.authority = authority
        return source

    def __getnewargs__(self) -> tuple[str, Authority]:  # type: ignore[override]
        """Return what a copy is made of."""
        return str(self), self.authority


def cited(words: str) -> Source:
    """Return the source of what pages of the platform say, where that is not one page alone."""
    return Source(words, Authority.PAGE)


def standard(words: str) -> Source:
    """Return the source of what a standard says, or the documents of another product."""
    return Source(words, Authority.STANDARD)


def undocumented(words: str) -> Source:
    """Return the source of a rule about what no page says."""
    return Source(f"not documented: {words}", Authority.NOBODY)


def own(words: str) -> Source:
    """Return the source of what only assetpkg asks for."""
    return Source(f"assetpkg: {words}", Authority.ASSETPKG)


def agreed(words: str) -> Source:
    """Return the source of what a team has agreed on."""
    return Source(f"the project's own {words}", Authority.TEAM)


OWN_LAYOUT = own("the layout assetpkg/1")
"""What is cited where no page of the platform is: its own layout is not public."""
