"""What is known of the target, and which kinds an import carries at all."""

from collections import Counter
from collections.abc import Iterator

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sentences import plural
from assetpkg.diagnostics.sources import own
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind
from assetpkg.planning.changes import Changes
from assetpkg.planning.remarks import (
    NotImported,
    NotLookedAt,
    Reason,
    UnverifiedReference,
)
from assetpkg.rules.imports.about import GUIDE, about


@rule("IMP001", "no-target", Severity.WARNING, source=own("what is not looked at is not verified"))
def no_target(planned: Changes) -> Iterator[Problem]:
    """The plan was made without a target.

    Finds a plan that compares the package with nothing.

    Every name may be taken and every reference may dangle on the real instance: every create is unverified.

    Give `--target` a snapshot of the instance, or a package that was exported from it.
    """
    if planned.instance is None:
        yield Problem(
            message="no target was given, so every create is unverified",
            hint="give --target a snapshot of the instance, or a package exported from it",
        )


@rule("IMP002", "not-covered", Severity.WARNING, source=own("what is not looked at is not verified"))
def not_covered(planned: Changes) -> Iterator[Problem]:
    """The target says nothing about some kinds of the package.

    Finds kinds that the package holds and the snapshot does not cover.

    "No data sources" and "data sources were not looked at" are different: these creates are unverified.

    Take a snapshot that covers these kinds.
    """
    if planned.instance is not None:
        for kind, count in Counter(
            change.kind for change in planned.changes if change.reason is Reason.UNVERIFIED
        ).items():
            if kind not in planned.instance.covers:
                unverified = plural(count, "is", "are")
                yield Problem(
                    message=f"the target does not cover {kind}, so {unverified} unverified",
                    hint=f"take a snapshot that covers {kind}",
                )


@rule("IMP036", "unverified-reference", Severity.RISK, source=own("what is not looked at is not verified"))
def unverified_reference(planned: Changes) -> Iterator[Problem]:
    """A resource refers to something that the package does not hold and the target does not cover.

    Finds references to kinds that the snapshot does not cover.

    It has to be on the target, under this very id; nothing here can tell.

    Take a snapshot that covers the kind, or add the resource to the package.
    """
    return about(
        planned,
        UnverifiedReference,
        lambda _, found: (
            f"refers to {found.kind} '{found.value}', and the target does not cover {found.kind}",
            "take a snapshot that covers it",
        ),
    )


@rule("IMP085", "not-looked-at", Severity.WARNING, source=own("what is not looked at is not verified"))
def not_looked_at(planned: Changes) -> Iterator[Problem]:
    """A resource has fields that were not looked at on the target.

    Finds fields of the package that the snapshot says nothing of, where it knows the resource or its kind in part.

    They may be equal or differ on the target; nothing here can tell. A list call answers fewer fields than a detail
    call.

    Take the resource into the snapshot as the detail call answers it.
    """
    return about(
        planned,
        NotLookedAt,
        lambda _, found: (
            f"was not looked at on the target in {', '.join(found.pointers)}",
            "take it into the snapshot as the detail call of the platform answers it",
        ),
    )


@rule("IMP086", "covered-without-list", Severity.WARNING, source=own("what is not looked at is not verified"))
def covered_without_list(planned: Changes) -> Iterator[Problem]:
    """A snapshot covers a kind of the package, and has no list for it.

    Finds kinds in `covers` without a member in `resources`, not even an empty list.

    Nothing of the kind is on the target then; but perhaps nobody asked for it.

    Write an empty list for the kind into `resources` if there is nothing of it, or take it out of `covers`.
    """
    if planned.instance is None:
        return
    for kind in sorted(planned.instance.unlisted & {change.kind for change in planned.changes}):
        yield Problem(
            message=f"the target covers {kind}, and has no list for it: was it looked at?",
            hint=f'write "{kind}": [] into resources if there is nothing of it, or take {kind} out of covers',
        )


@rule("IMP037", "not-imported", Severity.INFO, source=GUIDE)
def not_imported(planned: Changes) -> Iterator[Problem]:
    """A resource is of a kind that the platform never imports.

    Finds resources of kinds that are configuration, not assets.

    The import leaves them out.

    Create them on the target by hand.
    """
    return about(planned, NotImported, lambda change, _: ("is never imported", _hint(KINDS[change.kind])))


@rule("IMP039", "not-evidenced", Severity.INFO, source=GUIDE)
def not_evidenced(planned: Changes) -> Iterator[Problem]:
    """No page says that an import carries resources of this kind.

    Finds kinds that are neither among the assets that the pages name nor among what they exclude.

    The import may leave them out.

    Look for them on the target after the import.
    """
    counts = Counter(change.kind for change in planned.changes if not KINDS[change.kind].evidenced)
    for kind, count in counts.items():
        yield Problem(
            message=f"{count} of kind {kind}: it is not documented that an import carries them",
            hint="check for them on the target after the import",
        )


def _hint(kind: type[Kind]) -> str:
    by_hand = next((left.text for left in kind.by_hand if not left.subject), "")
    return f"{by_hand[:1].lower()}{by_hand[1:].rstrip('.')}" if by_hand else "create it on the target by hand"


RULES: tuple[Rule, ...] = (
    no_target,
    not_covered,
    unverified_reference,
    not_looked_at,
    covered_without_list,
    not_imported,
    not_evidenced,
)
