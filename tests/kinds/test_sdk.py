"""The kinds held against the model classes of the official SDK: the same fields, of the same JSON types.

A difference is in `DIFFERENCES` with its reason, or fails; so does a row that is not a difference any more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import huaweicloudsdkroma.v2.model as sdk  # type: ignore[import-untyped]

from assetpkg.kinds import KINDS
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.kinds.fdi.parts import CompositeMapping, TaskDispatch
from assetpkg.kinds.kind import Kind
from assetpkg.kinds.link.non_assets import RuleDestination, RuleSource
from assetpkg.kinds.link.parts import Command, ProductTopic, Property, Service
from assetpkg.kinds.part import Part

MODELS: Mapping[type[Part], tuple[str, ...]] = {
    KINDS["application"]: ("CreateAppReq", "ServerAppInfo"),
    KINDS["app_config"]: ("AppConfigCreateRequestV2", "AppConfigInfoV2"),
    KINDS["dictionary"]: ("CreateDictionary", "Dictionary"),
    KINDS["datasource"]: ("DatasourceInfo", "DataSourceRsp"),
    KINDS["task"]: ("CreateCommonTaskRequestBody", "TaskBasicRequestBody", "TaskBasicRsp", "BriefTaskRespBean"),
    KINDS["composite_task"]: ("MultiTaskRequestBody",),
    TaskDispatch: ("TaskDispatch", "ShowDispatchesResponse"),
    CompositeMapping: ("MultiTaskMappingCreateBody", "MultiTaskMappingElement"),
    KINDS["api_group"]: ("ApiGroupCreate", "ApiGroupInfo"),
    KINDS["api"]: ("ApiCreate", "ApiInfo"),
    KINDS["backend_api"]: ("LdApiCreate", "LdApiInfo"),
    KINDS["load_channel"]: ("VpcCreate", "ShowDetailsOfVpcChannelV2Response"),
    KINDS["authorizer"]: ("AuthorizerCreate", "AuthorizerResp"),
    KINDS["app_authorization"]: ("ApiAuthCreate",),
    KINDS["plugin"]: ("PluginCreate", "PluginInfo"),
    KINDS["topic"]: ("CreateMqsInstanceTopicReq", "ListInstanceTopicsRespTopics"),
    KINDS["product"]: ("CreateProductRequestBody", "Product"),
    KINDS["product_template"]: ("CreateProductTemplateRequestBody", "ProductTemplate"),
    Service: ("CreateServiceRequestBody", "Service"),
    Property: ("CreatePropertyRequestBody", "PropertyResponseBody"),
    Command: ("CreateCommandRequestBody", "Command"),
    ProductTopic: ("CreateProductTopicRequestBody", "ProductTopic"),
    KINDS["environment"]: ("EnvCreate", "EnvInfo"),
    KINDS["environment_variable"]: ("EnvVariableCreate", "EnvVariableInfo"),
    KINDS["domain"]: ("UrlDomainCreate", "UrlDomain"),
    KINDS["throttling_policy"]: ("ThrottleBaseInfo", "ThrottlesInfo"),
    KINDS["access_control_policy"]: ("ApiAclCreate", "ApiAclInfoWithBindNum"),
    KINDS["signature_key"]: ("BaseSignature", "SignatureWithBindNum"),
    KINDS["app_code"]: ("AppCodeCreate", "AppCodeBaseInfo"),
    KINDS["client_access_control"]: ("AppAclCreate", "ShowDetailsOfAppAclResponse"),
    KINDS["client_quota"]: ("AppQuotaCreate", "AppQuotaInfo"),
    KINDS["device"]: ("CreateDeviceRequestBody", "Device"),
    KINDS["rule"]: ("CreateRuleRequestBody", "Rule"),
    RuleSource: ("CreateSourceRequestBody", "Source"),
    RuleDestination: ("CreateDestinationRequestBody", "Destination"),
}
"""The models of the body that makes a thing, and of those that read it back; nested parts follow by themselves."""
WITHOUT_MODEL = {KINDS["scheduled_api_task"]: "the SDK has neither its calls nor a model of it"}

ONLY_HERE, ONLY_THERE = "only here", "only there"
EITHER = "integer or string here, integer there"
TIME = "a time, which other answers of the platform give as text"
OWN_CALL = "the platform makes it with a call of its own; a package holds it where it belongs"
READ_BACK = "no model reads a composite task back; taken to be what a common task has"
POLICY = "a policy's backend is declared like any backend; the models of policies leave some of its fields out"
DIFFERENCES: Mapping[str, tuple[str, str]] = {
    "DataSource.create_time": (EITHER, TIME),
    "DataSource.update_time": (EITHER, TIME),
    "Task.task": (ONLY_THERE, "a package holds the fields of `task` beside `task_detail`, in one document"),
    "Task.dispatch": (ONLY_HERE, OWN_CALL),
    "Task.task_mode": (ONLY_HERE, "newer lists of tasks have it, and this version of the SDK does not"),
    "Task.last_modified_date": (EITHER, TIME),
    "Task.last_modified_time": (EITHER, TIME),
    "CompositeTask.dispatch": (ONLY_HERE, OWN_CALL),
    "CompositeTask.mappings": (ONLY_HERE, OWN_CALL),
    "CompositeTask.status": (ONLY_HERE, READ_BACK),
    "CompositeTask.project_id": (ONLY_HERE, READ_BACK),
    "CompositeTask.source_app_name": (ONLY_HERE, READ_BACK),
    "CompositeTask.target_app_name": (ONLY_HERE, READ_BACK),
    "CompositeTask.created_date": (ONLY_HERE, READ_BACK),
    "CompositeTask.last_modified_date": (ONLY_HERE, READ_BACK),
    "TaskDispatch.cron_timezone": (
        ONLY_HERE,
        "newer versions of the platform have it, and this version of the SDK does not",
    ),
    "TaskDispatch.created_date": (EITHER, TIME),
    "TaskDispatch.last_modified_date": (EITHER, TIME),
    "CompositeMapping.updated_time": (EITHER, TIME),
    "WebPolicy.status": (ONLY_HERE, POLICY),
    "WebPolicy.register_time": (ONLY_HERE, POLICY),
    "WebPolicy.update_time": (ONLY_HERE, POLICY),
    "FunctionPolicy.remark": (ONLY_HERE, POLICY),
    "FunctionPolicy.status": (ONLY_HERE, POLICY),
    "FunctionPolicy.register_time": (ONLY_HERE, POLICY),
    "FunctionPolicy.update_time": (ONLY_HERE, POLICY),
    "MockPolicy.version": (ONLY_HERE, POLICY),
    "MockPolicy.remark": (ONLY_HERE, POLICY),
    "MockPolicy.status": (ONLY_HERE, POLICY),
    "MockPolicy.register_time": (ONLY_HERE, POLICY),
    "MockPolicy.update_time": (ONLY_HERE, POLICY),
    "AppAuthorization.id": (ONLY_HERE, "what is read back is one document for each pair, and has it"),
    "Topic.app_key": (ONLY_HERE, "newer versions of the platform have it, and this version of the SDK does not"),
    "Product.services": (ONLY_HERE, OWN_CALL),
    "Product.topics": (ONLY_HERE, OWN_CALL),
    "ProductTemplate.services": (ONLY_HERE, OWN_CALL),
    "Service.properties": (ONLY_HERE, OWN_CALL),
    "Service.commands": (ONLY_HERE, OWN_CALL),
    "Command.requests": (ONLY_HERE, OWN_CALL),
    "Command.responses": (ONLY_HERE, OWN_CALL),
    "Domain.group_id": (ONLY_HERE, "it is in the address of the call, and not in its body"),
    "Rule.sources": (ONLY_HERE, OWN_CALL),
    "Rule.destinations": (ONLY_HERE, OWN_CALL),
}
"""Every difference: the class and the field, what differs, and why that is right."""

Types = frozenset[str]
NESTED_LIST = re.compile(r"list\[(?P<item>.+)]")
PLAIN: Mapping[Any, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
    "str": "string",
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "object": "object",
    "datetime": "string",
    "date": "string",
}


def types_here(annotation: Any) -> Types:
    """Return the JSON types that a field here may have, null aside."""
    origin = get_origin(annotation) or annotation
    if origin is Literal:
        return frozenset(PLAIN[type(value)] for value in get_args(annotation))
    if isinstance(origin, type) and issubclass(origin, Part):
        return frozenset({"object"})
    if origin in PLAIN:
        return frozenset({PLAIN[origin]})
    inner = get_args(annotation)[:1] if origin is Annotated else get_args(annotation)
    return frozenset().union(*(types_here(one) for one in inner if one is not NoneType))


def parts_here(annotation: Any) -> Iterator[type[Part]]:
    """Yield the classes of the objects that may be in a field here."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from parts_here(inner)


