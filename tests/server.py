"""Starts the command line many times a second, each time in a process of its own, with a fault in it or a limit on it.

Such a process is a copy of this one, which has loaded everything. Orders come through the socket that is the standard
input, one JSON document each, and are answered there:

    python -m tests.server SOCKET COMMANDS

    {"start": [arguments], "cwd": ..., "environment": {...}, "code": ..., "plan": ..., "limits": {...}, ...}
                        the process's id; with the order come the descriptors of its standard streams
    {"wait": id}        its exit status, below zero a signal; "stopped" if it waits

Whoever connects to the other socket gives one order to start, and is answered by the exit status.
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import traceback
from typing import Any, NoReturn

from assetpkg.__main__ import start
from assetpkg.cli.program import COMMANDS, cli

LIBRARY = ctypes.CDLL(None)
"""What is loaded, and in the way of system calls, if it is `trust/faults/shim.c`."""
MOST_WORK = 120
"""In seconds of processor time, which a busy machine does not make more: after them, a process that goes on for ever is
killed."""
PATIENCE = 3_600
"""In seconds, after which a process is killed that does nothing, and does not end."""
LONGEST = 1 << 20
"""In bytes, how long an order is."""


def warm_up() -> None:
    """Have everything imported that a command imports, so that a process that is forked has no more to load."""
    for command in COMMANDS:
        with contextlib.suppress(SystemExit):
            cli.main([command, "--help"], standalone_mode=False)
    for arguments in json.loads(sys.argv[2]):
        assert cli.main(arguments, standalone_mode=False) == 0, arguments
    sys.stdout.flush()
    gc.freeze()  # what is never looked at again stays shared


def run(order: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the command line, or a program of Python that is in the order."""
    os.chdir(order["cwd"])
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.umask(order.get("umask", 0o022))
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["assetpkg", *order["start"]]
    signal.alarm(PATIENCE)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK))
    for name, most in order.get("limits", {}).items():
        number = getattr(resource, name)
        # What there may be of memory is said beyond what is in use already.
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() if name == "RLIMIT_AS" else 0  # noqa: PTH123, SIM115 - read once
        resource.setrlimit(number, (used + most, resource.getrlimit(number)[1]))
    if "user" in order:
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
    if "plan" in order:
        LIBRARY.record(os.open(order["record"], os.O_WRONLY | os.O_CREAT) if "record" in order else -1)
        LIBRARY.shuffle(int(order.get("shuffle", False)))
        LIBRARY.arm(order["plan"].encode())
    try:
        exec(order["code"], {"__name__": "__main__"}) if "code" in order else start()  # noqa: S102 - of a test
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - as Python ends
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def started(order: dict[str, Any], streams: list[int]) -> int:
    """Start a process, and return its id."""
    pid = os.fork()
    if not pid:
        run(order, streams)
    for descriptor in streams:
        os.close(descriptor)
    return pid


def serve(orders: socket.socket, others: socket.socket) -> None:
    """Do what the orders say, to the last one, and what others ask for meanwhile."""
    serving: list[int] = []
    while True:
        if others in select.select([orders, others], [], [])[0]:
            serving = [pid for pid in serving if os.waitpid(pid, os.WNOHANG) == (0, 0)]
            serving.append(serve_another(others.accept()[0]))
            continue
        text, streams, _, _ = socket.recv_fds(orders, LONGEST, 3)
        if not text:
            break
        order = json.loads(text)
        if "start" in order:
            answer: Any = started(order, streams)
        else:
            _, status = os.waitpid(order["wait"], os.WUNTRACED)
            answer = "stopped" if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status)
        orders.send(json.dumps(answer).encode())
    for pid in serving:
        os.waitpid(pid, 0)


def serve_another(connection: socket.socket) -> int:
    """Start a process that does the one order that comes through a connection; return its id."""
    with connection:
        pid = os.fork()
        if not pid:
            text, streams, _, _ = socket.recv_fds(connection, LONGEST, 3)
            _, status = os.waitpid(started(json.loads(text), streams), 0)
            connection.send(str(os.waitstatus_to_exitcode(status)).encode())
            os._exit(0)
    return pid


if __name__ == "__main__":
    given = socket.socket(fileno=os.dup(0))
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind(sys.argv[1])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is said while warming up is not for anybody
    warm_up()
    listening.listen()
    serve(given, listening)
