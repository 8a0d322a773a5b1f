"""The laws that a document's fields have among each other, and what breaks them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_text
from assetpkg.credentials.spans import LazyPattern
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import join_pointer
from assetpkg.kinds import laws
from assetpkg.kinds.laws import ANYTHING, Law, at, holds, is_missing
from assetpkg.resource.walk import Fields, Step

_BRACES = LazyPattern(r"\{([^{}/]*)\}")
_LONGEST_VALUE = 60
"""How much of a value a message shows."""


Names = dict[str, tuple[frozenset[str], frozenset[str]]]
"""For each list that somebody asked for, the names of its items, and those of headers in small letters."""


class _Spot(NamedTuple):
    """The member of `parent` at `steps` of the document, which has a law."""

    value: Any
    steps: tuple[Step, ...]
    parent: Mapping[str, Any]
    document: Mapping[str, Any]
    names: Names
    """The names of the items of the document's lists, as far as somebody asked for them: a list is read but once."""

    @property
    def name(self) -> str:
        """The key, or the index, that it is at."""
        return str(self.steps[-1])

    @property
    def pointer(self) -> str:
        """Where it is, as a JSON pointer."""
        return join_pointer(self.steps)


def find_breaches(
    law: Law,
    steps: tuple[Step, ...],
    parent: Mapping[str, Any],
    document: Mapping[str, Any],
    names: Names,
) -> Iterable[Fault]:
    """Return what breaks the `law` of the member of `parent` that is at `steps` of the document.

    `names` is empty at the first law of a document, and keeps for the next ones what was read of it.
    """
    value = parent.get(str(steps[-1]))
    if value is None:
        return ()
    return _FINDERS[type(law)](law, _Spot(value, steps, parent, document, names))


def _required(law: laws.Requires, spot: _Spot) -> Iterator[Fault]:
    if law.unless is not None and (holds(spot.parent, law.unless) or holds(spot.document, law.unless)):
        return
    if is_missing(spot.value) or not isinstance(spot.value, (str, int)):
        return
    needed = law.needs.get(_folded(spot.value), law.needs.get(ANYTHING, ()))
    for field in needed:
        there = spot.parent.get(field)
        if is_missing(there):
            lack, mend = ("missing", "add") if there is None else ("empty", "fill")
            yield Fault(
                slug=law.slug,
                message=f"{spot.name} {_shown(spot.value)} needs '{field}', which is {lack}",
                hint=f"{mend} '{field}', or change {spot.name}",
                pointer=spot.pointer,
                platform_code=law.platform_code,
            )


def _sort(law: laws.Sorts, spot: _Spot) -> Iterator[Fault]:
    if isinstance(spot.value, str) and _folded(spot.value) not in law.values:
        listed = " and ".join(law.waived)
        yield Fault(
            slug="unknown-variant",
            message=f"{spot.name} {_shown(spot.value)} is a sort whose fields are not published, so {listed} may be"
            " missing",
            hint="check on the target that the import brings all of it",
            pointer=spot.pointer,
        )


def waived_by(document: Mapping[str, Any], fields: Fields) -> frozenset[str]:
    """Return the required fields that a document does not need, being of a sort whose fields are not published."""
    found: set[str] = set()
    for name in document.keys() & fields.keys():
        law, value = fields[name].marker(laws.Sorts), document[name]
        if law is not None and isinstance(value, str) and _folded(value) not in law.values:
            found.update(law.waived)
    return frozenset(found)


def _any_of(law: laws.AnyOf, spot: _Spot) -> Iterator[Fault]:
    if isinstance(spot.value, dict) and all(is_missing(spot.value.get(field)) for field in law.fields):
        names = " nor ".join(f"'{field}'" for field in law.fields)
        yield Fault(
            slug=law.slug,
            message=f"{spot.name} has neither {names}",
            hint=f"add '{law.fields[0]}'",
            pointer=spot.pointer,
        )


def _in_path(law: laws.InPath, spot: _Spot) -> Iterator[Fault]:
    path = at(spot.parent, law.path)
    if not isinstance(path, str):
        return
    declared = {
        item["name"]: index
        for index, item in enumerate(spot.value if isinstance(spot.value, list) else ())
        if isinstance(item, dict)
        and isinstance(where := item.get("location"), str)
        and where.upper() == "PATH"
        and isinstance(item.get("name"), str)
    }
    used = dict.fromkeys(_BRACES.findall(path))
    if not declared or used.keys() == declared.keys():
        return
    words, shown = ".".join(law.path), _shown(path)
    for name in used:
        if name not in declared:
            yield Fault(
                slug="path-parameter",
                message=f"{words} {shown} has {_braced(name)}, but {spot.name} has no such parameter with location "
                "PATH",
                hint=f"add a parameter '{mask_text(name)}' with location PATH, or fix the path",
                pointer=join_pointer((*spot.steps[:-1], *law.path)),
            )
    for name, index in declared.items():
        if name not in used:
            yield Fault(
                slug="path-parameter",
                message=f"parameter '{mask_text(name)}' has location PATH, but {words} {shown} has no {_braced(name)}",
                hint=f"write {_braced(name)} into the path, or give the parameter another location",
                pointer=join_pointer((*spot.steps, index, "name")),
            )


def _name_in(law: laws.NameIn, spot: _Spot) -> Iterator[Fault]:
    names, in_headers = _names(law.items, spot)
    named: list[tuple[Any, Mapping[str, Any], tuple[Step, ...]]] = []
    if law.of is None:
        named = [(spot.value, spot.parent, spot.steps)]
    elif isinstance(spot.value, list):
        named = [
            (word, item, (*spot.steps, at, law.of))
            for at, item in enumerate(spot.value)
            if isinstance(item, dict) and isinstance(word := item.get(law.of), str) and word not in names
        ]
    for value, parent, steps in named:
        if not isinstance(value, str) or value in names or not value or not holds(parent, law.when):
            continue
        if value.casefold() not in in_headers:
            yield Fault(
                slug="unknown-parameter",
                message=f"{steps[-1]} {_shown(value)} is not a name in {law.items}",
                hint=f"add it to {law.items}, or use a name from there",
                pointer=join_pointer(steps),
            )


