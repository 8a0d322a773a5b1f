"""The predicted job of an import: the reasons for which it would fail, in the shape of the platform's own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from assetpkg.diagnostics.model import Diagnostic, Severity
from assetpkg.diagnostics.sources import Authority
from assetpkg.kinds import KINDS
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.planning.owners import owner_after
from assetpkg.planning.remarks import Reason
from assetpkg.rules import rule_with

ResourceType = Literal["application", "task"]

SHOWN_AT_MOST = 10
"""How many reasons a job shows (API reference, Querying the Status of an Asset Job)."""
LONGEST_NAME = 64
"""How many characters a reason has for a name; names of applications may have 256, those of tasks 100."""

_FAILING = frozenset({Authority.PAGE, Authority.ASSUMPTION})
"""By whose word an import fails; what a standard, assetpkg or the team asks for fails none."""
_REFUSALS = frozenset({"ROMA.10011", "ROMA.10012", "ROMA.10013"})
"""With these codes the platform refuses the call (API reference, Error Codes), so that there is no job."""
_ABOUT_NAMES = (Reason.NAME_TAKEN, Reason.DUPLICATE)
_TYPES: Mapping[str | None, ResourceType] = {"applications": "application", "tasks": "task"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingReason:
    """One reason for which the job would fail, with the application or task that the failing resource belongs to.

    `resource_name` is that after the import, in the 64 characters that a reason has for it, and `package_name` whole
    and without prefix. `error_code` is set where a public table has one for this. `address` is what fails, and
    `documented` whether a page says so; else it is assumed.
    """

    resource_type: ResourceType
    resource_name: str
    error_code: str | None
    error_msg: str
    address: str
    package_name: str
    documented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What fails, and no reason can name: it belongs to no application or task that is known, or to no resource.

    `refused` is set where the platform refuses the call itself, so that there is no job.
    """

    error_code: str | None
    error_msg: str
    address: str | None
    documented: bool
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Prediction:
    """Everything for which the import would fail, in the order of the plan."""

    reasons: tuple[FailingReason, ...]
    elsewhere: tuple[Elsewhere, ...]

    def __repr__(self) -> str:
        """Show whether the job fails, and for how much."""
        failed = "fails" if self.failed else "may succeed"
        return f"Prediction({failed}, {len(self.reasons)} reasons, {len(self.elsewhere)} elsewhere)"

    @property
    def failed(self) -> bool:
        """Whether something fails of which a public page says so; without it, nothing is promised."""
        elsewhere = any(each.documented for each in self.elsewhere if each.address is not None)
        return elsewhere or any(reason.documented for reason in self.reasons)


class _Failure(NamedTuple):
    """What fails, in words, before anybody is named for it; `slug` is that of the rule that found it."""

    slug: str
    message: str
    code: str | None
    documented: bool


class _Owner(NamedTuple):
    """The application or task that a reason names."""

    type: ResourceType
    name: str
    package_name: str


def predict_job(planned: Changes, diagnostics: Iterable[Diagnostic]) -> Prediction:
    """Return the reasons for which the import would fail: every conflict, and every documented failure found.

    `diagnostics` are what was found about the plan; the reasons of a conflict are there also where a policy has left
    them out. What only assetpkg or the team asks for is not a reason.
    """
    general, by_address = _sort(diagnostics)
    address_after = planned.context.matching.address_after
    applications = {address_after(resource): change for change, resource in planned.of("application")}
    reasons: list[FailingReason] = []
    elsewhere = [_elsewhere(failure, None) for failure in general]
    for change in planned.changes:
        failures = list(dict.fromkeys(_failures(change, by_address.get(change.address, ()))))
        owner = _owner(planned.context, change, applications) if failures else None
        for failure in failures:
            if owner is None:
                elsewhere.append(_elsewhere(failure, change.address))
            else:
                reasons.append(_reason(failure, owner, change.address))
    return Prediction(reasons=tuple(reasons), elsewhere=tuple(elsewhere))


def _sort(diagnostics: Iterable[Diagnostic]) -> tuple[list[_Failure], dict[str, list[_Failure]]]:
    """Return the failures of no resource, and those of each by its address."""
    general: list[_Failure] = []
    by_address: dict[str, list[_Failure]] = {}
    for found in diagnostics:
        # The severity is the rule's own: that a team takes something more or less seriously fails no import.
        rule = rule_with(found.code)
        if rule is None:
            continue  # it is of a plug-in
        authority = rule.source.authority
        if rule.severity is Severity.ERROR and authority in _FAILING:
            documented = authority is Authority.PAGE
            failure = _Failure(found.slug, found.message, found.platform_code, documented=documented)
            (general if found.address is None else by_address.setdefault(found.address, [])).append(failure)
    return general, by_address


def _failures(change: Change, found: Sequence[_Failure]) -> Iterator[_Failure]:
    """Yield why a resource fails: its conflict, and whatever else was found about it."""
    if change.action is Action.OMIT:
        return
    if change.action is Action.CONFLICT:
        word = change.reason.value
        # The first remark of a conflict is the one about it.
        rule = change.remarks[0].rule if change.remarks else word
        own = [failure for failure in found if failure.slug == rule]
        code = KINDS[change.kind].name_code if change.reason in _ABOUT_NAMES else None
        documented = change.basis.documented
        for failure in own or [_Failure(word, word.replace("-", " "), None, documented)]:
            yield failure._replace(code=failure.code or code, documented=documented)
        found = [failure for failure in found if failure not in own]
    yield from found


def _owner(context: ImportContext, change: Change, applications: Mapping[str, Change]) -> _Owner | None:
    """Return the application or task that a resource is, or the application that it belongs to."""
    own = _TYPES.get(KINDS[change.kind].counted_as)
    if own is not None:
        return _Owner(own, change.target_name, change.name)
    address = owner_after(context, context.package.index.by_address[change.address])
    if address is not None and address in applications:
        return _Owner("application", applications[address].target_name, applications[address].name)
    outside = context.instance.index.by_address.get(address) if context.instance and address else None
    return _Owner("application", outside.name, outside.name) if outside else None


def _reason(failure: _Failure, owner: _Owner, address: str) -> FailingReason:
    return FailingReason(
        resource_type=owner.type,
        resource_name=owner.name[:LONGEST_NAME],
        error_code=failure.code,
        error_msg=failure.message,
        address=address,
        package_name=owner.package_name,
        documented=failure.documented,
    )


def _elsewhere(failure: _Failure, address: str | None) -> Elsewhere:
    return Elsewhere(
        error_code=failure.code,
        error_msg=failure.message,
        address=address,
        documented=failure.documented,
        refused=failure.code in _REFUSALS,
    )
