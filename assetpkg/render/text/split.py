"""The packages that one was cut into: for a person's screen, and as the sheet to work by."""

from collections.abc import Iterator

from assetpkg.render.markdown.escape import plain
from assetpkg.render.screen import Screen, indent, plural, printable
from assetpkg.report.authoring import BatchReport, SplitReport


def render_split(report: SplitReport, screen: Screen) -> str:
    """Return the packages, with what they hold and what has to be there before."""
    return "\n".join(_lines(report, screen)) + "\n"


def render_run_sheet(report: SplitReport) -> str:
    """Return the order of the imports as Markdown, with a box to tick for each."""
    return "\n".join(_sheet(report)) + "\n"


def _lines(report: SplitReport, screen: Screen) -> Iterator[str]:
    count = len(report.batches)
    yield from indent(f"{printable(report.package.name)} in {plural(count, 'package')}{_told(report)}", "", screen)
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


def _told(report: SplitReport) -> str:
    if len(report.batches) == 1:
        return f": nothing had to be cut, at {report.limit} for one import"
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
        " package, and the target may have given it a new one: no page says that an import finds it nevertheless."
        " Check that with the first two parts."
    )
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
