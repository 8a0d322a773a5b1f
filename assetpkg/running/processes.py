"""Processes of our own that share the work: how many pay, how they are started, and that none of them is left over.

What starts them is imported when there is one to start: a small run pays nothing for it.
"""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

WORTH = 8 * 2**20
"""For how many bytes of documents a process pays: what they take is several times what it takes to start one."""
LARGE = 2 * WORTH
"""From how many bytes on a package is shared out in parts, and not as a whole."""
MOST = 8
"""How many processes are started unless more are asked for; each needs memory of its own."""


class Processes:
    """What makes an executor of processes, which begin with all that is in memory here where the system has that."""

    def __init__(self, number: int) -> None:
        """Take how many processes there are to be."""
        self.number = number

    def __call__(self) -> "Executor":
        """Make an executor; raises `OSError` and others where the system has no processes to give."""
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        # A copy of this process starts at once; elsewhere than on Linux, what the system's libraries hold forbids it.
        context = get_context("fork" if sys.platform == "linux" else None)
        return ProcessPoolExecutor(self.number, mp_context=context, initializer=_begin)


def processes_for(jobs: int | None, size: int) -> Processes | None:
    """Return what shares the work on so many bytes of documents, or `None` where this process does it best alone.

    `jobs` is how many processes were asked for; without it, there are as many as have a processor and enough to do.
    """
    number = min(processors(), MOST, size // WORTH) if jobs is None else jobs
    return Processes(number) if number > 1 else None


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def end_processes() -> None:
    """End every process that was started here, at once; they only compute, so that nothing is left half done.

    This can be called at any moment, even while what starts them is being imported.
    """
    for process in getattr(sys.modules.get("multiprocessing.process"), "active_children", list)():
        process.kill()


def _begin() -> None:
    """Make a worker silent, and end when its parent does, however that ends, and not before."""
    import signal
    import threading

    # What interrupts a terminal's processes comes to all of them; the parent says so, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP", "SIGALRM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
