"""The laws that a document's fields have among each other, and what breaks them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from assetpkg.credentials.masking import mask_text
from assetpkg.credentials.spans import LazyPattern
from assetpkg.diagnostics.model import Fault
from assetpkg.diagnostics.values import shown
from assetpkg.documents import join_pointer
from assetpkg.kinds import laws
from assetpkg.kinds.laws import ANYTHING, Law, at, holds, is_missing
from assetpkg.resource.walk import Fields, Node, Step

_BRACES = LazyPattern(r"\{([^{}/]*)\}")


class Whole:
    """The document around everything that has a law; a list whose items laws name is read but once."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take a document, of which nothing was read yet."""
        self.document = document
        self._names: dict[str, set[str]] = {}
        self._headers: dict[str, set[str]] = {}

    def names_in(self, items: str) -> set[str]:
        """Return the names of the items of a list of the document."""
        if items not in self._names:
            self._names[items] = {
                name
                for item in self._listed(items)
                if isinstance(item, dict) and isinstance(name := item.get("name"), str)
            }
        return self._names[items]

    def headers_in(self, items: str) -> set[str]:
        """Return the names of those items of a list of the document that are headers, in small letters."""
        if items not in self._headers:
            found = [item for item in self._listed(items) if isinstance(item, dict)]
            names = [item.get("name") for item in found if _folded(item.get("location")) == "HEADER"]
            self._headers[items] = {name.casefold() for name in names if isinstance(name, str)}
        return self._headers[items]

    def _listed(self, items: str) -> list[Any]:
        found = self.document.get(items)
        return found if isinstance(found, list) else []


def find_breaches(law: Law, node: Node, whole: Whole) -> Iterable[Fault]:
    """Return what breaks the `law` of the member at `node` of a document."""
    return () if node.value is None else _FINDERS[type(law)](law, node, whole)


# Nearly all laws are kept: a function for one returns nothing as soon as it sees that, and makes only then what tells
# of the breach.


def _required(law: laws.Requires, node: Node, whole: Whole) -> Iterable[Fault]:
    value, parent = node.value, node.parent
    if not isinstance(value, (str, int)) or is_missing(value):
        return ()
    needed = law.needs.get(_folded(value), law.needs.get(ANYTHING, ()))
    blank = [field for field in needed if is_missing(parent.get(field))]
    if not blank or (law.unless is not None and (holds(parent, law.unless) or holds(whole.document, law.unless))):
        return ()
    name = _name(node)
    lacks = [(field, *(("missing", "add") if parent.get(field) is None else ("empty", "fill"))) for field in blank]
    return [
        Fault(
            slug=law.slug,
            message=f"{name} {shown(value)} needs '{field}', which is {lack}",
            hint=f"{fix} '{field}', or change {name}",
            pointer=_pointer(node),
            platform_code=law.platform_code,
        )
        for field, lack, fix in lacks
    ]


def _sort(law: laws.Sorts, node: Node, _: Whole) -> Iterable[Fault]:
    if not isinstance(node.value, str) or _folded(node.value) in law.values:
        return ()
    listed = " and ".join(law.waived)
    message = f"{_name(node)} {shown(node.value)} is a sort whose fields are not published, so {listed} may be missing"
    hint = "check on the target that the import brings all of it"
    return (Fault(slug="unknown-variant", message=message, hint=hint, pointer=_pointer(node)),)


def waived_by(document: Mapping[str, Any], fields: Fields) -> frozenset[str]:
    """Return the required fields that a document does not need, being of a sort whose fields are not published."""
    found: set[str] = set()
    for name in document.keys() & fields.keys():
        law, value = fields[name].marker(laws.Sorts), document[name]
        if law is not None and isinstance(value, str) and _folded(value) not in law.values:
            found.update(law.waived)
    return frozenset(found)


def _any_of(law: laws.AnyOf, node: Node, _: Whole) -> Iterable[Fault]:
    value = node.value
    if not isinstance(value, dict) or not all(is_missing(value.get(field)) for field in law.fields):
        return ()
    names = " nor ".join(f"'{field}'" for field in law.fields)
    hint = f"add '{law.fields[0]}'"
    return (Fault(slug=law.slug, message=f"{_name(node)} has neither {names}", hint=hint, pointer=_pointer(node)),)


