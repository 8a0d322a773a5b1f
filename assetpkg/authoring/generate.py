"""Made-up packages of any size, for load tests and demonstrations, and what an instance may hold beside them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry
from assetpkg.archive.zip import write_zip
from assetpkg.authoring.recipes import LARGE, RECIPES
from assetpkg.authoring.recipes.maker import AUTHORISED, Maker, name_of
from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, id_field, name_field, name_fields
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.package.index import Path, derive_id
from assetpkg.package.layout import OWN, occupy
from assetpkg.package.manifest import new_manifest, with_assets
from assetpkg.package.package import Package, load
from assetpkg.planning.assumptions import IMPORT_LIMIT
from assetpkg.target.members import SNAPSHOT_FORMAT
from assetpkg.target.snapshot import dump_members

NAME = "generated"
"""What a package is called unless asked."""

_OF_A_THOUSAND: Mapping[str, int] = {
    "application": 20, "app_config": 20, "datasource": 100, "task": 60, "composite_task": 20, "api_group": 40,
    "backend_api": 20, "load_channel": 10, "authorizer": 10, "app_authorization": 20, "scheduled_api_task": 10,
    "plugin": 10, "topic": 30, "product": 10, "product_template": 5,
}  # fmt: skip
"""How many of a thousand resources are of each kind; the others are APIs."""
_COUNTED: Mapping[str, int] = {
    kind: IMPORT_LIMIT * percent // 100 for kind, percent in (("application", 20), ("task", 60), ("composite_task", 20))
}
"""How many there are at most, so that one import takes all, unless asked for more."""
_SMALL = 800
"""About how many bytes the documents have that are small on the platform, too."""
_SMALLEST, _LARGEST = 1_000, 10_000_000
"""In bytes, what a document that is large on the platform has at least and at most; 16 MiB are read."""

_CHANGED, _OTHERWISE = 20, 100
"""One of so many resources differs on a target; one of so many is missing, one has another name, one is only there."""
_SPARE = ("app_config", "task", "api", "plugin", "topic", "product")
"""Kinds of which a target lacks some: nothing refers to them, but for the first APIs."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How much is made, and from what seed.

    `apis` of the `resources` are APIs; without it, as many as are left. `applications` and `tasks`, common and
    composite ones together, are 100 at most unless they are given. `size` is the average in bytes.
    """

    resources: int = 1_000
    apis: int | None = None
    applications: int | None = None
    tasks: int | None = None
    size: int = 20_000
    seed: int = 1


class Row(NamedTuple):
    """A resource to be made; `suffix` is put after its name, and `text` takes the place of its description."""

    kind: str
    number: int
    suffix: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """What a package holds, a row for each resource; documents are made when they are asked for, and not kept."""

    name: str
    rows: tuple[Row, ...] = field(repr=False)
    maker: Maker = field(repr=False)

    def document(self, row: Row) -> dict[str, Any]:
        """Make the document of a resource, the same one every time."""
        document = RECIPES[row.kind](self.maker, row.number)
        if row.suffix:
            document[name_field(KINDS[row.kind]).name] += row.suffix
        if row.text:
            document[_text_field(row.kind)] = row.text
        return document

    def archive(self) -> Archive:
        """Return the entries of the package in the form of a folder; each is made once, to know its length."""
        manifest = new_manifest(self.name)
        entries = {OWN.manifest: Entry(OWN.manifest, len(manifest), partial(bytes, manifest))}
        for entry, row in self._entries().items():
            read = partial(self._content, row)
            entries[entry] = Entry(entry, len(read()), read)
        return Archive(origin=self.name, entries=MappingProxyType(dict(sorted(entries.items()))), is_folder=True)

    def zip(self) -> Iterator[bytes]:
        """Yield the bytes of the zip, those that packing the package gives."""
        rows, assets = self._entries(), dict[str, Mapping[str, Any]]()

        def read(entry: str) -> bytes:
            document = self.document(rows[entry])
            content = documents.dump(document)
            assets[entry] = _asset(rows[entry].kind, entry, document, content)
            return content

        def read_manifest() -> bytes:
            for entry in rows.keys() - assets.keys():
                read(entry)
            text = new_manifest(self.name).decode()
            return with_assets(text, [dict(assets[entry]) for entry in sorted(assets)]).encode()

        return write_zip([(OWN.manifest, read_manifest), *((entry, partial(read, entry)) for entry in rows)])

    def snapshot(self) -> Iterator[bytes]:
        """Yield the snapshot of an instance that holds just this."""
        kinds = [kind for kind in KINDS if self.maker.counts.get(kind)]
        head = {"format": SNAPSHOT_FORMAT, "name": self.name, "covers": list(KINDS)}
        return dump_members(head, ((kind, self._documents(kind)) for kind in kinds))

    def twin(self, *, same_ids: bool = False) -> "Blueprint":
        """Return what an instance may hold where the same was set up once and has changed since.

        Some resources differ, have another name, are not there, or only there. Unless they are the same, all ids
        differ.
        """
        maker = self.maker if same_ids else self.maker.salted("twin")
        random, some = maker.random("twin"), max(1, len(self.rows) // _OTHERWISE)
        spare = [row for row in self.rows if row.kind in _SPARE and not self._is_used(row)]
        chosen = random.sample(spare, min(2 * some, len(spare)))
        missing, renamed = set(chosen[::2]), set(chosen[1::2])
        sources = [row for row in self.rows if row.kind == "datasource"]
        renamed.update(random.sample(sources, len(sources) // 10))
        others = [row for row in self.rows if row not in missing | renamed and _text_field(row.kind)]
        changed = set(random.sample(others, min(len(others), max(1, len(self.rows) // _CHANGED))))
        kept = (
            row._replace(suffix="_old" if row in renamed else "", text="changed since" if row in changed else "")
            for row in self.rows
            if row not in missing
        )
        added = (row._replace(number=self.maker.counts[row.kind] + place) for place, row in enumerate(sorted(missing)))
        return replace(self, name=f"{self.name}-target", rows=(*kept, *added), maker=maker)

    def _is_used(self, row: Row) -> bool:
        return row.kind == "api" and row.number < self.maker.used_apis()

    def _documents(self, kind: str) -> Iterator[dict[str, Any]]:
        return (self.document(row) for row in self.rows if row.kind == kind)

    def _content(self, row: Row) -> bytes:
        return documents.dump(self.document(row))

    def _entries(self) -> dict[str, Row]:
        """Return the rows by the names of their files."""
        occupied: dict[str, str] = {}
        rows = {}
        for row in self.rows:
            entry = OWN.entry_for(KINDS[row.kind], self._names(row), occupied)
            occupy(entry, occupied)
            rows[entry] = row
        return rows

    def _names(self, row: Row) -> list[str]:
        own = f"{name_of(row.kind, row.number)}{row.suffix}"
        return [*(name_of(kind, number) for kind, number in self.maker.parents(row.kind, row.number)), own]


def generate(scale: Scale | None = None, name: str = NAME) -> Package:
    """Make a package up, the same one for the same scale; raises `InvalidOption` as `draw` does."""
    return load(draw(scale or Scale(), name).archive())


def draw(scale: Scale, name: str = NAME) -> Blueprint:
    """Return what a package of this scale holds; raises `InvalidOption` for too few or too large resources."""
    counts = _counts(scale)
    total, most = scale.resources * scale.size, DEFAULT_LIMITS.total
    if total > most:
        raise InvalidOption(f"{total:,} bytes are more than the {most:,} that are read of one package by default")
    large = sum(counts[kind] for kind in LARGE)
    content = (total - _SMALL * (scale.resources - large)) // large
    return draft(counts, content, scale.seed, name)


def draft(counts: Mapping[str, int], content: int, seed: int = 1, name: str = NAME) -> Blueprint:
    """Return what a package with these numbers of resources holds; large ones have about `content` bytes."""
    rows = (Row(kind, number) for kind in KINDS for number in range(counts.get(kind, 0)))
    return Blueprint(name=name, rows=tuple(rows), maker=Maker(counts, min(max(content, _SMALLEST), _LARGEST), seed))


def _counts(scale: Scale) -> dict[str, int]:
    apis, whole = scale.apis or 1, 1_000 if scale.apis is None else sum(_OF_A_THOUSAND.values())
    spare = max(0, scale.resources - apis - len(_OF_A_THOUSAND))
    counts = {kind: min(1 + spare * share // whole, _most(kind)) for kind, share in _OF_A_THOUSAND.items()}
    if scale.applications is not None:
        counts["application"] = scale.applications
    if scale.tasks is not None:
        counts.update(task=scale.tasks - scale.tasks // 4, composite_task=scale.tasks // 4)
    if scale.apis is not None:
        within = KINDS["api"].quota_within
        counts["api_group"] = max(counts["api_group"], -(-apis // within.limit) if within else 1)
        counts["app_authorization"] = min(counts["app_authorization"], max(1, apis // AUTHORISED))
    rest = scale.resources - sum(counts.values()) - apis
    if rest < 0:
        raise InvalidOption(
            f"{scale.resources} resources are too few for these numbers of them; {scale.resources - rest} would do"
        )
    counts["topic"] += 0 if scale.apis is None else rest
    return {**counts, "api": apis + (rest if scale.apis is None else 0)}


def _most(kind: str) -> int:
    quota = KINDS[kind].quota
    return _COUNTED.get(kind) or (quota.limit if quota else IMPORT_LIMIT**3)


def _text_field(kind: str) -> str:
    """Return the field with the description of a kind, if it has one."""
    return next((text for text in ("remark", "description") if text in fields_of(KINDS[kind])), "")


def _asset(kind: str, entry: str, document: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    """Return the line for a resource in the table of contents."""
    values = (document[known.name] for known in name_fields(KINDS[kind]))
    name = " ".join("+".join(sorted(value)) if isinstance(value, list) else value for value in values)
    known = id_field(KINDS[kind])
    # Only topics have no id, and nothing above them.
    found = derive_id(Path(kind, (name,))) if known is None else str(document[known.name])
    return {"kind": kind, "name": name, "id": found, "path": entry, "sha256": hashlib.sha256(content).hexdigest()}
