"""`assetpkg rules`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import catalogue_options, format_option, output_option
from assetpkg.cli.parameters import Offered


@door.command
@click.argument("code", required=False, type=Offered("code"))
@click.option("--pages", is_flag=True, help="Add the whole page of each rule.")
@format_option("RulesReport")
@output_option
@catalogue_options
def command(call: Call, code: str | None, *, pages: bool) -> int:
    """List the rules with code, slug and severity, or explain the rule CODE.

    CODE may also be the beginning of codes, such as IMP or PKG1: then these rules are listed. The rules of plug-ins are
    there, too.
    """
    from assetpkg.errors import InvalidOption
    from assetpkg.report.check import report_rules
    from assetpkg.rules.codes import near_code, refuse_retired

    known = call.settings.catalogue
    begin = (code or "").upper()
    chosen = [rule for _, rule in sorted(known.items()) if rule.code.startswith(begin)]
    refuse_retired(begin)
    if not chosen:
        raise InvalidOption(f"no rule has the code '{code}'{near_code(begin, known)}")
    call.present(report_rules(chosen, pages=pages or begin in known))
    return OK
