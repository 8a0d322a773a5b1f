"""`assetpkg rules`."""

import click

from assetpkg.cli.options import OK, deliver, format_option, output_option, screen, telling_failures


@click.command("rules")
@click.argument("code", required=False)
@format_option
@output_option
@telling_failures
def command(code: str | None, form: str, output: str | None) -> int:
    """List the rules with code, slug and severity, or explain the rule CODE."""
    from assetpkg.errors import InvalidOption, near
    from assetpkg.render import json_v1, listing
    from assetpkg.report.catalogue import report_rules
    from assetpkg.rules import catalogue

    known = catalogue()
    if code is not None and code.upper() not in known:
        raise InvalidOption(f"no rule has the code '{code}'{near(code.upper(), known)}")
    chosen = [known[code.upper()]] if code else sorted(known.values(), key=lambda rule: rule.code)
    report = report_rules(chosen, pages=code is not None)
    deliver(json_v1.render(report) if form == "json" else listing.render_rules(report, screen(output)), output)
    return OK
