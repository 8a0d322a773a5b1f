"""The Python face: what is public, where it lives, and what importing it costs."""

import ast
import inspect
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import assetpkg
from tests.conftest import ROOT, SAMPLES

FACE = ast.parse((ROOT / "assetpkg" / "__init__.py").read_text(encoding="utf-8"))
PUBLIC = [name for name in assetpkg.__all__ if name != "__version__"]


def python(*arguments: str, cwd: Path = ROOT) -> str:
    """Return what a fresh interpreter prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_public_names_are_sorted_and_there_once() -> None:
    assert assetpkg.__all__ == sorted(set(assetpkg.__all__))
    assert "__version__" in assetpkg.__all__


def test_dir_lists_the_public_names() -> None:
    assert dir(assetpkg) == assetpkg.__all__


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_can_be_imported_and_is_documented(name: str) -> None:
    value: Any = getattr(assetpkg, name)
    assert isinstance(value, type) or inspect.isfunction(value)
    documentation = value.__doc__ or ""
    assert documentation
    # A dataclass without a docstring gets its signature for one.
    assert not documentation.startswith(f"{name}(")


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_public_class_offers_is_documented(name: str) -> None:
    value = getattr(assetpkg, name)
    for member, found in vars(value).items() if isinstance(value, type) else ():
        if not member.startswith("_") and (inspect.isfunction(found) or isinstance(found, (property, classmethod))):
            assert inspect.getdoc(found), member


def test_what_the_type_checker_sees_is_what_is_imported() -> None:
    (block,) = (node for node in FACE.body if isinstance(node, ast.If))
    seen = {}
    for statement in block.body:
        assert isinstance(statement, ast.ImportFrom)
        assert statement.module is not None
        (alias,) = statement.names
        assert alias.asname == alias.name, "only `name as name` is exported to type checkers"
        seen[alias.name] = statement.module
    homes = assetpkg._HOMES  # noqa: SLF001 - the table is what is tested
    assert seen == {name: f"assetpkg.{home}" for home, names in homes.items() for name in names}
    assert sorted(seen) == PUBLIC


def test_every_public_name_is_the_one_of_its_home() -> None:
    for home, names in assetpkg._HOMES.items():  # noqa: SLF001 - the table is what is tested
        assert list(names) == sorted(names)
        for name in names:
            value = getattr(assetpkg, name)
            assert value is getattr(import_module(f"assetpkg.{home}"), name)
            assert value.__module__ == f"assetpkg.{home}"


def test_nothing_else_is_public() -> None:
    script = "import assetpkg; [getattr(assetpkg, name) for name in dir(assetpkg)]; print(*vars(assetpkg))"
    names = {name for name in python("-c", script).split() if not name.startswith("_")}
    others = names - set(assetpkg.__all__) - {"TYPE_CHECKING", "Any"}
    assert all(isinstance(getattr(assetpkg, name, None), ModuleType) for name in others)


def test_a_star_import_brings_the_public_names() -> None:
    script = "from assetpkg import *; print(*sorted(name for name in globals() if name in dir(assetpkg)))"
    assert python("-c", f"import assetpkg; {script}").split() == assetpkg.__all__


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'assetpkg' has no attribute 'raed'"):
        _ = assetpkg.raed
    with pytest.raises(ImportError, match="cannot import name 'raed'"):
        exec("from assetpkg import raed")  # noqa: S102 - a fixed statement


def test_every_exception_is_an_assetpkg_error() -> None:
    errors = [
        value for name in PUBLIC if isinstance(value := getattr(assetpkg, name), type) and issubclass(value, Exception)
    ]
    assert len(errors) == 7
    assert all(issubclass(error, assetpkg.AssetpkgError) for error in errors)


def test_importing_loads_nothing_that_is_slow() -> None:
    loaded = python("-c", "import sys, assetpkg; print(*sys.modules)").split()
    assert not {"pydantic", "click", "jsonschema", "hashlib", "tempfile"} & set(loaded)
    assert not [name for name in loaded if name.startswith("assetpkg.")]


def test_the_types_are_shipped() -> None:
    assert (ROOT / "assetpkg" / "py.typed").exists()


def test_the_example_runs(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    python(str(ROOT / "tests" / "typing" / "api.py"), cwd=tmp_path)
    assert "topic/refunds" in assetpkg.read(tmp_path / "order-center.zip").index.by_address


def test_the_example_is_short() -> None:
    text = (ROOT / "tests" / "typing" / "api.py").read_text(encoding="utf-8")
    example = text.partition("# README: begin\n")[2].partition("# README: end\n")[0]
    assert len([line for line in example.splitlines() if line]) == 10
