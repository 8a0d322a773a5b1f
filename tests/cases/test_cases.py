"""Commands and their whole answers, one text file each below `tests/cases/<command>/`; `casefile` has the format.

`pytest --update-cases` writes the answers anew and nothing else; the diff is what to review.
"""

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from assetpkg import __version__
from assetpkg.__main__ import main
from assetpkg.planning.options import ImportOptions
from assetpkg.render.screen import ENDLESS, width_of
from assetpkg.report.binding import report_binding
from assetpkg.rules.judge import Judge
from tests.cases.casefile import Case, Section, dump_document, format_case, inputs_of, left_open, parse_case, section_of
from tests.conftest import ROOT

CASES = Path(__file__).parent
BASES = CASES / "bases"
FILES = {file.relative_to(CASES).with_suffix("").as_posix(): file for file in sorted(CASES.glob("*/*.txtar"))}
NAMES = [name for name in FILES if not name.startswith("bases/")]
WIDEST = 80
MARKDOWN = {"checklist", "markdown", "--documents"}
"""The commands whose text is Markdown, and what else has lines that nobody breaks."""
PASSAGES = {
    "sdk": re.compile(r"^  The official Python SDK .*?datasource_overwrite\.$", re.MULTILINE | re.DOTALL),
    "call": re.compile(r"^The call: .*?(?=\n\n|\n?\Z|\n@@)", re.MULTILINE | re.DOTALL),
}
"""What is in the text of every plan, and is asserted only by the cases that say so."""


class Answer(NamedTuple):
    """What a command said, and the status that it ended with."""

    status: int
    out: str
    err: str


