"""Packages as nobody would write them: odd but legal names, ids or none, unknown keys and files, any formatting."""

import json
import random
import re
import string
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.archive.zip import write_zip
from assetpkg.kinds.kind import fields_of, id_field
from assetpkg.kinds.markers import Computed
from assetpkg.package.index import Path, derive_id
from assetpkg.package.package import Package, load
from assetpkg.package.packing import dump

laws = settings()
"""As many examples as the profile says that the run has (`tests/conftest.py`)."""

Draw = Callable[[st.SearchStrategy[Any]], Any]
Document = dict[str, Any]

LETTERS = string.ascii_letters + string.digits
CHINESE = "订单中心库存服务测试龥一"
UNSAFE = "%/\\:*?|~#.;,!@$^+= -_[]{}\u3000é\u0301ßİıµℌ①\u200b\u202e😀\x7f"


def _names(alphabet: str, pattern: str, odd: Sequence[str], least: int = 1) -> st.SearchStrategy[str]:
    drawn = st.text(alphabet, min_size=least, max_size=12).filter(lambda name: re.fullmatch(pattern, name) is not None)
    return st.one_of(drawn, st.sampled_from([name for name in odd if len(name) >= least]))


APPLICATION_NAMES = _names(
    LETTERS + CHINESE + "_. ()（）-",
    r"[\u4e00-\u9fa5a-zA-Z0-9_. ()（）-]+",
    [
        "Shop",
        "shop",
        "SHOP",
        "CON",
        "aux.txt",
        "nul .tar",
        ".",
        "..",
        " a",
        "a ",
        "a.json",
        "a",
        "订单中心",
        "（订单）",
    ],
)
DATASOURCE_NAMES = _names(
    LETTERS + CHINESE + UNSAFE,
    r"""[ \t\u3000]*[^&<>"'() \t\u3000][^&<>"'()]*""",
    ["orders", "Orders", "orders#2", "a/b", "a%2Fb", "e\u0301", "é", "x~1", "PRN", "订" * 80, "x" * 255, "订/单"],
)
TASK_NAMES = _names(LETTERS + "._-", r"[a-zA-Z0-9][a-zA-Z0-9._-]*", ["con", "Sync.json", "sync.json", "a.."], least=3)
API_NAMES = _names(
    LETTERS + CHINESE + ":._()\\/（）：、-",
    r"[a-zA-Z0-9\u4e00-\u9fa5][a-zA-Z0-9:._()\\/\u4e00-\u9fa5\uff08\uff09\uff1a\u3001-]*",
    ["get/order", "GET/order", "c:\\temp", "查询库存", "a.json", "a..", "com1.json"],
    least=3,
)
TOPIC_NAMES = _names(LETTERS + "_-", r"[a-zA-Z][a-zA-Z0-9_-]*", ["orders", "ORDERS", "con", "lpt1"], least=3)

PREFIXES = st.text(LETTERS + "_-", min_size=1, max_size=8).filter(lambda prefix: prefix[0].isalnum())
"""Prefixes that applications and tasks may have alike."""

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS + CHINESE + "/~ ", max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
UNKNOWN_KEYS = st.dictionaries(st.text(LETTERS + CHINESE + "/~", max_size=4).map("x-".__add__), JSON, max_size=2)
UNKNOWN_FILES = st.dictionaries(
    st.sampled_from(
        [
            "README.md",
            "docs/订单.txt",
            "apis/notes.txt",
            "applications/Shop.json.bak",
            "other/a.json",
            ".hidden",
            "empty",
        ]
    ),
    st.binary(max_size=30),
    max_size=3,
)


@st.composite
def packages(draw: Draw, *, unknown: bool = True) -> Package:
    """Draw a valid package: every reference leads somewhere, no name and no id is there twice."""
    documents = _resources(draw)
    if unknown:
        odd = cycle([*draw(st.lists(UNKNOWN_KEYS, max_size=3)), {}])
        documents = [(kind, {**document, **next(odd)}) for kind, document in documents]
    package = Package.new("订单").with_resources(draw(st.permutations(documents)))
    contents = {name: reformatted(draw, json.loads(entry.read())) for name, entry in package.archive.entries.items()}
    if unknown:
        contents |= {name: content for name, content in draw(UNKNOWN_FILES).items() if name not in contents}
    return load(Archive.from_contents(contents))


