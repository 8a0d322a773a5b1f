"""How the program ends: in one line and with a documented status, whatever happens, and never with a traceback.

Little of it needs what might not be there any more: memory, standard streams, or modules that are not loaded yet.
"""

import os
import sys

from assetpkg.errors import reason_of

TYPE_CHECKING = False
"""Type checkers know better. To import it from `typing` takes longer than to tell the version."""

if TYPE_CHECKING:
    from typing import NoReturn

OK, FOUND, CANNOT_RUN, CHANGES = range(4)
"""The exit statuses; with a failure of the program itself it is `CANNOT_RUN`, too."""
MEANINGS = {
    OK: "The command did its work, and nothing was found at or above --fail-on.",
    FOUND: "Something was found: a finding at or above --fail-on, a conflict, a difference, or a remaining credential.",
    CANNOT_RUN: "The command could not run, for example because a file cannot be read, or an option is not known.",
    CHANGES: "A plan has changes, nothing failed, and --detailed-exitcode was given.",
}
"""What each of them means; 128 and the number of a signal is the status of a command that a signal has ended."""
_KILLED = 128
_PIPE = 13
"""SIGPIPE, by which other programs end when nobody reads what they write; not every system has the signal."""
_SIGNALS = {"SIGHUP": "hung up", "SIGINT": "interrupted", "SIGTERM": "terminated"}
"""The signals that ask for an end, and what is said then; the status is 128 and the signal's number."""
_STREAMS = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
"""The standard streams; the null device opened in the wrong direction fails as a closed stream does."""


def heed_signals() -> None:
    """End at once when a signal asks for it, except one that the caller has the program ignore.

    Nothing is raised: an exception could come up where Python drops it, as in the closing of a forgotten file.
    """
    import signal

    numbers = {getattr(signal, name): word for name, word in _SIGNALS.items() if hasattr(signal, name)}
    own = os.getpid()

    def stop(number: int, _: object) -> "NoReturn":
        if os.getpid() != own:
            # A copy of this process that has not begun yet: neither what is said nor what is cleaned up is its own.
            os._exit(_KILLED + number)
        # One is enough: the next must not interrupt the cleaning up.
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        _tell(numbers[number])
        leave(_KILLED + number)

    for number in numbers:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, stop)


def fill_streams() -> None:
    """Put something in the place of standard streams that are closed, so that using them is an `OSError`.

    Otherwise the next file that is opened would be standard output. What goes to a closed standard error is lost.
    """
    for name, flags, mode in _STREAMS:
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, flags)
            stream = open(descriptor, mode, encoding="utf-8", errors="backslashreplace")  # noqa: PTH123, SIM115 - no path, and for good
            setattr(sys, name, stream)


def status_after(error: BaseException) -> int:
    """Tell the user in one line why the program ends with `error`, and return its status."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else int(error.code is not None)
        case KeyboardInterrupt():
            _tell(_SIGNALS["SIGINT"])
            return _KILLED + 2
        case BrokenPipeError():
            # Whoever read has seen enough, and needs no words; "could not run" would be wrong.
            return _KILLED + _PIPE
        case MemoryError() | RecursionError():
            _tell("cannot go on: the input is too large for this machine")
        case OSError():
            _tell(f"cannot go on: {reason_of(error)}")
        case ImportError():
            _tell(f"cannot go on: a part of the program cannot be loaded: {error.msg}")
        case _:
            _tell(f"an error in assetpkg itself, {type(error).__name__} at {_place_of(error)}; please report it")
    return CANNOT_RUN


def leave(status: int) -> "NoReturn":
    """End the process at once, without anything that is not finished, and every process that it has started."""
    if "assetpkg.running.processes" in sys.modules:
        from assetpkg.running.processes import end_processes

        end_processes()
    if "assetpkg.archive.temporaries" in sys.modules:
        from assetpkg.archive.temporaries import discard_unfinished

        discard_unfinished()
    os._exit(status)


def _place_of(error: BaseException) -> str:
    """Return the last line of ours that an exception came through; its text may hold anything, so it is not shown."""
    place, trace = "an unknown place", error.__traceback__
    while trace is not None:
        _, ours, file = trace.tb_frame.f_code.co_filename.rpartition("assetpkg")
        place = f"{file[1:]}:{trace.tb_lineno}" if ours else place
        trace = trace.tb_next
    return place


def _tell(message: str) -> None:
    if "assetpkg.running.progress" in sys.modules:
        from assetpkg.running.progress import hush

        hush(for_good=True)
    try:  # noqa: SIM105 - contextlib would have to be imported, and that can fail by now
        os.write(2, f"assetpkg: {message}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        pass  # nobody listens
