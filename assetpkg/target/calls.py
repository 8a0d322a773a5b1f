"""The calls that tell what an instance has: which ones, in which order, and how often each of them is made.

All of them only read. They follow from the declared operations, as the recognition of saved answers does.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS, no_kind
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import Ref, Variant
from assetpkg.kinds.notes import FunctionUrn, Variables
from assetpkg.kinds.operations import OPERATIONS, UNLISTED, Given, Operation, Role, holders_of, lists_of
from assetpkg.kinds.operations.fdi import COMPOSITE
from assetpkg.package.package import Package

FUNCTIONS = "functions"
"""What function backends call: no kind, and not of the instance, but of another service."""
_MARKED: Mapping[type[object], str] = {Variables: "environment_variable", FunctionUrn: FUNCTIONS}
"""What a field of a document makes one ask for, by its marker, beside the kinds that it refers to."""
_CLIENTS = {"client": "app_authorization"}
"""What is asked for only to understand another kind: authorisations name applications by the ids of their clients."""
_NOT_LISTED = "jobs"
"""What no call lists, so that its id has to be known."""


class Filled(NamedTuple):
    """A parameter of a call, and the field of what the call is made for that it has the value of."""

    parameter: str
    field: str
    in_query: bool


class Each(NamedTuple):
    """What a call is made for: each item in the answers of another call."""

    operation: Operation
    filled: tuple[Filled, ...]


class Call(NamedTuple):
    """A call, made once or for each of something; if it is paged, as often as there are pages."""

    operation: Operation
    each: tuple[Each, ...] = ()
    """What it is made for; of several, for each of all of them. Empty where it is made once."""
    also_without: bool = False
    """Whether it is made once without the parameter, before it is made for each."""
    only: tuple[str, str] | None = None
    """A field of what it is made for, and the value that it has to have."""

    @property
    def service(self) -> str:
        """The service whose address the call goes to."""
        return "functiongraph" if self.operation.subject.startswith(FUNCTIONS) else "roma"


class Calls(NamedTuple):
    """The calls to make, in order, and the kinds that no call lists."""

    calls: tuple[Call, ...]
    unlisted: tuple[str, ...]


def choose_calls(kinds: Iterable[str] = ()) -> Calls:
    """Return the calls that tell all about these kinds, and about the instance; without any, about everything.

    What a call needs to know is asked for before it. Raises `InvalidOption` for a word that is no kind.
    """
    wanted = tuple(kinds) or (*KINDS, FUNCTIONS)
    for word in wanted:
        if word not in KINDS and word != FUNCTIONS:
            raise InvalidOption(no_kind(word))
    chosen = {operation.name for operation in OPERATIONS.values() if _tells(operation, set(wanted))}
    waiting = list(chosen)
    while waiting:
        for each in _each_of(OPERATIONS[waiting.pop()], set(wanted)):
            if each.operation.name not in chosen:
                chosen.add(each.operation.name)
                waiting.append(each.operation.name)
    calls = [_call(operation, set(wanted)) for operation in OPERATIONS.values() if operation.name in chosen]
    return Calls(tuple(calls), tuple(kind for kind in wanted if kind in UNLISTED))


def kinds_for(package: Package) -> tuple[str, ...]:
    """Return the kinds that a plan of a package goes by: its own, and all that these may lead to."""
    found: set[str] = set()
    waiting = [kind for kind in package.index.by_kind if KINDS[kind].excluded_by is None]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting.extend(_needed(fields_of(KINDS[kind])) if kind in KINDS else ())
    return tuple(kind for kind in (*KINDS, FUNCTIONS) if kind in found)


def _needed(fields: Mapping[str, Field]) -> Iterator[str]:
    for field in fields.values():
        reference, variant = field.marker(Ref), field.marker(Variant)
        if reference is not None:
            yield reference.kind
        yield from (word for marker, word in _MARKED.items() if marker in field.by_class)
        yield from _needed(field.parts)
        for part in variant.classes.values() if variant else ():
            yield from _needed(fields_of(part))


def _tells(operation: Operation, wanted: Collection[str]) -> bool:
    """Say whether an operation tells something that is wanted, and no other does."""
    subject = operation.subject
    told: Iterable[str]
    match operation.role:
        case Role.LIST:
            told = (subject, *operation.also, *(inside.kind for inside in operation.inside))
        case Role.DETAIL:
            told = (kind for kind in (subject, *operation.also) if KINDS[kind].only_in_detail)
        case Role.PART:
            told = _whole(operation)
        case Role.INSTANCE if subject.startswith(FUNCTIONS):
            told = (FUNCTIONS,)
        case Role.INSTANCE:
            told = wanted if subject != _NOT_LISTED else ()
        case Role.BESIDE:
            told = (_CLIENTS.get(subject, ""),)
    return not operation.spare and any(kind in wanted for kind in told)


def _whole(part: Operation) -> Iterator[str]:
    """Yield the kinds that a part is in, however deep."""
    for holder in holders_of(part):
        if holder in KINDS:
            yield holder
        else:
            yield from _whole(_answering(holder))


def _answering(subject: str) -> Operation:
    """Return the operation that answers the items of a subject: the best list of a kind, or a part's own call."""
    if subject in KINDS:
        return lists_of(subject)[0]
    return next(operation for operation in OPERATIONS.values() if operation.subject == subject)


def _each_of(operation: Operation, wanted: Collection[str]) -> tuple[Each, ...]:
    """Return what an operation is called for, of several alternatives those that are wanted."""
    alternatives = [given for given in operation.given if given.in_query]
    if len(alternatives) > 1:
        chosen = [given for given in alternatives if given.subject in wanted] or alternatives
        return tuple(Each(_answering(given.subject), (_filled(given, driving=True),)) for given in chosen)
    if not operation.given:
        return ()
    *others, last = operation.given
    filled = (*(_filled(given, driving=False) for given in others), _filled(last, driving=True))
    return (Each(_answering(last.subject), filled),)


def _filled(given: Given, *, driving: bool) -> Filled:
    """Return where the value of a parameter comes from: the item that the call is made for, or what that is in."""
    field = given.by if driving else given.in_item or given.by
    return Filled(given.name, field, given.in_query)


def _call(operation: Operation, wanted: Collection[str]) -> Call:
    only = COMPOSITE if operation.given and operation.given[-1].subject == "composite_task" else None
    optional = any(given.optional for given in operation.given)
    return Call(operation, _each_of(operation, wanted), also_without=optional, only=only)
