"""Fingerprints told apart: whoever is given them takes two of the same for one finding."""

from collections import Counter
from collections.abc import Callable


def numbered(fingerprint: str, number: int) -> str:
    """Return a fingerprint with the number of the finding that has it."""
    return f"{fingerprint}-{number}"


class Uniquely:
    """What is in one document: the first of some fingerprints is itself, the others are made with their number."""

    def __init__(self, other: Callable[[str, int], str] = numbered) -> None:
        """Begin a document; `other` makes a fingerprint of one that was there, and of the number of this one."""
        self._seen: Counter[str] = Counter()
        self._other = other

    def __call__(self, fingerprint: str) -> str:
        """Return a fingerprint as no other finding of the document has it."""
        self._seen[fingerprint] += 1
        number = self._seen[fingerprint]
        return fingerprint if number == 1 else self._other(fingerprint, number)
