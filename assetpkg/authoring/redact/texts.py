"""The texts of a document, each with its place, and whether all of it is a credential."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg.credentials import is_credential
from assetpkg.credentials.words import is_secret_word, names_beside
from assetpkg.documents import INSIDE, InvalidDocument
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import JsonText
from assetpkg.resource.embedded import fields_inside, read_text
from assetpkg.resource.walk import NO_FIELDS, Fields, Step, fields_below, is_secret

_ACCOUNT = re.compile(r"(?i)(?:user|account|login)(?:[_-]?name)?$")

_NAMING = frozenset({"name", "key", "keys"})
"""The members that may say what a `value` beside them is."""


class Text(NamedTuple):
    """A string, or a number in a secret field; `word` is the key that tells what it is.

    `secret` says that all of it is a credential; `at_key` that it is no value, but the key of the member.
    """

    steps: tuple[Step, ...]
    value: str | int | float
    word: str
    secret: bool = False
    at_key: bool = False

    @property
    def names_another(self) -> bool:
        """Whether it says what something beside it is."""
        return self.at_key or (bool(self.steps) and self.steps[-1] in _NAMING)

    @property
    def is_account(self) -> bool:
        """Whether it names an account: a credential, and no secret that gives itself away."""
        return self.secret and _ACCOUNT.search(self.word) is not None


def texts_of(
    fields: Fields, value: Any, steps: tuple[Step, ...] = (), word: str = "", *, secret: bool = False
) -> Iterator[Text]:
    """Yield the texts of a document, documents inside strings included, in the order in which they are written."""
    if isinstance(value, dict):
        for key in value:
            yield from _member(fields.get(key), key, value, (*steps, key), secret=secret)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from texts_of(fields, child, (*steps, index), word, secret=secret)
    elif isinstance(value, str):
        yield Text(steps, value, word, secret and is_credential(value))
    elif secret and is_credential(value):
        yield Text(steps, value, word, secret=True)


def _member(
    field: Field | None, key: str, parent: Mapping[str, Any], steps: tuple[Step, ...], *, secret: bool
) -> Iterator[Text]:
    if field is None or field.foreign:
        yield Text(steps, key, "key", at_key=True)
    hidden = secret or is_secret(field, key, parent)
    marker = field.marker(JsonText) if field and not hidden else None
    if marker is not None and isinstance(parent[key], str):
        try:
            document = read_text(parent[key])
        except InvalidDocument:
            pass
        else:
            yield from texts_of(fields_inside(marker), document, (*steps, INSIDE), key)
            return
    below = NO_FIELDS if hidden else fields_below(field, parent)
    yield from texts_of(below, parent[key], steps, _word(key, parent), secret=hidden)


def _word(key: str, parent: Mapping[str, Any]) -> str:
    """Return what tells best what a member is: its key, or the name beside a `value`."""
    return next((name for name in names_beside(key, parent) if is_secret_word(name)), key)
