"""IMP: the planned import. These rules look at what it would change."""

from assetpkg.diagnostics.model import Rule
from assetpkg.rules.imports import (
    conflicts,
    coverage,
    earlier_imports,
    environment,
    functions,
    instance,
    merging,
    names,
    ordering,
    repeats,
    room,
    routes,
    variables,
)

RULES: tuple[Rule, ...] = (
    *coverage.RULES,
    *conflicts.RULES,
    *names.RULES,
    *repeats.RULES,
    *earlier_imports.RULES,
    *merging.RULES,
    *routes.RULES,
    *functions.RULES,
    *ordering.RULES,
    *instance.RULES,
    *environment.RULES,
    *room.RULES,
    *variables.RULES,
)
