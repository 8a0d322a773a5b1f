"""Kinds of APIC, the service integration: API groups, APIs, custom backends, load channels, access."""
