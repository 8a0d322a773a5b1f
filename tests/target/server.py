"""A server on this machine that answers as the platform does, in tests only."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from assetpkg.kinds.operations import OPERATIONS
from tests.target.platform import INSTANCE, PROJECT, Call, Platform

TOKEN = "a-token-that-nobody-prints"  # noqa: S105 - made up
OF_PAGES = {"limit", "offset", "maxitems"}

Asked = tuple[str, frozenset[tuple[str, str]]]


class Answers:
    """What there is to ask for, and how often each operation was."""

    def __init__(self, platform: Platform, *, forbidden: str = "", busy: int = 0) -> None:
        """Take what a platform holds; `forbidden` is the end of paths that nobody may ask, `busy` calls are refused."""
        self.pages: dict[Asked, list[Any]] = {}
        self.forbidden, self.busy = forbidden, busy
        self.asked: Counter[str] = Counter()
        self.methods: set[str] = set()
        for call in platform.calls():
            self._add(call)
        facts = {"id": INSTANCE, "instance_name": "staging", "project_id": PROJECT, "instance_version": "2.3"}
        self._add(Call(OPERATIONS["ShowDetailsOfInstanceV2"], {}, {}, facts))
        for name, items in {
            "ListFeaturesV2": "features",
            "ListProjectCofigsV2": "configs",
            "ListAppsV2": "apps",
        }.items():
            self._add(Call(OPERATIONS[name], {}, {}, {"total": 0, "size": 0, items: []}))

        self._add_what_no_sdk_has(platform)

    def _add_what_no_sdk_has(self, platform: Platform) -> None:
        for task in platform.documents["composite_task"]:
            mappings = [
                {"mapping" if name == "mapping_columns" else name: value for name, value in mapping.items()}
                for mapping in task.get("mappings", [])
            ]
            ends = {
                name: mapping.pop(name)
                for mapping in mappings
                for name in ("source_datasource_id", "target_datasource_id")
                if name in mapping
            }
            answer = {"task_id": task["task_id"], "mappings_total_count": len(mappings), "mappings": mappings, **ends}
            path = {"task_id": task["task_id"]}
            self._add(Call(OPERATIONS["ListMultiTaskMappings"], path, {}, {**answer, "size": len(mappings)}))
        urns = [f"urn:fss:r-1:{PROJECT}:function:default:f{number}" for number in range(3)]
        pages = {"0": (urns[:2], 2), "2": (urns[2:], 0)}
        for marker, (some, following) in pages.items():
            functions = [{"func_urn": f"{urn}:latest", "version": "latest"} for urn in some]
            answer = {"functions": functions, "next_marker": following, "count": len(functions)}
            self._add(Call(OPERATIONS["ListFunctions"], {}, {"marker": marker}, answer))
        for urn in urns:
            path = {"function_urn": f"{urn}:latest"}
            versions = {"versions": [{"func_urn": f"{urn}:v1", "version": "v1"}], "next_marker": 0, "count": 1}
            self._add(Call(OPERATIONS["ListFunctionVersions"], path, {"marker": "0"}, versions))
            aliases = [{"name": "stable", "version": "v1", "alias_urn": f"{urn}:!stable"}]
            self._add(Call(OPERATIONS["ListVersionAliases"], path, {}, aliases))

    def _add(self, call: Call) -> None:
        parts = urlsplit(call.url)
        query = frozenset((name, value) for name, value in parse_qsl(parts.query) if name not in OF_PAGES)
        self.pages.setdefault((unquote(parts.path), query), []).append(call.answer)

    def answer(self, url: str, token: str | None) -> tuple[int, Any]:
        """Return status and answer of a call; the key of a user who signs is believed."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        path = unquote(parts.path)
        self.asked[path] += 1
        if token not in (None, TOKEN):
            return 401, {"error_code": "APIG.1002", "error_msg": "Incorrect token"}
        if self.busy > 0:
            self.busy -= 1
            return 503, {"error_code": "APIG.0201", "error_msg": "Busy"}
        if self.forbidden and path.endswith(self.forbidden):
            return 403, {"error_code": "APIC.9003", "error_msg": "No permission"}
        known = self.pages.get((path, frozenset((k, v) for k, v in query.items() if k not in OF_PAGES)))
        if known is None:
            return 404, {"error_code": "APIC.9004", "error_msg": "Not found"}
        before, page = int(query.get("offset", 0)), 0
        while page + 1 < len(known) and before > 0:
            before -= known[page]["size"]
            page += 1
        return 200, known[page] if before <= 0 else {**known[-1], **dict.fromkeys(("size",), 0)}


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Serve on loopback; yields the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.methods.add("GET")
            status, answer = answers.answer(self.path, self.headers.get("X-Auth-Token"))
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
