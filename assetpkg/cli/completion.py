"""Completion in a shell: what click has for it, without the programs that it would start."""

import click
from click.shell_completion import BashComplete, ShellComplete, add_completion_class, get_completion_class

from assetpkg.errors import CannotRead

_COMPLETION = "_ASSETPKG_COMPLETE"


class _Bash(BashComplete):
    """Completion in Bash, whose version is not looked at: that would start Bash."""

    name = "bash"

    def source(self) -> str:
        """Return the script that has Bash ask for completions."""
        return ShellComplete.source(self)


def prepare_completion() -> None:
    """Have completion start no program."""
    add_completion_class(_Bash)


def script_for(shell: str, program: click.Command) -> str:
    """Return the script that has a shell ask for completions; raises `CannotRead` where click does not know it."""
    prepare_completion()
    known = get_completion_class(shell)
    if known is None:
        raise CannotRead(f"the version of click that is installed has no completion for {shell}: install a newer one")
    return known(program, {}, "assetpkg", _COMPLETION).source()
