"""What is on an instance, by kind: one resource of each kind at least, which refer to each other."""

from typing import Any

from tests.kinds.test_kinds import MINIMAL
from tests.target.platform import with_ids

APP, OTHER = "98df09fb-d459-4cbf-83a7-2b55ca6f3d5d", "b2e6b145-4f3f-4a80-aa45-f4b8029f95a3"
ENV = "DEFAULT_ENVIRONMENT_RELEASE_ID"
PROPERTY = {"property_name": "heat", "data_type": "number", "required": 1}
SERVICE: dict[str, Any] = {
    "service_name": "thermometer",
    "status": 0,
    "properties": [PROPERTY],
    "commands": [{"name": "reset", "requests": [PROPERTY], "responses": [{**PROPERTY, "property_name": "done"}]}],
}

LINKS: dict[str, dict[str, Any]] = {
    "app_config": {"app_id": APP, "config_value": "20"},
    "datasource": {"app_id": APP, "datasource_id": "ds-1"},
    "task": {"task_id": "task-1", "task_type": "TIMING", "source_datasource_id": "ds-1", "target_datasource_id": "ds-1",
             "task_detail": "{}", "dispatch": {"period": "DAY", "dispatch_interval": 1}},
    "composite_task": {"task_id": "task-2", "mappings": [
        {"source_table": "a", "target_table": "b", "source_datasource_id": "ds-1", "target_datasource_id": "ds-1"}]},
    "api_group": {"id": "group-1", "roma_app_id": APP, "version": "V2"},
    "api": {"id": "api-1", "group_id": "group-1", "roma_app_id": APP, "mock_info": {"result_content": "{}"},
            "backend_type": "MOCK"},
    "backend_api": {"roma_app_id": APP, "parameters": [{"name": "id", "in": "query", "required": False}]},
    "load_channel": {"members": [{"host": "10.0.0.8", "weight": 1}], "vpc_health_config": {
        "protocol": "TCP", "threshold_normal": 2, "threshold_abnormal": 5, "time_interval": 10, "timeout": 5}},
    "authorizer": {"roma_app_id": APP},
    "app_authorization": {"app_ids": [APP], "api_ids": ["api-1"], "env_id": ENV, "auth_tunnel": "NORMAL"},
    "scheduled_api_task": {"roma_app_id": APP, "api_id": "api-1"},
    "topic": {"app_id": "order-key", "access_policy": "pub", "tag": "new"},
    "product": {"app_id": APP, "services": [SERVICE], "topics": [{"name": "up", "permission": 0, "version": "1.0"}]},
    "product_template": {"services": [{**SERVICE, "service_name": "barometer"}]},
    "environment_variable": {"group_id": "group-1", "env_id": ENV},
    "domain": {"group_id": "group-1"},
    "app_code": {"app_id": APP},
    "client_access_control": {"app_id": APP, "app_acl_type": "PERMIT", "app_acl_values": ["10.0.0.1"]},
    "throttling_policy": {"api_call_limits": 10, "time_interval": 1, "time_unit": "MINUTE"},
    "access_control_policy": {"acl_type": "PERMIT", "acl_value": "10.0.0.1", "entity_type": "IP"},
    "client_quota": {"call_limits": 5, "time_unit": "DAY", "time_interval": 1},
    "device": {"app_id": APP},
    "rule": {"app_id": APP, "sources": [{"topic": "up"}], "destinations": [{"topic": "orders", "app_id": APP}]},
}  # fmt: skip


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return documents of every kind, as an instance has them."""
    found = {kind: [{**document, **LINKS.get(kind, {})}] for kind, document in MINIMAL.items()}
    found["application"] = [
        {"id": APP, "name": "Order Center", "key": "order-key", "owner": True},
        {"id": OTHER, "name": "Billing", "key": "billing-key", "owner": True},
    ]
    found["dictionary"] += [{"name": "North", "code": "north", "parent_code": "regions"}]
    return with_ids(found)
