"""What an import does to one resource, if its name is read in one way: the table of modes and cases, cell by cell."""

from collections.abc import Iterator
from typing import NamedTuple

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.markers import Prefixed
from assetpkg.package.index import Resource
from assetpkg.planning.assumptions import (
    ADDNEW_OVERWRITE,
    MERGE_AUTHORIZERS,
    MERGE_EXISTING,
    NAMES_DIFFER_BY,
    PACKAGE_TARGET,
    PREFIX_RENAMES,
    Basis,
    Ground,
    assumed,
    documented,
    inferred,
)
from assetpkg.planning.changes import Action
from assetpkg.planning.context import ImportContext
from assetpkg.planning.differences import find_differences, find_unfilled
from assetpkg.planning.options import Mode
from assetpkg.planning.questions import match_assumptions, scope_assumptions
from assetpkg.planning.remarks import (
    Ambiguous,
    CombinationTaken,
    CredentialsAgain,
    Differs,
    EarlierBlocked,
    IdElsewhere,
    IdTaken,
    KeyTaken,
    NameTaken,
    NearName,
    NotLookedAt,
    NotOverwritten,
    OtherId,
    Reason,
    Remark,
    Renamed,
    Settled,
)
from assetpkg.planning.searching import Met, find_rival, is_found_by_id
from assetpkg.resource.diff import FieldChange
from assetpkg.target.undetermined import Uncertainty

USER_GUIDE = Page.IMPORT_GUIDE
API_REFERENCE = Page.IMPORTING_ASSETS
EQUAL = Basis(Ground.COMPARED, words="equal in meaning")
"""On what it rests that a resource is there already."""


class Decision(NamedTuple):
    """What happens to a resource, and on what that rests."""

    action: Action
    reason: Reason
    basis: Basis
    meets: str = ""
    assumptions: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    remarks: tuple[Remark, ...] = ()


def judge(context: ImportContext, resource: Resource, *, renamed: bool) -> Decision:
    """Judge a resource, if the prefix has `renamed` it or if not; its references have been judged before."""
    met = context.matching.met(resource, renamed=renamed)
    existing = met.one
    taken = _taken_id(context, resource)
    if taken is not None:
        return _id_taken(context, taken, resource, existing)
    combination = _combination(context, resource, met.found)
    if combination is not None:
        return combination
    matched = (*match_assumptions(context, resource, renamed=renamed), *((NAMES_DIFFER_BY.name,) if met.near else ()))
    if (holder := _holder_of_name(context, resource, met, renamed=renamed)) is not None:
        return _name_taken(context, resource, holder, matched, renamed=renamed)
    scope = scope_assumptions(context, resource, renamed=renamed)
    if not met.found:
        decision = _create(context, resource, (*scope, *matched))
    elif _merges(context, resource):
        name = _new_name(context, resource, met, renamed=renamed)
        decision = _ambiguous(met) if existing is None else _merge(context, resource, existing, name)
    elif resource.kind.clash_renames:
        decision = _renamed(context)
    else:
        decision = _name_taken(context, resource, met.found[0], matched, renamed=renamed)
    return decision._replace(
        meets=decision.meets or ("" if existing is None else existing.address),
        assumptions=tuple(
            dict.fromkeys((*decision.assumptions, *scope, *matched, *_assumed_of_clash(context, resource, met)))
        ),
        remarks=(*decision.remarks, *_near_names(context, met), *_uncertainties(context, resource, met)),
    )


def _holder_of_name(context: ImportContext, resource: Resource, met: Met, *, renamed: bool) -> Resource | None:
    """Return the target's resource that has the name and is not what the import would meet: of its kind, or another."""
    if context.instance is None:
        return None
    if not met.found and resource.kind.namespace is not None:
        rival = find_rival(context.instance, context.options, context.matching.sought(resource, renamed=renamed))
        if rival is not None:
            return rival
    if not is_found_by_id(context.options, resource):
        return None
    named = context.matching.named(resource, renamed=renamed).found
    return next((other for other in named if other is not met.one), None)


def _new_name(context: ImportContext, resource: Resource, met: Met, *, renamed: bool) -> str | None:
    """Return the name that a resource brings to the one that it is merged into, where that has another one."""
    name = context.naming.name_after(resource, renamed=renamed)
    return None if met.called or met.one is None or met.one.name == name else name


def _ambiguous(met: Met) -> Decision:
    """Leave open what happens where the target has a name more than once, and nothing says which one is meant."""
    words = "the target has the name more than once"
    return Decision(
        action=Action.UNDETERMINED,
        reason=Reason.AMBIGUOUS,
        basis=Basis(Ground.UNVERIFIED, words=words),
        remarks=(Ambiguous(tuple(f"{other.address} (id '{other.id}')" for other in met.found)),),
    )


def _near_names(context: ImportContext, met: Met) -> Iterator[Remark]:
    if met.near and not met.found and context.options.assumes(NAMES_DIFFER_BY, NAMES_DIFFER_BY.default):
        yield NearName(tuple(other.address for other in met.near))


