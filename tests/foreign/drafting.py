"""A foreign archive while it is made: what its entries hold, where which resource is, and the layout that says so."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from assetpkg.archive.archive import Archive
from assetpkg.archive.zip import write_zip
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import name_fields
from assetpkg.package.layout import OWN, occupy
from tests.build import encode
from tests.foreign.sources import NOISE, Document

Spot = tuple[str, str]
"""An entry, those in nested archives after `!/`, and a pointer in it."""
_NESTED = "!/"


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """An archive of a foreign layout; `truth` has the kind and the document of each resource by its place.

    `layout` is the layout file that a person who knows the archive would write.
    """

    name: str
    about: str
    contents: Mapping[str, bytes]
    layout: Mapping[str, Any]
    truth: Mapping[Spot, tuple[str, Document]]

    def archive(self) -> Archive:
        """Return the archive in the form of a folder."""
        return Archive.from_contents(self.contents, origin=self.name)

    def zip(self) -> bytes:
        """Return the archive as a zip."""
        return pack(self.contents)

    def layout_file(self) -> str:
        """Return the text of the layout file."""
        return toml(self.layout)

    def native(self) -> dict[str, bytes]:
        """Return the same resources in the layout of assetpkg."""
        entries: dict[str, bytes] = {
            "manifest.json": encode({"format": "assetpkg/1", "asset_version": "1.0", "name": self.name})
        }
        occupied: dict[str, str] = {}
        for kind, document in self.truth.values():
            known = KINDS[kind]
            words = (document[known_field.name] for known_field in name_fields(known))
            name = " ".join("+".join(map(str, word)) if isinstance(word, list) else str(word) for word in words)
            entry = OWN.entry_for(known, [name], occupied)
            occupy(entry, occupied)
            entries[entry] = encode(document)
        return entries


@dataclass
class Drafting:
    """What a foreign archive has so far."""

    name: str
    about: str
    entries: dict[str, Any] = field(default_factory=dict)
    truth: dict[Spot, tuple[str, Document]] = field(default_factory=dict)
    rules: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def put(self, entry: str, pointer: str, kind: str, document: Document) -> None:
        """Say that a resource is at a place."""
        assert (entry, pointer) not in self.truth
        self.truth[entry, pointer] = kind, document

    def rule(self, entries: str | Sequence[str], at: str = "", **more: Any) -> None:
        """Add a table of resources to the layout file."""
        self.rules.append({"entries": [entries] if isinstance(entries, str) else list(entries), "at": at, **more})

    def finish(self, *, noise: bool = True, below: str = "") -> Foreign:
        """Return the archive, with documents beside that are no assets, and everything in a folder `below`."""
        entries = {**(NOISE if noise else {}), **self.entries}
        placed = {f"{below}{name}": content for name, content in entries.items()}
        return Foreign(
            name=self.name,
            about=self.about,
            contents=_packed({name: as_bytes(content) for name, content in placed.items()}),
            layout=_moved({"name": self.name, **self.layout, "resources": self.rules}, below),
            truth={(f"{below}{entry}", pointer): found for (entry, pointer), found in self.truth.items()},
        )


def as_bytes(content: Any) -> bytes:
    """Return a document as the bytes of a file, or the bytes that it is."""
    return content if isinstance(content, bytes) else encode(content)


def lines(rows: Sequence[Any]) -> bytes:
    """Return JSON lines."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def table(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return CSV with a header; what a row has not is an empty cell."""
    header = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def pack(contents: Mapping[str, bytes]) -> bytes:
    """Return a zip."""
    return b"".join(write_zip([(name, partial(bytes, content)) for name, content in contents.items()]))


def _packed(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the entries, those that are called as in a nested archive put into one."""
    whole: dict[str, bytes] = {}
    nested: dict[str, dict[str, bytes]] = {}
    for name, content in contents.items():
        outer, inside, inner = name.partition(_NESTED)
        if inside:
            nested.setdefault(outer, {})[inner] = content
        else:
            whole[name] = content
    return {**whole, **{name: pack(_packed(entries)) for name, entries in nested.items()}}


def _moved(layout: dict[str, Any], below: str) -> dict[str, Any]:
    """Return a layout for an archive with everything in a folder."""
    if not below:
        return layout
    moved = {**layout, "archives": [f"{below}{each}" for each in layout.get("archives", [])]}
    if not moved["archives"]:
        del moved["archives"]
    marks = layout.get("marks", {})
    moved["marks"] = {"entries": [f"{below}{each}" for each in marks.get("entries", [])]}
    if "values" in marks:
        moved["marks"]["values"] = [{**each, "entry": f"{below}{each['entry']}"} for each in marks["values"]]
    if "entry" in layout.get("version", {}):
        moved["version"] = {**layout["version"], "entry": f"{below}{layout['version']['entry']}"}
    moved["resources"] = [
        {**rule, "entries": [f"{below}{each}" for each in rule["entries"]]} for rule in layout["resources"]
    ]
    return moved


def toml(layout: Mapping[str, Any]) -> str:
    """Write a layout file."""
    parts = ['format = "assetpkg-layout/1"']
    parts.extend(f"{key} = {_word(layout[key])}" for key in ("name", "archives") if key in layout)
    marks = layout.get("marks", {})
    if marks:
        parts.extend(("", "[marks]", f"entries = {_word(marks.get('entries', []))}"))
        for value in marks.get("values", []):
            parts.extend(("", "[[marks.values]]", *(f"{key} = {_word(found)}" for key, found in value.items())))
    if "version" in layout:
        parts.extend(("", "[version]", *(f"{key} = {_word(found)}" for key, found in layout["version"].items())))
    for rule in layout["resources"]:
        parts.extend(("", "[[resources]]"))
        parts.extend(f"{key} = {_word(found)}" for key, found in rule.items() if not isinstance(found, dict))
        for key, found in rule.items():
            if isinstance(found, dict):
                parts.extend(
                    (f"[resources.{key}]", *(f"{_word(one)} = {_word(other)}" for one, other in found.items()))
                )
    return "\n".join((*parts, ""))


def _word(value: Any) -> str:
    """Return a text, a number or a list of texts, which TOML and JSON write in the same way."""
    return json.dumps(value, ensure_ascii=False)
