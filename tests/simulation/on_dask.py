"""Checks and plans the packages that are named over a local cluster of Dask, once also with one that a worker dies of.

python on_dask.py EXAMPLE TARGET PACKAGE...

The example is a program that reaches the cluster by `ADDRESS`; what it prints is told, too.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import redirect_stdout
from typing import Any

import dask
from distributed import Client, LocalCluster

import assetpkg


class Deadly(Executor):
    """Gives work on, but for the package `b.zip`, of which its worker dies."""

    def __init__(self, executor: Executor) -> None:
        """Give work on to `executor`."""
        self._executor = executor

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        """Give work on."""
        if arguments[0].path.endswith("b.zip"):
            return self._executor.submit(os._exit, 3)
        return self._executor.submit(function, *arguments, **named)


def said_by(example: str, address: str) -> str:
    """Return what a program prints that finds the cluster at `address`."""
    with redirect_stdout(io.StringIO()) as said:
        exec(example.replace("ADDRESS", address), {"__name__": "__main__"})  # noqa: S102 - of our own manual
    return said.getvalue()


def main(example: str, target: str, paths: Sequence[str]) -> None:
    """Print what was found, as JSON."""
    # Dask tries a task three more times unless told not to, and here gives up also what was beside it on its worker.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    made: Any = LocalCluster
    known: Any = Client
    with made(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, known(cluster) as client:
        executor = client.get_executor()
        told = {
            "workers": list(client.run(os.getpid).values()),
            "checked": list(map(repr, assetpkg.check_many(paths, executor=executor))),
            "planned": list(map(repr, assetpkg.plan_many(paths, target, executor=executor))),
            "example": said_by(example, cluster.scheduler_address),
            "after a death": list(map(repr, assetpkg.check_many(paths, executor=Deadly(executor)))),
        }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
