"""What the calls that read are answered about an instance: its lists page by page, details, parts, and its facts."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from assetpkg.kinds.operations import OPERATIONS, Operation, Role
from assetpkg.kinds.operations.apic import QUOTA_NAMES
from assetpkg.kinds.operations.operation import ALWAYS_GIVEN, NEUTRAL
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
        if operation.subject not in _NOWHERE:
            template = tuple(operation.path.strip("/").split("/"))
            found.setdefault(len(template), []).append((template, operation))
    for members in found.values():
        members.sort(key=lambda one: sum(each.startswith(_BELOW_A_NAME) for each in one[0]))
    return found


_NOWHERE = frozenset({"jobs", "functions", "functions.versions", "functions.aliases"})
"""What another part of the stand-in answers, and what another service does."""


class Answers:
    """The answers about one state of an instance; what is worked out once is kept for the next call."""

    def __init__(self, instance: Instance, identity: Identity) -> None:
        """Take the state, and what it is called."""
        self._instance = instance
        self._identity = identity
        self._held = Holdings(instance)

    def answer(self, place: Place, query: Iterable[tuple[str, str]]) -> Document:
        """Return the answer to a call; raises `Refusal` for what is not there, or cannot be said."""
        self._identity.refuse_other(place.path)
        operation, given = place.operation, _read_query(place.operation, query)
        asked = {**{name: word for name, word in place.path.items() if name not in ALWAYS_GIVEN}, **given}
        if operation.role is Role.INSTANCE or operation.subject == "client":
            found = self._facts(operation, place.path)
            return found if operation.items is None else _page(operation, asked, found[operation.items])
        self._refuse_unknown(operation)
        items = self._held.items(
            operation, {each.name: asked[each.name] for each in operation.given if each.name in asked}
        )
        if items is None:
            raise Refusal(NO_RESOURCE, f"{operation.name} has no such {operation.subject.rpartition('.')[2]}")
        if operation.items is None:
            return dict(items[0])
        if operation.chosen:
            return {operation.total: 1, operation.size: 1, operation.items: list(items)}  # type: ignore[dict-item]
        return _page(operation, asked, items)

    def _refuse_unknown(self, operation: Operation) -> None:
        """Refuse a list of which the target does not know everything: what is not in it would count as not there."""
        if operation.role is Role.BESIDE:
            raise Refusal(NOT_SIMULATED, f"{operation.name} is not simulated")
        kinds = (operation.subject.partition(".")[0], *operation.also)
        lacking = [kind for kind in kinds if kind not in self._instance.covers]
        if lacking and operation.role is Role.LIST:
            raise Refusal(NOT_KNOWN, f"the target does not cover the kind '{lacking[0]}'")

    def _facts(self, operation: Operation, path: Mapping[str, str]) -> Document:
        """Return what is known of the instance itself, before it is cut into pages."""
        instance = self._instance
        match operation.name:
            case "ShowDetailsOfInstanceV2":
                return {
                    "id": path["instance_id"],
                    "project_id": path["project_id"],
                    "instance_name": instance.name,
                    **({"instance_version": instance.facts.version} if instance.facts.version else {}),
                }
            case "ListFeaturesV2":
                return {"features": [_feature(name, value) for name, value in instance.features.items()]}
            case "ListProjectCofigsV2":
                known = [(name, instance.quotas[kind]) for name, kind in QUOTA_NAMES.items() if kind in instance.quotas]
                return {
                    "configs": [
                        {"config_id": name, "config_name": name, "config_value": str(quota.limit), "used": quota.used}
                        for name, quota in known
                    ]
                }
            case "ListLiveDataQuotaV2" if "backend_api" in instance.quotas:
                quota = instance.quotas["backend_api"]
                return {"api": quota.limit, "api_used": quota.used}
            case "ListAppsV2":
                return {"apps": self._held.clients()}
        raise Refusal(NOT_KNOWN, f"the target has nothing for {operation.name}")


def _feature(name: str, value: Any) -> Document:
    on = value not in (False, "off")
    return {"id": name, "name": name, "enable": on, **({"config": str(value)} if on and value is not True else {})}


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
    page = list(items[offset : offset + limit])
    envelope = {operation.total: len(items), operation.size: len(page), operation.items: page}
    return {name: value for name, value in envelope.items() if name}


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
