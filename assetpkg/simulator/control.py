"""What the stand-in has beside the platform's calls, below `/_assetpkg/`: plans, the history, failures, a new start."""

from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assetpkg import documents
from assetpkg.errors import InvalidOption
from assetpkg.simulator.pages import Pages, saved_plan
from assetpkg.simulator.query import PARAMETERS
from assetpkg.simulator.refusals import INVALID, NOT_SIMULATED, WRONG_METHOD, Refusal
from assetpkg.simulator.service import Service
from assetpkg.simulator.store import Job
from assetpkg.simulator.uploads import Bounds, read_json, read_upload

_HTML = ".html"
_WORDS = frozenset({"jobs", "plan", "reset", "faults", "preview"})


class Control:
    """The calls of the stand-in's own."""

    def __init__(self, service: Service, bounds: Bounds) -> None:
        """Take what answers."""
        self._service = service
        self._bounds = bounds
        self._pages = Pages(service)

    async def answer(self, request: Request, segments: Sequence[str]) -> Response:
        """Answer a call; raises `Refusal` for one that is not there."""
        call = ("GET" if request.method == "HEAD" else request.method, *segments)
        try:
            found = await self._people(request, call)
        except Refusal as refusal:
            refusal.page = self._pages.refused(refusal)
            raise
        found = found or await self._programs(request, call)
        if found is not None:
            return found
        if segments[0] == "_assetpkg" and len(segments) > 1 and segments[1] in _WORDS:
            raise Refusal(WRONG_METHOD, "the manual (assetpkg help simulator) has the methods")
        raise Refusal(NOT_SIMULATED, "no call of this path is simulated")

    async def _people(self, request: Request, call: Sequence[str]) -> Response | None:
        """Answer what a browser asks for, whose refusals are pages."""
        pages = self._pages
        match call:
            case ("GET", ""):
                return page_of(await run_in_threadpool(pages.home))
            case ("POST", "_assetpkg", "preview"):
                return await self._preview(request)
            case ("GET", "_assetpkg", "preview", word):
                shown = pages.plan if word.endswith(_HTML) else pages.preview
                return page_of(shown(word.removesuffix(_HTML)))
            case ("POST", "_assetpkg", "preview", word):
                await run_in_threadpool(pages.submit, word)
                return _lead("/")
            case ("GET", "_assetpkg", "plan", word) if word.endswith(_HTML):
                plan = self._service.store.plan
                return page_of(await run_in_threadpool(lambda: saved_plan(plan(word.removesuffix(_HTML)))))
        return None

    async def _programs(self, request: Request, call: Sequence[str]) -> Response | None:
        """Answer what a program asks for."""
        match call:
            case ("GET", "_assetpkg", "jobs"):
                jobs = await run_in_threadpool(self._service.store.jobs)
                return JSONResponse({"jobs": [_told(job) for job in jobs]})
            case ("GET", "_assetpkg", "plan", word):
                plan = await run_in_threadpool(self._service.store.plan, word)
                return Response(plan, media_type="application/json")
            case ("POST", "_assetpkg", "reset"):
                await run_in_threadpool(self._service.reset)
                return Response(status_code=204)
            case ("PUT", "_assetpkg", "faults"):
                self._switch(await read_json(request, self._bounds))
            case ("DELETE", "_assetpkg", "faults"):
                self._service.switches.clear()
            case ("GET", "_assetpkg", "faults"):
                pass
            case _:
                return None
        return JSONResponse(self._service.switches.now._asdict())

    async def _preview(self, request: Request) -> Response:
        upload = await read_upload(request, self._bounds, others=PARAMETERS)
        try:
            known = await run_in_threadpool(self._pages.take, upload)
        except BaseException:
            upload.discard()
            raise
        return _lead(f"/_assetpkg/preview/{known}")

    def _switch(self, content: bytes) -> None:
        try:
            wanted = documents.parse(content)
            if not isinstance(wanted, dict):
                raise Refusal(INVALID, "the body is an object with failures by their names")
            self._service.switches.switch(wanted)
        except documents.InvalidDocument as error:
            raise Refusal(INVALID, f"the body cannot be read: {documents.refusal(error, content)}") from None
        except InvalidOption as error:
            raise Refusal(INVALID, str(error)) from None


def page_of(text: str, status: int = 200) -> Response:
    """Return a page that no other page may have in a frame."""
    return Response(text, status, {"X-Frame-Options": "DENY"}, media_type="text/html")


def _lead(where: str) -> Response:
    """Have a browser ask for a page of its own, so that it can go back there."""
    return Response(status_code=303, headers={"Location": where})


def _told(job: Job) -> dict[str, Any]:
    """Return a job as the history has it."""
    own = {"file": job.file, "digest": job.digest, "request": job.request, "outcome": job.outcome}
    return {**job.answer(), **own, "plan": f"/_assetpkg/plan/{job.id}" if job.has_plan else None}
