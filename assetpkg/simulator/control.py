"""What the stand-in has beside the platform's calls, below `/_assetpkg/`: plans, the history, failures, a new start."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assetpkg import documents
from assetpkg.errors import InvalidOption
from assetpkg.limits import UNBOUNDED
from assetpkg.render.html import render as render_html
from assetpkg.render.screen import View
from assetpkg.report.saved import parse_plan
from assetpkg.simulator.refusals import INVALID, NOT_SIMULATED, WRONG_METHOD, Refusal
from assetpkg.simulator.service import Service
from assetpkg.simulator.store import Job
from assetpkg.simulator.uploads import Bounds, read_json

_HTML = ".html"


class Control:
    """The calls of the stand-in's own."""

    def __init__(self, service: Service, bounds: Bounds, folder: Path) -> None:
        """Take what answers."""
        self._service = service
        self._bounds = bounds
        self._folder = folder

    async def answer(self, request: Request, segments: Sequence[str]) -> Response:
        """Answer a call; raises `Refusal` for one that is not there."""
        match (request.method, *segments):
            case ("GET", "_assetpkg", "jobs"):
                jobs = await run_in_threadpool(self._service.store.jobs)
                return JSONResponse({"jobs": [_told(job) for job in jobs]})
            case ("GET", "_assetpkg", "plan", word):
                return await run_in_threadpool(self._plan, word)
            case ("GET", "_assetpkg", "faults"):
                return self._faults()
            case ("PUT", "_assetpkg", "faults"):
                self._switch(await read_json(request, self._bounds))
                return self._faults()
            case ("DELETE", "_assetpkg", "faults"):
                self._service.switches.clear()
                return self._faults()
            case ("POST", "_assetpkg", "reset"):
                await run_in_threadpool(self._service.reset)
                return Response(status_code=204)
            case (_, "_assetpkg", "jobs" | "faults" | "reset") | (_, "_assetpkg", "plan", _):
                raise Refusal(WRONG_METHOD, "the manual (assetpkg help simulator) has the methods")
        raise Refusal(NOT_SIMULATED, "no call of this path is simulated")

    def _plan(self, word: str) -> Response:
        plan = self._service.store.plan(word.removesuffix(_HTML))
        if not word.endswith(_HTML):
            return Response(plan, media_type="application/json")
        return Response(render_html(parse_plan(plan, "the plan", UNBOUNDED), View()), media_type="text/html")

    def _faults(self) -> Response:
        return JSONResponse(self._service.switches.now._asdict())

    def _switch(self, content: bytes) -> None:
        try:
            wanted = documents.parse(content)
            if not isinstance(wanted, dict):
                raise Refusal(INVALID, "the body is an object with failures by their names")
            self._service.switches.switch(wanted)
        except documents.InvalidDocument as error:
            raise Refusal(INVALID, f"the body is not JSON: {documents.refusal(error, content)}") from None
        except InvalidOption as error:
            raise Refusal(INVALID, str(error)) from None


def _told(job: Job) -> dict[str, Any]:
    """Return a job as the history has it."""
    own = {"file": job.file, "digest": job.digest, "request": job.request, "outcome": job.outcome}
    return {**job.answer(), **own, "plan": f"/_assetpkg/plan/{job.id}" if job.has_plan else None}
