"""A platform that answers: from documents by kind, what each operation would answer, made by the SDK's own classes."""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import huaweicloudsdkroma.v2.model as models  # type: ignore[import-untyped]

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import id_field
from assetpkg.kinds.operations import OPERATIONS, Operation, Role
from assetpkg.package.package import Package

PROJECT, INSTANCE = "06a7af5f359b3c9b069a4e1bc63fe30b", "30901d35-21a0-4899-a0ed-e3da0ab89cd3"
HOST = "https://roma.cn-north-4.example.com"
Documents = Mapping[str, Sequence[Mapping[str, Any]]]


class Call(NamedTuple):
    """A call as it was made, and what was answered."""

    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, str]
    answer: Any

    @property
    def url(self) -> str:
        path = self.operation.path.format(project_id=PROJECT, instance_id=INSTANCE, **self.path)
        query = "&".join(f"{name}={value}" for name, value in self.query.items())
        return f"{HOST}{path}?{query}" if query else f"{HOST}{path}"

    @property
    def saved(self) -> dict[str, Any]:
        """Return the answer together with what was asked, as a script saves both."""
        return {"request": {"method": "GET", "url": self.url}, "response": self.answer}


def documents_of(package: Package) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for resource in package.resources:
        found[resource.path.kind].append(copy.deepcopy(package.document(resource.address)))
    return with_ids(found)


def with_ids(documents: Documents) -> dict[str, list[dict[str, Any]]]:
    """Give every resource, service and command the id that the platform would have given it."""
    found = {kind: [copy.deepcopy(dict(one)) for one in members] for kind, members in documents.items()}
    number = 1000
    for kind, members in found.items():
        known = id_field(KINDS[kind])
        for document in members:
            number += 1
            if known is not None and document.get(known.name) is None:
                document[known.name] = number if kind in NUMBERED else f"{kind}-{number}"
            for service in document.get("services") or ():
                service["service_id"] = number = number + 1
                for command in service.get("commands") or ():
                    command["command_id"] = number = number + 1
    return found


NUMBERED = {"product", "product_template", "device", "rule"}


class Platform:
    """What there is, and the answers about it."""

    def __init__(self, documents: Documents, *, most: int | None = None) -> None:
        self.documents = {kind: list(documents.get(kind, ())) for kind in KINDS}
        self.most = most

    def calls(self) -> Iterator[Call]:
        """Yield every call that a complete picture needs, with all pages."""
        for operation in OPERATIONS.values():
            if operation.in_sdk and not operation.spare and operation.role in (Role.LIST, Role.DETAIL, Role.PART):
                yield from self.calls_of(operation)

    def calls_of(self, operation: Operation) -> Iterator[Call]:
        for given, items in self.lists(operation):
            path = {name: value for name, value in given.items() if name in operation.path_parameters}
            query = {name: value for name, value in given.items() if name not in path}
            yield from self.pages(operation, path, query, items)

    def pages(
        self,
        operation: Operation,
        path: Mapping[str, str],
        query: Mapping[str, str],
        items: Sequence[Mapping[str, Any]],
    ) -> Iterator[Call]:
        made = [made_by_sdk(operation, item) for item in items]
        if operation.items is None:
            yield from (Call(operation, path, query, answer) for answer in made)
            return
        if operation.paging is None:
            yield Call(operation, path, query, enveloped(operation, made, len(made)))
            return
        most = self.most or operation.paging.most or 1000
        for offset in range(0, max(len(made), 1), most):
            paging = {operation.paging.offset: str(offset), operation.paging.limit: str(most)}
            answer = enveloped(operation, made[offset : offset + most], len(made))
            yield Call(operation, path, {**query, **paging}, answer)

    def lists(self, operation: Operation) -> Iterator[tuple[dict[str, str], list[Mapping[str, Any]]]]:
        """Yield what an operation is called with, and the items that it answers then."""
        if operation.role is Role.DETAIL:
            for kind in (operation.subject, *operation.also):
                for document in self.documents[kind]:
                    given = {
                        each.name: str(document[each.by if each.subject == kind or operation.also else each.in_item])
                        for each in operation.given
                    }
                    yield given, [self.detail(operation, document)]
        elif operation.role is Role.PART:
            yield from self.parts(operation)
        elif operation.given and not operation.given[-1].optional:
            parent = operation.given[-1]
            for holder in self.documents[parent.subject]:
                word = str(holder[parent.by])
                yield (
                    {parent.name: word},
                    [one for one in self.items(operation) if str(one.get(parent.in_item)) == word],
                )
        else:
            everything = list(self.items(operation))
            if not operation.given:
                yield {}, everything
                return
            yield {}, [one for one in everything if not one.get("parent_code")]
            for one in everything:
                yield (
                    {"parent_code": one["code"]},
                    [each for each in everything if each.get("parent_code") == one["code"]],
                )

    def items(self, operation: Operation) -> Iterator[Mapping[str, Any]]:
        if operation.subject == "app_authorization":
            yield from self.pairs()
            return
        if operation.subject == "client_access_control":
            known = {one["app_id"]: one for one in self.documents["client_access_control"]}
            for application in self.documents["application"]:
                yield known.get(application["id"], {"app_id": application["id"]})
            return
        for kind in (operation.subject, *operation.also):
            for document in self.documents[kind]:
                inside = {
                    part.field: [
                        {"domain": one["url_domain"], "id": one.get("id")}
                        for one in self.documents[part.kind]
                        if one.get("group_id") == document.get("id")
                    ]
                    for part in operation.inside
                }
                sort = {"task_mode": "CDC" if kind == "composite_task" else "NORMAL"} if operation.also else {}
                yield {**document, **inside, **sort}

    def pairs(self) -> Iterator[Mapping[str, Any]]:
        number = 0
        for document in self.documents["app_authorization"]:
            for app in document["app_ids"]:
                for api in document["api_ids"]:
                    number += 1
                    rest = {key: value for key, value in document.items() if key not in ("app_ids", "api_ids", "id")}
                    yield {"id": f"pair-{number}", "app_id": app, "api_id": api, **rest}

    def detail(self, operation: Operation, document: Mapping[str, Any]) -> Mapping[str, Any]:
        if operation.chosen:
            others = {"owner": False, "user_name": "somebody", "access_policy": "sub"}
            own = {name: document[name] for name in ("access_policy", "tag") if name in document}
            return {operation.items or "": [others, {"owner": True, "user_name": document.get("app_id"), **own}]}
        return document

    def parts(self, operation: Operation) -> Iterator[tuple[dict[str, str], list[Mapping[str, Any]]]]:
        steps = operation.subject.split(".")
        kinds = ["product", "product_template"] if steps[0] == "product" else [steps[0]]
        kinds = ["task", "composite_task"] if operation.name == "ShowDispatches" else kinds
        for kind in kinds:
            if operation.name == "ListProductTopics" and kind != "product":
                continue
            for document in self.documents[kind]:
                for above, holder in holders(document, steps[1:-1]):
                    given: dict[str, str] = {}
                    for each in operation.given:
                        if each.in_query and each.subject != kind:
                            continue
                        given[each.name] = str({**document, **above, **holder}[each.by])
                    value = holder.get(steps[-1])
                    if operation.items is None:
                        own = {each.in_item: given[each.name] for each in operation.given if each.in_item}
                        yield given, [{**value, **own} if value else {}]
                    else:
                        own = {
                            each.in_item: given[each.name]
                            for each in operation.given
                            if each.in_item and each.name in given
                        }
                        numbers = {name: int(word) if word.isdecimal() else word for name, word in own.items()}
                        yield given, [{**one, **numbers} for one in value or ()]


