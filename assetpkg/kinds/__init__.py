"""The kinds of resources that a package may hold: one class each, imported when a package holds its first resource."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from assetpkg.errors import CLOSE, InvalidOption, meant, near
from assetpkg.kinds.kind import Kind
from assetpkg.kinds.registry import PLACES, Place


class _Kinds(Mapping[str, type[Kind]]):
    """Every kind by its word, in the order of their declarations; its class is imported when it is asked for."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self._places = {place.kind: place for place in places}
        self._classes: dict[str, type[Kind]] = {}

    def __getitem__(self, word: str) -> type[Kind]:
        found = self._classes.get(word)
        if found is None:
            place = self._places[word]
            found = getattr(import_module(f"{__name__}.{place.module}"), place.name)
            self._classes[word] = found
        return found

    def __contains__(self, word: object) -> bool:
        return word in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


KINDS: Mapping[str, type[Kind]] = _Kinds(PLACES)
"""Every kind by its word, in the order in which their resources are listed; iterating over the words imports none."""

_BY_FOLDER: Mapping[str, str] = MappingProxyType({place.folder: place.kind for place in PLACES})


def kind_in_folder(folder: str) -> type[Kind] | None:
    """Return the kind whose resources are in `folder`."""
    word = _BY_FOLDER.get(folder)
    return KINDS[word] if word is not None else None


def kind_like(folder: str) -> str | None:
    """Return the folder of a kind from which `folder` differs only in case, number or separators, if there is one."""
    return _by_folded_name().get(_folded(folder))


def near_folder(folder: str) -> str:
    """Return `; did you mean '…'?` with the folder of a kind that is much like `folder`; nothing where none is."""
    return meant(folder, _BY_FOLDER, CLOSE)


def _folded(folder: str) -> str:
    """Return the letters and digits of a folder's name, small, in the singular."""
    word = "".join(filter(str.isalnum, folder.casefold()))
    for plural, singular in (("ies", "y"), ("s", "")):
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    return word


# Few packages have a folder that is not one of a kind, so nothing is folded at the start.
@cache
def _by_folded_name() -> Mapping[str, str]:
    return {_folded(word): place.folder for place in PLACES for word in (place.kind, place.folder)}


def parse_kind(word: str, *others: str) -> str:
    """Read the word for a kind; raises `InvalidOption` for one that no kind has, with which of `others` is meant."""
    if word not in KINDS:
        raise InvalidOption(no_kind(word, *others))
    return word


def no_kind(word: str, *others: str) -> str:
    """Say that no kind has this name, and which one may be meant, or which of `others` that would do as well."""
    return f"no kind is named '{word}'{near(word, (*KINDS, *others), 'assetpkg explain')}"
