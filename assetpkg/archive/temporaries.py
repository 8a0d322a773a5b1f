"""What is beside a result until the result is whole, and is gone afterwards, however the program ends.

A temporary file or folder is named `.NAME.HEX.tmp`: the first forty characters of the name of what it is to become,
and sixteen hexadecimal digits. Nothing but `kill -9` or a power cut leaves one after; it may be removed as soon as
no assetpkg writes there, and no later run reads or minds it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from assetpkg.errors import CannotWrite, reason_of

_WIDEST = 40
"""How many characters of a name are repeated; of four bytes each, they leave room for the rest."""

_open: list["Unfinished"] = []
_shared: list["Unfinished"] = []
"""What holds the results of the block of `together` that is open, if one is."""


class Place:
    """Where a result that is made is to be: how it gets there, and how what was there before gets back."""

    in_use = True
    """Whether a result is put there, and nothing is only done in its turn."""

    def keep(self, unfinished: "Unfinished") -> None:
        """Keep what is there now, as far as the file system can, so that it can be put back."""

    def take(self) -> None:
        """Put the result there; raises `CannotWrite`, and leaves what is there."""

    def put_back(self) -> None:
        """Have there what was kept, if the result is there now; raises `OSError`."""

    def settle(self) -> None:
        """Do what is to be done when all results are in their places; raises `CannotWrite`."""


class Unfinished:
    """What one writer has made that is not a result yet; whatever is left at the end of its block is removed."""

    def __init__(self) -> None:
        """Start with nothing made."""
        self._made: list[tuple[str, Callable[[str], None]]] = []
        self._places: list[Place] = []

    def __enter__(self) -> Self:
        """Be known to `discard_unfinished` from here on."""
        _open.append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what is left."""
        self.discard()
        _open.remove(self)

    def file_beside(self, target: Path) -> Path:
        """Return the path for a temporary file, which the caller is about to make."""
        return self._beside(target, os.unlink)

    def folder_beside(self, target: Path) -> Path:
        """Return the path for a temporary folder, which the caller is about to make."""
        return self._beside(target, _remove_tree)

    def finish(self, place: Place) -> None:
        """Have the result take its place, and keep it: now, or with all others of the block of `together`."""
        if _shared:
            _shared[-1]._made += self._made  # noqa: SLF001 - of the same class
            _shared[-1]._places.append(place)  # noqa: SLF001 - of the same class
        else:
            place.take()
            place.settle()
        self._made.clear()

    def take_places(self) -> None:
        """Have all results that wait take their places, in the order in which they were made, or none of them."""
        places = self._places
        self._places = []
        last = max((number for number, place in enumerate(places) if place.in_use), default=0)
        begun: list[Place] = []
        try:
            for place in places:
                # Nothing can fail any more after the last of them.
                if len(begun) < last:
                    place.keep(self)
                begun.append(place)
                place.take()
        except BaseException:
            for place in reversed(begun):
                with suppress(OSError):
                    place.put_back()
            raise
        # What was kept is gone with what is in its place.
        self.discard()
        for place in places:
            place.settle()

    def discard(self) -> None:
        """Remove what was made, the last first; what cannot be removed stays."""
        while self._made:
            path, remove = self._made[-1]
            # It was not made yet, or has its place already, or the disk is failing.
            with suppress(OSError):
                remove(path)
            self._made.pop()

    def _beside(self, target: Path, remove: Callable[[str], None]) -> Path:
        # Noted before it is made: a signal between the two would otherwise leave it after.
        path = target.parent / f".{target.name[:_WIDEST]}.{os.urandom(8).hex()}.tmp"
        self._made.append((str(path), remove))
        return path


class _Afterwards(Place):
    """What is done in its turn, and puts nothing anywhere."""

    in_use = False

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def settle(self) -> None:
        self._action()


@contextmanager
def together() -> Iterator[None]:
    """Have the results of a block take their places at its end, or none of them where one cannot be made, or put there.

    Where a place is refused, as by a folder that was made there meanwhile, those that were taken before get back what
    they had. That is as far as it goes: another program may see the first result beside what the second one is to
    replace; a program that is killed between the two leaves it at that; and the first one stays in its place where the
    file system cannot give a file a second name, or refuses to put it back. A block within another one is a part of it.
    """
    if _shared:
        yield
        return
    with Unfinished() as held:
        _shared.append(held)
        try:
            yield
            held.take_places()
        finally:
            _shared.remove(held)


def when_written(action: Callable[[], None]) -> None:
    """Do something as soon as the results that were made so far are in their places."""
    Unfinished().finish(_Afterwards(action))


def take_places() -> None:
    """Have the results that wait take their places, before something is done that cannot be taken back."""
    for held in _shared:
        held.take_places()


def discard_unfinished() -> None:
    """Remove what every writer has left, if a signal interrupted even the removing."""
    for unfinished in _open:
        unfinished.discard()


def place_of(path: str | os.PathLike[str]) -> Path:
    """Return the path of a result; raises `CannotWrite` for what is none."""
    if not os.fspath(path):
        raise CannotWrite("cannot write '': the path is empty")  # which `Path` takes for the current folder
    if "\0" in os.fspath(path):
        raise CannotWrite(f"cannot write '{path}': not a valid path")
    return Path(path)


def why_not_written(target: Path, error: OSError) -> str:
    """Return why a result cannot be written to its place, as the end of a sentence."""
    if isinstance(error, FileNotFoundError) and not os.path.lexists(target.parent):
        return f"there is no folder '{target.parent}'; make it first"
    return reason_of(error)


def umask() -> int:
    """Return which permissions new files are not to have."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _remove_tree(path: str) -> None:
    import shutil

    shutil.rmtree(path, ignore_errors=True)
    # Where too many files are open, the way of `rmtree`, which holds every folder on its way open, ends early.
    for folder, folders, files in os.walk(path, topdown=False):
        for name in files:
            with suppress(OSError):
                Path(folder, name).unlink()
        for name in folders:
            with suppress(OSError):
                Path(folder, name).rmdir()
    Path(path).rmdir()