def holders(document: Mapping[str, Any], steps: Sequence[str]) -> Iterator[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Yield the objects at the end of the steps, with the ids of those above."""
    if not steps:
        yield {}, document
        return
    for part in document.get(steps[0]) or ():
        ids = {name: part[name] for name in ("service_id", "command_id") if name in part}
        for above, found in holders(part, steps[1:]):
            yield {**ids, **above}, found


def class_of_items(operation: Operation) -> Any:
    response = getattr(models, operation.response_class)
    if operation.items is None:
        return response
    names = {there: here for here, there in response.attribute_map.items()}
    return getattr(models, response.openapi_types[names[operation.items]].removeprefix("list[").removesuffix("]"))


def made_by_sdk(operation: Operation, document: Mapping[str, Any]) -> Any:
    """Return what the SDK's class for an answer, or for its items, makes of a document."""
    if operation.chosen:
        return document
    back = {own: there for there, own in operation.renamed}
    raw = {back.get(name, name): value for name, value in document.items()}
    if operation.wrapper:
        return {operation.wrapper: made(class_in(operation), raw), "task_detail": raw.get("task_detail")}
    known = made(class_of_items(operation), raw)
    extra = {"task_mode": raw["task_mode"]} if "task_mode" in raw else {}
    return {**known, **extra}


def class_in(operation: Operation) -> Any:
    return getattr(models, getattr(models, operation.response_class).openapi_types[operation.wrapper])


def made(model: Any, raw: Mapping[str, Any]) -> dict[str, Any]:
    values = {attribute: raw[name] for attribute, name in model.attribute_map.items() if raw.get(name) is not None}
    found: dict[str, Any] = json.loads(str(model(**values)))
    return found


def enveloped(operation: Operation, items: Sequence[Any], total: int) -> dict[str, Any]:
    if operation.chosen:
        return {"total": len(items[0]["policies"]), "size": len(items[0]["policies"]), **items[0]}
    found: dict[str, Any] = {operation.total: total, operation.size: len(items), operation.items: list(items)}  # type: ignore[dict-item]
    return {key: value for key, value in found.items() if key}
