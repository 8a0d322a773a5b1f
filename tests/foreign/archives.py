"""Nineteen foreign layouts of the same resources."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, id_field, name_field
from assetpkg.kinds.markers import Computed
from tests.foreign.drafting import Drafting, Foreign, lines, table
from tests.foreign.sources import Document, Documents, make_documents
from tests.foreign.spelling import camel, pascal, respell

_CODES: Mapping[str, str] = {
    "application": "APP", "app_config": "APP_CONFIG", "datasource": "FDI_DS", "task": "FDI_TASK",
    "composite_task": "FDI_COMPOSITE", "api_group": "APIC_GROUP", "api": "APIC_API", "backend_api": "LD_API",
    "load_channel": "APIC_VPC", "authorizer": "APIC_AUTHORIZER", "app_authorization": "APIC_AUTH",
    "scheduled_api_task": "API_TASK", "plugin": "APIC_PLUGIN", "topic": "MQS_TOPIC", "product": "LINK_PRODUCT",
    "product_template": "LINK_TEMPLATE", "dictionary": "DICT",
}  # fmt: skip
"""What rows call the kinds."""
_CHINESE: Mapping[str, str] = {
    "application": "集成应用", "app_config": "应用配置", "datasource": "数据源", "task": "普通任务",
    "composite_task": "组合任务", "api_group": "API分组", "api": "API", "backend_api": "自定义后端",
    "load_channel": "负载通道", "authorizer": "自定义认证", "app_authorization": "授权",
    "scheduled_api_task": "定时任务", "plugin": "插件", "topic": "主题", "product": "产品",
    "product_template": "产品模板", "dictionary": "数据字典",
}  # fmt: skip
"""What folders call the kinds in Chinese."""
_LISTED: Mapping[str, str] = {
    "application": "apps", "app_config": "app_configs", "datasource": "entities", "task": "entities",
    "composite_task": "entities", "api_group": "groups", "api": "apis", "backend_api": "apis",
    "load_channel": "vpc_channels", "authorizer": "authorizer_list", "app_authorization": "auths",
    "scheduled_api_task": "tasks", "plugin": "plugins", "topic": "topics", "product": "items",
    "product_template": "items", "dictionary": "dicts",
}  # fmt: skip
"""What the member of a list answer is called that has the items."""


def _code(kind: str) -> str:
    return _CODES.get(kind, kind.upper())


def _mark(draft: Drafting, entry: str, pointer: str, value: Any) -> None:
    """Have an archive recognised by a value, and its asset version beside it."""
    draft.layout["marks"] = {"entries": [entry], "values": [{"entry": entry, "pointer": pointer, "value": value}]}
    draft.layout["version"] = {"entry": entry, "pointer": f"{pointer.rpartition('/')[0]}/version"}


def arrays(documents: Documents) -> Foreign:
    """One document with a list for each kind."""
    draft = Drafting("arrays", "one document with a list for each kind")
    whole: dict[str, Any] = {"exportFormat": "roma/2", "version": "1.0", "exportedAt": 1_775_097_000}
    for kind, found in documents.items():
        whole[camel(KINDS[kind].folder)] = found
        draft.rule("export.json", f"/{camel(KINDS[kind].folder)}/*", kind=kind)
        for index, document in enumerate(found):
            draft.put("export.json", f"/{camel(KINDS[kind].folder)}/{index}", kind, document)
    draft.entries["export.json"] = whole
    _mark(draft, "export.json", "/exportFormat", "roma/2")
    return draft.finish()


def camel_files(documents: Documents) -> Foreign:
    """A file for each resource in folders, with members in camelCase."""
    draft = Drafting("camel-files", "a file for each resource in folders, members in camelCase")
    draft.entries["meta/about.json"] = {"tool": "saver", "version": "1.0"}
    _mark(draft, "meta/about.json", "/tool", "saver")
    for kind, found in documents.items():
        folder = f"data/{camel(kind)}"
        draft.rule(f"{folder}/*.json", kind=kind, names="camelCase")
        for index, document in enumerate(found):
            draft.entries[f"{folder}/{index + 1:03}.json"] = respell(kind, document, "camelCase")
            draft.put(f"{folder}/{index + 1:03}.json", "", kind, document)
    return draft.finish()


def rows(documents: Documents) -> Foreign:
    """Rows with a type and a content."""
    draft = Drafting("rows", "rows with a type and a content")
    made: list[Document] = []
    for kind, document in _mixed(documents):
        draft.put("assets.json", f"/rows/{len(made)}", kind, document)
        made.append({"seq": len(made) + 1, "type": _code(kind), "content": document})
    draft.entries["assets.json"] = {"meta": {"schema": "rows-1", "version": "1.0"}, "rows": made}
    draft.rule("assets.json", "/rows/*", kind_at="/type", document="/content", kinds=_kinds(documents))
    _mark(draft, "assets.json", "/meta/schema", "rows-1")
    return draft.finish()


def strings(documents: Documents) -> Foreign:
    """Documents in strings: some as JSON, some as JSON in base64."""
    draft = Drafting("strings", "documents in strings: JSON, and JSON in base64")
    draft.entries["index.json"] = {"layout": "strings", "version": "1.0"}
    _mark(draft, "index.json", "/layout", "strings")
    plain = [kind for kind in documents if KINDS[kind].platform() != "apic"]
    blobs: list[Document] = []
    for kind, document in _mixed({kind: documents[kind] for kind in documents if kind not in plain}):
        draft.put("blobs.json", f"/blobs/{len(blobs)}", kind, document)
        text = base64.b64encode(json.dumps(document, ensure_ascii=False).encode()).decode()
        blobs.append({"objectType": _code(kind), "data": text, "size": len(text)})
    draft.entries["blobs.json"] = {"blobs": blobs}
    draft.rule(
        "blobs.json", "/blobs/*", kind_at="/objectType", document="/data", encoding="base64",
        kinds=_kinds({kind: documents[kind] for kind in documents if kind not in plain}),
    )  # fmt: skip
    for kind in plain:
        for index, document in enumerate(documents[kind]):
            entry = f"objects/{kind}-{index}.json"
            draft.entries[entry] = {"objectType": _code(kind), "body": json.dumps(document, ensure_ascii=False)}
            draft.put(entry, "", kind, document)
    draft.rule(
        "objects/*.json", "", kind_at="/objectType", document="/body", encoding="json",
        kinds=_kinds({kind: documents[kind] for kind in plain}),
    )  # fmt: skip
    return draft.finish()


def components(documents: Documents) -> Foreign:
    """A zip for each component of the platform."""
    draft = Drafting("components", "a zip for each component of the platform in the zip")
    draft.layout["archives"] = ["components/*.zip"]
    draft.entries["descriptor.json"] = {"kind": "asset-bundle", "version": "1.0"}
    _mark(draft, "descriptor.json", "/kind", "asset-bundle")
    for kind, found in documents.items():
        place = f"components/{KINDS[kind].platform()}.zip!/{KINDS[kind].folder}"
        draft.rule(f"{place}/*.json", kind=kind)
        for index, document in enumerate(found):
            draft.entries[f"{place}/{index}.json"] = document
            draft.put(f"{place}/{index}.json", "", kind, document)
    return draft.finish()


def json_lines(documents: Documents) -> Foreign:
    """JSON lines, a file for each kind."""
    draft = Drafting("json-lines", "JSON lines, a file for each kind")
    draft.entries["dump/_info.json"] = {"dump": "v1", "version": "1.0"}
    _mark(draft, "dump/_info.json", "/dump", "v1")
    for kind, found in documents.items():
        entry = f"dump/{kind}.jsonl"
        draft.entries[entry] = lines(found)
        draft.rule(entry, "/*", kind=kind, form="json-lines")
        for index, document in enumerate(found):
            draft.put(entry, f"/{index}", kind, document)
    return draft.finish()


_OWNED: Mapping[str, tuple[str, str, str]] = {
    "app_config": ("configs", "app_id", "id"),
    "datasource": ("dataSources", "app_id", "id"),
    "api_group": ("groups", "roma_app_id", "id"),
    "backend_api": ("backends", "roma_app_id", "id"),
    "authorizer": ("authorizers", "roma_app_id", "id"),
    "scheduled_api_task": ("schedules", "roma_app_id", "id"),
    "topic": ("topics", "app_id", "key"),
    "product": ("products", "app_id", "id"),
    "api": ("apis", "group_id", "id"),
}
"""Kinds below an application, or APIs below a group: the member for them, and which field is which of the owner's."""
_COPIES = ("app_name", "roma_app_name", "group_name")


