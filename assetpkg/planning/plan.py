"""The import simulated: every resource of the package judged once, in the order of kinds and addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assetpkg.kinds.kind import name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import EARLIER_IDS, PREFIX_RENAMES
from assetpkg.planning.changes import Action, Change, Plan, Reason, Remark
from assetpkg.planning.context import Compared, ImportContext
from assetpkg.planning.judge import API_REFERENCE, Decision, judge
from assetpkg.planning.options import ImportOptions
from assetpkg.resource.inspection import Reference
from assetpkg.resource.naming import judge_prefixed
from assetpkg.target.instance import Instance
from assetpkg.target.undetermined import Uncertainty

Import = tuple[Instance | None, ImportOptions]
"""The target of an import, and how it is asked for."""


def plan(package: Package, instance: Instance | None = None, options: ImportOptions | None = None) -> Plan:
    """Return what importing `package` with `options` would do to `instance`; nothing is verified without one.

    The plan of a package whose layout is not known has no changes: nothing is guessed of it.
    """
    return next(plan_each(package, [(instance, options or ImportOptions())]))


def plan_each(package: Package, imports: Iterable[Import]) -> Iterator[Plan]:
    """Yield a plan for each import of `package` into one target, which may be known in part or whole.

    No two documents are compared twice where the answer is the same.
    """
    compared: Compared = {}
    for instance, options in imports:
        yield _plan(ImportContext(package, instance, options, compared))


def _plan(context: ImportContext) -> Plan:
    package, instance = context.package, context.instance
    changes = tuple(_change(context, resource) for resource in package.resources if package.understood)
    return Plan(options=context.options, changes=changes, untouched=_untouched(instance, changes))


def _change(context: ImportContext, resource: Resource) -> Change:
    readings = context.readings(resource.kind)
    decisions = [_judge_reading(context, resource, renamed=renamed) for renamed in readings]
    decision = _reconcile(context, resource, decisions)
    path = context.target_path(resource, renamed=readings[0])
    return Change(
        address=resource.address,
        kind=resource.path.kind,
        place=resource.place,
        name=resource.name,
        target_name=path.names[-1],
        target_address=str(path),
        action=decision.action,
        reason=decision.reason,
        basis=decision.basis,
        assumptions=_assumptions(context, resource, decision),
        depends_on=_depends_on(context, resource),
        meets=tuple(dict.fromkeys(found.meets.address for found in decisions if found.meets is not None)),
        fields=decision.fields,
        remarks=decision.remarks,
    )


def _assumptions(context: ImportContext, resource: Resource, decision: Decision) -> tuple[str, ...]:
    if not resource.kind.imported:
        return ()
    beside = (
        *context.reading_assumptions(resource.kind),
        *context.limit_assumptions(resource.kind),
        *context.earlier_assumptions(resource),
    )
    return tuple(sorted({*decision.assumptions, *beside}))


def _judge_reading(context: ImportContext, resource: Resource, *, renamed: bool) -> Decision:
    if not resource.kind.imported:
        remark = Remark(Reason.NOT_IMPORTED)
        basis = "documented: user guide, Importing and Exporting Integration Assets"
        return Decision(action=Action.OMIT, reason=Reason.NOT_IMPORTED, basis=basis, remarks=(remark,))
    if resource.is_double or context.package.index.namesake(resource.kind, resource.path) is not None:
        return _conflict(Reason.DUPLICATE, resource.kind.page, {"first": str(resource.path)})
    if renamed:
        bad = judge_prefixed(resource.kind, context.options.prefix, resource.name)
        if bad is not None:
            details = {
                "why": bad.why,
                "longest": bad.longest_prefix,
                "name": context.options.prefix + resource.name,
            }
            return _prefixed_name(context, resource, details)
    missing, unverified = _outside_references(context, resource)
    if missing:
        lost = any(context.rests_on_earlier(reference) for reference in missing)
        return Decision(
            action=Action.CONFLICT,
            reason=Reason.MISSING_REFERENCE,
            basis=f"assumed: {EARLIER_IDS.name}=lost" if lost else f"documented: {API_REFERENCE}",
            remarks=tuple(
                Remark(Reason.MISSING_REFERENCE, {"kind": found.kind, "value": found.value}, found.pointer)
                for found in missing
            ),
        )
    decision = judge(context, resource, context.target_path(resource, renamed=renamed))
    return replace(decision, remarks=(*decision.remarks, *unverified))


def _conflict(reason: Reason, page: str, details: Mapping[str, object], pointer: str = "") -> Decision:
    return Decision(
        action=Action.CONFLICT,
        reason=reason,
        basis=f"documented: {page}",
        remarks=(Remark(reason, details, pointer),),
    )


def _prefixed_name(context: ImportContext, resource: Resource, details: Mapping[str, object]) -> Decision:
    """Judge a name that the prefix spoils: documented for applications, assumed for what a prefix may reach."""
    conflict = _conflict(Reason.PREFIXED_NAME, resource.kind.page, details, f"/{name_field(resource.kind).name}")
    assumed = context.reading_assumptions(resource.kind)
    if not assumed:
        return conflict
    basis = f"assumed: {PREFIX_RENAMES.name}={context.options.assumptions[PREFIX_RENAMES.name]}"
    return replace(conflict, basis=basis, assumptions=assumed)


def _outside_references(context: ImportContext, resource: Resource) -> tuple[list[Reference], list[Remark]]:
    """Return the references that lead nowhere, and a remark for each that could not be verified."""
    missing: list[Reference] = []
    unverified: list[Remark] = []
    for reference in resource.references:
        if not reference.certain:
            continue
        if context.resolve_after(reference) is not None:
            unverified.extend(_doubts_of(context, reference))
        elif context.covers(reference.kind):
            missing.append(reference)
        elif context.instance is not None:
            details = {"kind": reference.kind, "value": reference.value}
            unverified.append(Remark(Reason.UNVERIFIED_REFERENCE, details, reference.pointer))
    return missing, unverified


def _doubts_of(context: ImportContext, reference: Reference) -> Iterator[Remark]:
    """Yield what is not settled about something that an earlier import was foreseen to bring, and that is needed."""
    if context.instance is None or not context.instance.is_foreseen:
        return
    found = context.outside(reference)
    if found is None:
        return
    details = {"kind": reference.kind, "value": reference.value, "other": found.address}
    if context.rests_on_earlier(reference) and context.options.assumes(EARLIER_IDS, EARLIER_IDS.default):
        yield Remark(Reason.EARLIER_ID, details, reference.pointer)
    if Uncertainty.BLOCKED in context.instance.uncertainties(found):
        yield Remark(Reason.EARLIER_BLOCKED, details, reference.pointer)


def _reconcile(context: ImportContext, resource: Resource, decisions: list[Decision]) -> Decision:
    """Make one decision of those for each reading of the prefix: what is certain only if they agree."""
    first, *others = decisions
    if all(other.action is first.action for other in others):
        return first
    actions = {decision.action for decision in decisions}
    if Reason.PREFIXED_NAME in {decision.reason for decision in decisions}:
        return next(found for found in decisions if found.reason is Reason.PREFIXED_NAME)
    remark = Remark(
        Reason.PREFIX_READING,
        {"renamed": first.action.word, "plain": others[0].action.word, "name": resource.name},
    )
    action = Action.CREATE if actions == {Action.CREATE, Action.CONFLICT} else Action.UNDETERMINED
    return Decision(
        action=action,
        reason=Reason.READINGS_DIFFER,
        basis=f"assumed: {PREFIX_RENAMES.name}={context.options.assumptions[PREFIX_RENAMES.name]}",
        assumptions=(PREFIX_RENAMES.name,),
        fields=next((found.fields for found in decisions if found.fields), ()),
        remarks=(remark,),
    )


def _depends_on(context: ImportContext, resource: Resource) -> tuple[str, ...]:
    index = context.package.index
    targets = (index.resolve(reference) for reference in resource.references)
    return tuple(sorted({target.address for target in targets if target is not None and target is not resource}))


def _untouched(instance: Instance | None, changes: tuple[Change, ...]) -> int:
    if instance is None:
        return 0
    return len(instance.index.by_address.keys() - set(_met(changes)))


def _met(changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield the addresses on the target that the import is about, in either reading of the prefix."""
    for change in changes:
        yield change.target_address
        yield from change.meets
        if change.reason is Reason.READINGS_DIFFER:
            yield change.address
