"""The command itself, in a process of its own: where it listens, how it ends, and what it refuses to begin."""

import gc
import json
import os
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from tempfile import SpooledTemporaryFile
from time import sleep
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

import assetpkg
from assetpkg import Endpoint
from assetpkg.cli.program import cli
from assetpkg.errors import AssetpkgError
from assetpkg.simulator import emulator
from assetpkg.simulator.emulator import NEEDED
from assetpkg.simulator.server import Arrangement, beside
from assetpkg.simulator.store import Store
from assetpkg.simulator.wire import WireOptions
from tests.build import make_instance, make_package
from tests.conftest import ROOT, SAMPLES
from tests.simulator.client import TOKEN, ask, form, imported, send
from tests.simulator.conftest import HERE, SHOP, zipped

WATCHED = """
import json, sys
seen = []
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "urllib.")):
        seen.append((event, str(arguments[1:])))
sys.addaudithook(watch)
from assetpkg.simulator import server
from assetpkg.cli.program import cli
import signal
signal.raise_signal = lambda number: sys.stderr.write(json.dumps({"ended": number, "seen": seen}))
cli.main(sys.argv[1:], standalone_mode=False)
"""


def test_it_listens_where_it_says_and_calls_nobody(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    command = ["serve", "--target", str(SAMPLES / "staging.json"), "--port", "0", "--state", str(state)]
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHED, *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    url = urlsplit(line.split()[0])
    ids = "project 06a7af5f359b3c9b069a4e1bc63fe30b, instance 30901d35-21a0-4899-a0ed-e3da0ab89cd3"
    assert line == f"{url.geturl()} is staging, as the target says; {ids}; Ctrl-C ends it\n"
    connection = HTTPConnection(url.netloc)
    connection.request("GET", "/_assetpkg/jobs")
    assert json.loads(connection.getresponse().read()) == {"jobs": []}
    connection.close()
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert "assetpkg: GET /_assetpkg/jobs 200\n" in told
    found = json.loads(told[told.index('{"ended"') :])
    assert found["ended"] == signal.SIGTERM
    assert [arguments for event, arguments in found["seen"] if event == "socket.bind"] == ["(('127.0.0.1', 0),)"]
    assert {event for event, _ in found["seen"]} <= {"socket.__new__", "socket.bind"}, found["seen"]
    store = Store(state, lambda: pytest.fail("the state is from before"))
    assert store.was_there
    assert store.state.instance.name == "staging"
    store.close()


def test_when_it_is_killed_nothing_that_was_sent_is_left(tmp_path: Path) -> None:
    """While a job waits with a package that is too large for memory, too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    command = ["serve", "--target", str(SAMPLES / "staging.json"), "--port", "0", "--fault", "slow_jobs=600"]
    process = subprocess.Popen(
        [sys.executable, "-m", "assetpkg", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        at = urlsplit(process.stdout.readline().split()[0])
        content, kind = form(zipped(make_package({"notes.txt": Random(1).randbytes(2**21)})))  # noqa: S311 - only bytes
        facts = json.loads((SAMPLES / "staging.json").read_bytes())["instance"]
        path = f"/v2/{facts['project_id']}/instances/{facts['id']}/assets"
        connection = HTTPConnection(at.netloc)
        connection.request("POST", f"{path}/import?type=Merge", content, {**TOKEN, **kind})
        job = json.loads(connection.getresponse().read())["job_id"]
        connection.request("GET", f"{path}/jobs/{job}", headers=TOKEN)
        assert json.loads(connection.getresponse().read())["status"] == "RUNNING"
        connection.close()
        assert list(folder.iterdir()) == []
        process.kill()
    assert list(folder.iterdir()) == []


def test_what_is_not_safe_or_not_possible_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_HEADER", "Zugangsschlüssel")
    monkeypatch.setenv("SHORT", "seven..")
    target = ("--target", str(SAMPLES / "staging.json"))
    for options, why in {
        ("--address", "0.0.0.0"): "others could call a stand-in at 0.0.0.0: give a token with --token-variable",  # noqa: S104 - refused
        ("--token-variable", "NO_SUCH_VARIABLE"): "the environment variable 'NO_SUCH_VARIABLE' is not set, or is empty",
        ("--token-variable", "SHORT"): "the token has at least 8 characters",
        ("--token-variable", "NO_HEADER"): "the token may have only ASCII characters that can be seen",
        ("--reset",): "--reset is for the file of --state",
        ("--fault", "slow=1"): "no failure is named 'slow'",
        ("--fault", "slow_jobs"): "a failure is NAME=VALUE, and 'slow_jobs' has no '='",
        ("--fault", "status=200"): "status is between 400 and 599, or 0",
        ("--state", str(SAMPLES / "staging.json")): "not a database",
        ("--state", str(tmp_path / "no" / "a.db")): "no such file",
        ("--mode", "Mrege"): "the mode is AddNew or Merge",
    }.items():
        done = CliRunner().invoke(cli, ["serve", *target, *options])
        assert isinstance(done.exception, AssetpkgError), options
        assert why in str(done.exception), options


def test_without_the_extra_it_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "import assetpkg\n"
        "try:\n    assetpkg.emulator('x').__enter__()\n"
        "except assetpkg.InvalidOption as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == NEEDED


def test_the_fixture_begins_stand_ins_that_end_with_the_test() -> None:
    from contextlib import suppress

    from assetpkg.simulator.pytest_plugin import assetpkg_emulator

    fixture = assetpkg_emulator.__wrapped__()  # type: ignore[attr-defined]
    begin = next(fixture)
    endpoint = begin(SAMPLES / "staging.json", mode="Merge")
    connection = HTTPConnection(urlsplit(endpoint.url).netloc)
    connection.request("GET", "/_assetpkg/jobs")
    assert connection.getresponse().status == 200
    connection.close()
    with suppress(StopIteration):
        next(fixture)
    again = HTTPConnection(urlsplit(endpoint.url).netloc, timeout=60)
    with suppress(ConnectionRefusedError):
        again.request("GET", "/")
        raise AssertionError(endpoint.url)


ASKING = """
import urllib.request

def test_it(assetpkg_emulator):
    endpoint = assetpkg_emulator({target!r}, mode="Merge")
    assert urllib.request.urlopen(endpoint.url).status == 200
    assert endpoint.jobs() == []
"""


def test_a_signal_that_ends_it_is_its_status_also_in_the_background_of_a_script() -> None:
    """A shell without job control has what it runs in the background ignore the signal of Ctrl-C."""
    command = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", sys.executable, "-m", "assetpkg", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--target", str(SAMPLES / "staging.json")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert "Ctrl-C ends it" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert (process.communicate(timeout=60)[1], process.returncode) == ("assetpkg: interrupted\n", 130)


@pytest.mark.parametrize("registered", [True, False])
def test_the_fixture_is_there_for_those_who_ask_for_it(tmp_path: Path, registered: bool) -> None:  # noqa: FBT001 - a case
    (tmp_path / "test_own.py").write_text(ASKING.format(target=str(SAMPLES / "staging.json")))
    asked = 'pytest_plugins = ["assetpkg.simulator.pytest_plugin"]\n'
    (tmp_path / "conftest.py").write_text(asked if registered else "")
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == (0 if registered else 1), done.stdout
    assert registered or "fixture 'assetpkg_emulator' not found" in done.stdout


def test_with_a_token_each_call_has_to_have_it() -> None:
    made = Arrangement(make_instance({"application": []}, **HERE), wire_options=WireOptions(token="the-right-one"))  # noqa: S106 - made up
    lines: list[str] = []
    with beside(made, lines.append) as where:
        at = Endpoint(where.url, "p-1", "i-1", where, lines)
        for token in ("", "the-right-on", "another-secret", "the-right-one"):
            for path in ("/v2/p-1/instances/i-1/apps", "/_assetpkg/jobs", "/"):
                answer = ask(at, "GET", path, headers={"X-Auth-Token": token})
                right = token == "the-right-one"  # noqa: S105 - made up
                assert answer.status == (200 if right else 403), (path, token)
                assert right or answer.code == "ROMA.1002"
                assert b"the-right-one" not in answer.content
        connection = HTTPConnection(urlsplit(at.url).netloc)
        connection.request("POST", "/_assetpkg/reset", headers={"Authorization": "Access=the-right-one"})
        assert json.loads(connection.getresponse().read())["error_code"] == "ROMA.1000"
        connection.close()
    assert not [line for line in lines if "right-on" in line or "secret" in line]


def test_no_file_is_open_for_what_was_imported(endpoint: Endpoint) -> None:
    """The state is read from what is remembered of it, and not from the packages that made it."""
    for number in range(3):
        assert imported(endpoint, SHOP, f"?type=Merge&prefix=p{number}_")["status"] == "SUCCEEDED"
    while sum("importAsset SUCCEEDED" in line for line in endpoint.log) < 3:
        sleep(0.01)
    gc.collect()
    assert [each for each in gc.get_objects() if isinstance(each, SpooledTemporaryFile) and not each.closed] == []
    instance = endpoint.instance
    assert instance.document(instance.index.by_address["application/p0_Shop"])["name"] == "p0_Shop"


def test_a_log_keeps_its_last_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emulator, "LINES", 2)
    with assetpkg.emulator(make_instance({})) as at:
        for path in ("/first", "/second", "/third"):
            ask(at, "GET", path)
        assert at.log == ("GET /second 404", "GET /third 404")


def test_a_reset_begins_anew_but_not_while_a_job_runs(endpoint: Endpoint) -> None:
    first = endpoint.instance.digest
    imported(endpoint, SHOP)
    assert endpoint.instance.digest != first
    endpoint.fail(slow_jobs=3_600)  # and it stays so: a job sees how slow it is when its turn comes
    running = send(endpoint, SHOP, "?type=Merge").json["job_id"]
    refused = ask(endpoint, "POST", "/_assetpkg/reset")
    assert (refused.status, refused.code) == (403, "ROMA.10012")
    assert len(endpoint.jobs()) == 2
    assert ask(endpoint, "GET", "/_assetpkg/reset").status == 405
    assert ask(endpoint, "GET", f"jobs/{running}").json["status"] == "RUNNING"


def test_a_reset_forgets_jobs_and_changes(endpoint: Endpoint) -> None:
    first = endpoint.instance.digest
    job = imported(endpoint, SHOP)
    assert ask(endpoint, "POST", "/_assetpkg/reset").status == 204
    assert (endpoint.instance.digest, endpoint.jobs()) == (first, [])
    assert ask(endpoint, "GET", f"jobs/{job['id']}").status == 404
    assert imported(endpoint, SHOP)["status"] == "SUCCEEDED"
