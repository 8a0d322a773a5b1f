"""How callers are authenticated: the extensions of the schemes that an operation needs."""

from collections.abc import Mapping
from typing import Any

from assetpkg.documents import step_below
from assetpkg.package.openapi.file import Operation
from assetpkg.package.openapi.source import Part, Sort

_WAYS = {"appsigv1": "APP", "iam": "IAM", "authorizer": "AUTHORIZER"}
_CODES = {"header": "HEADER", "disable": "DISABLE"}
_KNOWN = {"x-apigateway-auth-type": (*_WAYS, "iam_none"), "x-livedata-auth-type": ("signature",)}
_SECRETS = ("user_data",)


class NotKnown(Exception):
    """Why it is not known how callers are authenticated, so that nothing may be made of an operation."""


def look_over(schemes: Part | None) -> None:
    """Note the credentials that the schemes hold, which are taken over nowhere; not every scheme need be used."""
    for _, scheme in schemes.members() if schemes is not None else ():
        for member, words in _KNOWN.items():
            if str(scheme.value.get(member)).casefold() in words:
                scheme.source.take(scheme.at(member))
        options = scheme.part("x-apigateway-auth-opt", extension=True)
        if options is not None:
            options.word("appcode-auth-type", _CODES)
        signature = scheme.value.get("x-livedata-signature")
        if signature is not None:
            scheme.source.finish(scheme.at("x-livedata-signature"))
            for pointer in _credentials(signature, scheme.at("x-livedata-signature")):
                scheme.source.note(Sort.CREDENTIAL, pointer, "a credential of a signature key is not taken over")
        authorizer = scheme.value.get("x-apigateway-authorizer")
        for name in _SECRETS:
            if isinstance(authorizer, dict) and authorizer.get(name):
                pointer = f"{scheme.at('x-apigateway-authorizer')}/{name}"
                scheme.source.note(Sort.CREDENTIAL, pointer, "what may be a credential is not taken over")
        if authorizer is not None:
            # What it is like is a resource of its own, which is looked up by its name.
            scheme.source.finish(scheme.at("x-apigateway-authorizer"))


def _credentials(signature: Any, pointer: str) -> list[str]:
    """Return the places of credentials in a signature, of which nothing else is known than that it has some."""
    if isinstance(signature, dict):
        return [step_below(pointer, name) for name, value in signature.items() if value]
    return [pointer] if signature else []


def read_authentication(operation: Operation) -> dict[str, Any]:
    """Return the fields that say how callers of an API are authenticated; raises `NotKnown`."""
    needed = operation.security()
    if needed is None:
        raise NotKnown("it may be called in more than one way, and an API has one; keep one of them in 'security'")
    if not needed:
        return {"auth_type": "NONE"}
    name = next(iter(needed))
    schemes = operation.file.schemes
    scheme = None if schemes is None else schemes.part(name)
    if scheme is None:
        raise NotKnown(f"the way to authenticate '{name}' is not defined")
    written = scheme.text("x-apigateway-auth-type")
    if written is None and "x-apigateway-authorizer" not in scheme.value:
        raise NotKnown(f"'{name}' has no 'x-apigateway-auth-type', so that it is not known what the platform would ask")
    if written == "IAM_NONE":
        raise NotKnown("what IAM_NONE means is not published; write IAM, or remove 'security' if nobody is to be asked")
    way = _WAYS.get((written or "authorizer").casefold())
    if way is None:
        raise NotKnown(f"'x-apigateway-auth-type' of '{name}' is not one of AppSigv1, IAM and AUTHORIZER")
    fields: dict[str, Any] = {"auth_type": way}
    if way == "APP":
        options = scheme.part("x-apigateway-auth-opt", extension=True)
        code = options.word("appcode-auth-type", _CODES) if options is not None else None
        fields.update({} if code is None else {"auth_opt": {"app_code_auth_type": code}})
    elif way == "AUTHORIZER":
        fields.update(_authorizer(operation, scheme, name))
    return fields


def _authorizer(operation: Operation, scheme: Part, name: str) -> Mapping[str, Any]:
    """Return the reference to the custom authorizer, which is looked up by the name of its scheme."""
    described = scheme.part("x-apigateway-authorizer")
    own = described.text("name") if described is not None else None
    schemes = operation.file.schemes or scheme
    return {"authorizer_id": operation.refer("authorizer_id", schemes, name, "authorizer", own or name)}
