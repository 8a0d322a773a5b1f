"""What Git hands over to a program that merges: `%O %A %B %P`, the base, ours, theirs, and the path.

What is merged is written over ours. Where both sides clash, ours stays as it is, without any mark of a conflict in it,
and the status is 1, by which Git knows that there is a conflict.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.git import kind_at
from assetpkg.cli.outputs import note
from assetpkg.diagnostics.sentences import plural
from assetpkg.errors import AssetpkgError, InvalidPackage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetpkg.cli.call import Call
    from assetpkg.documents.rewriting import Source
    from assetpkg.package.package import Package
    from assetpkg.resource.joining import Side
    from assetpkg.resource.walk import Fields
    from assetpkg.simulation.merging.clashes import Clash

_WORDS = 4
_OURS, _THEIRS = "ours", "theirs"
_DRIVER = "assetpkg merge --git --prefer b -- %O %A %B %P"


def merge_for_git(call: "Call", words: "Sequence[str]", prefer: "Side | None", *, is_plain: bool) -> int:
    """Merge one file, and return the status for Git.

    Raises `click.UsageError` for other arguments than those of Git, and `InvalidPackage` for what cannot be merged;
    ours is as it was then, which is a conflict for Git, too.
    """
    if len(words) != _WORDS or not is_plain:
        raise click.UsageError(
            f"--git takes the 4 arguments %O %A %B %P, and neither --base nor --output; there are {len(words)}. "
            "'assetpkg setup git' prints how Git is set up."
        )
    base, ours, theirs, path = words
    try:
        clashes = _merge(call, (base, ours, theirs), path, prefer)
    except AssetpkgError as error:
        reason = str(error)
        for file, word in ((base, "the base"), (ours, _OURS), (theirs, _THEIRS)):
            if not file or file.isalpha():
                continue  # it could be any word of the sentence; Git's own names begin with a dot
            reason = re.sub(rf"(?<![\w./]){re.escape(file)}(?![\w./])", word, reason)
        raise InvalidPackage(f"'{path}' is not merged, and has what {_OURS} has: {reason}") from None
    if clashes:
        _tell(clashes, path)
    return FOUND if clashes else OK


def _merge(call: "Call", files: tuple[str, str, str], path: str, prefer: "Side | None") -> "Sequence[Clash]":
    from assetpkg.package.layout import OWN

    if not path.endswith(".json"):
        return _merge_packages(call, files, prefer)
    if path.rpartition("/")[2] == OWN.manifest:
        from assetpkg.kinds.kind import fields_of
        from assetpkg.package.manifest import Manifest

        return _merge_documents(call, files, path, fields_of(Manifest), prefer)
    kind = kind_at(path)
    if kind is None:
        raise InvalidPackage("it is not a package, nor in a folder of one that is for resources; merge it by hand")
    from assetpkg.kinds import KINDS
    from assetpkg.kinds.kind import fields_of

    return _merge_documents(call, files, path, fields_of(KINDS[kind]), prefer)


def _merge_packages(call: "Call", files: tuple[str, str, str], prefer: "Side | None") -> "Sequence[Clash]":
    """Merge zips, each as a whole package; without a base, it was added on both sides."""
    from assetpkg.package.packing import write
    from assetpkg.simulation.merging.merge import merge

    base, ours, theirs = files
    a, b = call.open(ours), call.open(theirs)
    found = merge(a, b, None if _is_empty(base) else call.open(base), prefer=prefer)
    if found.package is not None and found.package.digest != a.digest:
        _write_package(found.package, b, ours, theirs, write)
    return found.clashes


def _write_package(package: "Package", b: "Package", ours: str, theirs: str, write: Any) -> None:
    if package.digest != b.digest:
        write(package, ours)
        return
    from assetpkg.archive.write_file import write_file

    write_file(ours, [Path(theirs).read_bytes()])


def _is_empty(file: str) -> bool:
    """Say whether a file has nothing in it, as the base has that Git makes for what both sides have added."""
    try:
        return Path(file).stat().st_size == 0
    except OSError:
        return False  # it is for who reads it to say


def _merge_documents(
    call: "Call", files: tuple[str, str, str], path: str, fields: "Fields", prefer: "Side | None"
) -> "Sequence[Clash]":
    """Merge documents of one class, member by member."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.resource.joining import join_documents
    from assetpkg.simulation.merging.clashes import Clash, clash_of_field
    from assetpkg.simulation.merging.groups import no_meanings

    is_new = _is_empty(files[0])
    old: Mapping[str, Any] = {} if is_new else _read(call, files[0]).document
    sources = _read(call, files[1]), _read(call, files[2])
    found = join_documents(fields, old, sources, no_meanings(), prefer)
    clashes = [clash_of_field(path, each) for each in found.clashes]
    if is_new and found.text != sources[0].text and prefer is None and not clashes:
        # Each side has made one of its own: what only one of them says was not agreed upon.
        clashes = [Clash(word="content", address=path, pointers=tuple(_more(*sources)))]
    if all(clash.settled is not None for clash in clashes):
        if found.text != sources[0].text:
            write_file(files[1], [found.text.encode()])
        return ()
    return clashes


def _more(ours: "Source", theirs: "Source") -> list[str]:
    from assetpkg.documents import join_pointer

    return [join_pointer([key]) for key, value in theirs.document.items() if ours.document.get(key) != value]


def _read(call: "Call", file: str) -> "Source":
    from assetpkg import documents
    from assetpkg.documents.rewriting import Source
    from assetpkg.package.reading import read_document

    limits = call.settings.reading_limits
    try:
        content = read_document(file, limits)
        document = documents.parse(content, limits)
    except documents.InvalidDocument as error:
        raise InvalidPackage(f"{file} cannot be read: {error}") from None
    if not isinstance(document, dict):
        raise InvalidPackage(f"{file} is not a JSON object")
    return Source(documents.decode(content), document)


def _tell(clashes: "Sequence[Clash]", path: str) -> None:
    """Say on standard error what clashes, and how that is settled."""
    from shlex import quote

    places = plural(len(clashes), "place")
    note(f"'{path}' is not merged, and has what {_OURS} has: {_OURS} and {_THEIRS} clash in {places}")
    for clash in clashes:
        note(clash.tell(_OURS, _THEIRS))
    here = quote(f":(top,literal){path}")
    driver = quote(f"merge.assetpkg.driver={_DRIVER}")
    note(
        f"to merge it, with {_THEIRS} where they clash (or {_OURS}, by --prefer a): "
        f"git -c {driver} checkout -m -- {here}"
    )
    note(f"or change it by hand; after that: git add -- {here}")
