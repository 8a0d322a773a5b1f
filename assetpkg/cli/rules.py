"""`assetpkg rules`."""

import click

from assetpkg.cli.options import OK, deliver, format_option, output_option


@click.command("rules")
@click.argument("code", required=False)
@format_option
@output_option
def command(code: str | None, form: str, output: str | None) -> int:
    """List the rules with code, slug and severity, or explain the rule CODE."""
    from assetpkg.errors import InvalidOption, near
    from assetpkg.render import json_v1, text
    from assetpkg.report import report_rules
    from assetpkg.rules import catalogue

    known = catalogue()
    if code is not None and code.upper() not in known:
        raise InvalidOption(f"no rule has the code '{code}'{near(code.upper(), known)}")
    report = report_rules([known[code.upper()]] if code else known.values(), pages=code is not None)
    deliver(json_v1.render(report) if form == "json" else text.render_rules(report), output)
    return OK
