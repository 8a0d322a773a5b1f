"""Packages of the own layout as other programs would write them, and the layout files that say so."""

import base64
import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from assetpkg.archive.archive import Archive
from assetpkg.archive.zip import write_zip
from assetpkg.kinds.kind import fields_of
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.naming import dialect_of
from assetpkg.layouts.reading import parse_layout
from assetpkg.package.package import Package
from assetpkg.resource.walk import NO_FIELDS, Fields, fields_below

Documents = list[tuple[str, dict[str, Any]]]
"""The resources of a package: each a kind and a document."""


class World(NamedTuple):
    """What another program makes of resources: the entries of an archive, and the layout file for it."""

    name: str
    layout: LayoutFile
    make: Callable[[Documents], dict[str, bytes]]

    def archive(self, documents: Documents, *, origin: str = "export") -> Archive:
        return Archive.from_contents(self.make(documents), origin=origin)

    def zip(self, documents: Documents) -> bytes:
        return zipped(self.make(documents))


def zipped(contents: Mapping[str, bytes]) -> bytes:
    return b"".join(write_zip((name, partial(bytes, content)) for name, content in sorted(contents.items())))


def documents_of(package: Package) -> Documents:
    return [(found.path.kind, package.document(found.address)) for found in package.resources]


def encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def called(value: Any, fields: Fields, naming: Any) -> Any:
    """Return a document with its fields called in another style, as far as its kind declares objects."""
    if isinstance(value, list):
        return [called(item, fields, naming) for item in value]
    if not isinstance(value, dict):
        return value
    dialect = dialect_of(fields, naming)
    return {
        dialect.theirs(key): called(child, fields_below(fields.get(key), value) if fields else NO_FIELDS, naming)
        for key, child in value.items()
    }


def named(kind: str, document: dict[str, Any], naming: str = "camelCase") -> dict[str, Any]:
    from assetpkg.kinds import KINDS

    renamed: dict[str, Any] = called(document, fields_of(KINDS[kind]), naming)
    return renamed


def by_kind(documents: Documents) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, document in documents:
        found.setdefault(kind, []).append(document)
    return found


def kinds_in(documents: Iterable[tuple[str, Any]]) -> list[str]:
    return list(dict.fromkeys(kind for kind, _ in documents))


KIND_WORDS = ("application", "datasource", "task", "api_group", "api", "topic", "composite_task")


def layout(text: str) -> LayoutFile:
    return parse_layout(b'format = "assetpkg-layout/1"\n' + text.encode(), "layout.toml")


def _head(name: str) -> str:
    return f"""
name = "{name}"
[marks]
entries = ["export.json"]
[[marks.values]]
entry = "export.json"
pointer = "/is"
value = "{name}"
[version]
entry = "export.json"
pointer = "/version"
"""


def _export(name: str, **more: Any) -> dict[str, Any]:
    return {"is": name, "version": "1.0", "exportedBy": "somebody", **more}


def _lists(documents: Documents) -> dict[str, bytes]:
    return {"export.json": encode(_export("lists", data=by_kind(documents)))}


LISTS = World(
    "lists",
    layout(
        _head("lists")
        + "".join(
            f'[[resources]]\nentries = ["export.json"]\nat = "/data/{kind}/*"\nkind = "{kind}"\n' for kind in KIND_WORDS
        )
    ),
    _lists,
)


def _rows(documents: Documents) -> dict[str, bytes]:
    rows = [
        {"seq": number, "type": kind.upper(), "content": json.dumps(named(kind, document))}
        for number, (kind, document) in enumerate(documents)
    ]
    return {"export.json": encode(_export("export")), "rows.json": encode({"rows": rows})}


def _kinds_table() -> str:
    return "[resources.kinds]\n" + "".join(f'{kind.upper()} = "{kind}"\n' for kind in KIND_WORDS)


ROWS = World(
    "export",
    layout(
        _head("export")
        + '[[resources]]\nentries = ["rows.json"]\nat = "/rows/*"\nkind_at = "/type"\ndocument = "/content"\n'
        + 'encoding = "json"\nnames = "camelCase"\n'
        + _kinds_table()
    ),
    _rows,
)


def _coded_lines(documents: Documents) -> dict[str, bytes]:
    lines = [
        json.dumps(
            {
                "type": kind.upper(),
                "body": base64.b64encode(
                    json.dumps(named(kind, {**document, "seq": 1}, "kebab-case")).encode()
                ).decode(),
            }
        )
        for kind, document in documents
    ]
    return {"export.json": encode(_export("coded-lines")), "all.jsonl": ("\r\n".join(lines) + "\n\n").encode()}


CODED_LINES = World(
    "coded-lines",
    layout(
        _head("coded-lines")
        + '[[resources]]\nentries = ["*.jsonl"]\nform = "json-lines"\nat = "/*"\nkind_at = "/type"\n'
        + 'document = "/body"\n'
        + 'encoding = "base64"\nnames = "kebab-case"\nunused = ["/seq"]\n'
        + _kinds_table()
    ),
    _coded_lines,
)