def _in_path(law: laws.InPath, node: Node, _: Whole) -> Iterable[Fault]:
    path = at(node.parent, law.path)
    if not isinstance(path, str) or not isinstance(node.value, list):
        return ()
    declared = {
        name: index
        for index, item in enumerate(node.value)
        if isinstance(item, dict)
        and isinstance(where := item.get("location"), str)
        and where.upper() == "PATH"
        and isinstance(name := item.get("name"), str)
    }
    used = dict.fromkeys(_BRACES.findall(path))
    return () if not declared or used.keys() == declared.keys() else _out_of_path(law, node, path, used, declared)


def _out_of_path(
    law: laws.InPath, node: Node, path: str, used: Iterable[str], declared: Mapping[str, int]
) -> Iterator[Fault]:
    words, route = ".".join(law.path), shown(path)
    for name in used:
        if name not in declared:
            yield Fault(
                slug="path-parameter",
                message=f"{words} {route} has {_braced(name)}, but {_name(node)} has no such parameter with location "
                "PATH",
                hint=f"add a parameter '{mask_text(name)}' with location PATH, or fix the path",
                pointer=join_pointer((*node.steps[:-1], *law.path)),
            )
    for name, index in declared.items():
        if name not in used:
            yield Fault(
                slug="path-parameter",
                message=f"parameter '{mask_text(name)}' has location PATH, but {words} {route} has no {_braced(name)}",
                hint=f"write {_braced(name)} into the path, or give the parameter another location",
                pointer=join_pointer((*node.steps, index, "name")),
            )


def _name_in(law: laws.NameIn, node: Node, whole: Whole) -> Iterable[Fault]:
    names, key = whole.names_in(law.items), law.of or _name(node)
    found: list[tuple[Mapping[str, Any], tuple[Step, ...]]] = [(node.parent, node.steps)]
    if law.of is not None:
        items = enumerate(node.value if isinstance(node.value, list) else ())
        found = [
            (item, (*node.steps, index, key))
            for index, item in items
            if isinstance(item, dict) and isinstance(word := item.get(key), str) and word not in names
        ]
    return (
        Fault(
            slug="unknown-parameter",
            message=f"{key} {shown(parent[key])} is not a name in {law.items}",
            hint=f"add it to {law.items}, or use a name from there",
            pointer=join_pointer(steps),
        )
        for parent, steps in found
        if _is_unnamed(law, parent[key], parent, whole)
    )


def _is_unnamed(law: laws.NameIn, word: Any, parent: Mapping[str, Any], whole: Whole) -> bool:
    """Say whether a word in `parent` should be a name, and is none."""
    if not isinstance(word, str) or not word or word in whole.names_in(law.items) or not holds(parent, law.when):
        return False
    return word.casefold() not in whole.headers_in(law.items)


def _reserved(law: laws.Reserved, node: Node, _: Whole) -> Iterable[Fault]:
    if node.value != law.text or not holds(node.parent, law.when):
        return ()
    message = f"{_name(node)} {shown(node.value)} with {law.when[0]} {law.when[1]} is reserved by the platform"
    hint = "use another path or another method"
    return (Fault(slug="reserved-path", message=message, hint=hint, pointer=_pointer(node)),)


def _unsupported(law: laws.Unsupported, node: Node, _: Whole) -> Iterable[Fault]:
    if _folded(node.value) not in law.values:
        return ()
    message = f"{_name(node)} {shown(node.value)} is not supported here yet"
    return (Fault(slug="unsupported-value", message=message, hint=f"use {law.instead}", pointer=_pointer(node)),)


def _without(law: laws.Without, node: Node, _: Whole) -> Iterable[Fault]:
    value = node.value
    found = [character for character in law.characters if isinstance(value, str) and character in value]
    if not found:
        return ()
    message = f"{_name(node)} {shown(value)} has '{found[0]}', which is not supported here"
    hint = f"use a name without {' and '.join(law.characters)}"
    return (Fault(slug="unsupported-value", message=message, hint=hint, pointer=_pointer(node)),)


