"""What the target is, what is known of it, and whether it has room."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.words import is_secret_word
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.documents import join_pointer
from assetpkg.kinds import KINDS
from assetpkg.package.layout import MANIFEST
from assetpkg.planning.assumptions import IMPORT_LIMIT, LIMIT_OF_100
from assetpkg.planning.changes import Action, NotImported, Reason, UnverifiedReference
from assetpkg.planning.parameters import is_same, value_of
from assetpkg.rules.imports.context import GUIDE, Review, about

RUNNING = ("running",)
"""The spellings of the status of a job that blocks another, case-folded."""


@rule("IMP001", "no-target", Severity.WARNING, source="assetpkg: what is not looked at is not verified")
def no_target(review: Review) -> Iterator[Problem]:
    """The plan was made without a target.

    Finds a plan that compares the package with nothing.

    Every name may be taken and every reference may dangle on the real instance: every create is unverified.

    Give `--target` a snapshot of the instance, or a package that was exported from it.
    """
    if review.instance is None:
        yield Problem(
            message="no target was given, so every create is unverified",
            hint="give --target a snapshot of the instance, or a package exported from it",
        )


@rule("IMP002", "not-covered", Severity.WARNING, source="assetpkg: what is not looked at is not verified")
def not_covered(review: Review) -> Iterator[Problem]:
    """The target says nothing about some kinds of the package.

    Finds kinds that the package holds and the snapshot does not cover.

    "No data sources" and "data sources were not looked at" are different: these creates are unverified.

    Take a snapshot that covers these kinds.
    """
    if review.instance is not None:
        for kind, count in Counter(
            change.kind for change in review.plan.changes if change.reason is Reason.UNVERIFIED
        ).items():
            if kind not in review.instance.covers:
                unverified = "1 is" if count == 1 else f"{count} are"
                yield Problem(
                    message=f"the target does not cover {kind}, so {unverified} unverified",
                    hint=f"take a snapshot that covers {kind}",
                )


@rule("IMP036", "unverified-reference", Severity.RISK, source="assetpkg: what is not looked at is not verified")
def unverified_reference(review: Review) -> Iterator[Problem]:
    """A resource refers to something that the package does not hold and the target does not cover.

    Finds references to kinds that the snapshot does not cover.

    It has to be on the target, under this very id; nothing here can tell.

    Take a snapshot that covers the kind, or add the resource to the package.
    """
    return about(
        review,
        UnverifiedReference,
        lambda _, found: (
            f"refers to {found.kind} '{found.value}', and the target does not cover {found.kind}",
            "take a snapshot that covers it",
        ),
    )


@rule("IMP037", "not-imported", Severity.INFO, source=GUIDE)
def not_imported(review: Review) -> Iterator[Problem]:
    """A resource is of a kind that the platform never imports.

    Finds resources of kinds that are configuration, not assets.

    The import leaves them out.

    Create them on the target by hand.
    """
    return about(review, NotImported, lambda change, _: ("is never imported", _hint(KINDS[change.kind].by_hand)))


@rule("IMP039", "not-evidenced", Severity.INFO, source=GUIDE)
def not_evidenced(review: Review) -> Iterator[Problem]:
    """No page says that an import carries resources of this kind.

    Finds kinds that are neither among the assets that the pages name nor among what they exclude.

    The import may leave them out.

    Look for them on the target after the import.
    """
    counts = Counter(change.kind for change in review.plan.changes if not KINDS[change.kind].evidenced)
    for kind, count in counts.items():
        yield Problem(
            message=f"{count} of kind {kind}: no page says that an import carries them",
            hint="look for them on the target after the import",
        )


@rule("IMP040", "job-running", Severity.ERROR, source=f"{Page.ERROR_CODES} (ROMA.10012)")
def job_running(review: Review) -> Iterator[Problem]:
    """An asset job is running.

    Finds import, export and delete jobs of the snapshot whose status is running.

    A user can have only one asset job at a time (ROMA.10012).

    Wait until it ends.
    """
    for job in (review.instance.jobs or ()) if review.instance else ():
        if job.status.casefold() in RUNNING:
            sort = mask_line(job.type or "of unknown type")
            yield Problem(
                message=f"an asset job ({sort}) was running when the snapshot was taken",
                hint="wait until it ends, and take another snapshot",
                platform_code="ROMA.10012",
            )


@rule("IMP041", "features-differ", Severity.RISK, source=GUIDE)
def features_differ(review: Review) -> Iterator[Problem]:
    """A configuration parameter of the target differs from that of the source.

    Finds features, such as `app_route`, that the manifest's `source` and the target both state, under either of their
    names, and differently: `"off"`, `"0"` and `false` are one.

    Source and target should be configured the same, or the import can fail.

    Compare the two instances' configuration parameters.
    """
    source = review.package.manifest.source.get("features")
    known = review.instance.features if review.instance else {}
    for name, value in sorted(source.items()) if isinstance(source, dict) else ():
        there = value_of(known, name)
        if there is not None and not is_same(value, there):
            yield Problem(
                message=f"{mask_line(name)} {_difference(name, value, there)}",
                hint="configure both instances the same, or verify what it changes",
                entry=MANIFEST,
                pointer=join_pointer(["source", "features", name]),
            )


@rule(
    "IMP042",
    "version-differs",
    Severity.RISK,
    source="not documented: which asset versions an instance accepts",
)
def version_differs(review: Review) -> Iterator[Problem]:
    """The target's instance version differs from that of the source.

    Finds versions that the manifest's `source` and the target both state, and differently.

    No page says which asset versions an instance accepts.

    Try the import on an instance of the target's version first.
    """
    source = review.package.manifest.source.get("instance_version")
    target = review.instance.facts.version if review.instance else None
    if isinstance(source, str) and target is not None and source != target:
        yield Problem(
            message=f"exported from version {mask_line(source)}, and the target is {mask_line(target)}",
            hint="try the import on an instance of the target's version first",
            entry=MANIFEST,
            pointer="/source/instance_version",
        )


@rule("IMP043", "quota-exceeded", Severity.ERROR, source=Page.QUOTAS)
def quota_exceeded(review: Review) -> Iterator[Problem]:
    """The target has no room for what would be created.

    Finds kinds of which more would be created than the target's quota leaves.

    The import fails when a quota is reached, perhaps half-way.

    Have the quota raised, remove what is not needed, or split the package.
    """
    for kind, quota in sorted((review.instance.quotas if review.instance else {}).items()):
        created = sum(change.kind == kind and change.action is Action.CREATE for change in review.plan.changes)
        if created and quota.used + created > quota.limit:
            declared = KINDS[kind].quota if kind in KINDS else None
            room = max(0, quota.limit - quota.used)
            yield Problem(
                message=f"{created} of kind {kind} would be created; of {quota.limit}, {room} are free",
                hint="have the quota raised, or split the package",
                platform_code=declared.platform_code if declared else None,
            )


@rule("IMP044", "over-100-assumed", Severity.ERROR, source="assumption limit-of-100")
def over_100_assumed(review: Review) -> Iterator[Problem]:
    """Applications and tasks together are more than a hundred, and the limit is assumed to mean their sum.

    Finds packages over the limit under `--assume limit-of-100=sum`.

    The page says "a maximum of 100 applications and tasks".

    Split the package.
    """
    together = sum(review.package.index.counted.values())
    if together > IMPORT_LIMIT and review.plan.options.assumes(LIMIT_OF_100, "sum"):
        yield Problem(
            message=f"holds {together} applications and tasks; assumed: {IMPORT_LIMIT} of both together",
            hint="split the package",
        )


def _difference(name: str, source: object, target: object) -> str:
    plain = (str, bool, int, float)
    if is_secret_word(name) or not isinstance(source, plain) or not isinstance(target, plain):
        return "differs between source and target"
    return f"is {_word(source)} at the source and {_word(target)} at the target"


def _word(value: object) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else mask_line(str(value))


def _hint(by_hand: str) -> str:
    return f"{by_hand[:1].lower()}{by_hand[1:].rstrip('.')}" if by_hand else "create it on the target by hand"


RULES: tuple[Rule, ...] = (
    no_target,
    not_covered,
    unverified_reference,
    not_imported,
    not_evidenced,
    job_running,
    features_differ,
    version_differs,
    quota_exceeded,
    over_100_assumed,
)
