"""Where the files and folders go that commands make, and what is told beside them.

`-` is standard output. Then nothing but the file goes there, and what is told to standard error.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assetpkg.cli.options import STANDARD_OUTPUT, pour_out
from assetpkg.errors import CannotWrite

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.rules.policy import Policy
    from assetpkg.target.instance import Instance

F = TypeVar("F", bound=Callable[..., Any])


def file_option(metavar: str, what: str) -> Callable[[F], F]:
    """Return the option for the file that a command makes, `product`; `what` it is, in words."""
    return _product_option(metavar, f"{what}; - is standard output, and standard error has what is told.")


def folder_option(metavar: str, what: str) -> Callable[[F], F]:
    """Return the option for the folder that a command makes, `product`; `what` it is, in words."""
    return _product_option(metavar, f"{what}.")


def _product_option(metavar: str, text: str) -> Callable[[F], F]:
    return click.option("-o", "--output", "product", required=True, metavar=metavar, help=text)


def told_as(product: str) -> str:
    """Return how messages call the place of a product."""
    return "standard output" if product == STANDARD_OUTPUT else product


def put_package(package: "Package", product: str, policy: "Policy", *, store: bool = False) -> None:
    """Write a package as a zip, and warn of a name that the platform refuses, as far as `policy` minds.

    Raises `CannotWrite` for a terminal, `InvalidPackage` and `CannotWrite` as `write` does.
    """
    from assetpkg.package.packing import write, zip_of

    if product != STANDARD_OUTPUT:
        write(package, product, store=store)
        _warn_of_name(product, policy)
        return
    refuse_terminal()
    pour_out(zip_of(package, store=store))


def put_snapshot(instance: "Instance", product: str) -> None:
    """Write a target as a snapshot; raises `CannotWrite`."""
    from assetpkg.target.snapshot import dump_snapshot, write_snapshot

    if product == STANDARD_OUTPUT:
        pour_out(b"".join(dump_snapshot(instance)))
    else:
        write_snapshot(instance, product)


def refuse_terminal() -> None:
    """Raise `CannotWrite` where standard output is a terminal, which no zip is for."""
    import sys

    if sys.stdout.isatty():
        raise CannotWrite("a zip is nothing for a terminal; name a file, or send it on with '|' or '>'")


def refuse_standard_output(product: str) -> None:
    """Raise `CannotWrite` for a folder that would go to standard output."""
    if product == STANDARD_OUTPUT:
        raise CannotWrite("a folder cannot go to standard output; name one")


def _warn_of_name(product: str, policy: "Policy") -> None:
    from pathlib import Path

    from assetpkg.render.screen import printable
    from assetpkg.rules.runner import check_name

    for found in check_name(Path(product).name, policy):
        platform = "" if found.platform_code is None else f" [{found.platform_code}]"
        said = f"{found.code} {found.severity.value}: {found.message}{platform}; {found.hint}"
        click.echo(f"assetpkg: {printable(said)}", err=True)
