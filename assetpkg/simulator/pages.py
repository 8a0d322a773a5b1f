"""The stand-in for people: what there is, and a package whose plan is looked at before it is imported."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from assetpkg.limits import UNBOUNDED
from assetpkg.planning.options import ImportOptions
from assetpkg.render.html import render
from assetpkg.render.html.standin import render_preview, render_refused, render_stand_in
from assetpkg.render.screen import View
from assetpkg.report.plan import report_plan
from assetpkg.report.saved import parse_plan
from assetpkg.report.standin import JobRow, PreviewReport, RefusedReport, report_stand_in, words_of
from assetpkg.simulator import bounds
from assetpkg.simulator.query import read_query
from assetpkg.simulator.refusals import NO_RESOURCE, Refusal
from assetpkg.simulator.service import Service, request_of
from assetpkg.simulator.store import Job, new_id
from assetpkg.simulator.uploads import Upload

_SHOWN = 100
"""How many jobs the page shows, the last ones."""
_SOMEBODY = "the page"


class Waiting(NamedTuple):
    """A package that was sent, how it is to be imported, and the pages about that and with its plan."""

    upload: Upload
    options: ImportOptions
    page: str
    plan: str


class Pages:
    """The pages of one stand-in."""

    def __init__(self, service: Service) -> None:
        """Begin without a package that waits."""
        self._service = service
        self._waiting: OrderedDict[str, Waiting] = OrderedDict()
        self._lock = Lock()

    def home(self) -> str:
        """Return the page with everything."""
        store = self._service.store
        jobs = [_row(job) for job in store.jobs(_SHOWN)]
        return render_stand_in(report_stand_in(store.state.instance, jobs, self._service.conditions.usual))

    def take(self, upload: Upload) -> str:
        """Return by what an import is known until it is made; raises `Refusal` for what is not accepted."""
        options = read_query(upload.fields.items(), self._service.conditions.usual)
        planned = self._service.plan(self._service.read_package(upload.file, upload.name), options)
        plan, known = render(report_plan(planned), View()), new_id()
        report = PreviewReport(
            id=known,
            name=self._service.store.state.instance.name,
            file=upload.name,
            asked=words_of(request_of(options)),
            verdict=planned.verdict.value,
            summary=planned.summary,
        )
        with self._lock:
            self._waiting[known] = Waiting(upload, options, render_preview(report), plan)
            if len(self._waiting) > bounds.PACKAGES:
                self._waiting.popitem(last=False)[1].upload.discard()
        return known

    def preview(self, known: str) -> str:
        """Return the page about an import that is not made yet; raises `Refusal` where it is not there any more."""
        return self._find(known).page

    def plan(self, known: str) -> str:
        """Return the plan of it, as `preview` does."""
        return self._find(known).plan

    def submit(self, known: str) -> str:
        """Make the import, and return the id of its job; raises `Refusal`."""
        with self._lock:
            found = self._waiting.pop(known, None)
        if found is None:
            raise self._gone()
        user = self._service.user_of(_SOMEBODY)
        try:
            return self._service.submit_import(
                user, found.upload.file, found.upload.name, found.options, found.upload.discard
            )
        except BaseException:
            found.upload.discard()
            raise

    def refused(self, refusal: Refusal) -> str:
        """Return the page that says why something was refused."""
        name, reason = self._service.store.state.instance.name, refusal.reason
        return render_refused(
            RefusedReport(name=name, code=reason.code, message=reason.message, details=refusal.details)
        )

    def _find(self, known: str) -> Waiting:
        with self._lock:
            if known not in self._waiting:
                raise self._gone()
            return self._waiting[known]

    @staticmethod
    def _gone() -> Refusal:
        return Refusal(NO_RESOURCE, "this package waits no more; send it again")


def saved_plan(content: bytes) -> str:
    """Return the page of a plan that was saved as JSON."""
    return render(parse_plan(content, "the plan", UNBOUNDED), View())


def _row(job: Job) -> JobRow:
    return JobRow(
        id=job.id,
        type=job.type,
        status=job.status,
        began=job.began,
        file=job.file,
        asked=words_of(job.request),
        outcome=job.outcome,
        reasons=[f"{each['resource_type']} {each['resource_name']}: {each['error_msg']}" for each in job.reasons],
        has_plan=job.has_plan,
    )
