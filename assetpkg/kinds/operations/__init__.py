"""How the platform is asked what there is: for each kind, the operation that lists it, and the one with the details.

Every fact is that of the official SDK or of the operation's page. Saved answers are recognised by them, and the calls
to make are listed from them.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import apic, apic_around, application, fdi, functions, link, mqs
from assetpkg.kinds.operations.operation import NEUTRAL, WHOLE, Given, Inside, Operation, Paging, Role

__all__ = [
    "NEUTRAL",
    "OPERATIONS",
    "UNLISTED",
    "WHOLE",
    "Given",
    "Inside",
    "Operation",
    "Paging",
    "Role",
    "detail_of",
    "holders_of",
    "lists_of",
    "parts_of",
]

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for module in (application, apic, apic_around, fdi, mqs, link, functions)
        for operation in module.OPERATIONS
    }
)
"""Every operation by its name, in an order in which each comes after those that give it its parameters."""


@cache
def lists_of(kind: str) -> tuple[Operation, ...]:
    """Return the operations that list a kind, the best one first; none for a kind that no public operation lists."""
    found = (
        operation
        for operation in OPERATIONS.values()
        if operation.role is Role.LIST
        and (kind in (operation.subject, *operation.also) or any(kind == each.kind for each in operation.inside))
    )
    return tuple(sorted(found, key=lambda operation: operation.spare))


@cache
def detail_of(kind: str) -> Operation | None:
    """Return the operation with the details of a resource of a kind, if there is one."""
    details = (operation for operation in OPERATIONS.values() if operation.role is Role.DETAIL)
    return next((found for found in details if kind in (found.subject, *found.also)), None)


@cache
def parts_of(subject: str) -> tuple[Operation, ...]:
    """Return the operations that answer the parts of a kind, or of a part of one; those that can be spared last."""
    parts = (operation for operation in OPERATIONS.values() if operation.role is Role.PART)
    found = (operation for operation in parts if subject in holders_of(operation))
    return tuple(sorted(found, key=lambda operation: operation.spare))


def holders_of(part: Operation) -> tuple[str, ...]:
    """Return the kinds, or the parts of kinds, that have the answer of a part in one of their fields."""
    last = part.given[-1:] if not part.given[-1].in_query else part.given
    kinds = (given.subject for given in last)
    found = (each for kind in kinds for each in (kind, *(also for one in lists_of(kind) for also in one.also)))
    return tuple(dict.fromkeys(found))


UNLISTED = tuple(kind for kind in KINDS if not lists_of(kind))
"""The kinds that no public operation lists: no saved answer can say that it has all of them."""
