"""The files of a package as redaction sees them: each with a name, a text, and the texts of the document that it is."""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials import is_credential, sort_of_file
from assetpkg.credentials.words import is_secret_word, names_beside
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.kinds.kind import fields_of
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.index import Resource
from assetpkg.package.layout import Layout, safe_name, unsafe_name
from assetpkg.package.manifest import Manifest
from assetpkg.resource.walk import NO_FIELDS, Fields, Node, Step, outside_credentials, walk

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


_GROWN = DEFAULT_LIMITS.for_copies()


Owners = Mapping[str, Resource]
"""The resources in one file, by the pointers to them."""

_ACCOUNT = re.compile(r"(?i)(?:user|account|login)(?:[_-]?name)?$")

_NAMING = frozenset({"name", "key", "keys"})
"""The members that may say what a `value` beside them is."""


class Text(NamedTuple):
    """A string, or a number in a secret field; `word` is the key that says what it is.

    `secret` says that all of it is a credential; `at_key` that it is not a value, but the key of the member.
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
    """Return what says best what a member is: its key, or the name beside a `value`."""
    return next((name for name in names_beside(key, parent) if is_secret_word(name)), key)


@dataclass(eq=False)
class RedactedFile:
    """One file. `text` is `None` for a binary one, which is kept as it is, and `fields` for what is not JSON.

    `whole` says that all of it is a credential. `kind` and `owner` are what placeholders are named after.
    """

    entry: str
    text: str | None
    fields: Fields | None = None
    encoding: str = "utf-8"
    whole: bool = False
    kind: str = "file"
    owner: str = ""
    owners: Owners = field(default_factory=dict)
    """The resources in it."""
    named: bool = True
    """Whether its name is a part of what is copied."""
    limits: Limits = _GROWN
    """What its text keeps to as a document."""

    def texts(self) -> Iterator[Text]:
        """Yield its texts; a file that is not JSON is a single one."""
        if self.text is None:
            return
        if self.fields is None:
            yield Text((), self.text, "", secret=self.whole)
        else:
            yield from texts_of(self.fields, documents.parse(self.text.encode(), self.limits))

    def origin_of(self, steps: tuple[Step, ...]) -> tuple[str, str]:
        """Return the kind and the name of what is at `steps`, for placeholders to be named after."""
        owner = owner_at(self.owners, steps)
        return (self.kind, self.owner) if owner is None else (owner.path.kind, owner.name)

    def content(self) -> bytes | None:
        """Return the bytes of the file; `None` where they are not held here, and as they were."""
        return None if self.text is None else self.text.encode(self.encoding)

    def name_parts(self) -> Iterator[str]:
        """Yield the folders and the name without suffix, as they were before they were made safe for file systems."""
        if not self.named:
            return
        *folders, name = self.entry.split("/")
        yield from (unsafe_name(folder) for folder in folders)
        yield unsafe_name(_suffixed(name)[0])

    def rename(self, parts: list[str]) -> None:
        """Take another name, with these parts; those that are the same are written as they were."""
        *folders, name = self.entry.split("/")
        stem, suffix = _suffixed(name)
        pairs = zip([*folders, stem], parts, strict=True)
        written = [old if unsafe_name(old) == new else safe_name(new) for old, new in pairs]
        self.entry = "/".join(written) + suffix


def owners_by_entry(resources: Iterable[Resource]) -> Mapping[str, Owners]:
    """Return the resources by their entries."""
    found: dict[str, dict[str, Resource]] = {}
    for resource in resources:
        found.setdefault(resource.place.entry, {})[resource.place.pointer] = resource
    return found


def owner_at(owners: Owners, steps: tuple[Step, ...]) -> Resource | None:
    """Return the resource that is at `steps` or around them."""
    around = (owners.get(join_pointer(steps[:depth])) for depth in range(len(steps), -1, -1) if owners)
    return next(filter(None, around), None)


def file_of(entry: str, content: bytes, layout: Layout, limits: Limits, owners: Owners) -> RedactedFile:
    """Return the file of one file of a package of a layout; `owners` are the resources in it.

    `limits` are those that the package was read with.
    """
    grown = limits.for_copies()
    is_manifest = entry == layout.manifest
    if is_manifest or layout.holdings(entry):
        kind = layout.kind_of(entry)
        word = "manifest" if is_manifest else kind.kind if kind else "file"
        fields = fields_of(Manifest) if is_manifest else layout.fields_of(entry)
        return RedactedFile(entry, content.decode(), fields, kind=word, owners=owners, limits=grown)
    if sort_of_file(content) is not None:
        return RedactedFile(entry, content.decode("latin-1"), encoding="latin-1", whole=True, owner=entry)
    text, encoding = _decode(content)
    return RedactedFile(entry, text, _fields_of_text(text, encoding, grown), encoding, owner=entry, limits=grown)


def _decode(content: bytes) -> tuple[str | None, str]:
    """Return a text, and how it is written back; of what is not Unicode, only what is ASCII in it means anything."""
    encoding = _UTF16.get(content[:2])
    if encoding is None and b"\0" in content:
        return None, ""
    encoding = encoding or "utf-8"
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _fields_of_text(text: str | None, encoding: str, limits: Limits) -> Fields | None:
    if text is None or encoding != "utf-8" or not re.match(r"\s*[{\[]", text):
        return None
    try:
        documents.parse(text.encode(), limits)
    except InvalidDocument:
        return None
    return NO_FIELDS


def _suffixed(name: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.+?)(\.[A-Za-z0-9]{1,8})", name, re.DOTALL)
    return (match[1], match[2]) if match else (name, "")
