"""Export and deletion: the applications and tasks that are named, what goes with them, and what is in the way."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive.zip import write_zip
from assetpkg.authoring.selection import select
from assetpkg.package.index import Index, Resource
from assetpkg.package.package import Package, load
from assetpkg.package.packing import dump
from assetpkg.planning.assumptions import IMPORT_LIMIT
from assetpkg.resource.merge import created
from assetpkg.simulation.prediction import SHOWN_AT_MOST
from assetpkg.simulator.importing import reason
from assetpkg.simulator.refusals import INVALID, NO_RESOURCE, Refusal
from assetpkg.simulator.state import State
from assetpkg.simulator.store import End
from assetpkg.target.instance import Instance, with_index

_TASKS = ("task", "composite_task")
_MEMBERS = {"apps": ("application",), "tasks": _TASKS}
"""The members of a request, and the kinds that their ids are of."""


class Chosen(NamedTuple):
    """The ids of the applications and tasks that are named."""

    apps: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    def request(self) -> dict[str, Any]:
        """Return the request again."""
        return {name: [{"id": word} for word in getattr(self, name)] for name in _MEMBERS}

    def refuse_unknown(self, instance: Instance) -> None:
        """Raise `Refusal` where one of them is not on the instance."""
        for name, kinds in _MEMBERS.items():
            for word in getattr(self, name):
                if not any(instance.index.with_id(kind, word) for kind in kinds):
                    raise Refusal(NO_RESOURCE, f"{name} has '{word}', which is not on the instance")

    def resources(self, instance: Instance) -> list[Resource]:
        """Return what is named, as it is now."""
        found = (
            instance.index.with_id(kind, word)
            for name, kinds in _MEMBERS.items()
            for word in getattr(self, name)
            for kind in kinds
        )
        return [each for each in found if each is not None]


def read_chosen(content: bytes, *, needs_tasks: bool) -> Chosen:
    """Read the body of an export or a deletion; raises `Refusal` for what is not one of the page.

    Without `needs_tasks`, the tasks may be left out.
    """
    try:
        body = documents.parse(content)
    except documents.InvalidDocument as error:
        raise Refusal(INVALID, f"the body cannot be read: {documents.refusal(error, content)}") from None
    if not isinstance(body, dict):
        raise Refusal(INVALID, "the body is an object with 'apps' and 'tasks'")
    strange = next((name for name in body if name not in _MEMBERS), None)
    if strange is not None:
        raise Refusal(INVALID, f"the body has a member '{strange}'; there are 'apps' and 'tasks'")
    if "apps" not in body or (needs_tasks and "tasks" not in body):
        raise Refusal(INVALID, "the body needs 'apps' and 'tasks', which may be empty lists")
    found = {name: tuple(_ids(name, body[name])) for name in _MEMBERS if body.get(name) is not None}
    chosen = Chosen(**found)
    if not chosen.apps and not chosen.tasks:
        raise Refusal(INVALID, "neither an application nor a task is named")
    if len(chosen.apps) + len(chosen.tasks) > IMPORT_LIMIT:
        raise Refusal(INVALID, f"more than {IMPORT_LIMIT} applications and tasks are named")
    return chosen


def _ids(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        raise Refusal(INVALID, f"'{name}' is a list of objects with an 'id'")
    for number, one in enumerate(value):
        word = one.get("id") if isinstance(one, dict) else None
        if not isinstance(word, str):
            raise Refusal(INVALID, f"at '/{name}/{number}', an object with an 'id' is needed")
        yield word


def export(instance: Instance, chosen: Chosen) -> End:
    """Return the end of an export: the zip of what is named, of all that belongs to it, and of what these refer to.

    It is in assetpkg's own layout, and has neither credentials nor what the server has made.
    """
    package = package_of(instance, chosen)
    content = b"".join(write_zip((name, entry.read()) for name, entry in dump(package).entries.items()))
    return End("SUCCEEDED", f"{len(package.resources)} resources are in the archive", archive=content)


def package_of(instance: Instance, chosen: Chosen) -> Package:
    """Return the package of what is named, with what belongs to it and what these refer to."""
    named = chosen.resources(instance)
    places = {resource.place for resource in named}
    index = instance.index
    owned = [each for each in index.resources if (owner := index.owner(each)) is not None and owner.place in places]
    taken = select(index, [*named, *owned]).taken
    members = [each for each in index.resources if each.address in taken and each.kind.imported]
    package = Package.new(instance.name).with_resources(
        (each.path.kind, created(each.kind, instance.document(each))) for each in members
    )
    facts = instance.facts
    source = {"region": facts.region, "project_id": facts.project_id, "instance_id": facts.id}
    known = {name: value for name, value in source.items() if value is not None}
    manifest: dict[str, Any] = json.loads(package.manifest.text)
    content = documents.dump({**manifest, **({"source": known} if known else {})})
    return load(package.archive.with_contents({package.layout.manifest: content}), known=package)


def delete(state: State, chosen: Chosen) -> End:
    """Return the end of a deletion: exactly what is named goes, and nothing if something else refers to it."""
    instance = state.instance
    named = {each.address: each for each in chosen.resources(instance)}
    users = [
        (user, used)
        for user in instance.index.resources
        if user.address not in named
        for _, used in instance.index.leads_of(user)
        if used.address in named
    ]
    if users:
        told = {used.address: (user, used) for user, used in reversed(users)}
        return End("FAILED", "nothing was deleted: it is referred to", _reasons(list(told.values())))
    return End("SUCCEEDED", f"{len(named)} deleted", state=State(without(instance, named)))


def _reasons(users: Sequence[tuple[Resource, Resource]]) -> list[Mapping[str, str]]:
    return [
        reason("application" if used.path.kind == "application" else "task", used.name, f"{user.address} refers to it")
        for user, used in users[:SHOWN_AT_MOST]
    ]


def without(instance: Instance, gone: Mapping[str, Resource]) -> Instance:
    """Return an instance without some of its resources."""
    numbers = Counter(each.path.kind for each in gone.values())
    quotas = {kind: quota.changed(used=max(quota.used - numbers[kind], 0)) for kind, quota in instance.quotas.items()}
    kept = {each.place: each.address for each in instance.index.resources if each.address not in gone}
    index = Index.build(each.inspection for each in instance.index.resources if each.place in kept)
    # Of two with one name, the second is the first when that has gone.
    there = {kept[each.place]: each.address for each in index.resources}
    return replace(with_index(instance, index, there), quotas=quotas)
