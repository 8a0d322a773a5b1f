"""An archive held against the layouts that are taught: the one that fits, applied, or why none is."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Located, fault_of
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.finding import NotTaken
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.nesting import INTO, Nest
from assetpkg.layouts.recognising import fits
from assetpkg.layouts.view import View


class Seen(NamedTuple):
    """What came of it: a view, if one layout fits, or what is wrong."""

    view: View | None = None
    faults: tuple[Located, ...] = ()


def see(archive: Archive, layouts: Sequence[LayoutFile], own: str | None = None) -> Seen:
    """Return an archive seen through the one of the layouts that fits; `own` names another that fits already."""
    known: dict[str, Any] = {}
    fitting: list[tuple[LayoutFile, Nest]] = []
    for layout in dict.fromkeys(layouts):
        nest = _nest(archive, layout, known)
        if nest is not None and fits(layout, nest.entries, archive.limits, known):
            fitting.append((layout, nest))
    names = [*([own] if own is not None else []), *(f"'{layout.name}'" for layout, _ in fitting)]
    if not fitting:
        return Seen()
    if len(names) > 1:
        message = f"the layouts {names[0]} and {names[1]} both fit, so nobody knows what its entries are"
        return Seen(faults=(("", fault_of("layout-doubt", message, archive.limits)),))
    try:
        layout, nest = fitting[0]
        return Seen(View(layout, archive, nest))
    except NotTaken as refused:
        return Seen(faults=(("", refused.fault),))


def _nest(archive: Archive, layout: LayoutFile, known: dict[str, Any]) -> Nest | None:
    """Return the entries of an archive, and of those in it, if what is outside of these has the marks."""
    if not layout.archives:
        return Nest(archive, ())
    outside = layout.model_copy(update={"marks": _outside(layout)})
    if not fits(outside, archive.entries, archive.limits, known):
        return None
    return Nest(archive, [glob_of(text) for text in layout.archives])


def _outside(layout: LayoutFile) -> Any:
    """Return the marks that are in no archive of the archive: only if they are there is one of these opened."""
    marks = layout.marks
    return marks.model_copy(
        update={
            "entries": [text for text in marks.entries if INTO not in text],
            "values": [mark for mark in marks.values if INTO not in mark.entry],
        }
    )
