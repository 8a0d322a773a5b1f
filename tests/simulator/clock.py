"""A clock for how long a stand-in waits: its time passes when a test says so, however busy the machine is."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

import anyio
import pytest

PATIENCE = 77_777.0
"""For how many seconds a stand-in is told to wait; nobody does."""
_MOST_LOOKS = 20_000
"""How often it is looked whether all are waited for, before it is said that they are not."""


class Clock:
    """What is waited for with that patience: heads of requests, and their bodies."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch what waits from here on, in whatever thread."""
        self._heads: list[tuple[asyncio.AbstractEventLoop, asyncio.TimerHandle, Callable[..., object]]] = []
        self._bodies: list[tuple[asyncio.AbstractEventLoop, anyio.CancelScope]] = []
        later, within = asyncio.BaseEventLoop.call_later, anyio.fail_after

        def call_later(loop: Any, delay: float, callback: Any, *args: Any, **more: Any) -> asyncio.TimerHandle:
            handle = later(loop, delay, callback, *args, **more)
            if delay == PATIENCE:
                self._heads.append((loop, handle, callback))
            return handle

        @contextmanager
        def fail_after(delay: float) -> Iterator[anyio.CancelScope]:
            with within(delay) as scope:
                entry = asyncio.get_running_loop(), scope
                self._bodies.append(entry)
                try:
                    yield scope
                finally:
                    self._bodies.remove(entry)

        monkeypatch.setattr(asyncio.BaseEventLoop, "call_later", call_later)
        monkeypatch.setattr(anyio, "fail_after", fail_after)

    @property
    def heads(self) -> int:
        """How many connections are cut when the time is over, unless their heads end before."""
        return sum(not handle.cancelled() for _, handle, _ in self._heads)

    @property
    def bodies(self) -> int:
        """How many requests are refused when the time is over, unless all of them has come before."""
        return len(self._bodies)

    def run_out(self, *, heads: int = 0, bodies: int = 0) -> None:
        """Wait until so many are waited for, and have the time of all of them be over."""
        for _ in range(_MOST_LOOKS):
            if (self.heads, self.bodies) == (heads, bodies):
                break
            sleep(0.005)
        else:
            raise AssertionError(f"{self.heads} heads and {self.bodies} bodies are waited for")
        for loop, handle, callback in self._heads:
            if not handle.cancelled():
                handle.cancel()
                loop.call_soon_threadsafe(callback)
        for loop, scope in list(self._bodies):
            loop.call_soon_threadsafe(setattr, scope, "deadline", float("-inf"))
