"""An OpenAPI file as it is walked: what was taken from where, and what is to be said about it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import MOST_TOLD
from assetpkg.diagnostics.sentences import shorten
from assetpkg.documents import split_pointer, step_below
from assetpkg.limits import MOST_TOLD_OF_A_RULE, Allowance, Limits

_EXTENSION = "x-"
_LONGEST = 60
"""How much of a value a note shows."""
_TEXT = 64
"""How many characters count as one step."""
_TIMES = 4
"""How often a file may repeat itself by references, on average."""
_MOST_STEPS = 10
"""How many references are followed, one after the other."""


class Sort(StrEnum):
    """What a note is about."""

    CREDENTIAL = "credential"
    """A credential, which is not taken over."""
    LEFT_OUT = "left-out"
    """An operation of which nothing is made."""
    UNRESOLVED = "unresolved"
    """A name of something that is not known."""
    ASSUMED = "assumed"
    """A value that the file does not say."""
    UNKNOWN = "unknown"
    """Something that is not understood."""
    UNUSED = "unused"
    """Something that is understood, and that no document has a field for."""


class Note(NamedTuple):
    """What is said about a place of the file; `more` is how many others of the same subject are not listed."""

    sort: Sort
    pointer: str
    message: str
    line: int = 1
    column: int = 1
    more: int = 0


class Source:
    """The file: its root, what has been taken from it, and the notes so far."""

    def __init__(self, document: Mapping[str, Any], limits: Limits) -> None:
        """Begin with nothing taken."""
        self.document = document
        # References may repeat what is in the file; what an honest one repeats is a few times the file.
        self._allowance = Allowance(_TIMES * (limits.values + limits.document // _TEXT))
        self._notes: list[Note] = []
        self._told: dict[tuple[Sort, str], list[int]] = {}
        self._taken: set[str] = set()
        self._finished: set[str] = set()
        self._platforms: dict[str, str] = {}

    @property
    def root(self) -> "Part":
        """The whole file."""
        return Part(self, self.document, "")

    def note(self, sort: Sort, pointer: str, message: str, subject: str = "") -> None:
        """Say something; of each `subject`, and of each message without one, at most so many are listed."""
        told = self._told.setdefault((sort, subject or message), [])
        if len(self._notes) >= MOST_TOLD_OF_A_RULE and not told:
            told.append(len(self._notes) - 1)
        if len(told) < MOST_TOLD and len(self._notes) < MOST_TOLD_OF_A_RULE:
            told.append(len(self._notes))
            self._notes.append(Note(sort, mask_line(pointer), mask_line(message)))
        else:
            self._notes[told[-1]] = self._notes[told[-1]]._replace(more=self._notes[told[-1]].more + 1)

    def take(self, pointer: str) -> None:
        """Note that what is at `pointer` was understood, but for what is below it."""
        self.spend(1)
        self._taken.add(pointer)

    def spend(self, steps: int) -> None:
        """Count what is taken; raises `TooMuchWork` for a file that repeats itself too often."""
        self._allowance.spend(steps)

    def finish(self, pointer: str) -> None:
        """Note that nothing is to be said of what is below `pointer`, or at it."""
        self._taken.add(pointer)
        self._finished.add(pointer)

    def belongs(self, pointer: str, extension: str) -> None:
        """Note that the object at `pointer` is one of the platform's, so that all of its members are extensions."""
        self._platforms[pointer] = extension

    def resolve(self, value: Any, pointer: str) -> tuple[Any, str]:
        """Return what a reference in the same file leads to, and where that is; anything else as it is."""
        for _ in range(_MOST_STEPS):
            target = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(target, str):
                return value, pointer
            found = self._find(target)
            if found is None:
                break
            value, pointer = found, target[1:]
        self.note(Sort.UNKNOWN, pointer, "a reference that leads to nothing in this file", "$ref")
        return {}, pointer

    def _find(self, target: str) -> Any:
        value: Any = self.document
        if not target.startswith("#/"):
            return None
        for step in split_pointer(target[1:]):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def close(self) -> list[Note]:
        """Return the notes, with one for each extension that was not taken."""
        for pointer, name, owner in self._left():
            if owner:
                message = f"'{name}' is not documented as a part of '{owner}'"
            else:
                message = f"the extension '{name}' is not understood"
            self.note(Sort.UNKNOWN, pointer, message, name)
        return self._notes

    def _left(self) -> Iterator[tuple[str, str, str]]:
        """Yield the members that were not taken and should have been, with what they belong to."""
        waiting: list[tuple[Any, str]] = [(self.document, "")]
        while waiting:
            value, pointer = waiting.pop()
            owner = self._platforms.get(pointer, "")
            members = value.items() if isinstance(value, dict) else enumerate(value)
            below = []
            for step, member in members:
                place = step_below(pointer, step)
                named = isinstance(step, str) and (owner or step.startswith(_EXTENSION))
                if place in self._finished:
                    continue
                if named and place not in self._taken:
                    yield place, str(step), owner
                elif isinstance(member, (dict, list)):
                    below.append((member, place))
            waiting.extend(reversed(below))


