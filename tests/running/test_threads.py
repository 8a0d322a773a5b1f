"""Work that threads do ahead: its results are in order, and nothing of it is lost or left over."""

import threading
from collections.abc import Iterator

import pytest

from assetpkg.running import threads
from assetpkg.running.threads import run_ahead


@pytest.fixture(params=[1, 2, 8], autouse=True)
def processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Have so many processors."""
    number: int = request.param
    monkeypatch.setattr(threads, "processors", lambda: number)
    return number


def test_results_are_in_the_order_of_the_tasks() -> None:
    assert list(run_ahead(lambda number: number * 2, range(100))) == list(range(0, 200, 2))
    assert list(run_ahead(str, [])) == []


def test_tasks_are_taken_here_and_only_a_few_ahead(processors: int) -> None:
    taken: list[int] = []
    takers = set()

    def take() -> Iterator[int]:
        for number in range(100):
            takers.add(threading.get_ident())
            taken.append(number)
            yield number

    for number, result in enumerate(run_ahead(str, take())):
        assert result == str(number)
        assert len(taken) <= number + 1 + min(processors, 4)
    assert takers == {threading.get_ident()}


def test_work_is_done_elsewhere_where_there_are_processors(processors: int) -> None:
    workers = set(run_ahead(lambda _: threading.get_ident(), range(20)))
    assert (threading.get_ident() in workers) is (processors == 1)


def test_what_a_task_raises_is_raised_in_its_turn() -> None:
    found: list[float] = []
    with pytest.raises(ZeroDivisionError):
        found.extend(run_ahead(lambda number: 1 / (number - 3), range(10)))
    assert found == [1 / -3, 1 / -2, 1 / -1]


def test_what_taking_a_task_raises_is_raised_and_no_thread_is_left() -> None:
    def take() -> Iterator[int]:
        yield from range(5)
        raise ValueError("no more")

    before = threading.active_count()
    with pytest.raises(ValueError, match="no more"):
        list(run_ahead(str, take()))
    assert threading.active_count() == before
    results = run_ahead(str, range(1_000))
    assert next(results) == "0"
    results.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


@pytest.mark.parametrize("most", range(3))
def test_where_no_more_threads_can_be_had_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    start = threading.Thread.start
    started: list[threading.Thread] = []

    def refuse(thread: threading.Thread) -> None:
        if len(started) >= most:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert list(run_ahead(lambda number: number * 2, range(100))) == list(range(0, 200, 2))
