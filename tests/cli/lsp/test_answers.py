"""What is answered from a package around a document: findings, meanings, places and proposals."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt

from assetpkg.archive.archive import Archive
from assetpkg.cli.lsp import hover, leads, proposals
from assetpkg.cli.lsp.addresses import address_of
from assetpkg.cli.lsp.desk import Asked, Desk
from assetpkg.cli.lsp.findings import Shown
from assetpkg.cli.lsp.texts import Text
from assetpkg.resource.inspection import inspect
from assetpkg.settings.file import find_settings
from tests.build import API, APPLICATION, DATASOURCE, DOCUMENTS, GROUP, TASK, edited, encode, make_contents
from tests.conftest import SAMPLES
from tests.render.html.pages import CREDENTIAL, HOSTILE
from tests.rules.plugged import HEAD, forget

API_FILE, GROUP_FILE, TASK_FILE = (
    "apis/Shop/orders/get-order.json",
    "api_groups/Shop/orders.json",
    "tasks/sync_orders.json",
)
DETAIL = {"note": "订单😀", "steps": [{"datasource": "a1b2c3d4e5f60718293a4b5c6d7e8f90"}]}
SECRETS = {**DATASOURCE["content"], "user_name": "app", "password": CREDENTIAL}

TOPIC_RULE = """
@rule("ACME001", "topic-seen", "warning")
def topic_seen(package):
    '''A topic was seen.'''
    for topic in package.index.resources_of("topic"):
        yield Problem(message="was seen", address=topic.address)
