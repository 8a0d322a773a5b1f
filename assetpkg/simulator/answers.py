"""What the calls that read are answered about an instance: its lists page by page, details, parts, and its facts."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from assetpkg.kinds.operations import OPERATIONS, WHOLE, Operation, Role
from assetpkg.kinds.operations.operation import ALWAYS_GIVEN, NEUTRAL
from assetpkg.simulator.facts import tell
from assetpkg.simulator.holdings import Document, Holdings
from assetpkg.simulator.refusals import (
    INVALID,
    NO_INSTANCE,
    NO_RESOURCE,
    NOT_KNOWN,
    NOT_SIMULATED,
    PARAMETER,
    WRONG_METHOD,
    Refusal,
)
from assetpkg.target.instance import Instance

_PAGE = 10
"""How many items are answered to a call that does not say, where no page has a number."""
_BELOW_A_NAME = "{"


class Place(NamedTuple):
    """Where a call leads: its operation, and the parameters of its path."""

    operation: Operation
    path: Mapping[str, str]


class Identity(NamedTuple):
    """The ids of the project and the instance that there is; `None` where the target does not say, and any is taken."""

    project_id: str | None
    instance_id: str | None

    def refuse_other(self, path: Mapping[str, str]) -> None:
        """Raise `Refusal` for the path of another project or instance."""
        for own, name in ((self.project_id, "project_id"), (self.instance_id, "instance_id")):
            if own is not None and path.get(name, own) != own:
                raise Refusal(NO_INSTANCE, f"the {name.replace('_', ' ')} of this stand-in is {own}")


def find_place(method: str, segments: Sequence[str]) -> Place:
    """Return where a path leads, whose segments are decoded; raises `Refusal` for one that leads nowhere."""
    for template, operation in _templates().get(len(segments), ()):
        if all(each.startswith(_BELOW_A_NAME) or each == own for each, own in zip(template, segments, strict=True)):
            if method not in ("GET", "HEAD"):
                raise Refusal(WRONG_METHOD, f"{operation.name} is called with GET")
            given = zip(template, segments, strict=True)
            return Place(operation, {each[1:-1]: own for each, own in given if each.startswith(_BELOW_A_NAME)})
    raise Refusal(NOT_SIMULATED, "no call of this path is simulated")


@cache
def _templates() -> Mapping[int, Sequence[tuple[tuple[str, ...], Operation]]]:
    """Return the operations by how many segments their paths have, those with the most words first."""
    found: dict[int, list[tuple[tuple[str, ...], Operation]]] = {}
    for operation in OPERATIONS.values():
        if operation.subject != _JOBS:
            template = tuple(operation.path.strip("/").split("/"))
            found.setdefault(len(template), []).append((template, operation))
    for members in found.values():
        members.sort(key=lambda one: sum(each.startswith(_BELOW_A_NAME) for each in one[0]))
    return found


_JOBS = "jobs"
"""What another part of the stand-in answers."""
_CLIENTS = "client"
"""What applications are called where they may call APIs."""


class Answers:
    """The answers about one state of an instance; what is worked out once is kept for the next call."""

    def __init__(self, instance: Instance, identity: Identity) -> None:
        """Take the state, and what it is called."""
        self._instance = instance
        self._identity = identity
        self._held = Holdings(instance)

    def answer(self, place: Place, query: Iterable[tuple[str, str]]) -> Document | list[Document]:
        """Return the answer to a call; raises `Refusal` for what is not there, or cannot be said."""
        self._identity.refuse_other(place.path)
        operation, given = place.operation, _read_query(place.operation, query)
        asked = {**{name: word for name, word in place.path.items() if name not in ALWAYS_GIVEN}, **given}
        items = self._items(operation, place.path, asked)
        if operation.items is None:
            return dict(items[0])
        if operation.items == WHOLE:
            return list(items)
        if operation.chosen:
            return {operation.total: 1, operation.size: 1, operation.items: list(items)}  # type: ignore[dict-item]
        return _page(operation, asked, items)

    def _items(self, operation: Operation, path: Mapping[str, str], asked: Mapping[str, str]) -> Sequence[Document]:
        """Return everything that a call is about, before it is cut into pages."""
        if operation.subject == _CLIENTS:
            return self._held.clients()
        if operation.role in (Role.INSTANCE, Role.BESIDE):
            return tell(self._instance, operation, path)
        self._refuse_unknown(operation)
        found = self._held.items(
            operation, {each.name: asked[each.name] for each in operation.given if each.name in asked}
        )
        if found is None:
            raise Refusal(NO_RESOURCE, f"{operation.name} has no such {operation.subject.rpartition('.')[2]}")
        return found

    def _refuse_unknown(self, operation: Operation) -> None:
        """Refuse a list of which the target does not know everything: what is not in it would count as not there."""
        kinds = (operation.subject.partition(".")[0], *operation.also)
        lacking = [kind for kind in kinds if kind not in self._instance.covers]
        if lacking and operation.role is Role.LIST:
            raise Refusal(NOT_KNOWN, f"the target does not cover the kind '{lacking[0]}'")


def _read_query(operation: Operation, query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters of a call; raises `Refusal` for those of which nothing is known here.

    One that was passed over would be a filter that does not filter.
    """
    paging = operation.paging
    known = {each.name for each in operation.given if each.in_query}
    known |= {paging.offset, paging.limit} if paging else set()
    found: dict[str, str] = {}
    for name, value in query:
        if name not in known and name not in NEUTRAL:
            raise Refusal(PARAMETER, f"the parameter '{name}' of {operation.name} is not simulated")
        if name in found:
            raise Refusal(INVALID, f"'{name}' occurs for the second time")
        found[name] = value
    needed = [each.name for each in operation.given if each.in_query and not each.optional]
    if needed and not found.keys() & set(needed):
        raise Refusal(INVALID, f"{operation.name} needs {' or '.join(needed)}")
    return found


