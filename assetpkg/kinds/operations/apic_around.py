"""Service integration (APIC): what reads the configuration around APIs, which no import brings, and its clients."""

from assetpkg.kinds.operations.apic import AT, PAGES
from assetpkg.kinds.operations.operation import Given, Operation, Role, with_detail, words

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "ListEnvironmentsV2",
        f"{AT}/envs",
        "environment",
        Role.LIST,
        words("create_time name remark id"),
        items="envs",
        paging=PAGES,
    ),
    *with_detail(
        Operation(
            "ListEnvironmentVariablesV2",
            f"{AT}/env-variables",
            "environment_variable",
            Role.LIST,
            words("variable_value env_id group_id variable_name id"),
            items="variables",
            paging=PAGES,
            given=(Given("group_id", "api_group", in_item="group_id", in_query=True),),
            secret=words("variable_value"),
        ),
        "ShowDetailsOfEnvironmentVariableV2",
        "env_variable_id",
    ),
    *with_detail(
        Operation(
            "ListRequestThrottlingPolicyV2",
            f"{AT}/throttles",
            "throttling_policy",
            Role.LIST,
            words(
                "app_call_limits name time_unit remark api_call_limits type enable_adaptive_control "
                "user_call_limits time_interval ip_call_limits id bind_num is_inclu_special_throttle create_time"
            ),
            items="throttles",
            paging=PAGES,
        ),
        "ShowDetailsOfRequestThrottlingPolicyV2",
        "throttle_id",
    ),
    Operation(
        "ListSpecialThrottlingConfigurationsV2",
        f"{AT}/throttles/{{throttle_id}}/throttle-specials",
        "throttling_policy.specials",
        Role.BESIDE,
        words("id call_limits apply_time app_name app_id object_id object_type object_name throttle_id"),
        items="throttle_specials",
        paging=PAGES,
        given=(Given("throttle_id", "throttling_policy", in_item="throttle_id"),),
    ),
    *with_detail(
        Operation(
            "ListAclStrategiesV2",
            f"{AT}/acls",
            "access_control_policy",
            Role.LIST,
            words("acl_name acl_type acl_value bind_num entity_type id update_time"),
            items="acls",
            paging=PAGES,
        ),
        "ShowDetailsOfAclPolicyV2",
        "acl_id",
        lacks=words("bind_num"),
    ),
    Operation(
        "ListSignatureKeysV2",
        f"{AT}/signs",
        "signature_key",
        Role.LIST,
        words("name sign_type sign_key sign_secret sign_algorithm update_time create_time id bind_num ldapi_bind_num"),
        items="signs",
        paging=PAGES,
    ),
    Operation(
        "ListAppsV2",
        f"{AT}/apps",
        "client",
        Role.BESIDE,
        words(
            "id name remark creator update_time app_key app_secret register_time status app_type roma_app_type bind_num"
        ),
        items="apps",
        paging=PAGES,
        secret=words("app_key app_secret"),
    ),
    *with_detail(
        Operation(
            "ListAppCodesV2",
            f"{AT}/apps/{{app_id}}/app-codes",
            "app_code",
            Role.LIST,
            words("app_code id app_id create_time"),
            items="app_codes",
            paging=PAGES,
            given=(Given("app_id", "application", in_item="app_id"),),
        ),
        "ShowDetailsOfAppCodeV2",
        "app_code_id",
    ),
    Operation(
        "ShowDetailsOfAppAcl",
        f"{AT}/apps/{{app_id}}/app-acl",
        "client_access_control",
        Role.LIST,
        words("app_id app_acl_type app_acl_values"),
        given=(Given("app_id", "application", in_item="app_id"),),
    ),
    *with_detail(
        Operation(
            "ListAppQuotas",
            f"{AT}/app-quotas",
            "client_quota",
            Role.LIST,
            words("app_quota_id name call_limits time_unit time_interval remark reset_time create_time bound_app_num"),
            items="quotas",
            paging=PAGES,
        ),
        "ShowAppQuota",
        "app_quota_id",
        by="app_quota_id",
    ),
    Operation(
        "ListAppQuotaBoundApps",
        f"{AT}/app-quotas/{{app_quota_id}}/bound-apps",
        "client_quota.apps",
        Role.BESIDE,
        words("app_id name status app_key remark register_time update_time app_quota_id app_quota_name bound_time"),
        items="apps",
        paging=PAGES,
        given=(Given("app_quota_id", "client_quota", by="app_quota_id", in_item="app_quota_id"),),
    ),
)
