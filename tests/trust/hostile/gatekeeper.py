"""A process that runs commands for others: jobs in a child of their own, whose cost and traces are reported.

It reads a list of jobs a line, JSON objects with `cwd` and `commands`, and answers with one line: for every command of
each job its status and what it said and every place outside `cwd` that was written to, and for all of them together the
signal that ended them, if any did, and the most memory in bytes. The first job is done here, unanswered: then others
cost milliseconds.
"""

import gc
import io
import json
import os
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from assetpkg.__main__ import RARELY

MEMORY = 2 << 30
"""What a child may take of the address space, so that a failure of the gate is not a failure of the machine."""
SECONDS = 120
"""Of processor, how long a job may compute: a common machine needs a twentieth for the largest, and what does not end
is killed."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MAKING = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")

_home = ""
_strayed: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _home or not (event in _MAKING or (event == "open" and (arguments[2] or 0) & _WRITING)):
        return
    for place in arguments[:2] if event in {"os.rename", "os.link", "os.symlink"} else arguments[:1]:
        if isinstance(place, (str, bytes)):
            whole = os.path.abspath(os.fsdecode(place))  # noqa: PTH100 - of a place that may not be there
            if whole not in (_home, os.devnull) and not whole.startswith(f"{_home}/"):
                _strayed.append(f"{event} {place!r}")


def _run(command: list[str]) -> dict[str, Any]:
    """Run one command line in this process; a traceback is what it says on standard error."""
    from assetpkg.__main__ import main

    status: Any = 0
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    sys.stdout, sys.stderr = streams
    sys.argv = ["assetpkg", *command]
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the gate is there for
        status = traceback.format_exc()
    said, complained = (stream.buffer.getvalue() for stream in streams)
    return {"status": status, "said": len(said), "complained": complained[-2_000:].decode("utf-8", "replace")}


def _work(jobs: list[dict[str, Any]], answer: int) -> None:
    """Do jobs in the child, and write what came of them to the descriptor `answer`."""
    global _home  # noqa: PLW0603 - an audit hook cannot be removed, only told where home is
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.addaudithook(_watch)
    told = []
    for job in jobs:
        _strayed.clear()
        spent = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, resource.RLIM_INFINITY))
        os.chdir(job["cwd"])
        _home = os.path.realpath(".")
        told.append({"ended": [_run(command) for command in job["commands"]], "strayed": list(_strayed)})
        gc.collect()
    os.write(answer, json.dumps(told).encode())


def _serve(jobs: list[dict[str, Any]]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as answer:
        child = os.fork()
        if child == 0:
            try:
                _work(jobs, answer.fileno())
            finally:
                os._exit(0)
        _, status, usage = os.wait4(child, 0)
        answer.seek(0)
        told = json.loads(answer.read() or b"[]")
    return {
        "jobs": told,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "memory": usage.ru_maxrss << 10,
    }


def _warm(job: dict[str, Any]) -> None:
    """Do a job in this process, so that children find everything loaded, built and looked up."""
    home, streams = Path.cwd(), (sys.stdout, sys.stderr)
    os.chdir(job["cwd"])
    for command in job["commands"]:
        _run(command)
    sys.stdout, sys.stderr = streams
    os.chdir(home)
    gc.set_threshold(RARELY)
    gc.freeze()


if __name__ == "__main__":
    _warm(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_serve(json.loads(line))) + "\n")
        sys.stdout.flush()
