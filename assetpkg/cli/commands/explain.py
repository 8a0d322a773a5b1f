"""`assetpkg explain`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import MEANINGS, OK
from assetpkg.cli.options import catalogue_options, format_option, output_option
from assetpkg.cli.parameters import Offered


@door.command
@click.argument("word", required=False, type=Offered("word"))
@format_option("ExplainReport")
@output_option
@catalogue_options
def command(call: Call, word: str | None) -> int:
    """Explain WORD, as it is in a report, an option or a setting, or list all words.

    WORD is a rule (its code, its name, or the beginning of codes), an assumption, a verdict, an action, a reason, a
    severity, a kind, a limit, a setting, or an exit status.
    """
    from assetpkg.report.explain import report_explanation

    call.present(report_explanation(word, MEANINGS, call.settings.catalogue))
    return OK