def reformatted(draw: Draw, document: Any) -> bytes:
    """Write a document in one of the ways in which JSON may be written; the first member stays the first."""
    indent, colon, escaped = draw(
        st.sampled_from([(None, ":", False), (None, " : ", True), (3, ": ", False), ("\t", ":", True)])
    )
    text = json.dumps(document, indent=indent, separators=(",", colon), ensure_ascii=escaped)
    before, after, line = draw(
        st.sampled_from([("", "", "\n"), ("\n ", "\n\n", "\n"), ("", "\r\n", "\r\n"), ("\t", " ", "\n")])
    )
    return f"{before}{text}{after}".replace("\n", line).encode()


def _resources(draw: Draw) -> list[tuple[str, Document]]:
    applications = [
        _identified(draw, Path("application", (name,)), "id", {"name": name, "key": f"key-{number}"})
        for number, name in enumerate(_some(draw, APPLICATION_NAMES, 3, least=1))
    ]
    ids = [known for known, _ in applications]
    sources = [_datasource(draw, name, draw(st.sampled_from(ids))) for name in _some(draw, DATASOURCE_NAMES, 3)]
    tasks = _tasks(draw, [known for known, _ in sources]) if sources else []
    groups = _groups(draw, ids, [document["name"] for _, document in applications])
    topics = [
        {"name": name, "app_id": f"key-{draw(st.integers(0, len(ids) - 1))}", "access_policy": "all"}
        for name in _some(draw, TOPIC_NAMES, 2)
    ]
    return [
        *(("application", document) for _, document in applications),
        *(("datasource", document) for _, document in sources),
        *tasks,
        *groups,
        *(("topic", document) for document in topics),
    ]


def _some(draw: Draw, names: st.SearchStrategy[str], most: int, least: int = 0) -> list[str]:
    drawn: list[str] = draw(st.lists(names, min_size=least, max_size=most, unique=True))
    return drawn


def _identified(draw: Draw, path: Path, field: str, document: Document) -> tuple[str, Document]:
    """Return the id of a new resource, and its document with that id or without one."""
    if draw(st.booleans()):
        known = derive_id(Path("given", (path.kind, *path.names)))
        return known, {field: known, **document}
    return derive_id(path), document


def _datasource(draw: Draw, name: str, application: str) -> tuple[str, Document]:
    kind, content = draw(
        st.sampled_from(
            [
                ("MYSQL", {"host": "db.example.com", "port": "3306", "mode": ""}),
                ("KAFKA", {"broker": "a:9092,b:9092", "ssl_enable": False}),
                ("ORACLE", {"mode": "multiAddress", "multi_oracle_address": [{"oracle_address": "a"}]}),
                ("API", {"url": "https://example.com/订单", "api_auth_detail": {"auth_method": "none"}}),
            ]
        )
    )
    document = {"datasource_name": name, "datasource_type": kind, "app_id": application, "content": dict(content)}
    return _identified(draw, Path("datasource", (name,)), "datasource_id", document)


def _tasks(draw: Draw, sources: Sequence[str]) -> list[tuple[str, Document]]:
    source = st.sampled_from(sources)
    names = _some(draw, TASK_NAMES, 3)
    found: list[tuple[str, Document]] = []
    for number, name in enumerate(names):
        if number % 2:
            mapping = {"source_datasource_id": draw(source), "target_datasource_id": draw(source), "source_table": "t"}
            found.append(
                ("composite_task", {"task_name": name, "operation_types": ["INSERT", "DELETE"], "mappings": [mapping]})
            )
            continue
        detail = {"mapping": [{"from": "a", "to": "b"}], "n": number}
        found.append(
            (
                "task",
                {
                    "task_name": name,
                    "task_type": "TIMING",
                    "source_datasource_id": draw(source),
                    "target_datasource_id": draw(source),
                    "task_detail": json.dumps(detail),
                },
            )
        )
    return found


