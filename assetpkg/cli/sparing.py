"""What is read is spared: nothing is written over it, into it, or around it, however the place is spelled."""

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from assetpkg.errors import CannotWrite

STANDARD_STREAM = "-"


def refuse_inputs(output: str, inputs: Iterable[tuple[str, str]]) -> None:
    """Raise `CannotWrite` for an `output` that is one of the `inputs`, lies in one or holds one.

    An input is a path, `-` for standard input, and what it is in words. Links, hard or symbolic, are the file that
    they lead to. What is no file and no folder, as a terminal, is nobody's input alone.
    """
    if output == STANDARD_STREAM or "\0" in output:
        return
    for path, what in inputs:
        how = _relation(output, path)
        if how is not None:
            raise CannotWrite(f"'{output}' {how} {what} itself; name another place")


def _relation(output: str, path: str) -> Literal["is", "lies in", "holds"] | None:
    known = _status(path)
    if known is None or not (stat.S_ISREG(known.st_mode) or stat.S_ISDIR(known.st_mode)):
        return None
    # A link is replaced where it stands, and stands for what it leads to.
    places = {Path(os.path.realpath(output)), Path(os.path.realpath(Path(output).parent), Path(output).name)}
    if any(_is(place, known) for place in places):
        return "is"
    if stat.S_ISDIR(known.st_mode) and any(_is(above, known) for place in places for above in place.parents):
        return "lies in"
    written = _status(output)
    if path == STANDARD_STREAM or written is None or not stat.S_ISDIR(written.st_mode):
        return None
    return "holds" if any(_is(above, written) for above in Path(os.path.realpath(path)).parents) else None


def _is(place: Path, known: os.stat_result) -> bool:
    status = _status(str(place))
    return status is not None and os.path.samestat(status, known)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.fstat(sys.stdin.fileno()) if path == STANDARD_STREAM else Path(path).stat()
    except (OSError, ValueError):
        return None  # it is not there, which is for who reads or writes it to say