"""


class Editor:
    """A desk with everything that it says; documents are named by their entries."""

    def __init__(self, folder: Path, *, plugins: bool = False) -> None:
        self.folder = folder
        self.told: dict[str, Sequence[Shown]] = {}
        self.published: list[str] = []
        self.complaints: list[str] = []
        self.desk = Desk(find_settings, self._publish, self.complaints.append, plugins=plugins)

    def _publish(self, address: str, version: int | None, found: Sequence[Shown]) -> None:
        del version
        self.published.append(address)
        self.told[address] = found

    def put(self, entry: str, document: Any) -> None:
        text = document if isinstance(document, str) else encode(document).decode()
        self.desk.put(address_of(self.folder / entry), text, len(self.published))

    def codes(self) -> dict[str, list[str]]:
        """Return the codes of the findings, by the entries that have some, after another look."""
        self.desk.look()
        told = {address: sorted({each.code for each in found}) for address, found in self.told.items() if found}
        names = {address_of(path): path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.json")}
        return {names.get(address, address): codes for address, codes in told.items()}

    def ask(self, entry: str, text: str) -> Asked:
        """Ask about the place of the mark in a text that is typed into a document."""
        self.put(entry, text.replace("‸", ""))
        self.desk.look()
        asked = self.desk.ask(address_of(self.folder / entry), Text(text).position(text.index("‸")))
        assert asked is not None
        return asked

    def hover(self, entry: str, text: str) -> str:
        asked = self.ask(entry, text)
        return hover.tell(asked.point, asked.project, asked.entry, asked.found) or ""

    def propose(self, entry: str, text: str) -> dict[str, str]:
        """Return the proposals by their labels, each with what the document would be."""
        asked = self.ask(entry, text)
        found, is_all = proposals.propose(asked.point, asked.project)
        assert is_all
        whole = asked.text.text
        return {each.label: whole[: each.start] + each.new + whole[each.end :] for each in found}

    def lines(self, places: Sequence[leads.Place]) -> list[tuple[str, str]]:
        """Return the entries of places, and what is written there."""
        found = []
        for path, (start, end) in places:
            text = Text(Path(path).read_text(encoding="utf-8"))
            found.append(
                (Path(path).relative_to(self.folder).as_posix(), text.text[text.offset(start) : text.offset(end)])
            )
        return found


def make(folder: Path, contents: Mapping[str, bytes]) -> Editor:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return Editor(folder)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    folder = tmp_path / "订单 100%"
    return make(folder, make_contents({TASK_FILE: edited(TASK, task_detail=json.dumps(DETAIL))}))


def marked(document: Any, before: str) -> str:
    """Return a document with the cursor before these characters of its text."""
    text = encode(document).decode()
    at = text.index(before)
    return f"{text[:at]}‸{text[at:]}"


def test_what_is_typed_is_judged_with_all_that_it_changes_elsewhere(editor: Editor) -> None:
    editor.put(GROUP_FILE, GROUP)
    assert editor.codes() == {}
    editor.put(GROUP_FILE, edited(GROUP, id="group-2"))
    assert editor.codes() == {API_FILE: ["REF001"]}
    place = editor.told[address_of(editor.folder / API_FILE)][0].range
    assert editor.lines([leads.Place(str(editor.folder / API_FILE), place)]) == [(API_FILE, '"group-1"')]
    editor.put(API_FILE, edited(API, group_id="group-2", nmae="x"))
    assert editor.codes() == {API_FILE: ["RSC016"]}
    editor.put(API_FILE, edited(API, group_id="group-2"))
    assert editor.codes() == {}


def test_what_is_closed_counts_as_it_is_saved_and_is_cleared_with_the_last(editor: Editor) -> None:
    editor.put(GROUP_FILE, edited(GROUP, id="group-2"))
    editor.put(API_FILE, API)
    assert editor.codes() == {API_FILE: ["REF001"]}
    editor.desk.drop(address_of(editor.folder / GROUP_FILE))
    assert editor.codes() == {}
    (editor.folder / GROUP_FILE).write_bytes(encode(edited(GROUP, id="group-3")))
    assert editor.codes() == {API_FILE: ["REF001"]}
    editor.desk.drop(address_of(editor.folder / API_FILE))
    assert editor.codes() == {}


def test_half_a_document_has_one_finding_and_harms_no_other(editor: Editor) -> None:
    text = encode(GROUP).decode()
    for cut in range(1, len(text) - 1, 7):
        editor.put(GROUP_FILE, text[:cut])
        assert editor.codes() == {GROUP_FILE: ["RSC001"]}
        assert len(editor.told[address_of(editor.folder / GROUP_FILE)]) == 1
    editor.put(GROUP_FILE, GROUP)
    assert editor.codes() == {}
    editor.put("manifest.json", '{"format": ')
    assert list(editor.codes()) == ["manifest.json"]


def test_only_what_changed_is_read_again(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noting(kind: Any, entry: str, *rest: Any, **more: Any) -> Any:
        read.append(entry)
        return inspect(kind, entry, *rest, **more)

    monkeypatch.setattr("assetpkg.package.loading.inspect", noting)
    editor.put(API_FILE, API)
    editor.codes()
    assert sorted(read) == sorted(DOCUMENTS)
    read.clear()
    editor.put(API_FILE, edited(API, remark="x"))
    editor.codes()
    assert read == [API_FILE]
    published = len(editor.published)
    editor.codes()
    assert len(editor.published) == published, "nothing is said twice"


def test_a_meaning_has_its_page_and_what_is_referred_to(editor: Editor) -> None:
    told = editor.hover(API_FILE, marked(API, "group-1"))
    assert "**`group_id`** The API group that it belongs to." in told
    assert "→ API group `api_group/Shop/orders` in `api_groups/Shop/orders.json`; it is used in 1 place." in told
    assert "](<https://support.huaweicloud.com/" in told
    assert "One of: `" in editor.hover(API_FILE, marked(API, "HTTPS"))
    assert "no resource of this package" in editor.hover(API_FILE, marked(edited(API, group_id="gone"), "gone"))
    told = editor.hover(API_FILE, marked(edited(API, nmae="x"), "nmae"))
    assert told.startswith("**RSC016** "), told
    assert "**`asset_version`** The version of the asset format" in editor.hover(
        "manifest.json", marked({"format": "assetpkg/1", "asset_version": "1.0"}, "asset_v")
    )


def test_of_many_rules_it_is_said_how_many_more_there_are(editor: Editor) -> None:
    asked = editor.ask(API_FILE, "‸{}")
    found = [Shown(asked.found[0].range, 1, f"RSC10{number}", "", "A title", "a source", None) for number in range(7)]
    told = hover.tell(None, asked.project, asked.entry, found)
    assert told is not None
    assert "**RSC104**" in told
    assert "**RSC105**" not in told
    assert told.endswith("… and 2 more rules.")


def test_what_refers_and_what_is_referred_to_are_found(editor: Editor) -> None:
    asked = editor.ask(API_FILE, marked(API, "group-1"))
    place = leads.define(asked.point, asked.project)
    assert place is not None
    assert editor.lines([place]) == [(GROUP_FILE, '"orders"')]
    asked = editor.ask("datasources/orders-db.json", marked(DATASOURCE, "ds-1"))
    found = leads.refer(asked.point, asked.project, asked.entry, definition=True)
    assert sorted(editor.lines(found)) == [
        ("datasources/orders-db.json", '"orders-db"'),
        (TASK_FILE, '"ds-1"'),
        (TASK_FILE, '"ds-1"'),
    ]
    asked = editor.ask(API_FILE, marked(edited(API, group_id="gone"), "gone"))
    assert leads.define(asked.point, asked.project) is None
    assert leads.refer(asked.point, asked.project, asked.entry) == []


def test_a_document_in_a_string_is_one(editor: Editor) -> None:
    known = DETAIL["steps"][0]["datasource"]  # type: ignore[index]
    other = edited(DATASOURCE, datasource_id=known, datasource_name="inside")
    editor.put("datasources/inside.json", other)
    (editor.folder / "datasources" / "inside.json").write_bytes(encode(other))
    task = edited(TASK, task_detail=json.dumps(DETAIL))
    asked = editor.ask(TASK_FILE, marked(task, known[9:]))
    assert asked.point is not None
    assert asked.text.text[asked.point.start : asked.point.end] == f'\\"{known}\\"'
    place = leads.define(asked.point, asked.project)
    assert place is not None
    assert editor.lines([place]) == [("datasources/inside.json", '"inside"')]


def test_texts_in_files_of_their_own_are_where_they_are(tmp_path: Path) -> None:
    file = "tasks/sync_orders.task_detail.json.txt"
    known = DETAIL["steps"][0]["datasource"]  # type: ignore[index]
    inside = edited(DATASOURCE, datasource_id=known, datasource_name="inside")
    task = edited(TASK, task_detail={"$file": Path(file).name})
    contents = {TASK_FILE: task, file: encode(DETAIL), "datasources/inside.json": inside}
    editor = make(tmp_path / "p", make_contents(contents))
    asked = editor.ask("datasources/inside.json", marked(inside, known))
    found = leads.refer(asked.point, asked.project, asked.entry)
    assert editor.lines(found) == [(file, f'"{known}"')]
    assert editor.codes() == {}
    editor.put(TASK_FILE, edited(task, source_datasource_id="ds-9"))
    assert editor.codes() == {TASK_FILE: ["REF001"]}
    place = editor.told[address_of(editor.folder / TASK_FILE)][0].range
    assert place.start == Text(encode(task).decode()).position(encode(task).decode().index('"ds-1"'))
    editor.put(TASK_FILE, task)
    editor.put(file, "{")
    address = address_of(editor.folder / file)
    assert [each.code for each in editor.told.get(address, ())] == []
    editor.desk.look()
    assert [each.code for each in editor.told[address]] == ["RSC022"]
    assert editor.desk.ask(address, Text("").position(0)) is not None
    editor.put(file, encode(DETAIL).decode())
    assert editor.codes() == {}


def test_what_may_be_written_is_proposed(editor: Editor) -> None:
    found = editor.propose(API_FILE, '{"name": "x", "group_id": ‸}')
    assert found == {"orders": '{"name": "x", "group_id": "group-1"}'}
    assert editor.propose(API_FILE, '{"group_id": "gro‸"}') == {"orders": '{"group_id": "group-1"}'}
    assert editor.propose(API_FILE, '{"req_protocol": "‸')["HTTPS"] == '{"req_protocol": "HTTPS"'
    members = editor.propose(API_FILE, '{"name": "x", ‸}')
    assert members["group_id"] == '{"name": "x", "group_id": }'
    assert "name" not in members
    assert editor.propose(API_FILE, '{"nam‸": "x"}')["name"] == '{"name": "x"}'
    assert "MYSQL" in editor.propose("datasources/orders-db.json", '{"datasource_type": "‸"}')
    inside = editor.propose("datasources/orders-db.json", '{"datasource_type": "MYSQL", "content": {‸}}')
    assert "host" in inside
    assert "group_id" not in inside


def test_no_credential_is_in_any_answer(tmp_path: Path) -> None:
    source = edited(DATASOURCE, content=SECRETS)
    named = edited(APPLICATION, id="app-2", name=f"password={CREDENTIAL}", key="k2")
    editor = make(tmp_path / "p", make_contents({"applications/two.json": named}))
    told = editor.hover("datasources/orders-db.json", marked(source, CREDENTIAL[3:]))
    assert "A credential: nothing of it is shown." in told
    text = encode(edited(source, app_id="")).decode().replace('"app_id": "', '"app_id": "‸')
    said = [told, repr(editor.propose("datasources/orders-db.json", text).keys())]
    said.append(editor.hover("applications/two.json", marked(named, "name")))
    said.append(editor.hover("datasources/orders-db.json", marked(edited(source, app_id="app-2"), "app-2")))
    assert "→ integration application" in said[-1]
    editor.put("datasources/orders-db.json", edited(source, content={**SECRETS, "token": CREDENTIAL}))
    assert "SEC001" in str(editor.codes())
    said += [repr(editor.told), *editor.complaints]
    assert CREDENTIAL not in "".join(said)
    asked = editor.ask("datasources/orders-db.json", marked(source, CREDENTIAL))
    assert proposals.propose(asked.point, asked.project) == ([], True)


def test_names_of_strangers_are_no_marks(tmp_path: Path) -> None:
    names = [*HOSTILE, "a|b `x` @user [link](http://example.com)", "::error::x"]
    apps = {
        f"applications/{number}.json": edited(APPLICATION, id=f"app-{number}", name=name, key=f"key-{number}")
        for number, name in enumerate(names, 10)
    }
    editor = make(tmp_path / "p", make_contents(apps))
    for number in range(10, 10 + len(names)):
        told = editor.hover(GROUP_FILE, marked(edited(GROUP, roma_app_id=f"app-{number}"), f"app-{number}"))
        assert "→ integration application" in told
        tokens = MarkdownIt("commonmark", {"linkify": False}).parse(told)
        inline = [each for token in tokens for each in (token.children or [])]
        assert not [each for each in [*tokens, *inline] if each.type in {"html_block", "html_inline", "image"}]
        hrefs = [str(each.attrs["href"]) for each in inline if each.type == "link_open"]
        assert all(href.startswith("https://support.huaweicloud.com/") for href in hrefs)
        assert not any(each in told for each in ("\x1b", "\u202e", "\x00"))
    asked = editor.ask(GROUP_FILE, '{"roma_app_id": "‸"}')
    labels = [each.label for each in proposals.propose(asked.point, asked.project)[0]]
    assert len(labels) == len(names) + 1
    assert not any(set(label) & set("\x1b\u202e\x00\n") for label in labels)


def test_settings_are_those_of_the_folder_and_what_is_wrong_with_them_is_said_once(editor: Editor) -> None:
    settings = editor.folder.parent / "assetpkg.toml"
    settings.write_text('ignore = ["REF"]')
    editor.put(GROUP_FILE, edited(GROUP, id="group-2"))
    assert editor.codes() == {}
    settings.write_text('ignroe = ["REF"]')
    assert editor.codes() == editor.codes() == {API_FILE: ["REF001"]}
    assert len(editor.complaints) == 1
    assert "did you mean 'ignore'?" in editor.complaints[0]


def test_a_plug_in_is_loaded_only_where_the_user_has_allowed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, library = "acme_rules_of_an_editor", tmp_path / "library"
    library.mkdir()
    (library / f"{name}.py").write_text(f"{HEAD}open({str(tmp_path / 'it ran')!r}, 'w').close()\n{TOPIC_RULE}")
    monkeypatch.syspath_prepend(library)
    settings = f'plugins = ["{name}"]\nignore = ["ACME002"]\nseverity = {{ REF001 = "info" }}\n'
    (tmp_path / "assetpkg.toml").write_text(settings)
    editor = make(tmp_path / "p", make_contents())
    editor.put(GROUP_FILE, edited(GROUP, id="group-2"))
    assert editor.codes() == {API_FILE: ["REF001"]}
    assert [each.gravity for found in editor.told.values() for each in found] == [3], "the rest of them holds"
    assert not (tmp_path / "it ran").exists()
    (said,) = editor.complaints
    assert name in said
    assert "--allow-plugins" in said
    (tmp_path / "assetpkg.toml").write_text(settings.replace("ACME002", "ACME001"))
    allowed = Editor(editor.folder, plugins=True)
    allowed.put(GROUP_FILE, GROUP)
    try:
        assert allowed.codes() == {}
        assert (tmp_path / "it ran").exists()
        (tmp_path / "assetpkg.toml").write_text(settings.partition("ignore")[0])
        assert "ACME001" in str(allowed.codes())
        assert allowed.complaints == []
    finally:
        sys.modules.pop(name, None)
        forget()


def test_a_folder_of_a_layout_that_is_taught_has_findings_in_its_own_files(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    with ZipFile(SAMPLES / "export.zip") as export:
        export.extractall(folder)
    shutil.copy(SAMPLES / "export.toml", tmp_path)
    (tmp_path / "assetpkg.toml").write_text('layouts = { export = "export.toml" }')
    editor = Editor(folder)
    rows = json.loads((folder / "rows.json").read_text())
    editor.put("rows.json", json.dumps(rows))
    clean = editor.codes()
    row = next(each for each in rows["rows"] if each["type"] == "TOPIC")
    row["content"] = json.dumps({**json.loads(row["content"]), "nmae": 1})
    editor.put("rows.json", json.dumps(rows))
    found = editor.codes()
    assert "RSC016" in found["rows.json"]
    assert "RSC016" not in clean.get("rows.json", [])
    asked = editor.desk.ask(address_of(folder / "rows.json"), Text("x").position(0))
    assert asked is not None
    assert asked.point is None


def test_what_is_in_no_package_or_too_large_is_nothing_to_speak_of(tmp_path: Path, editor: Editor) -> None:
    (tmp_path / "lone.json").write_text("{")
    editor.desk.put(address_of(tmp_path / "lone.json"), "{", 1)
    editor.desk.put("untitled:one", "{", 1)
    editor.put("remarks.txt", "not a document: {")
    editor.put("new folder/😀.json", "{")
    assert set(map(tuple, editor.codes().values())) == {("PKG030",)}
    assert not editor.told[address_of(tmp_path / "lone.json")]
    assert editor.desk.ask(address_of(tmp_path / "lone.json"), Text("").position(0)) is None
    editor.put(API_FILE, " " * 5_000_001 + json.dumps(API))
    assert editor.codes()
    asked = editor.desk.ask(address_of(editor.folder / API_FILE), Text("").position(0))
    assert asked is not None
    assert asked.point is None


def test_each_package_has_its_own_findings_also_one_inside_another(tmp_path: Path, editor: Editor) -> None:
    inner = make(editor.folder / "vendor" / "inner", make_contents())
    other = make(tmp_path / "other", make_contents())
    for each in (inner, other):
        editor.desk.put(address_of(each.folder / GROUP_FILE), encode(edited(GROUP, id="group-2")).decode(), 1)
    editor.desk.look()
    found = {address for address, found in editor.told.items() if any(each.code == "REF001" for each in found)}
    assert found == {address_of(each.folder / API_FILE) for each in (inner, other)}
    text = Text(encode(API).decode())
    editor.desk.put(address_of(inner.folder / API_FILE), text.text, 1)
    asked = editor.desk.ask(address_of(inner.folder / API_FILE), text.position(text.text.index("group-1")))
    assert asked is not None
    assert asked.project.folder == str(inner.folder)


def test_an_entry_is_shared_only_while_it_is_the_same(tmp_path: Path) -> None:
    from assetpkg.archive.archive import read_archive

    make(tmp_path, make_contents())
    before = read_archive(tmp_path).with_contents({API_FILE: b"1", GROUP_FILE: b"2"})
    (tmp_path / TASK_FILE).write_bytes(b"{}")
    after = read_archive(tmp_path).with_contents({API_FILE: b"1", GROUP_FILE: b"3"})
    shared = after.sharing(before, without={"topics/order-events.json"})
    same = {name for name, entry in shared.entries.items() if entry is before.entries[name]}
    assert same == set(before.entries) - {GROUP_FILE, TASK_FILE, "topics/order-events.json"}
    assert shared.entries[TASK_FILE].read() == b"{}"
    assert Archive.from_contents({"a": b"1"}).sharing(after).entries["a"].read() == b"1"
