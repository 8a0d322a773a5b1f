"""Service integration (APIC): what reads APIs and who may call them, and what says how the instance is configured."""

from assetpkg.kinds.operations.operation import Given, Inside, Operation, Paging, Role, with_detail, words

PAGES = Paging(least=1, most=500, default=20)
AT = "/v2/{project_id}/apic/instances/{instance_id}"

QUOTA_NAMES = {
    "APP_NUM_LIMIT": "application",
    "API_NUM_LIMIT": "api",
    "APIGROUP_NUM_LIMIT": "api_group",
    "ENVIRONMENT_NUM_LIMIT": "environment",
    "SIGN_NUM_LIMIT": "signature_key",
    "THROTTLE_NUM_LIMIT": "throttling_policy",
    "VPC_NUM_LIMIT": "load_channel",
    "ACL_NUM_LIMIT": "access_control_policy",
    "AUTHORIZER_NUM_LIMIT": "authorizer",
    "PLUGIN_NUM_LIMIT": "plugin",
    "APP_QUOTA_NUM_LIMIT": "client_quota",
    "API_TASK_NUM_LIMIT": "scheduled_api_task",
    "SM_DICT_NUM_LIMIT": "dictionary",
}
"""The configurations of an instance that limit a kind; all others limit what is in one parent, or are no limits."""

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "ShowDetailsOfInstanceV2",
        AT,
        "instance",
        Role.INSTANCE,
        words(
            "id project_id instance_name status instance_status type spec create_time enterprise_project_id "
            "eip_address charging_mode cbc_metadata description vpc_id subnet_id security_group_id "
            "maintain_begin maintain_end ingress_ip user_id nat_eip_ipv6_cidr eip_ipv6_address "
            "nat_eip_address bandwidth_size available_zone_ids instance_version virsubnet_id roma_eip_address "
            "listeners supported_features ingress_ip_v6 node_ips ingress_ips cipher_type"
        ),
    ),
    Operation(
        "ListFeaturesV2",
        f"{AT}/features",
        "instance.features",
        Role.INSTANCE,
        words("id name enable config instance_id update_time"),
        items="features",
        paging=PAGES,
    ),
    Operation(
        "ListProjectCofigsV2",
        f"{AT}/project/configs",
        "quotas",
        Role.INSTANCE,
        words("config_id config_name config_value config_time remark used"),
        items="configs",
        paging=PAGES,
    ),
    Operation(
        "ListLiveDataQuotaV2",
        f"{AT}/livedata-quota",
        "quotas",
        Role.INSTANCE,
        words("datasource api scripts datasource_used api_used"),
    ),
    *with_detail(
        Operation(
            "ListAppConfigsV2",
            f"{AT}/apps/configs",
            "app_config",
            Role.LIST,
            words("id app_id config_type config_name config_value update_time description"),
            items="configs",
            paging=PAGES,
        ),
        "ShowDetailsOfAppConfigV2",
        "app_config_id",
        path=f"{AT}/apps/{{app_id}}/configs/{{app_config_id}}",
        given=(Given("app_id", "application", in_item="app_id"),),
    ),
    *with_detail(
        Operation(
            "ListApiGroupsV2",
            f"{AT}/api-groups",
            "api_group",
            Role.LIST,
            words(
                "id name status sl_domain register_time update_time on_sell_status url_domains sl_domains remark "
                "call_limits time_interval time_unit is_default version roma_app_id roma_app_name"
            ),
            items="groups",
            paging=PAGES,
            inside=(Inside("domain", "url_domains", renamed=(("domain", "url_domain"),), taken=(("id", "group_id"),)),),
        ),
        "ShowDetailsOfApiGroupV2",
        "group_id",
    ),
    *with_detail(
        Operation(
            "ListApisV2",
            f"{AT}/apis",
            "api",
            Role.LIST,
            words(
                "name type version req_protocol req_method req_uri auth_type auth_opt cors match_mode "
                "backend_type remark group_id body_remark result_normal_sample result_failure_sample "
                "authorizer_id tags response_id roma_app_id domain_name tag content_type id status "
                "arrange_necessary register_time update_time group_name group_version run_env_name run_env_id "
                "publish_id publish_time roma_app_name ld_api_id backend_api api_group_info req_params"
            ),
            items="apis",
            paging=PAGES,
        ),
        "ShowDetailsOfApiV2",
        "api_id",
        adds=words("func_info mock_info backend_params policy_functions policy_mocks policy_https"),
    ),
    *with_detail(
        Operation(
            "ListLiveDataApiV2",
            f"{AT}/livedata-apis",
            "backend_api",
            Role.LIST,
            words(
                "name path method description version content_type api_signature_id roma_app_id return_format "
                "parameters id instance type status created_time modified_time scripts roma_app_name"
            ),
            items="apis",
            paging=PAGES,
        ),
        "ShowLiveDataApiV2",
        "ld_api_id",
    ),
    Operation(
        "ListLiveDataDataSourcesV2",
        f"{AT}/data-sources",
        "backend_api.datasources",
        Role.BESIDE,
        words("name type description url user password remotepath id status created_time modified_time"),
        items="data_sources",
        paging=PAGES,
        given=(Given("app_id", "application", in_query=True),),
        secret=words("password"),
    ),
    *with_detail(
        Operation(
            "ListVpcChannelsV2",
            f"{AT}/vpc-channels",
            "load_channel",
            Role.LIST,
            words(
                "name port balance_strategy member_type type dict_code create_time id status member_groups "
                "microservice_info"
            ),
            items="vpc_channels",
            paging=PAGES,
        ),
        "ShowDetailsOfVpcChannelV2",
        "vpc_channel_id",
        adds=words("members vpc_health_config"),
    ),
    Operation(
        "ListBackendInstancesV2",
        f"{AT}/vpc-channels/{{vpc_channel_id}}/members",
        "load_channel.members",
        Role.PART,
        words(
            "host weight is_backup member_group_name status port ecs_id ecs_name id vpc_channel_id "
            "create_time member_group_id"
        ),
        items="members",
        paging=PAGES,
        given=(Given("vpc_channel_id", "load_channel", in_item="vpc_channel_id"),),
        spare=True,
    ),
    Operation(
        "ListMemberGroups",
        f"{AT}/vpc-channels/{{vpc_channel_id}}/member-groups",
        "load_channel.member_groups",
        Role.PART,
        words(
            "member_group_name member_group_remark member_group_weight dict_code microservice_version "
            "microservice_port microservice_labels member_group_id create_time update_time"
        ),
        items="member_groups",
        paging=PAGES,
        given=(Given("vpc_channel_id", "load_channel"),),
        spare=True,
    ),
    Operation(
        "ListProjectVpcChannelsV2",
        "/v2/{project_id}/apic/vpc-channels",
        "load_channel",
        Role.LIST,
        words(
            "name port balance_strategy member_type type dict_code create_time id status member_groups "
            "instance_id instance_name members vpc_health_config microservice_info"
        ),
        items="project_vpc_channels",
        paging=PAGES,
        spare=True,
    ),
    *with_detail(
        Operation(
            "ListCustomAuthorizersV2",
            f"{AT}/authorizers",
            "authorizer",
            Role.LIST,
            words(
                "name type authorizer_type authorizer_uri authorizer_version authorizer_alias_uri identities ttl "
                "user_data ld_api_id need_body id create_time roma_app_id roma_app_name"
            ),
            items="authorizer_list",
            paging=PAGES,
            secret=words("user_data"),
        ),
        "ShowDetailsOfCustomAuthorizersV2",
        "authorizer_id",
    ),
    Operation(
        "ListApisBindedToAppV2",
        f"{AT}/app-auths/binded-apis",
        "app_authorization",
        Role.LIST,
        words(
            "id api_id api_name group_name api_type api_remark env_id auth_role auth_time app_name app_remark "
            "app_type app_creator publish_id group_id auth_tunnel auth_whitelist auth_blacklist visit_param "
            "roma_app_type env_name app_id"
        ),
        items="auths",
        paging=PAGES,
        given=(Given("app_id", "application", in_item="app_id", in_query=True),),
        renamed=(("visit_param", "visit_params"),),
        secret=words("visit_param"),
        gathered=(("app_id", "app_ids"), ("api_id", "api_ids")),
    ),
    Operation(
        "ListAppsBindedToApiV2",
        f"{AT}/app-auths/binded-apps",
        "app_authorization",
        Role.LIST,
        words(
            "id api_id api_name group_name api_type api_remark env_id auth_role auth_time app_name app_remark "
            "app_type app_creator publish_id group_id auth_tunnel auth_whitelist auth_blacklist visit_param "
            "roma_app_type env_name app_id"
        ),
        items="auths",
        paging=PAGES,
        given=(Given("api_id", "api", in_item="api_id", in_query=True),),
        renamed=(("visit_param", "visit_params"),),
        secret=words("visit_param"),
        gathered=(("app_id", "app_ids"), ("api_id", "api_ids")),
        spare=True,
    ),
    *with_detail(
        Operation(
            "ListPlugins",
            f"{AT}/plugins",
            "plugin",
            Role.LIST,
            words(
                "plugin_id plugin_name plugin_type plugin_scope plugin_content remark create_time update_time "
                "roma_app_id roma_app_name"
            ),
            items="plugins",
            paging=PAGES,
        ),
        "ShowPlugin",
        "plugin_id",
        by="plugin_id",
    ),
    Operation(
        "ListPluginAttachedApis",
        f"{AT}/plugins/{{plugin_id}}/attached-apis",
        "plugin.apis",
        Role.BESIDE,
        words(
            "api_id api_name type req_protocol req_method req_uri auth_type match_mode remark group_id "
            "group_name roma_app_id env_id env_name publish_id plugin_attach_id attached_time"
        ),
        items="apis",
        paging=PAGES,
        given=(Given("plugin_id", "plugin", by="plugin_id"),),
    ),
)
