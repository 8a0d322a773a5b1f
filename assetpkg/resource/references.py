"""What is noted of a document while it is walked: its references, its credentials, and texts that hold no document."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from assetpkg.credentials import Sort, find_spans, is_credential, is_suspicious, sort_of
from assetpkg.credentials.masking import describe
from assetpkg.credentials.stand_ins import StandIn, stand_in_of
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.documents.reasons import count_values
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import JsonText, Ref
from assetpkg.limits import DEFAULT_LIMITS, MOST_IDS, Limits
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.notable import Questions, walk_notable
from assetpkg.resource.texts import Steps, Texts
from assetpkg.resource.variants import is_declared_secret
from assetpkg.resource.walk import (
    Fields,
    Node,
    fields_inside,
    is_id_like,
    open_text,
    strings_in,
)


class Reference(NamedTuple):
    """A use of another resource: its kind, the value that names it, by which of its fields, and where it is.

    One that is not `certain` is a string of the form of an id, in a place where anything may be: it is a reference
    if it leads somewhere, and a mere string otherwise. `beside` is the name that the document has beside an id.
    """

    kind: str
    by: tuple[str, ...]
    value: str
    pointer: str
    certain: bool = True
    beside: str = ""

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class Holder(Enum):
    """What contains a credential."""

    VALUE = "value"
    KEY = "key"
    """The key of a member."""
    NAME = "name"
    """The name of a file, or of a folder on the way to it."""
    FILE = "file"
    """A file that is part of no resource."""


class Credential(NamedTuple):
    """A place that contains a credential, and of which sort that is; a text may hold several sorts.

    `offset` counts characters, and is set in a file that has no pointers.
    """

    pointer: str
    sort: Sort
    holder: Holder = Holder.VALUE
    offset: int | None = None

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class Unfilled(NamedTuple):
    """A place for a credential that has a mask or a placeholder."""

    pointer: str
    sort: StandIn


class Mentions:
    """The notes on one document; every member of its objects is to be taken once.

    The documents in its strings may have as many values together as a document has.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, *, searched: bool = True) -> None:
        """Begin without any; texts that are not to be `searched` have been seen to hold nothing."""
        self.references: list[Reference] = []
        self.credentials: list[Credential] = []
        self.unfilled: list[Unfilled] = []
        self.faults: list[Fault] = []
        self._limits = limits
        self._opened: list[str] = []
        self._texts = Texts() if searched else None
        self._likely: list[tuple[str, str]] | None = None

    def take(
        self,
        fields: Fields,
        document: Any,
        steps: Steps = (),
        notable: list[Node] | None = None,
        *,
        is_sound: bool = False,
    ) -> None:
        """Note what is of interest about the members of a document; put its notable nodes into `notable`.

        A document that `is_sound` has the types of its class.
        """
        ids = self._likely is not None
        wanted = ids or self._texts is not None
        asked = Questions(self._texts, keys=True, ids=ids, is_sound=is_sound)
        for node in walk_notable(fields, document, asked, steps):
            if notable is not None:
                notable.append(node)
            known, value = node.field, node.value
            is_mere = known is not None and known.is_plain and (not known.hides or isinstance(value, dict))
            if not is_mere and self._is_special(known, node):
                continue
            if not wanted:
                continue
            if isinstance(value, str):
                self._take_text(value, node.steps)
            elif isinstance(value, list):
                for place, text in strings_in(value, node.steps):
                    self._take_text(text, place)

    def _take_text(self, text: str, steps: Steps) -> None:
        if self._likely is not None and is_id_like(text) and len(self._likely) <= MOST_IDS:
            self._likely.append((text, join_pointer(steps)))
        if self._texts is not None:
            self._texts.add(text, steps)

    def _take_key(self, steps: Steps) -> None:
        """Note a key that contains a credential itself; the keys that a class declares are none."""
        sorts = _sorts_in(steps[-1]) if isinstance(steps[-1], str) else ()
        if sorts:
            pointer = join_pointer(steps)
            self.credentials.extend(Credential(pointer, sort, Holder.KEY) for sort in sorts)

    def _take_secret(self, node: Node) -> None:
        if is_credential(node.value):
            self.credentials.append(Credential(join_pointer(node.steps), sort_of(node.value)))
        stands = stand_in_of(node.value, variables=is_declared_secret(node.field))
        if stands is not None:
            self.unfilled.append(Unfilled(join_pointer(node.steps), stands))

    def _is_special(self, known: Field | None, node: Node) -> bool:
        """Note a credential, a reference or a document at `node`; return whether no text is left to look at."""
        if known is None or known.foreign:
            self._take_key(node.steps)
        if (known is None or known.foreign or known.hides) and node.secret:
            self._take_secret(node)
            return True
        if known is None:
            return False
        reference, text = known.marker(Ref), known.marker(JsonText)
        if reference is not None and isinstance(node.value, list):
            self.references.extend(_references(reference, node.value, node.steps))
        elif reference is not None and (word := named_by(reference, node.value)) is not None:
            beside = node.parent.get(name_beside(str(node.steps[-1])))
            copy = beside if isinstance(beside, str) else ""
            self.references.append(_reference(reference, word, node.steps, copy))
        return text is not None and self._is_document(text, node)

    def _is_document(self, marker: JsonText, node: Node) -> bool:
        """Take the document in the string at `node`, if it holds one."""
        try:
            opened = open_text(node.field, node.value, self._limits_inside(node.value))
        except InvalidDocument as error:
            self.faults.extend(_faults_inside(fields_inside(marker), error, node.steps))
            return False
        if opened is None:
            return False
        self._opened.append(node.value)
        if marker.mentions is not None:
            self._likely = []
        self.take(*opened, (*node.steps, INSIDE))
        if marker.mentions is not None:
            self._take_mentions(marker.mentions, node.steps)
        return True

    def _limits_inside(self, text: Any) -> Limits:
        """Return the limits of the next document in a string, which may have the values that those before have left."""
        # A value has a character at least, and another one after it.
        if not isinstance(text, str) or len(text) + sum(map(len, self._opened)) < 2 * self._limits.values:
            return self._limits
        taken = sum(count_values(each.encode("utf-8", "surrogatepass")) for each in self._opened)
        return self._limits._replace(values=max(self._limits.values - taken, 1))

    def _take_mentions(self, kind: str, steps: Steps) -> None:
        """Note those of the texts in the document at `steps` that have the form of an id."""
        certain = {reference.pointer for reference in self.references}
        likely, self._likely = self._likely or [], None
        for text, pointer in likely[:MOST_IDS]:
            if pointer not in certain:
                self.references.append(Reference(kind, ("id",), text, pointer, certain=False))
        if len(likely) > MOST_IDS:
            message = f"{steps[-1]} mentions more than {MOST_IDS:,} ids; the others were not checked"
            self.faults.append(Fault("invalid-json-text", message, "split the task", join_pointer(steps)))

    def all_unfilled(self) -> Iterator[Unfilled]:
        """Yield the places for credentials with a mask or a placeholder, in fields of their own and in texts."""
        yield from self.unfilled
        yield from (Unfilled(pointer, stands) for pointer, stands in self._left_open() if stands is not None)

    def placeholders(self) -> Iterator[Fault]:
        """Yield the placeholders in other texts."""
        for pointer, stands in self._left_open():
            if stands is None:
                yield Fault(
                    slug="placeholder",
                    message="has a placeholder, which an import takes as it is",
                    hint="fill it in before the import",
                    pointer=pointer,
                )

    def all_credentials(self) -> Iterator[Credential]:
        """Yield the credentials: those in fields of their own, and those that texts hold."""
        yield from self.credentials
        found = () if self._texts is None else self._texts.credentials()
        yield from (Credential(pointer, sort) for pointer, sort in found)

    def _left_open(self) -> Iterable[tuple[str, StandIn | None]]:
        return () if self._texts is None else self._texts.left_open()


