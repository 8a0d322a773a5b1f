"""The command line: one module for each command, imported when it is called."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from assetpkg import __version__
from assetpkg.errors import AssetpkgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMPLETION = "_ASSETPKG_COMPLETE"
"""The variable by which a shell asks for completions."""

COMMANDS = {
    "check": "Validate packages: what is wrong, where, and how to fix it.",
    "plan": "Simulate the import of a package into an instance.",
    "compare": "Compare import modes side by side.",
    "diff": "Compare two packages by meaning, or a package and a snapshot.",
    "apply": "Write the state of an instance after an import, as a snapshot.",
    "undo": "Make the package that undoes an import, and list what cannot be undone.",
    "verify": "Check whether a saved plan still holds, and what has changed.",
    "reconcile": "Compare the predicted job with the real one.",
    "checklist": "List what to do by hand before and after an import.",
    "snapshot": "Make a snapshot of an instance from saved answers of its list and detail calls.",
    "serve": "Serve the asset interfaces on this machine, as a stand-in for an instance.",
    "show": "List what is in a package, or show one resource or a saved plan.",
    "pack": "Make the zip of a package folder.",
    "unpack": "Make the folder of a package zip.",
    "new": "Make a new package, or a new resource in one.",
    "fmt": "Write the files of package folders in one form.",
    "convert": "Write an archive of another layout in the own one, or put changes back into it.",
    "redact": "Make a copy of a package without its credentials.",
    "adapt": "Make of a package what one environment needs: other values, names and decisions.",
    "subset": "Make a package of some resources of another, and of what they refer to.",
    "merge": "Merge two packages into one, or two versions of one.",
    "split": "Split a package into several that are imported one after the other.",
    "learn": "Propose a layout for an export of another program.",
    "generate": "Make up a package of any size, and a target for it.",
    "explain": "Explain a word of a report, an option or a setting, or list all of them.",
    "rules": "List the rules, or explain one.",
    "schema": "Print a published JSON Schema, or list their names.",
    "setup": "Print what to put where to use assetpkg in a shell, an editor, a hook or a pipeline.",
    "lsp": "Serve an editor as a language server.",
    "help": "Show a chapter of the manual, or list the chapters.",
}
"""The commands, each the function `command` of its module here, and what the overview says of them."""


class _Commands(click.Group):
    """The commands by name; listing them imports none."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _kept_from_click():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _kept_from_click():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"assetpkg.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            from assetpkg.errors import nearest

            # click looks for what is near among the commands that are loaded: none.
            found = nearest(error.command_name, COMMANDS)
            said = error.message if found is None else f"{error.message} Did you mean '{found}'?"
            raise click.UsageError(said, ctx) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=title) for name, title in COMMANDS.items() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="assetpkg", message="%(prog)s %(version)s")
def cli() -> None:
    """Read, write, check and plan ROMA Connect asset packages before anything is uploaded.

    Nothing is ever sent anywhere. A package is a zip or a folder; "-" is a zip on standard input.

    Exit status: 0 nothing at or above --fail-on, 1 something, 2 it could not run.
    """


def run() -> NoReturn:
    """Run a command and end the process with its status; what is not a failure of a command's own is raised."""
    if _COMPLETION in os.environ:
        from assetpkg.cli.completion import prepare_completion

        prepare_completion()
    try:
        status = cli.main(prog_name="assetpkg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        _show(error)
        sys.exit(error.exit_code)
    except AssetpkgError as error:
        from assetpkg.cli.door import status_of
        from assetpkg.cli.outputs import note

        note(str(error))
        sys.exit(status_of(error))
    except _Kept as kept:
        raise kept.error from None
    sys.exit(status if isinstance(status, int) else 0)


class _Kept(Exception):
    """What click would end the process for in its own way: an empty line, or status 1, which means findings."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error


def _show(error: click.ClickException) -> None:
    """Tell what click has to say; the words of the user in it are no better than those of a package."""
    from assetpkg.credentials.masking import mask_line
    from assetpkg.render.screen import printable

    context = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    if context is not None:
        click.echo(f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n", err=True)
    click.echo(f"Error: {printable(mask_line(error.format_message()))}", err=True)


@contextmanager
def _kept_from_click() -> Iterator[None]:
    try:
        yield
    except (BrokenPipeError, KeyboardInterrupt) as error:
        raise _Kept(error) from None
