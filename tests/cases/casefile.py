"""The text file of a case: header lines, then one section for each file.

    # a remark
    command: plan package --target target.json  the arguments after `assetpkg`
    use: order order-target                     bases of `tests/cases/bases/`, laid one over the other
    set: package/tasks/a.json /task_name "b"    a member of a JSON file of the bases: file, pointer, value
    unset: package/tasks/a.json /task_name      the same without the member
    delete: package/topics/a.json               a file of the bases that is not there
    prepare: pack package -o order.zip          what is run before: arguments of assetpkg, or "python" and its arguments
    stdin: order.zip                            the file that is standard input
    columns: 60                                 how wide the screen is, instead of 80; 0 is a pipe, which has no width
    whole: call sdk                             these passages are asserted; in other cases `@@CALL@@` and `@@SDK@@`
                                                take the place of the call and of the note on the SDK
    -- package/tasks/b.json --                  an input of this case alone
    {"task_id": "b"}
    -- expected.txt --                          standard output; expected.json or expected.csv in those formats
    -- expected.err --                          standard error
    -- expected.status --                       the exit status
    -- expected/out/manifest.json --            a file that is there afterwards, with this very content

An output that is empty has no section. A text ends with a line feed. After a file's name, `(unended)` is for a text
that does not, `(crlf)` for one with the line ends of Windows, `(base64)` for bytes that are not a text.
In `expected.json`, "…" is a value that this case leaves open.
"""

import base64
import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

OPEN = "…"
"""What a case's JSON says in the place of a value that it does not assert."""

_SECTION = re.compile(r"^-- (.+?)(?: \((base64|crlf|unended)\))? --\n", re.MULTILINE)


class Section(NamedTuple):
    """A file in a case, and how its text is written there."""

    text: str
    form: str | None = None

    @property
    def content(self) -> bytes:
        """The bytes that the text is for."""
        match self.form:
            case "base64":
                return base64.b64decode(self.text)
            case "crlf":
                return self.text.replace("\n", "\r\n").encode()
            case "unended":
                return self.text.removesuffix("\n").encode()
            case _:
                return self.text.encode()


def section_of(content: bytes) -> Section:
    """Return the section for a file, as legible as its bytes allow."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return Section(base64.encodebytes(content).decode(), "base64")
    legible = (Section(text), Section(text.replace("\r\n", "\n"), "crlf"), Section(f"{text}\n", "unended"))
    for section in legible:
        ended = section.text.endswith("\n") or not text
        if section.content == content and ended and "\r" not in section.text:
            return section
    return Section(base64.encodebytes(content).decode(), "base64")


class Case(NamedTuple):
    """A case as its file has it."""

    header: tuple[tuple[str, str], ...]
    sections: dict[str, Section]

    def said(self, key: str) -> list[str]:
        """Return what the header says of one thing, line by line."""
        return [value for name, value in self.header if name == key]

    @property
    def expected(self) -> dict[str, Section]:
        """The answers that the case asserts."""
        return {name: section for name, section in self.sections.items() if is_answer(name)}

    def answered(self, answers: dict[str, Section]) -> "Case":
        """Return the case with other answers."""
        inputs = {name: section for name, section in self.sections.items() if not is_answer(name)}
        return self._replace(sections={**inputs, **answers})


def is_answer(name: str) -> bool:
    """Tell whether a section is an answer and not an input."""
    return name.startswith(("expected.", "expected/"))


def parse_case(text: str) -> Case:
    """Read the text of a case or of a base."""
    header, *rest = _SECTION.split(text)
    lines = [line.partition(": ") for line in header.splitlines()]
    sections = zip(rest[::3], map(Section, rest[2::3], rest[1::3]), strict=True)
    return Case(tuple((key, value) for key, _, value in lines), dict(sections))


def format_case(case: Case) -> str:
    """Return the text that reads as this case."""
    lines = [f"{key}: {value}\n" if value else f"{key}\n" for key, value in case.header]
    for name, (text, form) in case.sections.items():
        lines.append(f"-- {name} ({form}) --\n{text}" if form else f"-- {name} --\n{text}")
    return "".join(lines)


def inputs_of(case: Case, bases: Path) -> dict[str, bytes]:
    """Return the files that a case begins with: its bases, edited, and its own."""
    files: dict[str, bytes] = {}
    for name in " ".join(case.said("use")).split():
        base = parse_case((bases / f"{name}.txtar").read_bytes().decode())
        files |= {file: section.content for file, section in base.sections.items()}
    for file in case.said("delete"):
        del files[file]
    for key, line in case.header:
        if key in {"set", "unset"}:
            file, _, rest = line.partition(" /")
            pointer, _, value = rest.partition(" ")
            document = json.loads(files[file])
            _edit(document, pointer.split("/"), json.loads(value) if key == "set" else OPEN)
            files[file] = dump_document(document).encode()
    return files | {name: section.content for name, section in case.sections.items() if not is_answer(name)}


def dump_document(document: Any) -> str:
    """Return a JSON document as cases and answers lay it out."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def left_open(document: Any, expected: Any) -> Any:
    """Return a document with "…" wherever the expected one has it."""
    if expected == OPEN:
        return OPEN
    if isinstance(document, dict) and isinstance(expected, dict):
        return {key: left_open(value, expected.get(key)) for key, value in document.items()}
    if isinstance(document, list) and isinstance(expected, list):
        wanted = expected + [None] * len(document)
        return [left_open(value, known) for value, known in zip(document, wanted, strict=False)]
    return copy.copy(document)


def _edit(document: Any, pointer: list[str], value: Any) -> None:
    """Put a value into a document; "…" takes away what is there."""
    *way, last = _tokens(pointer)
    for token in way:
        document = document[int(token) if isinstance(document, list) else token]
    if isinstance(document, list):
        if value == OPEN:
            del document[int(last)]
        elif last == "-":
            document.append(value)
        else:
            document[int(last)] = value
    elif value == OPEN:
        del document[last]
    else:
        document[last] = value


def _tokens(pointer: list[str]) -> Iterator[str]:
    for token in pointer:
        yield token.replace("~1", "/").replace("~0", "~")
