"""What the stand-in remembers: over restarts, whenever it is killed, and for one program at a time."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import assetpkg
from assetpkg.errors import CannotRead
from assetpkg.simulator import bounds
from assetpkg.simulator.choosing import Chosen, delete
from assetpkg.simulator.refusals import NO_RESOURCE, Refusal
from assetpkg.simulator.state import State
from assetpkg.simulator.store import End, Job, Store
from tests.build import APPLICATION, edited, make_instance
from tests.conftest import ROOT
from tests.simulator.client import imported
from tests.simulator.conftest import SHOP

BEFORE, AFTER = (
    State.of(make_instance({"application": [edited(APPLICATION, name=name)]}, name="there")) for name in ("A", "B")
)


def job(number: int, user: str = "u") -> Job:
    return Job(
        0,
        f"j-{number}",
        user,
        "importAsset",
        "RUNNING",
        0.0,
        "then",
        None,
        (),
        None,
        "a.zip",
        "d",
        {},
        "",
        has_plan=False,
    )


def names(store: Store) -> list[str]:
    return [resource.name for resource in store.state.instance.index.resources]


def test_what_was_done_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    store = Store(path, lambda: BEFORE)
    store.accept(job(1))
    with pytest.raises(Refusal) as refused:
        store.accept(job(2))
    store.accept(job(3, "another"))
    store.progress("j-1", 0.5)
    assert store.job("j-1").progress == 0.5
    reason = {"resource_type": "application", "resource_name": "A", "error_code": "c", "error_msg": "m"}
    store.finish("j-1", End("FAILED", "why", [reason], b"{}", AFTER, b"zip"))
    store.close()
    assert refused.value.reason.code == "ROMA.10012"
    again = Store(path, lambda: pytest.fail("it has a state"))
    assert (names(again), again.was_there) == (["B"], True)
    assert [(each.id, each.status) for each in again.jobs()] == [("j-3", "FAILED"), ("j-1", "FAILED")]
    assert "was stopped while it ran" in again.job("j-3").outcome
    assert (list(again.job("j-1").reasons), again.plan("j-1")) == ([reason], b"{}")
    archive = again.job("j-1").archive_id
    assert again.take_archive(str(archive)) == b"zip"
    with pytest.raises(Refusal):
        again.take_archive(str(archive))
    again.accept(job(4))
    with pytest.raises(Refusal):
        again.reset(BEFORE)
    again.close()
    anew = Store(path, lambda: BEFORE, reset=True)
    assert (names(anew), anew.jobs(), anew.was_there) == (["A"], [], False)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(CannotRead, match="another program has it open"):
        Store(path, lambda: BEFORE)
    anew.close()


def test_what_is_no_state_is_left_alone(tmp_path: Path) -> None:
    text, other, missing = tmp_path / "text", tmp_path / "other.db", tmp_path / "no" / "state.db"
    text.write_text("a text that is long enough to be looked at" * 9)
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE mine (a)")
    base.commit()
    base.close()
    kept = text.read_bytes(), other.read_bytes()
    special = tmp_path / "special"
    os.mkfifo(special)
    refused = {
        text: "not a database",
        other: "is a database, and not a state",
        missing: "no such file",
        tmp_path: f"cannot use '{tmp_path}' for the state: it is a folder; name a file, which may be a new one",
        special: f"cannot use '{special}' for the state: it is not a regular file; name another one",
    }
    for path, why in refused.items():
        with pytest.raises(CannotRead, match=why):
            Store(path, lambda: BEFORE)
    assert (text.read_bytes(), other.read_bytes()) == kept


def test_a_state_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.db"
    Store(path, lambda: BEFORE).close()
    monkeypatch.setattr(os, "access", lambda *_: False)  # to whoever runs the tests everything may be permitted
    assert refusal(path) == f"cannot use '{path}' for the state: it may not be read and written"


DAMAGED = {
    "DELETE FROM state": "its table 'state' has no snapshot",
    "UPDATE state SET snapshot = 'text'": "its table 'state' has no snapshot",
    "UPDATE state SET snapshot = x'7b7d'": "the state is not a snapshot: it has no member 'format' with ",
    "UPDATE state SET snapshot = substr(snapshot, 1, 40)": "a text that begins here is not closed, at line 3",
    "DROP TABLE archive": "'archive' is missing in it",
    "DROP INDEX one_running": "'one_running' is missing in it",
    "ALTER TABLE job RENAME COLUMN plan TO plans": "'job' is different in it",
    "UPDATE job SET reasons = 'none'": "a row of its table 'job' cannot be read",
    "PRAGMA user_version = 2": "is a database, and not a state of this version of 'assetpkg serve'",
}
"""What somebody may write into the file of a state, and how it is refused."""


@pytest.mark.parametrize(("statement", "why"), DAMAGED.items())
def test_a_state_that_was_edited_is_refused_with_one_sentence(statement: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    store = Store(path, lambda: BEFORE)
    store.accept(job(1))
    store.close()
    base = sqlite3.connect(path, isolation_level=None)
    base.execute(statement)
    base.close()
    before = path.read_bytes()
    told = refusal(path)
    assert why in told
    assert told.count("\n") == 0
    assert path.read_bytes() == before


def test_a_state_that_was_cut_or_overwritten_is_refused_with_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    Store(path, lambda: BEFORE).close()
    whole = path.read_bytes()
    for length in (99, 100, 3_000, len(whole) // 2, len(whole) - 4096):
        path.write_bytes(whole[:length])
        assert "\n" not in refusal(path), length
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    assert "\n" not in refusal(path)


def refusal(path: Path) -> str:
    with pytest.raises(CannotRead) as refused:
        Store(path, lambda: BEFORE)
    return str(refused.value)


def test_what_is_old_is_forgotten_but_never_a_job_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in {"JOBS": 4, "PLANS": 25, "ARCHIVES": 25, "RUNNING": 3}.items():
        monkeypatch.setattr(bounds, name, most)
    store = Store(tmp_path / "state.db", lambda: BEFORE)
    store.accept(job(1, "the first"))
    for number in range(2, 8):
        store.accept(job(number))
        store.finish(f"j-{number}", End("SUCCEEDED", "done", (), b"ten bytes!", archive=b"ten bytes!"))
    assert [(each.id, each.has_plan) for each in store.jobs()] == [
        ("j-7", True), ("j-6", True), ("j-5", False), ("j-4", False), ("j-1", False)
    ]  # fmt: skip
    archives = {each.id: str(each.archive_id) for each in store.jobs() if each.archive_id}
    assert store.take_archive(archives["j-6"]) == b"ten bytes!"
    for gone in (lambda: store.take_archive(archives["j-5"]), lambda: store.plan("j-5"), lambda: store.job("j-3")):
        with pytest.raises(Refusal) as refused:
            gone()
        assert refused.value.reason is NO_RESOURCE
    store.accept(job(8, "another"))
    store.accept(job(9, "a third"))
    with pytest.raises(Refusal, match=r"ROMA\.10010"):
        store.accept(job(10, "a fourth"))
    store.finish("j-8", End("SUCCEEDED", "done", (), b"more than all of them may have"))
    assert (store.plan("j-8"), store.job("j-7").has_plan) == (b"more than all of them may have", False)
    store.close()
    monkeypatch.setattr(bounds, "JOBS", 1)
    again = Store(tmp_path / "state.db", lambda: BEFORE)
    assert [each.id for each in again.jobs()] == ["j-9"]
    again.close()


def test_the_manual_has_every_bound() -> None:
    table = (ROOT / "assetpkg" / "manual" / "simulator.md").read_text().partition("| bound | number |")[2]
    numbers = [row.split("|")[2].split()[0].replace(",", "") for row in table.split("\n\n")[0].splitlines()[2:]]
    assert [int(number) for number in numbers] == [
        bounds.JOBS, bounds.PLANS >> 20, bounds.ARCHIVES >> 20, bounds.RUNNING, bounds.PACKAGES, bounds.CONNECTIONS,
        bounds.SECONDS, bounds.LINES,
    ]  # fmt: skip
    declared = [name for name in vars(bounds) if name.isupper()]
    assert len(declared) == len(numbers)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.simulator.test_state import AFTER, BEFORE, End, Store, job
for number in range(1, 99):
    path = Path(sys.argv[1]) / f"{number}.db"
    child = os.fork()
    if not child:
        left = number
        def count(_):
            global left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        store = Store(path, lambda: BEFORE)
        store._base.set_trace_callback(count)
        store.accept(job(1))
        store.finish("j-1", End("SUCCEEDED", "done", (), b"{}", AFTER))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        break
print(number - 1)
"""