def _most_bytes(law: laws.MostBytes, node: Node, _: Whole) -> Iterable[Fault]:
    size = len(node.value.encode("utf-8", "replace")) if isinstance(node.value, str) else 0
    if size <= law.size:
        return ()
    message = (
        f"{_name(node)} {shown(node.value)} is {size:,} bytes long; at most {law.size:,} may be allowed, according to "
        f"{law.source}; other sources disagree"
    )
    hint = "follow the stricter limit to be safe"
    return (Fault(slug="disputed-limit", message=message, hint=hint, pointer=_pointer(node)),)


def _distinct(law: laws.Distinct, node: Node, _: Whole) -> Iterable[Fault]:
    return () if _is_distinct(law, node.value) else _repeated(law, node)


def _repeated(law: laws.Distinct, node: Node) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = set()
    for index, item in enumerate(node.value if isinstance(node.value, list) else ()):
        members = [item.get(field) for field in law.by] if isinstance(item, dict) and law.by else [item]
        words = tuple(word for word in members if isinstance(word, str))
        if len(words) < len(members):
            continue
        folds = law.any_case is not None and isinstance(item, dict) and item.get(law.any_case[0]) == law.any_case[1]
        key = tuple(word.casefold() for word in words) if folds else words
        if key in seen:
            yield Fault(
                slug="duplicate-item",
                message=f"{shown(' '.join(words))} occurs in {_name(node)} for the second time",
                hint="remove or rename one of them",
                pointer=join_pointer((*node.steps, index)),
                platform_code=law.platform_code,
            )
        seen.add(key)


def _is_distinct(law: laws.Distinct, items: Any) -> bool:
    """Say whether it is seen at once that no two items agree: their last fields differ, whatever the letters."""
    if not law.by or not isinstance(items, list):
        return False
    last = law.by[-1]
    try:
        return len({item[last].casefold() for item in items}) == len(items)
    except (AttributeError, KeyError, TypeError):  # an item is no object, or has no text there
        return False


def _less_than(law: laws.LessThan, node: Node, _: Whole) -> Iterable[Fault]:
    value, limit = node.value, node.parent.get(law.field)
    if not isinstance(value, int) or not isinstance(limit, int) or value < limit:
        return ()
    message = f"{_name(node)} {value} is not less than {law.field} {limit}"
    hint = f"use less than {limit}, or raise {law.field}"
    return (Fault(slug="out-of-range", message=message, hint=hint, pointer=_pointer(node)),)


def _most(law: laws.Most, node: Node, _: Whole) -> Iterable[Fault]:
    if not isinstance(node.value, list) or len(node.value) <= law.items:
        return ()
    return (
        Fault(
            slug="over-list-quota",
            message=f"{_name(node)} has {len(node.value)} items; at most {law.items} are allowed unless the quota was "
            "raised",
            hint="remove some, or ask for a higher quota on the target",
            pointer=_pointer(node),
            platform_code=law.platform_code,
        ),
    )


def _published(law: laws.PublishedIn, node: Node, _: Whole) -> Iterable[Fault]:
    value = node.value
    if not isinstance(value, str) or law.environment in [name.strip() for name in value.split("|")]:
        return ()
    where = f"only in {shown(value)}" if value.strip() else "nowhere"
    message = f"is published {where}; only APIs that are published in {law.environment} are asset data"
    hint = f"publish it in {law.environment} and export again, or create it on the target by hand"
    return (Fault(slug="not-published", message=message, hint=hint, pointer=_pointer(node)),)


def _name(node: Node) -> str:
    """Return the key, or the index, that the member is at."""
    return str(node.steps[-1])


def _pointer(node: Node) -> str:
    return join_pointer(node.steps)


def _braced(name: str) -> str:
    return f"'{{{mask_text(name)}}}'"


def _folded(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


_FINDERS: Mapping[type[Law], Callable[..., Iterable[Fault]]] = {
    laws.Requires: _required,
    laws.Sorts: _sort,
    laws.AnyOf: _any_of,
    laws.InPath: _in_path,
    laws.NameIn: _name_in,
    laws.Reserved: _reserved,
    laws.Unsupported: _unsupported,
    laws.Without: _without,
    laws.MostBytes: _most_bytes,
    laws.Distinct: _distinct,
    laws.LessThan: _less_than,
    laws.Most: _most,
    laws.PublishedIn: _published,
}
