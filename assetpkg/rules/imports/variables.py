"""Environment variables that backends use, which an import does not carry."""

from collections.abc import Iterable, Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.apic import RELEASE_ID
from assetpkg.kinds.notes import Variables
from assetpkg.package.index import Resource
from assetpkg.planning.changes import Change, Changes

VARIABLE = "environment_variable"
"""The kind of environment variables; its resources are named after variable and environment."""
GUIDE_ENVIRONMENTS = Page.MODIFYING_API_CONFIGURATIONS


@rule("IMP072", "missing-variable", Severity.WARNING, source=GUIDE_ENVIRONMENTS)
def missing_variable(planned: Changes) -> Iterator[Problem]:
    """A backend uses an environment variable that the target does not have.

    Finds `#name#` in addresses and paths of backends, where the snapshot covers environment variables and has none of
    that name for the API's group in the environment RELEASE.

    Environment variables are not assets. The API is imported, and does not work.

    Add the variable to the group after the import.
    """
    if planned.instance is not None and VARIABLE in planned.instance.covers:
        known = known_variables(planned.instance.index.resources_of(VARIABLE))
        for change, group, name, pointer in _variables(planned):
            if (group, name, RELEASE_ID) not in known:
                yield Problem(
                    message=f"uses {_told(name)}, which the target does not have for group {_named(group)} in RELEASE",
                    hint="add it to the group after the import",
                    place=change.place,
                    pointer=pointer,
                    address=change.address,
                )


@rule("IMP073", "variable-by-hand", Severity.WARNING, source=GUIDE_ENVIRONMENTS)
def variable_by_hand(planned: Changes) -> Iterator[Problem]:
    """Backends use environment variables, which an import does not carry.

    Finds `#name#` in addresses and paths of backends, where nothing is known of the target's environment variables;
    one finding for each variable of a group.

    Environment variables are not assets. The API is imported, and does not work until its group has the variable.

    Look whether the group on the target has it, and add it if not.
    """
    if planned.instance is not None and VARIABLE in planned.instance.covers:
        return
    told: set[tuple[tuple[str, ...], str]] = set()
    for change, group, name, pointer in _variables(planned):
        if (group, name) not in told:
            told.add((group, name))
            yield Problem(
                message=f"uses {_told(name)}, which an import does not carry for group {_named(group)}",
                hint="add it to the group on the target, in each environment",
                place=change.place,
                pointer=pointer,
                address=change.address,
            )


def known_variables(resources: Iterable[Resource]) -> frozenset[tuple[tuple[str, ...], str, str]]:
    """Return the group, the name and the environment of each environment variable; its own name has the latter two."""
    parts = ((resource.path.names[:-1], resource.name.partition(" ")) for resource in resources)
    return frozenset((group, name, environment) for group, (name, _, environment) in parts)


def _variables(planned: Changes) -> Iterator[tuple[Change, tuple[str, ...], str, str]]:
    """Yield the variables that are used: by what, in which group on the target, the name, and where."""
    for change, _, note in planned.notes(Variables):
        parent = planned.context.matching.parent_path(planned.package.resource(change.address))
        for name in note.values:
            yield change, parent.names if parent else (), str(name), note.pointer


def _told(name: str) -> str:
    return f"#{mask_line(name)}#"


def _named(group: tuple[str, ...]) -> str:
    return f"'{mask_line('/'.join(group))}'"


RULES: tuple[Rule, ...] = (missing_variable, variable_by_hand)
