"""Every fault that reading a package can find, declared once: code, slug, severity, page, how to fix it, source.

The readers look up a slug here when they have found something, and rules, hints and tables are made of the same
declarations. A sound package never needs them, so nothing imports this folder before there is a fault.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assetpkg.diagnostics.catalogue import (
    contents,
    documents,
    fields,
    files,
    headers,
    layouts,
    limits,
    manifest,
    names,
    records,
    texts,
)
from assetpkg.diagnostics.catalogue.entry import DeclaredFault

_OF_THE_CONTAINER = (
    *records.FAULTS,
    *limits.FAULTS,
    *headers.FAULTS,
    *contents.FAULTS,
    *names.FAULTS,
    *files.FAULTS,
)
_OF_THE_CONTENT = (*manifest.FAULTS, *layouts.FAULTS, *documents.FAULTS, *texts.FAULTS, *fields.FAULTS)

CONTAINER_FAULTS: Mapping[str, DeclaredFault] = MappingProxyType(
    {fault.slug: fault for fault in sorted(_OF_THE_CONTAINER)}
)
"""The faults of the zip or the folder itself by their slugs, in the order of their codes."""

FAULTS: Mapping[str, DeclaredFault] = MappingProxyType(
    {**CONTAINER_FAULTS, **{fault.slug: fault for fault in _OF_THE_CONTENT}}
)
"""All faults by their slugs."""


def refuses(slug: str) -> bool:
    """Say whether a fault with this slug is an error, and not a warning or a note."""
    return FAULTS[slug].refused


__all__ = ["CONTAINER_FAULTS", "FAULTS", "DeclaredFault", "refuses"]
