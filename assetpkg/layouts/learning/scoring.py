"""How much an object looks like a document of a kind: by its fields, and the types and words of their values alone."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from assetpkg.layouts.learning.vocabulary import KindWords, Known, fold, kinds_knowing, known_otherwise, vocabulary

STRONG = 0.6
"""From here on, fields alone decide."""
WEAK = 0.4
"""Below it, an object is nothing that anybody would take for a resource."""

_ENOUGH, _SINGLE = 0.65, 0.35
"""How much of what tells something is about enough, and which share of the most telling field does not count for it."""
_UNKNOWN, _UNKNOWN_OBJECTS = 0.3, 0.08
"""How much a member counts against a kind that does not know it; objects may be other resources below this one."""
_WRONG_TYPE, _WRONG_WORD = 0.6, 0.3
_NAMELESS, _OWNERLESS = 0.8, 0.9
"""What is left of a kind whose name, or a reference that it needs, is not in the document: it may stand around it."""
_THIN = 0.8
"""What is left of a kind of which a document has next to nothing."""
_MOST_NESTED_WEIGHT = 3.0
_MOST_LOOKED_AT = 20
"""How many items of a list, and members of an object, are looked at."""


class Match(NamedTuple):
    """How an object fits a kind: between zero and one, and a rank among kinds that is not bounded.

    `unknown` are the members that the kind does not have.
    """

    kind: str
    score: float
    rank: float
    unknown: tuple[str, ...]


NO_MATCH = Match("", 0.0, 0.0, ())


class Scorer:
    """Scores objects; those with the same members are scored once."""

    def __init__(self) -> None:
        """Begin with nothing scored."""
        self._seen: dict[tuple[frozenset[str], bool], tuple[dict[str, Match], Match]] = {}

    def matches(self, document: Mapping[str, Any], *, as_text: bool = False) -> Mapping[str, Match]:
        """Return how an object fits each kind that it fits at all; `as_text` says that every value is a text."""
        return self._scored(document, as_text=as_text)[0]

    def best(self, document: Mapping[str, Any], *, as_text: bool = False) -> Match:
        """Return the kind that an object fits best, less surely the better another one fits."""
        return self._scored(document, as_text=as_text)[1]

    def _scored(self, document: Mapping[str, Any], *, as_text: bool) -> tuple[dict[str, Match], Match]:
        shape = frozenset(key for key, value in document.items() if value is not None), as_text
        found = self._seen.get(shape)
        if found is None:
            matches = _matches(document, as_text=as_text)
            found = self._seen[shape] = matches, best_of(matches)
        return found


def best_of(matches: Mapping[str, Match]) -> Match:
    """Return the best of some matches, less surely the better the second is."""
    ranked = sorted(matches.values(), key=lambda match: (-match.rank, match.kind))
    if not ranked:
        return NO_MATCH
    first = ranked[0]
    ahead = 1.0 if len(ranked) == 1 or not first.rank else (first.rank - ranked[1].rank) / first.rank
    return first._replace(score=first.score * min(1.0, 0.6 + 2 * ahead))


def _matches(document: Mapping[str, Any], *, as_text: bool) -> dict[str, Match]:
    present = {fold(key): key for key, value in document.items() if value is not None}
    hit = set().union(*(kinds_knowing(key) for key in present.values()))
    found = {}
    for word in hit:
        match = _match(document, present, vocabulary()[word], as_text=as_text)
        if match.rank > 0:
            found[word] = match
    return found


def _match(document: Mapping[str, Any], present: Mapping[str, str], kind: KindWords, *, as_text: bool) -> Match:
    for_it = against = most = 0.0
    unknown = []
    for folded, key in present.items():
        known, value = kind.fields.get(folded) or known_otherwise(kind.kind, key), document[key]
        if known is None:
            unknown.append(key)
            against += _UNKNOWN_OBJECTS if _holds_objects(value) else _UNKNOWN
        elif not fits(known, value, as_text=as_text):
            against += _WRONG_TYPE
        else:
            share, nested = _nested(known, value)
            words = 1.0 if _has_its_words(known, value) else _WRONG_WORD
            told = known.weight * share * words + min(nested, _MOST_NESTED_WEIGHT)
            most = max(most, told)
            for_it += told
    # An item of a list has its name beside it; what has neither the name nor what only a detail has is something else.
    needed = kind.listed if kind.named_by <= present.keys() else kind.needed
    complete = sum(name in present for name in needed) / len(needed) if needed else 1.0
    if not for_it or not complete:
        return NO_MATCH
    share = complete**2 * _OWNERLESS ** len(kind.owners - present.keys())
    share *= _NAMELESS ** len(kind.named_by - present.keys())
    share *= for_it / (for_it + against)
    rich = _THIN + (1 - _THIN) * min(1.0, for_it / kind.weight)
    strength = 1 - math.exp(-(for_it - _SINGLE * most) / _ENOUGH)
    return Match(kind.kind, strength * share, for_it * share * rich, tuple(unknown))


def fits(known: Known, value: Any, *, as_text: bool = False) -> bool:
    """Say whether a value has a type that a field may have; where all values are texts, a number is one, too."""
    if as_text:
        return bool({str, int, float, bool} & known.types)
    if type(value) is int and float in known.types:
        return True
    return type(value) in known.types


def _has_its_words(known: Known, value: Any) -> bool:
    choices = known.field.choices
    if not choices:
        return True
    values = value if isinstance(value, list) else [value]
    return all(not isinstance(word, str) or word.casefold() in choices for word in values[:_MOST_LOOKED_AT])


def _nested(known: Known, value: Any) -> tuple[float, float]:
    """Return which share of the members of objects at a field its class knows, and how much these tell."""
    if not known.below:
        return 1.0, 0.0
    objects = [item for item in (value if isinstance(value, list) else [value])[:_MOST_LOOKED_AT] if type(item) is dict]
    keys = {key: item[key] for item in objects for key in item}
    if not keys:
        return 1.0, 0.0
    weight, number = 0.0, 0
    for key, inner in list(keys.items())[:_MOST_LOOKED_AT]:
        below = known.below.get(fold(key))
        if below is not None:
            number += 1
            weight += 0.5 * below.weight + 0.5 * _nested(below, inner)[1]
    share = number / min(len(keys), _MOST_LOOKED_AT)
    return share, weight * share


def _holds_objects(value: Any) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and bool(value) and all(type(item) is dict for item in value[:_MOST_LOOKED_AT])
