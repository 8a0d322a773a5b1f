"""An archive made ready to be read as a package: seen through a layout that is taught, unwrapped, and made whole."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Located
from assetpkg.diagnostics.sentences import first_few
from assetpkg.package.beside import as_whole
from assetpkg.package.layout import Layout
from assetpkg.package.wrapping import unwrap

if TYPE_CHECKING:
    from assetpkg.layouts.declaration import LayoutFile

_NAMED_AT_MOST = 5
"""How many layouts a message names."""


class Prepared(NamedTuple):
    """An archive as its layout shows it; why no layout that is taught could be applied, and in what it was packed."""

    archive: Archive
    layout: Layout
    not_applied: tuple[Located, ...] = ()
    wrapped: tuple[Located, ...] = ()


def prepare(archive: Archive, layout: Layout, layouts: Sequence["LayoutFile"] = (), *, lifted: bool = True) -> Prepared:
    """Return an archive as the one of the `layouts` shows it that fits, or else as one of `layout`.

    Documents of an older asset version are as those of the newest, unless they are not to be `lifted`.
    """
    not_applied: tuple[Located, ...] = ()
    wrapped: tuple[Located, ...] = ()
    if layouts:
        from assetpkg.package.foreign import seen

        archive, layout, not_applied = seen(archive, layouts)
    if layout.is_own:
        archive, wrapped = unwrap(archive, layout.manifest)
    return Prepared(as_whole(archive, layout, lifted=lifted), layout, not_applied, wrapped)


def without_fit(
    faults: Iterable[Located], layouts: Sequence["LayoutFile"], not_applied: Sequence[Located]
) -> list[Located]:
    """Return the faults of an archive of no known layout: that it has no manifest is said only where that is why."""
    names = first_few(layouts, _NAMED_AT_MOST, lambda layout: f"'{layout.name}'")
    hint = f"none of the layouts that are taught ({names}) fits; see its marks, or propose one with 'assetpkg learn'"
    return [
        (entry, fault._replace(hint=hint) if fault.slug == "no-manifest" else fault)
        for entry, fault in faults
        if not (not_applied and fault.slug == "no-manifest")
    ]
