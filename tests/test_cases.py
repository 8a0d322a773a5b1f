"""Commands and their whole answers, one folder each below `tests/cases/<command>/`.

    command          the arguments behind `assetpkg`, run inside a copy of the folder
    prepare          what is run before, one line each: arguments of assetpkg, or "python" and arguments of Python
    stdin            the name of the file that is standard input
    expected.txt     standard output; `expected.json` with `--format json`, `expected.csv` with `--format csv`;
                     absent where there is none
    expected.err     standard error; absent where there is none
    expected.status  the exit status
    expected/        files that are there afterwards, each with this very content

Everything else in a folder is input. `pytest --update-cases` writes the answers anew; the diff is what to review.
"""

import io
import json
import os
import shlex
import shutil
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
from assetpkg.render.screen import width_of
from assetpkg.report.binding import report_binding
from assetpkg.rules.judge import Judge
from tests.conftest import ROOT

CASES = Path(__file__).parent / "cases"
NAMES = sorted(command.parent.relative_to(CASES).as_posix() for command in CASES.glob("*/*/command"))
ANSWERS = ("expected.txt", "expected.json", "expected.csv", "expected.err", "expected.status")
WIDEST = 80
MARKDOWN = {"checklist"}
"""The commands whose text is Markdown, in which no line is broken."""


class Answer(NamedTuple):
    """What a command said, and the status that it ended with."""

    status: int
    out: str
    err: str


class Workshop(NamedTuple):
    """A copy of a case's folder to run commands in."""

    case: Path
    place: Path
    patched: pytest.MonkeyPatch

    def prepare(self) -> None:
        """Run what comes before the command; all of it has to run, and may find something."""
        for line in _lines(self.case / "prepare"):
            words = shlex.split(line)
            if words[0] == "python":
                environment = {**os.environ, "PYTHONPATH": str(ROOT)}
                subprocess.run([sys.executable, *words[1:]], cwd=self.place, env=environment, check=True)
            else:
                answer = self.run(words)
                assert answer.status in {0, 1}, f"{line}: {answer.err}"

    def answer(self) -> Answer:
        """Run the command."""
        (line,) = _lines(self.case / "command")
        stdin = _lines(self.case / "stdin")
        return self.run(shlex.split(line), (self.place / stdin[0]).read_bytes() if stdin else b"")

    def run(self, words: list[str], stdin: bytes = b"") -> Answer:
        """Run the command line as a process would, from the first line to the exit status."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with self.patched.context() as patched:
            patched.chdir(self.place)
            patched.setenv("COLUMNS", str(WIDEST))
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
    case = CASES / request.param
    place = tmp_path / "case"
    shutil.copytree(case, place, ignore=shutil.ignore_patterns("expected", "expected.*", "command", "prepare", "stdin"))
    return Workshop(case, place, monkeypatch)


@pytest.mark.parametrize("workshop", NAMES, indirect=True)
def test_case(workshop: Workshop, request: pytest.FixtureRequest) -> None:
    workshop.prepare()
    answer = workshop.answer()
    said = _files(workshop.case, answer)
    made = {
        file.relative_to(workshop.case).as_posix(): _made(workshop, file)
        for file in sorted((workshop.case / "expected").rglob("*"))
        if file.is_file()
    }
    if request.config.getoption("--update-cases"):
        _update(workshop.case, {**said, **made})
    assert {**said, **made} == _expected(workshop.case)
    assert "Traceback" not in answer.err
    if "expected.json" in said:
        _validate(json.loads(answer.out), workshop.case.parent.name)
    elif "expected.csv" not in said and workshop.case.parent.name not in MARKDOWN:
        assert list(_too_wide(answer.out)) == []


def test_every_folder_is_a_case() -> None:
    folders = sorted(place.relative_to(CASES).as_posix() for place in CASES.glob("*/*") if place.is_dir())
    assert folders == NAMES


@pytest.mark.parametrize("workshop", ["check/several-findings", "plan/application-taken-addnew"], indirect=True)
def test_a_process_of_its_own_answers_the_same(workshop: Workshop) -> None:
    (line,) = _lines(workshop.case / "command")
    ran = subprocess.run(
        [sys.executable, "-m", "assetpkg", *shlex.split(line)], cwd=workshop.place, capture_output=True, check=False
    )
    assert _files(workshop.case, Answer(ran.returncode, ran.stdout.decode(), ran.stderr.decode())) == _expected(
        workshop.case
    )


def _files(case: Path, answer: Answer) -> dict[str, str]:
    """Return the answer as the files that hold it."""
    words = shlex.split(_lines(case / "command")[0])
    form = "json" if "json" in words and answer.out.startswith("{") else "csv" if "csv" in words else "txt"
    said = {f"expected.{form}": answer.out, "expected.err": answer.err, "expected.status": f"{answer.status}\n"}
    return {name: text for name, text in said.items() if text}


def _made(workshop: Workshop, file: Path) -> str:
    made = workshop.place / file.relative_to(workshop.case / "expected")
    return made.read_bytes().decode() if made.is_file() else "(not there)\n"


def _expected(case: Path) -> dict[str, str]:
    files = [case / name for name in ANSWERS] + sorted((case / "expected").rglob("*"))
    return {file.relative_to(case).as_posix(): file.read_bytes().decode() for file in files if file.is_file()}


def _update(case: Path, answers: dict[str, str]) -> None:
    for name in ANSWERS:
        (case / name).unlink(missing_ok=True)
    for name, text in answers.items():
        (case / name).write_bytes(text.encode())


def _validate(document: Any, command: str) -> None:
    """Hold a JSON answer against the schema that is published for it."""
    name = "failure" if "failure" in document else "plans" if "steps" in document else command
    schema = json.loads((ROOT / "schemas" / f"{name}.json").read_bytes())
    Draft202012Validator(schema).validate(document)


def _too_wide(text: str) -> Iterator[str]:
    """Yield the lines that do not fit 80 columns, other than single words and those of a document."""
    for line in text.splitlines():
        if width_of(line) > WIDEST and " " in line.strip() and not line.lstrip().startswith('"'):
            yield line


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.is_file() else []
