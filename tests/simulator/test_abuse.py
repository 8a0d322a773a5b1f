"""Abuse: hostile requests, broken forms, slow senders, large bodies and many connections, and the stand-in goes on."""

import gc
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from socket import create_connection
from time import sleep
from urllib.parse import urlsplit

import pytest

from assetpkg import Endpoint
from assetpkg.simulator.server import Arrangement, beside
from assetpkg.simulator.uploads import Bounds
from assetpkg.simulator.wire import WireOptions
from tests.build import make_instance
from tests.conftest import THOROUGH
from tests.simulator.client import TOKEN, ask, form, send
from tests.simulator.clock import PATIENCE, Clock
from tests.simulator.conftest import HERE, SHOP

NUMBER = 5_000 if THOROUGH else 120
WORDS = (
    "v2", "p-1", "i-1", "instances", "assets", "import", "jobs", "archives", "export", "delete", "apps", "fdi",
    "..", "%2e%2e", "%2F", "%00", "%ff", "", "_assetpkg",
    "faults", "plan", "reset", "a" * 3000, "<script>", "%0d%0aX:y",
    "{project_id}", "订单", "::error::", "'; DROP TABLE job; --",
)  # fmt: skip
VALUES = (
    "",
    "0",
    "-1",
    "1e999",
    "9" * 400,
    "AddNew",
    "Merge",
    "true",
    "%00",
    "\u202e",
    "../../etc",
    "*" * 5000,
    "{}",
    "[]",
)
NAMES = ("type", "prefix", "datasource_overwrite", "limit", "offset", "name", "", "a" * 200)


def raw(endpoint: Endpoint, content: bytes, *, wait: float = 20) -> bytes:
    """Send bytes as they are, and return what comes back until the connection ends or nothing comes."""
    place = urlsplit(endpoint.url)
    with create_connection((place.hostname, place.port), timeout=wait) as connection:
        found = b""
        try:
            connection.sendall(content)
            connection.shutdown(1)
            while part := connection.recv(1 << 16):
                found += part
        except OSError:
            pass
        return found


def hostile(chance: Random) -> bytes:
    """Return a request that nobody in their right mind sends."""
    path = "/" + "/".join(chance.choice(WORDS) for _ in range(chance.randint(1, 8)))
    if chance.random() < 0.5:
        path = "/v2/p-1/instances/i-1/assets/" + chance.choice(
            ("import", "export", "delete", "jobs/1", "archives/1", path)
        )
    query = "&".join(f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _ in range(chance.randint(0, 60) // 20))
    method = chance.choice(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "PATCH"))
    body, kind = form(chance.choice((SHOP, b"", b"PK\3\4", chance.randbytes(300))), name=chance.choice(WORDS))
    if chance.random() < 0.5:
        at = chance.randrange(len(body))
        body = body[:at] + chance.randbytes(chance.randint(0, 9)) + body[at + chance.randint(0, 9) :]
    if chance.random() < 0.3:
        body = chance.choice((b"[" * 5000, b'{"apps": [{"id": 1}]}', b'{"apps": 1, "tasks": []}', b"\xff\xfe", b"{}"))
    host = chance.choice(("127.0.0.1", "evil.example", "")) if chance.random() < 0.1 else "HOST"
    length = chance.choice((len(body), len(body), len(body) + 5, 10**12, -1)) if chance.random() < 0.2 else len(body)
    headers = {
        "Host": host, "Content-Length": length,
        "X-Auth-Token": chance.choice(("x", "", "\u00e9", "y" * 4000)),
        "Content-Type": chance.choice((*kind.values(), *kind.values(), f"multipart/form-data; boundary={'b' * 300}")),
        chance.choice(("Expect", "Origin", "Transfer-Encoding", "X-A")): chance.choice(("100-continue", "null", "x")),
        "Connection": "close",
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path}{'?' + query if query else ''} HTTP/1.1\r\n{head}\r\n".encode() + body


def test_hostile_requests_leave_nothing_behind(endpoint: Endpoint) -> None:
    chance = Random(7)  # noqa: S311 - only requests
    host = urlsplit(endpoint.url).netloc
    requests = [hostile(chance).replace(b"Host: HOST", f"Host: {host}".encode()) for _ in range(NUMBER)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: raw(endpoint, one), requests))
        gc.collect()
        tracemalloc.start()
        for _ in pool.map(lambda one: raw(endpoint, one), requests):
            pass
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert kept < 300_000 + 500 * NUMBER, "what is kept of a request is its line in the log"
    statuses = {answer[9:12] for answer in answers if answer}
    assert b"500" not in statuses, next(answer for answer in answers if answer[9:12] == b"500")
    assert {b"403", b"404"} <= statuses
    everything = b"".join(answers)
    for word in (b"Traceback", b"/tmp/", b".py", b"site-packages", b"sqlite"):
        assert word not in everything
    gc.collect()
    assert send(endpoint, SHOP, "?type=Merge").status in (200, 403)
    assert all("\n" not in line and "\u202e" not in line for line in endpoint.log)
    while any(job["status"] == "RUNNING" for job in endpoint.jobs()):
        sleep(0.01)


