"""How the target is configured, and what the package needs of that."""

from collections.abc import Iterable, Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.words import is_secret_word
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited, undocumented
from assetpkg.documents import join_pointer
from assetpkg.kinds.notes import CipherEntry, Milliseconds, Needs
from assetpkg.package.index import Resource
from assetpkg.planning.changes import Change, Changes
from assetpkg.rules.imports.about import GUIDE, feature
from assetpkg.rules.imports.routes import DEFAULT_GROUP
from assetpkg.target.configuration import is_on, is_same, number_in, value_of
from assetpkg.target.instance import AssetJob, Instance

PARAMETERS = Page.MODIFYING_INSTANCE_CONFIGURATION_PARAMETERS
RUNNING = ("running",)
"""The spellings of the status of a job that blocks another, case-folded."""


@rule("IMP040", "job-running", Severity.ERROR, source=cited(f"{Page.ERROR_CODES} (ROMA.10012)"))
def job_running(planned: Changes) -> Iterator[Problem]:
    """An asset job is running.

    Finds import, export and delete jobs of the snapshot whose status is running, except for those of another user than
    the one that imports, where the snapshot has both.

    A user can have only one asset job at a time (ROMA.10012).

    Wait until it ends.
    """
    for job in (planned.instance.jobs or ()) if planned.instance else ():
        if job.status.casefold() in RUNNING and not _is_of_another(job, planned.instance):
            sort = mask_line(job.type or "of unknown type")
            yield Problem(
                message=f"an asset job ({sort}) was running when the snapshot was taken",
                hint="wait until it ends, and take another snapshot",
                platform_code="ROMA.10012",
            )


@rule("IMP027", "other-job-running", Severity.INFO, source=cited(f"{Page.ERROR_CODES} (ROMA.10012)"))
def other_job_running(planned: Changes) -> Iterator[Problem]:
    """An asset job of another user is running.

    Finds running import, export and delete jobs whose `user` is another than the `user` of the snapshot.

    The limit of one asset job (ROMA.10012) is for each user. What two imports do to each other is not documented.

    Agree on an order with that user.
    """
    for job in (planned.instance.jobs or ()) if planned.instance else ():
        if job.status.casefold() in RUNNING and _is_of_another(job, planned.instance):
            sort, user = mask_line(job.type or "of unknown type"), mask_line(job.user or "")
            yield Problem(
                message=f"an asset job ({sort}) of {user} was running when the snapshot was taken",
                hint="agree on an order with that user",
            )


def _is_of_another(job: AssetJob, instance: Instance | None) -> bool:
    """Say whether a job is known to be of another user than the one that imports."""
    return instance is not None and None not in (job.user, instance.user) and job.user != instance.user


@rule("IMP041", "features-differ", Severity.RISK, source=GUIDE)
def features_differ(planned: Changes) -> Iterator[Problem]:
    """A configuration parameter of the target differs from that of the source.

    Finds features, such as `app_route`, that the manifest's `source` and the target both state, under either of their
    names, and differently: `"off"`, `"0"` and `false` are one.

    Source and target should be configured the same, or the import can fail.

    Compare the two instances' configuration parameters.
    """
    source = planned.package.manifest.source.get("features")
    known = planned.instance.features if planned.instance else {}
    for name, value in sorted(source.items()) if isinstance(source, dict) else ():
        there = value_of(known, name)
        if there is not None and not is_same(value, there):
            yield Problem(
                message=f"{mask_line(name)} {_difference(name, value, there)}",
                hint="configure both instances the same, or verify what it changes",
                entry=planned.package.layout.manifest,
                pointer=join_pointer(["source", "features", name]),
            )


@rule(
    "IMP042",
    "version-differs",
    Severity.RISK,
    source=undocumented("which asset versions an instance accepts"),
)
def version_differs(planned: Changes) -> Iterator[Problem]:
    """The target's instance version differs from that of the source.

    Finds versions that the manifest's `source` and the target both state, and differently.

    No page says which asset versions an instance accepts.

    Try the import on an instance of the target's version first.
    """
    source = planned.package.manifest.source.get("instance_version")
    target = planned.instance.facts.version if planned.instance else None
    if isinstance(source, str) and target is not None and source != target:
        yield Problem(
            message=f"exported from version {mask_line(source)}, and the target is {mask_line(target)}",
            hint="try the import on an instance of the target's version first",
            entry=planned.package.layout.manifest,
            pointer="/source/instance_version",
        )


