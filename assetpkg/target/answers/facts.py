"""What answers say of the instance itself: its id and version, its configuration, its quotas, functions and jobs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assetpkg.credentials.masking import mask_text
from assetpkg.errors import CannotRead
from assetpkg.kinds.operations.apic import QUOTA_NAMES
from assetpkg.target.answers.pages import measure
from assetpkg.target.answers.recognition import Answer
from assetpkg.target.configuration import plain_urn
from assetpkg.target.instance import AssetJob, Function, InstanceFacts, QuotaState

_RUNS = "running"
_ON_OFF = {"1": "on", "2": "off"}
"""What the configurations that are switches have as values."""
_LIVE_DATA = (("api", "api_used", "backend_api"),)
"""Members of the answer about custom backends: the limit, the number in use, and the kind."""


def one_value(answers: Iterable[Answer], name: str, what: str) -> str | None:
    """Return a parameter of the addresses of all answers; raises `CannotRead` where they are of two instances."""
    found: dict[str, str] = {}
    for answer in answers:
        value = answer.asked.region if name == "region" else answer.asked.path.get(name)
        if value:
            found.setdefault(value, answer.origin)
    if len(found) > 1:
        (one, here), (other, there) = list(found.items())[:2]
        raise CannotRead(f"{here} and {there} are of two {what}: {one} and {other}; give those of one")
    return next(iter(found), None)


def instance_facts(answers: Sequence[Answer]) -> tuple[InstanceFacts, str | None]:
    """Return what the answers say of the instance, and its name."""
    details = [
        item
        for answer in answers
        if answer.operation.subject == "instance" and answer.operation.items is None
        for item in answer.items
    ]
    described: Mapping[str, Any] = details[0] if details else {}
    instance_id = one_value(answers, "instance_id", "instances")
    own = _text(described.get("id"))
    if instance_id and own and own != instance_id:
        raise CannotRead(f"the answers are of two instances: {instance_id} and {own}; give those of one")
    features = {name: value for name, value in _features(answers).items() if mask_text(str(value)) == str(value)}
    known: dict[str, Any] = {
        "id": own or instance_id,
        "project_id": _text(described.get("project_id")) or one_value(answers, "project_id", "projects"),
        "region": one_value(answers, "region", "regions"),
        "version": _text(described.get("instance_version")),
        "features": features or None,
    }
    name = _text(described.get("instance_name"))
    facts = InstanceFacts(**{key: value for key, value in known.items() if value})
    return facts, name or None


def _features(answers: Iterable[Answer]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for answer in answers:
        for item in answer.items:
            if answer.operation.subject == "instance.features":
                value = item.get("config")
                on = item.get("enable") is not False
                found[str(item.get("name"))] = (value if value not in (None, "") else on) if on else "off"
            elif answer.operation.name == "ListProjectCofigsV2" and "_SWITCH" in str(item.get("config_name")):
                value = str(item.get("config_value"))
                found.setdefault(str(item.get("config_name")), _ON_OFF.get(value, value))
    return found


def quotas(answers: Iterable[Answer]) -> dict[str, QuotaState]:
    """Return the quotas of kinds that the instance reports, with the number in use."""
    found: dict[str, QuotaState] = {}
    for answer in answers:
        for item in answer.items:
            if answer.operation.name == "ListProjectCofigsV2":
                rows = [("config_value", "used", QUOTA_NAMES.get(str(item.get("config_name")), ""))]
            else:
                rows = list(_LIVE_DATA) if answer.operation.name == "ListLiveDataQuotaV2" else []
            for limit, used, kind in rows:
                allowed, number = _number(item.get(limit)), _number(item.get(used))
                if kind and allowed is not None and number is not None:
                    found[kind] = QuotaState(limit=allowed, used=number)
    return found


def functions(answers: Sequence[Answer]) -> tuple[tuple[Function, ...] | None, str]:
    """Return the functions of the project with their versions and aliases, or `None` and why not all are known."""
    lists = [answer for answer in answers if answer.operation.subject == "functions"]
    if not lists:
        return None, "not asked for"
    extent = measure(lists, ())
    if not extent.complete:
        return None, extent.why
    urns = list(
        dict.fromkeys(plain_urn(str(item["func_urn"])) for page in lists for item in page.items if "func_urn" in item)
    )
    found: dict[tuple[str, str | None, str | None], Function] = {}
    for subject in ("functions.versions", "functions.aliases"):
        asked = set()
        for answer in answers:
            if answer.operation.subject == subject:
                owner = answer.given.get("function_urn")
                asked |= {plain_urn(owner)} if owner else set()
                for item in answer.items:
                    entry = _entry(item)
                    asked.add(entry.urn)
                    found[entry.urn, entry.version, entry.alias] = entry
        lacking = [urn for urn in urns if urn not in asked]
        if lacking:
            what = subject.rpartition(".")[2]
            return None, f"the {what} of {len(lacking):,} of {len(urns):,} functions were not asked for"
    return tuple(found.values()), ""


def _entry(item: Mapping[str, Any]) -> Function:
    """Return what the answer about a version or an alias says of a function."""
    version = _text(item.get("version"))
    if "alias_urn" in item:
        return Function(urn=plain_urn(str(item["alias_urn"])), version=version, alias=_text(item.get("name")))
    return Function(urn=plain_urn(str(item.get("func_urn"))), version=version)


def jobs(answers: Iterable[Answer]) -> tuple[AssetJob, ...] | None:
    """Return the jobs that run; `None` where none does: nobody can ask whether there are others."""
    items = [item for answer in answers if answer.operation.subject == "jobs" for item in answer.items]
    running = [item for item in items if str(item.get("status")).casefold() == _RUNS]
    found = (AssetJob(type=_text(item.get("type")), status=str(item["status"])) for item in running)
    return tuple(found) or None


def _number(value: Any) -> int | None:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,15}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
