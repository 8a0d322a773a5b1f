"""Tasks over workers: every answer in order, and a worker that dies takes nothing with it but its own task."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

from assetpkg.errors import CannotRead
from assetpkg.running.processes import Processes
from assetpkg.running.spread import Answer, ExecutorLike, spread

THREADS = {"an executor": lambda: ThreadPoolExecutor(2), "what makes one": lambda: lambda: ThreadPoolExecutor(2)}
TWO = Processes(2)
DIED = "the process that worked on it died; it may need more memory"


def square(number: int) -> int:
    return number * number


def slowly(number: int) -> int:
    time.sleep(0.02 * (5 - number))
    return number


def refuse_odd(number: int) -> int:
    if number % 2:
        raise CannotRead(f"no {number}")
    if number == 4:
        raise ValueError("password=hunter2")
    return number


def die_of_three(number: int) -> int:
    if number == 3:
        os._exit(7)
    return square(number)


def die_in_company(number: int) -> int:
    """Die of any number that is odd."""
    if number % 2:
        os._exit(7)
    return square(number)


def results(answers: Iterator[Answer[int]]) -> list[int | str]:
    return [answer.failure if answer.error is not None else answer.result or 0 for answer in answers]


@pytest.mark.parametrize("made", [lambda: None, *THREADS.values(), lambda: TWO], ids=["none", *THREADS, "processes"])
def test_the_answers_are_in_the_order_of_the_tasks(made: Callable[[], ExecutorLike | None]) -> None:
    assert results(spread(square, range(20), made())) == [number * number for number in range(20)]
    assert results(spread(slowly, range(5), made())) == list(range(5))
    assert results(spread(square, [], made())) == []


@pytest.mark.parametrize("made", [*THREADS.values(), lambda: TWO], ids=[*THREADS, "processes"])
def test_what_fails_harms_nothing_else(made: Callable[[], ExecutorLike]) -> None:
    ended = "its worker ended without an answer (ValueError)"
    assert results(spread(refuse_odd, range(7), made())) == [0, "no 1", 2, "no 3", ended, "no 5", 6]


def test_what_fails_beside_something_else_is_tried_once_more_alone() -> None:
    running: list[int] = []

    def dislike_company(number: int) -> int:
        running.append(number)
        time.sleep(0.02)
        alone = len(running) == 1
        running.remove(number)
        if not alone:
            raise ValueError
        return number

    with ThreadPoolExecutor(4) as executor:
        assert results(spread(dislike_company, range(8), executor)) == list(range(8))


def test_without_an_executor_an_error_is_raised_where_it_comes_up() -> None:
    answers = spread(refuse_odd, range(2), None)
    assert next(answers).result == 0
    with pytest.raises(CannotRead):
        next(answers)


def test_a_process_that_dies_takes_one_task_with_it() -> None:
    assert results(spread(die_of_three, range(40), TWO)) == [DIED if n == 3 else n * n for n in range(40)]


def test_however_many_processes_die() -> None:
    assert results(spread(die_in_company, range(6), TWO)) == [DIED if n % 2 else n * n for n in range(6)]


def test_a_process_that_dies_of_the_last_task() -> None:
    assert results(spread(die_of_three, range(4), TWO)) == [0, 1, 4, DIED]


class Recorded(Executor):
    """Runs what it is given at once, as far as `allowed`, and refuses then; with a number of its own."""

    made = 0

    def __init__(self, allowed: int, error: Exception) -> None:
        self.allowed, self.error, self.open = allowed, error, True
        Recorded.made += 1

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        if not self.allowed:
            raise self.error
        self.allowed -= 1
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **named))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as it is
        del wait, cancel_futures
        self.open = False


def test_an_executor_that_is_given_is_left_open_and_not_replaced() -> None:
    broken = Recorded(3, BrokenExecutor("lost"))
    assert results(spread(square, range(5), broken)) == [0, 1, 4, DIED, DIED]
    assert broken.open


def test_executors_that_are_made_are_closed_and_replaced() -> None:
    executors: list[Recorded] = []

    def make() -> Recorded:
        executors.append(Recorded(3, BrokenExecutor("lost")))
        return executors[-1]

    found = results(spread(square, range(12), make))
    # Each gets through three tasks; the second of each two is suspicious of the one after these, and gives it up.
    assert len(found) == 12
    assert [number for number in found if isinstance(number, int)] == sorted(
        number * number for number in range(12) if number * number in found
    )
    assert not any(executor.open for executor in executors)
    assert len(executors) < 12


@pytest.mark.parametrize(
    "error", [OSError(11, "Resource temporarily unavailable"), NotImplementedError(), ImportError(), RuntimeError()]
)
def test_where_no_process_can_be_had_the_work_is_done_here(error: Exception) -> None:
    def make() -> Executor:
        raise error

    assert results(spread(square, range(5), make)) == [0, 1, 4, 9, 16]
    assert results(spread(square, range(5), lambda: Recorded(2, error))) == [0, 1, 4, 9, 16]


def test_who_stops_asking_stops_the_work() -> None:
    done: list[int] = []

    def note(number: int) -> int:
        time.sleep(0.01)
        done.append(number)
        return number

    with ThreadPoolExecutor(1) as executor:
        answers = spread(note, range(1000), executor)
        next(answers)
        answers.close()
    made = spread(note, range(1000), lambda: ThreadPoolExecutor(1))
    next(made)
    made.close()
    assert len(done) < 100


def test_tasks_may_be_any_sequence() -> None:
    tasks: Sequence[int] = (3, 1, 2)
    assert results(spread(square, tasks, lambda: ThreadPoolExecutor(2))) == [9, 1, 4]
