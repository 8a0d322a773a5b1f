"""Accepted findings are taken out of what counts; what is accepted without need is a finding itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import OF_ACCEPTING, Accepted, Diagnostic, Location, Rule
from assetpkg.planning.assumptions import other_answers
from assetpkg.rules import answered_rules, fault_rules, package_rules, plugin_rules, team_rules
from assetpkg.rules.allows import Allow
from assetpkg.rules.outdated import Fixed, Outdated, expired_allow, fixed_finding, unused_allow, unused_words
from assetpkg.rules.policy import Policy

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas
    from assetpkg.package.layout import Layout
    from assetpkg.rules.baseline import Baseline
    from assetpkg.rules.plugins import Plugins


class Looked(NamedTuple):
    """What was looked at: the package by its name, and for what, as a baseline says it.

    `codes` are those of all rules that were asked, before any policy.
    """

    package: str
    made_by: Mapping[str, Any]
    codes: frozenset[str]

    @property
    def target(self) -> str | None:
        """The name of the target, where there is one."""
        target: str | None = self.made_by.get("target")
        return target


def asked_codes(schemas: "TeamSchemas | None", plugins: "Plugins" = ()) -> frozenset[str]:
    """Return the codes of all rules that a package by itself is held against."""
    rules = [*package_rules(), *answered_rules(), *fault_rules(), *(team_rules() if schemas is not None else ())]
    if plugins:
        rules += [*plugin_rules(), *(rule for plugin in plugins for rule in plugin.rules)]
    return frozenset(rule.code for rule in rules)


def made_by_check(answers: Mapping[str, str]) -> dict[str, Any]:
    """Return by what the baseline of a check is made: the answers that are not the defaults."""
    return {"command": "check", "assumptions": other_answers(answers)}


def accept(
    found: Iterable[Diagnostic], policy: Policy, looked: Looked, layout: "Layout | None" = None
) -> tuple[list[Diagnostic], list[Accepted], Outdated]:
    """Take out of findings what the policy accepts; return the others, these, and what is accepted without need.

    Raises `InvalidOption` for an allow with a last day, where the policy does not say what day it is.
    """
    about = [allow for allow in policy.allow if allow.is_about(looked.package, looked.target)]
    expired = [allow for allow in about if allow.has_expired(policy.today)]
    allows = _Allows((allow for allow in about if not allow.has_expired(policy.today)), policy.catalogue)
    known = policy.baseline.by_fingerprint if policy.baseline else {}
    kept: list[Diagnostic] = []
    accepted: list[Accepted] = []
    for diagnostic in found:
        allow = allows.of(diagnostic)
        if allow is not None:
            accepted.append(Accepted(diagnostic, "allow", allow.reason, allow.until, allow.words))
        elif diagnostic.more <= known.get(diagnostic.fingerprint, -1):
            accepted.append(Accepted(diagnostic, "baseline"))
        else:
            kept.append(diagnostic)
    outdated = Outdated(
        fixed=list(_fixed(policy.baseline, policy, looked, layout, [*kept, *(each.diagnostic for each in accepted)])),
        unused=[allow.words for allow in allows.unused if _was_asked(allow.code, policy, looked)],
        expired=[
            (allow.words, allow.until) for allow in expired if allow.until and _was_asked(allow.code, policy, looked)
        ],
    )
    return kept, accepted, outdated


class _Allows:
    """Allows by what they are for, so that a finding is held only against those that may fit it."""

    def __init__(self, allows: Iterable[Allow], known: Mapping[str, Rule]) -> None:
        self._known = known
        self.unused = dict.fromkeys(allows)
        self._exact: dict[str, list[Allow]] = {}
        self._patterns: dict[str, list[Allow]] = {}
        for allow in self.unused:
            is_pattern = any(sign in allow.address for sign in "*?")
            table, key = (self._patterns, allow.code) if is_pattern else (self._exact, allow.address)
            table.setdefault(key, []).append(allow)

    def of(self, found: Diagnostic) -> Allow | None:
        """Return the first allow that accepts a finding; it is used from then on.

        Those that name a place come first, and then those with the longest code.
        """
        if not self._patterns and not self._exact:
            return None
        place = mask_line(found.location.entry if found.address is None else found.address)
        codes = (found.code[:length] for length in range(len(found.code), 0, -1))
        near = chain(self._exact.get(place, ()), *(self._patterns.get(code, ()) for code in codes))
        own = self._known[found.code].severity
        allow = next((allow for allow in near if allow.covers(found, own)), None)
        if allow is not None:
            self.unused.pop(allow, None)
        return allow


def _was_asked(code: str, policy: Policy, looked: Looked) -> bool:
    """Say whether what begins with a code was looked for, and all of that: or nothing would be known of an allow."""
    asked = [known for known in looked.codes if known.startswith(code)]
    is_retired = not any(known.startswith(code) for known in policy.catalogue)
    return (bool(asked) or is_retired) and all(map(policy.allows, asked))


def _fixed(
    baseline: "Baseline | None", policy: Policy, looked: Looked, layout: "Layout | None", found: Sequence[Diagnostic]
) -> Iterator[Fixed]:
    """Yield the entries of a baseline that should have been found in this package, and were not."""
    if baseline is None or not _is_made_by(baseline, looked):
        return
    here = {diagnostic.fingerprint for diagnostic in found}
    for entry in baseline.by_package.get(looked.package, ()):
        if entry.fingerprint not in here and entry.code in looked.codes:
            known = policy.catalogue[entry.code]
            place = Location(entry=entry.entry, pointer=entry.pointer)
            again = Diagnostic(entry.code, known.slug, known.severity, "", "", place, address=entry.address)
            if policy.apply([again], layout):
                yield Fixed(entry.code, known.slug, entry.entry, entry.pointer)


def _is_made_by(baseline: "Baseline", looked: Looked) -> bool:
    made_by = {name: value for name, value in baseline.made_by.model_dump().items() if value is not None}
    return made_by == {name: value for name, value in looked.made_by.items() if value is not None}


def accepted_by_a_baseline(
    found: Iterable[Diagnostic], accepted: Iterable[Accepted]
) -> tuple[list[Diagnostic], list[Accepted]]:
    """Return the same findings under a baseline of everything that no allow accepts.

    What remains is what is to be said about the allows themselves.
    """
    remaining: list[Diagnostic] = []
    taken = [each for each in accepted if each.by == "allow"]
    for diagnostic in (*(each.diagnostic for each in accepted if each.by == "baseline"), *found):
        if not diagnostic.code.startswith(OF_ACCEPTING):
            taken.append(Accepted(diagnostic, "baseline"))
        elif diagnostic.code != fixed_finding.code:
            remaining.append(diagnostic)
    return remaining, taken


def told_elsewhere(results: Sequence[tuple[Sequence[Diagnostic], Sequence[Accepted]]]) -> list[frozenset[str]]:
    """Return for each of several results of one run the messages about allows that it is to leave out.

    An allow that accepts something in any of them is not unused, and each other message is in the first result only.
    """
    told = {unused_words(each.words) for _, accepted in results for each in accepted if each.by == "allow"}
    silent: list[frozenset[str]] = []
    for found, _ in results:
        silent.append(frozenset(told))
        told |= {each.message for each in found if is_about_an_allow(each)}
    return silent


def is_about_an_allow(found: Diagnostic) -> bool:
    """Say whether a finding is about an allow of the settings, and not about one package."""
    return found.code in {unused_allow.code, expired_allow.code}