def _page(operation: Operation, asked: Mapping[str, str], items: Sequence[Document]) -> Document:
    """Return one page of the items, in the envelope of the operation; raises `Refusal` for one that cannot be."""
    offset, limit, paging = 0, len(items), operation.paging
    if paging is not None:
        offset = _number(asked, paging.offset, 0, None, paging.farthest)
        usual = paging.default or (max(len(items), 1) if paging.everything else _PAGE)
        limit = _number(asked, paging.limit, usual, paging.least, paging.most)
    around, items = _take_around(operation, asked, items)
    page = list(items[offset : offset + limit])
    envelope: dict[str | None, Any] = {operation.total: len(items), operation.size: len(page), operation.items: page}
    if paging is not None and paging.marker:
        end = offset + len(page)
        envelope[paging.marker] = end if end < len(items) else 0
    return {**around, **{name: value for name, value in envelope.items() if name}}


def _take_around(
    operation: Operation, asked: Mapping[str, str], items: Sequence[Document]
) -> tuple[Document, Sequence[Document]]:
    """Return what is said of all items at once, and the items without it.

    Where they differ in it, no answer that is published can say it, and nothing of it is said.
    """
    if not operation.around:
        return {}, items
    named = {name: asked[name] for name in operation.around if name in asked}
    told = [{name: item[name] for name in operation.around if name in item} for item in items]
    rest = [{name: value for name, value in item.items() if name not in operation.around} for item in items]
    alike = told and all(one == told[0] for one in told)
    return {**named, **(told[0] if alike else {})}, rest


def _number(asked: Mapping[str, str], name: str, usual: int, least: int | None, most: int | None) -> int:
    word = asked.get(name)
    if word is None:
        return usual
    if not (word.isascii() and word.isdecimal() and len(word) <= _DIGITS):
        raise Refusal(INVALID, f"{name} is a whole number, 0 or more, of at most {_DIGITS} digits, not '{word}'")
    if (least is not None and int(word) < least) or (most is not None and int(word) > most):
        raise Refusal(INVALID, f"{name} is between {least or 0} and {most}, not {int(word)}")
    return int(word)


_DIGITS = 9
