"""The import simulated: every resource of the package judged once, in the order of kinds and addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assetpkg.kinds.kind import name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import EARLIER_IDS, PREFIX_RENAMES
from assetpkg.planning.changes import Action, Change, Plan, Reason, Remark
from assetpkg.planning.context import Compared, Setting
from assetpkg.planning.judge import API_REFERENCE, Judgement, judge
from assetpkg.planning.options import ImportOptions
from assetpkg.resource.inspection import Reference
from assetpkg.resource.naming import judge_prefixed
from assetpkg.target.instance import Instance
from assetpkg.target.undetermined import Doubt

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
        yield _plan(Setting(package, instance, options, compared))


def _plan(setting: Setting) -> Plan:
    package, instance = setting.package, setting.instance
    changes = tuple(_change(setting, resource) for resource in package.resources if package.understood)
    return Plan(options=setting.options, changes=changes, untouched=_untouched(instance, changes))


def _change(setting: Setting, resource: Resource) -> Change:
    readings = setting.readings(resource.kind)
    judgements = [_judge_reading(setting, resource, renamed=renamed) for renamed in readings]
    judgement = _reconcile(setting, resource, judgements)
    path = setting.target_path(resource, renamed=readings[0])
    return Change(
        address=resource.address,
        kind=resource.path.kind,
        entry=resource.entry,
        name=resource.name,
        target_name=path.names[-1],
        target_address=str(path),
        action=judgement.action,
        reason=judgement.reason,
        basis=judgement.basis,
        assumptions=_assumptions(setting, resource, judgement),
        depends_on=_depends_on(setting, resource),
        meets=tuple(dict.fromkeys(found.meets.address for found in judgements if found.meets is not None)),
        fields=judgement.fields,
        remarks=judgement.remarks,
    )


def _assumptions(setting: Setting, resource: Resource, judgement: Judgement) -> tuple[str, ...]:
    if not resource.kind.imported:
        return ()
    beside = (
        *setting.reading_assumptions(resource.kind),
        *setting.limit_assumptions(resource.kind),
        *setting.earlier_assumptions(resource),
    )
    return tuple(sorted({*judgement.assumptions, *beside}))


def _judge_reading(setting: Setting, resource: Resource, *, renamed: bool) -> Judgement:
    if not resource.kind.imported:
        remark = Remark(Reason.NOT_IMPORTED)
        basis = "documented: user guide, Importing and Exporting Integration Assets"
        return Judgement(action=Action.OMIT, reason=Reason.NOT_IMPORTED, basis=basis, remarks=(remark,))
    if resource.is_double or setting.package.index.namesake(resource.kind, resource.path) is not None:
        return _conflict(Reason.DUPLICATE, resource.kind.page, {"first": str(resource.path)})
    if renamed:
        bad = judge_prefixed(resource.kind, setting.options.prefix, resource.name)
        if bad is not None:
            details = {
                "why": bad.why,
                "longest": bad.longest_prefix,
                "name": setting.options.prefix + resource.name,
            }
            return _prefixed_name(setting, resource, details)
    missing, unverified = _outside_references(setting, resource)
    if missing:
        lost = any(setting.rests_on_earlier(reference) for reference in missing)
        return Judgement(
            action=Action.CONFLICT,
            reason=Reason.MISSING_REFERENCE,
            basis=f"assumed: {EARLIER_IDS.name}=lost" if lost else f"documented: {API_REFERENCE}",
            remarks=tuple(
                Remark(Reason.MISSING_REFERENCE, {"kind": found.kind, "value": found.value}, found.pointer)
                for found in missing
            ),
        )
    judgement = judge(setting, resource, setting.target_path(resource, renamed=renamed))
    return replace(judgement, remarks=(*judgement.remarks, *unverified))


def _conflict(reason: Reason, page: str, details: Mapping[str, object], pointer: str = "") -> Judgement:
    return Judgement(
        action=Action.CONFLICT,
        reason=reason,
        basis=f"documented: {page}",
        remarks=(Remark(reason, details, pointer),),
    )


def _prefixed_name(setting: Setting, resource: Resource, details: Mapping[str, object]) -> Judgement:
    """Judge a name that the prefix spoils: documented for applications, assumed for what a prefix may reach."""
    conflict = _conflict(Reason.PREFIXED_NAME, resource.kind.page, details, f"/{name_field(resource.kind).name}")
    assumed = setting.reading_assumptions(resource.kind)
    if not assumed:
        return conflict
    basis = f"assumed: {PREFIX_RENAMES.name}={setting.options.assumptions[PREFIX_RENAMES.name]}"
    return replace(conflict, basis=basis, assumptions=assumed)


def _outside_references(setting: Setting, resource: Resource) -> tuple[list[Reference], list[Remark]]:
    """Return the references that lead nowhere, and a remark for each that could not be verified."""
    missing: list[Reference] = []
    unverified: list[Remark] = []
    for reference in resource.references:
        if not reference.certain:
            continue
        if setting.resolve_after(reference) is not None:
            unverified.extend(_doubts_of(setting, reference))
        elif setting.covers(reference.kind):
            missing.append(reference)
        elif setting.instance is not None:
            details = {"kind": reference.kind, "value": reference.value}
            unverified.append(Remark(Reason.UNVERIFIED_REFERENCE, details, reference.pointer))
    return missing, unverified


def _doubts_of(setting: Setting, reference: Reference) -> Iterator[Remark]:
    """Yield what is not settled about something that an earlier import was foreseen to bring, and that is needed."""
    if setting.instance is None or not setting.instance.is_foreseen:
        return
    found = setting.outside(reference)
    if found is None:
        return
    details = {"kind": reference.kind, "value": reference.value, "other": found.address}
    if setting.rests_on_earlier(reference) and setting.options.assumes(EARLIER_IDS, EARLIER_IDS.default):
        yield Remark(Reason.EARLIER_ID, details, reference.pointer)
    if Doubt.BLOCKED in setting.instance.doubts(found):
        yield Remark(Reason.EARLIER_BLOCKED, details, reference.pointer)


def _reconcile(setting: Setting, resource: Resource, judgements: list[Judgement]) -> Judgement:
    """Make one judgement of those for each reading of the prefix: what is certain only if they agree."""
    first, *others = judgements
    if all(other.action is first.action for other in others):
        return first
    actions = {judgement.action for judgement in judgements}
    if Reason.PREFIXED_NAME in {judgement.reason for judgement in judgements}:
        return next(found for found in judgements if found.reason is Reason.PREFIXED_NAME)
    remark = Remark(
        Reason.PREFIX_READING,
        {"renamed": first.action.word, "plain": others[0].action.word, "name": resource.name},
    )
    action = Action.CREATE if actions == {Action.CREATE, Action.CONFLICT} else Action.UNDETERMINED
    return Judgement(
        action=action,
        reason=Reason.READINGS_DIFFER,
        basis=f"assumed: {PREFIX_RENAMES.name}={setting.options.assumptions[PREFIX_RENAMES.name]}",
        assumptions=(PREFIX_RENAMES.name,),
        fields=next((found.fields for found in judgements if found.fields), ()),
        remarks=(remark,),
    )


def _depends_on(setting: Setting, resource: Resource) -> tuple[str, ...]:
    index = setting.package.index
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
