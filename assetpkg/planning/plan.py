"""The import simulated: every resource of the package judged once, in the order of kinds and addresses."""

from collections.abc import Iterator

from assetpkg.kinds.kind import name_field
from assetpkg.package.index import Path, Resource
from assetpkg.planning.assumptions import EARLIER_IDS, PREFIX_RENAMES, assumed, documented
from assetpkg.planning.candidates import find_missing
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.planning.doubles import Sameness
from assetpkg.planning.judge import API_REFERENCE, EQUAL, Decision, judge
from assetpkg.planning.questions import earlier_assumptions, limit_assumptions
from assetpkg.planning.remarks import (
    AssumedDuplicate,
    Duplicate,
    EarlierBlocked,
    EarlierId,
    NearDuplicate,
    NotImported,
    PrefixedName,
    PrefixReading,
    Reason,
    Remark,
    UnverifiedReference,
)
from assetpkg.planning.twins import find_twin, may_have_twins
from assetpkg.resource.naming import judge_prefixed
from assetpkg.resource.references import Reference
from assetpkg.running.progress import follow
from assetpkg.target.instance import Instance
from assetpkg.target.undetermined import Uncertainty

_DOUBLES = {Sameness.SCOPE: AssumedDuplicate, Sameness.NEAR: NearDuplicate}
"""What is said of resources that have one name if an assumption is right."""


def find_changes(context: ImportContext) -> Changes:
    """Return what an import would do; nothing is verified without a target.

    Of a package whose layout is not known there are no changes: nothing is guessed of it.
    """
    package, instance = context.package, context.instance
    may_be_alike = may_have_twins(context)
    changes = tuple(
        (may_be_alike and _twin_change(context, resource)) or judged_change(context, resource)
        for resource in follow("comparing", package.resources if package.understood else ())
    )
    return Changes(context=context, changes=changes, only_on_target=_untouched(instance, changes))


def _twin_change(context: ImportContext, resource: Resource) -> Change | None:
    """Return what `judged_change` does of a resource that the target has with the same bytes; `None` for any other."""
    twin = find_twin(context, resource)
    if twin is None:
        return None
    return Change(
        address=resource.address,
        kind=resource.path.kind,
        place=resource.place,
        name=resource.name,
        target_name=resource.name,
        target_address=twin.address,
        action=Action.KEEP,
        reason=Reason.IDENTICAL,
        basis=EQUAL,
        meets=twin.address,
        assumptions=limit_assumptions(context, resource.kind),
        depends_on=context.package.index.addresses_used_by(resource),
        matches=(twin.address,),
    )


def judged_change(context: ImportContext, resource: Resource) -> Change:
    """Return what is done to a resource, judged under each interpretation of the prefix."""
    interpretations = context.naming.interpretations(resource.kind)
    decisions = [_judge_interpretation(context, resource, renamed=renamed) for renamed in interpretations]
    decision = _reconcile(context, decisions)
    path = context.naming.target_path(resource, renamed=interpretations[0])
    met = context.matching.met_by(resource)
    return Change(
        address=resource.address,
        kind=resource.path.kind,
        place=resource.place,
        name=resource.name,
        target_name=path.names[-1],
        target_address=_target_address(context, resource, path),
        action=decision.action,
        reason=decision.reason,
        basis=decision.basis,
        meets=decision.meets,
        assumptions=_assumptions(context, resource, decision),
        depends_on=context.package.index.addresses_used_by(resource),
        matches=tuple(found.address for found in met) if resource.kind.imported else (),
        fields=decision.fields,
        remarks=decision.remarks,
    )


def _assumptions(context: ImportContext, resource: Resource, decision: Decision) -> tuple[str, ...]:
    if not resource.kind.imported:
        return ()
    beside = (
        *context.naming.interpretation_assumptions(resource.kind),
        *limit_assumptions(context, resource.kind),
        *earlier_assumptions(context, resource),
    )
    return tuple(sorted({*decision.assumptions, *beside}))


