"""Completion: what is offered for every sort of word, and how the real shells take it."""

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class
from hypothesis import example, given
from hypothesis import strategies as st

import assetpkg
from assetpkg.cli.completion import prepare_completion
from assetpkg.cli.offers import OFFERS
from assetpkg.cli.parameters import Offered
from assetpkg.cli.program import cli
from assetpkg.cli.shell_words import quoted, split_line, split_powershell
from assetpkg.settings.settings import SETTINGS
from tests.build import make_package
from tests.conftest import ROOT, SAMPLES
from tests.starting import Starter

BREAKS = " \t\n\"'@><=;|&(:"
"""What ends a word for Bash, unless somebody changes it."""


@pytest.fixture(scope="module")
def place(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with packages, a target, a plan, a file that is none of them, and a program on the path."""
    folder = tmp_path_factory.mktemp("completion")
    shutil.copytree(SAMPLES / "order-center", folder / "orders")
    shutil.copy(SAMPLES / "production.json", folder)
    assetpkg.write(assetpkg.read(folder / "orders"), folder / "orders.zip")
    assetpkg.write(assetpkg.Package.new("small").with_resource("topic", {"name": "a topic"}), folder / "small")
    plan = assetpkg.plan(assetpkg.read(folder / "orders"), assetpkg.read_target(folder / "production.json"))
    (folder / "plan.json").write_text(assetpkg.to_json(plan), encoding="utf-8")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (folder / "my folder").mkdir()
    (folder / "assetpkg.toml").write_text('[targets.production]\nsnapshot = "production.json"\nmode = "Merge"\n')
    starter.make_program(folder / "bin")
    return folder


def answers(line: str, monkeypatch: pytest.MonkeyPatch, shell: str = "fish") -> ShellComplete:
    """Return what answers a shell, with a line up to the cursor."""
    prepare_completion()
    monkeypatch.setenv("_ASSETPKG_LINE", line)
    monkeypatch.setenv("_ASSETPKG_BREAKS", BREAKS)
    known = get_completion_class(shell)
    assert known is not None
    return known(cli, {}, "assetpkg", "_ASSETPKG_COMPLETE")


def offered(line: str, monkeypatch: pytest.MonkeyPatch) -> "list[CompletionItem[str]]":
    shell = answers(line, monkeypatch)
    return shell.get_completions(*shell.get_completion_args())


OFFERED: dict[str, Sequence[str]] = {
    "p": ["plan", "pack"],
    "help pla": ["plan"],
    "help unp": ["unpack"],
    "setup power": ["powershell"],
    "plan --mode ": ["AddNew", "Merge"],
    "plan --mode=m": ["--mode=Merge"],
    "plan --target=prod": ["--target=production", "--target=production.json"],
    "plan --config nowhere.toml --target pro": ["pro"],
    "plan --format js": ["json"],
    "plan --dat": ["--datasource-overwrite"],
    "check --select s": ["SEC", "SEC001", "SEC002", "SEC003", "SEC004", "SEC005", "SEC006"],
    "check --ignore PKG,R": ["PKG,RSC", "PKG,REF"],
    "check --report sar": ["sarif="],
    "check --report sarif=prod": ["sarif=production.json"],
    "check --fail-on ": ["error", "risk", "warning", "never"],
    "check --severity RSC07": ["RSC070=", "RSC071=", "RSC072="],
    "check --severity RSC016=": ["RSC016=error", "RSC016=risk", "RSC016=warning", "RSC016=info"],
    "check --per-kind-ignores rul": ["rule:"],
    "check --per-kind-ignores topic:RSC016,R": ["topic:RSC016,RSC", "topic:RSC016,REF"],
    "check --per-path-ignores tasks": ["tasks/**:"],
    "check --per-path-ignores apis/**:R": ["apis/**:RSC", "apis/**:REF"],
    "check --assume merge-ex": ["merge-existing="],
    "check --assume=merge-existing=": [
        f"--assume=merge-existing={word}" for word in ("undetermined", "keep", "update")
    ],
    "check --assume prefix-renames=tasks,merge-existing=k": ["prefix-renames=tasks,merge-existing=keep"],
    "check --limit dep": ["depth="],
    "check --limit depth=": ["depth=100", "depth=200"],
    "check --limit entry=": ["entry=64MiB", "entry=4GiB"],
    "check --names-encoding big": ["big5"],
    "check --jobs ": [],
    "rules SEC00": ["SEC001", "SEC002", "SEC003", "SEC004", "SEC005", "SEC006"],
    "explain merge-ex": ["merge-existing"],
    "explain RSC01": [f"RSC{number:03}" for number in range(10, 20)],
    "schema api_": ["api_group"],
    "snapshot --kind task": ["task"],
    "snapshot --complete al": ["all"],
    "snapshot api=prod": ["api=production.json"],
    "checklist --scenario m": ["migration"],
    "show orders task/": ["task/archive_orders", "task/import_partner_prices", "task/sync_orders"],
    "show orders.zip TOPIC/": ["topic/order-events", "topic/orders", "topic/stock-changes"],
    "plan orders --only task/s": ["task/sync_orders"],
    "plan orders gone broken.zip --only=task/s": ["--only=task/sync_orders"],
    "show production.json datasource/p": ["datasource/pg-warehouse"],
    "show plan.json --only task/s": ["task/sync_orders"],
    "show broken.zip topi": ["topic/"],
    "show gone topi": ["topic/"],
    "show - topi": ["topic/"],
    "verify --package orders.zip --mode Ad": ["AddNew"],
}


def test_what_there_is_is_offered(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    found = {line: [item.value for item in offered(f"assetpkg {line}", monkeypatch)] for line in OFFERED}
    assert found == OFFERED


def test_many_addresses_are_offered_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [("api_group", {"id": f"{number:032x}", "name": f"g{number % 2}/{number}"}) for number in range(150)]
    assetpkg.write(make_package().with_resources(groups), tmp_path / "many.zip")
    monkeypatch.chdir(tmp_path)
    assert [item.value for item in offered("assetpkg show many.zip api_gr", monkeypatch)] == ["api_group/"]
    assert len(offered("assetpkg show many.zip api_group/g0", monkeypatch)) == 75


def test_a_control_character_is_never_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["topic\x1b[31m", "topic\nEvil", "topic\u202eeman", "topic plain"]
    package = assetpkg.Package.new("hostile").with_resources(("topic", {"name": name}) for name in names)
    assetpkg.write(package, tmp_path / "hostile.zip")
    monkeypatch.chdir(tmp_path)
    assert [item.value for item in offered("assetpkg show hostile.zip topic/", monkeypatch)] == ["topic/topic plain"]


def test_every_word_that_is_typed_has_what_is_offered_for_it() -> None:
    worded = {key for key, row in SETTINGS.items() if row.words and row.metavar and row.metavar != "FILE"}
    assert worded - OFFERS.keys() == {"jobs"}, "a number"
    commands = [cli.get_command(None, name) for name in cli.list_commands(None)]  # type: ignore[arg-type]
    types = [each.type for command in commands if command for each in command.params]
    assert OFFERS.keys() | {"jobs"} == {"target"} | {each.what for each in types if isinstance(each, Offered)}


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["plan", "check", "show", "--only", "--assume", "--select=", "--config", "--", "-", "'", '"', "\\"]
        ),
        st.text(max_size=6),
    ),
    max_size=6,
)


@given(words=WORDS)
@example(words=["show", "broken.zip", ""])
@example(words=["check", "--config=gone.toml", "--select", ""])
@example(words=["show", "--config", "production.json", "orders", ""])
@example(words=["plan", "\0", "--only", ""])
def test_no_line_is_an_error(words: list[str], place: Path) -> None:
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
        patch.chdir(place)
        for shell in ("bash", "zsh", "fish"):
            asked = answers("", patch, shell)
            patch.setattr(type(asked), "line", split_line(" ".join(["assetpkg", *words]), BREAKS))
            # What would be kept from the user is looked at here: the answer without the net below it.
            ShellComplete.complete(asked)
    assert said.getvalue() == ""


@given(word=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), quote=st.sampled_from(["", "'", '"']))
def test_what_is_quoted_is_read_back(word: str, quote: str) -> None:
    read = split_line(f"assetpkg {quote}{quoted(word, quote)}")
    assert (read.before, read.last, read.quote) == (["assetpkg"], word, quote)
    assert shlex.split(f"assetpkg {quote}{quoted(word, quote)}{quote}") == ["assetpkg", word]


class Terminal:
    """A shell on a terminal of its own, where somebody types."""

    def __init__(self, command: list[str], place: Path, set_up: Sequence[str]) -> None:
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.chdir(place)
            path = f"{place / 'bin'}:{os.environ['PATH']}"
            os.environ.update(PATH=path, PYTHONPATH=str(ROOT), TERM="dumb", LC_ALL="C.UTF-8", PS1="$ ", COLUMNS="500")
            os.execvp(command[0], command)  # noqa: S606 - it is the shell
        for line in set_up:
            self.type(f"{line}\n")
        self.type("echo rea''dy\n")
        self.read_until(r"ready")

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def read_until(self, pattern: str) -> str:
        said, end = "", time.monotonic() + 120
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                said += os.read(self.terminal, 65_536).decode(errors="replace")
                found = re.search(pattern, said)
                if found:
                    return found[found.re.groups]
        raise AssertionError(said)

    def complete(self, typed: str) -> str:
        """Return the line that there is after the key for completion."""
        self.type(f"{typed}\t")
        time.sleep(0.05)
        self.type("\x18p")
        line = self.read_until("<<(.*)>>")
        self.type("\x15")
        return line

    def close(self) -> None:
        os.close(self.terminal)
        os.waitpid(self.process, 0)


TERMINALS = {
    "bash": (["bash", "--norc", "-i"], ['bind -x \'"\\C-xp": printf "<<%s>>\\n" "$READLINE_LINE"\'']),
    "zsh": (["zsh", "-f", "-i"], ['show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey "^Xp" show']),
}
TYPED = {
    "assetpkg check --config=my": "assetpkg check --config=my\\ folder/",
    "assetpkg check --assume=merge-existing=k": "assetpkg check --assume=merge-existing=keep ",
    "assetpkg show small 'topic/a t": "assetpkg show small 'topic/a topic' ",
}
"""What somebody types, and the line after the key for completion."""


@pytest.fixture(params=TERMINALS)
def terminal(request: pytest.FixtureRequest, place: Path) -> Iterator[Terminal]:
    command, set_up = TERMINALS[request.param]
    opened = Terminal(command, place, [f'eval "$(assetpkg setup {request.param})"', *set_up])
    yield opened
    opened.close()


def test_a_shell_completes_what_is_typed(terminal: Terminal) -> None:
    assert {line: terminal.complete(line) for line in TYPED} == TYPED


def test_fish_completes_what_is_typed(place: Path) -> None:
    lines = [f"complete -C {shlex.quote(line)}; echo END" for line in TYPED]
    path = f"{place / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "HOME": str(place)}
    script = "\n".join(["assetpkg setup fish | source", *lines])
    run = ["fish", "--no-config", "-c", script]
    done = subprocess.run(run, cwd=place, env=environment, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    found = [[line.split("\t")[0] for line in part.splitlines()] for part in done.stdout.split("END\n")[:-1]]
    assert found == [shlex.split(line)[-1:] for line in TYPED.values()]


POWERSHELL = {
    "assetpkg pla": ["plan"],
    r"assetpkg check .\my": [],
    "assetpkg check ./my": ["'./my folder/'"],
    "assetpkg check --config=my": ["'--config=my folder/'"],
    "assetpkg show orders 'api/Order Center/orders/g": ["'api/Order Center/orders/get-order'"],
    "assetpkg show orders api/Order` Center/orders/g": ["'api/Order Center/orders/get-order'"],
    'assetpkg plan orders --only "task/s': ["task/sync_orders"],
    "assetpkg check --assume merge-existing=": [
        f"merge-existing={word}" for word in ("undetermined", "keep", "update")
    ],
}


def test_powershell_is_answered_as_its_script_reads_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script of click sends the text of the command and the number of the word, and reads three lines for each."""
    monkeypatch.chdir(place)
    for typed, words in POWERSHELL.items():
        asked = answers("", monkeypatch, "powershell")
        monkeypatch.setenv("COMP_WORDS", typed)
        monkeypatch.setenv("COMP_CWORD", str(len(split_powershell(typed)) - 1))
        lines = asked.complete().splitlines()
        assert len(lines) % 3 == 0
        assert (lines[0::3], lines[1::3]) == (["plain"] * len(words), words)


def test_powershell_words_are_divided_as_there() -> None:
    line = 'assetpkg \'it\'\'s\' "a `"b`" ""c""" x`  .\\dir\\ '
    assert split_powershell(line) == ["assetpkg", "it's", 'a "b" "c"', "x ", ".\\dir\\"]
