"""LIM: how much one import may contain."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.model import AnsweredBy, Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import all_of, plural
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import IMPORT_LIMIT, LIMIT_OF_100


@rule("LIM001", "over-100", Severity.ERROR, source=Page.IMPORTING_ASSETS)
def over_100(package: Package) -> Iterator[Problem]:
    """The package has more than 100 applications, or more than 100 tasks.

    Finds more than 100 applications. Finds also more than 100 tasks; common tasks and composite tasks count together.

    One import accepts at most 100 applications and tasks.

    Split the package.
    """
    for what, count in package.index.counted.items():
        if count > IMPORT_LIMIT:
            yield Problem(
                message=f"holds {count} {what}; one import accepts at most {IMPORT_LIMIT}",
                hint="split it with 'assetpkg split'",
            )


@rule("LIM002", "over-100-together", Severity.RISK, source=LIMIT_OF_100.source)
def over_100_together(package: Package) -> Iterator[Problem]:
    """The package has more than 100 applications and tasks together.

    Finds packages with at most 100 applications and at most 100 tasks, but more than 100 of both together.

    The public page says "a maximum of 100 applications and tasks". This can mean 100 of each, or 100 of both together.
    `--assume limit-of-100=each` or `=sum` answers it for a plan.

    Split the package to be safe: `assetpkg split` counts both together.
    """
    found = package.index.counted
    together = sum(found.values())
    if together > IMPORT_LIMIT and all(count <= IMPORT_LIMIT for count in found.values()):
        listed = all_of(plural(count, what.removesuffix("s")) for what, count in found.items())
        yield Problem(
            message=f"holds {listed}, {together} together; it is not documented whether the limit of {IMPORT_LIMIT} is "
            "for each or for both together",
            hint="to be safe, split it with 'assetpkg split'",
        )


@rule("LIM010", "over-published-quota", Severity.WARNING, source=Page.QUOTAS, answered_by=AnsweredBy.TARGET)
def over_published_quota(package: Package) -> Iterator[Problem]:
    """The package has more resources of a kind than an instance allows by default.

    Finds more applications, tasks, APIs and other resources than the published quota allows. The quota of data sources
    is per project. A plan with a target uses the quota that the target reports, or counts what is already there.

    The import may fail when a quota is reached, perhaps half-way. Many quotas can be raised.

    Ask for a higher quota on the target, or split the package.
    """
    for word, members in package.index.by_kind.items():
        quota = members[0].kind.quota if members[0].kind.imported else None
        if quota is not None:
            count = len(members) + sum(len(package.index.resources_of(other)) for other in quota.shared_with)
            if count > quota.limit:
                yield Problem(
                    message=f"holds {count} of kind {word}; the published quota is {quota.limit} per {quota.of}",
                    hint="ask for a higher quota on the target, or split the package",
                    platform_code=quota.platform_code,
                )


@rule("LIM011", "over-quota-within", Severity.WARNING, source=Page.QUOTAS)
def over_quota_within(package: Package) -> Iterator[Problem]:
    """A resource contains more resources than the platform allows by default.

    Finds API groups with more APIs than the published quota.

    The platform refuses the APIs above the quota (APIG.3125), unless its support team has raised the quota.

    Ask for a higher quota on the target, or divide the group.
    """
    for members in package.index.by_kind.values():
        quota = members[0].kind.quota_within
        counted = Counter(resource.parent for resource in members if quota is not None)
        for parent, count in counted.items():
            if quota is not None and parent is not None and count > quota.limit:
                known = package.index.by_path.get(parent)
                yield Problem(
                    message=f"{parent} has {count} {members[0].kind.folder};"
                    f" the published quota is {quota.limit} per {quota.of}",
                    hint="ask for a higher quota on the target, or divide it",
                    place=known.place if known else None,
                    platform_code=quota.platform_code,
                )


RULES: tuple[Rule, ...] = (over_100, over_100_together, over_published_quota, over_quota_within)
