"""What the commands share: their options, where output goes, and the exit status."""

import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assetpkg.cli.exits import CANNOT_RUN
from assetpkg.cli.inputs import spare_inputs, spare_schemas
from assetpkg.diagnostics.model import THRESHOLDS, Diagnostic, Severity
from assetpkg.errors import AssetpkgError, CannotRead, CannotWrite
from assetpkg.render.screen import Screen

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.settings.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

FOUND, OK, CHANGES = 1, 0, 3
STANDARD_OUTPUT = "-"
NARROWEST, WIDEST = 60, 120

severity = click.Choice(THRESHOLDS)

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The output format.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="Write the output to this file, whole or not at all; - is standard output, as without it.",
)
fail_on_option = click.option(
    "--fail-on",
    type=severity,
    help="The least severity that makes the exit status 1.  [default: risk]",
)
select_option = click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Only these rules: prefixes of codes, separated by commas.",
)
ignore_option = click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help="Not these rules: prefixes of codes, separated by commas.",
)
severity_option = click.option(
    "--severity",
    multiple=True,
    metavar="CODE=LEVEL",
    help="Give rules, by a prefix of their codes, another severity: error, risk, warning or info.",
)
per_kind_option = click.option(
    "--per-kind-ignores",
    multiple=True,
    metavar="KIND:CODES",
    help="Not these rules for the resources of a kind.",
)
per_path_option = click.option(
    "--per-path-ignores",
    multiple=True,
    metavar="PATTERN:CODES",
    help="Not these rules for files of the package that a pattern fits, such as 'apis/Legacy/**'.",
)
config_option = click.option(
    "--config",
    metavar="FILE",
    help="The file with the settings, instead of the nearest assetpkg.toml or pyproject.toml.",
)
no_config_option = click.option("--no-config", is_flag=True, help="Read no file with settings.")

limit_option = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Read more, or less, than by default, as in 'entry=128MiB'; for the names see the README.",
)
utf8_names_option = click.option(
    "--assume-utf8-names",
    is_flag=True,
    help="Take names in a zip that are not ASCII, and not marked, for UTF-8.",
)

SETTLED = (
    "fail_on",
    "select",
    "ignore",
    "severity",
    "per_kind_ignores",
    "per_path_ignores",
    "assume",
    "limits",
    "assume_utf8_names",
)
"""The parameters that become settings; `assume` is the command's own, where it has it."""


def rule_options(function: F) -> F:
    """Give a command the options that choose rules."""
    for option in (per_path_option, per_kind_option, severity_option, ignore_option, select_option):
        function = option(function)
    return function


def policy_options(function: F) -> F:
    """Give a command the options that choose rules, and decide on the exit status."""
    return fail_on_option(rule_options(function))


def document_options(function: F) -> F:
    """Give a command the options that decide on how much is read, and name a file with settings."""
    for option in (no_config_option, config_option, limit_option):
        function = option(function)
    return function


def reading_options(function: F) -> F:
    """Give a command the options that decide on how a package is read, and name a file with settings."""
    for option in (no_config_option, config_option, utf8_names_option, limit_option):
        function = option(function)
    return function


def open_unjudged(path: str, settings: "Settings") -> "Package":
    """Read what is at `path` as the settings say, for a command that tells what is wrong with it.

    Raises `CannotRead` when there is nothing to read.
    """
    from assetpkg.target.reading import read

    return read(path, limits=settings.reading_limits, assume_utf8_names=settings.assume_utf8_names)


def open_package(path: str, settings: "Settings") -> "Package":
    """Read the package at `path` as the settings say, for a command that goes by its content.

    Raises `CannotRead` when there is nothing to read, and `InvalidPackage`, with the first reason, for what is no
    package: nothing can be said of its content, so that nothing is said that looks as if it were known.
    """
    from assetpkg.package.package import refuse_unknown

    package = open_unjudged(path, settings)
    refuse_unknown(package)
    return package


def settling(command: Callable[..., int]) -> Callable[..., int]:
    """Hand a command with `reading_options` the `settings` that hold for it, in place of the options for them."""

    @wraps(command)
    def run(*, config: str | None, no_config: bool, **options: Any) -> int:
        from assetpkg.settings.sources import settle

        spare_inputs({**options, "config": config})
        if config is not None and no_config:
            raise click.UsageError("--config and --no-config exclude each other.")
        words: dict[str, tuple[str, ...]] = {}
        for name in SETTLED:
            given = options.pop(name, None)
            words[name.replace("_", "-")] = _as_words(given)
        settings = settle(words, config=config, no_config=no_config)
        spare_schemas(options, settings)
        return command(settings=settings, **options)

    return run


def _as_words(given: Any) -> tuple[str, ...]:
    if isinstance(given, str):
        return (given,)
    return ("true",) if given is True else given or ()


def telling_failures(command: Callable[..., int]) -> Callable[..., int]:
    """Have a command with `format_option` and `output_option` say in JSON, too, why it could not run."""

    @wraps(command)
    def run(**options: Any) -> int:
        from assetpkg.render import json_v1
        from assetpkg.report.check import report_failure

        try:
            return command(**options)
        except (AssetpkgError, click.UsageError) as error:
            if options["form"] != "json":
                raise
            output = None if isinstance(error, CannotWrite) else options.get("output")
            reason = error.format_message() if isinstance(error, click.UsageError) else str(error)
            tell(json_v1.render(report_failure(reason)), options.get("product"), output)
            return CANNOT_RUN

    return run


def deliver(text: str, output: str | None) -> None:
    """Write text to the file `output`, or to standard output."""
    if output is not None and output != STANDARD_OUTPUT:
        from assetpkg.archive.write_file import write_file

        write_file(output, [text.encode()])
        return
    pour_out(text.encode())


def tell(text: str, product: str | None, output: str | None = None) -> None:
    """Deliver what is told beside a `product`: to standard error where that has standard output for itself."""
    if product == STANDARD_OUTPUT:
        click.echo(text, nl=False, err=True)
    else:
        deliver(text, output)


def pour_out(content: bytes) -> None:
    """Write to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def screen(output: str | None) -> Screen:
    """Return what text output goes to: colours on a terminal only, unless NO_COLOR or FORCE_COLOR say otherwise."""
    standard = output is None or output == STANDARD_OUTPUT
    terminal = standard and sys.stdout.isatty()
    colour = terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        colour = standard
    if os.environ.get("NO_COLOR"):
        colour = False
    columns = _columns() if terminal or "COLUMNS" in os.environ else 80
    return Screen(width=min(max(columns, NARROWEST), WIDEST), colour=colour)


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def fails(diagnostics: Iterable[Diagnostic], threshold: Severity) -> bool:
    """Say whether one of the diagnostics reaches the severity that makes a command fail."""
    return any(diagnostic.severity.reaches(threshold) for diagnostic in diagnostics)


def refuse_unjudged(package: "Package", diagnostics: Iterable[Diagnostic], threshold: Severity) -> None:
    """Raise `CannotRead` for a package that is not understood, and yet would pass.

    What was refused has nothing inside that a rule could look at: a policy that passes over the refusal itself must
    not make that look like a clean package.
    """
    if package.refusal is not None and not fails(diagnostics, threshold):
        raise CannotRead(
            f"{package.archive.origin} could not be judged, and no setting lets that pass: {package.refusal}"
        )
