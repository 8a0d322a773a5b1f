"""Where reports, files and folders go.

`-` is standard output. Where it is for a file that a command makes, nothing else goes there, and what is reported to
standard error.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.archive.temporaries import take_places
from assetpkg.errors import CannotWrite
from assetpkg.render.screen import ENDLESS, Screen, without_commands
from assetpkg.running.progress import hush

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.rules.policy import Policy
    from assetpkg.target.instance import Instance

NARROWEST = 60
"""How many columns are used at least."""
_MOST_DIGITS = 6
_USUAL_HEIGHT = 40
"""How many lines are taken for a screen where none is known."""


def deliver(text: str, output: str | None) -> None:
    """Write text to the file `output`, or to standard output."""
    if output is not None and output != STANDARD_STREAM:
        from assetpkg.archive.write_file import write_file

        write_file(output, [text.encode()])
        return
    pour_out(text.encode())


def tell(text: str, product: str | None, output: str | None = None) -> None:
    """Deliver what is reported beside a `product`: to standard error where that has standard output for itself."""
    if product == STANDARD_STREAM:
        complain(text)
    else:
        deliver(text, output)


def note(line: str) -> None:
    """Say a line on standard error, beside what the command is for."""
    from assetpkg.credentials.masking import mask_line
    from assetpkg.render.screen import printable

    complain(f"assetpkg: {printable(mask_line(line))}\n")


def complain(text: str) -> None:
    """Write to standard error."""
    hush()
    click.echo(without_commands(text) if _is_github_log(sys.stderr) else text, nl=False, err=True)


def pour_out(content: bytes) -> None:
    """Write to standard output, after all files are in their places: what was sent on cannot be taken back."""
    take_places()
    if sys.stdout.isatty():
        hush(for_good=True)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def screen(output: str | None) -> Screen:
    """Return what text output goes to: colours on a terminal only, unless NO_COLOR or FORCE_COLOR say otherwise.

    What goes to a pipe or a file is not wrapped, unless COLUMNS says how wide it is.
    """
    standard = output is None or output == STANDARD_STREAM
    terminal = standard and sys.stdout.isatty()
    colour = terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        colour = standard
    if os.environ.get("NO_COLOR"):
        colour = False
    columns = _said("COLUMNS") or (_size().columns if terminal else ENDLESS)
    lines = _said("LINES") or (_size().lines if terminal else _USUAL_HEIGHT)
    log = standard and _is_github_log(sys.stdout)
    return Screen(width=max(columns, NARROWEST), colour=colour, height=lines, terminal=terminal, github_log=log)


def _is_github_log(stream: TextIO) -> bool:
    """Say whether a stream goes to the log of a job in GitHub Actions, or may."""
    return bool(os.environ.get("GITHUB_ACTIONS")) and not stream.isatty()


def folder() -> str:
    """Return the folder in which the program runs, which paths in reports are relative to."""
    try:
        return Path.cwd().as_posix()
    except OSError:
        return "/"  # it is gone


def _size() -> os.terminal_size:
    import shutil

    return shutil.get_terminal_size((80, 24))


def _said(variable: str) -> int | None:
    """Return the number that a variable of the environment has, if it has one above zero."""
    said = os.environ.get(variable, "")
    return int(said) or None if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else None


def told_as(product: str) -> str:
    """Return how messages call the place of a product."""
    return "standard output" if product == STANDARD_STREAM else product


def put_package(package: "Package", product: str, policy: "Policy", *, store: bool = False) -> None:
    """Write a package as a zip, and warn of a name that the platform refuses, as far as `policy` minds.

    Raises `CannotWrite` for a terminal, `InvalidPackage` and `CannotWrite` as `write` does.
    """
    from assetpkg.package.packing import write, zip_of

    if product != STANDARD_STREAM:
        write(package, product, store=store)
        warn_of_name(product, policy)
        return
    refuse_terminal()
    pour_out(zip_of(package, store=store))


def put_either(package: "Package", product: str, policy: "Policy") -> None:
    """Write a package as a zip where `product` ends so or is standard output, and otherwise as a folder.

    Raises `CannotWrite` and `InvalidPackage` as `put_package` does, and for a folder as `unpack` does.
    """
    from assetpkg.package.packing import unpack

    suffix = Path(product).suffix.lower()
    if suffix == ".zip" or product == STANDARD_STREAM:
        put_package(package, product, policy)
    elif suffix == ".json":
        raise CannotWrite(f"'{product}' would be a package; name a zip or a folder")
    else:
        unpack(package, product)


def put_snapshot(instance: "Instance", product: str) -> None:
    """Write a target as a snapshot; raises `CannotWrite`."""
    from assetpkg.target.snapshot import dump_snapshot, write_snapshot

    if product == STANDARD_STREAM:
        pour_out(b"".join(dump_snapshot(instance)))
    else:
        write_snapshot(instance, product)


def refuse_terminal() -> None:
    """Raise `CannotWrite` where standard output is a terminal, which no zip is for."""
    if sys.stdout.isatty():
        raise CannotWrite("a zip cannot go to a terminal; name a file, or send it on with '|' or '>'")


def refuse_standard_output(product: str) -> None:
    """Raise `CannotWrite` for a folder that would go to standard output."""
    if product == STANDARD_STREAM:
        raise CannotWrite("a folder cannot go to standard output; name one")


def warn_of_name(product: str, policy: "Policy") -> None:
    """Warn of the name of a zip that the platform refuses, as far as `policy` minds."""
    from assetpkg.rules.runner import check_name

    for found in check_name(Path(product).name, policy):
        platform = "" if found.platform_code is None else f" [{found.platform_code}]"
        note(f"{found.code} {found.severity.value}: {found.message}{platform}; {found.hint}")
