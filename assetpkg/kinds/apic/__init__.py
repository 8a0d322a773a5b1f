"""Kinds of APIC, the service integration: API groups, APIs, custom backends, load channels, access."""

RELEASE = "RELEASE"
"""The environment that every instance has."""
RELEASE_ID = "DEFAULT_ENVIRONMENT_RELEASE_ID"
"""Its id."""