def _groups(draw: Draw, applications: Sequence[str], names: Sequence[str]) -> list[tuple[str, Document]]:
    found: list[tuple[str, Document]] = []
    for name in _some(draw, API_NAMES, 2):
        owner = draw(st.none() | st.integers(0, len(applications) - 1))
        document = {"name": name, **({} if owner is None else {"version": "V2", "roma_app_id": applications[owner]})}
        above = () if owner is None else (names[owner],)
        known, group = _identified(draw, Path("api_group", (*above, name)), "id", document)
        found.append(("api_group", group))
        found.extend(("api", _api(draw, at, api, known)) for at, api in enumerate(_some(draw, API_NAMES, 3)))
    return found


def _api(draw: Draw, number: int, name: str, group: str) -> Document:
    parameters = [
        {"name": word, "location": place, "type": "STRING", "required": 2}
        for word, place in draw(
            st.sampled_from([[], [("id", "QUERY")], [("id", "QUERY"), ("id", "HEADER"), ("a", "PATH")]])
        )
    ]
    return {
        "name": name,
        "group_id": group,
        "type": 1,
        "req_protocol": "HTTPS",
        "req_method": "GET",
        "req_uri": f"/orders/{number}",
        "auth_type": "APP",
        "tags": ["a", "b"],
        "req_params": parameters,
        "backend_type": "MOCK",
        "mock_info": {"result_content": "{}", "header": '[{"key": "a", "value": "b"}]'},
    }


def pack(package: Package, *, order: random.Random | None = None) -> bytes:
    """Return the bytes of the package's zip; `order` shuffles what the writer is given."""
    entries = [(name, entry.read()) for name, entry in dump(package).entries.items()]
    if order is not None:
        order.shuffle(entries)
    return b"".join(write_zip(entries))


def unpacked(content: bytes) -> Package:
    """Read a zip in memory."""
    return load(parse_archive(content, origin="package.zip"))


def contents_of(package: Package) -> dict[str, bytes]:
    """Return every entry with its bytes."""
    return {name: entry.read() for name, entry in package.archive.entries.items()}


def documents_of(package: Package) -> dict[str, Document]:
    """Return every resource's document by its address."""
    return {resource.address: package.document(resource.address) for resource in package.resources}


def snapshot_of(package: Package, chance: random.Random) -> Document:
    """Return a snapshot that means the same as the package: other ids, other order, defaults and times written out."""
    ids = {resource.id: f"other-{number}" for number, resource in enumerate(package.resources)}
    resources: dict[str, list[Document]] = {}
    for resource in package.resources:
        document = package.document(resource.address)
        for reference in resource.references:
            found = package.index.resolve(reference)
            if found is not None and found.id == reference.value:
                replace_at(document, reference.pointer, ids[found.id])
        fields = fields_of(resource.kind)
        written = {name: field.default for name, field in fields.items() if chance.random() < 0.5}
        made = {name: f"made-{name}" for name, field in fields.items() if field.marker(Computed)}
        known = id_field(resource.kind)
        own = {known.name: ids[resource.id]} if known else {}
        if "task_detail" in document:
            document["task_detail"] = json.dumps(json.loads(document["task_detail"]), indent=4, sort_keys=True)
        resources.setdefault(resource.path.kind, []).append(shuffled({**written, **made, **document, **own}, chance))
    for members in resources.values():
        chance.shuffle(members)
    return {
        "format": "assetpkg-snapshot/1",
        "name": "target",
        "covers": ["application", "datasource", "task", "composite_task", "api_group", "api", "topic"],
        "resources": resources,
    }


def shuffled(document: Mapping[str, Any], chance: random.Random) -> Document:
    """Return the document with its keys, and the lists whose order means nothing, in another order."""
    keys = list(document)
    chance.shuffle(keys)
    turned = {key: document[key] for key in keys}
    for key in ("operation_types", "tags", "req_params", "mappings"):
        if isinstance(turned.get(key), list):
            turned[key] = chance.sample(turned[key], len(turned[key]))
    return turned


def replace_at(document: Any, pointer: str, value: Any) -> None:
    """Put `value` where a JSON pointer leads."""
    *above, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    for step in above:
        document = document[int(step)] if isinstance(document, list) else document[step]
    document[int(last) if isinstance(document, list) else last] = value
