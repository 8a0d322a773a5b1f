"""Starts the command line many times a second, each time in a process of its own, with a fault in it or a limit on it.

Reads orders from standard input, one JSON document on each line, and answers each on standard output:

    {"start": [arguments], "cwd": ..., "out": ..., "err": ..., "plan": ..., "limits": {...}, ...}   the process's id
    {"wait": id}                                        its exit status, below zero a signal; "stopped" if it waits
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any, NoReturn, TextIO

from assetpkg.__main__ import start
from assetpkg.cli.program import COMMANDS, cli

SHIM = ctypes.CDLL(None)
PATIENCE = 120
"""In seconds, after which a process that hangs is killed."""


def warm_up() -> None:
    """Have everything imported that a command imports, so that a process that is forked has no more to load."""
    for command in COMMANDS:
        with contextlib.suppress(SystemExit):
            cli.main([command, "--help"], standalone_mode=False)
    for arguments in json.loads(sys.argv[1]):
        assert cli.main(arguments, standalone_mode=False) == 0, arguments


def run(order: dict[str, Any]) -> NoReturn:
    """Be the command line."""
    os.chdir(order["cwd"])
    for number, name in ((1, "out"), (2, "err")):
        descriptor = os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.umask(order.get("umask", 0o022))
    sys.argv = ["assetpkg", *order["start"]]
    signal.alarm(PATIENCE)
    SHIM.record(os.open(order["record"], os.O_WRONLY | os.O_CREAT) if "record" in order else -1)
    SHIM.shuffle(int(order.get("shuffle", False)))
    for name, most in order.get("limits", {}).items():
        number = getattr(resource, name)
        # What there may be of memory is said beyond what is in use already.
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() if name == "RLIMIT_AS" else 0  # noqa: PTH123, SIM115 - read once
        resource.setrlimit(number, (used + most, resource.getrlimit(number)[1]))
    if "user" in order:
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
    SHIM.arm(order["plan"].encode())
    start()
    raise AssertionError


def serve(answers: TextIO) -> None:
    """Do what the orders say, to the last one."""
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            pid = os.fork()
            if not pid:
                run(order)
            answer: Any = pid
        else:
            _, status = os.waitpid(order["wait"], os.WUNTRACED)
            answer = "stopped" if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status)
        answers.write(f"{json.dumps(answer)}\n")
        answers.flush()


if __name__ == "__main__":
    told = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is said while warming up is not an answer
    warm_up()
    sys.stdout.flush()
    serve(told)
