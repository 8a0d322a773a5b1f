"""The README and the manual say what the program says; `--update-cases` writes anew what is generated in them."""

import atexit
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp

import click
import pytest
import yaml

from assetpkg.cli.program import COMMANDS
from assetpkg.credentials.masking import mask_text
from assetpkg.credentials.tokens import TOKENS
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import LongText
from assetpkg.limits import LIMITS, tell_limit
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.render.formats import FORMATS
from assetpkg.rules import catalogue
from tests.conftest import ROOT, SAMPLES, Cli
from tests.credentials.texts import ORDINARY, SECRET, read
from tests.project.pipelines import ACTION, TEMPLATE
from tests.tables import every_row

README = ROOT / "README.md"
MANUAL = ROOT / "assetpkg" / "manual"
CHAPTERS = {path.stem: path for path in sorted(MANUAL.glob("*.md"))}
PAGES = [README, *CHAPTERS.values()]
EXAMPLE = ROOT / "tests" / "typing" / "api.py"
MEASURED = ROOT / "tests" / "foreign" / "measured.json"
LONGEST = 400
"""How many lines the README may have: longer, it is not read."""
SHARED = 4
"""How many commands an option has, to be in the table of common options and not with each of them."""


def _table(heads: str, rows: Iterator[str]) -> str:
    """Return a Markdown table; `heads` and rows are cells with ` | ` between them."""
    ruler = "|".join("---" for _ in heads.split(" | "))
    return "\n".join([f"| {heads} |", f"|{ruler}|", *(f"| {row} |" for row in rows)])


def _assumptions() -> str:
    rows = (
        f"`{known.name}` | {', '.join(f'`{value}`' for value in known.values)} | {known.question}"
        for known in ASSUMPTIONS.values()
    )
    return _table("name | values | question", rows)


def _kinds() -> str:
    rows = (f"`{kind.kind}` | `{kind.folder}/` | {kind.title}" for kind in KINDS.values())
    return _table("kind | folder | what it is", rows)


def _long_texts() -> str:
    rows = (
        f"`{kind.kind}` | `{'/'.join(steps)}` | {', '.join(f'`{suffix}`' for suffix in sorted(suffixes))}"
        for kind in KINDS.values()
        for steps, suffixes in _long_texts_in(fields_of(kind), ())
    )
    return _table("kind | text | its file ends in", rows)


