"""What every command does alike: with what is not a package, and with the places that it writes to."""

import json
import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from assetpkg.__main__ import main
from assetpkg.cli.parameters import Input, Offered, OutputOption, Words
from assetpkg.cli.program import COMMANDS
from tests.conftest import SAMPLES
from tests.tables import every_row

TARGET = ("--target", "target.json")
JUDGING: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "{package}"),
    "plan with a target": ("plan", "{package}", *TARGET),
    "plan of several": ("plan", "good.zip", "{package}", *TARGET),
    "compare": ("compare", "{package}", *TARGET),
    "apply": ("apply", "{package}", *TARGET, "-o", "made"),
    "undo": ("undo", "{package}", *TARGET, "--mode", "Merge", "-o", "made"),
    "verify": ("verify", "plan.json", "--package", "{package}"),
    "checklist": ("checklist", "{package}"),
    "show": ("show", "{package}"),
    "split": ("split", "{package}", "-o", "made"),
    "adapt": ("adapt", "{package}", "--prefix", "p_", "-o", "made"),
    "subset": ("subset", "{package}", "--only", "*", "-o", "made"),
    "merge": ("merge", "{package}", "good.zip", "-o", "made"),
    "merge, B": ("merge", "good.zip", "{package}", "--base", "good.zip", "-o", "made"),
    "pack": ("pack", "{package}", "-o", "made"),
    "unpack": ("unpack", "{package}", "-o", "made"),
}
"""Every command that goes by the content of a package, and of nothing else in its place."""
WITHOUT_JSON = {"pack", "unpack"}
REPORTING = {"check", "plan", "compare", "diff", "verify", "reconcile", "checklist", "show"}
"""The commands whose report goes to `--output`; of others, it is what they make."""

ANOTHER = "give the path of a zip archive; if the file is one, fetch it again, because its end is missing"
NO_PACKAGES = {
    "empty.zip": f"the file is empty [PKG001]; {ANOTHER}",
    "text.zip": f"the file is not a zip archive [PKG001]; {ANOTHER}",
    "folder": "no entry 'manifest.json', so this is not a package of layout assetpkg/1: it is empty; "
    "export the package again, or make a new one with 'assetpkg new'",
}
"""What is not a package, and the first reason."""


