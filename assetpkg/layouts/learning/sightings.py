"""Objects grouped by where they stand: a place in an entry, with `*` for each member of a list or of a map of data."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.documents import InvalidDocument
from assetpkg.layouts.declaration import Encoding, Form
from assetpkg.layouts.forms import Step
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.observing import Observed
from assetpkg.layouts.learning.scoring import STRONG, Match, Scorer
from assetpkg.limits import Limits

MOST_SIGHTINGS = 20_000
"""How many different places are kept; an archive with more has no layout that anybody would write down."""
MOST_SCORED = 60
"""How many objects of one place are scored: the others are like them."""
_MANY_KEYS = 64
"""A map with more keys than these is one of data, whatever its keys are called."""
ID = re.compile(r"[0-9]+|[0-9a-fA-F]{16,64}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""What ids look like in any program: numbers, digests and UUIDs."""
_BASE64 = re.compile(r"(?:ey|ew)[A-Za-z0-9+/\s]*={0,2}\s*")
"""What JSON objects begin with in base64."""
_LONGEST_TEXT = 4_000_000


class Item(NamedTuple):
    """An object, the steps to it in the entry that it was seen in, and what is around it.

    Where it was in a text, the steps lead to the text.
    """

    value: Mapping[str, Any]
    steps: tuple[Step, ...]
    observed: Observed


@dataclass
class Sighting:
    """Objects that stand in one place; `encoding` says that they are in texts."""

    entry: str
    form: Form
    steps: tuple[str, ...]
    encoding: Encoding | None
    items: list[Item] = field(default_factory=list)

    @property
    def as_text(self) -> bool:
        """Whether every value is a text, whatever it stands for."""
        return self.form == "csv" and self.encoding is None

    def matches(self, scorer: Scorer) -> Iterator[Mapping[str, Match]]:
        """Yield how some of the objects fit the kinds."""
        for item in self.sample:
            yield scorer.matches(item.value, as_text=self.as_text)

    @cached_property
    def sample(self) -> list[Item]:
        """Some of the objects, from the beginning to the end."""
        step = -(-len(self.items) // MOST_SCORED)
        return self.items[:: max(1, step)]


class Sightings:
    """What has been seen in some entries."""

    def __init__(self, scorer: Scorer, limits: Limits) -> None:
        """Begin with nothing seen."""
        self.found: dict[tuple[str, Form, tuple[str, ...], Encoding | None], Sighting] = {}
        self.too_many = False
        self._scorer, self._limits = scorer, limits

    def take(self, observed: Observed) -> None:
        """Note every object of an entry that may be a resource or hold some, but for the parts of a resource."""
        self._visit(observed, observed.content, (), ())

    def _visit(self, observed: Observed, value: Any, pattern: tuple[str, ...], steps: tuple[Step, ...]) -> None:
        if isinstance(value, list):
            for index, child in enumerate(value):
                self._visit(observed, child, (*pattern, STAR), (*steps, index))
        elif isinstance(value, dict):
            best = self._scorer.best(value, as_text=observed.form == "csv")
            self._note(observed, pattern, None, Item(value, steps, observed))
            # The parts of a resource are none: only what it does not know may be others that are put below it.
            members = best.unknown if best.score >= STRONG else value
            is_map = _is_map(value)
            for key in members:
                self._visit(observed, value[key], (*pattern, STAR if is_map else key), (*steps, key))
        elif isinstance(value, str) and value[:1] in ("{", "e"):
            encoding, inside = opened(value, self._limits)
            if encoding is not None:
                self._note(observed, pattern, encoding, Item(inside, steps, observed))

    def _note(self, observed: Observed, pattern: tuple[str, ...], encoding: Encoding | None, item: Item) -> None:
        key = (observed.name, observed.form, pattern, encoding)
        sighting = self.found.get(key)
        if sighting is None:
            if len(self.found) >= MOST_SIGHTINGS:
                self.too_many = True
                return
            sighting = self.found[key] = Sighting(*key)
        sighting.items.append(item)


def opened(text: str, limits: Limits) -> tuple[Encoding | None, Mapping[str, Any]]:
    """Return how a text holds a JSON object, and that object; no encoding where it holds none."""
    if len(text) > _LONGEST_TEXT:
        return None, {}
    encoding: Encoding = "json"
    content = text.encode("utf-8", "surrogatepass")
    if not text.startswith("{"):
        encoding = "base64"
        if not _BASE64.fullmatch(text):
            return None, {}
        try:
            content = base64.b64decode(content)
        except (binascii.Error, ValueError):
            return None, {}
    try:
        found = documents.parse(content, limits)
    except InvalidDocument:
        return None, {}
    return (encoding, found) if isinstance(found, dict) else (None, {})


def _is_map(value: Mapping[str, Any]) -> bool:
    """Say whether the keys of an object are data: ids or numbers, or more than any program has fields."""
    if not value or not all(isinstance(member, (dict, list)) or _may_hold(member) for member in value.values()):
        return False
    return len(value) > _MANY_KEYS or all(map(ID.fullmatch, value))


def _may_hold(member: Any) -> bool:
    return isinstance(member, str) and member[:1] in ("{", "e")
