"""`assetpkg rules`."""

import click

from assetpkg.cli.options import OK, deliver, format_option, output_option, screen, telling_failures


@click.command("rules")
@click.argument("code", required=False)
@format_option
@output_option
@telling_failures
def command(code: str | None, form: str, output: str | None) -> int:
    """List the rules with code, slug and severity, or explain the rule CODE.

    The beginning of a code, such as IMP or PKG1, lists the rules that begin so.
    """
    from assetpkg.errors import InvalidOption, near
    from assetpkg.render import json_v1
    from assetpkg.render.text import listing
    from assetpkg.report.rules import report_rules
    from assetpkg.rules import RETIRED, catalogue

    known = catalogue()
    begin = (code or "").upper()
    chosen = [rule for _, rule in sorted(known.items()) if rule.code.startswith(begin)]
    if begin in RETIRED:
        raise InvalidOption(f"the rule {begin} is retired; 'assetpkg rules {begin[:3]}' lists those that there are")
    if not chosen:
        raise InvalidOption(f"no rule has the code '{code}'{near(begin, known)}")
    report = report_rules(chosen, pages=begin in known)
    deliver(json_v1.render(report) if form == "json" else listing.render_rules(report, screen(output)), output)
    return OK