def tree(documents: Documents) -> Foreign:
    """A tree by application, whose children do not say whose they are."""
    draft = Drafting("tree", "a tree by application, whose children do not say whose they are")
    below = {kind: path for kind, path in _OWNED.items() if kind in documents and kind != "api"}
    applications = []
    for number, application in enumerate(documents["application"]):
        node: Document = dict(application)
        draft.put("tree.json", f"/applications/{number}", "application", application)
        for kind, (member, field, of) in below.items():
            own = [found for found in documents[kind] if found[field] == application[of]]
            node[member] = [_orphaned(found, field) for found in own]
            for index, document in enumerate(node[member]):
                place = f"/applications/{number}/{member}/{index}"
                whole = {**document, field: application[of]}
                draft.put("tree.json", place, kind, whole)
                if kind == "api_group":
                    document["apis"] = _apis_below(draft, documents, place, whole)
        applications.append(node)
    rest = {kind: found for kind, found in documents.items() if kind not in (*_OWNED, "application")}
    draft.entries["tree.json"] = {
        "format": "tree", "version": "1.0", "applications": applications,
        "shared": {KINDS[kind].folder: found for kind, found in rest.items()},
    }  # fmt: skip
    members = [f"/{member}" for member, _, _ in below.values()]
    draft.rule("tree.json", "/applications/*", kind="application", unused=members)
    for kind, (member, field, of) in below.items():
        more = {"unused": ["/apis"]} if kind == "api_group" else {}
        inherited = {field: f"/applications/*/{of}"}
        draft.rule("tree.json", f"/applications/*/{member}/*", kind=kind, **more, inherited=inherited)
    if "api" in documents:
        inherited = {"group_id": "/applications/*/groups/*/id", "roma_app_id": "/applications/*/id"}
        draft.rule("tree.json", "/applications/*/groups/*/apis/*", kind="api", inherited=inherited)
    for kind, found in rest.items():
        draft.rule("tree.json", f"/shared/{KINDS[kind].folder}/*", kind=kind)
        for index, document in enumerate(found):
            draft.put("tree.json", f"/shared/{KINDS[kind].folder}/{index}", kind, document)
    _mark(draft, "tree.json", "/format", "tree")
    return draft.finish()