def _nested(documents: Documents) -> dict[str, bytes]:
    parts: dict[str, dict[str, bytes]] = {}
    for number, (kind, document) in enumerate(documents):
        parts.setdefault(kind, {})[f"items/{number}.json"] = encode(named(kind, document, "PascalCase"))
    return {
        "export.json": encode(_export("nested")),
        **{f"components/{kind}.zip": zipped(contents) for kind, contents in parts.items()},
        "notes.txt": b"whatever",
    }


NESTED = World(
    "nested",
    layout(
        'archives = ["components/*.zip"]'
        + _head("nested")
        + "".join(
            f'[[resources]]\nentries = ["components/{kind}.zip!/items/*.json"]\nkind = "{kind}"\nnames = "PascalCase"\n'
            for kind in KIND_WORDS
        )
    ),
    _nested,
)


def _tree(documents: Documents) -> dict[str, bytes]:
    """Applications with what belongs to them, which does not say whose it is."""
    trees: dict[str, dict[str, Any]] = {}
    rest: list[dict[str, Any]] = []
    for kind, document in documents:
        if kind == "application":
            trees[document["id"]] = {**document, "owned": {"data": [], "groups": {}}}
    for kind, document in documents:
        if kind == "datasource" and document.get("app_id") in trees:
            trees[document["app_id"]]["owned"]["data"].append({k: v for k, v in document.items() if k != "app_id"})
        elif kind == "api_group" and document.get("roma_app_id") in trees:
            cut = {k: v for k, v in document.items() if k not in {"roma_app_id", "name"}}
            trees[document["roma_app_id"]]["owned"]["groups"][document["name"]] = cut
        elif kind != "application":
            rest.append({"kind": kind, "it": document})
    return {"export.json": encode(_export("tree", apps=list(trees.values()), rest=rest))}


TREE = World(
    "tree",
    layout(
        _head("tree")
        + """
[[resources]]
entries = ["export.json"]
at = "/apps/*"
kind = "application"
[[resources]]
entries = ["export.json"]
at = "/apps/*/owned/data/*"
kind = "datasource"
[resources.inherited]
app_id = "/apps/*/id"
[[resources]]
entries = ["export.json"]
at = "/apps/*/owned/groups/*"
kind = "api_group"
[resources.inherited]
roma_app_id = "/apps/*/id"
name = "@2"
[[resources]]
entries = ["export.json"]
at = "/rest/*"
kind_at = "/kind"
document = "/it"
[resources.kinds]
"""
        + "".join(f'{kind} = "{kind}"\n' for kind in KIND_WORDS)
    ),
    _tree,
)


def _sheets(documents: Documents) -> dict[str, bytes]:
    contents = {"export.json": encode(_export("sheets"))}
    for kind, members in by_kind(documents).items():
        columns = list(dict.fromkeys(key for member in members for key in member))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(columns)
        for member in members:
            writer.writerow(
                [
                    value if isinstance(value := member.get(key, ""), str) else json.dumps(value, ensure_ascii=False)
                    for key in columns
                ]
            )
        contents[f"sheets/{kind}.csv"] = out.getvalue().encode()
    return contents


SHEETS = World(
    "sheets",
    layout(
        _head("sheets")
        + "".join(
            f'[[resources]]\nentries = ["sheets/{kind}.csv"]\nform = "csv"\nat = "/*"\nkind = "{kind}"\n'
            for kind in KIND_WORDS
        )
    ),
    _sheets,
)


def _folders(documents: Documents) -> dict[str, bytes]:
    """A folder for each application, whose files say neither whose they are nor their names."""
    contents = {"export.json": encode(_export("folders"))}
    apps = {document["id"]: document["name"] for kind, document in documents if kind == "application"}
    for number, (kind, document) in enumerate(documents):
        owner = document.get("app_id")
        if kind == "application":
            contents[f"apps/{document['name']}/app.json"] = encode({"info": document, "seq": number})
        elif kind == "datasource" and owner in apps:
            cut = {k: v for k, v in document.items() if k not in {"app_id", "datasource_name"}}
            contents[f"apps/{apps[owner]}/data/{document['datasource_name']}.json"] = encode({**cut, "seq": number})
        else:
            contents[f"others/{kind}/{number}.json"] = encode({**document, "label": document.get("name", "")})
    return contents


FOLDERS = World(
    "folders",
    layout(
        _head("folders")
        + """
[[resources]]
entries = ["apps/*/app.json"]
document = "/info"
kind = "application"
[[resources]]
entries = ["apps/*/data/*.json"]
kind = "datasource"
unused = ["/seq"]
[resources.inherited]
app_id = "apps/*/app.json#/info/id"
datasource_name = "entry@2"
"""
        + "".join(
            f'[[resources]]\nentries = ["others/{kind}/*.json"]\nkind = "{kind}"\nunused = ["/label"]\n'
            for kind in KIND_WORDS
        )
    ),
    _folders,
)

WORLDS = (LISTS, ROWS, CODED_LINES, NESTED, TREE, SHEETS, FOLDERS)
