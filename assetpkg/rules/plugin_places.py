"""Where the module of a plug-in may come from: nothing is run that lies in a package, or only happens to be here."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib.machinery import ModuleSpec
from pathlib import Path

from assetpkg.errors import InvalidOption
from assetpkg.package.layout import OWN

_OWN_NAME = "assetpkg"
_HOME = str(Path(__file__).parents[1])
_SUFFIX = ".py"
_LONGEST = 200
"""In characters, the longest name of a module."""


def refuse_name(name: str) -> None:
    """Raise `InvalidOption` for what is not the name of a module, or of one that can only belong to somebody else."""
    if len(name) > _LONGEST or not _is_name(name):
        raise InvalidOption(
            f"a plug-in is the name of a Python module, as in acme_rules, and not '{name}'{_how_to_name(name)}"
        )
    first = name.partition(".")[0]
    if first == _OWN_NAME or first in sys.stdlib_module_names:
        owner = _OWN_NAME if first == _OWN_NAME else "Python"
        raise InvalidOption(f"'{name}' is a part of {owner} itself, and not a plug-in")


def find_module(name: str) -> None:
    """Look for the module of a plug-in, without running any of it.

    Raises `InvalidOption` for one that is not installed, that lies in an asset package, or that does not name assetpkg,
    so that it can have no rules.
    """
    spec: ModuleSpec | None = None
    below: Sequence[str] = search_path()
    whole = ""
    for part in name.split("."):
        whole = f"{whole}.{part}" if whole else part
        spec = _spec_of(whole, below)
        if spec is None:
            where = "is not installed" if whole == name else f"is not there, since '{whole}' is not installed"
            raise InvalidOption(f"the plug-in '{name}' {where}{_how_to_name(name) or _how_to_install(whole)}")
        # A folder without a file of its own asks for the module above, which nobody has loaded.
        below = list(getattr(spec.submodule_search_locations, "_path", spec.submodule_search_locations or ()))
    if spec is None or spec.origin is None:
        raise InvalidOption(f"the plug-in '{name}' is a folder without an '__init__.py', so it has no rules")
    package = package_around(Path(spec.origin).parent)
    if package is not None and not _is_installed(spec.origin):
        raise InvalidOption(
            f"the plug-in '{name}' lies in the asset package '{package}', and nothing in a package is ever run;"
            " install it elsewhere"
        )
    if _OWN_NAME.encode() not in _content(spec):
        raise InvalidOption(
            f"the module '{name}' does not name assetpkg, so it is not a plug-in and was not run; write"
            " 'import assetpkg' into it"
        )


def package_around(folder: Path) -> str | None:
    """Return the nearest folder, this one or one above it, that has a manifest, as a package does; `None` without."""
    real = Path(os.path.realpath(folder))
    return next((str(each) for each in (real, *real.parents) if os.path.lexists(each / OWN.manifest)), None)


def search_path() -> list[str]:
    """Return where Python looks for modules, without the current folder where nobody has asked for that.

    It is the first there for `python -m assetpkg`, and anywhere for an empty part of PYTHONPATH.
    """
    found = [each for each in sys.path if each]
    here = _place(os.curdir)
    if not sys.flags.safe_path and sys.path and _place(sys.path[0] or os.curdir) == here:
        found = found[1:] if sys.path[0] else found
    asked = (os.environ.get("PYTHONPATH") or os.curdir).split(os.pathsep)
    if "" in asked and not any(each and _place(each) == here for each in asked):
        found = [each for each in found if _place(each) != here]
    return found


@contextmanager
def guarded() -> Iterator[None]:
    """Have Python import from the search path of plug-ins only, and keep standard output free of what is printed."""
    before, sys.path[:] = sys.path[:], search_path()
    try:
        with quiet():
            yield
    finally:
        sys.path[:] = before


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what is printed: standard output is for the report alone."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123 - no file
        yield


def place_of(error: BaseException) -> str:
    """Return what kind of exception it is, and the line of a plug-in that it came from; its text may hold anything."""
    kind = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{kind} at {_file(error.filename)}:{error.lineno}"
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith(("<", _HOME)):
            place = f" at {_file(file)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{kind}{place}"


def _spec_of(whole: str, path: Sequence[str]) -> ModuleSpec | None:
    """Return where a module is, as Python's own finders say, without an import of what it is in."""
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        try:
            spec: ModuleSpec | None = None if find is None else find(whole, list(path))
        except KeyError:
            # A folder without a file of its own asks for the module above, which nobody has loaded.
            spec = ModuleSpec(whole, None, is_package=True)
            name = whole.rpartition(".")[2]
            spec.submodule_search_locations = [os.path.join(each, name) for each in path]  # noqa: PTH118 - as they are
        if spec is not None:
            return spec
    return None


def _content(spec: ModuleSpec) -> bytes:
    read = getattr(spec.loader, "get_data", None)
    try:
        return bytes(read(spec.origin)) if read is not None else b""
    except OSError:
        return b""


def _is_name(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _how_to_name(name: str) -> str:
    """Return how to name the module that is meant by a file's name; nothing for what is not one."""
    folder, _, file = name.replace("\\", "/").rpartition("/")
    module = file[: -len(_SUFFIX)]
    if not file.lower().endswith(_SUFFIX) or not _is_name(module):
        return ""
    where = ", and name its folder in PYTHONPATH" if folder else ""
    return f"; write '{module}', without '{file[-len(_SUFFIX) :]}'{where}"


def _how_to_install(whole: str) -> str:
    """Return what to do about a module that is not there: it may be one that is here, and not on the path."""
    here = any(os.path.lexists(place) for place in (f"{whole}.py", whole))
    if here:
        return (
            "; a module in the current folder is not a plug-in until you install it, or name its folder in PYTHONPATH"
        )
    return "; install it where assetpkg is installed"


def _is_installed(origin: str) -> bool:
    """Say whether a file lies where Python installs modules."""
    import sysconfig

    places = {_place(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    return any(_place(str(above)) in places for above in Path(os.path.realpath(origin)).parents)


def _place(path: str) -> str:
    try:
        return os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def _file(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
