"""What calls that read can tell of an instance, by the table of operations, and what is read held against it."""

from collections.abc import Callable, Iterator
from typing import Any

import assetpkg
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind, fields_of, id_field
from assetpkg.kinds.operations import OPERATIONS, Operation, detail_of, lists_of, parts_of
from assetpkg.kinds.operations.apic import QUOTA_NAMES
from assetpkg.package.index import Resource
from assetpkg.target.answers.items import answered_by, compared_fields, fields_at, take_item
from assetpkg.target.configuration import plain_urn
from assetpkg.target.instance import Instance

Document = dict[str, Any]
QUOTAS = frozenset({*QUOTA_NAMES.values(), "backend_api"})
"""The kinds whose quotas are answered."""


Made = Callable[[Operation], bool]
"""Says whether a call was made."""


def every(_: Operation) -> bool:
    return True


def fields_told(kind: type[Kind], made: Made) -> frozenset[str]:
    """Return the fields of a kind that the answer to a call has which was made."""
    detail = detail_of(kind.kind)
    calls = (*lists_of(kind.kind), *(() if detail is None else (detail,)))
    known = id_field(kind)
    return frozenset().union(
        *(answered_by(call, kind.kind) for call in calls),
        (part.field for part in parts_of(kind.kind) if made(part)),
        () if known is None else (known.name,),
    )


def kinds_told(instance: Instance) -> frozenset[str]:
    """Return the kinds of which the calls tell all that there is."""
    return frozenset(kind for kind in KINDS if any(_tells(call, kind, instance) for call in lists_of(kind)))


def _tells(call: Operation, kind: str, instance: Instance) -> bool:
    """Say whether a list tells all of a kind: the target knows all that is in it, and all that it is asked for by.

    Where there is nothing that it could be of or in, there is nothing of the kind either.
    """
    above = [each.subject for each in call.given if not each.optional][-1:]
    holders = [*above, *(call.subject for inside in call.inside if inside.kind == kind)]
    if not all(any(_tells(each, holder, instance) for each in lists_of(holder)) for holder in holders):
        return False
    if any(not instance.index.resources_of(holder) for holder in holders):
        return True
    return not call.spare and {kind, call.subject, *call.also} <= instance.covers


def told(instance: Instance, made: Made = every) -> Instance:
    """Return what the calls tell of an instance: no credentials, and no field that is in no answer."""
    kinds = kinds_told(instance)
    return Instance.from_documents(
        {kind: [_told(each, instance, made) for each in instance.index.resources_of(kind)] for kind in kinds},
        name="told",
    )


def _told(resource: Resource, instance: Instance, made: Made) -> Document:
    document = take_item(instance.document(resource), fields_of(resource.kind)).document
    known = id_field(resource.kind)
    if known is not None:
        document.setdefault(known.name, resource.id)
    own = fields_told(resource.kind, made) - _credentials(resource.kind)
    return _parts_told(resource.path.kind, {name: value for name, value in document.items() if name in own})


def _credentials(kind: type[Kind]) -> frozenset[str]:
    """Return the fields of which an answer says only that they are there."""
    return frozenset(dict(call.renamed).get(name, name) for call in lists_of(kind.kind) for name in call.secret)


def _parts_told(subject: str, document: Document) -> Document:
    """Return a document with as much of its parts as the calls for these answer."""
    found = dict(document)
    for part in parts_of(subject):
        if part.spare or part.field not in found:
            continue
        value = found.pop(part.field)
        items = value if isinstance(value, list) else [value]
        names = _names_of(part)
        kept = [
            _parts_told(part.subject, {name: one[name] for name in one if name in names})
            for one in items
            if isinstance(one, dict)
        ]
        said = [{name: one.get(name) for name in part.around} for one in kept]
        if all(one == said[0] for one in said):  # an answer says it once, and of all
            found[part.field] = kept if isinstance(value, list) else kept[0]
    return found


def hold(there: Instance, found: Instance, made: Made = every) -> None:
    """Hold what was read of an instance against it: nothing else, all that the calls tell, and the rest as unknown."""
    known = told(there, made)
    assert not found.covers ^ known.covers, found.covers ^ known.covers
    difference = assetpkg.diff(known, found)
    assert not difference.differences, difference.differences
    assert not difference.unverified, difference.unverified
    assert not difference.uncovered, difference.uncovered
    assert _ids(found) == _ids(known), (_ids(found), _ids(known))
    unknown, untold = dict(_unknown(found)), dict(_untold(there, found, known, made))
    assert unknown == untold, [
        (name, unknown[name] ^ untold[name]) for name in unknown if unknown[name] != untold[name]
    ]
    assert found.quotas == {kind: quota for kind, quota in there.quotas.items() if kind in QUOTAS}
    functions = _functions(there) if made(OPERATIONS["ListFunctions"]) else None
    assert _functions(found) == functions, (_functions(found), functions)
    assert dict(found.features) == {name: _feature(value) for name, value in there.features.items()}


def _ids(instance: Instance) -> list[tuple[str, str]]:
    return sorted(map(_key, instance.index.resources))


def _key(resource: Resource) -> tuple[str, str]:
    """Return what a resource is the same by; an authorisation is put together of pairs that have ids of their own."""
    gathered = any(call.gathered for call in lists_of(resource.path.kind))
    return resource.path.kind, resource.name if gathered or id_field(resource.kind) is None else resource.id


def _unknown(found: Instance) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the fields of each resource of which it is said that nobody has looked at them."""
    for each in found.index.resources:
        document = found.document(each)
        yield (
            each.address,
            frozenset(found.unseen(each, document, compared_fields(each.kind))),
        )


def _untold(there: Instance, found: Instance, known: Instance, made: Made) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the fields of each resource that no call tells: of its kind at all, or of what it has there."""
    held = {_key(each): there.document(each) for kind in known.covers for each in there.index.resources_of(kind)}
    said = {_key(each): known.document(each) for each in known.index.resources}
    for each in found.index.resources:
        key = _key(each)
        own = fields_told(each.kind, made)
        there_too = (name for name, value in held.get(key, {}).items() if value is not None)
        lost = {name for name in there_too if name in own and name not in said[key]}
        untold = {name for name in compared_fields(each.kind) if name not in own or name in lost}
        within = _untold_within(each.path.kind, said.get(key, {}))
        yield each.address, frozenset(untold | {"/".join(path) for path in within})


def _untold_within(subject: str, document: Document) -> Iterator[tuple[str, ...]]:
    """Yield the paths of what parts of a document may have, and no call for them answers."""
    for part in parts_of(subject):
        value = document.get(part.field) or []
        for one in value if isinstance(value, list) else [value]:
            yield from ((part.field, name) for name in fields_at(part.subject).keys() - _names_of(part))
            yield from ((part.field, *path) for path in _untold_within(part.subject, one))


def _names_of(part: Operation) -> frozenset[str]:
    """Return the fields that an object of a part has in an answer, or in the answers for what is in it."""
    below = (one.field for one in parts_of(part.subject))
    return frozenset({*dict(part.renamed).values(), *part.fields, *part.around, *below})


def _functions(instance: Instance) -> set[tuple[str, str | None, str | None]] | None:
    """Return the versions of functions, and their aliases: there is no alias without its version."""
    if instance.functions is None:
        return None
    entries = [(plain_urn(each.urn), each.version, each.alias or None) for each in instance.functions]
    return {*entries, *((urn, version, None) for urn, version, _ in entries)}


def _feature(value: Any) -> Any:
    return "off" if value is False else value if value is True else str(value)
