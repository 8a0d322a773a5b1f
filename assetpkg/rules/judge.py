"""What decides about findings: the policy, and a team's own JSON Schemas."""

from typing import TYPE_CHECKING, NamedTuple

from assetpkg.rules.policy import Policy

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas


class Judge(NamedTuple):
    """Which rules count, with which severity, and a team's own JSON Schemas."""

    policy: Policy = Policy()
    schemas: "TeamSchemas | None" = None


USUAL = Judge()
"""The default judge."""