def _merges(context: ImportContext, resource: Resource) -> bool:
    if context.options.mode is Mode.MERGE:
        return not (resource.kind.clash_renames and context.options.assumes(MERGE_AUTHORIZERS, "renamed"))
    honoured = context.options.assumes(ADDNEW_OVERWRITE, "honoured")
    return resource.kind.overwritten_by is not None and context.options.datasource_overwrite and honoured


def _taken_id(context: ImportContext, resource: Resource) -> Resource | None:
    """Return the target's resource with this id, where the documents ask for an id that is new."""
    if context.instance is None or not resource.kind.fresh_id or context.options.mode is Mode.MERGE:
        return None
    return context.instance.index.with_id(resource.path.kind, resource.id) if resource.id_given else None


def _id_taken(context: ImportContext, taken: Resource, resource: Resource, existing: Resource | None) -> Decision:
    return Decision(
        action=Action.CONFLICT,
        reason=Reason.ID_TAKEN,
        basis=documented(USER_GUIDE),
        meets=taken.address,
        assumptions=_assumed_of_overwrite(context, resource),
        remarks=(IdTaken(resource.id, taken.address, taken is existing),),
    )


def _assumed_of_overwrite(context: ImportContext, resource: Resource) -> tuple[str, ...]:
    """Return the assumption about `datasource_overwrite` in AddNew, where that was asked for."""
    asked = context.options.mode is Mode.ADD_NEW and context.options.datasource_overwrite
    return (ADDNEW_OVERWRITE.name,) if asked and resource.kind.overwritten_by is not None else ()


def _assumed_of_clash(context: ImportContext, resource: Resource, met: Met) -> tuple[str, ...]:
    """Return the assumption about Merge and kinds of which a taken name is not an error."""
    asked = bool(met.found) and resource.kind.clash_renames and context.options.mode is Mode.MERGE
    return (MERGE_AUTHORIZERS.name,) if asked else ()


def _name_taken(
    context: ImportContext, resource: Resource, holder: Resource, matched: tuple[str, ...], *, renamed: bool
) -> Decision:
    names = (*((resource.kind.name_scope[0],) if resource.kind.name_scope else ()), *matched)
    names = (*names, *_assumed_of_overwrite(context, resource))
    if _rests_on_prefix(context, resource):
        names = (*names, PREFIX_RENAMES.name)
    page = USER_GUIDE if resource.kind.prefixed is Prefixed.MAYBE else resource.kind.page
    name = context.naming.name_after(resource, renamed=renamed)
    return Decision(
        action=Action.CONFLICT,
        reason=Reason.NAME_TAKEN,
        basis=_basis(context, names, page),
        meets=holder.address,
        assumptions=names,
        remarks=(NameTaken("" if holder.name == name else holder.name, code=resource.kind.name_code),),
    )


def _renamed(context: ImportContext) -> Decision:
    merged = context.options.mode is Mode.MERGE
    basis = _basis(context, (MERGE_AUTHORIZERS.name,) if merged else (), USER_GUIDE)
    return Decision(action=Action.CREATE, reason=Reason.RENAMED, basis=basis, remarks=(Renamed(),))


def _rests_on_prefix(context: ImportContext, resource: Resource) -> bool:
    """Say whether the name on the target is what it is because of what the prefix is assumed to rename."""
    naming, kind = context.naming, resource.kind
    return bool(naming.interpretation_assumptions(kind)) and len(naming.interpretations(kind)) == 1


def _create(context: ImportContext, resource: Resource, scope: tuple[str, ...]) -> Decision:
    names = (PACKAGE_TARGET.name,) if context.instance is not None and context.instance.is_package else ()
    if context.covers(resource.path.kind):
        # The page names applications and tasks, and else assets.
        page = documented(API_REFERENCE) if resource.kind.counted_as is not None else inferred(API_REFERENCE)
        basis = assumed(context.options.assumptions, *scope, *names) if scope or names else page
        return Decision(action=Action.CREATE, reason=Reason.ABSENT, basis=basis, assumptions=names)
    why = "no target was given" if context.instance is None else f"the target does not cover {resource.kind.folder}"
    return Decision(
        action=Action.CREATE, reason=Reason.UNVERIFIED, basis=Basis(Ground.UNVERIFIED, words=why), assumptions=names
    )


def _basis(context: ImportContext, names: tuple[str, ...], page: str) -> Basis:
    return assumed(context.options.assumptions, *names) if names else documented(page)


def _combination(context: ImportContext, resource: Resource, met: tuple[Resource, ...]) -> Decision | None:
    """Return a conflict where another resource, in the package or on the target, has a unique combination."""
    for number, unique in enumerate(resource.kind.unique):
        other = unique.documented and (_double(context, resource, number) or _holder(context, resource, number, met))
        if not other:
            continue
        values, inside = resource.inspection.keys[number] or (), _double(context, resource, number) is other
        return Decision(
            action=Action.CONFLICT,
            reason=Reason.COMBINATION_TAKEN,
            basis=documented(resource.kind.page),
            meets="" if inside else other.address,
            remarks=(CombinationTaken(values, other.address, inside, code=unique.platform_code),),
        )
    return None


