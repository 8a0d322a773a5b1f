"""Where each kind is declared, for importing only those in use; `python -m assetpkg.kinds` writes it."""

from typing import NamedTuple


class Place(NamedTuple):
    """The word for a kind, the folder of its resources, and the module and class that declare it."""

    kind: str
    folder: str
    module: str
    name: str


PLACES: tuple[Place, ...] = (
    Place("application", "applications", "application", "Application"),
    Place("app_config", "app_configs", "application", "AppConfig"),
    Place("dictionary", "dictionaries", "application", "Dictionary"),
    Place("datasource", "datasources", "fdi.tasks", "DataSource"),
    Place("task", "tasks", "fdi.tasks", "Task"),
    Place("composite_task", "composite_tasks", "fdi.tasks", "CompositeTask"),
    Place("api_group", "api_groups", "apic.apis", "ApiGroup"),
    Place("api", "apis", "apic.apis", "Api"),
    Place("backend_api", "backend_apis", "apic.backends", "BackendApi"),
    Place("load_channel", "load_channels", "apic.backends", "LoadChannel"),
    Place("authorizer", "authorizers", "apic.access", "Authorizer"),
    Place("app_authorization", "app_authorizations", "apic.access", "AppAuthorization"),
    Place("scheduled_api_task", "scheduled_api_tasks", "apic.access", "ScheduledApiTask"),
    Place("plugin", "plugins", "apic.access", "Plugin"),
    Place("topic", "topics", "mqs", "Topic"),
    Place("product", "products", "link.products", "Product"),
    Place("product_template", "product_templates", "link.products", "ProductTemplate"),
    Place("environment", "environments", "apic.non_assets", "Environment"),
    Place("environment_variable", "environment_variables", "apic.non_assets", "EnvironmentVariable"),
    Place("domain", "domains", "apic.non_assets", "Domain"),
    Place("throttling_policy", "throttling_policies", "apic.non_assets", "ThrottlingPolicy"),
    Place("access_control_policy", "access_control_policies", "apic.non_assets", "AccessControlPolicy"),
    Place("signature_key", "signature_keys", "apic.non_assets", "SignatureKey"),
    Place("app_code", "app_codes", "apic.non_assets", "AppCode"),
    Place("client_access_control", "client_access_controls", "apic.non_assets", "ClientAccessControl"),
    Place("client_quota", "client_quotas", "apic.non_assets", "ClientQuota"),
    Place("device", "devices", "link.non_assets", "Device"),
    Place("rule", "rules", "link.non_assets", "Rule"),
)
"""Every kind, in the order in which their resources are listed."""