class Answer(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


Call = Callable[..., Answer]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Run the command line in this process."""

    def run(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["assetpkg", *words])
        with pytest.raises(SystemExit) as end:
            main()
        assert isinstance(end.value.code, int)
        said = capfdbinary.readouterr()
        return Answer(end.value.code, said.out.decode(errors="replace"), said.err.decode())

    return run


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a package as `good.zip` and `good`, a target, and what is not a package."""
    shutil.copy(SAMPLES / "order-center.zip", tmp_path / "good.zip")
    shutil.copy(SAMPLES / "production.json", tmp_path / "target.json")
    shutil.copytree(SAMPLES / "order-center", tmp_path / "good")
    (tmp_path / "empty.zip").touch()
    (tmp_path / "text.zip").write_text("just words\n")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("place")
def test_check_tells_what_is_wrong_with_what_is_no_package(call: Call) -> None:
    for package in NO_PACKAGES:
        # In a folder without anything there is nothing to tell of.
        assert call("check", package).status == (2 if package == "folder" else 1)


@pytest.mark.parametrize("name", JUDGING)
def test_every_other_command_says_in_a_sentence_that_it_is_none(call: Call, place: Path, name: str) -> None:
    if name == "verify":
        call("plan", "good.zip", "--format", "json", "-o", "plan.json")
    for package, reason in NO_PACKAGES.items():
        words = [word.format(package=package) for word in JUDGING[name]]
        said = f"{package} is not an asset package: {reason}; run 'assetpkg check' for details"
        assert call(*words) == (2, "", f"assetpkg: {said}\n")
        if name not in WITHOUT_JSON:
            ran = call(*words, "--format", "json")
            assert (ran.status, json.loads(ran.out)["failure"], ran.err) == (2, said, "")
    assert not (place / "made").exists()


OVER_INPUTS: dict[str, tuple[str, str]] = {
    "check": ("check good.zip -o good.zip", "'good.zip' is the package itself"),
    "check, one of several": ("check good good.zip -o good.zip", "'good.zip' is the package itself"),
    "check, in the folder": ("check good -o good/report.txt", "'good/report.txt' lies in the package itself"),
    "check, in a folder of it": (
        "check good -o good/apis/report.txt",
        "'good/apis/report.txt' lies in the package itself",
    ),
    "check, a report": ("check good.zip --report junit=good.zip", "'good.zip' is the package itself"),
    "plan": ("plan good.zip -o ./good.zip", "'./good.zip' is the package itself"),
    "plan, a report": ("plan good.zip --report json=topic.json", "'topic.json' is a schema of the settings itself"),
    "plan, target": ("plan good.zip --target target.json -o target.json", "'target.json' is the target itself"),
    "plan, settings": ("plan good.zip --config my.toml -o my.toml", "'my.toml' is the file with the settings itself"),
    "plan, settings nearby": ("plan good.zip -o assetpkg.toml", "'assetpkg.toml' is the file with the settings itself"),
    "plan, schema": ("plan good.zip -o topic.json", "'topic.json' is a schema of the settings itself"),
    "compare": ("compare good.zip --target target.json -o target.json", "'target.json' is the target itself"),
    "diff": ("diff good.zip target.json -o target.json", "'target.json' is the package itself"),
    "apply": ("apply good.zip --target target.json -o target.json", "'target.json' is the target itself"),
    "undo": ("undo good.zip --target target.json -o good.zip", "'good.zip' is the package itself"),
    "hard link": ("undo good.zip --target target.json -o hard.zip", "'hard.zip' is the package itself"),
    "symbolic link": ("undo good.zip --target target.json -o soft.zip", "'soft.zip' is the package itself"),
    "input by a link": ("undo soft.zip --target target.json -o good.zip", "'good.zip' is the package itself"),
    "another spelling": (
        "undo good.zip --target target.json -o good/../good.zip",
        "'good/../good.zip' is the package itself",
    ),
    "by a linked folder": ("pack good -o linked/order.zip", "'linked/order.zip' lies in the package itself"),
    "verify": ("verify plan.json --package good.zip -o plan.json", "'plan.json' is the saved plan itself"),
    "reconcile": ("reconcile plan.json job.json -o job.json", "'job.json' is the job itself"),
    "checklist": ("checklist good.zip -o good.zip", "'good.zip' is the package itself"),
    "show": ("show plan.json -o plan.json", "'plan.json' is the package itself"),
    "show, a report": (
        "show plan.json --report json=a.json --report sarif=plan.json",
        "'plan.json' is the package itself",
    ),
    "pack": ("pack good -o good/order.zip", "'good/order.zip' lies in the package itself"),
    "unpack": ("unpack good.zip -o good.zip", "'good.zip' is the package itself"),
    "adapt": ("adapt good.zip --prefix p_ -o good.zip", "'good.zip' is the package itself"),
    "adapt, the file": ("adapt good.zip --with my.toml -o my.toml", "'my.toml' is the adapt file itself"),
    "plan, a draft": (
        "plan good.zip --write-adapt my.toml --config my.toml",
        "'my.toml' is the file with the settings itself",
    ),
    "subset": ("subset good.zip --only * -o good.zip", "'good.zip' is the package itself"),
    "subset, since": ("subset good --since good.zip -o good.zip", "'good.zip' is the earlier package itself"),
    "merge": ("merge good good.zip -o good.zip", "'good.zip' is the package itself"),
    "merge, base": (
        "merge good good --base soft.zip -o good.zip",
        "'good.zip' is the package that both were made of itself",
    ),
    "split": ("split good -o good/parts", "'good/parts' lies in the package itself"),
    "snapshot": ("snapshot target.json -o target.json", "'target.json' is the answer itself"),
    "snapshot, said": ("snapshot api=target.json -o target.json", "'target.json' is the answer itself"),
    "snapshot, in the folder": ("snapshot good -o good/t.json", "'good/t.json' lies in the answer itself"),
    "learn": ("learn good.zip -o good.zip", "'good.zip' is the package itself"),
    "learn, a layout": ("learn good --with my.toml -o my.toml", "'my.toml' is the layout file itself"),
    "redact": ("redact target.json -o target.json", "'target.json' is the package itself"),
    "convert": ("convert good.zip -o good.zip", "'good.zip' is the package itself"),
    "convert, original": ("convert --back good --original good.zip -o good.zip", "'good.zip' is the original itself"),
    "convert, layout": ("convert good.zip --layout my.toml -o my.toml", "'my.toml' is a layout file itself"),
    "redact, around": ("redact good/apis -o good", "'good' holds the package itself"),
}
"""Commands that would destroy what they read, and what they say instead."""


@pytest.mark.parametrize("name", OVER_INPUTS)
def test_no_output_takes_the_place_of_an_input(call: Call, place: Path, name: str) -> None:
    for file in ("plan.json", "job.json", "my.toml", "topic.json"):
        (place / file).write_text("{}" if file.endswith("json") else "")
    (place / "assetpkg.toml").write_text('schemas = {topic = "topic.json"}')
    (place / "hard.zip").hardlink_to(place / "good.zip")
    (place / "soft.zip").symlink_to("good.zip")
    (place / "linked").symlink_to("good")
    before = {file: file.read_bytes() for file in place.rglob("*") if file.is_file()}
    command, sentence = OVER_INPUTS[name]
    sentence = f"{sentence}; name another place"
    assert call(*command.split()) == (2, "", f"assetpkg: {sentence}\n")
    if command.split()[0] not in WITHOUT_JSON:
        ran = call(*command.split(), "--format", "json")
        # Who sends a report to a file does not look for it on standard output.
        is_sent = command.split()[0] in REPORTING and " -o " in command
        said = f"assetpkg: {sentence}\n" if is_sent else ""
        assert (ran.status, json.loads(ran.out)["failure"], ran.err) == (2, sentence, said)
    assert {file: file.read_bytes() for file in place.rglob("*") if file.is_file()} == before


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("output", ["/dev/null", "made", "goodness"])
def test_other_outputs_are_written(call: Call, output: str) -> None:
    assert call("plan", "good", "-o", output).status == 0


OUTPUTS = {"--mapping", "--output", "--report", "--write-adapt", "--write-baseline"}
"""The options that name what is written."""


@every_row("name", COMMANDS)
def test_every_argument_and_every_output_is_declared_as_what_it_is(name: str) -> None:
    parameters = import_module(f"assetpkg.cli.commands.{name}").command.params
    for known in parameters:
        if isinstance(known, click.Argument):
            assert isinstance(known.type, (Input, Offered, Words)), known.name
        elif known.metavar in {"FILE", "TARGET", "PACKAGE"}:
            assert isinstance(known.type, Input), known.name
        assert isinstance(known, OutputOption) == bool(OUTPUTS & set(known.opts))


def test_a_broken_file_of_settings_is_not_replaced_by_the_words_about_it(call: Call, place: Path) -> None:
    (place / "assetpkg.toml").write_text("no = toml =")
    assert call("check", "good.zip", "--format", "json", "-o", "assetpkg.toml").status == 2
    assert (place / "assetpkg.toml").read_text() == "no = toml ="


TO_STANDARD_OUTPUT: dict[str, tuple[str, ...]] = {
    "pack": ("pack", "good"),
    "undo": ("undo", "good.zip", *TARGET, "--mode", "Merge", "--datasource-overwrite"),
    "redact": ("redact", "good.zip"),
    "adapt": ("adapt", "good.zip", "--prefix", "p_"),
    "subset": ("subset", "good.zip", "--only", "topic/*"),
    "merge": ("merge", "good.zip", "good"),
    "apply": ("apply", "good.zip", *TARGET, "--partial"),
    "snapshot": ("snapshot", "good.zip"),
    "generate": ("generate", "--resources", "16", "--size", "1000"),
}
"""Commands that make a file."""


@pytest.mark.parametrize("name", TO_STANDARD_OUTPUT)
def test_a_file_on_standard_output_is_alone_there(
    place: Path, name: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    said = {}
    suffix = ".json" if name in {"apply", "snapshot"} else ".zip"
    for product in (f"made{suffix}", "-"):
        monkeypatch.setattr(sys, "argv", ["assetpkg", *TO_STANDARD_OUTPUT[name], "-o", product])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 0
        said[product] = capfdbinary.readouterr()
    assert said["-"].out == (place / f"made{suffix}").read_bytes()
    told = said[f"made{suffix}"].out + said[f"made{suffix}"].err
    assert said["-"].err.split() == told.replace(f"made{suffix}".encode(), b"standard output").split()
    assert not (place / "-").exists()


@pytest.mark.parametrize("name", ["pack", "undo", "redact", "generate"])
@pytest.mark.usefixtures("place")
def test_a_zip_is_not_poured_over_a_terminal(call: Call, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True, raising=False)
    ran = call(*TO_STANDARD_OUTPUT[name], "-o", "-")
    sentence = "a zip cannot go to a terminal; name a file, or send it on with '|' or '>'"
    assert ran == (2, "", f"assetpkg: {sentence}\n")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", [name for name in TO_STANDARD_OUTPUT if name != "generate"])
def test_words_about_a_failure_are_not_taken_for_the_file(call: Call, name: str) -> None:
    words = [word.replace("good", "missing") for word in TO_STANDARD_OUTPUT[name]]
    form = () if name == "pack" else ("--format", "json")
    ran = call(*words, "-o", "-", *form)
    assert (ran.status, ran.out) == (2, "")
    assert "no such file or directory" in ran.err.lower()


@pytest.mark.parametrize("name", JUDGING)
def test_no_command_makes_folders_above_its_place(call: Call, place: Path, name: str) -> None:
    words = [word.format(package="good.zip").replace("made", "no/such") for word in JUDGING[name]]
    if "no/such" not in words:
        words += ["-o", "no/such"]
    if name == "verify":
        call("plan", "good.zip", "--format", "json", "-o", "plan.json")
    if name == "apply":
        words.append("--partial")
    ran = call(*words)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err == "assetpkg: cannot write 'no/such': no such file or directory\n"
    assert not (place / "no").exists()


SEVERAL_OUTPUTS = (
    "redact good.zip --names --mapping new.json -o no/such.zip",
    "redact good.zip --names --mapping no/such.json -o new.zip",
    "redact target.json --names --mapping new.json -o no/such.json",
    "plan good.zip --target target.json --mode Merge --write-adapt new.toml -o no/such",
    "plan good.zip --target target.json --write-baseline new.json --report json=no/such -o new.txt",
    "plan good.zip --write-baseline new.json --write-adapt no/such.toml",
    "check good.zip --write-baseline new.json -o no/such",
    "check good.zip --report json=new.json --report html=new.html -o no/such",
    "generate --resources 16 --size 1000 -o new --drift no/such.json",
    "generate --resources 16 --size 1000 -o no/such --drift new.json",
)
"""Calls with several outputs, of which one cannot be written."""


@pytest.mark.parametrize("command", SEVERAL_OUTPUTS)
def test_the_outputs_of_one_call_are_all_there_or_none(call: Call, place: Path, command: str) -> None:
    before = sorted(place.rglob("*"))
    words = command.split()
    failed = call(*words)
    assert (failed.status, failed.out) == (2, "")
    assert failed.err.splitlines()[-1].startswith("assetpkg: cannot write 'no/such")
    assert "is written" not in failed.err
    assert sorted(place.rglob("*")) == before
    (place / "no").mkdir()
    assert call(*words).status in {0, 1}
    made = {word.rpartition("=")[2] for word in words if "new" in word or "no/such" in word}
    assert {str(path.relative_to(place)) for path in set(place.rglob("*")) - set(before)} >= made


def test_files_are_in_their_places_before_anything_is_on_standard_output(
    call: Call, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads it may go on with them."""
    seen = []
    write = type(sys.stdout).flush

    def flush(stream: object) -> None:
        seen.append((place / "new.json").exists())
        write(stream)  # type: ignore[arg-type]

    monkeypatch.setattr(type(sys.stdout), "flush", flush)
    assert call("check", "good.zip", "--write-baseline", "new.json").status == 0
    assert seen[0]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", ["pack", "undo", "redact"])
def test_a_name_that_the_platform_refuses_is_told_and_written(call: Call, place: Path, name: str) -> None:
    for product in ("bad name!.zip", "a-1.2.zip"):
        told = call(*TO_STANDARD_OUTPUT[name], "-o", product)
        assert told.status == 0
        found = json.loads(call("check", product, "--format", "json").out)["packages"][0]["diagnostics"]
        (message,) = [each["message"] for each in found if each["code"] in {"PKG020", "PKG021"}]
        assert message in told.err
    (place / "assetpkg.toml").write_text('ignore = ["PKG02"]')
    assert "PKG02" not in call(*TO_STANDARD_OUTPUT[name], "-o", "bad name!.zip").err


def test_beside_the_packages_of_a_folder_there_is_room_for_outputs(call: Call, place: Path) -> None:
    (place / "text.zip").unlink()
    (place / "empty.zip").unlink()
    before = (place / "good.zip").read_bytes()
    assert call("check", ".", "-o", "found.txt", "--write-baseline", "below.json").status == 0
    assert (place / "found.txt").read_text().endswith("2 packages checked: nothing found\n")
    for output in (
        "good.zip",
        "new.zip",
        "good/found.txt",
        "good/apis/found.txt",
        "manifest.json",
        "good/manifest.json",
    ):
        refused = call("check", ".", "-o", output)
        assert (refused.status, "itself; name another place" in refused.err) == (2, True), output
    # Of a folder of another layout, all may be a part.
    shutil.copy(SAMPLES / "export.toml", place)
    assert "lies in the package itself" in call("check", ".", "--layout", "export.toml", "-o", "found.txt").err
    assert (place / "good.zip").read_bytes() == before
