"""The house: who may import whom, what is used where, and what no command ever does."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest

from assetpkg.render.formats import formats_of
from tests.build import make_contents
from tests.conftest import ROOT
from tests.tables import every_row

SOURCE = ROOT / "assetpkg"

ROOMS = (
    "credentials", "errors", "running", "diagnostics", "limits", "documents", "kinds", "json_schema", "archive",
    "resource", "layouts", "package", "target", "planning", "rules", "authoring", "settings", "simulation",
    "report", "render", "simulator", "assetpkg", "cli", "__main__",
)  # fmt: skip
"""From the bottom to the top: each imports only from those before it. `assetpkg` is the Python face."""

HOMES: dict[str, set[str]] = {
    "click": {"cli"},
    "pydantic": {"kinds", "layouts", "rules", "authoring", "report"},
    "pydantic_core": {"credentials", "documents", "kinds", "resource", "target", "report", "json_schema"},
    "jiter": {"documents"},
    "jinja2": {"render"},
    "lsprotocol": {"cli"},
    "pygls": {"cli"},
    "jsonschema": {"json_schema"},
    "referencing": {"json_schema"},
    "zlib": {"archive", "render"},
    "struct": {"archive"},
    "yaml": {"documents"},
    "shutil": {"archive", "cli"},
    "multiprocessing": {"running"},
    "concurrent": {"running"},
    "anyio": {"simulator"},
    "sqlite3": {"simulator"},
    "starlette": {"simulator"},
    "uvicorn": {"simulator"},
}
"""Foreign modules, and the only rooms that know them."""

NEVER = {
    "asyncio", "ctypes", "ftplib", "http", "httpx", "importlib.metadata", "pickle", "pkg_resources",
    "requests", "smtplib", "socket", "socketserver", "ssl", "subprocess", "tarfile", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "xmlrpc", "zipfile",
}  # fmt: skip
"""What no module imports: nothing leaves the machine, and there is one reader of zips."""

LONGEST = 300
"""In lines, not counting docstrings and blank lines: a rule's docstring is its manual page."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module's syntax tree by its full name."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@cache
def imports() -> dict[str, list[str]]:
    """Return for every module what it imports, wherever the statement is: in functions and for type checkers too."""
    return {name: list(_imports(tree)) for name, tree in modules().items()}


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            # The version is said by the package itself, below all rooms.
            yield from (name if name in modules() else node.module for name in whole if name != "assetpkg.__version__")


def home(module: str) -> str:
    """Return the part of the house that a module belongs to."""
    return module.split(".")[1] if "." in module else module


@cache
def edges() -> dict[str, set[str]]:
    """Return for every module the modules of assetpkg that it imports."""
    return {
        name: {found for found in imported if found.partition(".")[0] == "assetpkg"}
        for name, imported in imports().items()
    }


def test_every_module_is_in_a_room() -> None:
    assert {home(name) for name in modules()} == set(ROOMS)
    assert len([entry for entry in SOURCE.iterdir() if entry.suffix == ".py" or (entry / "__init__.py").exists()]) <= 24


def test_imports_run_downward_only() -> None:
    floor = {room: number for number, room in enumerate(ROOMS)}
    upward = {
        f"{name} > {found}"
        for name, targets in edges().items()
        for found in targets
        if home(found) != home(name) and floor[home(found)] >= floor[home(name)]
    }
    assert upward == set()


def test_no_room_is_named_like_a_public_verb() -> None:
    import assetpkg

    assert set(assetpkg.__all__) & set(ROOMS) == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " > ".join((*above, name))
        if name not in done:
            for found in sorted(edges()[name]):
                walk(found, (*above, name))
            done.add(name)

    for name in edges():
        walk(name, ())


def test_one_platform_does_not_know_another() -> None:
    from assetpkg.kinds import KINDS
    from assetpkg.kinds.__main__ import MODULES

    declared = {f"assetpkg.kinds.{module}": module.partition(".")[0] for module in MODULES}
    assert {kind.platform() for kind in KINDS.values()} == set(declared.values())
    platform = {name: name.split(".")[2] for name in modules() if name.startswith("assetpkg.kinds.")}
    platform = {name: found for name, found in platform.items() if found in set(declared.values())}
    strange = {
        f"{name} > {found}"
        for name in platform
        for found in edges()[name] & platform.keys()
        if platform[found] not in {platform[name], "application"}
    }
    assert strange == set(), "an application is what all of them belong to; nothing else is shared"


@every_row(("foreign", "homes"), HOMES.items(), ids=list(HOMES))
def test_a_foreign_module_is_known_in_its_places_only(foreign: str, homes: set[str]) -> None:
    known = {
        home(name)
        for name, imported in imports().items()
        if any(found.partition(".")[0] == foreign for found in imported)
    }
    assert known <= homes
    assert known


def test_nothing_leaves_the_machine() -> None:
    used = {
        f"{name} > {found}"
        for name, imported in imports().items()
        for found in imported
        if any(found == never or found.startswith(f"{never}.") for never in NEVER)
    }
    assert used == set()


