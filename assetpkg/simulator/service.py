"""The stand-in itself, without a wire: calls as functions, and the one worker that carries out jobs in their order."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, TYPE_CHECKING, Any

from assetpkg.diagnostics.sentences import plural
from assetpkg.errors import AssetpkgError
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.package import Package
from assetpkg.package.reading import read_stream
from assetpkg.planning.options import ImportOptions
from assetpkg.render.json_v1 import render as render_json
from assetpkg.report.plan import report_plan
from assetpkg.simulation.plan import Plan
from assetpkg.simulator.answers import Answers, Identity
from assetpkg.simulator.choosing import Chosen, delete, export
from assetpkg.simulator.database import why as why_unusable
from assetpkg.simulator.faults import Switches
from assetpkg.simulator.importing import (
    carry_out,
    half_of,
    plan_import,
    reason,
    refuse_call,
    refuse_name,
    refuse_package,
)
from assetpkg.simulator.refusals import BROKEN, Refusal, fit
from assetpkg.simulator.state import State
from assetpkg.simulator.store import End, Job, Store, new_id, now
from assetpkg.target.instance import Instance

if TYPE_CHECKING:
    from assetpkg.layouts.declaration import LayoutFile

_STEPS = 10
"""In how many steps a job that is slow on request gets on."""


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """How the stand-in behaves: what an import is like that does not say, and how packages are read.

    With `partial`, an import that fails has done what has no conflict.
    """

    usual: ImportOptions = field(default_factory=ImportOptions)
    partial: bool = False
    limits: Limits = DEFAULT_LIMITS
    names_encoding: str | None = None
    layouts: "tuple[LayoutFile, ...]" = ()


class Service:
    """A stand-in for one instance. `log` is told in a line what each job was and did."""

    def __init__(
        self, store: Store, conditions: Conditions, switches: Switches, log: Callable[[str], None], first: State
    ) -> None:
        """Start the worker; `first` is the state that a new start begins with."""
        self._first = first
        self.store = store
        self.conditions = conditions
        self.switches = switches
        self._log = log
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._stopped = Event()
        self._key = os.urandom(32)
        self._answers: tuple[Instance, Answers] | None = None
        self._answering = Lock()
        self._worker = Thread(target=self._work, name="assetpkg-jobs", daemon=True)
        self._worker.start()

    def stop(self) -> None:
        """Stop the worker after the job at hand; those that wait have failed when the state is opened again."""
        self._stopped.set()
        self._waiting.put(None)
        self._worker.join()

    def log(self, line: str) -> None:
        """Say a line; where nobody reads the log any more, calls and jobs go on."""
        with suppress(Exception):
            self._log(line)

    @property
    def identity(self) -> Identity:
        """The ids of project and instance, as far as the target says them."""
        facts = self.store.state.instance.facts
        return Identity(facts.project_id, facts.id)

    @property
    def answers(self) -> Answers:
        """The answers to calls that read, of the state now."""
        instance = self.store.state.instance
        with self._answering:
            if self._answers is None or self._answers[0] is not instance:
                self._answers = (instance, Answers(instance, self.identity))
            return self._answers[1]

    def user_of(self, credential: str) -> str:
        """Return by what the user of a credential is known here: nothing can be read from it, and nowhere else."""
        return hashlib.blake2b(credential.encode(), key=self._key, digest_size=16).hexdigest()

    def read_package(self, file: IO[bytes], name: str) -> Package:
        """Read the package in a file that a client calls `name`; raises `Refusal` for what is not accepted."""
        refuse_name(name)
        try:
            package = read_stream(
                file,
                name,
                limits=self.conditions.limits,
                names_encoding=self.conditions.names_encoding,
                layouts=self.conditions.layouts,
            )
        except AssetpkgError as error:
            raise Refusal(BROKEN, str(error)) from None
        refuse_package(package)
        return package

    def plan(self, package: Package, options: ImportOptions) -> Plan:
        """Return the plan of an import into the instance as it is now."""
        return plan_import(package, self.store.state.instance, options)

    def submit_import(
        self, user: str, file: IO[bytes], name: str, options: ImportOptions, done: Callable[[], None] = lambda: None
    ) -> str:
        """Begin the import of the package in a file, and return the id of its job; `done` is called when it has ended.

        Raises `Refusal` where there is no job of it.
        """
        self.store.refuse_running(user)
        package = self.read_package(file, name)
        planned = self.plan(package, options)
        refuse_call(planned)
        job = _new(user, "importAsset", request_of(options), name, package.digest)
        return self._submit(job, lambda: self._import(planned), done)

    def submit_export(self, user: str, chosen: Chosen) -> str:
        """Begin an export, and return the id of its job; raises `Refusal`."""
        chosen.refuse_unknown(self.store.state.instance)
        job = _new(user, "exportAsset", chosen.request())
        return self._submit(job, lambda: export(self.store.state.instance, chosen))

    def submit_delete(self, user: str, chosen: Chosen) -> str:
        """Begin a deletion, and return the id of its job; raises `Refusal`."""
        chosen.refuse_unknown(self.store.state.instance)
        job = _new(user, "deleteAsset", chosen.request())
        return self._submit(job, lambda: delete(self.store.state, chosen))

    def reset(self) -> None:
        """Begin anew with the target; raises `Refusal` while a job is running."""
        self.store.reset(self._first)
        self.log("reset: the state is that of the target again, and all jobs are forgotten")

    def _import(self, planned: Plan) -> End:
        state, options = self.store.state, planned.options
        if state.instance is not planned.target:
            planned = plan_import(planned.package, state.instance, options)
        plan = render_json(report_plan(planned)).encode()
        if self.switches.now.fail_halfway:
            half = half_of(planned)
            after = state if half is None else state.with_import(carry_out(half, partial=True))
            owner = next(iter(planned.package.resources), None)
            told = [] if owner is None else [reason("application", owner.name, "failed half-way, as was asked for")]
            return End("FAILED", "failed half-way on request", told, plan, after)
        done = carry_out(planned, partial=self.conditions.partial)
        outcome = f"{planned.verdict}: " + (
            "nothing was changed"
            if done.outcome is None
            else f"{len(done.outcome.created)} created, {len(done.outcome.updated)} updated,"
            f" {plural(len(done.outcome.undetermined), 'fact')} undetermined"
        )
        assumed = sorted({name for change in planned.changes for name in change.assumptions})
        outcome += "".join(f"; assumed: {name}={options.assumptions[name]}" for name in assumed)
        return End(done.status, outcome, done.reasons, plan, state.with_import(done))

    def _submit(self, job: Job, run: Callable[[], End], done: Callable[[], None] = lambda: None) -> str:
        self.store.accept(job)
        self._waiting.put(lambda: self._run(job, run, done))
        return job.id

    def _work(self) -> None:
        while True:
            task = self._waiting.get()
            if task is None or self._stopped.is_set():
                return
            task()

    def _run(self, job: Job, run: Callable[[], End], done: Callable[[], None]) -> None:
        slow = self.switches.now.slow_jobs
        for step in range(_STEPS if slow else 0):
            with suppress(Exception):  # the job itself goes on
                self.store.progress(job.id, step / _STEPS)
            if self._stopped.wait(slow / _STEPS):
                return
        try:
            end = run()
        except Exception as error:  # noqa: BLE001 - a job ends, whatever happens to it
            known = isinstance(error, (AssetpkgError, Refusal))
            why = error.details if isinstance(error, Refusal) else str(error) if known else type(error).__name__
            end = End("FAILED", f"could not be carried out: {fit(why)}")
        try:
            self.store.finish(job.id, end)
        except Exception as error:  # noqa: BLE001 - the disk may be full; then nothing of it has happened
            why = (
                why_unusable(error) if isinstance(error, (sqlite3.OperationalError, OSError)) else type(error).__name__
            )
            end = End("FAILED", f"could not be remembered, so that nothing was changed: {fit(why)}")
            with suppress(Exception):
                self.store.finish(job.id, end)
        with suppress(Exception):
            done()
        self.log(f"job {job.id}: {job.type} {end.status}, {end.outcome}")


def request_of(options: ImportOptions) -> dict[str, Any]:
    """Return how an import is asked for, as the history has it."""
    return {
        "type": options.mode.value,
        "prefix": options.prefix,
        "datasource_overwrite": options.datasource_overwrite,
        "assumptions": dict(options.assumptions),
    }


def _new(user: str, sort: str, request: Mapping[str, Any], file: str | None = None, digest: str | None = None) -> Job:
    return Job(
        number=0,
        id=new_id(),
        user=user,
        type=sort,
        status="RUNNING",
        progress=0.0,
        began=now(),
        ended=None,
        reasons=(),
        archive_id=None,
        file=file,
        digest=digest,
        request=request,
        outcome="",
        has_plan=False,
    )