def test_a_head_that_does_not_end_has_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that goes on is not cut; one that stops within a head is, also after a call that was answered."""
    clock = Clock(monkeypatch)
    arrangement = Arrangement(make_instance({}, **HERE), wire_options=WireOptions(bounds=Bounds(100_000, PATIENCE)))
    with beside(arrangement, lambda _: None) as where:
        place = urlsplit(where.url)
        whole = f"GET /_assetpkg/jobs HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode()
        for before in (b"", whole):
            with create_connection((place.hostname, place.port), timeout=120) as connection:
                connection.sendall(before)
                answer = b""
                while before and not answer.endswith(b'{"jobs":[]}'):
                    part = connection.recv(1 << 16)
                    assert part, answer
                    answer += part
                connection.sendall(whole[:-2])
                clock.run_out(heads=1)
                # What has come just before the time was over, and was not read, makes it a reset.
                with suppress(ConnectionResetError):
                    assert connection.recv(1 << 16) == b""
        client = HTTPConnection(place.netloc, timeout=120)
        for _ in range(2):
            client.request("GET", "/_assetpkg/jobs")
            assert client.getresponse().read()
            assert clock.heads == 0, "it may take its time until the next call"
        client.close()


def test_a_connection_too_many_is_answered_that_there_are_too_many() -> None:
    """Those that there are already are answered as ever, and so is the next one after they have gone."""
    made = Arrangement(make_instance({}, **HERE), wire_options=WireOptions(connections=2))
    with beside(made, lambda _: None) as where:
        at = Endpoint(where.url, "p-1", "i-1", where, [])
        clients = [HTTPConnection(urlsplit(at.url).netloc, timeout=120) for _ in range(2)]
        for client in clients:
            client.request("GET", "/_assetpkg/jobs")
            assert client.getresponse().read() == b'{"jobs":[]}'
        body, kind = form(SHOP)
        crowded = ask(at, "POST", "import", body, kind)
        assert (crowded.status, crowded.code, crowded.headers["connection"]) == (503, "ASSETPKG.crowded", "close")
        assert crowded.json["request_id"] == crowded.headers["x-request-id"]
        clients.pop().close()
        while (answer := ask(at, "GET", "/_assetpkg/jobs")).status == 503:
            sleep(0.01)
        assert answer.json == {"jobs": []}
        clients.pop().close()


def test_a_body_has_a_limit_and_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    arrangement = Arrangement(make_instance({}, **HERE), wire_options=WireOptions(bounds=Bounds(100_000, PATIENCE)))
    with beside(arrangement, lambda _: None) as where:
        at = Endpoint(where.url, "p-1", "i-1", where, [])
        large = raw(at, request(at, b"x" * 300_000))
        assert b" 413 " in large.split(b"\r\n")[0], large[:200]
        assert b"ASSETPKG.too-large" in large
        slow: list[bytes] = []

        def dribble() -> None:
            place = urlsplit(at.url)
            with create_connection((place.hostname, place.port), timeout=120) as connection:
                connection.sendall(request(at, b"x" * 90_000)[:5_000])
                slow.append(connection.recv(1 << 16))

        threads = [threading.Thread(target=dribble) for _ in range(100 if THOROUGH else 10)]
        for thread in threads:
            thread.start()
        assert ask(at, "GET", "/v2/p-1/instances/i-1/apps").status == 200, "others are answered meanwhile"
        clock.run_out(bodies=len(threads))
        for thread in threads:
            thread.join()
        assert {answer.split(b" ")[1] for answer in slow} == {b"408"}


def request(at: Endpoint, content: bytes) -> bytes:
    body, kind = form(content)
    headers = {"Host": urlsplit(at.url).netloc, **TOKEN, **kind, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {urlsplit(at.assets).path}/import HTTP/1.1\r\n{head}\r\n".encode() + body


def test_a_large_upload_is_on_the_disk_and_not_in_memory(endpoint: Endpoint) -> None:
    """What is measured is how much the program has allocated for it, not a time."""
    size = (200 if THOROUGH else 16) << 20
    body, kind = form(b"PK" + bytes(size))
    tracemalloc.start()
    try:
        answer = ask(endpoint, "POST", "import", body, kind)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.code == "ROMA.10011"
    assert peak < size / 2


def test_a_broken_form_writes_nothing(endpoint: Endpoint, capfd: pytest.CaptureFixture[str]) -> None:
    body, kind = form(SHOP)
    assert ask(endpoint, "POST", "import", b"xx" + body, kind).code == "ROMA.13000"
    assert capfd.readouterr() == ("", "")


def test_what_there_is_no_room_for_is_refused_with_why_and_the_next_file_is_taken(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("tempfile.tempdir", str(tmp_path / "gone"))
        refused = send(endpoint, bytes(1 << 22))
        assert (refused.status, refused.code) == (500, "ASSETPKG.broken")
        assert refused.json["error_details"] == "the file cannot be kept until it is read: no such file or directory"
        body, kind = form(bytes(1 << 22))
        shown = ask(endpoint, "POST", "/_assetpkg/preview", body, kind)
        assert (shown.status, b"no such file or directory" in shown.content) == (500, True)
    assert send(endpoint, SHOP).status == 200
