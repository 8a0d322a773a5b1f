"""A fixture for pytest, for those who ask for it: `pytest_plugins = ["assetpkg.simulator.pytest_plugin"]`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from assetpkg.simulator.emulator import Endpoint, emulator
from assetpkg.target.reading import TargetLike


@pytest.fixture
def assetpkg_emulator() -> Iterator[Callable[..., Endpoint]]:
    """Return what begins a stand-in for a target, with the options of `assetpkg.emulator`; all end with the test."""
    with ExitStack() as stack:

        def begin(target: TargetLike, **options: Any) -> Endpoint:
            return stack.enter_context(emulator(target, **options))

        yield begin
