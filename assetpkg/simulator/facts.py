"""What the calls are answered that ask for no resource: the instance, its quotas, the functions of the project."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from assetpkg.kinds.operations import Operation
from assetpkg.kinds.operations.apic import QUOTA_NAMES
from assetpkg.simulator.holdings import Document
from assetpkg.simulator.refusals import NO_RESOURCE, NOT_KNOWN, Refusal
from assetpkg.target.configuration import name_of_function, plain_urn
from assetpkg.target.instance import Function, Instance

_NEWEST = "latest"
"""The version of each function that a list of functions has (API reference, ListFunctions)."""
Given = Mapping[str, str]
"""The parameters of a path."""


def tell(instance: Instance, operation: Operation, path: Given) -> Sequence[Document]:
    """Return the items that an operation answers, or the one thing that it does.

    Raises `Refusal` for what the target does not say, and for a function that it does not have.
    """
    known = _TOLD.get(operation.name)
    found = None if known is None else known(instance, path)
    if found is None:
        raise Refusal(NOT_KNOWN, f"the target has nothing for {operation.name}")
    return found


def _itself(instance: Instance, path: Given) -> Sequence[Document]:
    version = {"instance_version": instance.facts.version} if instance.facts.version else {}
    ids = {"id": path["instance_id"], "project_id": path["project_id"]}
    return [{**ids, "instance_name": instance.name, **version}]


def _all_instances(instance: Instance, path: Given) -> Sequence[Document] | None:
    if instance.facts.id is None:
        return None
    return [{"id": instance.facts.id, "name": instance.name, "project_id": path["project_id"]}]


def _features(instance: Instance, _: Given) -> Sequence[Document]:
    return [_feature(name, value) for name, value in instance.features.items()]


def _feature(name: str, value: Any) -> Document:
    on = value not in (False, "off")
    return {"id": name, "name": name, "enable": on, **({"config": str(value)} if on and value is not True else {})}


def _quotas(instance: Instance, _: Given) -> Sequence[Document]:
    known = [(name, instance.quotas[kind]) for name, kind in QUOTA_NAMES.items() if kind in instance.quotas]
    return [
        {"config_id": name, "config_name": name, "config_value": str(quota.limit), "used": quota.used}
        for name, quota in known
    ]


def _custom_backends(instance: Instance, _: Given) -> Sequence[Document] | None:
    quota = instance.quotas.get("backend_api")
    return None if quota is None else [{"api": str(quota.limit), "api_used": str(quota.used)}]


def _functions(instance: Instance, _: Given) -> Sequence[Document] | None:
    if instance.functions is None:
        return None
    return [_function(urn, _NEWEST) for urn in dict.fromkeys(plain_urn(each.urn) for each in instance.functions)]


def _versions(instance: Instance, path: Given) -> Sequence[Document] | None:
    if instance.functions is None:
        return None
    # An alias is one of a version that there is.
    found = dict.fromkeys((plain_urn(each.urn), each.version) for each in _entries(instance.functions, path))
    return [_function(urn, version) for urn, version in found]


def _aliases(instance: Instance, path: Given) -> Sequence[Document] | None:
    if instance.functions is None:
        return None
    return [_alias(each) for each in _entries(instance.functions, path) if each.alias]


def _entries(functions: Iterable[Function], path: Given) -> Sequence[Function]:
    """Return what the target says of the function that a call is about, whose URN may go on with a version."""
    asked = plain_urn(path["function_urn"])
    found = [each for each in functions if plain_urn(each.urn) == asked]
    if not found:
        raise Refusal(NO_RESOURCE, "the target has no function of this URN")
    return found


def _function(urn: str, version: str | None) -> Document:
    named = name_of_function(urn)
    said = {} if named is None else {"package": named[0], "func_name": named[1]}
    return {"func_urn": f"{urn}:{version}" if version else urn, **said, **({"version": version} if version else {})}


def _alias(entry: Function) -> Document:
    version = {"version": entry.version} if entry.version else {}
    return {"name": entry.alias, "alias_urn": f"{plain_urn(entry.urn)}:!{entry.alias}", **version}


_TOLD: Mapping[str, Callable[[Instance, Given], Sequence[Document] | None]] = {
    "ShowDetailsOfInstanceV2": _itself,
    "CheckRomaInstanceListV2": _all_instances,
    "ListFeaturesV2": _features,
    "ListProjectCofigsV2": _quotas,
    "ListLiveDataQuotaV2": _custom_backends,
    "ListFunctions": _functions,
    "ListFunctionVersions": _versions,
    "ListVersionAliases": _aliases,
}
"""What each operation is answered from; `None` where the target does not say it."""
