"""Backends of an API: the default one, and those that answer under conditions."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assetpkg.package.openapi.file import Operation
from assetpkg.package.openapi.parameters import NO, YES, present
from assetpkg.package.openapi.source import Part, Sort

_DEFAULT_TIMEOUT = 5000
"""In milliseconds; the pages about the extensions name it."""
_PLACES = {"path": "PATH", "query": "QUERY", "header": "HEADER"}
_ORIGINS = {"request": "REQUEST", "constant": "CONSTANT", "system": "SYSTEM"}
_COMPARED = {"equal": "exact", "exact": "exact", "enum": "enum", "pattern": "pattern"}
_CHECKED = {"source": "source", "request": "param", "request_parameter": "param"}
_CALLED = {"async": "async", "sync": "sync"}


class Backend(NamedTuple):
    """A sort of backend: its type in a document, the fields of its kinds, and where an extension describes it."""

    type: str
    field: str
    policies: str
    extension: str
    read: Callable[[Part, Operation, str], dict[str, Any]]


def read_backend(part: Part, operation: Operation) -> dict[str, Any] | None:
    """Return the fields of the default backend of an API, described by `x-apigateway-backend`."""
    sort = _sort(part)
    described = part.part(sort.extension, extension=True) if sort is not None else None
    if sort is None or described is None:
        return None
    parameters = _parameters(part)
    fields: dict[str, Any] = {"backend_type": sort.type, sort.field: sort.read(described, operation, sort.field)}
    return {**({"backend_params": parameters} if parameters else {}), **fields}


def read_policies(operation: Operation) -> dict[str, list[dict[str, Any]]]:
    """Return the policies of an API by the fields that have them, described by `x-apigateway-backend-policies`."""
    part = operation.part
    found: dict[str, list[dict[str, Any]]] = {}
    for policy in part.parts("x-apigateway-backend-policies", extension=True):
        sort = _sort(policy)
        described = policy.part(sort.extension, extension=True) if sort is not None else None
        if sort is None or described is None:
            policy.note(Sort.LEFT_OUT, "", "the policy is left out: it has no backend that is understood", "policy")
            part.source.finish(policy.pointer)
            continue
        conditions = [_condition(each) for each in policy.parts("conditions", extension=True)]
        if len(conditions) > 1:
            message = "whether all conditions or one of them must be true is assumed: all"
            operation.assume(sort.policies, message, "effect_mode", policy)
        rows = (
            ("name", policy.text("name")),
            ("effect_mode", "ALL"),
            ("conditions", conditions),
            ("backend_params", _parameters(policy) or None),
        )
        document = {**present(rows), **sort.read(described, operation, sort.policies)}
        if sort.policies == "policy_https" and document.pop("remark", None):
            described.note(Sort.UNUSED, "description", "a policy has no field for the description of a web service")
        found.setdefault(sort.policies, []).append(document)
    return found


def _sort(part: Part) -> Backend | None:
    sort: Backend | None = part.word("type", _SORTS)
    return sort


def _parameters(part: Part) -> list[dict[str, Any]]:
    return [
        present(
            (
                ("name", each.text("name")),
                ("location", each.word("in", _PLACES)),
                ("origin", each.word("origin", _ORIGINS)),
                ("value", each.text("value")),
                ("remark", each.text("description") or None),
            )
        )
        for each in part.parts("parameters", extension=True)
    ]


def _condition(part: Part) -> dict[str, Any]:
    rows = (
        ("condition_origin", part.word("origin", _CHECKED)),
        ("condition_type", part.word("type", _COMPARED)),
        ("condition_value", part.text("value")),
        ("req_param_name", part.text("parameter") or part.text("parameter_name")),
    )
    return present(rows)


def _web(part: Part) -> dict[str, Any]:
    method, scheme = part.text("method"), part.text("scheme")
    rows = (
        ("req_protocol", scheme and scheme.upper()),
        ("req_method", method and method.upper()),
        ("req_uri", part.text("path")),
        ("timeout", _timeout(part)),
        ("retry_count", part.text("retryCount")),
        ("enable_client_ssl", part.flag("enableClientSsl")),
        ("remark", part.text("description") or None),
    )
    return present(rows)


def _plain_web(part: Part, operation: Operation, field: str) -> dict[str, Any]:
    del operation, field
    return {"url_domain": part.text("address") or "", "vpc_channel_status": NO, **_web(part)}


def _channel_web(part: Part, operation: Operation, field: str) -> dict[str, Any]:
    name, cascaded = part.text("name"), part.flag("cascade_flag")
    channel = operation.refer(field, part, "name", "load_channel", name) if name is not None else None
    used = present((("vpc_channel_id", channel), ("cascade_flag", cascaded)))
    return {"vpc_channel_status": YES, **({"vpc_channel_info": used} if channel else {}), **_web(part)}


def _function(part: Part, operation: Operation, field: str) -> dict[str, Any]:
    del operation, field
    rows = (
        ("function_urn", part.text("function-urn")),
        ("version", part.text("version")),
        ("alias_urn", part.text("alias-urn")),
        ("invocation_type", part.word("invocation-type", _CALLED)),
        ("network_type", part.text("network-type")),
        ("timeout", _timeout(part)),
        ("remark", part.text("description") or None),
    )
    return present(rows)


def _mock(part: Part, operation: Operation, field: str) -> dict[str, Any]:
    del operation, field
    rows = (("result_content", part.text("result-content") or ""), ("remark", part.text("description") or None))
    return present(rows)


def _timeout(part: Part) -> int:
    given = part.number("timeout")
    return _DEFAULT_TIMEOUT if given is None else given


_SORTS: Mapping[str, Backend] = {
    "http": Backend("HTTP", "backend_api", "policy_https", "httpEndpoints", _plain_web),
    "http-vpc": Backend("HTTP", "backend_api", "policy_https", "httpVpcEndpoints", _channel_web),
    "function": Backend("FUNCTION", "func_info", "policy_functions", "functionEndpoints", _function),
    "mock": Backend("MOCK", "mock_info", "policy_mocks", "mockEndpoints", _mock),
}
