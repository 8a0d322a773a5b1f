"""What is put where to use assetpkg elsewhere: in shells, editors, hooks and pipelines; each a template in this folder.

A template begins with a comment that says where its text goes. A word as `@VERSION@` in it stands for what is known
only here; one that no row of `_WORDS` declares is an error of the template.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pkgutil import get_data

import click

from assetpkg import __version__

PIECES = {
    "bash": "Completion in Bash 4.4 or newer.",
    "zsh": "Completion in Zsh.",
    "fish": "Completion in fish.",
    "powershell": "Completion in PowerShell.",
    "git": "What Git needs to compare and merge packages by what they mean.",
    "vscode": "Schemas and the language server in VS Code, and a task that checks.",
    "neovim": "The language server in Neovim.",
    "helix": "The language server in Helix.",
    "pre-commit": "The hooks for pre-commit.",
    "github": "A workflow for GitHub that checks packages and plans their import.",
    "gitlab": "Jobs for GitLab that check packages and plan their import.",
}
"""What there is to set up, and what it is for; the template of each has its name."""

_WORD = re.compile(r"@([A-Z]+)@")


def text_for(name: str, program: click.Command) -> str:
    """Return what to put where for one of `PIECES`; `program` is what a shell completes."""
    from assetpkg.errors import incomplete

    try:
        template = get_data(__name__, f"{name}.txt")
    except OSError:
        template = None
    if template is None:
        raise incomplete(f"file 'cli/setup/{name}.txt'")
    words: Mapping[str, Callable[[], str]] = {**_WORDS, "POWERSHELL": partial(_powershell, program)}
    return _WORD.sub(lambda found: words[found[1]](), template.decode())


def _powershell(program: click.Command) -> str:
    from click.shell_completion import PowerShellComplete

    return PowerShellComplete(program, {}, "assetpkg", "_ASSETPKG_COMPLETE").source().strip()


def _schemas() -> str:
    """Return the rows by which VS Code finds the schema of a file: by the folder that its kind has in a package."""
    from assetpkg.json_schema.published import file_matches

    rows = (
        f'    {{ "fileMatch": ["{match}"], "url": "./.schemas/{name}.json" }}'
        for name, match in file_matches().items()
        if match.endswith(".json")
    )
    return ",\n".join(rows).strip()


_WORDS: Mapping[str, Callable[[], str]] = {"VERSION": lambda: __version__, "SCHEMAS": _schemas}
"""What the words of templates stand for."""