def _names(items: str, spot: _Spot) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the items of a list of the document, and those of headers, in small letters."""
    if items not in spot.names:
        listed = spot.document.get(items)
        found = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
        named = [(item["name"], _folded(item.get("location"))) for item in found if isinstance(item.get("name"), str)]
        headers = frozenset(name.casefold() for name, location in named if location == "HEADER")
        spot.names[items] = frozenset(name for name, _ in named), headers
    return spot.names[items]


def _reserved(law: laws.Reserved, spot: _Spot) -> Iterator[Fault]:
    if spot.value == law.text and holds(spot.parent, law.when):
        yield Fault(
            slug="reserved-path",
            message=f"{spot.name} {_shown(spot.value)} with {law.when[0]} {law.when[1]} is reserved by the platform",
            hint="use another path or another method",
            pointer=spot.pointer,
        )


def _unsupported(law: laws.Unsupported, spot: _Spot) -> Iterator[Fault]:
    if _folded(spot.value) in law.values:
        yield Fault(
            slug="unsupported-value",
            message=f"{spot.name} {_shown(spot.value)} is not supported here yet",
            hint=f"use {law.instead}",
            pointer=spot.pointer,
        )


def _without(law: laws.Without, spot: _Spot) -> Iterator[Fault]:
    found = [character for character in law.characters if isinstance(spot.value, str) and character in spot.value]
    if found:
        yield Fault(
            slug="unsupported-value",
            message=f"{spot.name} {_shown(spot.value)} has '{found[0]}', which is not supported here",
            hint=f"use a name without {' and '.join(law.characters)}",
            pointer=spot.pointer,
        )


def _most_bytes(law: laws.MostBytes, spot: _Spot) -> Iterator[Fault]:
    size = len(spot.value.encode("utf-8", "replace")) if isinstance(spot.value, str) else 0
    if size > law.size:
        yield Fault(
            slug="disputed-limit",
            message=f"{spot.name} {_shown(spot.value)} is {size} bytes long; at most {law.size} may be allowed, "
            f"according to {law.source}; other sources disagree",
            hint="follow the stricter limit to be safe",
            pointer=spot.pointer,
        )


def _distinct(law: laws.Distinct, spot: _Spot) -> Iterator[Fault]:
    if _is_distinct(law, spot.value):
        return
    seen: set[tuple[str, ...]] = set()
    for index, item in enumerate(spot.value if isinstance(spot.value, list) else ()):
        members = [item.get(field) for field in law.by] if isinstance(item, dict) and law.by else [item]
        words = tuple(word for word in members if isinstance(word, str))
        if len(words) < len(members):
            continue
        folds = law.any_case is not None and isinstance(item, dict) and item.get(law.any_case[0]) == law.any_case[1]
        key = tuple(word.casefold() for word in words) if folds else words
        if key in seen:
            yield Fault(
                slug="duplicate-item",
                message=f"{_shown(' '.join(words))} occurs in {spot.name} for the second time",
                hint="remove or rename one of them",
                pointer=join_pointer((*spot.steps, index)),
                platform_code=law.platform_code,
            )
        seen.add(key)


def _is_distinct(law: laws.Distinct, items: Any) -> bool:
    """Say whether it is seen at once that no two items agree: their last fields differ, whatever the letters."""
    if not law.by or not isinstance(items, list):
        return False
    last = law.by[-1]
    words = [item.get(last) if type(item) is dict else None for item in items]
    known = {word.casefold() for word in words if type(word) is str}
    return len(known) == len(words)


def _less_than(law: laws.LessThan, spot: _Spot) -> Iterator[Fault]:
    limit = spot.parent.get(law.field)
    if isinstance(spot.value, int) and isinstance(limit, int) and spot.value >= limit:
        yield Fault(
            slug="out-of-range",
            message=f"{spot.name} {spot.value} is not less than {law.field} {limit}",
            hint=f"use less than {limit}, or raise {law.field}",
            pointer=spot.pointer,
        )


def _most(law: laws.Most, spot: _Spot) -> Iterator[Fault]:
    if isinstance(spot.value, list) and len(spot.value) > law.items:
        yield Fault(
            slug="over-list-quota",
            message=f"{spot.name} has {len(spot.value)} items; at most {law.items} are allowed unless the quota was "
            "raised",
            hint="remove some, or ask for a higher quota on the target",
            pointer=spot.pointer,
            platform_code=law.platform_code,
        )


def _published(law: laws.PublishedIn, spot: _Spot) -> Iterator[Fault]:
    if isinstance(spot.value, str) and law.environment not in [name.strip() for name in spot.value.split("|")]:
        where = f"only in {_shown(spot.value)}" if spot.value.strip() else "nowhere"
        yield Fault(
            slug="not-published",
            message=f"is published {where}; only APIs that are published in {law.environment} are asset data",
            hint=f"publish it in {law.environment} and export again, or create it on the target by hand",
            pointer=spot.pointer,
        )


def _braced(name: str) -> str:
    return f"'{{{mask_text(name)}}}'"


def _folded(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _shown(value: Any) -> str:
    text = mask_text(value) if isinstance(value, str) else str(value).lower()
    short = text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
    return f"'{short}'" if isinstance(value, str) else short


_FINDERS: Mapping[type[Law], Callable[..., Iterator[Fault]]] = {
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
