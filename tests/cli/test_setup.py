"""What is put where: each template names its place first, and says only what is so."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import PowerShellComplete

from assetpkg.cli.program import cli as program
from assetpkg.cli.setup import PIECES, text_for
from assetpkg.json_schema.published import published_names
from assetpkg.layouts.globs import glob_of
from tests.conftest import ROOT, SAMPLES, Cli


def documents(text: str) -> list[Any]:
    """Return the documents in JSON with comments."""
    rest = "\n".join("" if line.startswith("//") else line for line in text.splitlines()).strip()
    found = []
    while rest:
        document, end = json.JSONDecoder().raw_decode(rest)
        found.append(document)
        rest = rest[end:].strip()
    return found


def test_a_text_says_first_where_it_goes_and_no_word_is_left() -> None:
    for name in PIECES:
        first = text_for(name, program).partition("\n\n")[0]
        assert re.match(r"(#|//|--) ", first), name
        assert re.search(r"file|profile|repository", first), name
        assert not re.search(r"@[A-Z]+@", text_for(name, program)), name


def test_powershell_has_the_script_of_click() -> None:
    script = PowerShellComplete(program, {}, "assetpkg", "_ASSETPKG_COMPLETE").source()
    assert text_for("powershell", program).endswith(script)


def test_vscode_finds_the_schema_of_every_file_of_a_package() -> None:
    settings, _ = documents(text_for("vscode", program))
    rows = settings["json.schemas"]
    assert {Path(row["url"]).stem for row in rows} <= set(published_names())
    for path in (SAMPLES / "order-center").rglob("*.json"):
        name = path.relative_to(ROOT).as_posix()
        found = [row["url"] for row in rows if any(glob_of(glob).match(name) is not None for glob in row["fileMatch"])]
        assert len(found) == (path.name != "manifest.json"), name


def test_editors_start_the_server_with_a_command_that_there_is() -> None:
    settings, _ = documents(text_for("vscode", program))
    started = [settings["glspc.server.command"], *settings["glspc.server.commandArguments"]]
    helix = tomllib.loads(text_for("helix", program))["language-server"]["assetpkg"]
    assert [helix["command"], *helix["args"]] == started == ["assetpkg", "lsp"]
    assert 'cmd = { "assetpkg", "lsp" }' in text_for("neovim", program)
    assert "lsp" in program.list_commands(click.Context(program))


def test_vscode_reads_the_place_of_every_finding(cli: Cli, tmp_path: Path) -> None:
    _, tasks = documents(text_for("vscode", program))
    (task,) = tasks["tasks"]
    for name in ("one.json", "two.json"):
        (tmp_path / "pkg" / "applications").mkdir(parents=True, exist_ok=True)
        (tmp_path / "pkg" / "applications" / name).write_text('{"name": "One",\n "remrk": 1}')
    (tmp_path / "pkg" / "manifest.json").write_text('{"format": "assetpkg/1", "asset_version": "1.0", "name": "pkg"}')
    done = cli(*task["args"], cwd=tmp_path)
    assert done.returncode == 1
    pattern = task["problemMatcher"]["pattern"]
    read = [re.match(pattern["regexp"], line) for line in done.stdout.decode().splitlines()[:-1]]
    placed = {(found[pattern["file"]], found[pattern["line"]], found[pattern["code"]]) for found in read if found}
    assert ("pkg/applications/one.json", "2", "RSC016") in placed
    assert len(read) == len([found for found in read if found])


def test_a_template_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setitem(PIECES, "gone", "")
    with pytest.raises(Exception, match=r"incomplete: .*'cli/setup/gone.txt' is missing"):
        text_for("gone", program)
    assert cli("setup", "gone").returncode == 2
