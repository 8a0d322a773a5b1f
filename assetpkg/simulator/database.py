"""The database that a stand-in remembers in: how it is opened, what is in it, and what is forgotten in time."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from itertools import accumulate
from pathlib import Path

from assetpkg.errors import CannotRead, reason_of
from assetpkg.simulator import bounds

_MARK = 0x61706B73
"""What the header of the file says it is, the application id of SQLite."""
_VERSION = 1
_PRIVATE = 0o600
_TABLES = """
CREATE TABLE state (number INTEGER PRIMARY KEY CHECK (number = 1), snapshot BLOB NOT NULL);
CREATE TABLE job (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, type TEXT NOT NULL,
    status TEXT NOT NULL, progress REAL NOT NULL, began TEXT NOT NULL, ended TEXT, reasons TEXT NOT NULL,
    archive_id TEXT, file TEXT, digest TEXT, request TEXT NOT NULL, plan BLOB, outcome TEXT NOT NULL
);
CREATE UNIQUE INDEX one_running ON job (user) WHERE status = 'RUNNING';
CREATE TABLE archive (id TEXT PRIMARY KEY, content BLOB NOT NULL);
"""


def open_base(path: str | None) -> sqlite3.Connection:
    """Open a database that nobody else may use meanwhile, in memory without a path.

    A new file is for its owner alone. Raises `CannotRead` for what is there and is not a file.
    """
    if path is not None:
        _refuse_other(path)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))
        path = str(Path(path).absolute())
    base = sqlite3.connect(path or ":memory:", timeout=1, isolation_level=None, check_same_thread=False)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA synchronous = FULL")
        base.execute("BEGIN EXCLUSIVE")
        base.execute("COMMIT")
    except BaseException:
        base.close()
        raise
    return base


def _refuse_other(path: str) -> None:
    """Say what is in the place of a file: SQLite only says that it cannot open that.

    The file itself is not opened for this: where another stand-in of this program has it open, to close it once more
    would take its lock away.
    """
    found = Path(path)
    what = ""
    if found.is_dir():
        what = "it is a folder; name a file, which may be a new one"
    elif found.exists() and not found.is_file():
        what = "it is not a regular file; name another one"
    elif found.exists() and not os.access(path, os.R_OK | os.W_OK):
        what = "it may not be read and written"
    if what:
        raise CannotRead(f"cannot use '{path}' for the state: {what}")


def is_new(base: sqlite3.Connection, path: str | None) -> bool:
    """Say whether a database is empty; raises `CannotRead` for one that is not a state, or not a whole one."""
    found = dict(base.execute(_SCHEMA).fetchall())
    if not found:
        return True
    (mark,), (version,) = (
        base.execute("PRAGMA application_id").fetchone(),
        base.execute("PRAGMA user_version").fetchone(),
    )
    if (mark, version) != (_MARK, _VERSION):
        raise CannotRead(f"'{path}' is a database, and not a state of this version of 'assetpkg serve'")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as pattern:
        make_tables(pattern)
        wanted = pattern.execute(_SCHEMA).fetchall()
    for name, statement in wanted:
        if found.get(name) != statement:
            raise damaged(path, f"'{name}' is {'different' if name in found else 'missing'} in it")
    (healthy,) = base.execute("PRAGMA quick_check(1)").fetchone()
    if healthy != "ok":
        raise damaged(path, healthy.replace("\n", " "))
    return False


_SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY type DESC, name"


def damaged(path: str | None, how: str) -> CannotRead:
    """Return the error about a state that something else has written into, or cut."""
    return CannotRead(f"'{path}' is a damaged state of 'assetpkg serve': {how}; remove it, or name another file")


def make_tables(base: sqlite3.Connection) -> None:
    """Make the tables of a new state, empty."""
    for statement in _TABLES.split(";\n"):
        base.execute(statement)
    base.execute(f"PRAGMA application_id = {_MARK}")
    base.execute(f"PRAGMA user_version = {_VERSION}")


def begin_anew(base: sqlite3.Connection, first: bytes) -> None:
    """Forget everything, and begin with a state."""
    for table in ("state", "job", "archive"):
        base.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    base.execute("INSERT INTO state VALUES (1, ?)", (first,))


def forget(base: sqlite3.Connection) -> None:
    """Forget jobs, plans and archives past their bounds, the oldest first, but no job that is running."""
    surplus = "SELECT number FROM job ORDER BY number DESC LIMIT -1 OFFSET ?"
    base.execute(f"DELETE FROM job WHERE status <> 'RUNNING' AND number IN ({surplus})", (bounds.JOBS,))  # noqa: S608 - ours
    plans = base.execute("SELECT number, length(plan) FROM job WHERE plan NOT NULL ORDER BY number DESC").fetchall()
    base.executemany("UPDATE job SET plan = NULL WHERE number = ?", _surplus(plans, bounds.PLANS))
    archives = base.execute("SELECT rowid, length(content) FROM archive ORDER BY rowid DESC").fetchall()
    base.executemany("DELETE FROM archive WHERE rowid = ?", _surplus(archives, bounds.ARCHIVES))


def _surplus(sizes: Sequence[tuple[int, int]], most: int) -> list[tuple[int]]:
    """Return the numbers of what has more than `most` bytes together with all before it; the first one never has."""
    totals = accumulate(size for _, size in sizes)
    return [
        (number,)
        for place, ((number, _), total) in enumerate(zip(sizes, totals, strict=True))
        if place and total > most
    ]


def why(error: Exception) -> str:
    """Return in words why a database cannot be used."""
    if isinstance(error, OSError):
        return reason_of(error)
    if "not a database" in str(error):
        return "it is not a database that 'assetpkg serve' has made; name another file, which may be a new one"
    return "another program has it open" if "locked" in str(error) else str(error)
