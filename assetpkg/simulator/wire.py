"""The wire: requests of clients become calls of the stand-in, and what it says becomes answers, errors included."""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.render.screen import printable
from assetpkg.simulator.answers import find_place
from assetpkg.simulator.bounds import CONNECTIONS, SECONDS
from assetpkg.simulator.choosing import read_chosen
from assetpkg.simulator.control import Control, page_of
from assetpkg.simulator.guarding import Guard
from assetpkg.simulator.query import as_sent, read_query
from assetpkg.simulator.refusals import (
    BROKEN,
    CROWDED,
    INVALID,
    NO_TOKEN,
    ON_REQUEST,
    TOO_LARGE,
    TOO_SLOW,
    WRONG_METHOD,
    WRONG_TOKEN,
    Refusal,
    Refused,
)
from assetpkg.simulator.service import Service
from assetpkg.simulator.store import new_id
from assetpkg.simulator.uploads import Body, Bounds, read_json, read_upload

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

FORBIDDEN = 403
"""The status of a refusal that has none of its own (API reference), and of each that is a page."""
_ASSETS = 6
"""How many segments lead to the operations of assets: v2, project, instances, instance, assets, operation."""
_OPERATIONS = {"import": "POST", "export": "POST", "delete": "POST", "jobs": "GET", "archives": "GET"}
"""The operations of assets (API reference), and their methods."""


class WireOptions(NamedTuple):
    """The status of refusals that have none of their own, how much is taken, the token, and the most connections."""

    status: int = FORBIDDEN
    bounds: Bounds = Bounds(DEFAULT_LIMITS.file, SECONDS)
    token: str | None = None
    connections: int = CONNECTIONS


