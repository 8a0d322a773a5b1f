"""Targets that were predicted, not looked at: what an import rests on that an earlier one has not brought yet."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import undocumented
from assetpkg.planning.assumptions import EARLIER_IDS
from assetpkg.planning.changes import Change, Changes
from assetpkg.planning.remarks import EarlierBlocked, EarlierId
from assetpkg.rules.imports.about import about


@rule("IMP003", "foreseen-target", Severity.WARNING, source=undocumented("what an import leaves open"))
def foreseen_target(planned: Changes) -> Iterator[Problem]:
    """The target was predicted by assetpkg, and not looked at.

    Finds targets that `assetpkg apply` has written, or that an earlier package of the same plan leaves.

    What no page settles of the imports before is in the member `undetermined`: new ids, who wins, credentials.

    Import what comes before, take a snapshot of the instance, and plan again.
    """
    if planned.instance is not None and planned.instance.undetermined:
        found = Counter(fact.why for fact in planned.instance.undetermined)
        listed = ", ".join(f"{why} {count}" for why, count in sorted(found.items()))
        yield Problem(
            message=f"the target is predicted, and not all of it is settled: {listed}",
            hint="after the imports before it, take a snapshot and plan again",
        )


@rule("IMP016", "earlier-id", Severity.RISK, source=EARLIER_IDS.source)
def earlier_id(planned: Changes) -> Iterator[Problem]:
    """A resource refers to something from an earlier import by what only the package of that import has.

    Finds references that lead to a predicted resource by an id that the platform has not given, by the key that a
    merged application has in its package only, or by a name that a prefix may have changed.

    No page says whether the platform gives new ids, or knows the old ones in a later import. Assumption `earlier-ids`.

    Import both in one package, or settle it with `--assume earlier-ids=…` when you know the answer.
    """
    return about(
        planned,
        EarlierId,
        lambda _, found: (
            (
                f"refers to {found.other} as '{found.value}', which an earlier import brings;"
                " it is not documented whether the platform finds it by that"
            ),
            "import both in one package, or --assume earlier-ids=… when you know",
        ),
    )


@rule("IMP017", "earlier-blocked", Severity.RISK, source=undocumented("what of an import that fails is done"))
def earlier_blocked(planned: Changes) -> Iterator[Problem]:
    """A resource needs, or meets, what an earlier import brings that is itself blocked.

    Finds such resources in plans of several packages, and in plans against what `assetpkg apply --partial` has written.

    An import that fails may have done a part; no page says which, or that anything is taken back.

    Fix the earlier import first.
    """

    def tell(_: Change, found: EarlierBlocked) -> tuple[str, str]:
        verb = "refers to" if found.refers else "meets"
        return f"{verb} {found.other}, which a blocked import brings or changes", "fix the earlier import first"

    return about(planned, EarlierBlocked, tell)


RULES: tuple[Rule, ...] = (foreseen_target, earlier_id, earlier_blocked)
