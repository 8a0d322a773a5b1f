"""The line on a terminal that says how far a long command is; it goes away when there is something else to say.

It is written by a timer: a command that is over within a second pays for nothing but setting it. It does not use the
progress bars of a library: these hide the cursor, which an interrupted program would not bring back, and fill a run
that takes seconds with imports.
"""

import os
import signal
import stat
import sys
import time
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.render.screen import cut, pad, printable, width_of

_PATIENCE = 1.0
"""After how many seconds the line is written first."""
_PERIOD = 0.25
"""How many seconds are between two looks at how far it is."""


def is_wanted(form: str | None) -> bool:
    """Say whether anybody would see the line, and nobody would read it as something else.

    That is where standard error is a terminal, and standard output neither a pipe, whose reader may write to the same
    terminal, nor told in a format for machines.
    """
    if form not in {None, "text"} or os.environ.get("TERM") == "dumb":
        return False
    try:
        return os.isatty(2) and sys.stderr.isatty() and not stat.S_ISFIFO(os.fstat(1).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


class Line:
    """What is on the screen, and the work that it is about: the innermost last."""

    def __init__(self, command: str) -> None:
        """Write about a command from in a second on."""
        self._command = command
        self._work: list[tuple[str, int]] = []
        self._done: list[int] = []
        self._shown = 0
        self._over = False
        self._next = time.monotonic() + _PATIENCE
        self._has_timer = hasattr(signal, "setitimer")
        if self._has_timer:
            signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PERIOD)

    def begin(self, what: str, total: int) -> None:
        """Begin something with so many steps."""
        self._work.append((what, total))
        self._done.append(0)

    def advance(self) -> None:
        """Do a step."""
        self._done[-1] += 1
        if not self._has_timer:
            self._ring()

    def end(self) -> None:
        """End what began last."""
        self._work.pop()
        self._done.pop()

    def hush(self, *, for_good: bool) -> None:
        """Take the line away, so that something else can be written."""
        if for_good and not self._over:
            self._over = True
            if self._has_timer:
                signal.setitimer(signal.ITIMER_REAL, 0)
        if self._shown:
            self._next = time.monotonic() + _PERIOD
            _put(f"\r{' ' * self._shown}\r")
            self._shown = 0

    def _ring(self, *_: Any) -> None:
        if not self._over and time.monotonic() >= self._next:
            self._write()

    def _write(self) -> None:
        # Between the two lists the timer may have rung.
        steps = [_told(what, done, total) for (what, total), done in zip(self._work, self._done, strict=False)]
        text = cut(
            printable(mask_line(f"assetpkg: {'; '.join(steps) or f'{self._command}, still at work'}")), _columns() - 1
        )
        padded = pad(text, self._shown)
        self._shown = width_of(padded)  # a signal may come as soon as it is on the screen, and takes all of it away
        _put(f"\r{padded}")
        self._shown = width_of(text)


def _told(what: str, done: int, total: int) -> str:
    return f"{what}, {done:,} of {total:,}" if total > 1 else what


def _columns() -> int:
    try:
        return os.get_terminal_size(2).columns or 80
    except OSError:
        return 80


def _put(text: str) -> None:
    try:  # noqa: SIM105 - contextlib would be imported in a signal's handler
        os.write(2, text.encode(sys.stderr.encoding or "ascii", "replace"))
    except OSError:
        pass  # nobody looks
