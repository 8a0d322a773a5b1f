"""The command line: one module for each command, imported when it is called."""

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from assetpkg import __version__
from assetpkg.errors import AssetpkgError

COMMANDS = {
    "check": "Validate packages: what is wrong, where, and how to mend it.",
    "plan": "Simulate the import of a package into an instance.",
    "compare": "Lay the ways of importing a package side by side.",
    "apply": "Write what an instance is after an import, as a snapshot.",
    "undo": "Make the package that undoes an import, and list what none undoes.",
    "checklist": "List what to do by hand before and after an import.",
    "show": "List what is in a package, or show one resource.",
    "pack": "Make the zip of a package folder.",
    "unpack": "Make the folder of a package zip.",
    "split": "Cut a package into several that an import takes one after the other.",
    "rules": "List the rules, or explain one.",
    "schema": "Print a published JSON Schema, or list their names.",
}
"""The commands, each the function `command` of its module here, and what the overview says of them."""

CANNOT_RUN = 2
INTERRUPTED = 130
LOST_OUTPUT = 2


class _Commands(click.Group):
    """The commands by name; listing them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"assetpkg.cli.{cmd_name}").command
        return command

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
    """Run a command and end the process with its status, never with a traceback."""
    try:
        status = cli.main(prog_name="assetpkg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _end("interrupted", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AssetpkgError as error:
        _end(str(error), CANNOT_RUN)
    except BrokenPipeError:
        _silence()
        sys.exit(LOST_OUTPUT)
    except OSError as error:
        _silence()
        _end(f"cannot go on: {(error.strerror or str(error)).lower()}", CANNOT_RUN)
    except (MemoryError, RecursionError):
        _end("cannot go on: the input is too large for this machine", CANNOT_RUN)
    sys.exit(status if isinstance(status, int) else 0)


def _end(message: str, status: int) -> NoReturn:
    from assetpkg.render.screen import printable

    click.echo(f"assetpkg: {printable(message)}", err=True)
    sys.exit(status)


def _silence() -> None:
    """Send what is still buffered to nowhere, so that Python's own flush at the end does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
