"""The checklist as Markdown."""

from collections.abc import Iterator
from itertools import groupby

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.markdown.marks import code, plain
from assetpkg.report.outcome import ChecklistReport, ItemReport
from assetpkg.report.plan_effects import RequestReport

_INSTANCE = {"migration": "another instance than the source", "recovery": "the same instance as the source"}
_HEADINGS = {"before": "Before the import", "after": "After the import"}


def render_checklist(report: ChecklistReport) -> str:
    """Return the lists as Markdown, with a box to tick for each item, each in one line: a mark must not be broken."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ChecklistReport) -> Iterator[str]:
    yield f"# {code(report.package.name)}: before and after the import"
    yield ""
    yield _introduction(report)
    for phase, heading in _HEADINGS.items():
        if phase == "after":
            yield from _call(report.request)
        items = [item for item in report.items if item.phase == phase]
        yield ""
        yield f"## {heading}"
        if not items:
            yield ""
            yield "Nothing that the package asks for."
        for _, members in groupby(items, key=lambda item: item.type):
            yield from _section(list(members))


def _introduction(report: ChecklistReport) -> str:
    mode = report.options.mode
    into = f" into {code(report.target.name)}" if report.target else ""
    why = {
        "asked": "as asked",
        "instances": f"the target is {_INSTANCE[report.scenario]}",
        "mode": f"assumed, since the mode is {mode}",
    }[report.scenario_because]
    there = sum(item.there for item in report.items)
    told = ["**The import is blocked.** See `assetpkg plan` for what is in its way."] if report.blocked else []
    told += [f"{report.scenario.capitalize()} with {mode}{into} ({why}): {plural(len(report.items), 'item')}."]
    if report.target is None:
        told.append("Without a target, nothing is known to be there.")
    elif there:
        told.append(f"{there:,} of them ticked: on the target already.")
    if report.options.prefix:
        told.append(f"Names are those before the prefix {code(report.options.prefix)}.")
    if report.usual_mode != mode:
        told.append(f"For a {report.scenario}, the user guide chooses {report.usual_mode}.")
    return " ".join(told)


def _call(request: RequestReport) -> Iterator[str]:
    """Yield the call of the import, and what a client has to know."""
    yield ""
    yield "## The import"
    yield ""
    yield code(f"{request.method} {request.path}?{request.query_string}")
    yield ""
    file = code(request.file_name) if request.file_name else "the zip, once it is packed"
    note = plain(f"{request.note[:1].upper()}{request.note[1:]}")
    yield f"The form field {code(request.form_field)} has {file}. {note}."


def _section(items: list[ItemReport]) -> Iterator[str]:
    yield ""
    yield f"### {items[0].title}"
    yield ""
    yield f"{items[0].page}."
    yield ""
    for item in items:
        box = "[x]" if item.there else "[ ]"
        yield f"- {box} {code(item.subject)}: {item.text}"
        if item.names:
            yield f"  - {', '.join(map(code, item.names))}"
        yield f"  - id {code(item.id)}"
