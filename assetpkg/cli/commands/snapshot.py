"""`assetpkg snapshot`."""

import click

from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import ANSWERS, details_option, file_option, format_option, reading_options
from assetpkg.cli.outputs import put_snapshot


@door.command
@click.argument("answers", type=ANSWERS, nargs=-1, required=True, metavar="ANSWERS...")
@file_option("TARGET.json", "The snapshot to write")
@click.option("--name", help="What the target is called, instead of the name of the instance.")
@click.option(
    "--complete",
    multiple=True,
    metavar="KIND",
    help="The answers have everything of this kind, whatever they say themselves; all means every kind in them.",
)
@details_option("Show every answer, and every call that is missing.")
@format_option("SnapshotReport")
@reading_options
def command(call: Call, answers: tuple[str, ...], name: str | None, complete: tuple[str, ...]) -> int:
    """Make a snapshot of an instance from saved ANSWERS of the platform's list and detail calls.

    Each of ANSWERS is a file, a folder or a zip, of whatever names; "KIND=FILE" says what an ambiguous file is about.
    Pages are joined and held against their totals. A kind whose list is complete is covered; what only detail calls
    answer is left unknown where there is none. No credential is written.

    Exit status: 0 written, 1 written, but something was not understood or a list has gaps, 2 it could not run.
    """
    from assetpkg.report.snapshot import report_snapshot
    from assetpkg.target.answers.collecting import read_answers

    settings = call.settings
    collected = read_answers(
        *answers,
        complete=complete,
        name=name,
        limits=settings.reading_limits,
        names_encoding=settings.names_encoding,
    )
    put_snapshot(collected.instance, call.product)
    call.present(report_snapshot(collected))
    return FOUND if collected.has_gaps else OK
