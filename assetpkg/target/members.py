"""The members of a snapshot as they are declared, and what is wrong with those that are not so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, NoReturn

from pydantic_core import ValidationError

from assetpkg import documents
from assetpkg.diagnostics.model import Fault
from assetpkg.errors import CLOSE, nearest
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.part import Part, Within
from assetpkg.kinds.validators import validator_of
from assetpkg.resource.type_errors import first_breach
from assetpkg.target.instance import AssetJob, Function, InstanceFacts, QuotaState
from assetpkg.target.undetermined import KnownAs, Undetermined

SNAPSHOT_FORMAT = "assetpkg-snapshot/1"
"""The marker of a snapshot document."""
_VERY_CLOSE = 0.9
"""How much like a member that is there another one is, from 0 to 1, to be taken for its other half."""


class Snapshot(Part):
    """The document of a snapshot; it says what it covers, because "not looked for" is different from "not there"."""

    format: str
    """The marker, `assetpkg-snapshot/1`."""
    name: Annotated[str, Within(min_length=1)]
    """The name of the target."""
    taken: str | None = None
    """When it was taken, ISO 8601."""
    instance: InstanceFacts | None = None
    """The instance itself."""
    covers: list[str]
    """The kinds that the snapshot covers completely: every resource of these kinds on the instance is in it."""
    partial: dict[str, list[str]] | None = None
    """What is known in part, by kind or address: the fields that were not looked at, those within others as paths such
    as `dispatch/cron_timezone`; of an empty list, all that a resource here does not have."""
    quotas: dict[str, QuotaState] | None = None
    """Live quotas by kind; missing if nobody looked for them."""
    functions: list[Function] | None = None
    """The functions that exist; missing if nobody looked for them."""
    user: str | None = None
    """The account that imports, as `user` of a job names it; missing if it is not known."""
    jobs: list[AssetJob] | None = None
    """The asset jobs; missing if nobody looked for them. Those of other accounts do not keep an import from running."""
    undetermined: list[Undetermined] | None = None
    """What is not settled, if the snapshot was not taken of an instance but predicted by `assetpkg apply`."""
    known_as: list[KnownAs] | None = None
    """The values with which packages of predicted imports refer to resources that have other ids, keys or names here.
    """
    resources: dict[str, list[dict[str, Any]]]
    """The resources by kind; each document is the same as in a package."""


def check(head: Mapping[str, Any]) -> None:
    """Raise `InvalidDocument` for members that are not what is declared."""
    _check_format(head)
    _check_names(head)
    breach = ""
    try:
        validator_of(Snapshot, briefly=True).validate_python(head)
    except ValidationError as error:
        breach = first_breach(error, head, fields_of(Snapshot))
    if breach:
        refuse(breach)  # outside of the `except`, since that error keeps the values that it is about
    taken = head.get("taken")
    if taken is not None and not _is_time(taken):
        refuse("at '/taken', there is no time as ISO 8601 has it, such as '2026-11-02T08:00:00Z'")


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_names(head: Mapping[str, Any]) -> None:
    """Refuse a misspelled member, which would count as not being there; others may be notes of whoever wrote them.

    What is like a member that is there as well has to be very like it: `source` is no `resources`.
    """
    absent = Snapshot.declared.keys() - head.keys()
    for name in head:
        if name in Snapshot.declared:
            continue
        known = nearest(name, absent, CLOSE) or nearest(name, Snapshot.declared, _VERY_CLOSE)
        if known is not None:
            refuse(f"no member of a snapshot is named '{name}'; did you mean '{known}'?")


def _check_format(head: Mapping[str, Any]) -> None:
    """Refuse another format, or none, whatever else it has or lacks."""
    if "format" not in head:
        refuse(f"it has no member 'format' with \"{SNAPSHOT_FORMAT}\"; see 'assetpkg help target'")
    found = head["format"]
    if isinstance(found, str) and found != SNAPSHOT_FORMAT:
        refuse(f"its format is {found!r}, not '{SNAPSHOT_FORMAT}'")


def refuse(message: str, offset: int | None = None) -> NoReturn:
    """Raise `InvalidDocument` for what is wrong with a snapshot; an offset counts bytes."""
    raise documents.InvalidDocument(Fault(slug="snapshot", message=message, offset=offset))