@every_row("name", modules)
def test_a_module_is_documented_short_and_silent(name: str) -> None:
    tree = modules()[name]
    assert ast.get_docstring(tree)
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls & {"print", "input", "eval", "exec", "__import__", "breakpoint"}
    documentation = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    path = SOURCE.joinpath(*name.split(".")[1:])
    text = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    lines = [line for number, line in enumerate(text.splitlines(), 1) if line.strip() and number not in documentation]
    assert len(lines) <= LONGEST


def test_no_drawer_has_a_name_for_everything() -> None:
    assert not {name.rpartition(".")[2] for name in modules()} & {
        "utils",
        "util",
        "helpers",
        "common",
        "base",
        "misc",
        "core",
    }


def in_a_process_of_its_own(script: str, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )


def command_lines() -> dict[tuple[str, ...], set[int]]:
    """Return arguments for every command, to be run in this order beside the samples, and their statuses."""
    sample, target = "samples/order-center", "samples/production.json"
    return {
        ("--version",): {0},
        ("--help",): {0},
        ("check", sample): {0},
        ("check", sample, "missing.zip", "--format", "json"): {2},
        ("plan", sample): {0, 1},
        ("plan", sample, "--target", target, "--prefix", "dev_"): {1},
        ("plan", sample, "--target", target, "--mode", "Merge", "--datasource-overwrite", "--format", "json"): {1},
        ("plan", sample, sample, "--target", target, "--format", "json"): {1},
        ("plan", sample, "--target", target, "--format", "html", "--report", "json=plan-too.json"): {1},
        ("compare", sample, "--target", target): {1},
        ("pack", sample, "--output", "a.zip"): {0},
        ("unpack", "a.zip", "--output", "a"): {0},
        ("fmt", "a", "--explode", "--diff", "--format", "json"): {1},
        ("fmt", "a", "--explode"): {0},
        ("fmt", "a", "--inline"): {0},
        ("new", "package", "made-package"): {0},
        ("new", "topic", "orders", "--in", "made-package", "--with-parents", "--format", "json"): {0},
        ("split", sample, "--output", "parts", "--max", "2"): {0},
        ("subset", sample, "--only", "task/*", "--output", "tasks.zip"): {0},
        ("subset", sample, "--since", "tasks.zip", "--output", "rest", "--format", "json"): {0},
        ("subset", sample, "--without", "application/*", "--output", "none.zip"): {1},
        ("merge", sample, "a", "--output", "merged.zip"): {0},
        ("merge", sample, "a", "--base", "a.zip", "--output", "merged", "--format", "json"): {0},
        ("adapt", sample, "--prefix", "p_", "--output", "adapted.zip"): {0},
        ("adapt", sample, "--prefix", "p_", "--output", "adapted", "--format", "json"): {0},
        ("plan", sample, "--target", target, "--write-adapt", "draft.toml"): {1},
        ("plan", sample, "--target", target, "--adapt", "draft.toml"): {1},
        ("plan", "a.zip", "--target", "a", "--mode", "Merge", "-o", "plan.txt"): {0, 1},
        ("diff", sample, target, *all_reports("DiffReport")): {1},
        ("diff", sample, sample, "--format", "json"): {0},
        ("diff", sample, target, "--format", "markdown"): {1},
        ("show", sample, "--documents"): {0},
        ("show", sample, *all_reports("ShowReport")): {0},
        ("apply", sample, "--target", target, "-o", "after.json"): {1},
        ("apply", sample, "--target", target, "--mode", "Merge", "--partial", "-o", "after.json"): {0},
        ("undo", sample, "--target", target, "--mode", "Merge", "--datasource-overwrite", "-o", "undo.zip"): {0},
        ("plan", sample, "--target", target, "--format", "json", "-o", "plan.json"): {1},
        ("verify", "plan.json", "--package", "a.zip", "--target", target): {0},
        ("show", "plan.json", "--details"): {0},
        ("check", sample, *all_reports("CheckReport")): {0},
        ("plan", sample, "--target", target, *all_reports("PlanReport")): {1},
        ("show", "plan.json", *all_reports("PlanReport")): {0},
        ("verify", "plan.json", "--package", "a.zip", "--target", target, *all_reports("VerifyReport")): {0},
        ("compare", sample, "--target", target, *all_reports("CompareReport")): {1},
        ("reconcile", "plan.json", "samples/job.json"): {0},
        ("reconcile", "plan.json", "samples/job.json", "--format", "json"): {0},
        ("verify", "plan.json", "--package", "a.zip", "--target", target, "--format", "json"): {0},
        ("compare", sample, "--target", target, "--format", "json"): {1},
        ("apply", sample, "--target", target, "--format", "json", "-o", "after.json"): {1},
        ("undo", sample, "--target", target, "--format", "json", "-o", "undo2.zip"): {0},
        ("split", sample, "--output", "more", "--format", "json"): {0},
        ("checklist", sample): {0},
        ("checklist", sample, "--target", target, "--mode", "Merge", "-o", "list.md"): {0},
        ("checklist", sample, "--format", "csv"): {0},
        ("checklist", sample, "--format", "json"): {0},
        ("show", "a.zip"): {0},
        ("show", "a.zip", "application/Order Center", "--format", "json"): {0},
        ("redact", "a.zip", "--output", "copy.zip"): {0},
        ("redact", "a.zip", "--output", "copy", "--format", "json"): {0},
        ("redact", target, "--output", "copy.json"): {0},
        ("learn", "samples/export.zip", "-o", "learnt.toml"): {0},
        ("learn", "samples/export.zip", "-o", "learnt.json", "--format", "json"): {0},
        ("check", "samples/export.zip", "--layout", "samples/export.toml"): {0},
        ("convert", "samples/export.zip", "--layout", "samples/export.toml", "-o", "own"): {0},
        ("convert", "--back", "own", "--original", "samples/export.zip", "-o", "again.zip", "--format", "json"): {0},
        ("snapshot", "samples/answers", "-o", "made-target.json"): {0},
        ("snapshot", "samples/answers", "-o", "made-target.json", "--format", "json"): {0},
        ("plan", sample, "--target", "samples/answers"): {0, 1},
        ("serve", "--target", "missing.json"): {2},
        ("check", target): {0},
        ("show", target): {0},
        ("learn", "samples/export.zip", "--with", "learnt.toml", "--format", "json"): {0},
        ("generate", "-o", "made.zip", "--resources", "20", "--size", "2000", "--drift", "made.json"): {0},
        ("snapshot", "--calls", sample): {0},
        ("snapshot", "--calls", "--as", "sdk", "-o", "collect.py"): {0},
        ("convert", "samples/prices.yaml", "--beside", sample, "-o", "prices"): {1},
        ("explain", "IMP021"): {0},
        ("explain", "conflict", "--format", "json"): {0},
        ("explain", "--format", "markdown"): {0},
        ("rules",): {0},
        ("rules", "PKG001"): {0},
        ("rules", "ABC999"): {2},
        ("rules", "PKG001", "--format", "json"): {0},
        ("schema",): {0},
        ("schema", "api"): {0},
        ("setup",): {0},
        ("setup", "bash"): {0},
        ("setup", "vscode"): {0},
        ("lsp", "--config", "missing.toml"): {2},
        ("help",): {0},
        ("help", "plan"): {0},
        ("help", "plam"): {2},
    }


