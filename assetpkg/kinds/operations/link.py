"""Device integration (LINK): what reads products, their parts, devices and rules."""

from assetpkg.kinds.operations.operation import Given, Operation, Paging, Role, with_detail, words

PAGES = Paging(least=0, most=999, default=10, farthest=999_999)
_AT = "/v2/{project_id}/link/instances/{instance_id}"

OPERATIONS: tuple[Operation, ...] = (
    *with_detail(
        Operation(
            "ListProducts",
            f"{_AT}/products",
            "product",
            Role.LIST,
            words(
                "permissions id product_serial app_id name manufacturer_id manufacturer_name model product_type "
                "description protocol_type device_type version created_user last_updated_user authentication "
                "created_datetime app_name data_format"
            ),
            items="items",
            paging=PAGES,
        ),
        "ShowProduct",
        "product_id",
    ),
    *with_detail(
        Operation(
            "ListProductTemplates",
            f"{_AT}/product-templates",
            "product_template",
            Role.LIST,
            words("id name description status created_user last_updated_user created_datetime last_updated_datetime"),
            items="items",
            paging=PAGES,
        ),
        "ShowProductTemplate",
        "product_template_id",
    ),
    Operation(
        "ListServices",
        f"{_AT}/services",
        "product.services",
        Role.PART,
        words(
            "product_template_id product_id service_id service_name description status created_user "
            "last_updated_user created_datetime last_updated_datetime"
        ),
        items="items",
        paging=PAGES,
        given=(
            Given("product_id", "product", in_item="product_id", in_query=True),
            Given("product_template_id", "product_template", in_item="product_template_id", in_query=True),
        ),
    ),
    Operation(
        "ListProperties",
        f"{_AT}/services/{{service_id}}/properties",
        "product.services.properties",
        Role.PART,
        words(
            "property_id property_name description data_type required min max step max_length unit enum_list "
            "enum_dict method"
        ),
        items="items",
        paging=PAGES,
        given=(Given("service_id", "product.services", by="service_id"),),
    ),
    Operation(
        "ListCommands",
        f"{_AT}/services/{{service_id}}/commands",
        "product.services.commands",
        Role.PART,
        words("service_id command_id command_name description"),
        items="items",
        paging=PAGES,
        given=(Given("service_id", "product.services", by="service_id", in_item="service_id"),),
        renamed=(("command_name", "name"),),
    ),
    Operation(
        "ListRequestProperties",
        f"{_AT}/services/{{service_id}}/commands/{{command_id}}/requests",
        "product.services.commands.requests",
        Role.PART,
        words(
            "property_id property_name description data_type required min max step max_length unit enum_list enum_dict"
        ),
        items="items",
        paging=PAGES,
        given=(
            Given("service_id", "product.services", by="service_id"),
            Given("command_id", "product.services.commands", by="command_id"),
        ),
    ),
    Operation(
        "ListResponseProperties",
        f"{_AT}/services/{{service_id}}/commands/{{command_id}}/responses",
        "product.services.commands.responses",
        Role.PART,
        words(
            "property_id property_name description data_type required min max step max_length unit enum_list enum_dict"
        ),
        items="items",
        paging=PAGES,
        given=(
            Given("service_id", "product.services", by="service_id"),
            Given("command_id", "product.services.commands", by="command_id"),
        ),
    ),
    Operation(
        "ListProductTopics",
        f"{_AT}/products/{{product_id}}/topics",
        "product.topics",
        Role.PART,
        words("product_id topic_id permission topic_name version description"),
        items="items",
        paging=PAGES,
        given=(Given("product_id", "product", in_item="product_id"),),
        renamed=(("topic_name", "name"),),
    ),
    *with_detail(
        Operation(
            "ListDevices",
            f"{_AT}/devices",
            "device",
            Role.LIST,
            words(
                "permissions id device_id parent_device_id parent_device_name product device_name instance_id "
                "client_id node_id app_name status online_status description authentication created_user "
                "last_updated_user tags created_datetime last_updated_datetime connect_address "
                "ssl_connect_address ipv6_connect_address ipv6_ssl_connect_address last_login_datetime node_type "
                "device_type client_ip keep_alive last_active_time version app_id"
            ),
            items="items",
            paging=PAGES,
        ),
        "ShowDevice",
        "device_id",
        adds=words("plugin_id"),
    ),
    *with_detail(
        Operation(
            "ListRules",
            f"{_AT}/rules",
            "rule",
            Role.LIST,
            words(
                "permissions rule_id name app_id app_name description status data_parsing_status sql_field "
                "sql_where rule_express created_user last_updated_user created_datetime last_updated_datetime"
            ),
            items="items",
            paging=PAGES,
        ),
        "ShowRule",
        "rule_id",
        by="rule_id",
    ),
    Operation(
        "ListSources",
        f"{_AT}/rules/{{rule_id}}/sources",
        "rule.sources",
        Role.PART,
        words("source_id product_id device_id topic device_name product_name is_base64 contain_device_info"),
        items="items",
        paging=PAGES,
        given=(Given("rule_id", "rule", by="rule_id"),),
    ),
    Operation(
        "ListDestinations",
        f"{_AT}/rules/{{rule_id}}/destinations",
        "rule.destinations",
        Role.PART,
        words(
            "destination_id destination_type app_id destination_name topic server token tag mqs_sasl_ssl "
            "user_name password"
        ),
        items="items",
        paging=PAGES,
        given=(Given("rule_id", "rule", by="rule_id"),),
    ),
    Operation(
        "CountDevices",
        f"{_AT}/statistics/devices-count",
        "counts",
        Role.BESIDE,
        words("product_templates products devices"),
    ),
)
