"""IMP: the planned import. These rules look at a finished plan."""

from assetpkg.diagnostics import Rule
from assetpkg.rules.imports import (
    byhand,
    conflicts,
    demands,
    foreseen,
    functions,
    instances,
    merging,
    ordering,
    routes,
    targets,
)

RULES: tuple[Rule, ...] = (
    *targets.RULES,
    *conflicts.RULES,
    *foreseen.RULES,
    *merging.RULES,
    *routes.RULES,
    *functions.RULES,
    *ordering.RULES,
    *instances.RULES,
    *byhand.RULES,
    *demands.RULES,
)
