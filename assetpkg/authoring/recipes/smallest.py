"""The smallest document of each kind that is valid: what is required, and what its name is unique in.

What stands for another resource is a `Uses`, in the place of the value that refers to it. What has to differ from one
resource to the next is a `Slug`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from assetpkg.kinds.apic import RELEASE_ID


class Uses(NamedTuple):
    """In the place of a reference: the kind of what it refers to."""

    kind: str


class Slug(NamedTuple):
    """In the place of a text: what is before the name of the resource, in letters and digits."""

    before: str = ""


_APPLICATION = Uses("application")

SMALLEST: Mapping[str, Mapping[str, Any]] = {
    "application": {},
    "app_config": {"app_id": _APPLICATION, "config_type": "variable", "config_value": ""},
    "dictionary": {"code": Slug()},
    "datasource": {
        "datasource_type": "MYSQL",
        "app_id": _APPLICATION,
        "content": {"host": "db.example.com", "port": "3306", "database_name": "example", "mode": "default"},
    },
    "task": {
        "task_type": "REALTIME",
        "source_datasource_id": Uses("datasource"),
        "target_datasource_id": Uses("datasource"),
    },
    "composite_task": {"task_type": "REALTIME", "source_app_id": _APPLICATION, "operation_types": ["INSERT"]},
    "api_group": {"version": "V2", "roma_app_id": _APPLICATION},
    "api": {
        "group_id": Uses("api_group"),
        "type": 2,
        "req_protocol": "HTTPS",
        "req_method": "GET",
        "req_uri": Slug("/"),
        "auth_type": "APP",
        "backend_type": "MOCK",
        "mock_info": {"result_content": "{}"},
    },
    "backend_api": {
        "roma_app_id": _APPLICATION,
        "method": "GET",
        "path": Slug("/"),
        "version": "1.0.0",
        "content_type": "json",
    },
    "load_channel": {"port": 8080, "balance_strategy": 1, "member_type": "ip", "members": [{"host": "192.0.2.1"}]},
    "authorizer": {
        "type": "FRONTEND",
        "authorizer_type": "FUNC",
        "authorizer_uri": "urn:fss:region:project:function:default:example",
        "roma_app_id": _APPLICATION,
    },
    "app_authorization": {"app_ids": [_APPLICATION], "api_ids": [Uses("api")], "env_id": RELEASE_ID},
    "scheduled_api_task": {"roma_app_id": _APPLICATION, "api_id": Uses("api")},
    "plugin": {"plugin_type": "cors", "plugin_scope": "global", "plugin_content": '{"allow_origin": "*"}'},
    "topic": {"app_id": _APPLICATION, "access_policy": "all"},
    "product": {
        "app_id": _APPLICATION,
        "manufacturer_id": "manufacturer",
        "manufacturer_name": "Manufacturer",
        "model": Slug(),
        "product_type": 0,
        "protocol_type": 0,
    },
    "product_template": {"status": 0},
    "environment": {},
    "environment_variable": {"group_id": Uses("api_group"), "env_id": Uses("environment")},
    "domain": {"group_id": Uses("api_group")},
    "throttling_policy": {},
    "access_control_policy": {},
    "signature_key": {},
    "app_code": {"app_id": _APPLICATION},
    "client_access_control": {"app_id": _APPLICATION},
    "client_quota": {},
    "device": {"node_id": Slug()},
    "rule": {"app_id": _APPLICATION},
}
"""By kind, without its name: that is asked for."""
