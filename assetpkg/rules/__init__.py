"""The rules: each is a function with its page in the list of its family, or the declaration of a fault."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetpkg.diagnostics.model import AnsweredBy, Problem, Rule

if TYPE_CHECKING:
    from assetpkg.diagnostics.catalogue import DeclaredFault
    from assetpkg.diagnostics.model import Fix
    from assetpkg.package.package import Package

RETIRED: tuple[str, ...] = ("PKG002", "PKG003", "PKG004", "PKG005", "PKG006", "PKG007", "REF002")
"""Codes of removed rules; they are never used again."""


@cache
def package_rules() -> tuple[Rule, ...]:
    """Return the rules about the content of a package."""
    from assetpkg.rules import copies, duplicates, limits, manifest, package, relations, secrets

    return (
        *package.RULES,
        *manifest.RULES,
        *duplicates.RULES,
        *relations.RULES,
        *copies.RULES,
        *secrets.RULES,
        *limits.RULES,
    )


@cache
def answered_rules() -> tuple[Rule, ...]:
    """Return the rules about a package and the answers to open questions about names."""
    from assetpkg.rules import duplicates

    return duplicates.ANSWERED_RULES


@cache
def fault_rules() -> tuple[Rule, ...]:
    """Return the rules that report faults found while a package was read; a correct package needs none of them."""
    from assetpkg.diagnostics.catalogue import FAULTS
    from assetpkg.rules.fixes import FIXES

    return tuple(_rule_of(fault, FIXES.get(fault.slug)) for fault in FAULTS.values())


def _rule_of(fault: "DeclaredFault", fix: "Fix | None") -> Rule:
    def find(package: "Package") -> Iterator[Problem]:
        return package.find_faults(fault.slug)

    find.__doc__ = fault.page
    return Rule(
        code=fault.code,
        slug=fault.slug,
        severity=fault.severity,
        source=fault.source,
        fix=fix,
        find=find,
    )


@cache
def plan_rules() -> tuple[Rule, ...]:
    """Return the rules about a finished plan."""
    from assetpkg.rules import imports

    return imports.RULES


@cache
def team_plan_rules() -> tuple[Rule, ...]:
    """Return the rules over a finished plan and what a team asks of it."""
    from assetpkg.rules import team_plan

    return team_plan.RULES


@cache
def team_rules() -> tuple[Rule, ...]:
    """Return the rules about a package and the JSON Schemas that a team has written for it."""
    from assetpkg.rules import team_schemas

    return team_schemas.RULES


@cache
def plugin_rules() -> tuple[Rule, ...]:
    """Return the rules about a package and the plug-ins that a team checks it with; not the rules in these."""
    from assetpkg.rules import team_plugins

    return team_plugins.RULES


@cache
def acceptance_rules() -> tuple[Rule, ...]:
    """Return the rules about what a project accepts without need: it is fixed, fits nothing, or has expired."""
    from assetpkg.rules import outdated

    return outdated.RULES


@cache
def adapt_rules() -> tuple[Rule, ...]:
    """Return the rules about the parts of an adapt file that change nothing."""
    from assetpkg.rules import adapted

    return adapted.RULES


@cache
def answered_by_plan(*, targeted: bool) -> frozenset[str]:
    """Return the codes of those rules about a package that a plan, with a target or without, has better answers for."""
    better = {AnsweredBy.PLAN, AnsweredBy.TARGET} if targeted else {AnsweredBy.PLAN}
    return frozenset(rule.code for rule in package_rules() if rule.answered_by in better)


def answered(answers: Mapping[str, str]) -> frozenset[str]:
    """Return the codes of those rules about a package that ask a question which `answers` answer."""
    from assetpkg.planning.assumptions import ASSUMPTIONS, other_answers

    asked = {ASSUMPTIONS[name].source for name in other_answers(answers)}
    return frozenset(rule.code for rule in package_rules() if rule.source in asked)


def rule_with(code: str) -> Rule | None:
    """Return the rule with a code; families that a plan without errors does not apply are loaded only if need be."""
    return _usual().get(code) or catalogue().get(code)


@cache
def _usual() -> Mapping[str, Rule]:
    return {rule.code: rule for rule in (*package_rules(), *answered_rules(), *plan_rules())}


@cache
def catalogue() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order in which the families are checked."""
    about_packages = (*package_rules(), *answered_rules(), *fault_rules(), *team_rules(), *plugin_rules())
    rules = (*about_packages, *plan_rules(), *team_plan_rules(), *acceptance_rules(), *adapt_rules())
    families = list(dict.fromkeys(rule.family for rule in rules))
    in_order = sorted(rules, key=lambda rule: (families.index(rule.family), rule.code))
    return MappingProxyType({rule.code: rule for rule in in_order})
