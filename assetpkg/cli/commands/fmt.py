"""`assetpkg fmt`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import CANNOT_RUN, FOUND, OK
from assetpkg.cli.options import PACKAGES, format_option, reading_options
from assetpkg.cli.packages import find
from assetpkg.errors import CannotRead, InvalidPackage

if TYPE_CHECKING:
    from assetpkg.authoring.fmt import Formatting

_NO_FOLDER = "only folders are formatted; make one of it with 'assetpkg unpack'"


@door.command
@click.argument("folders", type=PACKAGES, nargs=-1, required=True, metavar="PATH...")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing, and show what would change; exit status 1 when it does.")
@click.option(
    "--texts", is_flag=True, help="Format documents in strings, too, where their class says that they are JSON."
)
@click.option("--upgrade", is_flag=True, help="Write documents of an older asset version as those of the newest.")
@click.option(
    "--explode",
    is_flag=True,
    help="Put scripts and long texts in files of their own, beside their resource.",
)
@click.option("--inline", is_flag=True, help="Put texts that are in files of their own back into their resource.")
@click.option(
    "--containing",
    is_flag=True,
    help="Format the package that each PATH is or is in, once; for pre-commit. To find no package is not a failure.",
)
@format_option("FmtReport")
@reading_options
def command(
    call: Call,
    folders: tuple[str, ...],
    *,
    check: bool,
    diff: bool,
    texts: bool,
    upgrade: bool,
    explode: bool,
    inline: bool,
    containing: bool,
) -> int:
    """Write the files of package folders in one form: the manifest, and the files with resources.

    Each PATH is the folder of a package, or a folder with such folders below. Members come in the order of their
    class, unknown ones after them; with two spaces for each level, line feeds, and a final one. What a file means
    stays, and so does the spelling of every number. A file that cannot be read strictly is left as it is, and reported.
    A script or a long text may be in a file of its own: every command reads it as if it were in its resource.

    Exit status: 0 done, 1 a file is left, 2 a PATH cannot be read.
    """
    from assetpkg.authoring.fmt import fmt
    from assetpkg.authoring.long_texts import TextPlace
    from assetpkg.report.fmt import report_fmt

    if explode and inline:
        raise click.UsageError("--explode and --inline exclude each other.")
    where = TextPlace.BESIDE if explode else TextPlace.INSIDE if inline else TextPlace.KEPT
    formatted: dict[str, Formatting] = {}
    paths, failures = find(call, folders, containing=containing)
    for path in (path for path in dict.fromkeys(paths) if path not in failures):
        try:
            package = call.open(path)
            if package.archive.is_folder:
                formatted[path] = fmt(package, texts=texts, where=where, upgrade=upgrade)
            elif path in folders:
                failures[path] = _NO_FOLDER
        except (CannotRead, InvalidPackage) as error:
            failures[path] = str(error)
    written = not (check or diff)
    for path, found in formatted.items() if written else ():
        found.write(path)
    if diff:
        from assetpkg.render.line_diff import unified

        report = report_fmt(formatted, failures, written=written, unified=unified)
    else:
        report = report_fmt(formatted, failures, written=written)
    call.present(report)
    if failures:
        return CANNOT_RUN
    return FOUND if report.summary.left or (report.summary.changed and not written) else OK