class Part:
    """An object of the file, and where it is; what is asked for counts as understood."""

    __slots__ = ("pointer", "source", "value")

    def __init__(self, source: Source, value: Any, pointer: str) -> None:
        """Take the object; anything else counts as an empty one."""
        self.source, self.pointer = source, pointer
        self.value: Mapping[str, Any] = value if isinstance(value, dict) else {}

    def at(self, name: str | int) -> str:
        """Return the pointer to a member."""
        return step_below(self.pointer, name)

    def note(self, sort: Sort, name: str, message: str, subject: str = "") -> None:
        """Say something about a member, or with an empty name about all of it."""
        self.source.note(sort, self.at(name) if name else self.pointer, message, subject)

    def get(self, name: str) -> Any:
        """Return a member as it is, `None` where there is none."""
        self.source.take(self.at(name))
        return self.value.get(name)

    def drop(self, name: str) -> Any:
        """Return a member of which nothing more is to be said."""
        self.source.finish(self.at(name))
        return self.value.get(name)

    def text(self, name: str) -> str | None:
        """Return a member that is a text, or a number or truth value in words."""
        value = self.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (str, int, float)):
            text = str(value)
            self.source.spend(len(text) // _TEXT)
            return text
        self._refuse(name, value, "a text")
        return None

    def flag(self, name: str) -> bool | None:
        """Return a member that is a truth value."""
        value = self.get(name)
        if value in ("true", "false") or isinstance(value, bool):
            return value in ("true", True)
        self._refuse(name, value, "true or false")
        return None

    def number(self, name: str) -> int | None:
        """Return a member that is a whole number."""
        value = self.get(name)
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._refuse(name, value, "a whole number")
        return None

    def word(self, name: str, words: Mapping[str, Any]) -> Any:
        """Return what a member that is one of the `words` stands for, in whatever case it is written."""
        value = self.text(name)
        if value is None:
            return None
        found = words.get(value.casefold())
        if found is None:
            known = ", ".join(words)
            shown = shorten(mask_line(value), _LONGEST)
            self.note(Sort.UNKNOWN, name, f"'{name}' is '{shown}', which is not one of {known}", name)
        return found

    def texts(self, name: str) -> list[str] | None:
        """Return a member that is a list of texts."""
        value = self.get(name)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            self.source.spend(len(value) + sum(map(len, value)) // _TEXT)
            return list(value)
        self._refuse(name, value, "a list of texts")
        return None

    def part(self, name: str, *, extension: bool = False) -> "Part | None":
        """Return a member that is an object; with `extension`, all of its members are the platform's."""
        value = self.get(name)
        if not isinstance(value, dict):
            self._refuse(name, value, "an object")
            return None
        if extension:
            self.source.belongs(self.at(name), name)
        return Part(self.source, *self.source.resolve(value, self.at(name)))

    def parts(self, name: str, *, extension: bool = False) -> "list[Part]":
        """Return the objects in a member that is a list of objects."""
        value = self.get(name)
        if not isinstance(value, list):
            self._refuse(name, value, "a list of objects")
            return []
        found = []
        self.source.spend(len(value))
        for number, item in enumerate(value):
            pointer = f"{self.at(name)}/{number}"
            if extension:
                self.source.belongs(pointer, name)
            if isinstance(item, dict):
                found.append(Part(self.source, *self.source.resolve(item, pointer)))
            else:
                self.source.note(Sort.UNKNOWN, pointer, f"an item of '{name}' is not an object", name)
        return found

    def members(self) -> "Iterator[tuple[str, Part]]":
        """Yield the members that are objects, with their names."""
        for name, value in self.value.items():
            if isinstance(value, dict):
                yield name, Part(self.source, *self.source.resolve(value, self.at(name)))

    def _refuse(self, name: str, value: Any, wanted: str) -> None:
        if value is not None:
            self.source.finish(self.at(name))
            self.note(Sort.UNKNOWN, name, f"'{name}' is not {wanted}", name)
