"""The protocol: what an editor says is put on the desk, and what it asks is answered in its own terms.

Nothing goes over a network: the server speaks over standard input and output alone. Whatever fails, the editor is
told a sentence, and the server goes on.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from assetpkg import __version__
from assetpkg.cli.lsp import hover, leads, outline, proposals
from assetpkg.cli.lsp.addresses import address_of
from assetpkg.cli.lsp.desk import Asked, Desk
from assetpkg.cli.lsp.findings import Shown
from assetpkg.cli.lsp.texts import Position, Range
from assetpkg.settings.settings import Settings

_FAILED = "assetpkg could not answer this, and goes on; what it was asked is not shown here"
_SYMBOLS = {"{": types.SymbolKind.Object, "[": types.SymbolKind.Array, '"': types.SymbolKind.String}
_COMPLETIONS = {
    "member": types.CompletionItemKind.Property,
    "reference": types.CompletionItemKind.Reference,
    "word": types.CompletionItemKind.EnumMember,
}


class _Protocol(LanguageServerProtocol):
    """The protocol of pygls, whose failures say nothing of how the program is made, and whose units are of UTF-16."""

    was_begun = False
    """Whether an editor has begun a session."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message; one that is not valid is answered, where it asks for an answer."""
        try:
            message = super().structure_message(data)
        except JsonRpcException as error:
            if isinstance(data.get("id"), (int, str)) and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise
        if isinstance(message, types.InitializeRequest):
            self.was_begun = True
            if message.params.capabilities.general is not None:
                message.params.capabilities.general.position_encodings = None
        return message

    def _send_response(
        self, msg_id: str | int, result: Any | None = None, error: types.ResponseError | None = None
    ) -> None:
        if error is not None and (error.data is not None or error.code == types.ErrorCodes.InternalError):
            error = types.ResponseError(code=error.code, message=_FAILED)
        super()._send_response(msg_id, result, error)


