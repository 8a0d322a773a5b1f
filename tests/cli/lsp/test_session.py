"""The language server as an editor has it: a process, and messages over its standard streams, with a client of others.

One session keeps many promises, since starting the process and the client is what takes time.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from assetpkg.cli.lsp.addresses import address_of
from assetpkg.cli.program import cli as program
from assetpkg.errors import AssetpkgError
from tests.build import API, DATASOURCE, GROUP, edited, encode, make_contents
from tests.cli.lsp.test_answers import API_FILE, GROUP_FILE, SECRETS
from tests.conftest import ROOT
from tests.render.html.pages import CREDENTIAL

WATCHED = """
import atexit, json, sys
seen, events = [], set()
def watch(event, arguments):
    events.add(event)
    if event.startswith(("socket.", "urllib.", "http.client", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        if event != "socket.__new__" or int(arguments[1]) != 1:  # the event loop wakes itself by a pair of its own
            seen.append(event)
sys.addaudithook(watch)
record = sys.argv[1]
atexit.register(lambda: open(record, "w").write(json.dumps(["open" in events, *seen])))
sys.argv = ["assetpkg", "lsp", "--stdio"]
from assetpkg.__main__ import main
main()
"""


class Session:
    """A client with the package that its documents are in."""

    def __init__(self, client: Any, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.version = 0

    def document(self, entry: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.address(entry))

    def address(self, entry: str) -> str:
        return address_of(self.folder / entry)

    def open(self, entry: str, text: str) -> None:
        item = types.TextDocumentItem(self.address(entry), "json", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, entry: str, text: str) -> None:
        self.version += 2
        known = types.VersionedTextDocumentIdentifier(self.version, self.address(entry))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(known, [whole]))

    async def codes(self, entry: str, wanted: Callable[[list[str]], bool]) -> list[str]:
        """Wait until the codes of what is found in a document are as they are wanted."""
        for _ in range(6_000):
            known = [str(each.code) for each in self.client.diagnostics.get(self.address(entry), [])]
            if self.address(entry) in self.client.diagnostics and wanted(known):
                return known
            await asyncio.sleep(0.05)
        raise AssertionError(self.client.diagnostics)

    def at(self, entry: str, text: str, before: str) -> dict[str, Any]:
        """Return the place before some characters of a text, counted as the protocol counts."""
        head = text[: text.index(before)]
        line = head.rpartition("\n")[2]
        position = types.Position(head.count("\n"), len(line.encode("utf-16-le")) // 2)
        return {"text_document": self.document(entry), "position": position}


def raw(client: Any, body: bytes) -> None:
    """Send bytes that no client would send."""
    client.protocol.writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)


async def session(folder: Path, record: Path) -> Any:  # noqa: PLR0915 - one process, many promises
    from pytest_lsp import ClientServerConfig

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDEVMODE": ""}
    config = ClientServerConfig([sys.executable, "-c", WATCHED, str(record)], server_env=environment)
    client: Any = await config.start()
    registered: list[str] = []
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(
        lambda params: registered.extend(each.method for each in params.registrations)
    )
    watched = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    workspace = types.WorkspaceClientCapabilities(did_change_watched_files=watched)
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8])
    begun = await client.initialize_session(
        types.InitializeParams(
            types.ClientCapabilities(workspace=workspace, general=general), root_uri=address_of(folder)
        )
    )
    assert begun.capabilities.position_encoding == types.PositionEncodingKind.Utf16
    editor = Session(client, folder)

    # Findings come while one types, here and elsewhere, and go when they are solved; with places after 订 and 😀.
    group, api = encode(GROUP).decode(), encode(API).decode()
    editor.open(GROUP_FILE, group)
    await editor.codes(GROUP_FILE, lambda found: not found)
    for cut in range(5, len(group) - 5, 9):
        editor.change(GROUP_FILE, group[:cut])
    assert await editor.codes(GROUP_FILE, bool) == ["RSC001"]
    editor.change(GROUP_FILE, group.replace("group-1", "group-2"))
    assert await editor.codes(API_FILE, bool) == ["REF001"]
    typed = '{"remark": "订单😀", "nmae": 1,' + api[1:]
    editor.open(API_FILE, typed)
    await editor.codes(API_FILE, lambda found: sorted(found) == ["REF001", "RSC016"])
    wrong = next(each for each in client.diagnostics[editor.address(API_FILE)] if each.code == "RSC016")
    assert (
        typed.splitlines()[0]
        .encode("utf-16-le")[2 * wrong.range.start.character :]
        .decode("utf-16-le")
        .startswith('"nmae"')
    )
    assert wrong.source == "assetpkg"
    assert wrong.severity is not None
    editor.change(GROUP_FILE, group)
    await editor.codes(API_FILE, lambda found: found == ["RSC016"])

    # What is asked is answered.
    place = editor.at(API_FILE, typed, "group-1")
    hover = await client.text_document_hover_async(types.HoverParams(**place))
    assert "**`group_id`** The API group that it belongs to." in hover.contents.value
    (where,) = [await client.text_document_definition_async(types.DefinitionParams(**place))]
    assert where.uri == editor.address(GROUP_FILE)
    context = types.ReferenceContext(include_declaration=False)
    users = await client.text_document_references_async(types.ReferenceParams(context=context, **place))
    assert [each.uri for each in users] == [editor.address(API_FILE)]
    half = '{"remark": "😀", "group_id": "'
    editor.change(API_FILE, half)
    place = editor.at(API_FILE, f"{half}|", "|")
    offered = await client.text_document_completion_async(types.CompletionParams(**place))
    assert [(each.label, each.text_edit.new_text) for each in offered.items] == [("orders", '"group-1"')]
    assert offered.items[0].text_edit.range.start.character == len(half) + 1 - 1
    editor.change(API_FILE, api)
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document(API_FILE)))
    assert [each.name for each in symbols] == list(API)

    # What others change is seen, too: the editor was asked to say so.
    assert registered == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    topic = editor.folder / "topics" / "order-events.json"
    saved = topic.read_bytes()
    topic.write_bytes(saved.replace(b"shop-key", b"gone-key"))
    event = types.FileEvent(address_of(topic), types.FileChangeType.Changed)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert await editor.codes("topics/order-events.json", bool) == ["REF001"]
    topic.write_bytes(saved)

    # Credentials are in nothing that is said.
    source = encode(edited(DATASOURCE, content=SECRETS)).decode()
    editor.open("datasources/orders-db.json", source)
    assert "SEC001" in await editor.codes("datasources/orders-db.json", bool)
    for before in ("password", CREDENTIAL[3:]):
        place = editor.at("datasources/orders-db.json", source, before)
        told = await client.text_document_hover_async(types.HoverParams(**place))
        assert told is not None
        assert CREDENTIAL not in told.contents.value
    assert CREDENTIAL not in repr((client.diagnostics, client.messages, client.log_messages))

    # Nonsense is answered in a sentence, without a trace of the program, and everything goes on.
    nonsense = ('"x"', '{"line": "x"}', "null", '{"line": 1e999, "character": -7}')
    for number, position in enumerate(nonsense):
        body = f'{{"jsonrpc":"2.0","id":{number + 900},"method":"textDocument/hover","params":{{"textDocument":{{"uri":"file:///%zz"}},"position":{position}}}}}'
        raw(client, body.encode())
    raw(client, b"{ no JSON")
    raw(client, b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":1}}}')
    raw(
        client,
        b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":'
        b'{"uri":"file:///%00","languageId":"json","version":1,"text":"\\ud83d"}}}',
    )
    client.text_document_did_close(
        types.DidCloseTextDocumentParams(types.TextDocumentIdentifier("file:///never-opened"))
    )
    with pytest.raises(Exception, match="Method Not Found"):
        await client.text_document_rename_async(types.RenameParams(new_name="x", **place))
    editor.change(API_FILE, api.replace('"name"', '"nmae"'))
    assert await editor.codes(API_FILE, bool)
    said = repr((client.messages, client.log_messages, client.error))
    assert not any(word in said for word in ("Traceback", ".py", "line 1", "%zz"))
    await client.shutdown_session()
    return client._server.returncode  # noqa: SLF001 - the client does not say it otherwise


def test_a_session(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "订单 100%"
    for name, content in make_contents().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    record = tmp_path / "seen.json"
    assert asyncio.run(session(folder, record)) == 0
    assert json.loads(record.read_text()) == [True], "it reached out, or the watch was asleep"
    assert capfd.readouterr().err == ""
    assert {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")
    } == make_contents()


@pytest.mark.parametrize("said", [b"", b"garbage\n" * 3, b"Content-Length: 2\r\n\r\n{}", b"Content-Length: x\r\n\r\n"])
def test_what_is_no_editor_is_told_so(said: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assetpkg", "lsp"], cwd=ROOT, input=said, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "assetpkg: standard input has ended, and no editor has begun a session there; an editor starts this\n",
    )


def test_what_is_missing_is_said_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pygls", "lsprotocol"):
        monkeypatch.delitem(sys.modules, "assetpkg.cli.lsp.server", raising=False)
        with monkeypatch.context() as patched:
            # A module of it that another test has imported would be found without it.
            for module in [name, *(each for each in sys.modules if each.startswith(f"{name}."))]:
                patched.setitem(sys.modules, module, None)
            with pytest.raises(AssetpkgError, match=r"needs the extra 'lsp' .*: pip install 'assetpkg\[lsp\]'"):
                program(["lsp"], standalone_mode=False)
    with pytest.raises(AssetpkgError, match=r"missing\.toml"):
        program(["lsp", "--config", "missing.toml"], standalone_mode=False)