def _apis_below(draft: Drafting, documents: Documents, place: str, group: Document) -> list[Document]:
    made: list[Document] = []
    for api in documents.get("api", ()):
        if api["group_id"] == group["id"]:
            orphan = _orphaned(_orphaned(api, "group_id"), "roma_app_id")
            draft.put("tree.json", f"{place}/apis/{len(made)}", "api", {**orphan, "group_id": group["id"],
                      "roma_app_id": group["roma_app_id"]})  # fmt: skip
            made.append(orphan)
    return made


def _orphaned(document: Document, field: str) -> Document:
    return {key: value for key, value in document.items() if key != field and key not in _COPIES}


def answers(documents: Documents) -> Foreign:
    """Pages of list answers in a top folder."""
    draft = Drafting("answers", "pages of list answers in a top folder")
    draft.entries["about.json"] = {"saved_by": "collector", "version": "1.0"}
    _mark(draft, "about.json", "/saved_by", "collector")
    for kind, found in documents.items():
        member, size = _LISTED.get(kind, "items"), 5
        for page in range(0, len(found), size):
            entry = f"answers/{kind}/page-{page // size + 1}.json"
            items = found[page : page + size]
            draft.entries[entry] = {"total": len(found), "size": len(items), member: items}
            for index, document in enumerate(items):
                draft.put(entry, f"/{member}/{index}", kind, document)
        draft.rule(f"answers/{kind}/page-*.json", f"/{member}/*", kind=kind)
    return draft.finish(below="export-20260301/")


