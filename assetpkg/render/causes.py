"""Findings that one rule words alike, together: they have one cause."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetpkg.report.check import DiagnosticReport

Cause = Sequence["DiagnosticReport"]
"""Findings that one rule words alike, but for the byte of a zip."""


def causes_of(found: "Iterable[DiagnosticReport]") -> "list[Cause]":
    """Return the findings that one rule words alike together, since they have one cause, where the first of them is."""
    causes: dict[tuple[str, ...], list[DiagnosticReport]] = {}
    for each in found:
        causes.setdefault((each.code, each.severity, message_of(_anywhere(each)), each.hint), []).append(each)
    return list(causes.values())


def common_of(cause: "Cause") -> "DiagnosticReport":
    """Return what findings of one cause say: the first one, and of several without the byte, since each has its own."""
    return cause[0] if len(cause) == 1 else _anywhere(cause[0])


def byte_of(found: "DiagnosticReport") -> str:
    """Return the byte of a zip that a finding is at, as its message ends; nothing elsewhere."""
    at = found.location.byte_offset
    byte = "" if at is None else f" (at byte {at:,})"
    return byte if found.message.endswith(byte) else ""


def _anywhere(found: "DiagnosticReport") -> "DiagnosticReport":
    byte = byte_of(found)
    return replace(found, message=found.message.removesuffix(byte)) if byte else found


def message_of(found: "DiagnosticReport") -> str:
    """Return the message, with the platform's own code after it."""
    return f"{found.message} [{found.platform_code}]" if found.platform_code else found.message
