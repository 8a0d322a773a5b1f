"""Names that the import changes by itself, and variables that it does not bring along."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line, mask_renamed
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.kinds import KINDS
from assetpkg.kinds.notes import Variables
from assetpkg.planning.changes import Change, Reason, Renamed
from assetpkg.resource.naming import RANDOM, name_limits
from assetpkg.rules.imports.context import GUIDE, Review, about, arriving

VARIABLE = "environment_variable"
"""The kind of environment variables; its resources are named after variable and environment."""
RELEASE = "DEFAULT_ENVIRONMENT_RELEASE_ID"
GUIDE_ENVIRONMENTS = Page.RESTORING_SERVICE_INTEGRATION_DATA


@rule("IMP070", "renamed-on-clash", Severity.WARNING, source=GUIDE)
def renamed_on_clash(review: Review) -> Iterator[Problem]:
    """A name is taken, and the import puts random characters after the new one.

    Finds custom authorizers of an AddNew import whose name the target has.

    Their names are unique everywhere, and a clash is not an error: the imported one is renamed. That the APIs of the
    package go on using the imported one is assumed. Names on other instances, which count too, cannot be seen.

    Rename it before the import, or look for it by the beginning of its name afterwards.
    """
    return about(
        review,
        Renamed,
        lambda change, _: (
            (
                f"'{mask_renamed(change.target_name, change.name)}' is on the target already;"
                " random characters will follow the name"
            ),
            "rename it first, or look for it by the beginning of its name",
        ),
    )


@rule("IMP071", "renamed-too-long", Severity.RISK, source="not documented: how many characters follow a taken name")
def renamed_too_long(review: Review) -> Iterator[Problem]:
    """A name is taken, and too long for the random characters that the import puts after it.

    Finds what IMP070 finds where the name, with eight more characters, is longer than it may be.

    No page says how many characters follow, nor what happens when the name becomes too long.

    Shorten the name before the import.
    """
    for change in (change for change in review.plan.changes if change.reason is Reason.RENAMED):
        longest = name_limits(KINDS[change.kind]).longest
        if longest is not None and len(change.target_name) > longest - RANDOM:
            yield Problem(
                message=f"its name of {len(change.target_name)} characters is taken, and has no room for random ones:"
                f" at most {longest} are allowed",
                hint=f"rename it to at most {longest - RANDOM} characters",
                place=change.place,
                address=change.address,
            )


@rule("IMP072", "missing-variable", Severity.WARNING, source=GUIDE_ENVIRONMENTS)
def missing_variable(review: Review) -> Iterator[Problem]:
    """A backend uses an environment variable that the target does not have.

    Finds `#name#` in addresses and paths of backends, where the snapshot covers environment variables and has none of
    that name for the API's group in the environment RELEASE.

    Environment variables are not assets. The API is imported, and does not work.

    Add the variable to the group after the import.
    """
    if review.instance is not None and VARIABLE in review.instance.covers:
        known = {
            (resource.path.names[:-1], *resource.name.split(" ")[:2])
            for resource in review.instance.index.resources_of(VARIABLE)
        }
        for change, group, name, pointer in _variables(review):
            if (group, name, RELEASE) not in known:
                yield Problem(
                    message=f"uses {_told(name)}, which the target does not have for group {_named(group)} in RELEASE",
                    hint="add it to the group after the import",
                    place=change.place,
                    pointer=pointer,
                    address=change.address,
                )


@rule("IMP073", "variable-by-hand", Severity.WARNING, source=GUIDE_ENVIRONMENTS)
def variable_by_hand(review: Review) -> Iterator[Problem]:
    """Backends use environment variables, which no import brings along.

    Finds `#name#` in addresses and paths of backends, where nothing is known of the target's environment variables;
    one finding for each variable of a group.

    Environment variables are not assets. The API is imported, and does not work until its group has the variable.

    Look whether the group on the target has it, and add it if not.
    """
    if review.instance is not None and VARIABLE in review.instance.covers:
        return
    told: set[tuple[tuple[str, ...], str]] = set()
    for change, group, name, pointer in _variables(review):
        if (group, name) not in told:
            told.add((group, name))
            yield Problem(
                message=f"uses {_told(name)}, which no import brings along for group {_named(group)}",
                hint="add it to the group on the target, in each environment",
                place=change.place,
                pointer=pointer,
                address=change.address,
            )


def _variables(review: Review) -> Iterator[tuple[Change, tuple[str, ...], str, str]]:
    """Yield the variables that are used: by what, in which group on the target, the name, and where."""
    context = review.context
    for change, resource in arriving(review):
        for note in resource.notes:
            if isinstance(note.marker, Variables):
                parent = context.target_parent(resource)
                for name in note.values:
                    yield change, parent.names if parent else (), str(name), note.pointer


def _told(name: str) -> str:
    return f"#{mask_line(name)}#"


def _named(group: tuple[str, ...]) -> str:
    return f"'{mask_line('/'.join(group))}'"


RULES: tuple[Rule, ...] = (renamed_on_clash, renamed_too_long, missing_variable, variable_by_hand)
