"""The way in from a shell: `assetpkg` and `python -m assetpkg`."""

import gc
import os
import sys

RARELY = 1_000_000
"""After how many more objects the garbage collector looks for circles; Python's own 700 are a tenth of a start."""


def main() -> None:
    """Run the command line; the version is told without loading it."""
    if sys.argv[1:] == ["--version"]:
        from assetpkg import __version__

        sys.stdout.write(f"assetpkg {__version__}\n")
        return
    from assetpkg.cli import run

    run()


def start() -> None:
    """Run the command line as a program of its own, and leave without taking the interpreter apart.

    That would be a tenth of what checking a small package takes, and serves nobody: what was written is flushed.
    """
    gc.set_threshold(RARELY)
    try:
        main()
        sys.stdout.flush()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except OSError:
        status = 2
    os._exit(status)


if __name__ == "__main__":
    main()
