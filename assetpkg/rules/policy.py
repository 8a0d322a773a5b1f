"""Which findings count, with which severity: the project's decision, applied to finished diagnostics."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from assetpkg.diagnostics.model import Diagnostic, Location, Rule, Severity
from assetpkg.errors import InvalidOption, meant
from assetpkg.kinds import parse_kind
from assetpkg.package.layout import Layout

if TYPE_CHECKING:
    from assetpkg.rules.allows import Allow
    from assetpkg.rules.baseline import Baseline
    from assetpkg.rules.plugins import Plugins
    from assetpkg.rules.team_plan import PlanRule


Prefixes = tuple[str, ...]
_FAILED = "RSC042"
"""The code of the rule by which it is a finding that a rule of a plug-in has failed."""


class Policy(NamedTuple):
    """Which findings are reported, by prefixes of their codes, and with which severity.

    If `select` (empty: everything) and `ignore` both have a prefix of a code, the longer prefix decides, and `ignore`
    if they are equal. In `severities` the longest prefix decides. `per_kind` has prefixes that are also ignored for the
    resources of a kind. `per_path` has prefixes that are also ignored for the entries that match a pattern.
    `plan_rules` are the team's own rules for plans. `allow` and `baseline` are what is accepted though it is found;
    `today`, the date in UTC, says which of these have expired. `plugins` are modules with rules of the team's own.
    """

    select: Prefixes = ()
    ignore: Prefixes = ()
    severities: Mapping[str, Severity] = MappingProxyType({})
    per_kind: Mapping[str, Prefixes] = MappingProxyType({})
    per_path: Mapping[str, Prefixes] = MappingProxyType({})
    plan_rules: "tuple[PlanRule, ...]" = ()
    allow: "tuple[Allow, ...]" = ()
    baseline: "Baseline | None" = None
    today: date | None = None
    plugins: "Plugins" = ()

    @classmethod
    def parse(  # noqa: PLR0913 - a policy in words has so many parts
        cls,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        *,
        severities: Mapping[str, str] | None = None,
        per_kind: Mapping[str, Sequence[str]] | None = None,
        per_path: Mapping[str, Sequence[str]] | None = None,
        allow: Sequence[Mapping[str, Any]] = (),
        baseline: "str | os.PathLike[str] | None" = None,
        today: date | None = None,
        plugins: Sequence[str] = (),
    ) -> "Policy":
        """Read words, and the file of a baseline.

        Each `allow` is a mapping as a file with settings has it: `code`, `address` and `reason`, and if wanted
        `pointer`, `until`, `package` and `target`. `plugins` are the names of modules with rules, which are imported
        here. Raises `InvalidOption` for an unknown code, kind, pattern, severity or key, and for a plug-in that cannot
        be used, and `CannotRead` for what is not a baseline.
        """
        from assetpkg.rules.allows import parse_allows
        from assetpkg.rules.baseline import read_baseline
        from assetpkg.rules.codes import parse_codes
        from assetpkg.rules.plugins import catalogue_with, parse_plugins

        loaded = parse_plugins(plugins)
        known = catalogue_with(loaded)
        return cls(
            select=parse_codes(select, known),
            ignore=parse_codes(ignore, known),
            severities=parse_severities(severities or {}, known),
            per_kind=parse_kinds(per_kind or {}, known),
            per_path=parse_patterns(per_path or {}, known),
            allow=parse_allows(list(allow), known),
            baseline=None if baseline is None else read_baseline(baseline),
            today=today,
            plugins=loaded,
        )

    @property
    def catalogue(self) -> Mapping[str, Rule]:
        """Every rule that there is under it, by its code; raises `InvalidOption` for a plug-in that cannot be used."""
        if not self.plugins:
            from assetpkg.rules import catalogue

            return catalogue()
        from assetpkg.rules.plugins import catalogue_with

        return catalogue_with(self.plugins)

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled, for a worker, with tables that can be."""
        return Policy, tuple(dict(value) if isinstance(value, Mapping) else value for value in self)

    def apply(self, diagnostics: Iterable[Diagnostic], layout: Layout | None = None) -> list[Diagnostic]:
        """Return the diagnostics that count, each with the severity that it has here.

        `layout` is the layout of the package and says where each kind is; without it, no kind has a place.
        """
        return [self._levelled(diagnostic) for diagnostic in diagnostics if self._counts(diagnostic, layout)]

    def _counts(self, diagnostic: Diagnostic, layout: Layout | None) -> bool:
        ignored = tuple(self._ignored_at(diagnostic.location, layout))
        return self.allows(diagnostic.code) and not diagnostic.code.startswith(ignored)

    def allows(self, code: str) -> bool:
        """Say whether the findings of the rule `code` count, if no setting for a kind or a path says otherwise."""
        selected, ignored = _longest(code, self.select), _longest(code, self.ignore)
        if code == _FAILED and self.select and not selected:
            # Who selects rules of a plug-in has to know that they have failed.
            selected = 1 if any(self.allows(rule.code) for plugin in self.plugins for rule in plugin.rules) else 0
        return selected > ignored if self.select else not ignored

    def _ignored_at(self, location: Location, layout: Layout | None) -> Iterator[str]:
        kind = layout.kind_of(location.entry, location.pointer) if layout is not None and self.per_kind else None
        if kind is not None:
            yield from self.per_kind.get(kind.kind, ())
        if not self.per_path:
            return
        from assetpkg.rules.patterns import fits_entry

        for pattern, prefixes in self.per_path.items():
            if fits_entry(location.entry, pattern):
                yield from prefixes

    def _levelled(self, diagnostic: Diagnostic) -> Diagnostic:
        length = _longest(diagnostic.code, self.severities)
        return diagnostic._replace(severity=self.severities[diagnostic.code[:length]]) if length else diagnostic


def parse_severity(word: Any) -> Severity:
    """Read a severity; raises `InvalidOption`."""
    words = [severity.value for severity in Severity]
    if word not in words:
        raise InvalidOption(f"a severity is one of {', '.join(words)}, not {word!r}{meant(str(word), words)}")
    return Severity(word)


def parse_severities(words: Mapping[str, Any], known: Mapping[str, Rule] | None = None) -> Mapping[str, Severity]:
    """Read severities by prefixes of codes; raises `InvalidOption`."""
    from assetpkg.rules.codes import parse_codes

    return {prefix: parse_severity(word) for key, word in words.items() for prefix in parse_codes([key], known)}


def parse_kinds(words: Mapping[str, Iterable[str]], known: Mapping[str, Rule] | None = None) -> Mapping[str, Prefixes]:
    """Read prefixes of codes by kinds; raises `InvalidOption`."""
    from assetpkg.rules.codes import parse_codes

    return {parse_kind(kind): parse_codes(codes, known) for kind, codes in words.items()}


def parse_patterns(
    words: Mapping[str, Iterable[str]], known: Mapping[str, Rule] | None = None
) -> Mapping[str, Prefixes]:
    """Read prefixes of codes by patterns for entries; raises `InvalidOption`."""
    from assetpkg.rules.codes import parse_codes

    for pattern in words:
        if not pattern or pattern.startswith("/") or "\\" in pattern or ".." in pattern.split("/"):
            raise InvalidOption(
                f"no entry of a package fits '{pattern}'; write a pattern for names inside the package, as in 'apis/**'"
            )
    return {pattern: parse_codes(codes, known) for pattern, codes in words.items()}


def _longest(code: str, prefixes: Iterable[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
