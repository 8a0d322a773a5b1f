"""The files of a package as redaction sees them: a name, a text, and the fields of the document that the text is."""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assetpkg import documents
from assetpkg.authoring.redact.texts import Text, texts_of
from assetpkg.credentials import sort_of_file
from assetpkg.documents import InvalidDocument, join_pointer
from assetpkg.kinds.kind import fields_of
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.index import Resource
from assetpkg.package.layout import Layout, safe_name, unsafe_name
from assetpkg.package.manifest import Manifest
from assetpkg.resource.walk import NO_FIELDS, Fields, Step

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


_GROWN = DEFAULT_LIMITS.for_copies()


Owners = Mapping[str, Resource]
"""The resources in one file, by the pointers to them."""


@dataclass(eq=False)
class Sheet:
    """One file. `text` is `None` for a binary one, which is kept as it is, and `fields` for what is no JSON.

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
        """Yield its texts; a file that is no JSON is a single one."""
        if self.text is None:
            return
        if self.fields is None:
            yield Text((), self.text, "", secret=self.whole)
        else:
            yield from texts_of(self.fields, documents.parse(self.text.encode(), self.limits))

    def origin_of(self, steps: tuple[Step, ...]) -> tuple[str, str]:
        """Return the kind and the name of what stands at `steps`, for placeholders to be named after."""
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


def sheet_of(entry: str, content: bytes, layout: Layout, limits: Limits, owners: Owners) -> Sheet:
    """Return the sheet of one file of a package of a layout; `owners` are the resources in it.

    `limits` are those that the package was read with.
    """
    grown = limits.for_copies()
    is_manifest = entry == layout.manifest
    if is_manifest or layout.holdings(entry):
        kind = layout.kind_of(entry)
        word = "manifest" if is_manifest else kind.kind if kind else "file"
        fields = fields_of(Manifest) if is_manifest else layout.fields_of(entry)
        return Sheet(entry, content.decode(), fields, kind=word, owners=owners, limits=grown)
    if sort_of_file(content) is not None:
        return Sheet(entry, content.decode("latin-1"), encoding="latin-1", whole=True, owner=entry)
    text, encoding = _decode(content)
    return Sheet(entry, text, _fields_of_text(text, encoding, grown), encoding, owner=entry, limits=grown)


def _decode(content: bytes) -> tuple[str | None, str]:
    """Return a text, and how it is written back; of what is no Unicode, only what is ASCII in it means anything."""
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
