"""Fingerprints told apart: the services that are given them take two of the same for one finding."""

from collections import Counter


class Uniquely:
    """What is in one document: the first of some fingerprints is itself, the others are numbered."""

    def __init__(self) -> None:
        """Begin a document."""
        self._seen: Counter[str] = Counter()

    def __call__(self, fingerprint: str) -> str:
        """Return a fingerprint as no other finding of the document has it."""
        self._seen[fingerprint] += 1
        number = self._seen[fingerprint]
        return fingerprint if number == 1 else f"{fingerprint}-{number}"
