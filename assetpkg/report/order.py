"""In which order resources depend on each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assetpkg.report.shape import shape

if TYPE_CHECKING:
    from assetpkg.planning.order import Order


@shape
class OrderReport:
    """In which order the resources of the package depend on each other."""

    waves: Sequence[Sequence[str]]
    """Addresses; each wave needs only those before it."""
    circles: Sequence[Sequence[str]]
    """Addresses of what needs each other, so that none of it can be first."""


def report_order(found: "Order") -> OrderReport:
    """Return the report of the order that the references ask for; no page says in which one an import works."""
    return OrderReport(waves=found.stages, circles=found.cycles)
