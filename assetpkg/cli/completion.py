"""Completion in a shell: how each asks and is answered, by the script for it in the folder `setup`.

Nothing that goes wrong is said: whoever presses a key has not asked for it. No program is started.
"""

import os
from collections.abc import Iterator
from itertools import islice

from click.shell_completion import CompletionItem, PowerShellComplete, ShellComplete, add_completion_class

from assetpkg.cli.shell_words import Line, quoted, quoted_powershell, split_line, split_powershell

_LINE, _BREAKS = "_ASSETPKG_LINE", "_ASSETPKG_BREAKS"
"""The line up to the cursor, and what ends a word in it for Bash."""
_OPEN = ("=", ":", "/", ",")
"""What a word ends with that goes on."""
_MOST_FILES = 10_000
"""How many files of a folder are looked at."""


class _Shell(ShellComplete):
    """What all shells have in common: words, and files where a shell cannot list them itself."""

    lists_files = True
    """Whether the shell lists files itself, where a whole word is one."""

    @property
    def line(self) -> Line:
        """The line up to the cursor."""
        return split_line(os.environ.get(_LINE, ""), os.environ.get(_BREAKS, ""))

    def source(self) -> str:
        """Return the script that has the shell ask."""
        from assetpkg.cli.setup import text_for

        return text_for(self.name, self.cli)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the last one, without the program's, and the last one."""
        return self.line.before[1:], self.line.last

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return what the last word may become, all of it."""
        named = incomplete.startswith("--") and "=" in incomplete
        option = incomplete[: incomplete.index("=") + 1] if named else ""
        found = super().get_completions(args, incomplete)
        return [made for item in found for made in self._made(item, option, mixed=len(found) > 1)]

    def complete(self) -> str:
        """Return the answer to the shell; whatever goes wrong, there is none."""
        try:
            return super().complete()
        except Exception:  # noqa: BLE001 - there is nobody to tell, and a line is being typed
            return ""

    def _made(self, item: "CompletionItem[str]", option: str, *, mixed: bool) -> "Iterator[CompletionItem[str]]":
        before = f"{option}{item.before or ''}"
        words = [item.value]
        if item.type in {"file", "dir"}:
            if self.lists_files and not mixed and not before:
                yield item
                return
            words = list(_paths(item.value))
        for word in words:
            if word.isprintable():
                yield CompletionItem(f"{before}{word}", help=item.help)


def _paths(beginning: str) -> Iterator[str]:
    """Yield the files and folders that begin so, those with a dot only where one was typed."""
    folder, name = os.path.split(beginning)
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as found:  # noqa: PTH111 - what was typed is kept as it is
            for each in sorted(islice(found, _MOST_FILES), key=lambda each: each.name):
                if each.name.startswith(name) and (name or not each.name.startswith(".")):
                    yield os.path.join(folder, each.name) + ("/" if each.is_dir() else "")  # noqa: PTH118 - the same
    except (OSError, ValueError):
        return  # there is no such folder


class _Bash(_Shell):
    """Bash, which completes what is after the last `=` or `:`, and takes an answer as it would be typed."""

    name = "bash"

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return one line of the answer."""
        if item.type != "plain":
            return "path,"
        sort = "open" if item.value.endswith(_OPEN) else "word"
        return f"{sort},{quoted(item.value[self.line.kept :], self.line.quote)}"


class _Zsh(_Shell):
    """Zsh, which shows what a word means, after a colon."""

    name = "zsh"

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return one line of the answer."""
        if item.type != "plain":
            return "path,"
        sort = "open" if item.value.endswith(_OPEN) else "word"
        value = item.value.replace("\\", "\\\\").replace(":", "\\:")
        return f"{sort},{value}:{item.help}" if item.help else f"{sort},{value}"


class _Fish(_Shell):
    """Fish, which shows what a word means, after a tab."""

    name = "fish"

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return one line of the answer."""
        if item.type != "plain":
            return f"path,{item.value}"
        return f"word,{item.value}\t{item.help or ''}".rstrip("\t")


class _PowerShell(_Shell, PowerShellComplete):
    """PowerShell, by click's script, in which no word is quoted and paths would be whole ones."""

    name = "powershell"
    lists_files = False

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the last one, without the program's, and the last one."""
        words, number = split_powershell(os.environ["COMP_WORDS"]), int(os.environ["COMP_CWORD"])
        return words[1:number], "".join(words[number : number + 1])

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return the lines of the answer."""
        return super().format_completion(CompletionItem(quoted_powershell(item.value), help=item.help))


def prepare_completion() -> None:
    """Have click complete in this way."""
    for shell in (_Bash, _Zsh, _Fish, _PowerShell):
        add_completion_class(shell)
