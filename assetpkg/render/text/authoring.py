"""Packages made of packages for a person's screen: what was redacted, what was cut, and the sheet to work by."""

from collections.abc import Iterator
from itertools import groupby

from assetpkg.diagnostics.sentences import plural
from assetpkg.planning.request import NOTE
from assetpkg.render.markdown.marks import plain
from assetpkg.render.screen import Screen, indent, printable
from assetpkg.report.authoring import BatchReport, NamesReport, RedactReport, ReplacementReport, SplitReport
from assetpkg.report.new import NewReport

_SORTS = {
    "word": ("word", ""),
    "number": ("number", ""),
    "id": ("id", ""),
    "address": ("IP address", "IP addresses"),
}
_PARTS = {"value": "", "key": " (the key)", "name": "(the file's name)"}


def render_redact(report: RedactReport, screen: Screen) -> str:
    """Return what was replaced, file by file, and a line that counts it."""
    return "\n".join(_replaced(report, screen)) + "\n"


def _replaced(report: RedactReport, screen: Screen) -> Iterator[str]:
    for owner, found in groupby(report.replaced, key=lambda each: each.address or each.entry):
        yield screen.paint(printable(owner), "bold")
        for each in found:
            place = f"  {printable(_part(each))}".rstrip()
            line = f"{place}  {each.placeholder or 'null'}"
            if len(line) <= screen.width:
                yield line
            else:
                yield from indent(place.strip(), "  ", screen)
                yield f"    {each.placeholder or 'null'}"
    if report.replaced:
        yield ""
    yield from indent(_total(report), f"{printable(report.copy)}: ", screen)
    if report.names is not None:
        yield from _stand_ins(report.names, screen)
    yield f"content sha256 {report.sha256}"


def _part(each: ReplacementReport) -> str:
    return f"{each.pointer or ('(the text)' if each.part == 'value' else '')}{_PARTS[each.part]}"


def _stand_ins(names: NamesReport, screen: Screen) -> Iterator[str]:
    if not names.stand_ins:
        yield "no name was found that is not the format's own"
    for each in names.stand_ins:
        yield f"  {plural(each.words, *_SORTS[each.sort])} in {plural(each.places, 'place')}"
    for entry in names.emptied:
        yield from indent(f"{printable(entry)}: no text, so that all bytes are zero", "  ", screen)


def _total(report: RedactReport) -> str:
    summary = report.summary
    if report.names is not None and not summary.places:
        return "no credential was found; stand-ins"
    if not summary.places:
        return "no credential was found; the content is the same"
    placeholders = plural(summary.placeholders, "placeholder")
    return f"credentials replaced in {plural(summary.places, 'place')}, by {placeholders}"


def render_new(report: NewReport, screen: Screen) -> str:
    """Return the files that were made."""
    del screen
    folder = report.package.removesuffix("/")
    return "".join(f"made {printable(f'{folder}/{file.entry}')}\n" for file in report.made)


def render_split(report: SplitReport, screen: Screen) -> str:
    """Return the packages, with what they hold and what has to be there before."""
    return "\n".join(_packages(report, screen)) + "\n"


def render_run_sheet(report: SplitReport) -> str:
    """Return the order of the imports as Markdown, with a box to tick for each."""
    return "\n".join(_sheet(report)) + "\n"


def _packages(report: SplitReport, screen: Screen) -> Iterator[str]:
    count = len(report.batches)
    yield from indent(f"{printable(report.package.name)} in {plural(count, 'package')}{_limit(report)}", "", screen)
    for batch in report.batches:
        yield from indent(f"{batch.file}: {_held(batch)}", "  ", screen)
        if batch.needs:
            yield from indent(f"after {', '.join(batch.needs)}", "      ", screen)
    for circle in report.circles:
        yield from indent(_circling(" > ".join(map(printable, (*circle, circle[0])))), "", screen)


def _circling(around: str) -> str:
    return (
        f"These call each other by scheduled API tasks: {around}. None of them can be imported whole before the other,"
        " so those tasks are in a later package than the APIs that they call."
    )


def _limit(report: SplitReport) -> str:
    if len(report.batches) == 1:
        return f": nothing had to be split, with at most {report.limit} in one import"
    fewest = "there cannot be fewer" if report.fewest else "fewer may be possible"
    if report.together:
        return f", at most {report.limit} of applications and tasks together in each; {fewest}"
    return f", at most {plural(report.limit, 'application')} and {plural(report.limit, 'task')} in each; {fewest}"


def _held(batch: BatchReport) -> str:
    counted = ", ".join(f"{what} {count:,}" for what, count in batch.counts.items())
    return plural(len(batch.resources), "resource") + (f" ({counted})" if counted else "")


def _sheet(report: SplitReport) -> Iterator[str]:
    yield f"# {plain(report.package.name)}: imports in this order"
    yield ""
    yield (
        "One import at a time: the next one begins when the job of the one before has succeeded. What a part refers to"
        " is in it, or in a part before it. A later part names what an earlier one has brought by the id in the"
        " package, and the target may have given it a new one: it is not documented that an import finds it by the old"
        " one. Check that with the first two parts."
    )
    yield ""
    yield f"{NOTE[:1].upper()}{NOTE[1:]}."
    for circle in report.circles:
        yield ""
        yield _circling(" > ".join(map(plain, (*circle, circle[0]))))
    for number, batch in enumerate(report.batches, 1):
        yield ""
        yield f"- [ ] {number}. `{batch.file}`: {_held(batch)}"
        if batch.needs:
            yield f"  - after {', '.join(f'`{file}`' for file in batch.needs)}"
        yield f"  - `{batch.request}`"
        yield f"  - content sha256 `{batch.sha256}`"
