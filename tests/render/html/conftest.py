"""One browser, and one set of pages, for all tests of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.render.html import pages as made
from tests.render.html.browser import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start a browser, and end it."""
    started = Browser(tmp_path_factory.mktemp("browser"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Make every page once."""
    return made.write(tmp_path_factory.mktemp("pages"))
