"""What Merge does to what is there, as far as it is documented."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.documents import split_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.markers import Prefixed
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.assumptions import ADDNEW_OVERWRITE, MERGE_EXISTING
from assetpkg.planning.changes import (
    Action,
    Change,
    CredentialsAgain,
    Differs,
    NotOverwritten,
    NotOwned,
    OtherId,
    OtherType,
    Settled,
)
from assetpkg.planning.impact import find_impact
from assetpkg.planning.options import Mode
from assetpkg.rules.imports.context import PAGE, Review, about

_FEW = 5
"""How many users of a data source a message names; the plan has all of them."""


@rule("IMP014", "other-id", Severity.RISK, source="not documented: whether Merge matches by name or by id")
def other_id(review: Review) -> Iterator[Problem]:
    """The resource of the same name on the target has another id.

    Finds applications and data sources that Merge would match by name, but not by id.

    The import works with the new names, so assetpkg matches by name; no page says that the platform does.

    Verify on the target that both are the same thing.
    """
    return about(
        review,
        OtherId,
        lambda _, found: (
            f"matched by name; its id is '{found.id}' here and '{found.other_id}' on the target",
            "verify on the target that both are the same thing",
        ),
    )


@rule("IMP024", "prefix-in-merge", Severity.WARNING, source="not documented: a prefix together with Merge")
def prefix_in_merge(review: Review) -> Iterator[Problem]:
    """A prefix was given together with Merge, so that nothing is merged.

    Finds Merge imports with a prefix whose applications are all new.

    The import works with the new application names, and finds nothing of these names to merge into.

    Leave the prefix out to merge, or use AddNew to import beside what is there.
    """
    applications = [change for change in review.plan.changes if KINDS[change.kind].prefixed is Prefixed.YES]
    if review.plan.options.mode is Mode.MERGE and review.plan.options.prefix and applications:
        created = sum(change.action is Action.CREATE for change in applications)
        if created == len(applications):
            yield Problem(
                message="with this prefix every application is new, and nothing will be merged into one",
                hint="leave the prefix out to merge, or use AddNew",
            )


@rule("IMP030", "merge-undetermined", Severity.RISK, source=MERGE_EXISTING.source)
def merge_undetermined(review: Review) -> Iterator[Problem]:
    """A resource is on the target and differs, and no page says which of the two stays.

    Finds resources of a Merge import, other than data sources, that exist and are not equal.

    Neither the API reference nor the user guide says what Merge does with them. Assumption `merge-existing`.

    Make the two equal before importing, or settle it with `--assume merge-existing=…` when you know the answer.
    """
    return about(
        review,
        Differs,
        lambda _, found: (
            f"exists and {_fields(found.count)}; it is not documented which one stays",
            "make both equal first, or --assume merge-existing=… when you know",
        ),
    )


@rule("IMP038", "merge-settled", Severity.WARNING, source=MERGE_EXISTING.source)
def merge_settled(review: Review) -> Iterator[Problem]:
    """A resource is on the target and differs, and you have settled which of the two stays.

    Finds resources of a Merge import that exist and are not equal, under `--assume merge-existing=keep` or `=update`.

    No page says what Merge does with them: the plan is right if the assumption is.

    Look at the differences once more, or make the two equal before importing.
    """
    return about(
        review,
        Settled,
        lambda _, found: (
            f"exists and {_fields(found.count)}; assumed: {found.answer}",
            "look at the differences, or make both equal first",
        ),
    )


@rule("IMP031", "credentials-again", Severity.RISK, source=Page.MODIFYING_DATA_SOURCE_CONFIGURATIONS)
def credentials_again(review: Review) -> Iterator[Problem]:
    """A data source of the target is overwritten, and its credentials have to be entered again.

    Finds data sources that `datasource_overwrite` updates.

    Credentials are not assets: a package does not carry them, and it is not documented whether the target's stay.

    Stop the tasks that use it, import, enter the credentials, test the connection.
    """

    def tell(change: Change, _: CredentialsAgain) -> tuple[str, str]:
        places = credentials_of(review.package, review.package.resource(change.address))
        names = ", ".join(dict.fromkeys(mask_line(split_pointer(place.pointer)[-1]) for place in places))
        again = f"again ({names})" if names else "again"
        return (
            "is overwritten; it is not documented whether its credentials stay",
            f"stop the tasks that use it, import, enter the credentials {again}, test the connection",
        )

    return about(review, CredentialsAgain, tell)


@rule("IMP032", "kept-different", Severity.WARNING, source=PAGE)
def kept_different(review: Review) -> Iterator[Problem]:
    """A data source of the target is left as it is, and differs from the package's.

    Finds data sources of the same name with a difference, when `datasource_overwrite` is false.

    They are not updated: what is imported will use the target's address and database.

    That is usually what is meant between environments. If not, use `--datasource-overwrite`.
    """
    return about(
        review,
        NotOverwritten,
        lambda _, found: (
            f"stays as it is on the target, with {found.count} difference{'s' * (found.count > 1)}",
            "use --datasource-overwrite if the package's should win",
        ),
    )


@rule("IMP033", "kept-other-type", Severity.RISK, source=PAGE)
def kept_other_type(review: Review) -> Iterator[Problem]:
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

    return about(review, OtherType, tell, frozenset(Action) - {Action.UPDATE})


@rule("IMP074", "overwritten-other-type", Severity.RISK, source=PAGE)
def overwritten_other_type(review: Review) -> Iterator[Problem]:
    """A data source of the target is overwritten, and becomes one of another type.

    Finds data sources of the same name whose type differs, when `datasource_overwrite` updates them.

    What uses it on the target, running tasks among it, then reads or writes another kind of system.

    Stop what uses it first, and look whether it suits the new type; or rename one of the two data sources.
    """
    users = {impact.change.address: impact.users for impact in find_impact(review.plan, review.instance)}

    def tell(change: Change, found: OtherType) -> tuple[str, str]:
        named = [mask_line(user.address) for user in users.get(change.address, ())]
        more = f" and {len(named) - _FEW} more" if len(named) > _FEW else ""
        used = f"; used there by {', '.join(named[:_FEW])}{more}" if named else ""
        return (
            f"turns from type '{found.before}' on the target into '{found.after}'{used}",
            "stop what uses it first, and look whether it suits the new type; or rename one of the two",
        )

    return about(review, OtherType, tell, frozenset({Action.UPDATE}))


@rule("IMP034", "overwrite-ignored", Severity.WARNING, source=ADDNEW_OVERWRITE.source)
def overwrite_ignored(review: Review) -> Iterator[Problem]:
    """Data source overwrite was asked for together with AddNew.

    Finds AddNew imports with `datasource_overwrite=true`.

    The console offers the choice with Overwrite (Merge) only; the API reference does not say what it does with
    AddNew. Assumption `addnew-datasource-overwrite`.

    Use `--mode Merge`, or leave it out.
    """
    options = review.plan.options
    if options.mode is Mode.ADD_NEW and options.datasource_overwrite:
        answer = options.assumptions[ADDNEW_OVERWRITE.name]
        yield Problem(
            message=f"datasource_overwrite is not documented with AddNew; assumed: {answer}",
            hint="use --mode Merge, or leave it out",
        )


@rule("IMP035", "not-owned", Severity.RISK, source=f"{Page.ERROR_CODES} (ROMA.12001)")
def not_owned(review: Review) -> Iterator[Problem]:
    """The account of the snapshot may not change an application that is merged into.

    Finds applications of the target whose `owner` is false and whose `roles` have neither modify nor admin.

    An import by the same account may be refused (ROMA.12001).

    Have the owner authorise the account, or import as the owner.
    """
    return about(
        review,
        NotOwned,
        lambda _, __: (
            "the account that took the snapshot may not change it on the target",
            "have its owner authorise the account, or import as the owner",
        ),
    )


def _fields(count: int) -> str:
    return "1 field differs" if count == 1 else f"{count} fields differ"


RULES: tuple[Rule, ...] = (
    other_id,
    prefix_in_merge,
    merge_undetermined,
    merge_settled,
    credentials_again,
    kept_different,
    kept_other_type,
    overwritten_other_type,
    overwrite_ignored,
    not_owned,
)
