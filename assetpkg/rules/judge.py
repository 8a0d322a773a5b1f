"""By what packages and plans are judged: the policy, and a team's own schemas."""

from typing import TYPE_CHECKING, NamedTuple

from assetpkg.rules.policy import Policy

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas


class Judge(NamedTuple):
    """Which rules count, and how much, and the JSON Schemas of a team's own."""

    policy: Policy = Policy()
    schemas: "TeamSchemas | None" = None


USUAL = Judge()
"""The judge where nobody has asked for another."""
