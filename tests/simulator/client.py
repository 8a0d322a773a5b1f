"""A client of the stand-in that sends what it is told to, byte by byte where that matters."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection
from time import sleep
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from assetpkg import Endpoint

FILE = "ImportAssetRequestBody"
TOKEN = {"X-Auth-Token": "a-token-that-nobody-prints"}
Part = tuple[str, bytes]
"""The header lines of a part of a form after its name, and its content."""


class Answer(NamedTuple):
    """A status, the headers in small letters, and what was answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def code(self) -> str:
        return str(self.json["error_code"])


def ask(
    endpoint: Endpoint, method: str, path: str, content: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Make one call; a path that does not begin with a slash is one of the asset calls."""
    whole = path if path.startswith("/") else f"{urlsplit(endpoint.assets).path}/{path}"
    connection = HTTPConnection(urlsplit(endpoint.url).netloc, timeout=120)
    try:
        connection.request(method, whole, content or None, {**TOKEN, **(headers or {})})
        found = connection.getresponse()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
    finally:
        connection.close()


def form(content: bytes, name: str = "assets.zip", field: str = FILE) -> tuple[bytes, dict[str, str]]:
    """Return the body of a form with one file, as the official SDK sends it, and its headers."""
    return parts((f'form-data; name="{field}"; filename="{name}"', content))


def parts(*members: Part) -> tuple[bytes, dict[str, str]]:
    """Return the body of a form, and its headers."""
    mark = "76a703aac8d94ce38c5fa80c28261e3a"
    body = b"".join(
        f"--{mark}\r\nContent-Disposition: {head}\r\n\r\n".encode() + content + b"\r\n" for head, content in members
    )
    return body + f"--{mark}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={mark}"}


def send(endpoint: Endpoint, content: bytes, query: str = "", name: str = "assets.zip", **headers: str) -> Answer:
    """Send a package."""
    body, kind = form(content, name)
    return ask(
        endpoint, "POST", f"import{query}", body, {**kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


def ended(endpoint: Endpoint, job_id: str) -> Any:
    """Ask for a job until it has ended."""
    for _ in range(20_000):
        job = ask(endpoint, "GET", f"jobs/{job_id}").json
        if job["status"] != "RUNNING":
            return job
        sleep(0.005)
    raise AssertionError(job)


def imported(endpoint: Endpoint, content: bytes, query: str = "") -> Any:
    """Import a package, and return its job when it has ended."""
    answer = send(endpoint, content, query)
    assert answer.status == 200, answer.content
    return ended(endpoint, answer.json["job_id"])
