"""Names that are taken or not valid after the import, and those that it changes by itself."""

from collections.abc import Iterator
from dataclasses import replace

from assetpkg.credentials.masking import mask_renamed
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import first_few, shorten
from assetpkg.diagnostics.sources import cited, undocumented
from assetpkg.kinds import KINDS
from assetpkg.kinds.markers import Prefixed
from assetpkg.planning.assumptions import NAMES_DIFFER_BY, PREFIX_RENAMES
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.options import Mode
from assetpkg.planning.remarks import NameTaken, NearName, PrefixedName, PrefixReading, Reason, Renamed
from assetpkg.resource.naming import RANDOM, make_visible, name_limits
from assetpkg.rules.copies import disagreeing
from assetpkg.rules.imports.about import GUIDE, about

_FEW = 3
"""How many of the target's names a message shows."""
_LONGEST_SHOWN = 40
"""How much of a long name a message shows."""


@rule("IMP021", "name-taken", Severity.ERROR, source=GUIDE)
def name_taken(planned: Changes) -> Iterator[Problem]:
    """A name is on the target already.

    Finds resources of an AddNew import whose name the target has in the same scope.

    AddNew imports everything as new, and names are unique. A prefix renames applications, and what is below them moves
    along. What else it renames is not documented: see the assumption `prefix-renames`.

    Use `--mode Merge`, a prefix, or rename the resource.
    """

    def tell(change: Change, found: NameTaken) -> tuple[str, str]:
        prefix = planned.options.prefix
        name = make_visible(mask_renamed(change.target_name, change.name))
        taken = f"'{name}' is on the target already"
        if found.other:
            answer = planned.options.assumptions[NAMES_DIFFER_BY.name]
            taken = f"{taken}, as '{make_visible(found.other)}' (assumed: {NAMES_DIFFER_BY.name}={answer})"
        if planned.options.mode is Mode.MERGE:
            # Merge meets a taken name only where another kind has it.
            return taken, "rename one of the two"
        if not _prefix_reaches(planned, change):
            assumed = f"{PREFIX_RENAMES.name}={planned.options.assumptions[PREFIX_RENAMES.name]}"
            reach = f"; the prefix is assumed not to rename {KINDS[change.kind].folder} ({assumed})" if prefix else ""
            return f"{taken}{reach}", "rename it, or use --mode Merge"
        return taken, "use another prefix, or --mode Merge" if prefix else "use --mode Merge, or a prefix"

    return about(planned, NameTaken, tell)


@rule("IMP025", "near-name-on-target", Severity.RISK, source=NAMES_DIFFER_BY.source)
def near_name_on_target(planned: Changes) -> Iterator[Problem]:
    """A name that is almost the same is on the target.

    Finds names that differ from one of the target only in case, in blanks at an end, in Unicode form, in width (as
    brackets do), or in characters that cannot be seen, where the target has none that is exactly the same.

    No page says whether the platform takes these for one name. If it does, AddNew fails, and Merge merges the resource
    into the one that is there. Assumption `names-differ-by`.

    Give the resource the name of the target, another name, or answer the question with `--assume names-differ-by=…`
    when you know the answer.
    """

    def tell(change: Change, found: NearName) -> tuple[str, str]:
        name = make_visible(mask_renamed(change.target_name, change.name))
        others = first_few(found.others, _FEW, lambda other: f"'{make_visible(other)}'")
        near = f"the name '{name}' is almost that of {others} on the target"
        return (
            f"{near}; it is not documented whether they are one name",
            "make the names equal or different, or --assume names-differ-by=… when you know",
        )

    return about(planned, NearName, tell)


@rule(
    "IMP076",
    "stale-name-on-target",
    Severity.WARNING,
    source=undocumented("what an import does with a name beside an id"),
)
def stale_name_on_target(planned: Changes) -> Iterator[Problem]:
    """A name beside an id is not the name of what the id leads to on the target.

    Finds what RSC071 finds, for ids of resources that are not in the package but on the target.

    The id decides in a plan. It is not documented that the platform ignores the name. The package may come from an
    instance on which the id is that of something else.

    Check which of the two is meant, and correct the other one.
    """
    for change, resource in planned.arriving():
        for problem in disagreeing(resource, planned.context.resolving.outside):
            yield problem._replace(address=change.address)


@rule(
    "IMP022",
    "prefixed-name",
    Severity.ERROR,
    source=cited(f"{Page.CREATING_AN_APPLICATION}; {Page.CREATING_A_COMMON_TASK}"),
)
def prefixed_name(planned: Changes) -> Iterator[Problem]:
    """Prefix and name together are not a valid name.

    Finds applications and tasks whose name with the prefix is too long, or has characters that it may not have.

    The platform refuses such a name. That a prefix reaches tasks is assumption `prefix-renames`.

    Use a shorter prefix, or other characters.
    """

    def tell(change: Change, found: PrefixedName) -> tuple[str, str]:
        shown = shorten(mask_renamed(found.name, change.name), _LONGEST_SHOWN)
        longest = found.longest
        hint = "use other characters in the prefix"
        if longest is not None:
            hint = (
                f"use a prefix of at most {longest} characters"
                if longest
                else "leave the prefix out, or shorten the name"
            )
        return f"with the prefix the name '{shown}' {found.why}", hint

    return about(planned, PrefixedName, tell)


