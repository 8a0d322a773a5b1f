"""Whether the target has room for what the import brings."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.kinds import KINDS
from assetpkg.planning.assumptions import IMPORT_LIMIT, LIMIT_OF_100
from assetpkg.planning.changes import Action, Changes


@rule("IMP043", "quota-exceeded", Severity.ERROR, source=Page.QUOTAS)
def quota_exceeded(planned: Changes) -> Iterator[Problem]:
    """The target has no room for what would be created.

    Finds kinds of which more would be created than the target's quota leaves.

    The import may fail when a quota is reached, perhaps half-way.

    Have the quota raised, remove what is not needed, or split the package.
    """
    for kind, quota in sorted((planned.instance.quotas if planned.instance else {}).items()):
        created = sum(change.kind == kind and change.action is Action.CREATE for change in planned.changes)
        if created and quota.used + created > quota.limit:
            declared = KINDS[kind].quota if kind in KINDS else None
            room = max(0, quota.limit - quota.used)
            yield Problem(
                message=f"{created} of kind {kind} would be created; of {quota.limit}, {room} are free",
                hint="ask for a higher quota, or split the package",
                platform_code=declared.platform_code if declared else None,
            )


@rule("IMP044", "over-100-assumed", Severity.ERROR, source=LIMIT_OF_100.source)
def over_100_assumed(planned: Changes) -> Iterator[Problem]:
    """Applications and tasks together are more than a hundred, and the limit is assumed to mean their sum.

    Finds packages over the limit under `--assume limit-of-100=sum`.

    The page says "a maximum of 100 applications and tasks".

    Split the package.
    """
    together = sum(planned.package.index.counted.values())
    if together > IMPORT_LIMIT and planned.options.assumes(LIMIT_OF_100, "sum"):
        yield Problem(
            message=f"holds {together} applications and tasks; assumed: {IMPORT_LIMIT} of both together",
            hint="split the package",
        )


@rule("IMP066", "over-published-quota-on-target", Severity.WARNING, source=Page.QUOTAS)
def over_published_quota_on_target(planned: Changes) -> Iterator[Problem]:
    """The target would have more resources of a kind than an instance takes by default.

    Finds kinds whose number after the import is above the published quota, where the snapshot has no live one.

    The import may fail when a quota is reached, perhaps half-way. Many quotas can be raised.

    Put the live quotas into the snapshot, ask for a higher quota, or split the package.
    """
    if planned.instance is None:
        return
    created = Counter(change.kind for change in planned.changes if change.action is Action.CREATE)
    for word in [kind for kind in created if kind in KINDS and kind not in planned.instance.quotas]:
        quota = KINDS[word].quota
        if quota is None:
            continue
        words = (word, *quota.shared_with)
        count = sum(created[kind] + len(planned.instance.index.resources_of(kind)) for kind in words)
        if count > quota.limit:
            yield Problem(
                message=f"makes {count} of kind {word}; the published quota is {quota.limit} per {quota.of}",
                hint="put the live quota into the snapshot, ask for a higher one, or split the package",
                platform_code=quota.platform_code,
            )


RULES: tuple[Rule, ...] = (quota_exceeded, over_100_assumed, over_published_quota_on_target)
