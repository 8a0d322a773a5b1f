"""`assetpkg learn`."""

from pathlib import Path

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import PACKAGE, archive_options, details_option, format_option
from assetpkg.cli.outputs import deliver
from assetpkg.cli.parameters import Input, OutputOption, Somewhere


@door.command
@click.argument("files", type=PACKAGE, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    "product",
    cls=OutputOption,
    type=Somewhere(),
    metavar="LAYOUT.toml",
    help="Write the layout file; - is standard output: messages then go to standard error.",
)
@click.option("--name", help="What the layout is called.  [default: as the first file]")
@click.option(
    "--with", "known", type=Input("the layout file"), metavar="LAYOUT.toml", help="Say what this layout lacks."
)
@details_option("Show all that was not recognised.")
@format_option("LearnReport")
@archive_options
def command(call: Call, files: tuple[str, ...], name: str | None, known: str | None) -> int:
    """Propose a layout for exports that assetpkg does not know; each FILE is a zip or a folder of the same layout.

    It groups objects by where they stand, and compares them with the kinds: by their fields, by the references between
    them, and by their names. The layout file has what is sure, with the evidence as comments, and what is not sure
    commented out: read it before you use it.

    Exit status: 0 something is proposed, or with --with, everything is covered; 1 otherwise; 2 it could not run.
    """
    from assetpkg.layouts.learning.comparing import missing
    from assetpkg.layouts.learning.proposal import learn
    from assetpkg.layouts.learning.proposed_text import proposal_text
    from assetpkg.layouts.reading import read_layout
    from assetpkg.report.learn import report_learn, report_missing

    if known is not None and (call.product or name is not None):
        raise click.UsageError("--with only compares: it goes with neither --output nor --name.")
    layout = None if known is None else read_layout(Path(known))
    archives = [call.open_unknown(path) for path in files]
    proposal = learn(archives, name or _stem(files[0]))
    if layout is not None:
        found = missing(layout, proposal, archives)
        call.present(report_missing(proposal, layout, found))
        return OK if found.covers_all else FOUND
    text = proposal_text(proposal) if proposal.places else None
    if text is not None and call.product:
        deliver(text, call.product)
    call.present(report_learn(proposal, text))
    return OK if proposal.layout is not None else FOUND


def _stem(path: str) -> str:
    """Return what a layout is called unless somebody says it."""
    from assetpkg.credentials.masking import mask_line
    from assetpkg.errors import with_escapes

    return "export" if path == STANDARD_STREAM else mask_line(with_escapes(Path(path).resolve().stem)) or "export"