class Server(LanguageServer):
    """The language server, with the desk on which everything that it knows is."""

    def __init__(self, settle: Callable[[Path], Settings], *, plugins: bool) -> None:
        """Take what returns the settings for a folder, and whether the plug-ins that they name may be loaded."""
        super().__init__(
            "assetpkg",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        self.desk = Desk(settle, self._publish, self._complain, plugins=plugins)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say that something failed, and nothing of how: the words of an error may be those of a document."""
        del error, source
        self.window_log_message(types.LogMessageParams(type=types.MessageType.Error, message=_FAILED))

    def _publish(self, address: str, version: int | None, found: Sequence[Shown]) -> None:
        diagnostics = [_diagnostic(each) for each in found]
        parameters = types.PublishDiagnosticsParams(uri=address, version=version, diagnostics=diagnostics)
        self.text_document_publish_diagnostics(parameters)

    def _complain(self, sentence: str) -> None:
        from assetpkg.render.screen import printable

        message = f"assetpkg: {printable(sentence)}"
        self.window_show_message(types.ShowMessageParams(type=types.MessageType.Warning, message=message))


def serve(settle: Callable[[Path], Settings], *, plugins: bool = False) -> bool:
    """Serve the editor at standard input and output until it ends, and say whether there was one.

    `settle` returns the settings for a folder; only where `plugins` are allowed are those loaded that they name.
    """
    server = Server(settle, plugins=plugins)
    for name, answer, options in _ANSWERS:
        server.feature(name, options)(answer)
    # What is logged could be read by nobody, and holds what is in documents.
    logging.disable(logging.CRITICAL)
    server.desk.start()
    output = _Kept(sys.stdout.buffer)
    try:
        # What anybody else writes must not be between two messages.
        with redirect_stdout(sys.stderr):
            server.start_io(sys.stdin.buffer, output)  # type: ignore[arg-type]
    finally:
        server.desk.close()
        logging.disable(logging.NOTSET)
    return isinstance(server.protocol, _Protocol) and server.protocol.was_begun


class _Kept:
    """Standard output, which is not closed when the editor ends: the program does that by itself."""

    def __init__(self, stream: BinaryIO) -> None:
        self.write, self.flush = stream.write, stream.flush

    def close(self) -> None:
        """Send what is left."""
        with suppress(OSError, ValueError):
            self.flush()


def _initialized(ls: Server, params: types.InitializedParams) -> None:
    """Ask to be told of files that others change, where the editor can do that."""
    del params
    known = ls.client_capabilities.workspace
    watching = None if known is None else known.did_change_watched_files
    if watching is not None and watching.dynamic_registration:
        wanted = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
        name = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        ls.client_register_capability(types.RegistrationParams([types.Registration(name, name, wanted)]))


def _did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    ls.desk.put(document.uri, document.text, document.version)


def _did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    known = ls.workspace.get_text_document(params.text_document.uri)
    ls.desk.put(params.text_document.uri, known.source, params.text_document.version)


def _did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.desk.drop(params.text_document.uri)


def _did_save(ls: Server, params: types.DidSaveTextDocumentParams | types.DidChangeWatchedFilesParams) -> None:
    del params
    ls.desk.wake()


def _asked(ls: Server, params: Any) -> Asked | None:
    at = params.position
    return ls.desk.ask(params.text_document.uri, Position(max(at.line, 0), max(at.character, 0)))


def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    asked = _asked(ls, params)
    told = None if asked is None else hover.tell(asked.point, asked.project, asked.entry, asked.found)
    if asked is None or told is None:
        return None
    contents = types.MarkupContent(kind=types.MarkupKind.Markdown, value=told)
    point = asked.point
    return types.Hover(contents, None if point is None else _range(asked.text.range(point.start, point.end)))


def _definition(ls: Server, params: types.DefinitionParams) -> types.Location | None:
    asked = _asked(ls, params)
    found = None if asked is None else leads.define(asked.point, asked.project)
    return None if found is None else types.Location(address_of(found.path), _range(found.range))


def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
    asked = _asked(ls, params)
    if asked is None:
        return []
    wanted = params.context.include_declaration
    found = leads.refer(asked.point, asked.project, asked.entry, definition=wanted)
    return [types.Location(address_of(each.path), _range(each.range)) for each in found]


def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList:
    asked = _asked(ls, params)
    if asked is None:
        return types.CompletionList(is_incomplete=False, items=[])
    found, is_all = proposals.propose(asked.point, asked.project)
    items = [
        types.CompletionItem(
            label=each.label,
            kind=_COMPLETIONS[each.sort],
            detail=each.detail or None,
            documentation=each.meaning or None,
            filter_text=each.sought,
            text_edit=types.TextEdit(_range(asked.text.range(each.start, each.end)), each.new),
        )
        for each in found
    ]
    return types.CompletionList(is_incomplete=not is_all, items=items)


def _outline(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    asked = ls.desk.ask(params.text_document.uri)
    return [] if asked is None else [_symbol(each) for each in outline.outline(asked.text)]


def _symbol(member: outline.Member) -> types.DocumentSymbol:
    kind = _SYMBOLS.get(member.opening, types.SymbolKind.Constant)
    below = [_symbol(each) for each in member.below]
    return types.DocumentSymbol(member.name, kind, _range(member.range), _range(member.key), children=below or None)


def _range(known: Range) -> types.Range:
    return types.Range(types.Position(*known.start), types.Position(*known.end))


def _diagnostic(found: Shown) -> types.Diagnostic:
    return types.Diagnostic(
        range=_range(found.range),
        message=found.message,
        severity=types.DiagnosticSeverity(found.gravity),
        code=found.code,
        code_description=None if found.url is None else types.CodeDescription(href=found.url),
        source="assetpkg",
    )


_ANSWERS: Sequence[tuple[str, Callable[..., Any], Any]] = (
    (types.INITIALIZED, _initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _did_open, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _did_change, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _did_close, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _did_save, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _did_save, None),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_COMPLETION, _completion, types.CompletionOptions(trigger_characters=['"', ":"])),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _outline, None),
)
"""What the editor says or asks, what answers, and the options of that."""
