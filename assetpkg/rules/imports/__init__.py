"""IMP: the planned import. These rules look at a finished plan."""

from assetpkg.diagnostics.model import Rule
from assetpkg.rules.imports import (
    by_hand,
    conflicts,
    earlier_imports,
    functions,
    instance,
    merging,
    ordering,
    routes,
    target,
    team,
)

RULES: tuple[Rule, ...] = (
    *target.RULES,
    *conflicts.RULES,
    *earlier_imports.RULES,
    *merging.RULES,
    *routes.RULES,
    *functions.RULES,
    *ordering.RULES,
    *instance.RULES,
    *by_hand.RULES,
    *team.RULES,
)
