"""`assetpkg generate`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.archive.temporaries import together
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import file_option
from assetpkg.cli.outputs import pour_out, refuse_terminal, tell, told_as, warn_of_name
from assetpkg.cli.parameters import Somewhere

if TYPE_CHECKING:
    from assetpkg.authoring.generate import Blueprint

_MOST_RESOURCES = 65_000
"""A zip holds few more files."""


@door.command
@file_option("PLACE", "The zip or the folder to write")
@click.option(
    "--resources",
    type=click.IntRange(min=16, max=_MOST_RESOURCES),
    default=1_000,
    show_default=True,
    help="How many resources there are.",
)
@click.option("--apis", type=click.IntRange(min=1), help="How many of them are APIs.  [default: about 60 %]")
@click.option("--applications", type=click.IntRange(min=1), help="How many are applications.  [default: 20 at most]")
@click.option("--tasks", type=click.IntRange(min=1), help="How many are tasks.  [default: 80 at most]")
@click.option(
    "--size",
    type=click.IntRange(min=1),
    default=20_000,
    show_default=True,
    metavar="BYTES",
    help="How large the documents are on average.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives another package.")
@click.option(
    "--drift",
    type=Somewhere(),
    metavar="TWIN",
    help="Also make a target for it: a snapshot (.json) or a package (.zip).",
)
@click.option("--same-ids", is_flag=True, help="The target has the ids of the package.")
def command(
    call: Call,
    resources: int,
    apis: int | None,
    applications: int | None,
    tasks: int | None,
    size: int,
    seed: int,
    drift: str | None,
    *,
    same_ids: bool,
) -> int:
    """Make up a package, for load tests and demonstrations. The same options give the same bytes.

    It has resources of every kind that is imported, and no credential. All references lead to a resource in it.
    PLACE is a zip when its name ends in ".zip"; otherwise it is a folder, new or empty.

    The target of --drift has the same resources with other ids. Of 100 resources, 5 differ, 1 has another name, 1 is
    missing, and 1 is only there.
    """
    from assetpkg.authoring.generate import Scale, draw

    _refuse_twin(drift, call.product)
    blueprint = draw(
        Scale(resources=resources, apis=apis, applications=applications, tasks=tasks, size=size, seed=seed)
    )
    twin = None if drift is None else blueprint.twin(same_ids=same_ids)
    with together():
        if twin is not None and drift is not None:
            from assetpkg.archive.write_file import write_file

            write_file(drift, twin.snapshot() if drift.endswith(".json") else twin.zip())
        _put(blueprint, call)
    _tell(blueprint, call.product, call)
    if twin is not None and drift is not None:
        _tell(twin, drift, call)
    return OK


def _refuse_twin(drift: str | None, product: str) -> None:
    """Raise `UsageError` for a place that no target goes to."""
    if drift is None:
        return
    if Path(drift).suffix not in {".json", ".zip"}:
        raise click.UsageError(f"'{drift}' would be a target; name a file that ends in .json or .zip.")
    place = Path(os.path.realpath(drift))
    if product != STANDARD_STREAM and place.is_relative_to(os.path.realpath(product)):
        raise click.UsageError(f"'{drift}' is the place of the package; name another one for the target.")


def _put(blueprint: "Blueprint", call: Call) -> None:
    from assetpkg.archive.write_file import write_file
    from assetpkg.archive.write_folder import write_folder

    product = call.product
    if product == STANDARD_STREAM:
        refuse_terminal()
        for piece in blueprint.zip():
            pour_out(piece)
    elif Path(product).suffix.lower() == ".zip":
        write_file(product, blueprint.zip())
        warn_of_name(product, call.settings.policy)
    else:
        write_folder(product, blueprint.archive(), private=False)


def _tell(blueprint: "Blueprint", place: str, call: Call) -> None:
    from assetpkg.credentials.masking import mask_line
    from assetpkg.diagnostics.sentences import plural
    from assetpkg.render.screen import printable

    kinds = len({row.kind for row in blueprint.rows})
    told = f"{mask_line(told_as(place))}: {plural(len(blueprint.rows), 'resource')} of {plural(kinds, 'kind')}"
    tell(f"{printable(told)}\n", call.product)
