"""A bill of materials in the form of CycloneDX 1.6: what a package holds, connects to, and needs."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assetpkg.render.screen import View, printable, printable_json
from assetpkg.report.bill import BillReport, ConnectionReport
from assetpkg.report.show import ResourceReport, ShowReport

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
"""Where the schema of these documents is published."""
VERSION = "1.6"
_PACKAGE = "package"
"""What the package is called among the resources, whose addresses all have a slash."""
_PREFIX = "assetpkg:"
"""What the names of properties begin with."""


def render(report: ShowReport, _: View | None = None) -> str:
    """Return the bill of a package, the same for the same content; raises `ValueError` for a report without one.

    It has no time. Its serial number follows from all else that it says.
    """
    if report.bill is None:
        raise ValueError("the report has no bill of materials")
    document = _document(report, report.bill)
    said = json.dumps(document, ensure_ascii=False, sort_keys=True)
    head = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": VERSION,
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"{_PREFIX}{said}").urn,
    }
    return printable_json(json.dumps({**head, **document}, indent=2, ensure_ascii=False) + "\n")


def _document(report: ShowReport, bill: BillReport) -> dict[str, Any]:
    properties = _properties(bill)
    services = list(_services(report, bill))
    connects = {service["bom-ref"] for service in services}
    there = {each.address for each in report.resources}
    return {
        "version": 1,
        "metadata": {
            "tools": {
                "components": [{"type": "application", "name": report.tool.name, "version": report.tool.version}]
            },
            "component": _package(report, bill),
        },
        "components": [_component(each, properties.get(each.address, [])) for each in report.resources],
        "services": services,
        "dependencies": [
            _dependency(_PACKAGE, there),
            *(
                _dependency(each.address, {*there.intersection(each.depends_on), *connects & {_service(each.address)}})
                for each in report.resources
            ),
            *(_dependency(service, ()) for service in sorted(connects)),
        ],
    }


def _package(report: ShowReport, bill: BillReport) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "application", "bom-ref": _PACKAGE, "name": printable(report.name) or _PACKAGE}
    if report.asset_version:
        found["version"] = printable(report.asset_version)
    # Who has the digest, and all but a short credential, could guess that.
    if report.sha256 is not None and not bill.holds_credentials:
        found["hashes"] = [{"alg": "SHA-256", "content": report.sha256}]
    return found


def _properties(bill: BillReport) -> Mapping[str, list[tuple[str, str]]]:
    """Return what each resource needs, by its address: names and values of properties."""
    found: dict[str, list[tuple[str, str]]] = {}
    for credential in bill.credentials:
        word = "present" if credential.present else "absent"
        found.setdefault(credential.address, []).append((f"credential:{word}", credential.pointer))
    for variable in bill.variables:
        found.setdefault(variable.address, []).append(("variable", variable.name))
    return found


def _component(resource: ResourceReport, properties: Sequence[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "data",
        "bom-ref": resource.address,
        "name": printable(resource.address),
        "data": [{"type": "configuration", "name": printable(resource.entry)}],
    }
    if resource.sha256 is not None and not any(name == "credential:present" for name, _ in properties):
        found["hashes"] = [{"alg": "SHA-256", "content": resource.sha256}]
    told = [("kind", resource.kind), *([("id", resource.id)] if resource.id_given else []), *properties]
    return {**found, "properties": _listed(told)}


def _services(report: ShowReport, bill: BillReport) -> Iterator[dict[str, Any]]:
    """Yield what each resource connects to: the hosts of its addresses, and the fields that have them."""
    grouped: dict[str, list[ConnectionReport]] = {}
    for connection in bill.connections:
        grouped.setdefault(connection.address, []).append(connection)
    names = {each.address: each.name for each in report.resources}
    for address, connections in grouped.items():
        endpoints = sorted({endpoint for each in connections for endpoint in each.endpoints})
        found: dict[str, Any] = {"bom-ref": _service(address), "name": printable(names.get(address, "")) or address}
        if endpoints:
            found["endpoints"] = endpoints
        told = [("address" if each.endpoints else "address:not-recognised", each.pointer) for each in connections]
        yield {**found, "properties": _listed(told)}


def _listed(properties: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": f"{_PREFIX}{name}", "value": printable(value)} for name, value in properties]


def _service(address: str) -> str:
    return f"service:{address}"


def _dependency(ref: str, used: Iterable[str]) -> dict[str, Any]:
    names = sorted(used)
    return {"ref": ref, "dependsOn": names} if names else {"ref": ref}
