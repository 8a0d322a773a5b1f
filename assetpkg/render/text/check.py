"""The human format of what was found in packages."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.causes import causes_of
from assetpkg.render.findings import found_in_words
from assetpkg.render.screen import LineOf, Screen, indent, printable, unused_files
from assetpkg.render.text.accepted import accepted_lines
from assetpkg.render.text.findings import Places, cause_lines, rule_of
from assetpkg.report.check import CheckedPackage, CheckReport, FixReport, LayoutReport, PackagesReport

_MOST_CAUSES = 100
"""How many causes of one rule are shown of one package on a screen."""


def render_check(report: CheckReport, screen: Screen, *, in_full: bool = False, line_of: LineOf | None = None) -> str:
    """Return the findings, package by package, and a line that counts them; `in_full`, every place of each cause."""
    lines = [
        line for package in report.packages for line in _checked(package, screen, in_full=in_full, line_of=line_of)
    ]
    accepted = [each for package in report.packages for each in package.accepted]
    lines += accepted_lines(accepted, screen, in_full=in_full)
    return "\n".join([*lines, *_check_total(report)]) + "\n"


def render_packages(report: PackagesReport, screen: Screen) -> str:
    """Return the packages that would be checked, one a line."""
    del screen
    return "".join(f"{printable(path)}\n" for path in report.packages)


def _checked(package: CheckedPackage, screen: Screen, *, in_full: bool, line_of: LineOf | None) -> Iterator[str]:
    if package.failure is not None:
        yield printable(package.path)
        head, *more = indent(printable(package.failure), "  error: ", screen)
        yield from (screen.severity("error", "  error:") + head[len("  error:") :], *more)
        return
    for each in package.fixes or ():
        yield from _fix_lines(package, each, screen)
    places = Places(package, line_of)
    causes: Counter[str] = Counter()
    beyond: Counter[str] = Counter()
    for cause in causes_of(package.diagnostics):
        rule = rule_of(cause[0])
        causes[rule] += 1
        if in_full or screen.endless or causes[rule] <= _MOST_CAUSES:
            yield from cause_lines(cause, places, screen, in_full=in_full)
        else:
            beyond[rule] += len(cause)
    for rule, number in beyond.items():
        yield f"… and {plural(number, 'more finding')} of {rule} (--details)"
    if package.layout is not None:
        yield from coverage_lines(package.path, package.layout, screen)


_FIXES = {"fixed": "fixed", "fixable": "would fix", "left": "not fixed"}


def _fix_lines(package: CheckedPackage, fix: FixReport, screen: Screen) -> Iterator[str]:
    """Yield what became of a file, or would, and its diff, if there is one."""
    from assetpkg.render.places import INTO, file_of
    from assetpkg.render.text.fmt import diff_lines

    file = file_of(package, fix.entry)
    place = printable(f"{file.path}{INTO}{file.inside}" if file.inside else file.path)
    renamed = "" if fix.renamed_to is None else f", renamed to {fix.renamed_to}"
    reason = "" if fix.reason is None else f": {fix.reason}"
    told = printable(f"{', '.join(fix.codes)}{renamed}{reason}")
    yield from indent(told, f"{_FIXES[fix.state]} {place}: ", screen)
    yield from diff_lines(fix.diff or (), screen)


def coverage_lines(path: str, layout: LayoutReport, screen: Screen) -> Iterator[str]:
    """Yield how much of an archive its layout covers, and the places that it does not."""
    version = f", asset version {layout.asset_version}" if layout.asset_version else ""
    entries = f"{layout.entries_covered:,} of {plural(layout.entries, 'entry', 'entries')}"
    line = f"layout '{layout.layout}': {plural(layout.resources, 'resource')} in {entries}{version}; {covered(layout)}"
    yield from indent(printable(line), f"{printable(path)}: ", screen)
    if layout.left:
        yield "  not covered, and it is not known what an import does with it:"
    for left in layout.left:
        number = f"{plural(left.number, 'place')}, " if left.number > 1 else ""
        yield f"    {printable(f'{left.entry} {left.pointer}'.rstrip())}  {number}{plural(left.size, 'byte')}"
    if layout.left_more:
        yield f"    … and {plural(layout.left_more, 'more place')}"


def covered(layout: LayoutReport) -> str:
    """Say how many bytes of an archive its layout covers."""
    return f"{layout.bytes_covered:,} of {plural(layout.bytes, 'byte')} covered"


def _check_total(report: CheckReport) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for package in report.packages:
        counts.update(found.severity for found in package.diagnostics)
    failed = sum(package.failure is not None for package in report.packages)
    checked = plural(len(report.packages) - failed, "package")
    found = found_in_words(counts)
    unread = f"; {plural(failed, 'file')} could not be read" if failed else ""
    number = sum(package.unused_files or 0 for package in report.packages)
    idle = f"; {unused_files(number)}" if number else ""
    nothing = "nothing else found" if any(package.accepted for package in report.packages) else "nothing found"
    looked_at = f": {found or nothing}" if len(report.packages) > failed else ""
    yield f"{checked} checked{looked_at}{idle}{unread}"
