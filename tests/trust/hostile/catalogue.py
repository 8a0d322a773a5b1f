"""The whole set: every oddity that the reader knows, in variants, and archives that only look odd."""

from tests.trust.hostile import container, contents, headers, inner, names, values
from tests.trust.hostile.legal import LEGAL
from tests.trust.hostile.shapes import Oddity

ODDITIES: tuple[Oddity, ...] = (
    *container.ODDITIES,
    *headers.ODDITIES,
    *values.ODDITIES,
    *contents.ODDITIES,
    *names.ODDITIES,
    *inner.ODDITIES,
)

__all__ = ["LEGAL", "ODDITIES", "Oddity"]
