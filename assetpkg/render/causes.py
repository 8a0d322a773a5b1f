"""Findings that one rule words alike, together: they have one cause."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetpkg.report.check import DiagnosticReport

Cause = Sequence["DiagnosticReport"]
"""Findings that one rule words alike."""


def causes_of(found: "Iterable[DiagnosticReport]") -> "list[Cause]":
    """Return the findings that one rule words alike together, since they have one cause, where the first of them is."""
    causes: dict[tuple[str, ...], list[DiagnosticReport]] = {}
    for each in found:
        causes.setdefault((each.code, each.severity, message_of(each), each.hint), []).append(each)
    return list(causes.values())


def message_of(found: "DiagnosticReport") -> str:
    """Return the message, with the platform's own code after it."""
    return f"{found.message} [{found.platform_code}]" if found.platform_code else found.message