def tables(documents: Documents) -> Foreign:
    """CSV with a header for flat kinds, and JSON for the others."""
    draft = Drafting("tables", "CSV with a header for flat kinds, and JSON for the others")
    draft.entries["tables.json"] = {"set": "tables", "version": "1.0"}
    _mark(draft, "tables.json", "/set", "tables")
    for kind, found in documents.items():
        fields = fields_of(KINDS[kind])
        flat = [
            {key: value for key, value in document.items() if not fields[key].marker(Computed)} for document in found
            if document.keys() <= fields.keys()
        ]  # fmt: skip
        if len(flat) == len(found) and all(_is_flat(document) for document in flat):
            entry, at, form, used = f"csv/{kind}.csv", "/*", "csv", flat
            draft.entries[entry] = table(flat)
        else:
            entry, at, form, used = f"json/{kind}.json", "/*", "json", found
            draft.entries[entry] = found
        draft.rule(entry, at, kind=kind, form=form)
        for index, document in enumerate(used):
            draft.put(entry, f"/{index}", kind, document)
    return draft.finish()


def _is_flat(document: Document) -> bool:
    return all(isinstance(value, (str, int)) and value != "" for value in document.values())


def maps(documents: Documents) -> Foreign:
    """Maps by id or name, whose values lack it."""
    draft = Drafting("maps", "maps by id or name, whose values lack it")
    whole: dict[str, Any] = {"schema": "maps", "version": "1.0"}
    for kind, found in documents.items():
        key_field = (id_field(KINDS[kind]) or name_field(KINDS[kind])).name
        if any(not isinstance(document[key_field], str) for document in found):
            key_field = name_field(KINDS[kind]).name
        folder = KINDS[kind].folder
        whole[folder] = {document[key_field]: _orphaned_of(document, key_field) for document in found}
        draft.rule("maps.json", f"/{folder}/*", kind=kind, inherited={key_field: "@1"})
        for document in found:
            draft.put("maps.json", f"/{folder}/{document[key_field]}", kind, document)
    draft.entries["maps.json"] = whole
    _mark(draft, "maps.json", "/schema", "maps")
    return draft.finish()


def _orphaned_of(document: Document, field: str) -> Document:
    return {key: value for key, value in document.items() if key != field}


def chinese(documents: Documents) -> Foreign:
    """Folders with Chinese names, members in PascalCase, each document in an envelope."""
    draft = Drafting("chinese", "folders with Chinese names, members in PascalCase, in envelopes")
    draft.entries["资产/说明.json"] = {"Tool": "导出", "version": "1.0"}
    _mark(draft, "资产/说明.json", "/Tool", "导出")
    for kind, found in documents.items():
        folder = f"资产/{_CHINESE.get(kind, kind)}"
        draft.rule(f"{folder}/*.json", "", kind=kind, document="/Data", names="PascalCase")
        for index, document in enumerate(found):
            entry = f"{folder}/{index}.json"
            draft.entries[entry] = {"Saved": "2026-03-01", "Data": respell(kind, document, "PascalCase")}
            draft.put(entry, "", kind, document)
    return draft.finish()


def kebab_components(documents: Documents) -> Foreign:
    """A document for each component, lists between other members, and names in kebab-case."""
    draft = Drafting("kebab-components", "a document for each component, members in kebab-case")
    draft.entries["bundle/bundle.json"] = {"bundle-type": "kebab", "version": "1.0", "parts": ["apic", "fdi"]}
    draft.layout["marks"] = {
        "entries": ["bundle/bundle.json"],
        "values": [{"entry": "bundle/bundle.json", "pointer": "/bundle-type", "value": "kebab"}],
    }
    draft.layout["version"] = {"entry": "bundle/bundle.json", "pointer": "/version"}
    for kind, found in documents.items():
        entry = f"bundle/{KINDS[kind].platform()}.json"
        member = kind.replace("_", "-")
        whole = draft.entries.setdefault(entry, {"generated": {"by": "exporter", "at": "2026-03-01"}, "count": 0})
        whole[member] = {"count": len(found), "list": [respell(kind, document, "kebab-case") for document in found]}
        draft.rule(entry, f"/{member}/list/*", kind=kind, names="kebab-case")
        for index, document in enumerate(found):
            draft.put(entry, f"/{member}/list/{index}", kind, document)
    return draft.finish()


