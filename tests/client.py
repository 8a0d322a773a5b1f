"""The program of scripts in the tests: has the command line started where all is loaded, and ends as it does.

python client.py SOCKET [ARGUMENTS]...
"""

import json
import os
import socket
import sys

LONGEST = 1 << 10
"""In bytes, how long an answer is at most."""


def main(place: str, *arguments: str) -> int:
    """Return the exit status; a signal that ended the command ends this, too."""
    order = {"start": arguments, "cwd": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109 - a fast start
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        server.connect(place)
        socket.send_fds(server, [json.dumps(order).encode()], [0, 1, 2])
        status = int(server.recv(LONGEST))
    if status < 0:
        os.kill(os.getpid(), -status)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
