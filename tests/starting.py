"""The command line in processes of its own that start at once: copies of one that has loaded everything.

What a process does before that, a test has to see in one from its first line on: `project/test_start_up.py`,
`project/test_wheel.py` and `trust/faults/test_endings.py` start such ones.
"""

import json
import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import assetpkg
from tests.build import make_package

ANSWER = 1 << 10
"""In bytes, how long an answer is at most."""


class Starter:
    """Starts commands; they share nothing with each other, nor with the tests."""

    def __init__(self, root: Path, place: Path, environment: Mapping[str, str] | None = None) -> None:
        """Start what they are copies of, from the source tree; `place` is an empty folder for what it does before."""
        self._root = root
        self._place = str(place / "socket")
        assetpkg.unpack(make_package(), place / "in")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.server", self._place, json.dumps(_warm(place))],
                env={**os.environ, "PYTHONPATH": str(root), **(environment or {})},
                stdin=theirs.fileno(),
            )
        self._socket = ours

    def __enter__(self) -> Self:
        """Nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what they are copies of."""
        self._socket.close()
        self._process.wait()

    def start(self, arguments: Sequence[str], streams: Sequence[int], cwd: Path, **more: Any) -> int:
        """Start a command with these standard streams, and return its process id."""
        order = {"start": arguments, "cwd": str(cwd), "environment": dict(os.environ), **more}
        socket.send_fds(self._socket, [json.dumps(order).encode()], streams)
        return int(json.loads(self._socket.recv(ANSWER)))

    def wait(self, pid: int) -> Any:
        """Wait until a process ends or stops; returns its exit status, below zero a signal, or that it is stopped."""
        self._socket.send(json.dumps({"wait": pid}).encode())
        return json.loads(self._socket.recv(ANSWER))

    def run(
        self, *arguments: str, cwd: Path | None = None, stdin: bytes = b"", **more: Any
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run a command to its end, with a pipe for each of its standard streams."""
        (taken, given), (out, said), (err, complained) = (os.pipe() for _ in range(3))
        pid = self.start(arguments, (taken, said, complained), cwd or self._root, **more)
        for descriptor in (taken, said, complained):
            os.close(descriptor)
        with ThreadPoolExecutor(3) as threads:
            threads.submit(_write, given, stdin)
            texts = list(threads.map(_read, (out, err)))
        return subprocess.CompletedProcess(arguments, self.wait(pid), *texts)

    def make_program(self, folder: Path) -> Path:
        """Make a folder with the program `assetpkg`, for the path of a script; return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.run("--version")  # when this is answered, others are as well
        client = [sys.executable, "-I", "-S", str(Path(__file__).parent / "client.py"), self._place]
        (folder / "assetpkg").write_text(f'#!/bin/sh\nexec {shlex.join(client)} "$@"\n')
        (folder / "assetpkg").chmod(0o755)
        return folder


def _write(descriptor: int, content: bytes) -> None:
    with suppress(BrokenPipeError), open(descriptor, "wb") as stream:
        stream.write(content)


def _read(descriptor: int) -> bytes:
    with open(descriptor, "rb") as stream:
        return stream.read()


def _warm(place: Path) -> list[list[str]]:
    """Return commands that load what they need when they need it."""
    return [
        ["check", str(place / "in"), "-o", str(place / "warm.txt")],
        ["check", str(place / "in"), "--format", "json", "-o", str(place / "warm.json")],
        ["pack", str(place / "in"), "-o", str(place / "warm.zip")],
        ["unpack", str(place / "warm.zip"), "-o", str(place / "warm")],
        ["show", str(place / "warm.zip"), "-o", str(place / "warm.show")],
        ["plan", str(place / "warm.zip"), "-o", str(place / "warm.plan"), "--fail-on", "error"],
    ]
