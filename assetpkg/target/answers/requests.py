"""What an answer was asked for with: the URL that was saved beside it, or what the path of its file says."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from assetpkg.kinds.operations import NEUTRAL, OPERATIONS, Operation

_PAGE_OF_A_FILE = re.compile(r"(?i)(?:[-_. ]?(?:page|p|offset|part))?[-_. ]*[0-9]+$")
_NAMED = re.compile(r"([a-z_]+)=([^/,;&=]+?)(?=$|[/,;&]|\.[a-z]+$|_[a-z_]+=)")
_REGION = re.compile(r"[a-z]+-[a-z]+-[0-9]+")


class Asked(NamedTuple):
    """How a call was made, as far as that is known; `query` has what is in it beside the parameters of its path."""

    operation: Operation | None = None
    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    region: str | None = None
    known: bool = False
    """Whether the address of the call was saved, so that what it does not say was not asked."""

    def filters(self, operation: Operation) -> tuple[str, ...]:
        """Return the parameters of the query that leave items out."""
        paging = operation.paging
        others = {paging.offset, paging.limit} if paging else set()
        given = {each.name for each in operation.given}
        return tuple(name for name, value in self.query.items() if value and name not in others | NEUTRAL | given)

    def number(self, name: str) -> int | None:
        """Return a parameter of the query that is a number."""
        value = self.query.get(name, "")
        return int(value) if re.fullmatch("[0-9]{1,15}", value) else None


def parse_request(request: Any) -> Asked | None:
    """Read what was saved of a call: its `url`, or `path` and `query`, or `operation`; `None` where none of it is."""
    if not isinstance(request, Mapping):
        return None
    url = str(request.get("url") or request.get("path") or "")
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    given = request.get("query")
    if isinstance(given, Mapping):
        query.update((str(name), str(value)) for name, value in given.items() if value is not None)
    host = _REGION.search(parts.hostname or "") if parts.scheme else None
    name = str(request.get("operation") or "")
    for operation in OPERATIONS.values():
        match = _pattern(operation).search(parts.path)
        if match is not None:
            path = {key: unquote(value) for key, value in match.groupdict().items()}
            return Asked(operation, path, query, host and host[0], known=True)
    if name in OPERATIONS:
        return Asked(OPERATIONS[name], {}, query, known=bool(query))
    return Asked(None, {}, query, host and host[0], known=True) if url else None


@cache
def _pattern(operation: Operation) -> re.Pattern[str]:
    """Return what the path of a call matches; the gateway without ROMA Connect answers at a path of its own."""
    path = re.escape(operation.path).replace(r"\{", "{").replace(r"\}", "}").replace("/apic/", "/(?:apic|apigw)/")
    return re.compile(re.sub(r"\{([a-z_]+)\}", r"(?P<\1>[^/]+)", path) + r"/?$")


def asked_by_place(operation: Operation, place: str) -> dict[str, str]:
    """Return the parameters of a call that the path of a file gives, as in `services/501/properties.json`."""
    stem = _PAGE_OF_A_FILE.sub("", place.rpartition(".")[0] or place) or place
    names = {given.name for given in operation.given}
    found = {name: unquote(value) for name, value in _NAMED.findall(place) if name in names}
    tail = operation.path.partition("{instance_id}/")[2]
    pattern = re.sub(r"\\\{([a-z_]+)\\\}", r"(?P<\1>[^/]+)", re.escape(tail))
    for text in (stem, place.rpartition(".")[0]):
        match = re.search(f"(?:^|/){pattern}(?:/|$)", text) if "{" in tail else None
        if match is not None:
            return {**match.groupdict(), **found}
    return found


def words_of_place(place: str) -> tuple[str, ...]:
    """Return the words in the path of a file that may be ids."""
    return tuple(word for word in re.split(r"[^0-9A-Za-z._-]+|_|\.json", place) if word)


def is_named_after(operation: Operation, place: str) -> bool:
    """Say whether the path of a file names an operation, or what it answers."""
    steps = [_folded(_PAGE_OF_A_FILE.sub("", step.partition(".")[0])) for step in place.split("/")]
    names = {_folded(operation.name), _folded(operation.sdk_method), _folded(operation.subject)}
    last = _folded(operation.subject.rpartition(".")[2])
    return any(step in names or step == last or any(step.startswith(name) for name in names) for step in steps)


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
