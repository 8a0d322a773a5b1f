"""The texts of a document, each with its place, and whether all of it is a credential."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg.credentials import is_credential
from assetpkg.credentials.words import is_secret_word, names_beside
from assetpkg.documents import INSIDE
from assetpkg.resource.walk import NO_FIELDS, Fields, Node, Step, outside_credentials, walk

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


def texts_of(fields: Fields, document: Any) -> Iterator[Text]:
    """Yield the texts of a document, documents inside strings included."""
    for node in outside_credentials(walk(fields, document, inside=True)):
        yield from _texts_at(node, secret=node.secret)
        for below in walk(NO_FIELDS, node.value, node.steps) if node.secret else ():
            if below.steps != node.steps:
                yield from _texts_at(below, secret=True)


def _texts_at(node: Node, *, secret: bool) -> Iterator[Text]:
    """Yield the key of a member, where no class declares it, and the texts that the member has for a value."""
    if node.parent:
        key = str(node.steps[-1])
        if node.field is None or node.field.foreign:
            yield Text(node.steps, key, "key", at_key=True)
        word = _word(key, node.parent)
    else:
        # All of a document: what it is, the key of the string that it is in says.
        word = next((step for step in reversed(node.steps) if isinstance(step, str) and step != INSIDE), "")
    yield from _values(node.value, node.steps, word, secret=secret)


def _values(value: Any, steps: tuple[Step, ...], word: str, *, secret: bool) -> Iterator[Text]:
    if isinstance(value, list):
        for index, child in enumerate(value):
            yield from _values(child, (*steps, index), word, secret=secret)
    elif isinstance(value, str):
        yield Text(steps, value, word, secret and is_credential(value))
    elif secret and not isinstance(value, dict) and is_credential(value):
        yield Text(steps, value, word, secret=True)


def _word(key: str, parent: Mapping[str, Any]) -> str:
    """Return what tells best what a member is: its key, or the name beside a `value`."""
    return next((name for name in names_beside(key, parent) if is_secret_word(name)), key)
