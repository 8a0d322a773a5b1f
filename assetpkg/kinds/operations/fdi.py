"""Fast data integration (FDI): what reads data sources and tasks."""

from assetpkg.kinds.operations.operation import Given, Operation, Paging, Role, with_detail, words

PAGES = Paging(least=0, most=999, farthest=999_999)
_OF_MAPPINGS = Paging(least=1, most=1000)
_AT = "/v2/{project_id}/fdi/instances/{instance_id}"

COMPOSITE = ("task_mode", "CDC")
"""The field of a task in a list, and its value where it is a composite task; older versions do not answer it."""

OPERATIONS: tuple[Operation, ...] = (
    *with_detail(
        Operation(
            "ListDatasources",
            f"{_AT}/datasources",
            "datasource",
            Role.LIST,
            words(
                "datasource_id datasource_name datasource_type vpc_id app_id app_name instance_id create_time "
                "update_time custom_plugin_id content description app_permission"
            ),
            items="entities",
            paging=PAGES,
        ),
        "ShowDataourceDetail",
        "datasource_id",
        by="datasource_id",
    ),
    *with_detail(
        Operation(
            "ListTasks",
            f"{_AT}/tasks",
            "task",
            Role.LIST,
            words(
                "task_id task_name task_type status created_date version last_modified_time execute_status "
                "source_app_id target_app_id source_instance_id target_instance_id ext_type enterprise_project_id "
                "task_tag"
            ),
            items="entities",
            paging=PAGES,
            also=("composite_task",),
        ),
        "ShowTask",
        "task_id",
        by="task_id",
        adds=words(
            "project_id source_datasource_id target_datasource_id source_datasource_name "
            "target_datasource_name source_app_name target_app_name last_modified_date description "
            "task_detail"
        ),
        lacks=words(
            "version last_modified_time execute_status source_instance_id target_instance_id ext_type "
            "enterprise_project_id"
        ),
        wrapper="task",
    ),
    Operation(
        "ShowDispatches",
        f"{_AT}/tasks/{{task_id}}/dispatches",
        "task.dispatch",
        Role.PART,
        words(
            "dispatch_id task_id start_datetime period dispatch_interval created_date last_modified_date "
            "remark use_quartz_cron cron"
        ),
        given=(Given("task_id", "task", by="task_id", in_item="task_id"),),
    ),
    Operation(
        "ListMultiTaskMappings",
        f"{_AT}/multi-tasks/{{task_id}}/mappings",
        "composite_task.mappings",
        Role.PART,
        words("id source_table target_table updated_time mapping_percent status source_columns target_columns mapping"),
        items="mappings",
        total="mappings_total_count",
        size=None,
        paging=_OF_MAPPINGS,
        given=(Given("task_id", "composite_task", by="task_id"),),
        around=words("task_id source_datasource_id target_datasource_id ext_info"),
        renamed=(("mapping", "mapping_columns"),),
        in_sdk=False,
    ),
    Operation(
        "CountTasks", f"{_AT}/statistics/tasks", "counts", Role.BESIDE, words("common_task_details cdc_task_details")
    ),
)