@rule("IMP063", "timeout-over-target", Severity.ERROR, source=cited(f"{Page.CREATING_AN_API}; {PARAMETERS}"))
def timeout_over_target(planned: Changes) -> Iterator[Problem]:
    """A backend may take longer than the target allows.

    Finds timeouts above the target's configuration parameter `backend_timeout`, where the snapshot has it.

    It is the greatest timeout that an API of the instance may have; a greater one is refused.

    Raise the parameter (600,000 ms at most), or lower the timeout.
    """
    for change, marker, note in planned.notes(Milliseconds):
        limit = number_in(feature(planned, marker.feature))
        if limit is not None and note.values[0] > limit:
            yield Problem(
                message=f"a timeout of {note.values[0]} ms; the target allows {limit} ms",
                hint="raise backend_timeout at the target, or lower the timeout",
                place=change.place,
                pointer=note.pointer,
                address=change.address,
            )


@rule("IMP064", "feature-off", Severity.RISK, source=PARAMETERS)
def feature_off(planned: Changes) -> Iterator[Problem]:
    """A resource needs a configuration parameter of the instance that is off at the target.

    Finds two-way TLS to a backend without `backend_client_certificate`, green-channel authorisations without
    `green_tunnel`, and scheduled API tasks without `API_TASK_SWITCH`, where the snapshot says that these are off.

    The platform refuses what its instance does not do (APIG.3458), or imports something that does not work.

    Turn the parameter on at the target before the import.
    """
    for change, resource in planned.arriving():
        for name, pointer in _needed(resource):
            if is_on(feature(planned, name)) is False:
                yield Problem(
                    message=f"needs {name}, which is off at the target",
                    hint=f"turn {name} on at the target before the import",
                    place=change.place,
                    pointer=pointer,
                    address=change.address,
                )


@rule("IMP065", "default-group-hidden", Severity.WARNING, source=PARAMETERS)
def default_group_hidden(planned: Changes) -> Iterator[Problem]:
    """An API would be in the group DEFAULT, which the target hides.

    Finds APIs below a group of that name, where the snapshot says that `default_group_hide` is on.

    They are there after the import, and cannot be seen.

    Put them into a group of their own, or turn the parameter off.
    """
    if not is_on(feature(planned, "default_group_hide")):
        return
    for change, resource in planned.arriving():
        if resource.parent is not None and resource.parent.names[-1] == DEFAULT_GROUP:
            yield Problem(
                message=f"is in the group {DEFAULT_GROUP}, which the target hides",
                hint="put it into a group of its own, or turn default_group_hide off",
                place=change.place,
                address=change.address,
            )


@rule("IMP068", "cipher-entries", Severity.INFO, source=GUIDE)
def cipher_entries(planned: Changes) -> Iterator[Problem]:
    """The package has encrypted entries.

    Finds application configurations of the types password and certificate.

    Their values are not carried over. An old instance cannot read such entries at all: if the import reports an error
    about `CipherEntry` and `cipherEntries`, the instance has to be upgraded by the platform's support.

    Enter the values again after the import.
    """
    if planned.instance is None or planned.instance.facts.version is not None:
        for change in _ciphers(planned):
            yield Problem(
                message="is an encrypted entry; its value is not carried over, and an old instance cannot read it",
                hint="enter the value again; if the import reports cipherEntries, ask for an upgrade of the instance",
                place=change.place,
                address=change.address,
            )


@rule("IMP069", "cipher-entries-unverified", Severity.RISK, source=GUIDE)
def cipher_entries_unverified(planned: Changes) -> Iterator[Problem]:
    """The package has encrypted entries, and the version of the target is not known.

    Finds what IMP068 finds, where the snapshot does not say which version the instance has.

    An old instance cannot read such entries, and the import reports an error about `cipherEntries`.

    Look at the instance's version, and write it into the snapshot.
    """
    if planned.instance is not None and planned.instance.facts.version is None:
        for change in _ciphers(planned):
            yield Problem(
                message="is an encrypted entry, which an old instance cannot read; the target's version is not known",
                hint="write the instance's version into the snapshot",
                place=change.place,
                address=change.address,
            )


def _difference(name: str, source: object, target: object) -> str:
    plain = (str, bool, int, float)
    if is_secret_word(name) or not isinstance(source, plain) or not isinstance(target, plain):
        return "differs between source and target"
    return f"is {_word(source)} at the source and {_word(target)} at the target"


def _word(value: object) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else mask_line(str(value))


def _ciphers(planned: Changes) -> Iterable[Change]:
    return {change.address: change for change, _, _ in planned.notes(CipherEntry)}.values()


def _needed(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yield the configuration parameters that a resource needs, and where."""
    if resource.kind.feature is not None:
        yield resource.kind.feature, ""
    for note in resource.notes:
        if isinstance(note.marker, Needs):
            yield note.marker.feature, note.pointer


RULES: tuple[Rule, ...] = (
    job_running,
    other_job_running,
    features_differ,
    version_differs,
    timeout_over_target,
    feature_off,
    default_group_hidden,
    cipher_entries,
    cipher_entries_unverified,
)
