"""What Merge does to what is there, as far as it is documented."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import first_few, plural
from assetpkg.diagnostics.sources import cited, undocumented
from assetpkg.documents import split_pointer
from assetpkg.package.index import lookups
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.assumptions import ADDNEW_OVERWRITE, MERGE_EXISTING
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.impact import find_impact
from assetpkg.planning.options import Mode
from assetpkg.planning.remarks import (
    CredentialsAgain,
    Differs,
    NotOverwritten,
    NotOwned,
    OtherId,
    OtherType,
    Settled,
)
from assetpkg.rules.imports.about import PAGE, about

_WRITTEN = {
    Action.CREATE: "may be imported as the credential",
    Action.UPDATE: "may replace the credential of the target",
    Action.UNDETERMINED: "may replace the credential of the target",
}
"""What an import may do with a mask, by what becomes of the resource."""
_FEW = 5
"""How many users of a data source a message names; the plan has all of them."""


@rule("IMP014", "other-id", Severity.RISK, source=undocumented("whether Merge matches by name or by id"))
def other_id(planned: Changes) -> Iterator[Problem]:
    """The resource of the same name on the target has another id.

    Finds applications and data sources that Merge would match by name, but not by id.

    The import works with the new names, so assetpkg matches by name; no page says that the platform does.

    Verify on the target that both are the same thing.
    """
    return about(
        planned,
        OtherId,
        lambda _, found: (
            f"matched by name; its id is '{found.id}' here and '{found.other_id}' on the target",
            "check on the target that both are the same resource",
        ),
    )


@rule("IMP030", "merge-undetermined", Severity.RISK, source=MERGE_EXISTING.source)
def merge_undetermined(planned: Changes) -> Iterator[Problem]:
    """A resource is on the target and differs, and no page says which of the two stays.

    Finds resources of a Merge import, other than data sources, that exist and are not equal.

    Neither the API reference nor the user guide says what Merge does with them. Assumption `merge-existing`.

    Make the two equal before importing, or settle it with `--assume merge-existing=…` when you know the answer.
    """
    return about(
        planned,
        Differs,
        lambda _, found: (
            f"exists and {_fields(found.count)}; it is not documented which one stays",
            "make both equal first, or --assume merge-existing=… when you know",
        ),
    )


@rule("IMP038", "merge-settled", Severity.WARNING, source=MERGE_EXISTING.source)
def merge_settled(planned: Changes) -> Iterator[Problem]:
    """A resource is on the target and differs, and you have settled which of the two stays.

    Finds resources of a Merge import that exist and are not equal, under `--assume merge-existing=keep` or `=update`.

    No page says what Merge does with them: the plan is right if the assumption is.

    Look at the differences once more, or make the two equal before importing.
    """
    return about(
        planned,
        Settled,
        lambda _, found: (
            f"exists and {_fields(found.count)}; assumed: {found.answer}",
            "look at the differences, or make both equal first",
        ),
    )


@rule("IMP031", "credentials-again", Severity.RISK, source=Page.MODIFYING_DATA_SOURCE_CONFIGURATIONS)
def credentials_again(planned: Changes) -> Iterator[Problem]:
    """A data source of the target is overwritten, and its credentials have to be entered again.

    Finds data sources that `datasource_overwrite` updates.

    Credentials are not assets: a package does not carry them, and it is not documented whether the target's stay.

    Stop the tasks that use it, import, enter the credentials, test the connection.
    """

    def tell(change: Change, _: CredentialsAgain) -> tuple[str, str]:
        places = credentials_of(planned.package, planned.package.resource(change.address))
        names = ", ".join(dict.fromkeys(mask_line(split_pointer(place.pointer)[-1]) for place in places))
        again = f"again ({names})" if names else "again"
        return (
            "is overwritten; it is not documented whether its credentials stay",
            f"stop the tasks that use it, import, enter the credentials {again}, test the connection",
        )

    return about(planned, CredentialsAgain, tell)


@rule("IMP019", "unfilled-credential-imported", Severity.RISK, source=undocumented("what an import does with a mask"))
def unfilled_credential_imported(planned: Changes) -> Iterator[Problem]:
    """A mask or a placeholder may become the credential of a resource.

    Finds what SEC006 finds in resources that would be created or overwritten, or of which it is not documented whether
    they are.

    The platform may take the text as it is. What uses the resource cannot log in then, and of a resource that is
    overwritten the credential that worked is perhaps gone.

    Leave the field empty and enter the credential by hand after the import, or fill it in immediately before.
    """
    for change, resource in planned.arriving():
        if change.action in _WRITTEN:
            for place in resource.unfilled:
                yield Problem(
                    message=f"{place.sort.value} is in the place of a credential, and {_WRITTEN[change.action]}",
                    hint="leave it empty and enter the credential after the import, or fill it in before",
                    place=change.place,
                    pointer=place.pointer,
                    address=change.address,
                )


@rule("IMP032", "kept-different", Severity.WARNING, source=PAGE)
def kept_different(planned: Changes) -> Iterator[Problem]:
    """A data source of the target is left as it is, and differs from the package's.

    Finds data sources of the same name with a difference, when `datasource_overwrite` is false.

    They are not updated: what is imported will use the target's address and database.

    That is usually what is meant between environments. If not, use `--datasource-overwrite`.
    """
    return about(
        planned,
        NotOverwritten,
        lambda _, found: (
            f"stays as it is on the target, with {found.count} difference{'s' * (found.count > 1)}",
            "use --datasource-overwrite if the package should replace it",
        ),
    )


@rule("IMP033", "kept-other-type", Severity.RISK, source=PAGE)
def kept_other_type(planned: Changes) -> Iterator[Problem]:
    """A data source of the target is left as it is, and is of another type.

    Finds data sources of the same name whose type differs, when `datasource_overwrite` is false.

    The tasks that come with the import then read or write another kind of system.

    Rename one of the two data sources.
    """

    def tell(_: Change, found: OtherType) -> tuple[str, str]:
        users = f"; used by {', '.join(found.users)}" if found.users else ""
        return (
            f"is of type '{found.before}' on the target and '{found.after}' here{users}",
            "rename one of the two",
        )

    return about(planned, OtherType, tell, frozenset(Action) - {Action.UPDATE})


@rule("IMP074", "overwritten-other-type", Severity.RISK, source=PAGE)
def overwritten_other_type(planned: Changes) -> Iterator[Problem]:
    """A data source of the target is overwritten, and becomes one of another type.

    Finds data sources of the same name whose type differs, when `datasource_overwrite` updates them.

    What uses it on the target, running tasks among it, then reads or writes another kind of system.

    Stop what uses it first, and check that it works with the new type; or rename one of the two data sources.
    """
    users = {impact.change.address: impact.users for impact in find_impact(planned)}

    def tell(change: Change, found: OtherType) -> tuple[str, str]:
        named = first_few(users.get(change.address, ()), _FEW, lambda user: mask_line(user.address))
        used = f"; used there by {named}" if named else ""
        return (
            f"changes its type from '{found.before}' on the target to '{found.after}'{used}",
            "stop what uses it first, and check that it works with the new type; or rename one of the two",
        )

    return about(planned, OtherType, tell, frozenset({Action.UPDATE}))


@rule("IMP034", "overwrite-ignored", Severity.WARNING, source=ADDNEW_OVERWRITE.source)
def overwrite_ignored(planned: Changes) -> Iterator[Problem]:
    """Data source overwrite was asked for together with AddNew.

    Finds AddNew imports with `datasource_overwrite=true`.

    The console offers the choice with Overwrite (Merge) only; the API reference does not say what it does with
    AddNew. Assumption `addnew-datasource-overwrite`.

    Use `--mode Merge`, or leave it out.
    """
    options = planned.options
    if options.mode is Mode.ADD_NEW and options.datasource_overwrite:
        answer = options.assumptions[ADDNEW_OVERWRITE.name]
        yield Problem(
            message=f"datasource_overwrite is not documented with AddNew; assumed: {answer}",
            hint="use --mode Merge, or leave it out",
        )


@rule("IMP035", "not-owned", Severity.RISK, source=cited(f"{Page.ERROR_CODES} (ROMA.12001)"))
def not_owned(planned: Changes) -> Iterator[Problem]:
    """The account of the snapshot may not change an application that is merged into.

    Finds applications of the target whose `owner` is false and whose `roles` have neither modify nor admin.

    An import by the same account may be refused (ROMA.12001).

    Have the owner authorise the account, or import as the owner.
    """
    return about(
        planned,
        NotOwned,
        lambda _, __: (
            "the account that took the snapshot may not change it on the target",
            "have its owner authorise the account, or import as the owner",
        ),
    )


@rule(
    "IMP018",
    "value-replaced",
    Severity.RISK,
    source=cited(f"{PAGE}; not documented: whether an application's key is imported"),
)
def value_replaced(planned: Changes) -> Iterator[Problem]:
    """The value by which others refer to a resource of the target is replaced.

    Finds updates of a Merge that change an application's key, and names what on the target refers to it by that.

    Callers, and resources outside the package, use the present key. It is not documented whether they follow.

    Give the application in the package the key of the target, or inform its callers.
    """
    for change in planned.with_action(Action.UPDATE):
        fields = {field.pointer[1:]: field for field in change.fields}
        for unique in planned.package.resource(change.address).kind.unique:
            if len(unique.fields) == 1 and unique.fields[0] in fields:
                users = [user for meets in change.matches for user in _users(planned, meets, unique.fields[0])]
                others = f", and others still refer to it by the old one: {first_few(users, _FEW)}" if users else ""
                yield Problem(
                    message=f"its {unique.fields[0]} on the target is replaced{others}",
                    hint=f"give it the {unique.fields[0]} of the target, or inform its callers",
                    place=change.place,
                    pointer=f"/{unique.fields[0]}",
                    address=change.address,
                )


def _users(planned: Changes, address: str, by: str) -> Iterator[str]:
    """Yield the resources of the target that refer to the one at `address` by the value of field `by`."""
    index = planned.context.target_index
    found = index.by_address.get(address)
    value = dict(lookups(found)).get(by) if found is not None else None
    users = index.users_by(found, by, value) if found is not None and value is not None else ()
    yield from dict.fromkeys(user.address for user, _ in users)


def _fields(count: int) -> str:
    return plural(count, "field differs", "fields differ")


RULES: tuple[Rule, ...] = (
    other_id,
    merge_undetermined,
    merge_settled,
    credentials_again,
    unfilled_credential_imported,
    kept_different,
    kept_other_type,
    overwritten_other_type,
    overwrite_ignored,
    not_owned,
    value_replaced,
)
