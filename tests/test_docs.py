"""The README says what the program says."""

import json
import re
import shlex
from pathlib import Path

import pytest

from assetpkg.cli.program import COMMANDS
from assetpkg.kinds import KINDS
from assetpkg.limits import LIMITS, tell_limit
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.rules import catalogue
from tests.conftest import ROOT, Cli

README = ROOT / "README.md"
EXAMPLE = ROOT / "tests" / "typing" / "api.py"


def _rules() -> str:
    rows = [f"| {rule.code} | {rule.slug} | {rule.severity.value} | {rule.title} |" for rule in catalogue().values()]
    return "\n".join(["| code | slug | severity | finds |", "|---|---|---|---|", *rows])


def _assumptions() -> str:
    rows = [
        f"| `{known.name}` | {', '.join(f'`{value}`' for value in known.values)} | {known.question} |"
        for known in ASSUMPTIONS.values()
    ]
    return "\n".join(["| name | values | question |", "|---|---|---|", *rows])


def _kinds() -> str:
    rows = [f"| `{kind.kind}` | `{kind.folder}/` | {kind.title} |" for kind in KINDS.values()]
    return "\n".join(["| kind | folder | what it is |", "|---|---|---|", *rows])


def _limits() -> str:
    rows = [
        f"| `{name}` | {tell_limit(name)} | {tell_limit(name, limit.ceiling)} | {limit.title} |"
        for name, limit in LIMITS.items()
    ]
    return "\n".join(["| name | default | at most | of what |", "|---|---|---|---|", *rows])


def _snapshot() -> str:
    schema = json.loads((ROOT / "schemas" / "snapshot.json").read_text(encoding="utf-8"))
    rows = [
        f"| `{name}` | {'yes' if name in schema['required'] else ''} | {member['description']} |"
        for name, member in schema["properties"].items()
        if name != "$schema"
    ]
    return "\n".join(["| member | needed | what it says |", "|---|---|---|", *rows])


TABLES = {
    "rules": _rules,
    "assumptions": _assumptions,
    "kinds": _kinds,
    "limits": _limits,
    "snapshot": _snapshot,
}


def _output(cli: Cli, line: str) -> str:
    command, _, head = line.partition(" | head -")
    shown = cli(*shlex.split(command)[1:]).stdout.decode().rstrip("\n")
    if not head:
        return shown
    return "\n".join([*shown.split("\n")[: int(head)], "…"])


def _written(text: str, cli: Cli) -> str:
    """Return the README with everything in it that is generated made anew."""

    def block(match: "re.Match[str]") -> str:
        prompt = f"$ {match[1].partition(' | head')[0]}\n" if "--help" not in match[1] else ""
        return f"<!-- output: {match[1]} -->\n```\n{prompt}{_output(cli, match[1])}\n```"

    def table(match: "re.Match[str]") -> str:
        return f"<!-- table: {match[1]} -->\n\n{TABLES[match[1]]()}\n"

    text = re.sub(r"<!-- output: (.*?) -->\n```\n.*?```", block, text, flags=re.DOTALL)
    text = re.sub(r"<!-- table: (\w+) -->\n(?:\n(?:\|.*\n)+)?", table, text)
    example = EXAMPLE.read_text().partition("# README: begin\n")[2].partition("# README: end\n")[0]
    return re.sub(r"```python\n(?!class).*?```", lambda _: f"```python\n{example}```", text, count=1, flags=re.DOTALL)


def test_readme_is_what_the_program_says(cli: Cli, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    written = _written(text, cli)
    if request.config.getoption("--update-cases"):
        README.write_text(written, encoding="utf-8")
        text = written
    assert text == written, "run pytest tests/test_docs.py --update-cases"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_and_a_place_in_the_readme(cli: Cli, name: str) -> None:
    shown = cli(name, "--help").stdout.decode()
    assert shown.startswith(f"Usage: assetpkg {name} ")
    assert len(shown.split("\n\n")[1].strip()) > 20
    text = README.read_text(encoding="utf-8")
    assert f"`assetpkg {name}" in text or f"### {name}" in text


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    command = next(line for line in README.read_text(encoding="utf-8").split("\n") if line.startswith(".ci/tools &&"))
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_files_that_the_readme_names_exist() -> None:
    named = set(re.findall(r"samples/[\w./-]+\w", README.read_text(encoding="utf-8")))
    assert named
    assert all((ROOT / Path(name)).exists() for name in named)


def test_the_readme_has_a_place_for_every_module() -> None:
    inside = README.read_text(encoding="utf-8").partition("## Inside")[2]
    named = re.findall(r"`(\w+)/?`", inside.partition("**Add a kind.**")[0])
    modules = {path.stem for path in (ROOT / "assetpkg").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert sorted(named) == sorted(modules - {"__pycache__"})