class Wire:
    """The application that a server runs: one call for each request."""

    def __init__(self, service: Service, guard: Guard, options: WireOptions) -> None:
        """Take what answers, and who may ask."""
        self._service = service
        self.guard = guard
        self._options = options
        self.connections: Callable[[], int] = lambda: 0
        self._control = Control(service, options.bounds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        body = Body(receive)
        request, request_id = Request(scope, body, send), new_id()
        path = scope.get("raw_path") or scope["path"].encode()
        segments = [unquote(each) for each in path.decode("latin-1").strip("/").split("/")]
        try:
            answer = await self._answer(request, segments)
        except Refusal as refusal:
            answer = self._refused(refusal, request_id)
            if refusal.reason is CROWDED:
                answer.headers["Connection"] = "close"
            if refusal.reason not in (TOO_LARGE, TOO_SLOW) and "expect" not in request.headers:
                await body.pass_over(self._options.bounds.body)
        except Exception as error:  # noqa: BLE001 - a client always gets an answer, and nobody a traceback
            answer = self._refused(Refusal(BROKEN, type(error).__name__), request_id)
        self._service.log(_line(request.method, path.decode("latin-1"), answer))
        if isinstance(answer, Cut):
            # An answer that is announced and not given: the server closes the connection.
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
            return
        answer.headers["X-Request-Id"] = request_id
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        await answer(scope, receive, send)

    async def _answer(self, request: Request, segments: Sequence[str]) -> "Response | Cut":
        if self.connections() > self._options.connections:
            raise Refusal(CROWDED, f"there are more than {self._options.connections:,} connections; try again later")
        self.guard.refuse(request.method, request.headers)
        if segments[0] != "v2":
            self._refuse_token(request, control=True)
            return await self._control.answer(request, segments)
        faults = self._service.switches.use()
        if faults.cut:
            return Cut()
        self._refuse_token(request, control=False)
        if faults.expired_token:
            raise Refusal(WRONG_TOKEN, "the token has expired, as was asked for")
        if faults.status:
            raise Refusal(Refused(ON_REQUEST.code, ON_REQUEST.message, faults.status), f"status {faults.status}")
        if len(segments) in (_ASSETS, _ASSETS + 1) and segments[2] == "instances" and segments[4] == "assets":
            return await self._assets(request, segments)
        place = find_place(request.method, segments)
        query = _query(request)
        return JSONResponse(await run_in_threadpool(lambda: self._service.answers.answer(place, query)))

    async def _assets(self, request: Request, segments: Sequence[str]) -> Response:
        operation, rest = segments[5], segments[6:]
        method = _OPERATIONS.get(operation)
        if method is None or bool(rest) != (method == "GET"):
            find_place(request.method, segments)
        if request.method != method:
            raise Refusal(WRONG_METHOD, f"the call has the method {method}")
        service = self._service
        service.identity.refuse_other({"project_id": segments[1], "instance_id": segments[3]})
        match operation:
            case "jobs":
                return JSONResponse((await run_in_threadpool(service.store.job, rest[0])).answer())
            case "archives":
                content = await run_in_threadpool(service.store.take_archive, rest[0])
                return Response(content, media_type="application/octet-stream")
            case "import":
                return await self._import(request)
        chosen = read_chosen(await read_json(request, self._options.bounds), needs_tasks=operation == "delete")
        submit = service.submit_delete if operation == "delete" else service.submit_export
        return JSONResponse({"job_id": await run_in_threadpool(submit, self._user(request), chosen)})

    async def _import(self, request: Request) -> Response:
        options = read_query(_query(request), self._service.conditions.usual)
        user = self._user(request)
        upload = await read_upload(request, self._options.bounds)
        try:
            submit = self._service.submit_import
            job_id = await run_in_threadpool(submit, user, upload.file, upload.name, options, upload.discard)
        except BaseException:
            upload.discard()
            raise
        return JSONResponse({"job_id": job_id})

    def _refuse_token(self, request: Request, *, control: bool) -> None:
        """Refuse a call without a token, or with another than the one that is asked for, where one is."""
        token, wanted = request.headers.get("x-auth-token"), self._options.token
        if wanted is not None:
            if token is None:
                raise Refusal(NO_TOKEN, "X-Auth-Token is needed")
            if not hmac.compare_digest(token.encode(), wanted.encode()):
                raise Refusal(WRONG_TOKEN, "X-Auth-Token is not the token of this stand-in")
        elif not control and not token and not request.headers.get("authorization"):
            raise Refusal(NO_TOKEN, "X-Auth-Token is needed, or a signature in Authorization; any is taken")

    def _user(self, request: Request) -> str:
        """Return who calls: the token, or the access key of a signature; without either, the same for all."""
        signed = request.headers.get("authorization", "")
        key = signed.partition("Access=")[2].partition(",")[0] or signed
        return self._service.user_of(request.headers.get("x-auth-token") or key)

    def _refused(self, refusal: Refusal, request_id: str) -> Response:
        if refusal.page is not None:
            return page_of(refusal.page, refusal.reason.status or FORBIDDEN)
        return JSONResponse(refusal.body(request_id), refusal.reason.status or self._options.status)


class Cut(NamedTuple):
    """In place of an answer: the connection is cut."""

    status_code: int = 0


def _query(request: Request) -> list[tuple[str, str]]:
    text = request.scope["query_string"].decode("latin-1")
    if text.count("&") >= _MOST_PARAMETERS:
        raise Refusal(INVALID, f"the query has more than {_MOST_PARAMETERS} parameters")
    # As Latin-1 every byte is a character, so that a parameter that is not UTF-8 can be told from one that is.
    pairs = parse_qsl(text, keep_blank_values=True, encoding="latin-1")
    named = ((as_sent(name, "the name of a parameter", "a query"), value) for name, value in pairs)
    return [(name, as_sent(value, f"the value of '{name}'", "a query")) for name, value in named]


_MOST_PARAMETERS = 50


def _line(method: str, path: str, answer: "Response | Cut") -> str:
    """Return the line of the log about a call: neither its query, nor a header, nor its body."""
    return f"{printable(method)} {printable(path[:200])} {answer.status_code or 'cut'}"