class Workshop(NamedTuple):
    """A folder with the inputs of a case to run commands in."""

    name: str
    case: Case
    place: Path
    patched: pytest.MonkeyPatch

    def prepare(self) -> None:
        """Run what comes before the command; all of it has to run, and may find something."""
        for line in self.case.said("prepare"):
            words = shlex.split(line)
            if words[0] == "python":
                environment = {**os.environ, "PYTHONPATH": str(ROOT)}
                subprocess.run([sys.executable, *words[1:]], cwd=self.place, env=environment, check=True)
            else:
                answer = self.run(words)
                assert answer.status in {0, 1}, f"{line}: {answer.err}"

    def command(self) -> list[str]:
        """Return the arguments after `assetpkg`."""
        (line,) = self.case.said("command")
        return shlex.split(line)

    @property
    def columns(self) -> int:
        """How wide the screen is; zero for a pipe."""
        (columns,) = self.case.said("columns") or [str(WIDEST)]
        return int(columns)

    def answer(self) -> Answer:
        """Run the command."""
        stdin = self.case.said("stdin")
        return self.run(self.command(), (self.place / stdin[0]).read_bytes() if stdin else b"")

    def run(self, words: list[str], stdin: bytes = b"") -> Answer:
        """Run the command line as a process would, from the first line to the exit status."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with self.patched.context() as patched:
            patched.chdir(self.place)
            patched.setenv("COLUMNS", str(self.columns or ""))
            patched.setattr(sys, "argv", ["assetpkg", *words])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            try:
                main()
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 0
        return Answer(status, self._text(out), self._text(err))

    def answers(self, answer: Answer) -> dict[str, Section]:
        """Return the answer as the sections that hold it, and the files that it made."""
        words = self.command()
        form = "json" if "json" in words and answer.out.startswith("{") else "csv" if "csv" in words else "txt"
        out = self._asserted(answer.out) if form == "json" else self._without_passages(answer.out)
        said = {f"expected.{form}": out, "expected.err": answer.err, "expected.status": f"{answer.status}\n"}
        sections = {name: Section(text) for name, text in said.items() if text}
        for name in self.case.expected:
            if name.startswith("expected/"):
                made = self.place / name.removeprefix("expected/")
                sections[name] = section_of(made.read_bytes() if made.is_file() else b"(not there)\n")
        return sections

    def _asserted(self, out: str) -> str:
        """Return a JSON answer with "…" for the values that the case leaves open."""
        known = self.case.expected.get("expected.json", Section("")).text
        if '"…"' not in known:
            return out
        document = json.loads(out)
        assert out == dump_document(document)
        return dump_document(left_open(document, json.loads(known)))

    def _without_passages(self, out: str) -> str:
        whole = " ".join(self.case.said("whole")).split()
        for name, passage in PASSAGES.items():
            if name not in whole:
                out = passage.sub("  @@SDK@@" if name == "sdk" else "@@CALL@@", out)
        return out

    def _text(self, stream: io.TextIOWrapper) -> str:
        stream.seek(0)
        text = stream.read()
        told = {
            str(self.place): "@@CASE@@",
            f"assetpkg {__version__}": "assetpkg @@VERSION@@",
            f'"tool_version": "{__version__}"': '"tool_version": "@@VERSION@@"',
            report_binding(ImportOptions(), Judge()).rule_set: "@@RULES@@",
        }
        for found, stand_in in told.items():
            text = text.replace(found, stand_in)
        return text


@pytest.fixture
def workshop(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    case = parse_case(FILES[request.param].read_bytes().decode())
    place = tmp_path / "case"
    place.mkdir()
    for name, content in inputs_of(case, BASES).items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return Workshop(request.param, case, place, monkeypatch)


@pytest.mark.parametrize("workshop", NAMES, indirect=True)
def test_case(workshop: Workshop, request: pytest.FixtureRequest) -> None:
    workshop.prepare()
    answer = workshop.answer()
    answers = workshop.answers(answer)
    if request.config.getoption("--update-cases"):
        FILES[workshop.name].write_bytes(format_case(workshop.case.answered(answers)).encode())
    else:
        assert answers == workshop.case.expected
    assert "Traceback" not in answer.err
    command = workshop.name.split("/", 1)[0]
    if "expected.json" in answers:
        _validate(json.loads(answer.out), command)
    elif "expected.csv" not in answers and MARKDOWN.isdisjoint(workshop.command()):
        assert list(_too_wide(answer.out, workshop.columns or ENDLESS)) == []


@pytest.mark.parametrize("workshop", ["check/several-findings", "plan/application-taken-addnew"], indirect=True)
def test_a_process_of_its_own_answers_the_same(workshop: Workshop) -> None:
    command = [sys.executable, "-m", "assetpkg", *workshop.command()]
    environment = {**os.environ, "COLUMNS": str(WIDEST)}
    ran = subprocess.run(command, cwd=workshop.place, capture_output=True, check=False, env=environment)
    answer = Answer(ran.returncode, ran.stdout.decode(), ran.stderr.decode())
    assert workshop.answers(answer) == workshop.case.expected


def test_a_file_is_written_as_it_is_read() -> None:
    texts = {name: file.read_bytes().decode() for name, file in FILES.items()}
    assert {name: format_case(parse_case(text)) for name, text in texts.items()} == texts


def test_every_base_is_used() -> None:
    used = {base for name in NAMES for base in " ".join(parse_case(FILES[name].read_text("utf-8")).said("use")).split()}
    assert {f"bases/{base}" for base in used} == {name for name in FILES if name.startswith("bases/")}


def test_every_file_is_a_case() -> None:
    known = {*FILES.values(), CASES / "gallery" / "findings.txt"}
    assert {file for file in CASES.glob("*/**/*") if file.is_file() and "__pycache__" not in file.parts} == known


def _validate(document: Any, command: str) -> None:
    """Hold a JSON answer against the schema that is published for it."""
    # What a snapshot, or an adapt file, itself is, is published under the plain name.
    own = f"{command}-report" if command in {"adapt", "snapshot"} else command
    for name in {document["document"], own}:
        _validate_by(name, document)


def _validate_by(name: str, document: Any) -> None:
    schema = json.loads((ROOT / "schemas" / f"{name}.json").read_bytes())
    Draft202012Validator(schema).validate(document)


def _too_wide(text: str, columns: int) -> Iterator[str]:
    """Yield the lines that do not fit so many columns, other than single words and those of a document."""
    for line in text.splitlines():
        if width_of(line) > columns and " " in line.strip() and not line.lstrip().startswith('"'):
            yield line