@rule("IMP023", "prefix-reading", Severity.RISK, source=PREFIX_RENAMES.source)
def prefix_reading(planned: Changes) -> Iterator[Problem]:
    """A task ends differently if the prefix renames tasks and if it does not.

    Finds tasks whose name is free with the prefix and taken without it, or the reverse.

    The API reference speaks of application names only; the user guide lets a task of the same name in with a prefix.
    Assumption `prefix-renames`.

    Rename the task, or settle the question with `--assume prefix-renames=…` when you know the answer.
    """
    return about(
        planned,
        PrefixReading,
        lambda _, found: (
            f"{found.renamed} if the prefix renames tasks, {found.plain} if it does not; neither is documented",
            "rename the task, or --assume prefix-renames=… when you know",
        ),
    )


@rule("IMP024", "prefix-in-merge", Severity.WARNING, source=undocumented("a prefix together with Merge"))
def prefix_in_merge(planned: Changes) -> Iterator[Problem]:
    """A prefix was given together with Merge, so that nothing is merged.

    Finds Merge imports with a prefix whose applications are all new.

    The import works with the new application names, and finds nothing of these names to merge into.

    Leave the prefix out to merge, or use AddNew to import beside what is there.
    """
    applications = [change for change in planned.changes if KINDS[change.kind].prefixed is Prefixed.YES]
    if planned.options.mode is Mode.MERGE and planned.options.prefix and applications:
        created = sum(change.action is Action.CREATE for change in applications)
        if created == len(applications):
            yield Problem(
                message="with this prefix every application has a new name, so nothing is merged into an existing one",
                hint="leave the prefix out to merge, or use AddNew",
            )


@rule("IMP070", "renamed-on-clash", Severity.WARNING, source=GUIDE)
def renamed_on_clash(planned: Changes) -> Iterator[Problem]:
    """A name is taken, and the import puts random characters after the new one.

    Finds custom authorizers of an AddNew import whose name the target has.

    Their names are unique everywhere, and a clash is not an error: the imported one is renamed. That the APIs of the
    package go on using the imported one is assumed. Names on other instances, which count too, cannot be seen.

    Rename it before the import, or find it by the beginning of its name afterwards.
    """
    return about(
        planned,
        Renamed,
        lambda change, _: (
            (
                f"'{mask_renamed(change.target_name, change.name)}' is on the target already;"
                " random characters will follow the name"
            ),
            "rename it first, or find it by the beginning of its name",
        ),
    )


@rule("IMP071", "renamed-too-long", Severity.RISK, source=undocumented("how many characters follow a taken name"))
def renamed_too_long(planned: Changes) -> Iterator[Problem]:
    """A name is taken, and too long for the random characters that the import puts after it.

    Finds what IMP070 finds where the name, with eight more characters, is longer than it may be.

    No page says how many characters follow, nor what happens when the name becomes too long.

    Shorten the name before the import.
    """
    for change in (change for change in planned.changes if change.reason is Reason.RENAMED):
        longest = name_limits(KINDS[change.kind]).longest
        if longest is not None and len(change.target_name) > longest - RANDOM:
            yield Problem(
                message=f"its name of {len(change.target_name)} characters is taken,"
                f" and leaves no room for the random characters: at most {longest} are allowed",
                hint=f"rename it to at most {longest - RANDOM} characters",
                place=change.place,
                address=change.address,
            )


@rule("IMP026", "same-name-on-target", Severity.ERROR, source=Page.CREATING_A_TOPIC_IN_THE_CONSOLE)
def same_name_on_target(planned: Changes) -> Iterator[Problem]:
    """The target has a name that differs only in characters that do not distinguish names.

    Finds topics that would be created, and whose name is that of another topic of the target when each `.` is read as
    `_`.

    The platform refuses such a name: `Topic.test` and `Topic_test` are one name there.

    Give the topic the name that the target has, or another one.
    """
    kinds = [kind for kind in KINDS.values() if kind.same_in_names is not None]
    for kind in kinds if planned.instance is not None else ():
        there = {kind.same_name(found.name): found for found in planned.context.target_index.resources_of(kind.kind)}
        for change, _ in planned.of(kind.kind):
            same = there.get(kind.same_name(change.target_name)) if change.action is Action.CREATE else None
            if same is not None and same.name != change.target_name:
                yield Problem(
                    message=f"its name is the same as that of {same.address} on the target",
                    hint="use the name that the target has, or another one",
                    place=change.place,
                    address=change.address,
                )


def _prefix_reaches(planned: Changes, change: Change) -> bool:
    """Say whether a prefix gives the resource, or what it is below, another name."""
    below_another = "/" in change.target_address.partition("/")[2]
    options = replace(planned.options, prefix=planned.options.prefix or "-")
    return below_another or True in replace(planned.context, options=options).naming.interpretations(KINDS[change.kind])


RULES: tuple[Rule, ...] = (
    name_taken,
    near_name_on_target,
    stale_name_on_target,
    prefixed_name,
    prefix_reading,
    prefix_in_merge,
    renamed_on_clash,
    renamed_too_long,
    same_name_on_target,
)
