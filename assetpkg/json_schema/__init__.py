"""JSON Schemas: those inside packages, a team's own, and the published ones."""
