"""`assetpkg redact`."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.archive.temporaries import together
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import PACKAGE, file_option, format_option, reading_options
from assetpkg.cli.outputs import note, pour_out, put_either, told_as
from assetpkg.cli.parameters import OutputOption
from assetpkg.errors import CannotRead, CannotWrite, InvalidOption

if TYPE_CHECKING:
    from assetpkg.authoring.redact.names.stand_ins import Names
    from assetpkg.report.authoring import RedactReport


@door.command
@click.argument("package", type=PACKAGE)
@file_option("COPY", "The zip or the folder to write")
@click.option("--names", is_flag=True, help="Replace hosts, names, ids and texts, too: for a support case.")
@click.option(
    "--keep", multiple=True, metavar="WORD", help="With --names: a word that stays, such as 'dev'; may be repeated."
)
@click.option(
    "--mapping",
    cls=OutputOption,
    type=click.Path(dir_okay=False),
    metavar="FILE.json",
    help="With --names: the file with the stand-ins, which only you can read; they are those in it, if it is there.",
)
@click.option(
    "--restore",
    is_flag=True,
    help="Instead: PACKAGE is a text about a copy, and COPY has the words of --mapping in the place of the stand-ins.",
)
@format_option("RedactReport")
@reading_options
def command(call: Call, package: str, *, names: bool, keep: tuple[str, ...], restore: bool) -> int:
    """Make a copy of PACKAGE without its credentials, and on request without its names.

    Each credential becomes ${NAME}. The name comes from its place, and the same credential has the same name
    everywhere: in fields, addresses, scripts, names, keys and other files. A number becomes null, and a key file its
    placeholder. All other bytes stay the same. The printed list says what to enter again.

    With --names, every word that is not the format's own has a stand-in of the same length, the same one everywhere,
    so that references, findings and plans stay as they are. With the same --mapping FILE.json, several copies have the
    same stand-ins, such as those of a package and of a snapshot.

    COPY is a zip when its name ends in ".zip"; otherwise it is a folder, new or empty. PACKAGE may also be a snapshot
    (JSON); then COPY is one.

    With --restore and --mapping, a text about such a copy, like the answer of a supporter, is read back.

    Exit status 1, and nothing is written, when a credential, or a name, is also there in a form that cannot be
    replaced.
    """
    if restore:
        return _restored(call, package, alone=not (names or keep) and call.form == "text")
    if not names and (keep or call.mapping):
        raise click.UsageError("--keep and --mapping are for --names.")
    if not all(word.strip() for word in keep):
        raise click.UsageError("--keep: name a word that stays; this one is empty.")
    if call.mapping == STANDARD_STREAM:
        raise click.UsageError("--mapping: the stand-ins go to a file, which is read again; name one.")
    with together():
        call.present(_copied(call, package, call.product, _known(call.mapping, keep) if names else False))
    return OK


def _restored(call: Call, text: str, *, alone: bool) -> int:
    """Write a text about a copy with the words in the place of their stand-ins."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.archive.zip.format import LOCAL_SIGNATURE
    from assetpkg.authoring.redact.names.mapping import read_names, restore
    from assetpkg.package.reading import read_bytes

    if call.mapping is None or not alone:
        raise click.UsageError("--restore needs --mapping, and excludes --names, --keep and --format.")
    if not Path(call.mapping).exists():
        raise CannotRead(f"cannot read '{call.mapping}': no such file or directory")
    content = read_bytes(text, call.settings.reading_limits)
    if content.startswith(LOCAL_SIGNATURE):
        raise InvalidOption(f"'{text}' is a zip: --restore reads back a text, such as an answer about the copy")
    restored = restore(content, read_names(call.mapping))
    if call.product == STANDARD_STREAM:
        pour_out(restored)
    else:
        write_file(call.product, [restored], private=True)
        note(f"{call.product} has the words in the place of their stand-ins, and can be read by you alone")
    return OK


def _known(mapping: str | None, keep: tuple[str, ...]) -> "Names":
    """Return the stand-ins that there are already."""
    from assetpkg.authoring.redact.names.mapping import read_names
    from assetpkg.authoring.redact.names.stand_ins import Names

    return Names(keep=keep) if mapping is None else read_names(mapping, keep)


def _save(mapping: str | None, names: "Names | None") -> None:
    from assetpkg.archive.write_file import write_file
    from assetpkg.authoring.redact.names.mapping import dump_names

    if mapping is not None and names is not None:
        write_file(mapping, [dump_names(names)], private=True)


def _copied(call: Call, package: str, copy: str, names: "Names | Literal[False]") -> "RedactReport":
    """Write the copy, and return the report of it."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.authoring.redact.redact import redact, redact_snapshot
    from assetpkg.package.package import Package
    from assetpkg.package.reading import origin_of, read_either
    from assetpkg.report.authoring import report_redact

    settings = call.settings
    subject = read_either(
        package, limits=settings.reading_limits, names_encoding=settings.names_encoding, layouts=call.layouts
    )
    suffix = Path(copy).suffix.lower()
    if not isinstance(subject, Package):
        snapshot = redact_snapshot(subject.read_at(0, subject.size), origin_of(package), names=names)
        if copy != STANDARD_STREAM and suffix != ".json":
            raise CannotWrite(f"'{copy}' would be the copy of a snapshot; name a file that ends in .json")
        _save(call.mapping, snapshot.names)
        if copy == STANDARD_STREAM:
            pour_out(snapshot.content)
        else:
            write_file(copy, [snapshot.content])
        return report_redact(told_as(copy), snapshot.instance.name, snapshot.instance.digest, snapshot)
    if suffix == ".json":
        raise CannotWrite(f"'{copy}' would be the copy of a package; name a zip or a folder")
    redaction = redact(subject, names=names)
    _save(call.mapping, redaction.names)
    put_either(redaction.package, copy, settings.policy)
    return report_redact(told_as(copy), redaction.package.name, redaction.package.digest, redaction)
