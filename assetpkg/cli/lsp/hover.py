"""What is said about the thing at a cursor, as Markdown in which no text of a package is a mark."""

from collections.abc import Iterator, Sequence

from assetpkg.cli.lsp.findings import Shown
from assetpkg.cli.lsp.point import Point
from assetpkg.cli.lsp.project import Project
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import first_few, plural
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, Kind, members_of
from assetpkg.kinds.markers import Ref
from assetpkg.kinds.part import Part
from assetpkg.package.index import Resource
from assetpkg.render.markdown.marks import code, plain, shorten, words
from assetpkg.report.docstrings import field_docstrings

_MOST_WORDS = 30
_MOST_RULES = 5


def tell(point: Point | None, project: Project, entry: str, found: Sequence[Shown] = ()) -> str | None:
    """Return what is known of the thing at a point of a document, and of the rules of what was `found` there."""
    parts = [*(_parts(point, project, entry) if point is not None else ()), *_rules(found)]
    return "\n\n".join(parts) or None


def meaning_of(part: type[Part] | None, key: str) -> str:
    """Return what a member of a class means; empty where nobody says it."""
    name = "" if part is None else members_of(part).get(key, ("", None))[0]
    return field_docstrings(part).get(name, "") if part is not None and name else ""


def _parts(point: Point, project: Project, entry: str) -> Iterator[str]:
    field, part = point.field, point.part
    if point.key and field is not None and not field.foreign:
        yield f"**{code(point.key)}** {meaning_of(part, point.key)}".rstrip()
        yield from _facts(field, point)
    reference = point.reference
    if reference is not None:
        yield _referred(project, project.package.index.resolve(reference), reference.kind, certain=reference.certain)
    kind = project.part_of(entry)
    if kind is not None and issubclass(kind, Kind) and field is not None and not field.foreign:
        yield f"{plain(kind.title)}: {_page(kind.page)}"


def _facts(field: Field, point: Point) -> Iterator[str]:
    if point.is_hidden:
        yield "A credential: nothing of it is shown."
    if field.required:
        yield "It has to be there."
    words = list(dict.fromkeys(field.choices.values()))
    if words:
        yield f"One of: {first_few(words, _MOST_WORDS, code)}."
    reference = field.marker(Ref)
    if reference is not None:
        kind = KINDS[reference.kind]
        yield f"It refers to: {plain(kind.title)}, by {' or '.join(map(code, reference.by))}."


def _referred(project: Project, found: Resource | None, kind: str, *, certain: bool) -> str:
    """Return what is said of the resource that is referred to."""
    if found is None:
        where = "no resource of this package; the target has to have it" if certain else "nothing in this package"
        return f"→ {where} ({plain(KINDS[kind].title)})."
    users = sum(1 for _ in users_of(project, found))
    used = f"; it is used in {plural(users, 'place')}" if users else ""
    return f"→ {plain(found.kind.title)} {code(shorten(found.address))} in {code(shorten(found.entry))}{used}."


def users_of(project: Project, used: Resource) -> "Iterator[tuple[Resource, str]]":
    """Yield what refers to a resource, each with the pointer to the place in it."""
    from assetpkg.package.index import lookups

    seen: set[tuple[str, str]] = set()
    for by, value in dict.fromkeys(lookups(used)):
        for user, reference in project.package.index.users_by(used, by, value):
            if (user.address, reference.pointer) not in seen:
                seen.add((user.address, reference.pointer))
                yield user, reference.pointer


def _rules(found: Sequence[Shown]) -> Iterator[str]:
    """Yield the title and the page of each rule by which something was found."""
    known = {each.code: each for each in found if each.title}
    for each in list(known.values())[:_MOST_RULES]:
        source = f"[{plain(each.source)}](<{each.url}>)" if each.url else plain(each.source)
        yield f"**{each.code}** {words(each.title)}. {source}".rstrip()
    if len(known) > _MOST_RULES:
        yield f"… and {plural(len(known) - _MOST_RULES, 'more rule')}."


def _page(page: Page) -> str:
    return f"[{plain(page)}](<{page.address}>)" if page.address else plain(page)
