"""Codes in words: what the signs mean, and why something becomes of a resource."""

from collections.abc import Mapping

from assetpkg.diagnostics.sentences import all_of, plural
from assetpkg.planning.spelling import WayWord
from assetpkg.render.findings import sentence_of

MEANINGS: Mapping[str, str] = {
    "create": "new on the target",
    "update": "overwritten",
    "keep": "there already, and stays as it is",
    "undetermined": "there and different, and it is not documented which one stays",
    "conflict": "the import fails, or may not proceed",
    "omit": "never imported by the platform",
}
"""What each action means, in the words of a legend."""
WAYS: Mapping[WayWord, str] = {
    "key": "as a key",
    "base64": "in base64",
    "percent": "percent-encoded",
    "plus": "with + for a blank",
    "escaped": "escaped",
    "html": "as HTML has it",
}
"""How a name is written, in words."""
_SAID_ANYWAY = frozenset({"absent", "unverified", "identical", "unfilled", "not-looked-at", "not-imported"})
"""The reasons that an action, or what it rests on, says in the same words."""


def reason_in_words(reason: str) -> str:
    """Return why an action was judged, with the code beside the words; nothing where the action says it."""
    return "" if reason in _SAID_ANYWAY else f"{sentence_of(reason)} ({reason})"


def in_words(kinds: Mapping[str, int]) -> str:
    """Return how many of each kind there are, as a part of a sentence."""
    return all_of(plural(number, kind.replace("_", " "), _plural_of(kind)) for kind, number in kinds.items())


def _plural_of(kind: str) -> str:
    word = kind.replace("_", " ")
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
