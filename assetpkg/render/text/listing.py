"""The human format of what there is: the content of a package, and the rules."""

from collections.abc import Iterable, Iterator

from assetpkg import documents
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, left_out, pad, printable, printable_json, unused_files, width_of
from assetpkg.report.check import RuleReport, RulesReport
from assetpkg.report.order import OrderReport
from assetpkg.report.show import ResourceReport, ShowReport

_MOST_UNREAD = 20
"""How many entries that could not be read are reported one by one."""


def render_show(report: ShowReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return the tree of a package, or, of a single resource, its document; `in_full` all documents."""
    if in_full:
        from assetpkg.render.text.documents import document_lines

        return "\n".join(document_lines(report)) + "\n"
    if len(report.resources) == 1 and report.resources[0].document is not None:
        return "\n".join(_single(report.resources[0])) + "\n"
    return "\n".join(_tree(report, screen)) + "\n"


def render_unread(report: ShowReport, package: str) -> str:
    """Return a line for each entry that could not be read, of very many the first; nothing where all could."""
    lines = [
        f"cannot read '{printable(found.entry or package)}': {printable(found.reason)}"
        for found in report.unread[:_MOST_UNREAD]
    ]
    lines += left_out(len(report.unread) - _MOST_UNREAD, "", how="; run 'assetpkg check' to see them")
    return "".join(f"{line}\n" for line in lines)


def render_rules(report: RulesReport, screen: Screen) -> str:
    """Return the list of rules, or the page of a single one."""
    if len(report.rules) == 1 and report.rules[0].page is not None:
        return "\n".join(_page(report.rules[0], screen)) + "\n"
    width = max(len(rule.slug) for rule in report.rules)
    heads = ((rule, f"{rule.code}  {rule.severity:<7}  {rule.slug:<{width}}  ") for rule in report.rules)
    return "\n".join(line for rule, head in heads for line in indent(rule.title, head, screen)) + "\n"


def _page(rule: RuleReport, screen: Screen) -> Iterator[str]:
    yield f"{rule.code} {rule.slug} ({rule.severity})"
    for paragraph in (rule.page or "").split("\n\n"):
        yield ""
        yield from indent(paragraph.replace("\n", " "), "", screen)
    yield ""
    yield from indent(rule.source, "Source: ", screen)
    if rule.url is not None:
        yield f"        {rule.url}"


def _tree(report: ShowReport, screen: Screen) -> Iterator[str]:
    version = f", asset version {printable(report.asset_version)}" if report.asset_version else ""
    yield screen.paint(printable(report.name), "bold") + version
    yield f"{plural(len(report.resources), 'resource')} in {plural(report.files, 'file')}, {report.size:,} bytes"
    if report.unused_files:
        yield unused_files(report.unused_files)
    if report.sha256 is not None:
        yield f"content sha256 {report.sha256}"
    for title, members in _by_kind(report.resources) if report.order is None else _by_wave(report, report.order):
        yield f"\n{screen.paint(title, 'bold')} ({len(members)})"
        width = max(width_of(printable(member.address)) for member in members)
        for member in members:
            known = printable(member.id) + ("" if member.id_given else " (derived)")
            line = f"  {pad(printable(member.address), min(width, screen.width - 40))}  {known}"
            if width_of(line) > screen.width:
                yield from indent(printable(member.address), "  ", screen, wide=True)
                line = f"    {known}"
            yield line


def _by_kind(resources: Iterable[ResourceReport]) -> Iterator[tuple[str, list[ResourceReport]]]:
    grouped: dict[str, list[ResourceReport]] = {}
    for resource in resources:
        grouped.setdefault(resource.kind, []).append(resource)
    yield from grouped.items()


def _by_wave(report: ShowReport, order: OrderReport) -> Iterator[tuple[str, list[ResourceReport]]]:
    known = {resource.address: resource for resource in report.resources}
    for number, wave in enumerate(order.waves, 1):
        yield f"Wave {number}", [known[address] for address in wave]


def _single(resource: ResourceReport) -> Iterator[str]:
    yield f"{printable(resource.address)}"
    yield f"id {printable(resource.id)}{'' if resource.id_given else ' (derived)'}"
    yield f"{printable(resource.entry)}, {resource.size:,} bytes"
    yield f"sha256 {resource.sha256 or '(not shown: the credentials below could be guessed from it)'}"
    yield ""
    yield printable_json(documents.indented(resource.document))
