"""Work that holds no lock of Python's, done by threads while this one reads and writes; its results come in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from assetpkg.running.processes import processors

Task = TypeVar("Task")
Result = TypeVar("Result")

_MOST = 4
"""How many threads there are; more of them would have nothing to do while one thread reads and writes."""


def run_ahead(function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
    """Yield the result of each task, in their order; a few tasks are taken ahead of what is asked for.

    The tasks are taken in the thread that asks, so that what they raise is raised there, and so is what is raised by
    one of them in another thread. Where there is one processor, or no thread can be had, the work is done here.
    """
    threads = min(processors(), _MOST)
    if threads == 1:
        yield from map(function, tasks)
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    ahead: deque[Future[Result]] = deque()
    pool = ThreadPoolExecutor(threads)
    left = iter(tasks)
    try:
        for task in left:
            try:
                ahead.append(pool.submit(function, task))
            except RuntimeError:
                # No thread can be had, for want of memory most likely; those that there are finish what they have.
                left = chain([task], left)
                break
            if len(ahead) > threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
        yield from map(function, left)
    finally:
        pool.shutdown(cancel_futures=True)
