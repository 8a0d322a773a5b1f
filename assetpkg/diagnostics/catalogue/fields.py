"""RSC010 to RSC019, RSC050 to RSC059, RSC070 and LIM012: the fields of one resource, and the rules between them."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited, own, undocumented

_FIELDS = cited("API reference: the request body that creates the resource")

FAULTS = (
    DeclaredFault(
        "LIM012",
        "over-list-quota",
        "A list has more items than the platform allows by default.",
        "Finds more than 10 tags of an API (APIG.3133), and more than 10 servers of a load channel (APIG.3110).",
        "The platform refuses more items, unless its support team has raised the quota.",
        "remove some, or ask for a higher quota on the target",
        severity=Severity.WARNING,
        source=cited(f"{Page.CREATING_AN_API}; {Page.CREATING_A_VPC_CHANNEL}"),
    ),
    DeclaredFault(
        "RSC010",
        "missing-field",
        "A field that the platform requires is missing.",
        "Finds required fields that are missing.",
        "The platform refuses to create such a resource.",
        "add the field",
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC011",
        "wrong-type",
        "A field has a value of the wrong JSON type.",
        "Finds a number where a string is needed, a string where an object is needed, and similar cases. A null "
        "counts as a missing value.",
        "The platform refuses such a value, or reads it as a different one.",
        "write a value of the type that the message names",
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC012",
        "wrong-length",
        "A text or a list is too short or too long.",
        "Finds texts and lists with a length outside the published limits. The length is the number of characters or "
        "items.",
        "The platform refuses such a value.",
        "make it shorter or longer, as the message says",
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC013",
        "wrong-characters",
        "A text has characters that are not allowed.",
        "Finds names and other texts with a character outside the published set, or with a wrong first character.",
        "The platform refuses such a value.",
        "change the text to the characters that the message lists",
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC014",
        "not-allowed-value",
        "A value is not one of the field's allowed values.",
        "Finds values that are not in a published list, such as an unknown method.",
        "The platform refuses such a value.",
        "use one of the values that the message lists",
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC015",
        "out-of-range",
        "A number is too small or too large.",
        "Finds numbers outside the published range.",
        "The platform refuses such a value.",
        "use a number in the range that the message names",
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC016",
        "unknown-field",
        "A field is not known for the kind.",
        "Finds fields that no public page lists for the resource.",
        "Such fields are kept unchanged. A misspelled field looks the same, and has no effect.",
        "check the spelling, or leave it",
        severity=Severity.INFO,
        source=_FIELDS,
    ),
    DeclaredFault(
        "RSC017",
        "disputed-limit",
        "A value satisfies one published limit and violates another one.",
        "Finds values that one source allows and a stricter source refuses.",
        "It is not known which source the platform follows.",
        "follow the stricter limit",
        severity=Severity.WARNING,
        source=cited("API reference and SDK, where they disagree"),
    ),
    DeclaredFault(
        "RSC018",
        "unknown-variant",
        "A resource is of a sort whose fields are not published.",
        "Finds a `datasource_type` that is in no published list, and tasks of another `task_mode` than NORMAL and CDC, "
        "such as FLOW.",
        "The lists grow with the platform, and the published ones are of 2025. The fields of such a resource "
        "were not all checked.",
        "check the spelling, or leave it",
        severity=Severity.WARNING,
        source=cited(f"{Page.CREATING_DATA_SOURCES}; {Page.QUERYING_DATA_SOURCES}; {Page.QUERYING_A_TASK_LIST}"),
    ),
    DeclaredFault(
        "RSC019",
        "missing-connection",
        "A data source lacks values that it needs to connect.",
        "Finds blank or missing fields that a data source of this type and mode needs.",
        "Connection data is not an asset, and an export may leave it out. The data source does not work until it is "
        "entered.",
        "enter it on the target after the import, and test the connection",
        severity=Severity.INFO,
        source=Page.CREATING_DATA_SOURCES,
    ),
    DeclaredFault(
        "RSC070",
        "placeholder",
        "A field has a placeholder that nobody has filled in.",
        "Finds `${NAME}`, `{{name}}`, `$(NAME)`, `@@NAME@@`, `__NAME__`, `%MY_NAME%` and `<name>` in addresses, names "
        "and other short values without blanks. It does not find `#name#`, an environment variable of the platform, "
        "nor `${deviceId}` in a topic of a product.",
        "An import does not know the placeholders of other tools. It takes them as they are.",
        "fill it in before the import",
        severity=Severity.WARNING,
        source=own("placeholders are for other tools and for people"),
    ),
    DeclaredFault(
        "RSC050",
        "needed-field",
        "A field is missing, and the value of another field makes it mandatory.",
        "Finds a backend of type HTTP without `backend_api`, an API with `AUTHORIZER` but without `authorizer_id`, a "
        "group of version V2 without `roma_app_id`, a backend without a load channel and without `url_domain`, and "
        "similar cases.",
        "The platform refuses to create such a resource.",
        "add the field, or change the field that needs it",
        source=cited("API reference: fields that another field makes mandatory"),
    ),
    DeclaredFault(
        "RSC051",
        "path-parameter",
        "A path and the parameters declared for it do not agree.",
        "Finds `{name}` in a path when the API declares parameters with location PATH, but none with that name. "
        "Finds also such parameters that are not in the path. If the API declares no parameter with location PATH, "
        "its path is not checked.",
        "A parameter that is not in the path never gets a value. A misspelled one reaches the backend empty. It is "
        "not documented whether the platform refuses it.",
        "write the same name in both places",
        severity=Severity.WARNING,
        source=Page.CREATING_AN_API,
    ),
    DeclaredFault(
        "RSC052",
        "unknown-parameter",
        "A backend parameter or a condition names a request parameter that the API does not have.",
        "Finds backend parameters of origin REQUEST and conditions that name a request parameter which is not in "
        "`req_params`. A backend parameter names it in `value`, a condition in `req_param_name`.",
        "The value must be the name of a request parameter. Without it the gateway has nothing to pass on.",
        "declare the request parameter, or use the name of a declared one",
        source=Page.CREATING_AN_API,
    ),
    DeclaredFault(
        "RSC053",
        "reserved-path",
        "An API uses a path that the platform reserves for itself.",
        "Finds `GET /apic/health_check`.",
        "This is the gateway's own health check. The platform refuses an API at this path.",
        "use another path, or another method",
        source=Page.CREATING_AN_API,
    ),
    DeclaredFault(
        "RSC054",
        "duplicate-item",
        "A list has the same item twice, but each item may occur only once.",
        "Finds two request parameters with the same name and location (APIG.3209), two policies with the same name "
        "(APIG.3210), and a tag that occurs twice (APIG.3213).",
        "The platform refuses the second one.",
        "remove or rename one of them",
        source=Page.ERROR_CODES,
    ),
    DeclaredFault(
        "RSC055",
        "no-schedule",
        "A scheduled task has no schedule, or an incomplete one.",
        "Finds tasks of type TIMING without `dispatch`. Finds also `use_quartz_cron` without `cron`, and a period "
        "without `dispatch_interval`.",
        "Such a task can be imported, but it cannot be started (FDI.3083).",
        "complete the schedule",
        severity=Severity.WARNING,
        source=cited(f"{Page.CREATING_A_SCHEDULE}; {Page.ERROR_CODES} (FDI.3083)"),
    ),
    DeclaredFault(
        "RSC056",
        "unsupported-value",
        "The platform declares a value, but does not support it here.",
        "Finds composite tasks of type TIMING, and table names with `-` or `#`.",
        "Composite tasks currently run only in real time. Data integration does not accept such table names.",
        "use the value that the message names",
        severity=Severity.WARNING,
        source=Page.CREATING_A_COMPOSITE_TASK,
    ),
    DeclaredFault(
        "RSC057",
        "not-published",
        "An API's own data says that it is not published in the environment RELEASE.",
        "Finds APIs that have a `run_env_name` without RELEASE. If a file does not have the field, nothing is "
        "reported.",
        "Only APIs that are published in RELEASE are asset data. An export leaves out all other APIs, and an import "
        "may do the same.",
        "publish the API in RELEASE and export again, or create it on the target by hand",
        severity=Severity.WARNING,
        source=cited(f"{Page.MODIFYING_API_CONFIGURATIONS}: APIs that are asset data"),
    ),
    DeclaredFault(
        "RSC058",
        "no-servers",
        "A load channel has no servers.",
        "Finds load channels that need a list of servers, but have an empty list or no list.",
        "Servers are not assets, so an export leaves them out. Every API that uses the channel fails until servers "
        "are added.",
        "add the servers of the target's network after the import",
        severity=Severity.WARNING,
        source=Page.MODIFYING_API_CONFIGURATIONS,
    ),
    DeclaredFault(
        "RSC059",
        "answered-value",
        "A document that was read from an instance has a value that no published limit allows.",
        "Finds what RSC010 to RSC015 and RSC050 find, in documents with fields that only the platform writes, "
        "such as the time of creation.",
        "The platform has such a value, so it is not an error in itself. The published limits are of calls that "
        "create, and the lists of values grow. It is not documented whether an import applies these limits.",
        "leave it, if it is what the source instance has",
        severity=Severity.WARNING,
        source=undocumented("whether an import applies the limits of calls that create"),
    ),
)
