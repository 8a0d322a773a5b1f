"""What has to be prepared before an import, each found by what in the package asks for it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds import KINDS
from assetpkg.kinds.notes import FunctionUrn, Milliseconds, Needs
from assetpkg.package.index import Resource
from assetpkg.planning.changes import Changes
from assetpkg.planning.order import order
from assetpkg.resource.masking import mask
from assetpkg.resource.references import Reference
from assetpkg.simulation.outcome.checklist.found import Found, is_new, is_spared
from assetpkg.target.configuration import entries_of, find_lack, is_on, is_same, number_in, plain_name, value_of

DICTIONARY = "dictionary"


def parameters(planned: Changes) -> Iterator[Found]:
    """Yield the configuration parameters that the package needs, and those that its source has, each once."""
    features = planned.package.manifest.source.get("features")
    source = dict(sorted(mask({}, features).items())) if isinstance(features, dict) else {}
    needed = {found.subject: found for found in (*_switches(planned, source), *_limits(planned, source))}
    yield from needed.values()
    if not source and planned.package.resources:
        text = "Set every configuration parameter as on the source instance; the package does not contain the values."
        yield Found("parameters", text)
    for name, value in source.items():
        if _parameter(name) not in needed:
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            target = _on_target(planned, name)
            same = target is not None and is_same(value_of(features, name), target)
            yield Found(_parameter(name), "Set it as on the source instance.", (shown,), there=same)


def _switches(planned: Changes, source: Mapping[str, Any]) -> Iterator[Found]:
    """Yield the parameters that have to be on."""
    needed = {marker.feature for _, marker, _ in planned.notes(Needs)}
    needed |= {resource.kind.feature for _, resource in planned.arriving() if resource.kind.feature}
    for name in sorted(needed):
        own = is_on(value_of(source, name))
        beside = (
            ", as on the source instance"
            if own
            else ", although it is off on the source instance"
            if own is False
            else ""
        )
        there = is_on(_on_target(planned, name)) is True
        yield Found(_parameter(name), f"Turn it on{beside}: the package needs it.", there=there)


def _limits(planned: Changes, source: Mapping[str, Any]) -> Iterator[Found]:
    """Yield the parameters that have to be so much at least: what the source has, if that is enough."""
    longest: dict[str, int] = {}
    for _, marker, note in planned.notes(Milliseconds):
        longest[marker.feature] = max(longest.get(marker.feature, 0), note.values[0])
    for name, most in sorted(longest.items()):
        own, limit = number_in(value_of(source, name)), number_in(_on_target(planned, name))
        if own is not None and own >= most:
            text = (
                f"Set it to {own} ms, as on the source instance: a backend in the package has a timeout of {most} ms."
            )
            yield Found(_parameter(name), text, there=limit == own)
            continue
        less = "" if own is None else f"; on the source instance it is {own} ms"
        text = f"Set it to {most} ms or more: a backend in the package has this timeout{less}."
        yield Found(_parameter(name), text, there=limit is not None and limit >= most)


def _on_target(planned: Changes, name: str) -> Any:
    return value_of(planned.instance.features, name) if planned.instance else None


def _parameter(name: str) -> str:
    return f"parameter/{plain_name(name)}"


def network(planned: Changes) -> Iterator[Found]:
    """Yield that the instance has to reach the servers of data sources, load channels and backends."""
    servers = []
    for change, resource in planned.of("datasource", "load_channel", "api"):
        if is_spared(change, resource):
            continue
        backend = planned.package.document(resource.address).get("backend_api") if change.kind == "api" else None
        if change.kind != "api" or (isinstance(backend, dict) and backend.get("url_domain")):
            servers.append(resource.address)
    if servers:
        text = "Set the security group and the routes so that the instance can reach these servers."
        yield Found("network", text, tuple(servers))


def dictionaries(planned: Changes) -> Iterator[Found]:
    """Yield the data dictionary entries that the package holds or refers to, each after the one that it is below."""
    held = {resource.address: resource for _, resource in planned.of(DICTIONARY)}
    above = {
        address: frozenset(
            found.address for used in resource.references if (found := planned.package.index.resolve(used))
        )
        for address, resource in held.items()
    }
    text = "Create it by hand: an import does not carry it."
    for resource, reference in _outside(planned, DICTIONARY):
        there = planned.context.target_index.resolve(reference) is not None
        yield Found(f"{DICTIONARY}:{mask_line(reference.value)}", text, (resource.address,), there=there)
    for address in (address for stage in order(above).stages for address in stage):
        yield Found(address, text, there=_is_there(planned, held[address]))


def _is_there(planned: Changes, resource: Resource) -> bool:
    """Say whether the target has a dictionary entry of this name or of this code."""
    codes = [values[0] for values in resource.inspection.keys if values]
    known = {
        values[0]
        for other in planned.context.target_index.resources_of(DICTIONARY)
        for values in other.inspection.keys
        if values
    }
    return resource.path in planned.context.target_index.by_path or any(code in known for code in codes)


def functions(planned: Changes) -> Iterator[Found]:
    """Yield the functions that are called, with the version or the alias."""
    listed = planned.instance.functions if planned.instance else None
    for change, _, note in planned.notes(FunctionUrn):
        urn, version, alias = note.values
        known = entries_of(listed or (), urn)
        there = bool(known) and find_lack(known, urn, version, alias) is None
        subject = " ".join(word for word in (urn, version and f"version {version}", alias and f"alias {alias}") if word)
        text = "Make sure that the importing account has this function, in this version and with this alias."
        yield Found(subject, text, (change.address,), there=there)


def imported_first(planned: Changes) -> Iterator[Found]:
    """Yield what the package refers to and does not hold, and what one import must not hold together."""
    for resource, reference in _outside(planned):
        if KINDS[reference.kind].imported:
            there = planned.context.resolving.leads(reference)
            text = f"Import or create this {KINDS[reference.kind].title} first: the package refers to it."
            yield Found(f"{reference.kind}:{mask_line(reference.value)}", text, (resource.address,), there=there)
    index = planned.package.index
    changes = {change.address: change for change in planned.changes}
    for _, resource in planned.of():
        for reference in resource.references:
            called = index.resolve(reference) if reference.kind == resource.kind.calls else None
            if called is not None and not index.same_owner(resource, called):
                text = (
                    "Import it before this package, because a scheduled task of another application calls it;"
                    " 'assetpkg split' moves that task to a later package."
                )
                there = planned.instance is not None and not is_new(changes[called.address])
                yield Found(called.address, text, (resource.address,), there=there)


def _outside(planned: Changes, *kinds: str) -> Iterator[tuple[Resource, Reference]]:
    """Yield the references that lead out of the package, to these kinds or to any."""
    for resource in planned.package.resources:
        for reference in resource.references:
            asked = reference.certain and (not kinds or reference.kind in kinds)
            if asked and planned.package.index.resolve(reference) is None:
                yield resource, reference
