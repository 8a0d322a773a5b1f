"""Targets that were predicted, not looked at: what an import rests on that an earlier one has not brought yet."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.package.index import lookups
from assetpkg.planning.assumptions import EARLIER_IDS
from assetpkg.planning.changes import Action, Change, EarlierBlocked, EarlierId
from assetpkg.rules.imports.context import PAGE, Review, about

_MOST_NAMED = 5


@rule("IMP003", "foreseen-target", Severity.WARNING, source="not documented: what an import leaves open")
def foreseen_target(review: Review) -> Iterator[Problem]:
    """The target was predicted by assetpkg, and not looked at.

    Finds targets that `assetpkg apply` has written, or that an earlier package of the same plan leaves.

    What no page settles of the imports before is in the member `undetermined`: new ids, who wins, credentials.

    Import what comes before, take a snapshot of the instance, and plan again.
    """
    if review.instance is not None and review.instance.undetermined:
        found = Counter(fact.why for fact in review.instance.undetermined)
        listed = ", ".join(f"{why} {count}" for why, count in sorted(found.items()))
        yield Problem(
            message=f"the target is predicted, and not all of it is settled: {listed}",
            hint="after the imports before it, take a snapshot and plan again",
        )


@rule("IMP016", "earlier-id", Severity.RISK, source=EARLIER_IDS.source)
def earlier_id(review: Review) -> Iterator[Problem]:
    """A resource refers to what an earlier import brought, by what only that import's package calls it.

    Finds references that lead to a predicted resource by an id that the platform has not given, by the key that a
    merged application has in its package only, or by a name that a prefix may have changed.

    No page says whether the platform gives new ids, or knows the old ones in a later import. Assumption `earlier-ids`.

    Import both in one package, or settle it with `--assume earlier-ids=…` when you know the answer.
    """
    return about(
        review,
        EarlierId,
        lambda _, found: (
            (
                f"refers to {found.other} as '{found.value}', which an earlier import brings;"
                " it is not documented whether it is found by that"
            ),
            "import both in one package, or --assume earlier-ids=… when you know",
        ),
    )


@rule("IMP017", "earlier-blocked", Severity.RISK, source="not documented: what of an import that fails is done")
def earlier_blocked(review: Review) -> Iterator[Problem]:
    """A resource needs, or meets, what an earlier import brings that is itself blocked.

    Finds such resources in plans of several packages, and in plans against what `assetpkg apply --partial` has written.

    An import that fails may have done a part; no page says which, or that anything is taken back.

    Fix the earlier import first.
    """

    def tell(_: Change, found: EarlierBlocked) -> tuple[str, str]:
        verb = "refers to" if found.refers else "meets"
        return f"{verb} {found.other}, which a blocked import brings or changes", "fix the earlier import first"

    return about(review, EarlierBlocked, tell)


@rule(
    "IMP018",
    "value-replaced",
    Severity.RISK,
    source=f"{PAGE}; not documented: whether an application's key is imported",
)
def value_replaced(review: Review) -> Iterator[Problem]:
    """The value by which others refer to a resource of the target is replaced.

    Finds updates of a Merge that change an application's key, and names what on the target refers to it by that.

    Callers, and resources outside the package, use the present key. It is not documented whether they follow.

    Give the application in the package the key of the target, or tell its callers.
    """
    for change in review.plan.with_action(Action.UPDATE):
        fields = {field.pointer[1:]: field for field in change.fields}
        for unique in review.package.resource(change.address).kind.unique:
            if len(unique.fields) == 1 and unique.fields[0] in fields:
                users = [user for meets in change.matches for user in _users(review, meets, unique.fields[0])]
                others = f", by which it is referred to from {_listed(users)}" if users else ""
                yield Problem(
                    message=f"its {unique.fields[0]} on the target is replaced{others}",
                    hint=f"give it the {unique.fields[0]} of the target, or tell its callers",
                    place=change.place,
                    pointer=f"/{unique.fields[0]}",
                    address=change.address,
                )


def _users(review: Review, address: str, by: str) -> Iterator[str]:
    """Yield the resources of the target that refer to the one at `address` by the value of field `by`."""
    index = review.instance.index if review.instance else None
    found = index.by_address.get(address) if index else None
    if index is None or found is None:
        return
    value = dict(lookups(found)).get(by)
    users = index.users_by(found, by, value) if value is not None else ()
    yield from dict.fromkeys(user.address for user, _ in users)


def _listed(addresses: list[str]) -> str:
    more = len(addresses) - _MOST_NAMED
    return ", ".join(addresses[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


RULES: tuple[Rule, ...] = (foreseen_target, earlier_id, earlier_blocked, value_replaced)
