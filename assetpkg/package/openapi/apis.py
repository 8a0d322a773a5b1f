"""An operation with extensions of the gateway as the document of an API."""

from collections.abc import Mapping
from typing import Any

from assetpkg.package.openapi.backends import read_backend, read_policies
from assetpkg.package.openapi.file import Operation
from assetpkg.package.openapi.parameters import present, read_parameters
from assetpkg.package.openapi.security import NotKnown, read_authentication
from assetpkg.package.openapi.source import Sort

_BACKEND = "x-apigateway-backend"
_APPLICATION = "x-apigateway-roma-app"
_PUBLIC, _PRIVATE = 1, 2
_OFFERED = {"public": _PUBLIC, "private": _PRIVATE}
_MATCHED = {"normal": "NORMAL", "swa": "SWA"}
_BOUND: Mapping[str, str] = {
    "x-apigateway-ratelimit": "a request throttling policy",
    "x-apigateway-access-control": "an access control policy",
    "x-apigateway-plugins": "a plug-in policy",
}
"""What an operation names that is bound to its API, and is in no field of it."""
_OF_NO_FIELD = ("x-apigateway-is-send-fg-body-base64",)


def is_api(operation: Operation) -> bool:
    """Say whether an operation has what an API is made of."""
    return _BACKEND in operation.part.value


def read_api(operation: Operation, group: str) -> dict[str, Any]:
    """Return the document of an API in this group; raises `NotKnown` for one that nothing can be made of."""
    part = operation.part
    authentication = read_authentication(operation)
    described = part.part(_BACKEND, extension=True)
    backend = read_backend(described, operation) if described is not None else None
    if backend is None:
        raise NotKnown(f"'{_BACKEND}' describes no backend that is understood")
    for extension, what in _BOUND.items():
        if part.drop(extension):
            part.note(Sort.UNUSED, extension, f"{what} is bound to the API: bind it again on the target", extension)
    for extension in _OF_NO_FIELD:
        if part.drop(extension) is not None:
            part.note(Sort.UNUSED, extension, f"an API has no field for '{extension}'", extension)
    _note_body(operation)
    rows = (
        ("name", operation.name()),
        ("group_id", group),
        ("roma_app_id", operation.application(_APPLICATION)),
        ("type", _type(operation)),
        ("remark", operation.remark()),
        ("req_protocol", _protocol(operation)),
        ("req_method", operation.verb),
        ("req_uri", operation.uri),
        ("match_mode", part.word("x-apigateway-match-mode", _MATCHED)),
        *authentication.items(),
        ("cors", part.flag("x-apigateway-cors")),
        ("content_type", part.text("x-apigateway-content-type") or None),
        *_samples(operation).items(),
        ("tags", part.texts("tags") or None),
        ("req_params", read_parameters(operation) or None),
        *backend.items(),
        *read_policies(operation).items(),
    )
    return present(rows)


def _type(operation: Operation) -> int:
    member = "x-apigateway-request-type"
    if member not in operation.part.value:
        operation.assume("type", f"'{member}' is missing: private is assumed", member)
    found: int | None = operation.part.word(member, _OFFERED)
    return _PRIVATE if found is None else found


def _protocol(operation: Operation) -> str:
    found = operation.protocols() & {"http", "https"}
    if not found:
        operation.assume("req_protocol", "the file says no protocol of the calls: HTTPS is assumed", "protocol")
        return "HTTPS"
    return "BOTH" if len(found) > 1 else "".join(found).upper()


def _samples(operation: Operation) -> dict[str, str]:
    """Return the examples of answers, which the first response has that has one."""
    found: dict[str, str] = {}
    responses = operation.part.part("responses")
    for _, response in responses.members() if responses is not None else ():
        for field in ("result_normal_sample", "result_failure_sample"):
            sample = response.text(f"x-apigateway-{field.replace('_', '-')}")
            if sample:
                found.setdefault(field, sample)
    name = operation.part.text("x-apigateway-response")
    if name not in (None, "default"):
        message = f"the response '{name}' of its group is not taken over: a document has the id of it, and not its name"
        operation.part.note(Sort.UNRESOLVED, "x-apigateway-response", message, "response")
    return found


def _note_body(operation: Operation) -> None:
    if operation.part.value.get("requestBody"):
        operation.part.note(Sort.UNUSED, "requestBody", "the document of an API has no field for the body", "body")
        operation.part.source.finish(operation.part.at("requestBody"))
