"""What an answer was asked for with: the URL that was saved beside it, or what the path of its file says."""

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from assetpkg.kinds.operations import NEUTRAL, OPERATIONS, Operation

_PAGE_WORDS = ("page", "offset", "part", "p")
_SEPARATORS = "-_. "
_STEPS_WITH_IDS, _MOST_WORDS = 3, 16
"""How many of the last steps of a path may name what an answer is of, and how many words of these are looked at."""
_REGION = re.compile(r"[a-z]{1,20}-[a-z]{1,20}-[0-9]{1,3}")


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
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None  # no address, such as "http://["
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    given = request.get("query")
    if isinstance(given, Mapping):
        query.update((str(name), str(value)) for name, value in given.items() if value is not None)
    labels = host.split(".") if parts.scheme else ()
    region = next(filter(_REGION.fullmatch, labels), None)
    name = str(request.get("operation") or "")
    for operation in OPERATIONS.values():
        match = _pattern(operation).search(parts.path)
        if match is not None:
            path = {key: unquote(value) for key, value in match.groupdict().items()}
            return Asked(operation, path, query, region, known=True)
    if name in OPERATIONS:
        return Asked(OPERATIONS[name], {}, query, known=bool(query))
    return Asked(None, {}, query, region, known=True) if url else None


@cache
def _pattern(operation: Operation) -> re.Pattern[str]:
    """Return what the path of a call matches; the gateway without ROMA Connect answers at a path of its own."""
    path = re.escape(operation.path).replace(r"\{", "{").replace(r"\}", "}").replace("/apic/", "/(?:apic|apigw)/")
    return re.compile(re.sub(r"\{([a-z_]+)\}", r"(?P<\1>[^/]+)", path) + r"/?$")


def asked_by_place(operation: Operation, place: str) -> dict[str, str]:
    """Return the parameters of a call that the path of a file gives, as in `services/501/properties.json`."""
    names = {given.name for given in operation.given}
    found = {name: unquote(value) for name in names if (value := _named(name, place, names))}
    match = _tail(operation).search(_steps(place)) if names else None
    return found if match is None else {**match.groupdict(), **found}


def _named(name: str, place: str, others: Collection[str]) -> str:
    """Return what follows `NAME=` in the path of a file, up to the next step or the next name."""
    before, found, value = place.partition(f"{name}=")
    if not found or before[-1:].isalnum():
        return ""
    for end in ("/", ",", ";", "&", *(f"_{other}=" for other in others)):
        value = value.partition(end)[0]
    return value if value not in place[-len(value) :] else value.removesuffix(".json").removesuffix(".txt")


@cache
def _tail(operation: Operation) -> re.Pattern[str]:
    """Return what the end of a file's path matches, where it is the path of the call below the instance."""
    tail = re.escape(operation.path.partition("{instance_id}/")[2] or operation.path.partition("{project_id}/")[2])
    return re.compile(r"(?:^|/)" + re.sub(r"\\\{([a-z_]+)\\\}", r"(?P<\1>[^/]+)", tail) + "$")


@lru_cache(maxsize=1024)
def _steps(place: str) -> str:
    """Return the path of a file without its suffix, without the number of a page, and without what it says as NAME=."""
    stem = place.rpartition(".")[0] or place
    whole = [step for step in stem.split("/") if "=" not in step]
    last = _without_page(whole[-1]) if whole else ""
    return "/".join([*whole[:-1], *([last] if last else [])])


def _without_page(name: str) -> str:
    """Return the name of a file without the number of its page, as in `apis-page2`."""
    rest = name.rstrip("0123456789")
    if rest == name:
        return name
    plain = rest.rstrip(_SEPARATORS)
    word = next((word for word in _PAGE_WORDS if plain.casefold().endswith(word)), "")
    above = plain[: len(plain) - len(word)]
    return above.rstrip(_SEPARATORS) if word and above[-1:] in _SEPARATORS else plain


def words_of_place(place: str) -> tuple[str, ...]:
    """Return the stretches in the last steps of a file's path that may be ids or names, the longest first."""
    stem = "/".join((place.rpartition(".")[0] or place).split("/")[-_STEPS_WITH_IDS:])
    spans = [match.span() for match in re.finditer(r"[^\W_]+", stem)][-_MOST_WORDS:]
    found = (stem[spans[i][0] : spans[j][1]] for i in range(len(spans)) for j in range(i, len(spans)))
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


CLEARLY = 2
"""How clearly a path has to name a call to tell it from one that answers the same."""


def names(operation: Operation, place: str) -> int:
    """Return how clearly the path of a file names a call: 0 where it does not.

    Best is the path of the call, then its name, then what it answers.
    """
    steps = _steps(place)
    if _tail(operation).search(steps):
        return CLEARLY + 1 + operation.path.count("/")
    folded = [_folded(step) for step in (*steps.split("/"), place.rpartition("/")[2].partition(".")[0])]
    words = (_folded(operation.name), _folded(operation.sdk_method))
    if any(step.startswith(word) for step in folded for word in words):
        return CLEARLY
    subject = operation.subject
    plain = {_folded(subject), _folded(subject.rpartition(".")[2])}
    return int(any(step in plain or step.removesuffix("s") in plain for step in folded))


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
