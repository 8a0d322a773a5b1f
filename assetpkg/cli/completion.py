"""Completion in a shell: what click has for it, without the programs that it would start."""

from click.shell_completion import BashComplete, ShellComplete, add_completion_class


class _Bash(BashComplete):
    """Completion in Bash, whose version is not looked at: that would start Bash."""

    name = "bash"

    def source(self) -> str:
        """Return the script that has Bash ask for completions."""
        return ShellComplete.source(self)


def prepare_completion() -> None:
    """Have completion start no program."""
    add_completion_class(_Bash)