def _judge_interpretation(context: ImportContext, resource: Resource, *, renamed: bool) -> Decision:
    if resource.kind.excluded_by is not None:
        basis = documented(resource.kind.excluded_by)
        return Decision(action=Action.OMIT, reason=Reason.NOT_IMPORTED, basis=basis, remarks=(NotImported(),))
    double = context.doubles.get(resource.address)
    if double is not None and double.assumption:
        return Decision(
            action=Action.CONFLICT,
            reason=Reason.DUPLICATE,
            basis=assumed(context.options.assumptions, double.assumption),
            assumptions=(double.assumption,),
            remarks=(_DOUBLES[double.sameness](double.first.address),),
        )
    namesake = context.package.index.namesake(resource.kind, resource.path) if double is None else double.first
    if namesake is not None:
        return _conflict(Duplicate(namesake.address), resource.kind.page)
    if renamed:
        bad = judge_prefixed(resource.kind, context.options.prefix, resource.name)
        if bad is not None:
            pointer = f"/{name_field(resource.kind).name}"
            name = context.options.prefix + resource.name
            return _prefixed_name(context, resource, PrefixedName(bad.why, bad.longest_prefix, name, pointer=pointer))
    missing, unverified = _outside_references(context, resource)
    if missing:
        lost = any(context.resolving.rests_on_earlier(reference) for reference in missing)
        return Decision(
            action=Action.CONFLICT,
            reason=Reason.MISSING_REFERENCE,
            basis=assumed(context.options.assumptions, EARLIER_IDS.name) if lost else documented(API_REFERENCE),
            remarks=tuple(find_missing(context, resource, missing)),
        )
    decision = judge(context, resource, renamed=renamed)
    return decision._replace(remarks=(*decision.remarks, *unverified)) if unverified else decision


def _conflict(remark: Remark, page: str) -> Decision:
    return Decision(
        action=Action.CONFLICT,
        reason=remark.reason,
        basis=documented(page),
        remarks=(remark,),
    )


def _prefixed_name(context: ImportContext, resource: Resource, remark: PrefixedName) -> Decision:
    """Judge a name that the prefix spoils: documented for applications, assumed for what a prefix may reach."""
    conflict = _conflict(remark, resource.kind.page)
    names = context.naming.interpretation_assumptions(resource.kind)
    if not names:
        return conflict
    return conflict._replace(basis=assumed(context.options.assumptions, *names), assumptions=names)


def _outside_references(context: ImportContext, resource: Resource) -> tuple[list[Reference], list[Remark]]:
    """Return the references that lead nowhere, and a remark for each that could not be verified."""
    missing: list[Reference] = []
    unverified: list[Remark] = []
    for reference in resource.references:
        if not reference.certain:
            continue
        if context.resolving.leads(reference):
            unverified.extend(_doubts_of(context, reference))
        elif context.covers(reference.kind):
            missing.append(reference)
        elif context.instance is not None:
            unverified.append(UnverifiedReference(reference.kind, reference.value, pointer=reference.pointer))
    return missing, unverified


def _doubts_of(context: ImportContext, reference: Reference) -> Iterator[Remark]:
    """Yield what is not settled about something that an earlier import was predicted to bring, and that is needed."""
    if context.instance is None or not context.instance.is_foreseen:
        return
    found = context.resolving.outside(reference)
    if found is None:
        return
    if context.resolving.rests_on_earlier(reference) and context.options.assumes(EARLIER_IDS, EARLIER_IDS.default):
        yield EarlierId(reference.value, found.address, pointer=reference.pointer)
    if Uncertainty.BLOCKED in context.instance.uncertainties(found):
        yield EarlierBlocked(found.address, refers=True, pointer=reference.pointer)


def _reconcile(context: ImportContext, decisions: list[Decision]) -> Decision:
    """Make one decision of those for each interpretation of the prefix: what is certain only if they agree."""
    first, *others = decisions
    if all(other.action is first.action for other in others):
        return first
    actions = {decision.action for decision in decisions}
    if Reason.PREFIXED_NAME in {decision.reason for decision in decisions}:
        return next(found for found in decisions if found.reason is Reason.PREFIXED_NAME)
    action = Action.CREATE if actions == {Action.CREATE, Action.CONFLICT} else Action.UNDETERMINED
    return Decision(
        action=action,
        reason=Reason.READINGS_DIFFER,
        basis=assumed(context.options.assumptions, PREFIX_RENAMES.name),
        assumptions=(PREFIX_RENAMES.name,),
        meets=next((found.meets for found in decisions if found.meets), ""),
        fields=next((found.fields for found in decisions if found.fields), ()),
        remarks=(PrefixReading(first.action.word, others[0].action.word),),
    )


def _target_address(context: ImportContext, resource: Resource, path: Path) -> str:
    """Return the address after the import; of what is renamed by it, the one that it would have then."""
    address = context.matching.address_after(resource)
    known = context.target_index.by_address.get(address)
    return address if known is None or known.path == path else str(path)


def _untouched(instance: Instance | None, changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Return the addresses of what the import is not about, in any interpretation of the prefix."""
    if instance is None:
        return ()
    met = {address for change in changes for address in change.matches or (change.target_address,)}
    return tuple(address for address in instance.index.by_address if address not in met)
