"""In what two packages clash, and what was taken from which of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Literal

from assetpkg.credentials.masking import describe, mask_line, mask_text
from assetpkg.diagnostics.sentences import first_few, shorten
from assetpkg.resource.joining import FieldClash, Side

ClashWord = Literal[
    "content",
    "name",
    "id",
    "field",
    "order",
    "deleted",
    "same-name",
    "same-id",
    "same-file",
    "reference",
    "version",
    "manifest",
    "file",
]
Why = Literal["only", "added", "changed", "renamed", "preferred"]
"""Why something is as a package has it: only that has it, or that has added or changed it, or was to be preferred."""
From = Literal["a", "b", "both"]

_FEW = 3
_LONGEST = 60
_BEFORE = 20
"""How many characters are shown before the first one that differs."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Clash:
    """What two packages have that cannot both be in one, in a `word`.

    `address` is that of the resource, or the name of a file. `other` is a second resource, where there is one.
    `pointers` are the fields that it is about. `old`, `a` and `b` are values, masked; or of what is removed, by whom:
    `None` is the side that has it no more. `settled` is the side that was preferred.
    """

    word: ClashWord
    address: str
    other: str = ""
    pointers: tuple[str, ...] = ()
    old: Any = field(default=None)
    a: Any = field(default=None)
    b: Any = field(default=None)
    secret: bool = False
    settled: Side | None = None

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)

    @property
    def message(self) -> str:
        """What clashes, in one sentence, with the packages as A and B."""
        return self.tell("A", "B")

    def tell(self, a: str, b: str) -> str:
        """Return the same with other words for the two packages."""
        return mask_line(_SENTENCES[self.word](self, a, b))


def clash_of_field(address: str, found: FieldClash) -> Clash:
    """Return the clash of a field of a resource."""
    return Clash(
        word=found.word,
        address=address,
        pointers=(found.pointer,),
        old=found.old,
        a=found.a,
        b=found.b,
        secret=found.secret,
        settled=found.settled,
    )


@dataclass(frozen=True, kw_only=True)
class TakenResource:
    """A resource that is in the merged package as one of the two has it, or made of both."""

    address: str
    side: From
    why: Why


@dataclass(frozen=True, kw_only=True)
class RemovedResource:
    """A resource that the earlier package has, and that one of the two, or both, have removed."""

    address: str
    side: From


@dataclass(frozen=True, kw_only=True)
class TakenFile:
    """A file of no resource, or the manifest; `removed` says that it is not in the merged package."""

    entry: str
    side: From
    removed: bool = False


def _written(value: Any) -> str:
    """Return a value as it is shown: masked before it is cut, since a part of a credential is not recognised."""
    return mask_text(json.dumps(value, ensure_ascii=False))


def _shown(value: Any, start: int = 0) -> str:
    text = _written(value)
    text = f"…{text[start:]}" if start else text
    return shorten(text, _LONGEST)


def _both_shown(a: Any, b: Any) -> tuple[str, str]:
    """Return two values so that it is seen where they differ, however long they are alike."""
    if _shown(a) != _shown(b):
        return _shown(a), _shown(b)
    texts = [_written(value) for value in (a, b)]
    alike = sum(1 for _ in takewhile(lambda signs: signs[0] == signs[1], zip(*texts, strict=False)))
    start = max(alike - _BEFORE, 0)
    return _shown(a, start), _shown(b, start)


def _pointers(clash: Clash) -> str:
    return first_few(clash.pointers, _FEW, lambda pointer: pointer or "/")


def _field(clash: Clash, a: str, b: str) -> str:
    what = f"{_pointers(clash)} of {clash.address}"
    if clash.a is None or clash.b is None:
        gone, kept = (a, b) if clash.a is None else (b, a)
        return f"{what} is removed in {gone} and changed in {kept}"
    if clash.secret:
        return f"{what} is changed in {a} and in {b}, and not to the same credential"
    in_a, in_b = _both_shown(clash.a, clash.b)
    return f"{what} is changed in {a} to {in_a}, and in {b} to {in_b}"


def _content(clash: Clash, a: str, b: str) -> str:
    where = f": {_pointers(clash)}" if clash.pointers else ": a credential"
    return f"{clash.address} is in {a} and in {b} with different content{where}"


def _one_of(clash: Clash, a: str, b: str) -> str:
    if clash.a is None or clash.b is None:
        gone, kept = (a, b) if clash.a is None else (b, a)
        return f"{clash.address} is removed in {gone} and changed in {kept}"
    return f"{clash.address} is not the same in {a} and in {b}"


def _reference(clash: Clash, a: str, b: str) -> str:
    where = f"{clash.address} refers to {clash.other} at {_pointers(clash)}"
    if clash.a is None and clash.b is None:
        return f"{where}, which would lead to another resource in the merged package; give both an id of their own"
    gone, kept = (a, b) if clash.a is None else (b, a)
    return f"{where} in {kept}, and {gone} has removed that; remove the reference, or keep what it refers to"


_SENTENCES: Mapping[ClashWord, Callable[[Clash, str, str], str]] = {
    "content": _content,
    "field": _field,
    "name": lambda clash, a, b: f"{clash.address} has the name {_shown(clash.a)} in {a}, and {_shown(clash.b)} in {b}",
    "id": lambda clash, a, b: f"{clash.address} has the id {_shown(clash.a)} in {a}, and {_shown(clash.b)} in {b}",
    "order": lambda clash, a, b: (
        f"{_pointers(clash)} of {clash.address}: both {a} and {b} change the list at one place, and its order counts"
    ),
    "deleted": _one_of,
    "file": _one_of,
    "same-name": lambda clash, a, b: (
        f"{clash.address} would be there twice: one is from {a} and the other from {b}; rename one of them"
    ),
    "same-id": lambda clash, a, b: (
        f"{clash.address} of {a} and {clash.other} of {b} have the same id {_shown(clash.a)}; give one another id"
    ),
    "same-file": lambda clash, a, b: (
        f"the file {clash.address} of {a} or of {b} differs from another one only in the case of letters; rename it"
    ),
    "reference": _reference,
    "version": lambda clash, a, b: f"the asset version is {_shown(clash.a)} in {a}, and {_shown(clash.b)} in {b}",
    "manifest": _field,
}
"""What each clash says."""