def _long_texts_in(fields: Mapping[str, Field], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    for name, field in fields.items():
        marker = field.marker(LongText)
        if marker is not None:
            yield (*above, name), {marker.suffix, *dict(marker.suffixes).values()}
        yield from _long_texts_in(field.parts, (*above, name))


def _fixes() -> str:
    fixable = ((rule, rule.fix) for rule in catalogue().values() if rule.fix is not None)
    return _table("rule | what `check --fix` does", (f"{rule.code} | {fix.does}" for rule, fix in fixable))


def _limits() -> str:
    rows = (
        f"`{name}` | {tell_limit(name)} | {tell_limit(name, limit.ceiling)} | {limit.title}"
        for name, limit in LIMITS.items()
    )
    return _table("name | default | at most | of what", rows)


def _credentials() -> str:
    """Return how many of the texts in the tables are found: those with a credential should be, ordinary ones not."""
    groups = {**SECRET, "ordinary texts that look like these": ORDINARY}
    rows = {title: [read(marked).text for marked in texts] for title, texts in groups.items()}
    counted = ((title, len(texts), sum(mask_text(text) != text for text in texts)) for title, texts in rows.items())
    return _table("texts | in the tests | found", (f"{title} | {number} | {found}" for title, number, found in counted))


def _issuers() -> str:
    """Return the issuers whose tokens are known, as a paragraph."""
    names = sorted({token.issuer for token in TOKENS}, key=str.lower)
    return textwrap.fill(f"{', '.join(names)}.", 118, break_on_hyphens=False)


def _snapshot() -> str:
    schema = json.loads((ROOT / "schemas" / "snapshot.json").read_text(encoding="utf-8"))
    rows = (
        f"`{name}` | {'yes' if name in schema['required'] else 'no'} | {member['description']}"
        for name, member in schema["properties"].items()
        if name != "$schema"
    )
    return _table("member | needed | what it says", rows)


def _learnt() -> str:
    rows = (
        f"{about} | {resources} | {found} | {wrong} | {'yes' if same_plan else 'no'} | {'yes' if same_back else 'no'}"
        for about, resources, found, wrong, same_plan, same_back in json.loads(
            MEASURED.read_text(encoding="utf-8")
        ).values()
    )
    return _table("layout | resources | found | wrong | same plan | there and back", rows)


def _formats() -> str:
    rows = (
        f"`{name}` | {known.title}"
        for name, known in FORMATS.items()
        if known.tells("PlanReport") or known.tells("ShowReport")
    )
    return _table("format | what it is for", rows)


def _hooks() -> str:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return _table("hook | what it does", (f"`{hook['id']}` | {_escaped(hook['description'])}" for hook in hooks))


def _inputs() -> str:
    inputs = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["inputs"]
    defaults = {name: f"`{given['default']}`" if given["default"] else "" for name, given in inputs.items()}
    rows = (f"`{name}` | {defaults[name]} | {given['description']}" for name, given in inputs.items())
    return _table("input | default | what it is", rows)


def _outputs() -> str:
    outputs = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["outputs"]
    return _table("output | what it is", (f"`{name}` | {given['description']}" for name, given in outputs.items()))


def _variables() -> str:
    told = re.findall(r"^#   (ASSETPKG_\w+) +(.+)$", TEMPLATE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return _table("variable | what it is", (f"`{name}` | {what[0].upper()}{what[1:]}." for name, what in told))


def _commands() -> str:
    return _table("command | what it does", (f"`assetpkg {name}` | {what}" for name, what in COMMANDS.items()))


def _chapters() -> str:
    rows = (f"[{name}](assetpkg/manual/{name}.md) | {_sentence(name)}" for name in CHAPTERS)
    return _table("topic | what it is about", rows)


def _sentence(name: str) -> str:
    return " ".join(CHAPTERS[name].read_text(encoding="utf-8").split("\n\n")[1].split())


@cache
def _options() -> Mapping[str, Mapping[str, str]]:
    """Return what the help page of each command says of its options, by command and option."""
    found = {}
    for name in COMMANDS:
        command = import_module(f"assetpkg.cli.commands.{name}").command
        context = click.Context(command, info_name=name)
        records = [option.get_help_record(context) for option in command.params if isinstance(option, click.Option)]
        found[name] = {f"`{_escaped(syntax)}`": _escaped(told) for syntax, told in filter(None, records)}
    return found


def _escaped(text: str) -> str:
    """Return text for a cell of a table, where a bar would end the cell, also inside backticks."""
    return text.replace("|", "\\|").replace("  ", " ")


def _common() -> str:
    texts = {row: None for options in _options().values() for row in options.items()}
    rows = {row: [name for name, options in _options().items() if row in options.items()] for row in texts}
    return _table(
        "option | commands | what it does",
        (f"{option} | {', '.join(names)} | {what}" for (option, what), names in rows.items() if len(names) >= SHARED),
    )


def _own(command: str) -> str:
    """Return the options of a command that are not in the table of common options."""
    others = [row for options in _options().values() for row in options.items()]
    rows = [
        f"{option} | {what}" for option, what in _options()[command].items() if others.count((option, what)) < SHARED
    ]
    return _table("option | what it does", iter(rows)) if rows else "Only common options."


TABLES: Mapping[str, Callable[[], str]] = {
    "assumptions": _assumptions,
    "kinds": _kinds,
    "limits": _limits,
    "long texts": _long_texts,
    "fixes": _fixes,
    "credentials": _credentials,
    "issuers": _issuers,
    "snapshot": _snapshot,
    "learnt": _learnt,
    "hooks": _hooks,
    "inputs of the action": _inputs,
    "outputs of the action": _outputs,
    "variables of the template": _variables,
    "commands": _commands,
    "formats": _formats,
    "chapters": _chapters,
    "common options": _common,
    **{f"options of {name}": partial(_own, name) for name in COMMANDS},
}


@cache
def _workplace() -> Path:
    """Return a folder with the samples, in which the commands of the pages may write."""
    place = Path(mkdtemp())
    shutil.copytree(SAMPLES, place / "samples")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


@pytest.fixture(autouse=True)
def _screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages show is what a screen of 80 columns shows."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FTP_PARTNERS_PASSWORD", "not-to-be-shown")  # samples/production.toml names it


def _output(cli: Cli, line: str) -> str:
    command, _, head = line.partition(" | head -")
    shown = cli(*shlex.split(command)[1:], cwd=_workplace()).stdout.decode().rstrip("\n")
    if not head:
        return shown
    return "\n".join([*shown.split("\n")[: int(head)], "…"])


def _headings(text: str) -> list[str]:
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^## (.*)$", outside, flags=re.MULTILINE)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _written(text: str, cli: Cli) -> str:
    """Return a page with everything in it that is generated made anew."""

    def block(match: "re.Match[str]") -> str:
        prompt = f"$ {match[1].partition(' | head')[0]}\n"
        return f"<!-- output: {match[1]} -->\n```\n{prompt}{_output(cli, match[1])}\n```"

    def table(match: "re.Match[str]") -> str:
        return f"<!-- table: {match[1]} -->\n\n{TABLES[match[1]]()}\n\n<!-- end -->"

    listed = "\n".join(f"- [{heading}](#{_anchor(heading)})" for heading in _headings(text))
    text = re.sub(r"<!-- output: ([^\n]*?) -->\n```\n.*?```", block, text, flags=re.DOTALL)
    text = re.sub(r"<!-- table: ([\w ]+?) -->\n.*?<!-- end -->", table, text, flags=re.DOTALL)
    return re.sub(
        r"<!-- contents -->\n.*?<!-- end -->", f"<!-- contents -->\n\n{listed}\n\n<!-- end -->", text, flags=re.DOTALL
    )


def _with_example(text: str) -> str:
    """Return the page with the example of the Python face, which type checkers read, too, and which is run."""
    example = EXAMPLE.read_text(encoding="utf-8").partition("# README: begin\n")[2].partition("# README: end\n")[0]
    return re.sub(r"```python\nimport.*?```", lambda _: f"```python\n{example}```", text, count=1, flags=re.DOTALL)


def _read_all() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_what_the_program_says(cli: Cli, path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    written = _written(text, cli)
    written = _with_example(written) if path == README else written
    if request.config.getoption("--update-cases"):
        path.write_text(written, encoding="utf-8")
        text = written
    assert text == written, "run pytest tests/project/test_docs.py --update-cases"


def test_everything_that_is_generated_is_somewhere() -> None:
    marked = set(re.findall(r"<!-- table: ([\w ]+?) -->", _read_all()))
    assert marked == set(TABLES)


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= LONGEST


@every_row("name", CHAPTERS)
def test_a_chapter_has_a_title_and_a_sentence(name: str) -> None:
    title, sentence = CHAPTERS[name].read_text(encoding="utf-8").split("\n\n")[:2]
    assert re.fullmatch(r"# [^\n]+", title)
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


@every_row("path", PAGES, ids=lambda path: path.stem)
def test_links_and_topics_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"(?<!`)\[[^]\n]+]\(([^)\s]+)\)", text):
        file, _, anchor = link.partition("#")
        other = (path.parent / file) if file else path
        assert other.is_file(), link
        assert not anchor or anchor in map(_anchor, _headings(other.read_text(encoding="utf-8"))), link
    assert set(re.findall(r"assetpkg help ([a-z]+)", text)) <= set(CHAPTERS)


@every_row("path", PAGES, ids=lambda path: path.stem)
def test_commands_options_and_rules_that_are_named_exist(path: Path) -> None:
    from assetpkg.rules import RETIRED, catalogue

    text = path.read_text(encoding="utf-8")
    own = re.sub(r"<!-- output.*?```.*?```", "", text, flags=re.DOTALL)
    # What other programs are told is theirs.
    own = re.sub(r"\bgit (?:[\w.-]+ )+[^|\n]*", "", own)
    own = "\n".join(
        line for line in own.split("\n") if "assetpkg" in line or not re.search(r"\.ci/tools|pip|tests|\bgh pr\b", line)
    )
    options = {word for found in _options().values() for name in found for word in re.findall(r"--[\w-]+", name)}
    assert set(re.findall(r"`assetpkg ([a-z]+)[ `]", own)) <= set(COMMANDS)
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", own)) <= options | {"--help", "--version", "--seconds", "--from"}
    assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", text)) <= {*catalogue(), *RETIRED}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_and_a_place_in_the_manual(cli: Cli, name: str) -> None:
    shown = cli(name, "--help").stdout.decode()
    assert shown.startswith(f"Usage: assetpkg {name} ")
    assert len(shown.split("\n\n")[1].strip()) > 20
    assert name in _headings(CHAPTERS["commands"].read_text(encoding="utf-8"))


def test_help_lists_every_chapter_with_its_sentence(cli: Cli) -> None:
    said = " ".join(cli("help").stdout.decode().split())
    for name in CHAPTERS:
        assert f"{name} {_sentence(name).replace('`', '')}" in said


@pytest.mark.parametrize("name", CHAPTERS)
def test_help_shows_every_word_of_a_chapter(cli: Cli, name: str) -> None:
    done = cli("help", name)
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert said.startswith("# ")
    assert "<!--" not in said
    assert "```" not in said
    text = CHAPTERS[name].read_text(encoding="utf-8")
    outputs = re.findall(r"^```.*?\n(.*?)\n```", text, flags=re.DOTALL | re.MULTILINE)
    assert all(output in said for output in outputs)
    prose = re.sub(r"^```.*?^```", "", re.sub(r"<!--.*?-->|\]\([^)]*\)", "", text), flags=re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"[A-Za-z]{3,}", prose)) <= set(re.findall(r"[A-Za-z]{3,}", said)) | _heads(text)
    for line in said.split("\n"):
        assert len(line) <= 80 or line in text or " " not in line.strip(), line


