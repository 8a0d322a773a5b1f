"""`assetpkg snapshot`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    ANSWERS,
    KIND,
    details_option,
    file_option,
    format_option,
    reading_options,
)
from assetpkg.cli.outputs import deliver, put_snapshot, screen
from assetpkg.cli.parameters import Offered, Words
from assetpkg.render.formats import formats_of, render
from assetpkg.render.screen import View


@door.command
@click.argument("answers", type=ANSWERS, nargs=-1, metavar="[ANSWERS]...")
@file_option("TARGET.json", "The snapshot to write", required=False)
@click.option("--name", help="What the target is called, instead of the name of the instance.")
@click.option(
    "--complete",
    type=Offered("kind or all"),
    multiple=True,
    metavar="KIND",
    help="The answers have everything of this kind, whatever they say themselves; all means every kind in them.",
)
@click.option("--calls", is_flag=True, help="List the calls to make instead: for a package, or for all kinds.")
@click.option(
    "--kind", "kinds", type=KIND, multiple=True, metavar="KIND", help="With --calls: only for this kind, repeatable."
)
@click.option(
    "--as",
    "script",
    type=Words(formats_of("CallsReport")),
    help="With --calls: as text, as JSON, or as a script for curl or for the official Python SDK.  [default: text]",
)
@details_option("Show every answer, and every call that is missing.")
@format_option("SnapshotReport")
@reading_options
def command(
    call: Call,
    answers: tuple[str, ...],
    name: str | None,
    complete: tuple[str, ...],
    *,
    calls: bool,
    kinds: tuple[str, ...],
    script: str | None,
) -> int:
    """Make a snapshot of an instance from saved ANSWERS of the platform's list and detail calls.

    Each of ANSWERS is a file, a folder or a zip, of whatever names; "KIND=FILE" says what an ambiguous file is about.
    Pages are joined and compared with their totals. A kind whose list is complete is covered; what only detail calls
    answer is left unknown where there is none. No credential is written.

    With --calls, the calls to make are listed, and nothing is written but the list: all of them only read. ANSWERS is
    then nothing, or a package, whose plan decides what has to be known.

    Exit status: 0 written, 1 written, but something was not understood or a list has gaps, 2 it could not run.
    """
    if calls:
        deliver(_calls(call, answers, kinds, script), call.product or None)
        return OK
    _refuse_options(answers, call.product, kinds, script)
    from assetpkg.report.snapshot import report_snapshot
    from assetpkg.target.answers.collecting import read_answers

    settings = call.settings
    collected = read_answers(
        *answers,
        complete=complete,
        name=name,
        limits=settings.reading_limits,
        names_encoding=settings.names_encoding,
        layouts=call.layouts,
    )
    put_snapshot(collected.instance, call.product)
    call.present(report_snapshot(collected))
    return FOUND if collected.has_gaps else OK


def _refuse_options(answers: tuple[str, ...], product: str, kinds: tuple[str, ...], script: str | None) -> None:
    """Raise `UsageError` for a snapshot without answers or a file, or with what is for calls."""
    if kinds or script:
        raise click.UsageError(f"{'--kind' if kinds else '--as'} is for --calls.")
    if not answers:
        raise click.UsageError("Missing argument 'ANSWERS...'.")
    if not product:
        raise click.UsageError("Missing option '-o' / '--output'.")


def _calls(call: Call, packages: tuple[str, ...], kinds: tuple[str, ...], script: str | None) -> str:
    """Return the calls to make, in the form that was asked for; raises `UsageError` and `InvalidOption`."""
    from assetpkg.report.calls import report_calls
    from assetpkg.target.calls import choose_calls, kinds_for

    if len(packages) > 1 or (packages and kinds):
        raise click.UsageError("--calls is for one package, or for the kinds that are named with --kind.")
    wanted = kinds_for(call.open(packages[0])) if packages else kinds
    report = report_calls(choose_calls(wanted))
    return render(report, script or call.form, View(screen(call.product or None)))