@lru_cache(maxsize=4096)
def _sorts_in(key: str) -> tuple[Sort, ...]:
    return tuple(dict.fromkeys(span.sort for span in find_spans(key))) if is_suspicious(key) else ()


_ENDS = ("_id", "_key", "_code")
"""How the fields end that refer to another resource."""


@lru_cache(maxsize=1024)
def name_beside(field: str) -> str:
    """Return what the field is called that has the name beside an id, or nothing."""
    end = next((end for end in _ENDS if field.endswith(end)), None)
    return "" if end is None else f"{field.removesuffix(end)}_name"


def _references(marker: Ref, values: list[Any], steps: Steps) -> Iterator[Reference]:
    for index, item in enumerate(values):
        word = named_by(marker, item)
        if word is not None:
            yield _reference(marker, word, (*steps, index))


def _reference(marker: Ref, word: str, steps: Steps, beside: str = "") -> Reference:
    return Reference(marker.kind, marker.by, word, join_pointer(steps), beside=beside)


def named_by(marker: Ref, value: Any) -> str | None:
    """Return what names another resource in a value; `None` where nothing does."""
    word = word_of(value)
    return None if word in marker.unless or not (word and _has_form(marker, word)) else word


def word_of(value: Any) -> str | None:
    """Return an id as text; some parts of the platform number their resources."""
    known = isinstance(value, (str, int)) and not isinstance(value, bool)
    # A large package refers to the same few resources from thousands of documents.
    return (intern(str(value)) or None) if known else None


def _has_form(marker: Ref, word: str) -> bool:
    return marker.form is None or re.fullmatch(marker.form, word) is not None


def _faults_inside(fields: Fields, error: InvalidDocument, steps: Steps) -> Iterator[Fault]:
    """Yield what keeps the string at `steps` from being a document with these fields."""
    for fault in error.faults:
        reported = hide_below_secrets(fields, fault)
        yield Fault(
            slug="invalid-json-text",
            message=f"{steps[-1]} does not contain a JSON document: {reported.message}",
            hint=fault.hint,
            pointer=join_pointer(steps if fault.offset is None else (*steps, INSIDE)),
            offset=fault.offset,
            more=fault.more,
        )