def fields_here(part: type[Part]) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in part.model_fields.items()}


def fields_there(models: Iterable[str]) -> dict[str, set[str]]:
    """Return the fields of these models together, with the types that the models give them."""
    found: dict[str, set[str]] = {}
    for model in models:
        known = getattr(sdk, model)
        for attribute, kind in known.openapi_types.items():
            found.setdefault(known.attribute_map[attribute], set()).add(kind)
    return found


def is_enumeration(word: str) -> bool:
    return hasattr(sdk, word) and not getattr(sdk, word).openapi_types


def type_there(word: str) -> str:
    if NESTED_LIST.fullmatch(word):
        return "array"
    return PLAIN.get(word, "string" if is_enumeration(word) else "object")


def models_in(words: Iterable[str]) -> tuple[str, ...]:
    items = (match["item"] if (match := NESTED_LIST.fullmatch(word)) else word for word in words)
    return tuple(sorted(item for item in items if hasattr(sdk, item) and not is_enumeration(item)))


def is_partial(part: type[Part]) -> bool:
    return part in {RuleSource, RuleDestination} or (issubclass(part, Kind) and part.partial)


def compare(part: type[Part], models: Iterable[str], *, partial: bool = False) -> Iterator[tuple[str, str]]:
    """Yield every difference between a class here and models there: the field, and what differs.

    A partial class may lack fields, and so may what is in it.
    """
    here, there = fields_here(part), fields_there(models)
    for name in here.keys() | there.keys():
        place = f"{part.__name__}.{name}"
        if name not in there:
            yield place, ONLY_HERE
        elif name not in here:
            if not partial:
                yield place, ONLY_THERE
        else:
            mine, theirs = types_here(here[name]), frozenset(map(type_there, there[name]))
            if mine != theirs:
                yield place, f"{' or '.join(sorted(mine))} here, {' or '.join(sorted(theirs))} there"
            for inner in parts_here(here[name]):
                if inner not in MODELS:
                    yield from compare(inner, models_in(there[name]), partial=partial)


def compare_contents() -> Iterator[tuple[str, str]]:
    """Yield every difference between the contents of all data source types and the one model there.

    No type has all fields of the model, and every field of the model is one of some type.
    """
    families = set(CONTENT_CLASSES.values())
    for family in families:
        yield from compare(family, ["Content"], partial=True)
    known = {name for family in families for name in fields_here(family)}
    yield from ((f"Content.{name}", ONLY_THERE) for name in fields_there(["Content"]).keys() - known)


def found_differences() -> dict[str, str]:
    found = {
        place: what
        for part, models in MODELS.items()
        for place, what in compare(part, models, partial=is_partial(part))
    }
    return found | dict(compare_contents())


def test_every_kind_is_held_against_the_sdk() -> None:
    assert {kind for kind in KINDS.values() if kind not in MODELS} == set(WITHOUT_MODEL)


def test_fields_are_those_of_the_sdk() -> None:
    assert found_differences() == {place: what for place, (what, _) in DIFFERENCES.items()}