def folders(documents: Documents) -> Foreign:
    """A folder for each application; what is in it says neither its application nor its own name."""
    draft = Drafting("folders", "a folder for each application, whose files do not say whose they are")
    draft.entries["apps.json"] = {"exporter": "folders", "version": "1.0"}
    _mark(draft, "apps.json", "/exporter", "folders")
    draft.rule("apps/*/app.json", kind="application")
    for number, application in enumerate(documents["application"]):
        folder = f"apps/{number:02}-{'abc'[number % 3]}"
        draft.entries[f"{folder}/app.json"] = application
        draft.put(f"{folder}/app.json", "", "application", application)
        for kind, (member, field, of) in _OWNED.items():
            if kind != "api":
                own = [found for found in documents.get(kind, ()) if found[field] == application[of]]
                for index, document in enumerate(own):
                    orphan = _orphaned(document, field)
                    draft.entries[f"{folder}/{member}/{index}.json"] = orphan
                    draft.put(f"{folder}/{member}/{index}.json", "", kind, {**orphan, field: application[of]})
    for kind, (member, field, of) in _OWNED.items():
        if kind in documents and kind != "api":
            draft.rule(f"apps/*/{member}/*.json", kind=kind, inherited={field: f"apps/*/app.json#/{of}"})
    for kind in documents:
        if kind == "api" or kind not in (*_OWNED, "application"):
            draft.rule(f"common/{kind}/*.json", kind=kind)
            for index, document in enumerate(documents[kind]):
                draft.entries[f"common/{kind}/{index}.json"] = document
                draft.put(f"common/{kind}/{index}.json", "", kind, document)
    return draft.finish()


def named_files(documents: Documents) -> Foreign:
    """Files that are called as the resources are, which do not say their own names."""
    draft = Drafting("named-files", "files whose names alone say what the resources are called")
    draft.entries["set.json"] = {"kind": "named", "version": "1.0"}
    _mark(draft, "set.json", "/kind", "named")
    for kind, found in documents.items():
        name = name_field(KINDS[kind]).name
        if any(not isinstance(document[name], str) for document in found):
            name = "id"
        draft.rule(f"{KINDS[kind].folder}/*.json", kind=kind, inherited={name: "entry@1"})
        for document in found:
            entry = f"{KINDS[kind].folder}/{document[name]}.json"
            draft.entries[entry] = _orphaned_of(document, name)
            draft.put(entry, "", kind, document)
    return draft.finish()


_OTHER_WORDS: Mapping[str, Mapping[str, str]] = {
    "application": {"name": "appName", "key": "appKey"},
    "api_group": {"name": "groupName"},
    "api": {"name": "apiName", "group_id": "groupId", "req_uri": "path"},
    "topic": {"name": "topicName"},
    "product": {"name": "productName"},
}


def renamed(documents: Documents) -> Foreign:
    """Lists in camelCase, with some fields that are called otherwise altogether."""
    draft = Drafting("renamed", "lists in camelCase, with some fields that are called otherwise")
    whole: dict[str, Any] = {"origin": "renamer", "version": "1.0"}
    for kind, found in documents.items():
        words = _OTHER_WORDS.get(kind, {})
        member = camel(KINDS[kind].folder)
        whole[member] = [
            {words.get(key, camel(key)): respell(kind, document, "camelCase")[camel(key)] for key in document}
            for document in found
        ]
        fields = {f"/{theirs}": ours for ours, theirs in words.items() if theirs != camel(ours)}
        more = {"fields": fields} if fields else {}
        draft.rule("data.json", f"/{member}/*", kind=kind, names="camelCase", **more)
        for index, document in enumerate(found):
            draft.put("data.json", f"/{member}/{index}", kind, document)
    draft.entries["data.json"] = whole
    _mark(draft, "data.json", "/origin", "renamer")
    return draft.finish()


def typed_lines(documents: Documents) -> Foreign:
    """JSON lines in a nested archive, whose rows have their type beside the members."""
    draft = Drafting("typed-lines", "JSON lines in a nested zip, the type beside the members")
    draft.layout["archives"] = ["payload.zip"]
    draft.entries["envelope.json"] = {"payload": "payload.zip", "version": "1.0"}
    _mark(draft, "envelope.json", "/payload", "payload.zip")
    entry, made = "payload.zip!/assets.ndjson", list[Document]()
    for kind, document in _mixed(documents):
        draft.put(entry, f"/{len(made)}", kind, document)
        made.append({"_kind": pascal(kind), **document})
    draft.entries[entry] = lines(made)
    kinds = {pascal(kind): kind for kind in documents}
    draft.rule(entry, "/*", form="json-lines", kind_at="/_kind", unused=["/_kind"], kinds=kinds)
    return draft.finish()


