"""The rules: one function and its page each, in one list for each family."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from assetpkg.diagnostics.model import Rule

RETIRED: tuple[str, ...] = ("PKG002", "PKG003", "PKG004", "PKG005", "PKG006", "PKG007", "REF002")
"""Codes of rules that are gone; none is ever given again."""


@cache
def package_rules() -> tuple[Rule, ...]:
    """Return the rules over what is in a package."""
    from assetpkg.rules import fields, limits, manifest, package, references, relations, resources, secrets

    return (
        *package.RULES,
        *manifest.RULES,
        *resources.RULES,
        *fields.RULES,
        *relations.RULES,
        *references.RULES,
        *secrets.RULES,
        *limits.RULES,
    )


@cache
def container_rules() -> tuple[Rule, ...]:
    """Return the rules over the zip or the folder itself, of which a sound package needs none."""
    from assetpkg.rules import container

    return container.RULES


@cache
def plan_rules() -> tuple[Rule, ...]:
    """Return the rules over a finished plan."""
    from assetpkg.rules import imports

    return imports.RULES


@cache
def team_rules() -> tuple[Rule, ...]:
    """Return the rules over a package and the schemas that a team has written for it."""
    from assetpkg.rules import team_schemas

    return team_schemas.RULES


@cache
def catalogue() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order of the families as a package is read."""
    rules = (*package_rules(), *container_rules(), *team_rules(), *plan_rules())
    families = list(dict.fromkeys(rule.family for rule in rules))
    in_order = sorted(rules, key=lambda rule: (families.index(rule.family), rule.code))
    return MappingProxyType({rule.code: rule for rule in in_order})
