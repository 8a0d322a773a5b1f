"""What starting imports: what is used, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import assetpkg
from tests.build import make_instance, make_package
from tests.conftest import ROOT

LOADED = """
import sys
ran = set()
def watch(frame, event, argument):
    if event == "call" and frame.f_code.co_name != "<module>":
        ran.add(frame.f_code.co_filename)
sys.setprofile(watch)
import assetpkg.__main__ as entry
if sys.argv[1:] != ["--version"]:
    entry.heed_signals()
entry.fill_streams()
try:
    entry.main()
except SystemExit as ended:
    assert not ended.code, ended.code
sys.setprofile(None)
idle = {
    name for name, module in sys.modules.items()
    if name.startswith("assetpkg.") and module.__file__ not in ran and not module.__file__.endswith("__init__.py")
}
sys.stderr.write(f"{' '.join(sys.modules)}\\n{' '.join(idle)}\\n")
"""

HEAVY = {
    "pydantic", "pydantic_core", "jsonschema", "referencing", "rpds", "concurrent", "multiprocessing", "subprocess",
    "socket", "logging", "asyncio", "email", "difflib", "tempfile", "random", "zipfile", "tarfile", "http",
}  # fmt: skip
"""What takes long to import, or is for what a short run never does."""


def loaded(place: Path, *arguments: str, **variables: str) -> tuple[set[str], set[str]]:
    """Return what a command line imports, and the modules of ours in which nothing was called."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        check=True,
        text=True,
    )
    names, idle = done.stderr.splitlines()[-2:]
    return set(names.split()), set(idle.split())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assetpkg.write(make_package(), tmp_path / "shop.zip")
    return tmp_path


def ours(names: set[str]) -> set[str]:
    return {name for name in names if name.partition(".")[0] == "assetpkg"}


def foreign(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


FIRST = {"assetpkg", "assetpkg.__main__", "assetpkg.cli", "assetpkg.cli.exits", "assetpkg.errors"}


def test_the_version(place: Path) -> None:
    names, _ = loaded(place, "--version")
    assert ours(names) == FIRST
    assert foreign(names) & {*HEAVY, "click", "json", "re", "typing", "enum", "dataclasses"} == set()


def test_the_overview(place: Path) -> None:
    names, _ = loaded(place, "--help")
    assert ours(names) == FIRST | {"assetpkg.cli.program"}
    assert foreign(names) & {*HEAVY, "json", "dataclasses"} == set()


COMPLETION = {"assetpkg.cli.program", "assetpkg.cli.completion", "assetpkg.cli.shell_words"}


@pytest.mark.parametrize("line", ["assetpkg c", "assetpkg --v"])
def test_completing_a_name_imports_no_command(place: Path, line: str) -> None:
    names, _ = loaded(place, _ASSETPKG_COMPLETE="bash_complete", _ASSETPKG_LINE=line)
    assert ours(names) == FIRST | COMPLETION
    assert foreign(names) & {*HEAVY, "json", "dataclasses"} == set()


@pytest.mark.parametrize("shell", ["bash", "powershell"])
def test_the_script_for_a_shell_starts_nothing(place: Path, shell: str) -> None:
    names, _ = loaded(place, "setup", shell)
    assert foreign(names) & HEAVY == set()
    assert "assetpkg.package" not in names


def test_completing_an_option_imports_one_command(place: Path) -> None:
    names, _ = loaded(place, _ASSETPKG_COMPLETE="bash_complete", _ASSETPKG_LINE="assetpkg check --j")
    assert {name for name in names if name.startswith("assetpkg.cli.commands.")} == {"assetpkg.cli.commands.check"}
    assert foreign(names) & HEAVY == set()
    assert "assetpkg.package" not in names


@pytest.mark.parametrize("command", ["check", "plan", "pack", "redact"])
def test_the_page_of_a_command_needs_nothing_that_looks_at_a_package(place: Path, command: str) -> None:
    names, _ = loaded(place, command, "--help")
    assert foreign(names) & HEAVY == set()
    rooms = {name.split(".")[1] for name in ours(names) if "." in name}
    assert not rooms & {"credentials", "documents", "kinds", "package", "resource", "rules", "target"}


IDLE = {
    "assetpkg.archive.zip.format",
    "assetpkg.credentials.addresses",
    "assetpkg.credentials.blanks",
    "assetpkg.credentials.files",
    "assetpkg.credentials.finding",
    "assetpkg.credentials.forms",
    "assetpkg.credentials.keys",
    "assetpkg.credentials.statements",
    "assetpkg.credentials.values",
    "assetpkg.credentials.words",
    "assetpkg.diagnostics.values",
    "assetpkg.errors",
    "assetpkg.resource.masking",
}
"""What has nothing but constants; what is looked at again for credentials, and what is raised or told.

Of a clean package nothing is, but it is known how.
"""


def test_a_small_clean_package(place: Path) -> None:
    names, idle = loaded(place, "check", "shop.zip")
    assert foreign(names) & HEAVY == {"pydantic_core"}
    assert idle <= IDLE
    rooms = {name.split(".")[1] for name in ours(names) if "." in name}
    assert not rooms & {"authoring", "target"}
    assert names & {
        "assetpkg.cli.baselines", "assetpkg.cli.completion", "assetpkg.cli.progress", "assetpkg.diagnostics.catalogue",
        "assetpkg.json_schema.compiled", "assetpkg.kinds.model", "assetpkg.package.editing", "assetpkg.package.parts",
        "assetpkg.planning.remarks", "assetpkg.render.places", "assetpkg.render.text.plan", "assetpkg.report.plan",
        "assetpkg.rules.imports", "assetpkg.running.spread", "assetpkg.simulation.outcome", "assetpkg.simulation.plan",
    } == set()  # fmt: skip


@pytest.mark.parametrize("target", ["shop.zip", "shop.json"])
def test_a_plan_of_a_clean_package(place: Path, target: str) -> None:
    assetpkg.write_snapshot(make_instance(), place / "shop.json")
    names, _ = loaded(place, "plan", "shop.zip", "--mode", "Merge", "--target", target)
    assert foreign(names) & HEAVY == {"pydantic_core"}
    assert names & {
        "assetpkg.diagnostics.catalogue", "assetpkg.json_schema.compiled", "assetpkg.kinds.model",
        "assetpkg.package.packing", "assetpkg.report.compare", "assetpkg.report.job", "assetpkg.rules.adapted",
        "assetpkg.simulation.compare", "assetpkg.simulation.job", "assetpkg.simulation.outcome",
        "assetpkg.simulation.reconcile", "assetpkg.simulation.rollout", "assetpkg.target.answers",
    } == set()  # fmt: skip


def test_only_the_kinds_that_a_package_has(place: Path) -> None:
    package = assetpkg.Package.new("small").with_resource("application", {"name": "Shop"})
    assetpkg.write(package, place / "one.zip")
    names, idle = loaded(place, "check", "one.zip")
    assert {name for name in names if name.startswith(("assetpkg.kinds.apic.", "assetpkg.kinds.link."))} == set()
    assert idle <= IDLE