def test_whenever_it_is_killed_the_state_is_from_before_or_after(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    moments = int(done.stdout)
    assert moments >= 7, "two transactions of three and four statements"
    ends = []
    for number in range(1, moments + 2):
        store = Store(tmp_path / f"{number}.db", lambda: BEFORE)
        ends.append((names(store)[0], [each.status for each in store.jobs()]))
        store.close()
    assert list(dict.fromkeys(map(json.dumps, ends))) == ['["A", []]', '["A", ["FAILED"]]', '["B", ["SUCCEEDED"]]']


def test_a_state_is_the_same_from_its_bytes() -> None:
    outcome = assetpkg.plan("samples/order-center", "samples/staging.json", mode="Merge").apply()
    state = State.of(outcome.instance)
    again = State.parse(state.dump())
    assert again.instance.digest == state.instance.digest
    assert again.dump() == state.dump()


def test_what_is_deleted_is_known_in_part_no_more_and_of_two_of_one_name_the_other_is() -> None:
    there = [
        edited(APPLICATION, id=f"app-{number}", name=name, key=f"key-{number}") for number, name in enumerate("AAB")
    ]
    fact = {"why": "random-name", "pointers": []}
    known = {"application/A": ["remark"], "application/A#2": ["key"], "application/B": [], "application": ["owner"]}
    state = State.of(
        make_instance(
            {"application": there},
            partial=known,
            undetermined=[{**fact, "address": address} for address in ("application/A", "application/A#2")],
        )
    )
    gone = [resource.address for resource in state.instance.index.resources if resource.id in {"app-0", "app-2"}]
    assert gone == ["application/A", "application/B"]
    done = delete(state, Chosen(apps=("app-0", "app-2"))).state
    assert done is not None
    assert done.instance.partial == {"application/A": ("key",), "application": ("owner",)}
    assert [fact.address for fact in done.instance.undetermined] == ["application/A"]
    assert State.parse(done.dump()).instance.partial == done.instance.partial


def test_on_a_full_disk_nothing_of_a_change_happens_and_the_next_one_does(tmp_path: Path) -> None:
    store = Store(tmp_path / "state.db", lambda: BEFORE)
    store.accept(job(1))
    base: sqlite3.Connection = vars(store)["_base"]
    base.execute("PRAGMA cache_size = 1")
    base.execute("PRAGMA max_page_count = 30")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        store.finish("j-1", End("SUCCEEDED", "done", (), b"{}", AFTER, bytes(1_000_000)))
    assert (names(store), store.job("j-1").status) == (["A"], "RUNNING")
    base.execute("PRAGMA max_page_count = 3000")
    store.finish("j-1", End("SUCCEEDED", "done", (), b"{}", AFTER, bytes(1_000_000)))
    assert (names(store), store.job("j-1").status) == (["B"], "SUCCEEDED")
    store.close()


def test_a_log_that_nobody_reads_any_more_ends_no_work(
    endpoint: assetpkg.Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(endpoint.listening.service, "_log", closed)
    assert imported(endpoint, SHOP)["status"] == "SUCCEEDED"
    assert imported(endpoint, SHOP, "?type=Merge")["status"] == "SUCCEEDED"


def test_a_job_that_cannot_be_remembered_has_failed_and_the_next_one_runs(
    endpoint: assetpkg.Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: State) -> bytes:
        raise sqlite3.OperationalError("database or disk is full")

    before = endpoint.instance
    with monkeypatch.context() as patched:
        patched.setattr(State, "dump", full)
        failed = imported(endpoint, SHOP)
    assert (failed["status"], endpoint.instance) == ("FAILED", before)
    assert any(
        "could not be remembered, so that nothing was changed: database or disk is full" in line
        for line in endpoint.log
    )
    assert imported(endpoint, SHOP)["status"] == "SUCCEEDED"
