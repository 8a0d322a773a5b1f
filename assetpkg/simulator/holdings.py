"""What there is on an instance, as the operations of the platform answer it, item by item."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, id_field
from assetpkg.kinds.operations import Operation, Role
from assetpkg.kinds.operations.fdi import COMPOSITE
from assetpkg.target.answers.items import MASK, take_item
from assetpkg.target.instance import Instance

Document = dict[str, Any]
Asked = frozenset[tuple[str, str]]

_LIKE = {"product": ("product", "product_template"), "task": ("task", "composite_task")}
"""The kinds whose resources have the same parts as those of another."""
_ENOUGH = 7
"""How many hexadecimal digits make a number that a client reads as one."""


class Holdings:
    """The items of every list, the details and the parts; each is worked out when it is asked for first."""

    def __init__(self, instance: Instance) -> None:
        """Take the instance."""
        self._instance = instance
        self._documents: dict[str, list[Document]] = {}
        self._answered: dict[str, dict[Asked, list[Document]]] = {}

    def items(self, operation: Operation, asked: Mapping[str, str]) -> Sequence[Document] | None:
        """Return what an operation answers when it is called with these parameters; `None` where nothing is so."""
        if operation.name not in self._answered:
            self._answered[operation.name] = self._sorted(operation)
        found = self._answered[operation.name].get(frozenset(asked.items()))
        if found is None and operation.role is Role.LIST and self._leads_somewhere(operation, asked):
            return ()
        return found

    def clients(self) -> list[Document]:
        """Return the clients of the gateway: each application is its own, with the same id."""
        return [
            {"id": application["id"], "name": application["name"]}
            for application in self.documents("application")
            if "id" in application
        ]

    def documents(self, kind: str) -> list[Document]:
        """Return the documents of a kind without credentials, each with an id, and so have the parts that need one."""
        if kind not in self._documents:
            fields, known = fields_of(KINDS[kind]), id_field(KINDS[kind])
            found = []
            for resource in self._instance.index.resources_of(kind):
                whole = self._instance.document(resource)
                item = take_item(whole, fields)
                # What cannot be told is there all the same.
                masked = {name: whole[name] if isinstance(whole[name], int) else MASK for name in item.hidden}
                document = {**item.document, **masked}
                if known is not None and known.name not in document:
                    document[known.name] = resource.id
                _number_parts(document, resource.address)
                found.append(document)
            self._documents[kind] = found
        return self._documents[kind]

    def _leads_somewhere(self, operation: Operation, asked: Mapping[str, str]) -> bool:
        """Say whether a list that is empty is one of something that there is."""
        return all(
            any(str(holder.get(given.by)) == asked[given.name] for holder in self.documents(given.subject))
            for given in operation.given
            if given.name in asked
        )

    def _sorted(self, operation: Operation) -> dict[Asked, list[Document]]:
        """Return the items of an operation by what it is called with."""
        found: dict[Asked, list[Document]] = {}
        if operation.role is Role.LIST and not (operation.given and not operation.given[-1].optional):
            found[frozenset()] = []
        for given, items in self._each(operation):
            found.setdefault(frozenset(given.items()), []).extend(items)
        return found

    def _each(self, operation: Operation) -> Iterator[tuple[dict[str, str], list[Document]]]:
        match operation.role:
            case Role.DETAIL:
                return self._details(operation)
            case Role.PART:
                return self._parts(operation)
            case _:
                return self._list(operation)

    def _list(self, operation: Operation) -> Iterator[tuple[dict[str, str], list[Document]]]:
        given = operation.given[-1] if operation.given else None
        for item in self._resources(operation):
            answered = [_answered(operation, item)]
            if given is None:
                yield {}, answered
            elif item.get(given.in_item):
                yield {given.name: str(item[given.in_item])}, answered
            elif given.optional:
                yield {}, answered

    def _resources(self, operation: Operation) -> Iterator[Document]:
        if operation.subject == "app_authorization":
            yield from self._pairs
            return
        if operation.subject == "client_access_control":
            known = {one.get("app_id"): one for one in self.documents("client_access_control")}
            for application in self.documents("application"):
                yield known.get(application["id"], {"app_id": application["id"]})
            return
        for kind in (operation.subject, *operation.also):
            for document in self.documents(kind):
                inside = {
                    part.field: [
                        {there: one[own] for there, own in (*part.renamed, ("id", "id")) if own in one}
                        for one in self.documents(part.kind)
                        if all(one.get(own) == document.get(there) for there, own in part.taken)
                    ]
                    for part in operation.inside
                    if part.kind in self._instance.covers  # an empty list would say that there are none
                }
                sort = {COMPOSITE[0]: COMPOSITE[1] if kind == "composite_task" else "NORMAL"} if operation.also else {}
                yield {**document, **inside, **sort}

    @cached_property
    def _pairs(self) -> list[Document]:
        """Each application that may call an API, with that API: the platform answers them one at a time."""
        found = []
        for document in self.documents("app_authorization"):
            rest = {name: value for name, value in document.items() if name not in ("app_ids", "api_ids", "id")}
            if rest.pop("visit_params", None):
                rest["visit_param"] = MASK
            for app in document.get("app_ids") or ():
                for api in document.get("api_ids") or ():
                    pair = sha256(f"{document.get('id')}\n{app}\n{api}".encode()).hexdigest()[:32]
                    found.append({"id": pair, "app_id": app, "api_id": api, **rest})
        return found

    def _details(self, operation: Operation) -> Iterator[tuple[dict[str, str], list[Document]]]:
        for kind in (operation.subject, *operation.also):
            for document in self.documents(kind):
                known = [
                    (each.name, document.get(each.by if each.subject == operation.subject else each.in_item))
                    for each in operation.given
                ]
                if all(word is not None for _, word in known):
                    yield {name: str(word) for name, word in known}, [_detail(operation, document)]

    def _parts(self, operation: Operation) -> Iterator[tuple[dict[str, str], list[Document]]]:
        first, *steps = operation.subject.split(".")
        owners = {each.subject for each in operation.given}
        alike = operation.name == "ShowDispatches" or not owners <= KINDS.keys()
        kinds = [kind for kind in _LIKE.get(first, (first,)) if alike or kind in owners]
        for kind in kinds:
            for document in self.documents(kind):
                for above, holder in _holders(document, steps[:-1]):
                    ids = {**document, **above, **holder}
                    given = {
                        each.name: (each.in_item, ids.get(each.by))
                        for each in operation.given
                        if not each.in_query or each.subject == kind
                    }
                    if all(word is not None for _, word in given.values()):
                        own = {in_item: word for in_item, word in given.values() if in_item}
                        words = {name: str(word) for name, (_, word) in given.items()}
                        yield words, _parts_in(operation, holder.get(steps[-1]), own)


def _parts_in(operation: Operation, value: Any, own: Document) -> list[Document]:
    """Return the items of a part, each with the ids of what it is in; what is not there is an empty answer."""
    if operation.items is None:
        return [_answered(operation, {**value, **own}) if isinstance(value, dict) else {}]
    return [_answered(operation, {**one, **own}) for one in value or () if isinstance(one, dict)]


def _holders(document: Document, steps: Sequence[str]) -> Iterator[tuple[Document, Document]]:
    """Yield the objects at the end of the steps, with the ids of those above."""
    if not steps:
        yield {}, document
        return
    for part in document.get(steps[0]) or ():
        ids = {name: part[name] for name in ("service_id", "command_id") if name in part}
        for above, found in _holders(part, steps[1:]):
            yield {**ids, **above}, found


def _answered(operation: Operation, document: Document) -> Document:
    """Return the fields of a document that an operation answers, under the names that they have there.

    What it answers around its items is still in each of them.
    """
    back = {own: there for there, own in operation.renamed}
    raw = {back.get(name, name): value for name, value in document.items()}
    # No class of the SDK has the mode of a task, and the platform answers it.
    known = {*operation.fields, *operation.around, *(COMPOSITE[:1] if operation.role is Role.LIST else ())}
    return {name: value for name, value in raw.items() if name in known}


def _detail(operation: Operation, document: Document) -> Document:
    if operation.chosen and operation.items is not None:
        own: Document = {name: document[name] for name in ("access_policy", "tag") if name in document}
        return {operation.chosen: True, "user_name": document.get("app_id"), **own}
    found = _answered(operation, document)
    if not operation.wrapper:
        return found
    beside = {name: found.pop(name) for name in ("task_detail",) if name in found}
    return {operation.wrapper: found, **beside}


def _number_parts(document: Document, address: str) -> None:
    """Give services and commands the ids that their own parts are asked for by; the platform numbers them."""
    for service in document.get("services") or ():
        if isinstance(service, dict):
            named = f"{address}\n{service.get('service_name')}"
            service.setdefault("service_id", _number(named))
            for command in service.get("commands") or ():
                if isinstance(command, dict):
                    command.setdefault("command_id", _number(f"{named}\n{command.get('name')}"))


def _number(text: str) -> int:
    return int(sha256(text.encode()).hexdigest()[:_ENOUGH], 16)
