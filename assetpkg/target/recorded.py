"""The target of a saved plan: what the plan has recorded of it, a digest of each resource, and no document."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic_core import ValidationError

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.documents.foreign import SAVED_PLAN, identify, why_not
from assetpkg.errors import CannotRead
from assetpkg.kinds import KINDS
from assetpkg.kinds.fact import Fact
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.validators import validator_of
from assetpkg.limits import DEFAULT_LIMITS, Limits, how_to_raise
from assetpkg.package.versions import parse_version
from assetpkg.resource.type_errors import first_breach

if TYPE_CHECKING:
    from assetpkg.target.instance import Instance

_SINCE = "1.2"
"""The first format of which a plan is read; before it, the basis of a change was one text."""


@dataclass(frozen=True, kw_only=True)
class RecordedTarget:
    """What a saved plan knows of its target. `digests` has that of what each resource means, by its address.

    `covers` has the kinds of which all resources are known, and `in_part` the addresses of those resources of which
    some fields were not looked at; `partial` is the digest of what the snapshot says about that.
    """

    name: str
    digests: Mapping[str, str] = field(repr=False)
    covers: frozenset[str]
    in_part: frozenset[str] = field(default=frozenset(), repr=False)
    partial: str = field(default="", repr=False)

    @classmethod
    def of(cls, instance: "Instance") -> "RecordedTarget":
        """Record a target, as a plan for it does."""
        return cls(
            name=instance.name,
            digests={address: digest for address, (digest, _) in instance.known.items()},
            covers=instance.covers,
            in_part=frozenset(address for address, (_, in_part) in instance.known.items() if in_part),
            partial=instance.parts.get("partial", ""),
        )


class _Target(Fact):
    """The part of a saved plan that is about its target, as far as it is needed here."""

    name: str
    covers: list[str]
    parts: dict[str, str]
    undetermined: int
    digests: dict[str, str] | None = None
    in_part: list[str] | None = None


def is_saved_plan(content: bytes) -> bool:
    """Say whether a document is a saved plan, to judge by its members, or by its beginning where it is very large."""
    return identify(content) is SAVED_PLAN


def read_recorded(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> RecordedTarget:
    """Return the target of the saved plan `origin`, of the plans of several packages that of the first.

    Raises `CannotRead` with the reason for what is not a plan, and for a plan that has not recorded its target: one
    without any, one for a package, and one for a target that was predicted.
    """
    if len(content) > limits.plan:
        length = f"{len(content):,} bytes long; at most {limits.plan:,} are read"
        raise CannotRead(f"{origin} is {length}; {how_to_raise('plan', len(content))}")
    document = parse_saved(content, origin, limits)
    plan = document
    if "steps" in document:
        steps = document["steps"]
        plan = steps[0].get("plan", {}) if isinstance(steps, list) and steps and isinstance(steps[0], dict) else {}
    told = plan.get("target") if isinstance(plan, dict) else None
    if told is None:
        raise CannotRead(f"{origin} is a plan without a target, so there is nothing to compare; plan with --target")
    try:
        validator_of(_Target).validate_python(told)
    except ValidationError as error:
        refuse_breach(origin, first_breach(error, told, fields_of(_Target), ("target",)))
    target = _Target.of(told)
    if target.undetermined:
        raise CannotRead(
            f"the target of {origin} was predicted, so that not all of it is settled; compare the predicted snapshot"
        )
    if target.digests is None:
        why = (
            "it was saved by an older assetpkg; plan again"
            if target.parts
            else "it was a package, of which only the digest of the content is recorded; compare with that package"
        )
        raise CannotRead(f"{origin} has not recorded the resources of its target: {why}")
    if any(address.partition("/")[0] not in KINDS for address in target.digests):
        refuse_saved(
            origin, "its target has resources of an unknown kind; it was changed, or a newer assetpkg saved it"
        )
    return RecordedTarget(
        name=target.name,
        digests={mask_line(address): digest for address, digest in target.digests.items()},
        covers=frozenset(target.covers) & KINDS.keys(),
        in_part=frozenset(map(mask_line, target.in_part or ())),
        partial=target.parts.get("partial", ""),
    )


def parse_saved(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> Mapping[str, Any]:
    """Return the document of the saved plan `origin`, or of the plans of one call, of a format that is read here.

    Raises `CannotRead` with the reason for anything else, and for more values than `limits` allow.
    """
    number = documents.count_many_values(content, limits.plan_values)
    if number > limits.plan_values:
        raise CannotRead(
            f"{origin} has {number:,} values and names of members; at most {limits.plan_values:,} are read;"
            f" {how_to_raise('plan-values', number)}"
        )
    try:
        document = documents.parse(content, limits.for_plans())
    except documents.InvalidDocument as error:
        refuse_saved(origin, why_not(content, SAVED_PLAN, documents.refusal(error, content)))
    if not isinstance(document, dict) or not ("changes" in document or "steps" in document):
        make_one = "make one with 'assetpkg plan PACKAGE --format json --output FILE'"
        refuse_saved(origin, why_not(content, SAVED_PLAN, make_one))
    _look_at_version(origin, document)
    return document


def _look_at_version(origin: str, document: Mapping[str, Any]) -> None:
    found = document.get("format_version")
    version = parse_version(found)
    if version is None:
        refuse_saved(origin, "its 'format_version' is not a version")
    major, minor = map(int, _SINCE.split("."))
    if version[0] != major or version[1] < minor:
        reads = f"this assetpkg reads formats from {_SINCE} on, and none of {major + 1}"
        raise CannotRead(f"{origin} is a plan of format {found}, and {reads}; plan again")


def refuse_breach(origin: str | os.PathLike[str], breach: str) -> NoReturn:
    """Raise `CannotRead` for a document whose values are not those of a saved plan."""
    refuse_saved(origin, f"{breach}; an older assetpkg has saved it, or it was changed; plan again")


def refuse_saved(origin: str | os.PathLike[str], why: str) -> NoReturn:
    """Raise `CannotRead` for what is not a saved plan."""
    raise CannotRead(f"{origin} is not a saved plan: {why}")
