"""Which call a saved answer is of: by the address that was saved with it, by the list in it, by the fields in that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assetpkg.documents.foreign import PAGE, identify
from assetpkg.documents.strict import dump
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.operations import OPERATIONS, WHOLE, Operation, Role
from assetpkg.kinds.operations.operation import PYTHON_NAMES
from assetpkg.target.answers.requests import Asked, asked_by_place, names, parse_request
from assetpkg.target.answers.texts import NoAnswer

_MOST_LOOKED_AT = 200
"""How many items of a list are looked at to tell what they are."""
_ERROR_KEYS = ("error_code", "error_msg", "errorCode", "error")
_REQUEST, _RESPONSE = ("request",), ("response", "body")
_ERROR = 400
_MOST_AROUND = 2
"""How many members an answer has without its total, where somebody has left that out."""


@dataclass(kw_only=True)
class Answer:
    """A recognised answer: the items of a page, or the one thing that it is about."""

    origin: str
    place: str
    operation: Operation
    items: Sequence[Mapping[str, Any]]
    total: int | None = None
    is_page: bool = False
    """Whether it is a page of a list with its total, and not a mere list."""
    asked: Asked = field(default_factory=Asked)
    given: dict[str, str] = field(default_factory=dict)
    around: Mapping[str, Any] = field(default_factory=dict)
    """What is beside the items."""


def recognise(value: Any, origin: str, place: str, said: str = "") -> Iterator[Answer]:
    """Yield the answers in a JSON value; raises `NoAnswer` where it is none."""
    asked, value = _unwrap(value)
    if isinstance(value, list):
        yield from _list(value, origin, place, said, asked)
    elif isinstance(value, Mapping):
        yield _one(value, origin, place, said, asked)
    else:
        raise NoAnswer("neither an object nor a list")


def _unwrap(value: Any) -> tuple[Asked, Any]:
    """Return what was asked, where that was saved together with the answer, and the answer."""
    if not isinstance(value, Mapping) or "request" not in value:
        return Asked(), value
    key = next((key for key in _RESPONSE if key in value), None)
    asked = parse_request(value["request"])
    if key is None or asked is None:
        return Asked(), value
    status = value.get("status", value.get("status_code"))
    if isinstance(status, int) and status >= _ERROR:
        raise NoAnswer(f"an error answer of the platform (HTTP {status}); ask again, and save that answer")
    if value[key] is None:
        raise NoAnswer("a call without what it answered; record it again with the cache of the browser switched off")
    return asked, value[key]


def _list(value: list[Any], origin: str, place: str, said: str, asked: Asked) -> Iterator[Answer]:
    objects = [item for item in value if isinstance(item, Mapping)]
    if len(objects) < len(value):
        raise NoAnswer("a list of something other than objects")
    if asked.operation is None and objects and all(map(_is_answer, objects)):
        for number, item in enumerate(objects):
            yield from recognise(item, f"{origin} [{number}]", place, said)
        return
    if asked.operation is not None and objects and all(_holds(asked.operation, each) for each in objects):
        for number, item in enumerate(objects):
            yield _one(item, f"{origin} [{number}]", place, said, asked)
        return
    candidates = [one for one in _said(said, asked) if one.role is not Role.BESIDE or one.items is not None]
    operation = _fit(objects, candidates, place, prefer=(Role.LIST, Role.PART, Role.DETAIL))
    if operation.role is Role.DETAIL or (operation.items is None and operation.role is not Role.LIST):
        for item in objects:
            yield _single(operation, item, origin, place, asked)
    else:
        given = _given(operation, asked, place)
        yield Answer(origin=origin, place=place, operation=operation, items=objects, asked=asked, given=given)


def _is_answer(value: Mapping[str, Any]) -> bool:
    """Say whether an object is a whole answer, and not an item of one."""
    if "request" in value and any(key in value for key in _RESPONSE):
        return True
    return any(_holds(operation, value) and (operation.total in value) for operation in OPERATIONS.values())


def _one(value: Mapping[str, Any], origin: str, place: str, said: str, asked: Asked) -> Answer:
    _refuse_errors(value)
    if isinstance(value.get("body"), list) and len(value) <= 2:  # noqa: PLR2004 - and a status
        value = {"body": value["body"]}
        candidates = [operation for operation in _said(said, asked) if operation.items == WHOLE]
        operation = _fit(value["body"], candidates, place, prefer=())
        return _page(operation, value["body"], value, origin=origin, place=place, asked=asked)
    candidates = _said(said, asked)
    holding = [operation for operation in candidates if _holds(operation, value)]
    if holding:
        items = [item for item in value[holding[0].items or ""] if isinstance(item, Mapping)]
        return _page(
            _fit(items, holding, place, prefer=(Role.LIST,)), items, value, origin=origin, place=place, asked=asked
        )
    if asked.operation is not None and asked.operation.items is not None and asked.operation.items != WHOLE:
        raise NoAnswer(f"no answer of {asked.operation.name}: it has no '{asked.operation.items}'")
    wrapped = [one for one in candidates if one.wrapper and isinstance(value.get(one.wrapper), Mapping)]
    if wrapped:
        return _single(wrapped[0], value, origin, place, asked)
    single = [one for one in candidates if not one.wrapper and not one.chosen and one.items != WHOLE]
    single = [one for one in single if one.role is not Role.BESIDE or one.items is None]
    prefer = (Role.DETAIL, Role.INSTANCE, Role.PART, Role.LIST)
    return _single(_fit([value], single, place, prefer=prefer, whole=value), value, origin, place, asked)


def _holds(operation: Operation, value: Mapping[str, Any]) -> bool:
    """Say whether an object has the list of an operation, and its total, or little else."""
    listed = bool(operation.items) and isinstance(value.get(operation.items or ""), list)
    return listed and (operation.total in value or len(value) <= _MOST_AROUND)


def _refuse_errors(value: Mapping[str, Any]) -> None:
    if any(value.get(key) for key in _ERROR_KEYS) and not any(_holds(one, value) for one in OPERATIONS.values()):
        code = value.get("error_code") or value.get("errorCode")
        named = f" ({code})" if isinstance(code, str) and len(code) < 40 and code.isascii() else ""  # noqa: PLR2004
        raise NoAnswer(f"an error answer of the platform{named}; ask again, and save that answer")
    if "terraform_version" in value:
        raise NoAnswer("a Terraform state, in which fields have other names; save the answers of the platform instead")


def _said(said: str, asked: Asked) -> list[Operation]:
    """Return the operations that it may be of, as far as somebody says it."""
    if asked.operation is not None:
        return [asked.operation]
    known = OPERATIONS.values()
    if not said:
        return list(known)
    return [one for one in known if said in (one.name, one.subject, *one.also)] or [
        one for one in known if any(said == inside.kind for inside in one.inside)
    ]


def _fit(
    objects: Sequence[Mapping[str, Any]],
    candidates: Sequence[Operation],
    place: str,
    *,
    prefer: Sequence[Role],
    whole: Mapping[str, Any] | None = None,
) -> Operation:
    """Return the operation whose items have these fields; raises `NoAnswer` where none has, or several do."""
    if len(candidates) == 1:
        return candidates[0]
    seen = {PYTHON_NAMES.get(key, key) for item in objects[:_MOST_LOOKED_AT] for key in item}
    if not seen:
        return _decide(candidates, place, "empty, so nobody can see which call it is the answer to")
    # How many fields a call does not answer, and how many of its fields are not there.
    distances = [(len(seen - known), len(known - seen)) for known in map(_fields, candidates)]
    nearest = min(unknown for unknown, _ in distances) if distances else len(seen)
    if 2 * nearest > len(seen):
        raise NoAnswer(_what_else(whole, objects))
    best = [(lacking, one) for (unknown, lacking), one in zip(distances, candidates, strict=True) if unknown == nearest]
    complete = [(lacking, one) for lacking, one in best if _required(one.name) <= seen] or best
    least = min(lacking for lacking, _ in complete)
    closest = [one for lacking, one in complete if lacking <= 2 * least]
    subjects = {one.subject for one in closest}
    if len(subjects) == 1:
        order = {role: number for number, role in enumerate(prefer)}
        return min(_best_named(closest, place) or closest, key=lambda one: (order.get(one.role, len(order)), one.spare))
    return _decide(closest, place, "an answer of several possible calls")


def _fields(operation: Operation) -> frozenset[str]:
    return _all_fields()[operation.name]


@cache
def _all_fields() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(operation.fields) for name, operation in OPERATIONS.items()}


@cache
def _required(name: str) -> frozenset[str]:
    """Return the fields that every item of an operation has."""
    operation = OPERATIONS[name]
    if operation.role not in (Role.LIST, Role.DETAIL) or operation.also or operation.chosen:
        return frozenset()
    declared = fields_of(KINDS[operation.subject])
    return frozenset(name for name, known in declared.items() if known.required and name in operation.fields)


def _decide(candidates: Iterable[Operation], place: str, why: str) -> Operation:
    """Return the one operation that the path of the file names; raises `NoAnswer` where it names none, or several."""
    candidates = list(candidates)
    named = _best_named(candidates, place)
    if len({one.subject for one in named}) == 1:
        return named[0]
    subjects = list(dict.fromkeys(one.subject for one in named or candidates))
    shown = ", ".join(f"{subject}=FILE" for subject in subjects[:3])
    raise NoAnswer(f"{why}; say what it is: {shown}{', …' if len(subjects) > 3 else ''}")  # noqa: PLR2004


def _best_named(candidates: Sequence[Operation], place: str) -> list[Operation]:
    """Return the operations that the path of the file names most clearly; none where it names none."""
    best = max((names(one, place) for one in candidates), default=0)
    return [one for one in candidates if best and names(one, place) == best]


def _what_else(whole: Mapping[str, Any] | None, objects: Sequence[Mapping[str, Any]]) -> str:
    known = identify(dump(whole)) if whole is not None else None
    if known == PAGE:
        return "the answer to a list call that is not one of ROMA Connect's that are read here"
    if known is not None and known.what not in ("another JSON document", "the document of a single resource"):
        return f"{known.what}; {known.todo}" if known.todo else known.what
    if whole is None and objects:
        return "a list whose items have the fields of no call; save the whole answer, without a query"
    return "no answer of a call that is known here"


def _page(  # noqa: PLR0913 - what was answered, and where that is saved
    operation: Operation,
    items: Sequence[Mapping[str, Any]],
    whole: Mapping[str, Any],
    *,
    origin: str,
    place: str,
    asked: Asked,
) -> Answer:
    total = whole.get(operation.total or "")
    # Of a list that is not asked for page by page, all of it is in the answer.
    number = total if isinstance(total, int) and not isinstance(total, bool) else None
    if number is None and operation.paging is None:
        number = len(items)
    plain = (key for key, value in whole.items() if not isinstance(value, (list, dict)))
    around = {key: whole[key] for key in (*plain, *operation.around) if key in whole}
    given = _given(operation, asked, place)
    return Answer(
        origin=origin,
        place=place,
        operation=operation,
        items=items,
        total=number,
        is_page=True,
        asked=asked,
        given=given,
        around=around,
    )


def _single(operation: Operation, value: Mapping[str, Any], origin: str, place: str, asked: Asked) -> Answer:
    inner = value.get(operation.wrapper) if operation.wrapper else None
    if isinstance(inner, Mapping):
        value = {**inner, **{key: other for key, other in value.items() if key != operation.wrapper}}
    given = _given(operation, asked, place)
    whole = operation.role in (Role.PART, Role.LIST) and operation.items is None
    return Answer(
        origin=origin,
        place=place,
        operation=operation,
        items=[value],
        total=1 if whole else None,
        is_page=whole,
        asked=asked,
        given=given,
    )


def _given(operation: Operation, asked: Asked, place: str) -> dict[str, str]:
    """Return the parameters that a call was made with, by what was saved with it, or by the path of the file."""
    names = {given.name for given in operation.given}
    if asked.operation is not None:
        return {name: value for name, value in {**asked.query, **asked.path}.items() if name in names and value}
    return asked_by_place(operation, place)
