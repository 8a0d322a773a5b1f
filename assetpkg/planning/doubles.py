"""Resources of one package that have one name: certainly, or if an open question is answered so."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from assetpkg.package.index import Index, Resource
from assetpkg.planning.assumptions import NAMES_DIFFER_BY, ONE_NAME


class Sameness(StrEnum):
    """Why two resources have one name."""

    SAME = "same"
    """They have it in one scope, whatever is assumed."""
    SCOPE = "scope"
    """They have it in two scopes which are assumed to be one."""
    NEAR = "near"
    """Their names are almost the same."""


class Double(NamedTuple):
    """That a resource has the name of `first`, which comes before it; on which assumption that rests, if on one."""

    first: Resource
    sameness: Sameness
    assumption: str = ""


def find_doubles(index: Index, assumptions: Mapping[str, str]) -> Mapping[str, Double]:
    """Return, by their addresses, the resources that have the name of one before them, or almost.

    What the answers say of scopes is followed here; whether names that are almost the same are one is for the caller.
    """
    found: dict[str, Double] = {}
    for group in index.alike:
        for number, resource in enumerate(group):
            double = _double(index, resource, group[:number], assumptions)
            if double is not None:
                found[resource.address] = double
    return found


def is_one_name(double: Double, assumptions: Mapping[str, str]) -> bool:
    """Say whether the two are assumed to have one name."""
    return double.sameness is not Sameness.NEAR or assumptions[NAMES_DIFFER_BY.name] == ONE_NAME


def _double(
    index: Index, resource: Resource, before: tuple[Resource, ...], assumptions: Mapping[str, str]
) -> Double | None:
    scope = resource.kind.name_scope
    among = before
    if scope is not None and assumptions[scope[0]] == scope[1]:
        own = index.narrow_scope(resource)
        among = tuple(other for other in before if index.narrow_scope(other) == own)
    same = [other for other in among if other.path.names == resource.path.names]
    if not same:
        return Double(among[0], Sameness.NEAR, NAMES_DIFFER_BY.name) if among else None
    if scope is None:
        return Double(same[0], Sameness.SAME)
    own = index.narrow_scope(resource)
    certain = next((other for other in same if index.narrow_scope(other) == own), None)
    return Double(same[0], Sameness.SCOPE, scope[0]) if certain is None else Double(certain, Sameness.SAME)
