"""IMP: the planned import. These rules look at a finished plan."""

from assetpkg.diagnostics import Rule
from assetpkg.rules.imports import conflicts, merging, targets

RULES: tuple[Rule, ...] = (*targets.RULES, *conflicts.RULES, *merging.RULES)
