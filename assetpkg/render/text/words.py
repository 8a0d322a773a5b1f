"""Codes in words: what the signs mean, and why something becomes of a resource."""

from collections.abc import Mapping

from assetpkg.render.screen import plural

MEANINGS: Mapping[str, str] = {
    "create": "new on the target",
    "update": "overwritten",
    "keep": "there already, and stays as it is",
    "undetermined": "there and different, and it is not documented which one stays",
    "conflict": "the import fails, or may not proceed",
    "omit": "never imported by the platform",
}
"""What each action means, in the words of a legend."""
_REASONS: Mapping[str, str] = {
    "renamed": "its name is on the target, so it gets random characters after it, which are known after the import",
    "overwritten": "data sources are overwritten",
    "not-overwritten": "data sources are not overwritten",
    "differs": "it is there and differs",
    "settled": "it is there and differs, and this is the answer that was chosen",
    "readings-differ": "what becomes of it rests on what the prefix renames",
    "ambiguous": "the target has its name more than once",
    "name-taken": "its name is on the target already",
    "id-taken": "its id is on the target already",
    "combination-taken": "another resource has the same unique combination of values",
    "duplicate": "the package has it twice",
    "missing-reference": "it refers to something that is neither in the package nor on the target",
    "prefixed-name": "prefix and name together are not a valid name",
}
"""Why an action was judged, where the action itself does not say it."""


def reason_in_words(reason: str) -> str:
    """Return why an action was judged, with the code beside the words; nothing where the action says it."""
    words = _REASONS.get(reason, "")
    return f"{words} ({reason})" if words else ""


def in_words(kinds: Mapping[str, int]) -> str:
    """Return how many of each kind there are, as a part of a sentence."""
    told = [plural(number, kind.replace("_", " "), _plural_of(kind)) for kind, number in kinds.items()]
    return " and ".join((", ".join(told[:-1]), told[-1])) if len(told) > 1 else "".join(told)


def _plural_of(kind: str) -> str:
    word = kind.replace("_", " ")
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
