"""Functions that the target has to have."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import undocumented
from assetpkg.kinds.notes import FunctionUrn
from assetpkg.planning.changes import Change, Changes
from assetpkg.rules.imports.about import GUIDE
from assetpkg.target.configuration import entries_of, find_lack

_REGION, _PROJECT = 2, 3
"""Where region and project are in a URN: urn:fss:REGION:PROJECT:function:…"""

Call = tuple[Change, str, str, str, str]
"""The change of what calls a function; URN, version and alias of the function; and where the URN is."""


@rule("IMP054", "function-missing", Severity.ERROR, source=GUIDE)
def function_missing(planned: Changes) -> Iterator[Problem]:
    """An API or an authorizer calls a function that the target does not have.

    Finds URNs of functions that are not among those of the snapshot.

    The functions of backends have to exist for the account that imports (APIG.3019).

    Create the function first, or change the URN.
    """
    known = planned.instance.functions if planned.instance else None
    for change, urn, _, _, pointer in _calls(planned):
        if known is not None and not entries_of(known, urn):
            yield Problem(
                message=f"calls the function {_short(urn)}, which the target does not have",
                hint="create the function on the target first, or change the URN",
                place=change.place,
                pointer=pointer,
                platform_code="APIG.3019",
                address=change.address,
            )


@rule("IMP055", "function-version-missing", Severity.ERROR, source=GUIDE)
def function_version_missing(planned: Changes) -> Iterator[Problem]:
    """A function is on the target, and not in the version or under the alias that is called.

    Finds versions, and aliases, that none of the snapshot's entries for the function has. An alias goes before a
    version; without either, any version will do.

    Function backends need the same version and alias for the account that imports.

    Publish the version, or create the alias, on the target first.
    """
    for change, urn, version, alias, pointer in _calls(planned):
        known = entries_of(planned.instance.functions or (), urn) if planned.instance else []
        if not known:
            continue
        missing = find_lack(known, urn, version, alias)
        if missing is not None:
            yield Problem(
                message=f"calls {missing} of the function {_short(known[0].urn)}, which the target does not have",
                hint="publish it on the target first, or call another one",
                place=change.place,
                pointer=pointer,
                address=change.address,
            )


@rule("IMP056", "functions-unverified", Severity.WARNING, source=GUIDE)
def functions_unverified(planned: Changes) -> Iterator[Problem]:
    """Functions are called, and the functions of the target were not looked at.

    Finds that the snapshot has no list of functions, when something in the package calls one.

    The guide asks for the same functions, with their versions and aliases, for the user who imports.

    Add the list to the snapshot, or look at the functions by hand.
    """
    if planned.instance is not None and planned.instance.functions is None:
        count = len({urn for _, urn, _, _, _ in _calls(planned)})
        if count:
            yield Problem(
                message=f"calls {count} function{'s' * (count > 1)}, and those of the target are not known",
                hint="list the functions in the snapshot, or check them by hand",
            )


@rule("IMP057", "function-elsewhere", Severity.RISK, source=undocumented("functions of another region or project"))
def function_elsewhere(planned: Changes) -> Iterator[Problem]:
    """A function belongs to another region or project than the target.

    Finds URNs whose region or project is not that of the snapshot, where its functions were not looked at.

    The function has to exist for the account that imports. Whether one of another project will do is not documented.

    Create the function in the target's project, and change the URN.
    """
    if planned.instance is None or planned.instance.functions is not None:
        return
    facts = planned.instance.facts
    for change, urn, _, _, pointer in _calls(planned):
        parts = urn.split(":")
        for what, place, own in (("region", _REGION, facts.region), ("project", _PROJECT, facts.project_id)):
            if own is not None and len(parts) > place and parts[place] != own:
                yield Problem(
                    message=f"calls a function of {what} {mask_line(parts[place])}, and the target's {what} is {own}",
                    hint="create the function there, and change the URN",
                    place=change.place,
                    pointer=pointer,
                    address=change.address,
                )
                break


def _calls(planned: Changes) -> Iterator[Call]:
    for change, _, note in planned.notes(FunctionUrn):
        urn, version, alias = note.values
        yield change, urn, version, alias, note.pointer


def _short(urn: str) -> str:
    return mask_line(urn.partition(":function:")[2] or urn)


RULES: tuple[Rule, ...] = (function_missing, function_version_missing, functions_unverified, function_elsewhere)
