"""What is in the way: ids, combinations and references that the target or the package has."""

from collections.abc import Iterator, Mapping
from typing import Any

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import undocumented
from assetpkg.package.index import Resource
from assetpkg.planning.changes import Change, Changes
from assetpkg.planning.remarks import CombinationTaken, IdElsewhere, IdTaken, KeyTaken, MissingReference
from assetpkg.resource.references import Reference
from assetpkg.rules.imports.about import GUIDE, about
from assetpkg.rules.relations import find_needed, find_unfit


@rule("IMP010", "missing-reference", Severity.ERROR, source=Page.ERROR_CODES)
def missing_reference(planned: Changes) -> Iterator[Problem]:
    """A resource refers to something that is neither in the package nor on the target.

    Finds references that lead nowhere after the import. Where the name of what is referred to is beside the id, and the
    target has that name, its id is named: ids differ between instances.

    The platform refuses what refers to nothing, or imports something that cannot work.

    Add the resource to the package, create it on the target first, or correct the reference.
    """

    def tell(_: Change, found: MissingReference) -> tuple[str, str]:
        missing = f"refers to {found.kind} '{found.value}', which neither the package nor the target has"
        if not found.candidate:
            return missing, "add it to the package, or create it on the target first"
        known = f" with the id '{found.candidate_id}'" if found.candidate_id else ""
        meant = f"{missing}; by {found.beside} it may be {found.candidate}, which the target has{known}"
        return meant, "write the id that it has on the target, or add it to the package"

    return about(planned, MissingReference, tell)


@rule("IMP011", "combination-taken", Severity.ERROR, source=Page.ERROR_CODES)
def combination_taken(planned: Changes) -> Iterator[Problem]:
    """Another resource has the combination of values that has to be unique.

    Finds APIs whose method, path and match mode another API of the same group has, in the package or on the target.

    The platform refuses the second one (APIG.3301).

    Change method or path, or remove one of the two.
    """

    def tell(_: Change, found: CombinationTaken) -> tuple[str, str]:
        where = "in this package" if found.inside else "on the target"
        return (
            f"'{' '.join(found.values)}' is that of {found.other} {where}",
            "change the method or the path",
        )

    return about(planned, CombinationTaken, tell)


@rule("IMP012", "id-taken", Severity.ERROR, source=GUIDE)
def id_taken(planned: Changes) -> Iterator[Problem]:
    """A data source's id is on the target already.

    Finds data sources of an AddNew import whose id the target has.

    The ids of data sources may not repeat; a package with one that exists has to be imported in the console's mode
    Overwrite, which is Merge.

    Use `--mode Merge`, or give the data source another id.
    """

    def tell(_: Change, found: IdTaken) -> tuple[str, str]:
        holder = "" if found.same else f", as {found.other}"
        return (
            f"id '{found.id}' is on the target already{holder}",
            "use --mode Merge, since AddNew needs new ids here",
        )

    return about(planned, IdTaken, tell)


@rule(
    "IMP013",
    "id-elsewhere",
    Severity.RISK,
    source=undocumented("what an import does with an id that exists"),
)
def id_elsewhere(planned: Changes) -> Iterator[Problem]:
    """A resource's id belongs to another resource on the target.

    Finds ids that the target has under another name or in another place.

    No page says whether the import takes a new id, fails, or overwrites what has it.

    Remove the id, or give the resource another one.
    """
    return about(
        planned,
        IdElsewhere,
        lambda _, found: (
            (
                f"id '{found.id}' belongs to {found.other} on the target;"
                " it is not documented what happens to that resource"
            ),
            "give it another id, or compare the two on the target",
        ),
    )


@rule("IMP015", "key-taken", Severity.RISK, source=undocumented("whether an application's key is imported"))
def key_taken(planned: Changes) -> Iterator[Problem]:
    """A value that has to be unique is on the target already.

    Finds applications whose key another application of the target has.

    No page says whether an import carries the key over. If it does, it fails (APIG.3310).

    Remove the key, or change it, and inform the callers.
    """
    return about(
        planned,
        KeyTaken,
        lambda _, found: (
            (
                f"{found.other} on the target has the same {found.field_name};"
                " it is not documented whether this one is imported"
            ),
            f"remove or change the {found.field_name}, and inform the callers",
        ),
    )


@rule("IMP067", "unfit-on-target", Severity.ERROR, source=Page.CREATING_A_CUSTOM_AUTHORIZER)
def unfit_on_target(planned: Changes) -> Iterator[Problem]:
    """A resource refers to one of the target that is not of the sort that is needed there.

    Finds what RSC060 and RSC061 find, where the resource referred to is on the target and not in the package.

    The platform asks for exactly that, and refuses others.

    Change the one on the target, refer to another one, or add the field.
    """
    resources = [resource for _, resource in planned.arriving()]
    yield from find_unfit(resources, _outside(planned))
    yield from find_needed(resources, _outside(planned))


def _outside(planned: Changes) -> Any:
    """Return how what is not in the package is found on the target."""

    def find(reference: Reference) -> tuple[Resource, Mapping[str, Any]] | None:
        if planned.instance is None or planned.package.index.resolve(reference) is not None:
            return None
        found = planned.instance.resolve(reference)
        return (found, planned.instance.document(found)) if found else None

    return find


RULES: tuple[Rule, ...] = (missing_reference, combination_taken, id_taken, id_elsewhere, key_taken, unfit_on_target)
