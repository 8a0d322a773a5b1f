"""What is in the way: names, ids, combinations and references that the target or the package has."""

from collections.abc import Iterator
from dataclasses import replace

from assetpkg.credentials.masking import mask_renamed
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.kinds import KINDS
from assetpkg.planning.assumptions import PREFIX_RENAMES
from assetpkg.planning.changes import (
    Change,
    CombinationTaken,
    IdElsewhere,
    IdTaken,
    KeyTaken,
    MissingReference,
    NameTaken,
    PrefixedName,
    PrefixReading,
)
from assetpkg.planning.options import Mode
from assetpkg.rules.imports.context import GUIDE, Review, about

_LONGEST_SHOWN = 40
"""How much of a long name a message shows."""


@rule("IMP010", "missing-reference", Severity.ERROR, source=Page.ERROR_CODES)
def missing_reference(review: Review) -> Iterator[Problem]:
    """A resource refers to something that is neither in the package nor on the target.

    Finds references that lead nowhere after the import.

    The platform refuses what refers to nothing, or imports something that cannot work.

    Add the resource to the package, create it on the target first, or correct the reference.
    """
    return about(
        review,
        MissingReference,
        lambda _, found: (
            f"refers to {found.kind} '{found.value}', which neither the package nor the target has",
            "add it to the package, or create it on the target first",
        ),
    )


@rule("IMP011", "combination-taken", Severity.ERROR, source=Page.ERROR_CODES)
def combination_taken(review: Review) -> Iterator[Problem]:
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

    return about(review, CombinationTaken, tell)


@rule("IMP012", "id-taken", Severity.ERROR, source=GUIDE)
def id_taken(review: Review) -> Iterator[Problem]:
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

    return about(review, IdTaken, tell)


@rule(
    "IMP013",
    "id-elsewhere",
    Severity.RISK,
    source="not documented: what an import does with an id that exists",
)
def id_elsewhere(review: Review) -> Iterator[Problem]:
    """A resource's id belongs to another resource on the target.

    Finds ids that the target has under another name or in another place.

    No page says whether the import takes a new id, fails, or overwrites what has it.

    Remove the id, or give the resource another one.
    """
    return about(
        review,
        IdElsewhere,
        lambda _, found: (
            f"id '{found.id}' belongs to {found.other} on the target; what happens to that one is not documented",
            "give it another id, or compare the two on the target",
        ),
    )


@rule("IMP015", "key-taken", Severity.RISK, source="not documented: whether an application's key is imported")
def key_taken(review: Review) -> Iterator[Problem]:
    """A value that has to be unique is on the target already.

    Finds applications whose key another application of the target has.

    No page says whether an import carries the key over. If it does, it fails (APIG.3310).

    Remove the key, or change it, and tell the callers.
    """
    return about(
        review,
        KeyTaken,
        lambda _, found: (
            f"its {found.field_name} is that of {found.other} on the target; whether it is imported is not documented",
            f"remove or change the {found.field_name}, and tell the callers",
        ),
    )


@rule("IMP021", "name-taken", Severity.ERROR, source=GUIDE)
def name_taken(review: Review) -> Iterator[Problem]:
    """A name is on the target already.

    Finds resources of an AddNew import whose name the target has in the same scope.

    AddNew imports everything as new, and names are unique. A prefix renames applications, and what is below
    them moves along; it does not reach topics or data sources.

    Use `--mode Merge`, a prefix, or rename the resource.
    """

    def tell(change: Change, _: NameTaken) -> tuple[str, str]:
        prefix = review.plan.options.prefix
        taken = f"'{mask_renamed(change.target_name, change.name)}' is on the target already"
        if review.plan.options.mode is Mode.MERGE:
            # Merge meets a taken name only where another kind has it.
            return taken, "rename one of the two"
        if not _prefix_reaches(review, change):
            reach = f", and a prefix does not reach {KINDS[change.kind].folder}" if prefix else ""
            return f"{taken}{reach}", "rename it, or use --mode Merge"
        return taken, "use another prefix, or --mode Merge" if prefix else "use --mode Merge, or a prefix"

    return about(review, NameTaken, tell)


@rule(
    "IMP022",
    "prefixed-name",
    Severity.ERROR,
    source=f"{Page.CREATING_AN_APPLICATION} and Creating a Task",
)
def prefixed_name(review: Review) -> Iterator[Problem]:
    """Prefix and name together are not a valid name.

    Finds applications and tasks whose name with the prefix is too long, or has characters that it may not have.

    The platform refuses such a name. That a prefix reaches tasks is assumption `prefix-renames`.

    Use a shorter prefix, or other characters.
    """

    def tell(change: Change, found: PrefixedName) -> tuple[str, str]:
        name = mask_renamed(found.name, change.name)
        shown = name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"
        longest = found.longest
        hint = "use other characters in the prefix"
        if longest is not None:
            hint = (
                f"use a prefix of at most {longest} characters"
                if longest
                else "leave the prefix out, or shorten the name"
            )
        return f"with the prefix the name '{shown}' {found.why}", hint

    return about(review, PrefixedName, tell)


@rule("IMP023", "prefix-reading", Severity.RISK, source=PREFIX_RENAMES.source)
def prefix_reading(review: Review) -> Iterator[Problem]:
    """A task ends differently if the prefix renames tasks and if it does not.

    Finds tasks whose name is free with the prefix and taken without it, or the reverse.

    The API reference speaks of application names only; the user guide lets a task of the same name in with a prefix.
    Assumption `prefix-renames`.

    Rename the task, or settle the question with `--assume prefix-renames=…` when you know the answer.
    """
    return about(
        review,
        PrefixReading,
        lambda _, found: (
            f"{found.renamed} if the prefix renames tasks, {found.plain} if it does not; neither is documented",
            "rename the task, or --assume prefix-renames=… when you know",
        ),
    )


def _prefix_reaches(review: Review, change: Change) -> bool:
    """Say whether a prefix gives the resource, or what it is below, another name."""
    below_another = "/" in change.target_address.partition("/")[2]
    options = replace(review.plan.options, prefix=review.plan.options.prefix or "-")
    return below_another or True in replace(review.context, options=options).interpretations(KINDS[change.kind])


RULES: tuple[Rule, ...] = (
    missing_reference,
    combination_taken,
    id_taken,
    id_elsewhere,
    key_taken,
    name_taken,
    prefixed_name,
    prefix_reading,
)