def _double(context: ImportContext, resource: Resource, number: int) -> Resource | None:
    """Return another resource of the package with the same unique combination."""
    values, index = resource.inspection.keys[number], context.package.index
    if values is None:
        return None
    same = index.by_unique[resource.path.kind, number, values, index.unique_scope(resource, number)]
    return next((other for other in same if other is not resource), None)


def _holder(context: ImportContext, resource: Resource, number: int, met: tuple[Resource, ...]) -> Resource | None:
    """Return the target's resource, other than those that may be merged into, with the same unique combination."""
    values = resource.inspection.keys[number]
    if values is None or context.instance is None:
        return None
    scope = context.matching.parent_path(resource) if resource.kind.unique[number].scope is not None else None
    there = context.instance.index.by_unique.get((resource.path.kind, number, values, scope), ())
    ids = {other.id for other in met}
    return next((other for other in there if other.id not in ids), None)


def _merge(context: ImportContext, resource: Resource, existing: Resource, name: str | None) -> Decision:
    fields, uncertainties = find_differences(context, resource, existing, name)
    unfilled = tuple(find_unfilled(resource, fields))
    if (
        not fields
        and unfilled
        and resource.kind.overwritten_by is not None
        and not context.options.datasource_overwrite
    ):
        basis = Basis(Ground.COMPARED, words="equal except for masks and placeholders, which cannot be compared")
        return Decision(action=Action.KEEP, reason=Reason.UNFILLED, basis=basis, remarks=uncertainties)
    fields = (*fields, *unfilled)
    if not fields:
        if any(isinstance(remark, NotLookedAt) for remark in uncertainties):
            basis = Basis(Ground.UNVERIFIED, words="equal in what was looked at")
            return Decision(action=Action.KEEP, reason=Reason.NOT_LOOKED_AT, basis=basis, remarks=uncertainties)
        return Decision(action=Action.KEEP, reason=Reason.IDENTICAL, basis=EQUAL, remarks=uncertainties)
    if resource.kind.overwritten_by is not None:
        return _overwrite(context, resource, fields, uncertainties)
    answer = context.options.assumptions[MERGE_EXISTING.name]
    action = {"undetermined": Action.UNDETERMINED, "keep": Action.KEEP, "update": Action.UPDATE}[answer]
    remark = Differs(len(fields)) if action is Action.UNDETERMINED else Settled(len(fields), answer)
    return Decision(
        action=action,
        reason=remark.reason,
        basis=assumed(context.options.assumptions, MERGE_EXISTING.name),
        assumptions=(MERGE_EXISTING.name,),
        fields=fields,
        remarks=(remark, *uncertainties),
    )


def _overwrite(
    context: ImportContext, resource: Resource, fields: tuple[FieldChange, ...], uncertainties: tuple[Remark, ...]
) -> Decision:
    """Judge what `datasource_overwrite` decides, the one documented rule about existing resources in Merge."""
    names = _assumed_of_overwrite(context, resource)
    if context.options.datasource_overwrite:
        remark: Remark = CredentialsAgain()
        action, reason = Action.UPDATE, Reason.OVERWRITTEN
    else:
        remark = NotOverwritten(len(fields))
        action, reason = Action.KEEP, Reason.NOT_OVERWRITTEN
    return Decision(
        action=action,
        reason=reason,
        basis=_basis(context, names, f"{API_REFERENCE}, datasource_overwrite"),
        assumptions=names,
        fields=fields,
        remarks=(remark, *uncertainties),
    )


def _uncertainties(context: ImportContext, resource: Resource, met: Met) -> Iterator[Remark]:
    """Yield what no page answers about ids and unique values, however the resource itself is judged."""
    instance, existing = context.instance, met.one
    if instance is None:
        return
    holder = instance.index.with_id(resource.path.kind, resource.id) if resource.id_given else None
    if holder is not None and holder not in met.found:
        yield IdElsewhere(resource.id, holder.address)
    elif existing is not None and holder is None and existing.id_given and _id_matters(context, resource):
        yield OtherId(resource.id, existing.id)
    if existing is not None and Uncertainty.BLOCKED in instance.uncertainties(existing):
        yield EarlierBlocked(existing.address, refers=False)
    for number, unique in enumerate(resource.kind.unique):
        if not unique.documented:
            other = _holder(context, resource, number, met.found)
            if other is not None:
                name = unique.fields[0]
                yield KeyTaken(other.address, name, pointer=f"/{name}", code=unique.platform_code)


def _id_matters(context: ImportContext, resource: Resource) -> bool:
    merged = context.options.mode is Mode.MERGE
    return merged and resource.id_given and (resource.kind.fresh_id or resource.kind.prefixed is Prefixed.YES)