def _heads(text: str) -> set[str]:
    """Return the words of the headings of tables, of which the first and single ones are not shown."""
    return {word for head in re.findall(r"^(\|.*)\n\|-", text, flags=re.MULTILINE) for word in re.findall(r"\w+", head)}


def test_help_shows_the_page_of_a_command_that_has_no_chapter(cli: Cli) -> None:
    assert cli("help", "check").stdout == cli("check", "--help").stdout


def test_help_names_the_nearest_chapter(cli: Cli) -> None:
    done = cli("help", "setings")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "assetpkg: the manual has no chapter 'setings'; did you mean 'settings'?\n"


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    command = next(line for line in README.read_text(encoding="utf-8").split("\n") if line.startswith(".ci/tools &&"))
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_small_package_and_snapshot_work(tmp_path: Path, programs: Path) -> None:
    part = README.read_text(encoding="utf-8").partition("\n## Your own data")[2].partition("\n## ")[0]
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-euc", "\n".join(re.findall(r"```sh\n(.*?)```", part, re.DOTALL))]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "+ 1 create" in done.stdout


def test_the_commands_about_saved_answers_work(cli: Cli) -> None:
    part = CHAPTERS["target"].read_text(encoding="utf-8").partition("\n## Saved answers")[2].partition("\n## ")[0]
    lines = re.findall(r"<!-- output: (.*?) -->", part)
    lines += [line for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]
    ended = [cli(*shlex.split(line)[1:], cwd=_workplace()) for line in lines]
    assert [(done.returncode, done.stderr) for done in ended] == [(0, b"")] * 3
    code = re.search(r"```python\n(.*?)```", part, re.DOTALL)
    assert code
    run = [sys.executable, "-c", f"import assetpkg\n{code[1]}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(run, cwd=_workplace(), env=environment, capture_output=True, check=True, text=True)
    assert "api ShowDetailsOfApiV2 the list leaves out" in done.stdout


def test_files_that_are_named_exist() -> None:
    named = set(re.findall(r"samples/[\w./-]+\w", _read_all()))
    assert named
    assert all((ROOT / Path(name)).exists() for name in named)


def test_the_readme_has_a_place_for_every_module() -> None:
    inside = README.read_text(encoding="utf-8").partition("\n## Inside")[2]
    named = re.findall(r"^\| `(\w+)/?` \|", inside.partition("**Add a kind.**")[0], flags=re.MULTILINE)
    modules = {path.stem for path in (ROOT / "assetpkg").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert sorted(named) == sorted(modules - {"__pycache__"})
