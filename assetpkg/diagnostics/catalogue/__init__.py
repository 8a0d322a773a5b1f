"""Every oddity of a zip or a folder, declared once: code and slug, verdict, page, hint, and the platform's own code.

The readers look up a slug here when they have found something, and rules, hints and tables are made of the same
declarations. A sound package never needs them, so nothing imports this folder before there is a fault.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assetpkg.diagnostics.catalogue import contents, files, headers, limits, names, records
from assetpkg.diagnostics.catalogue.entry import Oddity

ODDITIES: Mapping[str, Oddity] = MappingProxyType(
    {
        oddity.slug: oddity
        for oddity in sorted(
            (
                *records.ODDITIES,
                *limits.ODDITIES,
                *headers.ODDITIES,
                *contents.ODDITIES,
                *names.ODDITIES,
                *files.ODDITIES,
            )
        )
    }
)
"""The oddities by their slugs, in the order of their codes."""


def refuses(slug: str) -> bool:
    """Say whether a fault with this slug keeps something from being read: all do but those that are merely odd."""
    return slug not in ODDITIES or ODDITIES[slug].refused


__all__ = ["ODDITIES", "Oddity", "refuses"]
