"""The way in from a shell: `assetpkg` and `python -m assetpkg`."""

import gc
import sys

from assetpkg.cli.exits import fill_streams, heed_signals, leave, status_after

RARELY = 1_000_000
"""After how many more objects the garbage collector looks for circles; Python's own 700 are a tenth of a start."""


_VERSION = ["--version"]


def main() -> None:
    """Run the command line; the version is reported without loading it."""
    if sys.argv[1:] == _VERSION:
        from assetpkg import __version__

        sys.stdout.write(f"assetpkg {__version__}\n")
        return
    from assetpkg.cli.program import run

    run()


def start() -> None:
    """Run the command line as a program of its own, and leave without taking the interpreter apart.

    That would be a tenth of what checking a small package takes, and serves nobody: what was written is flushed.
    """
    status = 0
    try:
        if sys.argv[1:] != _VERSION:
            heed_signals()  # whose import takes as long as all of the version
        fill_streams()
        gc.set_threshold(RARELY)
        main()
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - this is the end of everything
        status = status_after(error)
    leave(status)


if __name__ == "__main__":
    start()
