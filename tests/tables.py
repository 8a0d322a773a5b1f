"""Tables of many small rows that one test goes through, and that name every row that fails."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

Title = Callable[[Any], object]
SHOWN = 20
"""How many rows that fail are shown."""


_Parameters = type(pytest.param())


def every_row(
    names: str | Sequence[str],
    rows: Iterable[Any] | Callable[[], Iterable[Any]],
    *,
    ids: Title | Iterable[str] | None = None,
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Have a test take every row of a table, as `pytest.mark.parametrize` has a test for each of them.

    For a test of its own pytest needs longer than most rows do, so this is for tables of hundreds of them that need no
    fixture. `names` are the parameters, and `ids` the titles of the rows, or what makes one of a row. Rows that take
    long to make are given as the function that makes them: it is called when the test runs.
    """
    parameters = (names,) if isinstance(names, str) else tuple(names)
    given: Iterable[Any] | Callable[[], Iterable[Any]] = list(rows) if isinstance(rows, Iterable) else rows

    def declare(test: Callable[..., None]) -> Callable[[], None]:
        def run() -> None:
            table = [_row(row, single=isinstance(names, str)) for row in (given() if callable(given) else given)]
            assert table, "a test without a row tests nothing"
            if callable(ids):
                titles = [str(ids(values[0])) for values, _ in table]
            else:
                titles = [title for _, title in table] if ids is None else list(ids)
            failed = []
            for title, (values, _) in zip(titles, table, strict=True):
                try:
                    test(**dict(zip(parameters, values, strict=True)))
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - it is shown with its row
                    failed.append(f"{title}: {type(error).__name__}: {error}")
            if failed:
                shown = "\n\n".join(failed[:SHOWN])
                pytest.fail(f"{len(failed)} of {len(table)} rows failed:\n\n{shown}", pytrace=False)

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        return run

    return declare


def _row(row: Any, *, single: bool) -> tuple[tuple[Any, ...], str]:
    """Return the values of a row, and its title."""
    if isinstance(row, _Parameters):
        return tuple(row.values), str(row.id or row.values)
    return (row,) if single else tuple(row), str(row)
