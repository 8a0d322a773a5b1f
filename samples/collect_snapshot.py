#!/usr/bin/env python3
"""Save what an instance of ROMA Connect has, page by page, for `assetpkg snapshot`. It only reads.

It needs Python 3.9 or newer and the official SDK (pip install huaweicloudsdkroma), and in the environment:

    HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK  the access key of a user who may read the instance
    ROMA_ENDPOINT                           such as https://roma.eu-west-101.myhuaweicloud.com
    ROMA_PROJECT_ID, ROMA_INSTANCE_ID       the ids of the project and of the instance

Then:

    python collect_snapshot.py answers
    assetpkg snapshot answers --output target.json

What is saved is not asked for again, so that it can be stopped and started; remove the folder to begin anew. Answers
may hold credentials: the folder can be read by its owner only, and assetpkg leaves them out of a snapshot.

`assetpkg snapshot --calls --as sdk` prints this script, with a package only for what a plan of that package needs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

Call = dict[str, Any]

CALLS: list[Call] = [
    {
        "operation": "ListRomaApp",
        "method": "list_roma_app",
        "request": "ListRomaAppRequest",
        "path": "/v2/{project_id}/instances/{instance_id}/apps",
        "query": {"limit": 500},
        "items": "apps",
        "offset": "offset",
        "total": "total",
        "farthest": 10000,
    },
    {
        "operation": "ListDictionary",
        "method": "list_dictionary",
        "request": "ListDictionaryRequest",
        "path": "/v2/{project_id}/instances/{instance_id}/dictionaries",
        "query": {"limit": 500},
        "items": "dictionaries",
        "offset": "offset",
        "total": "total",
        "farthest": 10000,
        "each": {"ListDictionary": {"parent_code": "code"}},
        "also_without": True,
    },
    {
        "operation": "ShowDetailsOfInstanceV2",
        "method": "show_details_of_instance_v2",
        "request": "ShowDetailsOfInstanceV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}",
    },
    {
        "operation": "ListFeaturesV2",
        "method": "list_features_v2",
        "request": "ListFeaturesV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/features",
        "query": {"limit": 500},
        "items": "features",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListProjectCofigsV2",
        "method": "list_project_cofigs_v2",
        "request": "ListProjectCofigsV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/project/configs",
        "query": {"limit": 500},
        "items": "configs",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListLiveDataQuotaV2",
        "method": "list_live_data_quota_v2",
        "request": "ListLiveDataQuotaV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/livedata-quota",
    },
    {
        "operation": "ListAppConfigsV2",
        "method": "list_app_configs_v2",
        "request": "ListAppConfigsV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/apps/configs",
        "query": {"limit": 500},
        "items": "configs",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListApiGroupsV2",
        "method": "list_api_groups_v2",
        "request": "ListApiGroupsV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/api-groups",
        "query": {"limit": 500},
        "items": "groups",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListApisV2",
        "method": "list_apis_v2",
        "request": "ListApisV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/apis",
        "query": {"limit": 500},
        "items": "apis",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ShowDetailsOfApiV2",
        "method": "show_details_of_api_v2",
        "request": "ShowDetailsOfApiV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/apis/{api_id}",
        "each": {"ListApisV2": {"api_id": "id"}},
    },
    {
        "operation": "ListLiveDataApiV2",
        "method": "list_live_data_api_v2",
        "request": "ListLiveDataApiV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/livedata-apis",
        "query": {"limit": 500},
        "items": "apis",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListVpcChannelsV2",
        "method": "list_vpc_channels_v2",
        "request": "ListVpcChannelsV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/vpc-channels",
        "query": {"limit": 500},
        "items": "vpc_channels",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ShowDetailsOfVpcChannelV2",
        "method": "show_details_of_vpc_channel_v2",
        "request": "ShowDetailsOfVpcChannelV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/vpc-channels/{vpc_channel_id}",
        "each": {"ListVpcChannelsV2": {"vpc_channel_id": "id"}},
    },
    {
        "operation": "ListCustomAuthorizersV2",
        "method": "list_custom_authorizers_v2",
        "request": "ListCustomAuthorizersV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/authorizers",
        "query": {"limit": 500},
        "items": "authorizer_list",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListApisBindedToAppV2",
        "method": "list_apis_binded_to_app_v2",
        "request": "ListApisBindedToAppV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/app-auths/binded-apis",
        "query": {"limit": 500},
        "items": "auths",
        "offset": "offset",
        "total": "total",
        "each": {"ListRomaApp": {"app_id": "id"}},
    },
    {
        "operation": "ListPlugins",
        "method": "list_plugins",
        "request": "ListPluginsRequest",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/plugins",
        "query": {"limit": 500},
        "items": "plugins",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListEnvironmentsV2",
        "method": "list_environments_v2",
        "request": "ListEnvironmentsV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/envs",
        "query": {"limit": 500},
        "items": "envs",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListEnvironmentVariablesV2",
        "method": "list_environment_variables_v2",
        "request": "ListEnvironmentVariablesV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/env-variables",
        "query": {"limit": 500},
        "items": "variables",
        "offset": "offset",
        "total": "total",
        "each": {"ListApiGroupsV2": {"group_id": "id"}},
    },
    {
        "operation": "ListRequestThrottlingPolicyV2",
        "method": "list_request_throttling_policy_v2",
        "request": "ListRequestThrottlingPolicyV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/throttles",
        "query": {"limit": 500},
        "items": "throttles",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListAclStrategiesV2",
        "method": "list_acl_strategies_v2",
        "request": "ListAclStrategiesV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/acls",
        "query": {"limit": 500},
        "items": "acls",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListSignatureKeysV2",
        "method": "list_signature_keys_v2",
        "request": "ListSignatureKeysV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/signs",
        "query": {"limit": 500},
        "items": "signs",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListAppsV2",
        "method": "list_apps_v2",
        "request": "ListAppsV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/apps",
        "query": {"limit": 500},
        "items": "apps",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListAppCodesV2",
        "method": "list_app_codes_v2",
        "request": "ListAppCodesV2Request",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/apps/{app_id}/app-codes",
        "query": {"limit": 500},
        "items": "app_codes",
        "offset": "offset",
        "total": "total",
        "each": {"ListRomaApp": {"app_id": "id"}},
    },
    {
        "operation": "ShowDetailsOfAppAcl",
        "method": "show_details_of_app_acl",
        "request": "ShowDetailsOfAppAclRequest",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/apps/{app_id}/app-acl",
        "each": {"ListRomaApp": {"app_id": "id"}},
    },
    {
        "operation": "ListAppQuotas",
        "method": "list_app_quotas",
        "request": "ListAppQuotasRequest",
        "path": "/v2/{project_id}/apic/instances/{instance_id}/app-quotas",
        "query": {"limit": 500},
        "items": "quotas",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ListDatasources",
        "method": "list_datasources",
        "request": "ListDatasourcesRequest",
        "path": "/v2/{project_id}/fdi/instances/{instance_id}/datasources",
        "query": {"limit": 999},
        "items": "entities",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
    },
    {
        "operation": "ListTasks",
        "method": "list_tasks",
        "request": "ListTasksRequest",
        "path": "/v2/{project_id}/fdi/instances/{instance_id}/tasks",
        "query": {"limit": 999},
        "items": "entities",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
    },
    {
        "operation": "ShowTask",
        "method": "show_task",
        "request": "ShowTaskRequest",
        "path": "/v2/{project_id}/fdi/instances/{instance_id}/tasks/{task_id}",
        "each": {"ListTasks": {"task_id": "task_id"}},
    },
    {
        "operation": "ShowDispatches",
        "method": "show_dispatches",
        "request": "ShowDispatchesRequest",
        "path": "/v2/{project_id}/fdi/instances/{instance_id}/tasks/{task_id}/dispatches",
        "each": {"ListTasks": {"task_id": "task_id"}},
    },
    {
        "operation": "ListMqsInstanceTopics",
        "method": "list_mqs_instance_topics",
        "request": "ListMqsInstanceTopicsRequest",
        "path": "/v2/{project_id}/mqs/instances/{instance_id}/topics",
        "items": "topics",
        "offset": "offset",
        "total": "total",
    },
    {
        "operation": "ShowMqsInstanceTopicAccessPolicy",
        "method": "show_mqs_instance_topic_access_policy",
        "request": "ShowMqsInstanceTopicAccessPolicyRequest",
        "path": "/v2/{project_id}/mqs/instances/{instance_id}/topics/{topic_name}/accesspolicy",
        "items": "policies",
        "each": {"ListMqsInstanceTopics": {"topic_name": "name"}},
    },
    {
        "operation": "ListProducts",
        "method": "list_products",
        "request": "ListProductsRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/products",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
    },
    {
        "operation": "ListProductTemplates",
        "method": "list_product_templates",
        "request": "ListProductTemplatesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/product-templates",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
    },
    {
        "operation": "ListServices",
        "method": "list_services",
        "request": "ListServicesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/services",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListProducts": {"product_id": "id"}, "ListProductTemplates": {"product_template_id": "id"}},
    },
    {
        "operation": "ListProperties",
        "method": "list_properties",
        "request": "ListPropertiesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/services/{service_id}/properties",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListServices": {"service_id": "service_id"}},
    },
    {
        "operation": "ListCommands",
        "method": "list_commands",
        "request": "ListCommandsRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/services/{service_id}/commands",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListServices": {"service_id": "service_id"}},
    },
    {
        "operation": "ListRequestProperties",
        "method": "list_request_properties",
        "request": "ListRequestPropertiesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/services/{service_id}/commands/{command_id}/requests",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListCommands": {"service_id": "service_id", "command_id": "command_id"}},
    },
    {
        "operation": "ListResponseProperties",
        "method": "list_response_properties",
        "request": "ListResponsePropertiesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/services/{service_id}/commands/{command_id}/responses",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListCommands": {"service_id": "service_id", "command_id": "command_id"}},
    },
    {
        "operation": "ListProductTopics",
        "method": "list_product_topics",
        "request": "ListProductTopicsRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/products/{product_id}/topics",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListProducts": {"product_id": "id"}},
    },
    {
        "operation": "ListDevices",
        "method": "list_devices",
        "request": "ListDevicesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/devices",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
    },
    {
        "operation": "ShowDevice",
        "method": "show_device",
        "request": "ShowDeviceRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/devices/{device_id}",
        "each": {"ListDevices": {"device_id": "id"}},
    },
    {
        "operation": "ListRules",
        "method": "list_rules",
        "request": "ListRulesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/rules",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
    },
    {
        "operation": "ListSources",
        "method": "list_sources",
        "request": "ListSourcesRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/rules/{rule_id}/sources",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListRules": {"rule_id": "rule_id"}},
    },
    {
        "operation": "ListDestinations",
        "method": "list_destinations",
        "request": "ListDestinationsRequest",
        "path": "/v2/{project_id}/link/instances/{instance_id}/rules/{rule_id}/destinations",
        "query": {"limit": 999},
        "items": "items",
        "offset": "offset",
        "total": "total",
        "farthest": 999999,
        "each": {"ListRules": {"rule_id": "rule_id"}},
    },
]
"""The calls, each after those that it needs: `each` says of which other calls' items, by their fields, it is made."""

