"""The kinds of resources that a package may hold: every class of a kind in a module of `PLATFORMS`."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType

from assetpkg.errors import InvalidOption, near
from assetpkg.kinds import apic, application, fdi, link, mqs
from assetpkg.kinds.kind import Kind

PLATFORMS: tuple[ModuleType, ...] = (application, fdi, apic, mqs, link)
"""The parts of the platform, in the order in which their resources are listed."""


def _declared(module: ModuleType) -> Iterator[type[Kind]]:
    for found in vars(module).values():
        is_own = isinstance(found, type) and found.__module__ == module.__name__
        if is_own and issubclass(found, Kind) and "kind" in vars(found):
            yield found


def _registry(kinds: tuple[type[Kind], ...]) -> Mapping[str, type[Kind]]:
    if len({kind.kind for kind in kinds}) < len(kinds) or len({kind.folder for kind in kinds}) < len(kinds):
        raise ValueError("two kinds have the same word or the same folder")
    return MappingProxyType({kind.kind: kind for kind in kinds})


KINDS: Mapping[str, type[Kind]] = _registry(tuple(kind for module in PLATFORMS for kind in _declared(module)))
"""Every kind by its word, in the order of their declarations."""

_BY_FOLDER: Mapping[str, type[Kind]] = MappingProxyType({kind.folder: kind for kind in KINDS.values()})


def kind_in_folder(folder: str) -> type[Kind] | None:
    """Return the kind whose resources stand in `folder`."""
    return _BY_FOLDER.get(folder)


def parse_kind(word: str) -> str:
    """Read the word for a kind; raises `InvalidOption` for one that no kind has."""
    if word not in KINDS:
        raise InvalidOption(f"no kind is named '{word}'{near(word, KINDS)}")
    return word
