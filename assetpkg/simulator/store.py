"""What the stand-in remembers, in SQLite: the state, the jobs with their plans, and archives to be fetched.

Each change is one transaction: whenever the program ends, the file has the state before it or after it.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock
from typing import Any, NamedTuple

from assetpkg.errors import CannotRead
from assetpkg.simulator import bounds
from assetpkg.simulator.database import begin_anew, damaged, forget, is_new, make_tables, open_base, why
from assetpkg.simulator.importing import JobStatus
from assetpkg.simulator.refusals import NO_JOB, NO_RESOURCE, RUNNING, Refusal
from assetpkg.simulator.state import State


class Job(NamedTuple):
    """A job as it is remembered, one of all that there were; `outcome` says in words what it has done."""

    number: int
    id: str
    user: str
    type: str
    status: JobStatus
    progress: float
    began: str
    ended: str | None
    reasons: Sequence[Mapping[str, str]]
    archive_id: str | None
    file: str | None
    digest: str | None
    request: Mapping[str, Any]
    outcome: str
    has_plan: bool

    def answer(self) -> dict[str, Any]:
        """Return what a query of the job is answered."""
        return {
            "id": self.id,
            "type": self.type,
            "status": self.status,
            "reasons": list(self.reasons),
            "progress_percent": self.progress,
            "archive_id": self.archive_id,
            "begin_time": self.began,
            "end_time": self.ended,
        }


_COLUMNS = (
    "number, id, user, type, status, progress, began, ended, reasons, archive_id, file, digest, request, outcome,"
    " plan IS NOT NULL"
)


class End(NamedTuple):
    """How a job ends: what it changes is changed together with it."""

    status: JobStatus
    outcome: str
    reasons: Sequence[Mapping[str, str]] = ()
    plan: bytes | None = None
    state: State | None = None
    archive: bytes | None = None


class Store:
    """The memory of one stand-in; several threads may ask it at once."""

    _state: State

    def __init__(self, path: str | os.PathLike[str] | None, first: Callable[[], State], *, reset: bool = False) -> None:
        """Open the file at `path`, or remember nothing for later without one; `first` makes the state of a new file.

        With `reset`, it begins anew. A job that was running when the program ended has failed. Raises `CannotRead` for
        a file that is something else, is in use, or cannot be opened.
        """
        self._lock = RLock()
        self._path = None if path is None else os.fspath(path)
        try:
            self._base = open_base(self._path)
        except (sqlite3.Error, OSError) as error:
            raise CannotRead(f"cannot use '{self._path}' for the state: {why(error)}") from None
        try:
            self.was_there = self._prepare(first, reset=reset)
        except sqlite3.Error as error:
            self._base.close()
            raise CannotRead(f"cannot use '{self._path}' for the state: {why(error)}") from None
        except BaseException:
            self._base.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._base.close()

    @property
    def state(self) -> State:
        """The state now."""
        with self._lock:
            return self._state

    def accept(self, job: Job) -> None:
        """Remember a job that begins; raises `Refusal` where one of the same user is running, or too many are."""
        values = (*job[1:8], json.dumps(job.reasons), *job[9:12], json.dumps(job.request), job.outcome)
        names = "id, user, type, status, progress, began, ended, reasons, archive_id, file, digest, request, outcome"
        try:
            with self._change() as base:
                self.refuse_running(job.user)
                base.execute(f"INSERT INTO job ({names}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - names of ours
        except sqlite3.IntegrityError:
            raise self._running() from None

    def refuse_running(self, user: str) -> None:
        """Raise `Refusal` where a job of a user is running, or as many as there may be of all users."""
        running = [owner for (owner,) in self._rows("SELECT user FROM job WHERE status = 'RUNNING'")]
        if user in running:
            raise self._running()
        if len(running) >= bounds.RUNNING:
            raise Refusal(NO_JOB, f"{len(running)} jobs are running or waiting, and there may not be more at once")

    @staticmethod
    def _running() -> Refusal:
        return Refusal(RUNNING, "an asset job of the same user is running; ask for its status until it has ended")

    def progress(self, job_id: str, progress: float) -> None:
        """Remember how far a job is."""
        with self._change() as base:
            base.execute("UPDATE job SET progress = ? WHERE id = ? AND status = 'RUNNING'", (progress, job_id))

    def finish(self, job_id: str, end: End) -> None:
        """Remember how a job has ended, with everything that it has changed; what is too old is forgotten for it."""
        archive_id = None if end.archive is None else new_id()
        # A job that has failed has mostly left the state as it was.
        content = None if end.state is None or end.state is self.state else end.state.dump()
        # The state that has ended a job reads from the file of its package, which need not be there any longer.
        after = None if content is None else State.parse(content)
        with self._lock:
            with self._change() as base:
                if content is not None:
                    base.execute("UPDATE state SET snapshot = ? WHERE number = 1", (content,))
                if archive_id is not None:
                    base.execute("INSERT INTO archive VALUES (?, ?)", (archive_id, end.archive))
                base.execute(
                    "UPDATE job SET status = ?, progress = 1, ended = ?, reasons = ?, archive_id = ?, plan = ?,"
                    " outcome = ? WHERE id = ?",
                    (end.status, now(), json.dumps(list(end.reasons)), archive_id, end.plan, end.outcome, job_id),
                )
                forget(base)
            self._state = after or self._state

    def job(self, job_id: str) -> Job:
        """Return a job; raises `Refusal` where there is none."""
        found = self._rows(f"SELECT {_COLUMNS} FROM job WHERE id = ?", job_id)  # noqa: S608 - names of ours
        if not found:
            raise Refusal(NO_RESOURCE, "there is no job with this id")
        return _job(found[0])

    def jobs(self, most: int = -1) -> list[Job]:
        """Return the jobs that are remembered, or no more than so many, the last one first."""
        return [_job(row) for row in self._rows(f"SELECT {_COLUMNS} FROM job ORDER BY number DESC LIMIT ?", most)]  # noqa: S608 - names of ours

    def plan(self, job_id: str) -> bytes:
        """Return the plan of an import that has ended, as JSON; raises `Refusal` where there is none."""
        found = self._rows("SELECT plan FROM job WHERE id = ?", job_id)
        if not found or found[0][0] is None:
            raise Refusal(NO_RESOURCE, "there is no plan of a job with this id")
        return bytes(found[0][0])

    def take_archive(self, archive_id: str) -> bytes:
        """Return an archive and forget it: it is fetched once. Raises `Refusal` where there is none."""
        with self._change() as base:
            found = base.execute("SELECT content FROM archive WHERE id = ?", (archive_id,)).fetchall()
            base.execute("DELETE FROM archive WHERE id = ?", (archive_id,))
        if not found:
            raise Refusal(
                NO_RESOURCE, "there is no archive with this id; each is fetched once, or forgotten when it is old"
            )
        return bytes(found[0][0])

    def reset(self, first: State) -> None:
        """Begin anew with a state; raises `Refusal` while a job is running."""
        with self._lock:
            if self._rows("SELECT 1 FROM job WHERE status = 'RUNNING'"):
                raise self._running()
            with self._change() as base:
                begin_anew(base, first.dump())
            self._state = first

    def _prepare(self, first: Callable[[], State], *, reset: bool) -> bool:
        """Return whether the file had a state already, having read it, or made one."""
        base, new = self._base, is_new(self._base, self._path)
        if new or reset:
            self._state = first()
            with self._change():
                if new:
                    make_tables(base)
                begin_anew(base, self._state.dump())
            return False
        try:
            found = self._rows("SELECT snapshot FROM state WHERE typeof(snapshot) = 'blob'")
            self._state = State.parse(found[0][0])
            self.jobs()
        except IndexError:
            raise damaged(self._path, "its table 'state' has no snapshot") from None
        except CannotRead as error:
            raise damaged(self._path, str(error)) from None
        except (ValueError, TypeError):
            raise damaged(self._path, "a row of its table 'job' cannot be read") from None
        with self._change():
            base.execute(
                "UPDATE job SET status = 'FAILED', progress = 1, ended = ?, outcome = ? WHERE status = 'RUNNING'",
                (now(), "the stand-in was stopped while it ran, and nothing was changed"),
            )
            forget(base)
        return True

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._base.execute(statement, values).fetchall()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """Make all changes of a block together, or none of them."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise


def _job(row: Sequence[Any]) -> Job:
    found = Job(*row)
    return found._replace(
        reasons=json.loads(str(found.reasons)), request=json.loads(str(found.request)), has_plan=bool(found.has_plan)
    )


def new_id() -> str:
    """Return the id of a new job or archive: 32 hexadecimal digits, as in the samples of the pages."""
    return os.urandom(16).hex()


def now() -> str:
    """Return what time it is, in the form of the pages' samples."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
