"""`python -m assetpkg.kinds`: write `registry.py` again, where each kind is declared, from the declarations."""

import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from assetpkg.kinds.kind import Kind

MODULES = (
    "application",
    "fdi.tasks",
    "apic.apis",
    "apic.backends",
    "apic.access",
    "mqs",
    "link.products",
    "apic.non_assets",
    "link.non_assets",
)
"""The modules that declare kinds, in the order in which their resources are listed."""

_PACKAGE = "assetpkg.kinds"
_HEAD = '''"""Where each kind is declared, for importing only those in use; `python -m assetpkg.kinds` writes it."""

from typing import NamedTuple


class Place(NamedTuple):
    """The word for a kind, the folder of its resources, and the module and class that declare it."""

    kind: str
    folder: str
    module: str
    name: str


PLACES: tuple[Place, ...] = (
'''


def declared() -> Iterator[type[Kind]]:
    """Yield the class of every kind, in the order of `MODULES` and of their declarations."""
    for name in MODULES:
        yield from _declared_in(import_module(f"{_PACKAGE}.{name}"))


def unlisted() -> tuple[str, ...]:
    """Return the modules that declare kinds and are in no list."""
    folder = str(Path(__file__).parent)
    found = (each.name.removeprefix(f"{_PACKAGE}.") for each in pkgutil.walk_packages([folder], f"{_PACKAGE}."))
    names = (name for name in found if name not in {*MODULES, "__main__"})
    return tuple(name for name in names if any(_declared_in(import_module(f"{_PACKAGE}.{name}"))))


def text() -> str:
    """Return what `registry.py` has to say; raises `ValueError` when two kinds have the same word or folder."""
    kinds = tuple(declared())
    for fact in ("kind", "folder"):
        if len({getattr(kind, fact) for kind in kinds}) < len(kinds):
            raise ValueError(f"two kinds have the same {fact}")
    places = ((kind.kind, kind.folder, kind.__module__.removeprefix(f"{_PACKAGE}."), kind.__name__) for kind in kinds)
    rows = "".join(f'    Place("{kind}", "{folder}", "{module}", "{name}"),\n' for kind, folder, module, name in places)
    return f'{_HEAD}{rows})\n"""Every kind, in the order in which their resources are listed."""\n'


def _declared_in(module: ModuleType) -> Iterator[type[Kind]]:
    for found in vars(module).values():
        is_own = isinstance(found, type) and found.__module__ == module.__name__
        if is_own and issubclass(found, Kind) and vars(found).get("kind"):
            yield found


if __name__ == "__main__":
    target = Path(__file__).with_name("registry.py")
    target.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
