"""What the commands share that carry an import out, or back: the options of the import, and the target before it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from assetpkg.planning.options import ImportOptions
    from assetpkg.settings.settings import Settings
    from assetpkg.target.instance import Instance

TARGET = "A snapshot of the instance (JSON), or another package."

assume_option = click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="Answer an open question otherwise than by default."
)

F = TypeVar("F", bound=Callable[..., Any])


def import_options(function: F) -> F:
    """Give a command the target, which it needs, and the options of an import; `assume` becomes a setting."""
    needed = click.option("--target", required=True, metavar="TARGET", help=TARGET)
    return needed(query_options(function))


def query_options(function: F) -> F:
    """Give a command the options of an import; `assume` becomes a setting."""
    for option in (
        assume_option,
        click.option(
            "--datasource-overwrite", is_flag=True, help="Update data sources that exist; documented with Merge only."
        ),
        click.option("--prefix", default="", help="Joined with every application name."),
        click.option(
            "--mode",
            default="AddNew",
            show_default=True,
            metavar="MODE",
            help="AddNew or Merge; in the console: Append or Overwrite.",
        ),
    ):
        function = option(function)
    return function


def parse_options(mode: str, prefix: str, settings: "Settings", *, datasource_overwrite: bool) -> "ImportOptions":
    """Return the options of the import; raises `InvalidOption`."""
    from assetpkg.planning.options import ImportOptions, parse_mode

    return ImportOptions(
        mode=parse_mode(mode),
        prefix=prefix,
        datasource_overwrite=datasource_overwrite,
        assumptions=settings.assumptions,
    )


def read_before(target: str, options: "ImportOptions", settings: "Settings") -> "Instance":
    """Return the target before the import, read as the settings say; raises `CannotRead`."""
    from assetpkg.target.reading import read_target

    return read_target(
        target,
        complete=options.complete,
        limits=settings.reading_limits,
        assume_utf8_names=settings.assume_utf8_names,
    )
