"""The rules: one function and its page each, in one list for each family."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from assetpkg.diagnostics import Diagnostic, Rule
from assetpkg.errors import InvalidOption, near

RETIRED: tuple[str, ...] = ()
"""Codes of rules that are gone; none is ever given again."""


@cache
def package_rules() -> tuple[Rule, ...]:
    """Return the rules over a package."""
    from assetpkg.rules import limits, manifest, package, references, resources, secrets

    return (
        *package.RULES,
        *manifest.RULES,
        *resources.RULES,
        *references.RULES,
        *secrets.RULES,
        *limits.RULES,
    )


@cache
def plan_rules() -> tuple[Rule, ...]:
    """Return the rules over a finished plan."""
    from assetpkg.rules import imports

    return imports.RULES


@cache
def catalogue() -> Mapping[str, Rule]:
    """Return every rule by its code."""
    return MappingProxyType({rule.code: rule for rule in (*package_rules(), *plan_rules())})


class Policy(NamedTuple):
    """Which rules count: by prefixes of their codes; `select` empty means all, `ignore` wins."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @classmethod
    def parse(cls, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> "Policy":
        """Read lists of prefixes, separated by commas; raises `InvalidOption` for one that fits no rule."""
        return cls(tuple(_prefixes(select)), tuple(_prefixes(ignore)))

    def allows(self, code: str) -> bool:
        """Say whether the rule `code` counts."""
        return (not self.select or code.startswith(self.select)) and not (self.ignore and code.startswith(self.ignore))

    def filter(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the diagnostics of rules that count."""
        return [diagnostic for diagnostic in diagnostics if self.allows(diagnostic.code)]


def _prefixes(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        for prefix in filter(None, (part.strip().upper() for part in word.split(","))):
            if not any(code.startswith(prefix) for code in catalogue()):
                # A family is near to a misspelled family, and a code to a code.
                known = {code[: max(3, len(prefix))] for code in catalogue()}
                raise InvalidOption(f"no rule code begins with '{prefix}'{near(prefix, known)}")
            yield prefix
