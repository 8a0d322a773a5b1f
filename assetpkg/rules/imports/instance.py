"""How the target is configured, and what the package needs of that."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.kinds import KINDS
from assetpkg.kinds.notes import CipherEntry, Milliseconds, Needs
from assetpkg.package.index import Resource
from assetpkg.planning.changes import Action, Change
from assetpkg.planning.parameters import is_on, number_in
from assetpkg.resource.references import Reference
from assetpkg.rules.imports.context import GUIDE, Review, arriving, feature
from assetpkg.rules.imports.routes import DEFAULT_GROUP
from assetpkg.rules.relations import find_needed, find_unfit

PARAMETERS = Page.INSTANCE_CONFIGURATION_PARAMETERS


@rule("IMP063", "timeout-over-target", Severity.ERROR, source=f"{Page.CREATING_AN_API}; {PARAMETERS}")
def timeout_over_target(review: Review) -> Iterator[Problem]:
    """A backend may take longer than the target allows.

    Finds timeouts above the target's configuration parameter `backend_timeout`, where the snapshot has it.

    It is the greatest timeout that an API of the instance may have; a greater one is refused.

    Raise the parameter (600,000 ms at most), or lower the timeout.
    """
    for change, resource in arriving(review):
        for note in resource.notes:
            limit = number_in(feature(review, note.marker.feature)) if isinstance(note.marker, Milliseconds) else None
            if limit is not None and note.values[0] > limit:
                yield Problem(
                    message=f"a timeout of {note.values[0]} ms; the target allows {limit} ms",
                    hint="raise backend_timeout at the target, or lower the timeout",
                    place=change.place,
                    pointer=note.pointer,
                    address=change.address,
                )


@rule("IMP064", "feature-off", Severity.RISK, source=PARAMETERS)
def feature_off(review: Review) -> Iterator[Problem]:
    """A resource needs a configuration parameter of the instance that is off at the target.

    Finds two-way TLS to a backend without `backend_client_certificate`, green-channel authorisations without
    `green_tunnel`, and scheduled API tasks without `API_TASK_SWITCH`, where the snapshot says that these are off.

    The platform refuses what its instance does not do (APIG.3458), or imports something that does not work.

    Turn the parameter on at the target before the import.
    """
    for change, resource in arriving(review):
        for name, pointer in _needed(resource):
            if is_on(feature(review, name)) is False:
                yield Problem(
                    message=f"needs {name}, which is off at the target",
                    hint=f"turn {name} on at the target before the import",
                    place=change.place,
                    pointer=pointer,
                    address=change.address,
                )


@rule("IMP065", "default-group-hidden", Severity.WARNING, source=PARAMETERS)
def default_group_hidden(review: Review) -> Iterator[Problem]:
    """An API would be in the group DEFAULT, which the target hides.

    Finds APIs below a group of that name, where the snapshot says that `default_group_hide` is on.

    They are there after the import, and cannot be seen.

    Put them into a group of their own, or turn the parameter off.
    """
    if not is_on(feature(review, "default_group_hide")):
        return
    for change, resource in arriving(review):
        if resource.parent is not None and resource.parent.names[-1] == DEFAULT_GROUP:
            yield Problem(
                message=f"is in the group {DEFAULT_GROUP}, which the target hides",
                hint="put it into a group of its own, or turn default_group_hide off",
                place=change.place,
                address=change.address,
            )


@rule("IMP066", "over-published-quota-on-target", Severity.WARNING, source=Page.QUOTAS)
def over_published_quota_on_target(review: Review) -> Iterator[Problem]:
    """The target would have more resources of a kind than an instance takes by default.

    Finds kinds whose number after the import is above the published quota, where the snapshot has no live one.

    The import fails when a quota is reached, perhaps half-way. Many quotas can be raised.

    Put the live quotas into the snapshot, have the quota raised, or split the package.
    """
    if review.instance is None:
        return
    created = Counter(change.kind for change in review.plan.changes if change.action is Action.CREATE)
    for word in [kind for kind in created if kind in KINDS and kind not in review.instance.quotas]:
        quota = KINDS[word].quota
        if quota is None:
            continue
        words = (word, *quota.shared_with)
        count = sum(created[kind] + len(review.instance.index.resources_of(kind)) for kind in words)
        if count > quota.limit:
            yield Problem(
                message=f"makes {count} of kind {word}; the published quota is {quota.limit} per {quota.of}",
                hint="put the live quota into the snapshot, have it raised, or split the package",
                platform_code=quota.platform_code,
            )


@rule("IMP067", "unfit-on-target", Severity.ERROR, source=Page.CREATING_A_CUSTOM_AUTHORIZER)
def unfit_on_target(review: Review) -> Iterator[Problem]:
    """A resource refers to one of the target that is not of the sort that is needed there.

    Finds what RSC060 and RSC061 find, where the resource referred to is on the target and not in the package.

    The platform asks for exactly that, and refuses others.

    Change the one on the target, refer to another one, or add the field.
    """
    resources = [resource for _, resource in arriving(review)]
    yield from find_unfit(resources, _outside(review))
    yield from find_needed(resources, _outside(review))


@rule("IMP068", "cipher-entries", Severity.INFO, source=GUIDE)
def cipher_entries(review: Review) -> Iterator[Problem]:
    """The package has encrypted entries.

    Finds application configurations of the types password and certificate.

    Their values are not carried over. An old instance cannot read such entries at all: if the import reports an error
    about `CipherEntry` and `cipherEntries`, the instance has to be upgraded by the platform's support.

    Enter the values again after the import.
    """
    if review.instance is None or review.instance.facts.version is not None:
        for change in _ciphers(review):
            yield Problem(
                message="is an encrypted entry; its value is not carried over, and an old instance cannot read it",
                hint="enter the value again; if the import speaks of cipherEntries, have the instance upgraded",
                place=change.place,
                address=change.address,
            )


@rule("IMP069", "cipher-entries-unverified", Severity.RISK, source=GUIDE)
def cipher_entries_unverified(review: Review) -> Iterator[Problem]:
    """The package has encrypted entries, and the version of the target is not known.

    Finds what IMP068 finds, where the snapshot does not say which version the instance has.

    An old instance cannot read such entries, and the import reports an error about `cipherEntries`.

    Look at the instance's version, and write it into the snapshot.
    """
    if review.instance is not None and review.instance.facts.version is None:
        for change in _ciphers(review):
            yield Problem(
                message="is an encrypted entry, which an old instance cannot read; the target's version is not known",
                hint="write the instance's version into the snapshot",
                place=change.place,
                address=change.address,
            )


def _ciphers(review: Review) -> Iterator[Change]:
    for change, resource in arriving(review):
        if any(isinstance(note.marker, CipherEntry) for note in resource.notes):
            yield change


def _needed(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yield the configuration parameters that a resource needs, and where."""
    if resource.kind.feature is not None:
        yield resource.kind.feature, ""
    for note in resource.notes:
        if isinstance(note.marker, Needs):
            yield note.marker.feature, note.pointer


def _outside(review: Review) -> Any:
    """Return how what is not in the package is found on the target."""

    def find(reference: Reference) -> tuple[Resource, Mapping[str, Any]] | None:
        if review.instance is None or review.package.index.resolve(reference) is not None:
            return None
        found = review.instance.resolve(reference)
        return (found, review.instance.document(found)) if found else None

    return find


RULES: tuple[Rule, ...] = (
    timeout_over_target,
    feature_off,
    default_group_hidden,
    over_published_quota_on_target,
    unfit_on_target,
    cipher_entries,
    cipher_entries_unverified,
)