NOT_IN_SDK: list[str] = ["ListMultiTaskMappings", "ListFunctions", "ListFunctionVersions", "ListVersionAliases"]
"""Calls that would say more, and that the SDK does not have."""

KEYS = ("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "ROMA_ENDPOINT", "ROMA_PROJECT_ID", "ROMA_INSTANCE_ID")
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY, OUT_OF_ORDER = 401, 403, 404, 429, 500
WORDS = {
    FORBIDDEN: "refuses it ({}); see the ids, or ask for permission to read it",
    NOT_FOUND: "does not know it ({}); see the ids",
}
TRIES = 4
DONE, IN_PART, NOT_STARTED = 0, 1, 2


class Stop(Exception):
    """Why nothing more is asked, in a sentence."""


def say(line: str) -> None:
    """Tell the user something."""
    sys.stderr.write(f"{line}\n")


class Collector:
    """Asks and saves; `found` has what was answered, by operation."""

    def __init__(self, folder: Path, pause: float) -> None:
        """Connect as the environment says; raises `Stop`."""
        missing = [key for key in KEYS if not os.environ.get(key)]
        if missing:
            raise Stop(f"set {', '.join(missing)} in the environment; the head of this script says what they are")
        try:
            import huaweicloudsdkroma.v2 as roma
            from huaweicloudsdkcore.auth.credentials import BasicCredentials
            from huaweicloudsdkcore.exceptions import exceptions
            from huaweicloudsdkcore.http.http_handler import HttpHandler
        except ImportError as error:
            raise Stop("install the official SDK first: pip install huaweicloudsdkroma") from error
        key, secret, endpoint, self.project, self.instance = (os.environ[name] for name in KEYS)
        builder = roma.RomaClient.new_builder().with_credentials(BasicCredentials(key, secret, self.project))
        handler = HttpHandler().add_response_handler(self.keep)
        self.client = builder.with_endpoint(endpoint).with_http_handler(handler).build()
        self.roma, self.exceptions = roma, exceptions
        self.raw = b""
        self.folder, self.pause = folder, pause
        self.found: dict[str, list[dict[str, Any]]] = {}
        self.asked = self.saved_before = 0
        self.refused: dict[tuple[str, str], list[str]] = {}

    def keep(self, **known: Any) -> None:
        """Keep the bytes of an answer: the classes of the SDK may know less than is in it, or other types."""
        self.raw = known["response"].content

    def collect(self, call: Call) -> None:
        """Make a call, once or for each item that it is made for."""
        items = self.found.setdefault(call["operation"], [])
        each = call.get("each", {})
        if not each or call.get("also_without"):
            items += self.pages(call, {})
        wanted, value = call.get("only", (None, None))
        for operation, fields in each.items():
            # Where it is made for its own items, the list grows meanwhile.
            for item in self.found.get(operation, []):
                known = {name: item.get(field) for name, field in fields.items()}
                if None not in known.values() and (wanted is None or item.get(wanted) == value):
                    items += self.pages(call, known)

    def pages(self, call: Call, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the items of all pages of a call; the answer itself where it has no items."""
        before = 0
        while True:
            query = {**call.get("query", {}), **({call["offset"]: before} if "offset" in call else {})}
            answer = self.answer(call, known, query)
            if not isinstance(answer, dict):
                return
            items = answer.get(call["items"]) or [] if "items" in call else [answer]
            yield from (item for item in items if isinstance(item, dict))
            before += len(items)
            if "offset" not in call or not items or before >= (answer.get(call["total"]) or 0):
                return
            if before > call.get("farthest", before):
                self.refuse(call, f"the platform answers no more than {call['farthest']:,} of them")
                return

    def answer(self, call: Call, known: dict[str, Any], query: dict[str, Any]) -> Any:
        """Return an answer that is saved, or ask for it and save it; `None` where it is refused."""
        given = [f"{name}={quote(str(value), safe='')}" for name, value in {**known, **query}.items()]
        file = self.folder / call["operation"] / f"{','.join(given) or 'all'}.json"
        if file.exists():
            self.saved_before += 1
            return json.loads(file.read_text(encoding="utf-8"))["response"]
        raw = self.ask(call, {**known, **query}, always="items" in call and not known)
        if raw is None:
            return None
        path = call["path"].format(project_id=self.project, instance_id=self.instance, **quoted(known))
        in_path = {name for name in known if f"{{{name}}}" in call["path"]}
        asked = {name: value for name, value in {**known, **query}.items() if name not in in_path}
        request = {"operation": call["operation"], "path": path, "query": asked}
        try:
            answer = json.loads(raw)
        except ValueError:
            self.refuse(call, "the answer is no JSON")
            return None
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}")
        part.write_text(json.dumps({"request": request, "response": answer}, ensure_ascii=False), encoding="utf-8")
        part.replace(file)
        return answer

    def ask(self, call: Call, parameters: dict[str, Any], *, always: bool) -> bytes | None:
        """Make one call and return the bytes of its answer; raises `Stop`, or returns `None` where it is refused.

        What is `always` there, a list of the instance, is missing where it is not known. What belongs to an item may be
        gone by now.
        """
        request = getattr(self.roma, call["request"])(instance_id=self.instance, **parameters)
        for attempt in range(1, TRIES + 1):
            time.sleep(self.pause * 4 ** (attempt - 1))
            try:
                self.asked += 1
                getattr(self.client, call["method"])(request)
            except self.exceptions.ServiceResponseException as error:
                status, code = error.status_code, error.error_code
            except self.exceptions.SdkException as error:
                raise Stop(f"the platform cannot be asked: {type(error).__name__}; see ROMA_ENDPOINT") from None
            except (AttributeError, KeyError, TypeError, ValueError):
                return self.raw  # answered, and not as the classes of the SDK have it
            else:
                return self.raw
            if status == UNAUTHORIZED:
                raise Stop(f"the platform does not accept the access key ({code})")
            if status in (FORBIDDEN, NOT_FOUND):
                if status == FORBIDDEN or always:
                    self.refuse(call, f"the platform {WORDS[status]}".format(code))
                return None
            if status != TOO_MANY and status < OUT_OF_ORDER:
                break
        self.refuse(call, f"the platform answers with status {status} ({code})")
        return None

    def refuse(self, call: Call, why: str) -> None:
        """Note that something is missing."""
        self.refused.setdefault((call["operation"], why), []).append(why)


def quoted(known: dict[str, Any]) -> dict[str, str]:
    """Return parameters as they are in a path."""
    return {name: quote(str(value), safe="") for name, value in known.items()}


def main() -> int:
    """Collect all; returns the exit status."""
    parser = argparse.ArgumentParser(description="Save what an instance of ROMA Connect has, for assetpkg snapshot.")
    parser.add_argument("folder", type=Path, help="where the answers go; what is there is not asked for again")
    parser.add_argument("--pause", type=float, default=0.2, help="seconds between calls (default: 0.2)")
    options = parser.parse_args()
    try:
        collector = Collector(options.folder, options.pause)
        options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for call in CALLS:
            collector.collect(call)
            say(f"{call['operation']}: {len(collector.found[call['operation']]):,}")
    except Stop as stop:
        say(f"collect_snapshot: {stop}")
        return NOT_STARTED
    except KeyboardInterrupt:
        say("collect_snapshot: stopped; start it again to go on")
        return IN_PART
    except OSError as error:
        say(f"collect_snapshot: {options.folder} cannot be written: {error.strerror or error}")
        return NOT_STARTED
    say(f"{collector.asked:,} calls made, {collector.saved_before:,} answers were there before")
    for (operation, why), times in collector.refused.items():
        calls = "call" if len(times) == 1 else "calls"
        say(f"missing: {operation}, {len(times):,} {calls}: {why}")
    if NOT_IN_SDK:
        say(f"not asked for, since the SDK does not have it: {', '.join(NOT_IN_SDK)}; --as curl has it")
    return IN_PART if collector.refused else DONE


if __name__ == "__main__":
    sys.exit(main())