def manifests(documents: Documents) -> Foreign:
    """Files with kind and name in one object, and the rest of the document in another."""
    draft = Drafting("manifests", "files with the kind and the name in one object, and the rest in another")
    draft.entries["catalog.json"] = {"generator": "manifests", "version": "1.0"}
    _mark(draft, "catalog.json", "/generator", "manifests")
    kinds = {pascal(kind): kind for kind in documents if isinstance(documents[kind][0][_name(kind)], str)}
    for word, kind in kinds.items():
        for index, document in enumerate(documents[kind]):
            entry = f"all/{word[:3].lower()}{index}-{len(draft.truth)}.json"
            spec = _orphaned_of(respell(kind, document, "camelCase"), camel(_name(kind)))
            draft.entries[entry] = {"meta": {"kind": word, "name": document[_name(kind)]}, "spec": spec}
            draft.put(entry, "", kind, document)
        draft.rule(
            "all/*.json", "", kind_at="/meta/kind", kinds={word: kind}, document="/spec", names="camelCase",
            inherited={_name(kind): "./meta/name"},
        )  # fmt: skip
    return draft.finish()


def _name(kind: str) -> str:
    return name_field(KINDS[kind]).name


def flat_files(documents: Documents) -> Foreign:
    """All files in one folder, which only the beginnings of their names tell apart."""
    draft = Drafting("flat-files", "all files in one folder, told apart by the beginning of their names")
    draft.entries["about.json"] = {"format": "flat", "version": "1.0"}
    _mark(draft, "about.json", "/format", "flat")
    for kind, found in documents.items():
        for index, document in enumerate(found):
            entry = f"files/{camel(kind)}_{index}.json"
            draft.entries[entry] = respell(kind, document, "PascalCase")
            draft.put(entry, "", kind, document)
        draft.rule(f"files/{camel(kind)}_*.json", kind=kind, names="PascalCase")
    return draft.finish()


def numbered(documents: Documents) -> Foreign:
    """Rows in an archive in an archive, with a number for the kind, and members in UPPER_CASE."""
    draft = Drafting("numbered", "rows in a zip in a zip, with a number for the kind, members in UPPER_CASE")
    draft.layout["archives"] = ["outer.zip", "outer.zip!/inner.zip"]
    draft.entries["HEADER.json"] = {"DUMP_FORMAT": "numbers", "version": "1.0"}
    _mark(draft, "HEADER.json", "/DUMP_FORMAT", "numbers")
    entry, made = "outer.zip!/inner.zip!/rows.json", list[Document]()
    codes = {str(100 + number): kind for number, kind in enumerate(documents)}
    number_of = {kind: int(code) for code, kind in codes.items()}
    for kind, document in _mixed(documents):
        draft.put(entry, f"/DATA/{len(made)}", kind, document)
        made.append({"RESOURCE_TYPE": number_of[kind], "BODY": respell(kind, document, "UPPER_CASE")})
    draft.entries[entry] = {"DATA": made}
    draft.rule(entry, "/DATA/*", kind_at="/RESOURCE_TYPE", document="/BODY", names="UPPER_CASE", kinds=codes)
    return draft.finish()


def _kinds(documents: Documents) -> dict[str, str]:
    return {_code(kind): kind for kind in documents}


def _mixed(documents: Documents) -> Iterator[tuple[str, Document]]:
    """Yield the documents as rows have them: not one kind after the other."""
    for turn in range(max(map(len, documents.values()), default=0)):
        for kind, found in documents.items():
            if turn < len(found):
                yield kind, found[turn]


LAYOUTS: Mapping[str, Callable[[Documents], Foreign]] = {
    made.__name__.replace("_", "-"): made
    for made in (
        arrays, camel_files, rows, strings, components, json_lines, tree, answers, tables, maps, chinese,
        kebab_components, folders, named_files, renamed, typed_lines, manifests,
        flat_files, numbered,
    )
}  # fmt: skip
"""What makes an archive of each foreign layout of documents by kind."""


def make_foreign(name: str, documents: Documents | None = None) -> Foreign:
    """Return the archive of a layout, of the documents of every kind that packages have unless of others."""
    return LAYOUTS[name](make_documents() if documents is None else documents)


def no_assets() -> dict[str, bytes]:
    """Return an archive of documents that are no assets at all."""
    return dict(Drafting("no-assets", "documents that are no assets").finish().contents)
