"""Fingerprints that are unique in one document: programs that read it take two of the same for one finding."""

from collections import Counter
from collections.abc import Callable


def numbered(fingerprint: str, number: int) -> str:
    """Return the fingerprint of the finding with this number of those that would have the same."""
    return f"{fingerprint}-{number}"


class Uniquely:
    """Makes the fingerprints of one document unique: of equal ones the first stays, and each other gets its number."""

    def __init__(self, other: Callable[[str, int], str] = numbered) -> None:
        """Begin a document; `other` makes a new fingerprint of one that it has already, and of a number."""
        self._seen: Counter[str] = Counter()
        self._other = other

    def __call__(self, fingerprint: str) -> str:
        """Return a fingerprint that no other finding of the document has."""
        self._seen[fingerprint] += 1
        number = self._seen[fingerprint]
        return fingerprint if number == 1 else self._other(fingerprint, number)