def all_reports(name: str) -> tuple[str, ...]:
    """Return the options that have a report written in each of its formats."""
    return tuple(word for form in formats_of(name) for word in ("--report", f"{form}=made.{form}"))


def test_every_command_was_watched() -> None:
    from assetpkg.cli.program import COMMANDS

    assert {line[0] for line in command_lines() if not line[0].startswith("-")} == set(COMMANDS)


def test_every_command_was_watched_in_every_format() -> None:
    from assetpkg.cli.program import COMMANDS

    offered = {
        (name, form)
        for name in COMMANDS
        for option in import_module(f"assetpkg.cli.commands.{name}").command.params
        if option.name == "form" and isinstance(option.type, click.Choice)
        for form in option.type.choices
    }
    lines = [" ".join(line) for line in command_lines()]
    watched = {
        (name, form)
        for name, form in offered
        for line in lines
        if line.startswith(name)
        and (f"--format {form}" in line or f"--report {form}=" in line or (form == "text" and "--format" not in line))
    }
    assert watched == offered
    assert {line.partition(" ")[0] for line in lines} >= set(COMMANDS)


LOADED = """
import sys
sys.argv = ["assetpkg", *sys.argv[1:]]
from assetpkg.__main__ import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
sys.stderr.write(" ".join(sys.modules))
"""


@pytest.mark.parametrize(
    ("arguments", "needed", "spared"),
    [
        pytest.param(["--version"], {"assetpkg"}, {"click", "pydantic", "jsonschema", "json"}, id="the version"),
        pytest.param(["--help"], {"click"}, {"pydantic", "jsonschema", "referencing"}, id="the overview"),
        pytest.param(["help", "plan"], {"click"}, {"pydantic", "jsonschema"}, id="a chapter of the manual"),
        pytest.param(["check", "--help"], {"click"}, {"pydantic", "jsonschema"}, id="the page of a command"),
        pytest.param(
            ["check", "shop"],
            {"click", "pydantic_core"},
            {"pydantic", "jsonschema", "referencing", "assetpkg.diagnostics.catalogue"},
            id="a clean package",
        ),
        pytest.param(
            ["plan", "shop", "--fail-on", "error"], {"pydantic_core"}, {"jsonschema", "referencing"}, id="a plan"
        ),
    ],
)
def test_a_command_loads_what_it_needs(
    tmp_path: Path, arguments: list[str], needed: set[str], spared: set[str]
) -> None:
    for name, content in make_contents().items():
        (tmp_path / "shop" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / name).write_bytes(content)
    done = in_a_process_of_its_own(LOADED, *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    loaded = set(done.stderr.decode().split())
    assert needed <= loaded
    assert not spared & loaded
