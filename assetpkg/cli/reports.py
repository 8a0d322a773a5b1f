"""`--report FORMAT=FILE`: further formats of what a command reports, of the same run."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.outputs import deliver
from assetpkg.cli.parameters import SHOW, OutputOption
from assetpkg.errors import CannotWrite, near
from assetpkg.render.formats import FORMATS, formats_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """A format of the report, and the file that it goes to."""

    form: str
    path: str


class _FormatAndFile(click.ParamType[Any]):
    """The type of `FORMAT=FILE`."""

    name = "report"

    def __init__(self, forms: Sequence[str]) -> None:
        """Take the formats that there are."""
        self.forms = forms

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return both parts; fails for an unknown format, and where one of them is missing."""
        if isinstance(value, Wanted):
            return value
        form, _, path = str(value).partition("=")
        if not path:
            self.fail(f"'{value}' is not FORMAT=FILE, for example json=report.json", param, ctx)
        if form not in self.forms:
            known = near(form, self.forms) or f"; there are {', '.join(self.forms)}"
            self.fail(f"'{form}' is not a format of this command{known}", param, ctx)
        return Wanted(form, path)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Have the shell complete the formats, and after the equals sign the file."""
        from click.shell_completion import CompletionItem

        del ctx, param
        form, sign, path = incomplete.partition("=")
        if sign:
            return [CompletionItem(path, type="file", before=f"{form}=")]
        return [CompletionItem(f"{form}=") for form in self.forms if f"{form}=".startswith(incomplete)]


class ReportOption(OutputOption):
    """The option for further formats: the files are kept from the inputs, and from each other."""


def report_option(*reports: str) -> Callable[[F], F]:
    """Return the option for further formats of one of the `reports`, each in a file of its own."""
    return click.option(
        "--report",
        "reports",
        cls=ReportOption,
        group=SHOW,
        type=_FormatAndFile(formats_of(*reports)),
        multiple=True,
        metavar="FORMAT=FILE",
        help="Write the report also in this format to this file, in the same run; may be repeated.",
    )


def refuse_twice(wanted: Sequence[Wanted], output: str | None, form: str) -> None:
    """Raise `CannotWrite` where two reports would go to standard output.

    A text that nobody has sent elsewhere has room for another one beside it, as for the annotations of a service that
    reads the log.
    """
    streams = [each for each in wanted if each.path == STANDARD_STREAM]
    taken = output == STANDARD_STREAM or (output is None and form != "text")
    if len(streams) + taken > 1:
        raise CannotWrite("standard output is for one report only; name a file for the others")


def write_reports(told: Iterable[tuple[Wanted, str]]) -> None:
    """Write each text to its file, completely or not at all, and at last the one for standard output."""
    for wanted, text in sorted(told, key=lambda each: each[0].path == STANDARD_STREAM):
        deliver(text, wanted.path)


def write_failures(wanted: Iterable[Wanted], render: Callable[[str], str]) -> None:
    """Write why a command could not run in each format that can tell it, as far as that can be written."""
    for each in wanted:
        if FORMATS[each.form].tells("FailureReport"):
            with suppress(CannotWrite):
                deliver(render(each.form), each.path)
