"""RSC: what the fields of one resource ask of each other."""

from collections.abc import Iterator

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.package.package import Package

CREATE_API = "API reference, Creating an API"
SCHEDULES = "API reference, Creating a Schedule, and Error Codes (FDI.3083)"


@rule("RSC050", "needed-field", Severity.ERROR, source="API reference: fields that another field makes mandatory")
def needed_field(package: Package) -> Iterator[Problem]:
    """A field is missing that the value of another one makes mandatory.

    Finds a backend of type HTTP without `backend_api`, an API with `AUTHORIZER` and no `authorizer_id`, a group of
    version V2 without `roma_app_id`, a backend without a load channel that has no `url_domain`, and the like.

    The platform refuses to create such a resource.

    Add the field, or change the one that asks for it.
    """
    yield from package.find_faults("needed-field")


@rule("RSC051", "path-parameter", Severity.WARNING, source=CREATE_API)
def path_parameter(package: Package) -> Iterator[Problem]:
    """A path and the parameters declared for it do not agree.

    Finds `{name}` in a path beside parameters with location PATH of which none has that name, and such parameters
    that the path has nowhere. A path whose API declares no parameter with location PATH at all is left alone.

    A parameter that stands in no path is never filled; a misspelled one reaches the backend as empty. Whether the
    platform refuses it is not documented.

    Write the same name in both places.
    """
    yield from package.find_faults("path-parameter")


@rule("RSC052", "unknown-parameter", Severity.ERROR, source=CREATE_API)
def unknown_parameter(package: Package) -> Iterator[Problem]:
    """A backend parameter or a condition names a request parameter that the API does not have.

    Finds backend parameters of origin REQUEST whose `value`, and conditions whose `req_param_name`, is the name of
    none of `req_params`.

    The value has to be the name of a request parameter; there is nothing that could be handed on.

    Declare the request parameter, or name one that is declared.
    """
    yield from package.find_faults("unknown-parameter")


@rule("RSC053", "reserved-path", Severity.ERROR, source=CREATE_API)
def reserved_path(package: Package) -> Iterator[Problem]:
    """An API stands at a path that the platform keeps for itself.

    Finds `GET /apic/health_check`.

    It is the gateway's own health check; an API there is refused.

    Use another path, or another method.
    """
    yield from package.find_faults("reserved-path")


@rule("RSC054", "duplicate-item", Severity.ERROR, source="API reference, Error Codes")
def duplicate_item(package: Package) -> Iterator[Problem]:
    """A list has the same item twice where each may be in it once.

    Finds two request parameters of one name and location (APIG.3209), two policies of one name (APIG.3210), and a tag
    twice (APIG.3213).

    The platform refuses the second one.

    Remove or rename one of them.
    """
    yield from package.find_faults("duplicate-item")


@rule("RSC055", "no-schedule", Severity.WARNING, source=SCHEDULES)
def no_schedule(package: Package) -> Iterator[Problem]:
    """A scheduled task has no schedule, or half of one.

    Finds tasks of type TIMING without `dispatch`, `use_quartz_cron` without `cron`, and a period without
    `dispatch_interval`.

    Such a task can be imported, and cannot be started (FDI.3083).

    Complete the schedule.
    """
    yield from package.find_faults("no-schedule")


@rule("RSC056", "unsupported-value", Severity.WARNING, source="API reference, Creating a Composite Task; Constraints")
def unsupported_value(package: Package) -> Iterator[Problem]:
    """A value is declared by the platform, and not supported where it stands.

    Finds composite tasks of type TIMING, and names of tables with `-` or `#`.

    Composite tasks run in real time only for now, and data integration does not take such table names.

    Use the value that the message names.
    """
    yield from package.find_faults("unsupported-value")


@rule("RSC057", "not-published", Severity.WARNING, source="User guide, Preparations: APIs that are asset data")
def not_published(package: Package) -> Iterator[Problem]:
    """An API says of itself that it is not published in the environment RELEASE.

    Finds APIs whose `run_env_name` is there and does not name RELEASE. A file without the field says nothing.

    Only what is published in RELEASE is asset data: an export leaves the others out, and an import may do so too.

    Publish the API in RELEASE and export again, or make it on the target by hand.
    """
    yield from package.find_faults("not-published")


@rule("RSC058", "no-servers", Severity.WARNING, source="User guide, Restoring Service Integration Data")
def no_servers(package: Package) -> Iterator[Problem]:
    """A load channel has no servers.

    Finds load channels whose servers are listed, with an empty list or none.

    Servers are no assets, so an export leaves them out. Every API behind the channel fails until some are added.

    Add the servers of the target's network after the import.
    """
    yield from package.find_faults("no-servers")


RULES: tuple[Rule, ...] = (
    needed_field,
    path_parameter,
    unknown_parameter,
    reserved_path,
    duplicate_item,
    no_schedule,
    unsupported_value,
    not_published,
    no_servers,
)
