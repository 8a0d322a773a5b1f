"""Many tasks over the workers of an executor: every answer in the order of the tasks, whatever happens to a worker."""

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from assetpkg.errors import AssetpkgError

Task = TypeVar("Task")
Result = TypeVar("Result")
ExecutorLike = Executor | Callable[[], Executor]
"""An executor, or what makes one: that can make another when a process of the first has died."""

PART = 2**20
"""Of how many bytes a task has a part: enough that a worker has some hundred milliseconds to do with it."""
_ALONE = 64
"""How many tasks are tried one at a time after a process has died, to find the one that it died of."""
_NOT_TO_BE_HAD = (OSError, ImportError, NotImplementedError, RuntimeError)
"""What is raised where a process, or what it would be talked to by, cannot be had."""


class Answer(NamedTuple, Generic[Result]):
    """What became of one task: its result, or the error that was raised instead."""

    result: Result | None = None
    error: Exception | None = None

    @property
    def failure(self) -> str:
        """Why there is no result; the text of a stranger's exception may hold anything, so it is not shown."""
        if isinstance(self.error, AssetpkgError):
            return str(self.error)
        if isinstance(self.error, BrokenExecutor):
            return "the process that worked on it died; it may need more memory"
        return f"its worker ended without an answer ({type(self.error).__name__})"


class _NoWorker(Exception):
    """A task could not even be given to a worker."""


def spread(
    function: Callable[[Task], Result], tasks: Sequence[Task], executor: ExecutorLike | None
) -> Generator[Answer[Result], None, None]:
    """Yield what became of each task, in their order; without an executor, the work is done here, and errors raised.

    An executor that is given is left open; what fails there is tried once more, alone. One that is made is replaced
    when a process of it dies; then only the task fails that the process died of. Where no process can be started, the
    work is done here. Who may stop asking closes what this returns: garbage is closed in any order.
    """
    if executor is None:
        return (Answer(function(task)) for task in tasks)
    if isinstance(executor, Executor):
        return _over(function, tasks, executor)
    return _Renewed(function, tasks, executor).answers()


def _over(
    function: Callable[[Task], Result], tasks: Sequence[Task], executor: Executor
) -> Generator[Answer[Result], None, None]:
    futures = [_submit(executor, function, task) for task in tasks]
    try:
        for task, future in zip(tasks, futures, strict=True):
            answer = _wait_for(future)
            if answer.error is not None and not isinstance(answer.error, AssetpkgError):
                # A worker may have died of another task that it had, which a cluster counts against all of them.
                wait(futures)
                answer = _wait_for(_submit(executor, partial(_again, function), task))
            yield answer
    finally:
        for future in futures:
            future.cancel()


def _again(function: Callable[[Task], Result], task: Task) -> Result:
    """Do a task for the second time: to a cluster that remembers answers, this is another task than the first."""
    return function(task)


def _submit(executor: Executor, function: Callable[[Task], Result], task: Task) -> "Future[Result]":
    try:
        return executor.submit(function, task)
    except BrokenExecutor as error:
        reason: Exception = error
    except _NOT_TO_BE_HAD as error:
        reason = _NoWorker(error)
    refused: Future[Result] = Future()
    refused.set_exception(reason)
    return refused


def _wait_for(future: "Future[Result]") -> Answer[Result]:
    try:
        return Answer(future.result())
    except Exception as error:  # noqa: BLE001 - whatever a worker raises is the answer to this task, and to no other
        return Answer(error=error)


class _Renewed(Generic[Task, Result]):
    """Tasks over executors that are made one after the other, as long as processes die."""

    def __init__(self, function: Callable[[Task], Result], tasks: Sequence[Task], make: Callable[[], Executor]) -> None:
        self._function, self._tasks, self._make = function, tasks, make
        self._suspicious = False
        """Whether the next tasks are tried one at a time, since a process died and it is not known of which."""

    def answers(self) -> Generator[Answer[Result], None, None]:
        """Yield all answers in order; each turn of the outer loop has an executor of its own."""
        known: dict[int, Answer[Result]] = {}
        first = 0
        while first < len(self._tasks):
            left = [number for number in range(first, len(self._tasks)) if number not in known]
            for number, answer in self._run(left):
                known[number] = answer
                while first in known:
                    yield known.pop(first)
                    first += 1

    def _run(self, left: Sequence[int]) -> Iterator[tuple[int, Answer[Result]]]:
        """Yield numbers and answers, as far as one executor gets."""
        try:
            executor = self._make()
        except _NOT_TO_BE_HAD:
            yield from ((number, self._done_here(number)) for number in left)
            return
        try:
            singly = left[:_ALONE] if self._suspicious else ()
            for number in singly:
                answer = _wait_for(_submit(executor, self._function, self._tasks[number]))
                yield number, answer
                if isinstance(answer.error, BrokenExecutor):
                    self._suspicious = False
                    return
            yield from self._run_together(left[len(singly) :], executor)
        finally:
            executor.shutdown(cancel_futures=True)

    def _run_together(self, left: Sequence[int], executor: Executor) -> Iterator[tuple[int, Answer[Result]]]:
        futures = {number: _submit(executor, self._function, self._tasks[number]) for number in left}
        for number in left:
            answer = _wait_for(futures.pop(number))
            if isinstance(answer.error, BrokenExecutor):
                self._suspicious = True
                done = ((other, _wait_for(future)) for other, future in futures.items() if future.done())
                yield from (each for each in done if not isinstance(each[1].error, BrokenExecutor))
                return
            yield number, self._done_here(number) if isinstance(answer.error, _NoWorker) else answer

    def _done_here(self, number: int) -> Answer[Result]:
        return Answer(self._function(self._tasks[number]))
