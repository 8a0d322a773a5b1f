"""Clients that people have, unmodified: the official SDK, curl, and the scripts that collect a snapshot."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials  # type: ignore[import-untyped]
from huaweicloudsdkcore.exceptions.exceptions import (  # type: ignore[import-untyped]
    ClientRequestException,
    ConnectionException,
    ServerResponseException,
)
from huaweicloudsdkcore.http.formdata import FormFile  # type: ignore[import-untyped]
from huaweicloudsdkroma.v2 import RomaClient, model  # type: ignore[import-untyped]

import assetpkg
from assetpkg import Endpoint
from assetpkg.target.answers.collecting import read_answers
from tests.build import make_instance
from tests.conftest import SAMPLES, THOROUGH
from tests.simulator.client import ask, ended
from tests.simulator.collecting import Get, collect
from tests.simulator.conftest import HERE, SHOP
from tests.simulator.telling import every, hold
from tests.target.instances import everything
from tests.target.test_scripts import script_for_curl

AK, SK = "AKIDOFNOBODY", "secret-key-that-nobody-prints"
Import = Callable[..., Any]


def client_of(endpoint: Endpoint) -> Any:
    credentials = BasicCredentials(AK, SK, endpoint.project_id)
    return RomaClient.new_builder().with_credentials(credentials).with_endpoint(endpoint.url).build()


@pytest.fixture(autouse=True)
def _closed_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what the SDK opens to send, which it leaves to the collector of garbage."""
    opened: list[Any] = []
    open_it = FormFile.__init__

    def kept(self: Any, *arguments: Any) -> None:
        open_it(self, *arguments)
        opened.append(self)

    monkeypatch.setattr(FormFile, "__init__", kept)
    yield
    for file in opened:
        file.close()


def request_of(endpoint: Endpoint, path: Path) -> Any:
    body = model.ImportAssetRequestBody(import_asset_request_body=FormFile(str(path)))
    return model.ImportAssetRequest(instance_id=endpoint.instance_id, body=body)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "shop.zip"
    path.write_bytes(SHOP)
    return path


def test_the_official_sdk_imports_polls_exports_and_deletes(endpoint: Endpoint, package: Path) -> None:
    client, request = client_of(endpoint), request_of(endpoint, package)
    job_id = client.import_asset(request).job_id
    ended(endpoint, job_id)
    job = client.check_asset_job_status(model.CheckAssetJobStatusRequest(endpoint.instance_id, job_id))
    assert (job.status, job.type, job.reasons, job.progress_percent) == ("SUCCEEDED", "importAsset", [], 1.0)
    with pytest.raises(ClientRequestException) as again:
        client.import_asset(request)  # the file was read to its end: what is sent has no bytes
    assert (again.value.status_code, again.value.error_code) == (403, "ROMA.10011")
    assert again.value.request_id
    invoker = client.import_asset_invoker(request_of(endpoint, package))
    invoker._http_info["query_params"] += [("type", "Merge"), ("prefix", "dev ")]  # noqa: SLF001 - the SDK has no other way
    merged = ended(endpoint, invoker.invoke().job_id)
    assert endpoint.jobs()[0] == merged
    body = model.AssetExportRequest(apps=[model.AssetExportRequestApps(id="app-1")], tasks=[])
    export = client.export_asset(model.ExportAssetRequest(endpoint.instance_id, body)).job_id
    archive = ended(endpoint, export)["archive_id"]
    found: list[bytes] = []
    download = client.download_asset_archive(model.DownloadAssetArchiveRequest(endpoint.instance_id, archive))
    download.consume_download_stream(lambda response: found.extend(response.iter_content(1 << 20)))
    assert b"".join(found).startswith(b"PK")
    with pytest.raises(ClientRequestException) as gone:
        client.download_asset_archive(model.DownloadAssetArchiveRequest(endpoint.instance_id, archive))
    assert gone.value.status_code == 404
    delete = model.AssetOperateRequest(apps=[model.AssetExportRequestApps(id="app-2")], tasks=[])
    assert ended(endpoint, client.delete_asset(model.DeleteAssetRequest(endpoint.instance_id, delete)).job_id)
    assert "application/Billing" not in endpoint.instance.index.by_address
    assert not [word for word in (AK, SK) if word in "\n".join(endpoint.log)]


def test_failures_on_request_reach_the_sdk_as_its_exceptions(endpoint: Endpoint, package: Path) -> None:
    client = client_of(endpoint)

    def failing() -> Any:
        try:
            return client.import_asset(request_of(endpoint, package)).job_id
        except (ClientRequestException, ServerResponseException) as error:
            return error.status_code
        except ConnectionException:
            return "cut"

    endpoint.fail(status=429, times=2)
    told = [failing(), failing()]
    endpoint.fail(status=503)
    told.append(failing())
    endpoint.fail(expired_token=True)
    told.append(failing())
    endpoint.fail()
    assert told == [429, 429, 503, 403]
    endpoint.fail(fail_halfway=True)
    before = len(endpoint.instance.index.resources)
    job = ended(endpoint, failing())
    assert (job["status"], len(job["reasons"])) == ("FAILED", 1)
    assert before < len(endpoint.instance.index.resources) < before + 6
    endpoint.fail()
    endpoint.fail(cut=1)
    with pytest.raises(Exception, match=r"(?i)incomplete|connection|broken"):
        client.import_asset(request_of(endpoint, package))
    with pytest.raises(assetpkg.InvalidOption, match="no failure is named 'statsu'; did you mean 'status'"):
        endpoint.fail(statsu=1)


@contextmanager
def environment(endpoint: Endpoint) -> Iterator[dict[str, str]]:
    own = {
        "HUAWEICLOUD_SDK_AK": AK, "HUAWEICLOUD_SDK_SK": SK, "X_AUTH_TOKEN": "a-token-that-nobody-prints",
        "ROMA_ENDPOINT": endpoint.url, "FUNCTIONGRAPH_ENDPOINT": endpoint.url, "PAUSE": "0",
        "ROMA_PROJECT_ID": endpoint.project_id, "ROMA_INSTANCE_ID": endpoint.instance_id,
        "PROJECT_ID": endpoint.project_id, "INSTANCE_ID": endpoint.instance_id,
    }  # fmt: skip
    yield {**os.environ, **own}


def over(endpoint: Endpoint) -> Get:
    """Return what asks a stand-in, and takes a refusal for what it is."""

    def get(path: str, query: Mapping[str, str]) -> Any:
        answer = ask(endpoint, "GET", f"{path}?{urlencode(query)}")
        return answer.json if answer.status == 200 else None

    return get


def test_a_snapshot_that_is_collected_is_what_is_there(tmp_path: Path) -> None:
    """In the thorough run the script of the samples collects it, with the official SDK."""
    instance = make_instance(everything(), **HERE)
    with assetpkg.emulator(instance) as at, environment(at) as variables:
        if THOROUGH:
            script = [sys.executable, str(SAMPLES / "collect_snapshot.py"), str(tmp_path / "answers"), "--pause", "0"]
            subprocess.run(script, env=variables, capture_output=True, check=False)
            found = read_answers(tmp_path / "answers", complete=["application"]).instance
        else:
            found = collect(over(at), most=2, project=at.project_id, instance=at.instance_id).instance
    hold(instance, found, (lambda call: call.in_sdk) if THOROUGH else every)


def test_the_script_for_curl_collects_functions_and_mappings(tmp_path: Path) -> None:
    urns = [f"urn:fss:r-1:p-1:function:default:f{number}" for number in range(3)]
    functions = [{"urn": urn, "version": "latest", "alias": alias} for urn in urns for alias in ("", "stable")]
    instance = make_instance(everything(), functions=functions, **HERE)
    with assetpkg.emulator(instance) as at, environment(at) as variables:
        script = ["/bin/sh", "-c", script_for_curl("composite_task", "functions"), "collect", str(tmp_path / "answers")]
        done = subprocess.run(script, env=variables, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    found = read_answers(tmp_path / "answers").instance
    assert {(each.urn, each.version, each.alias or "") for each in found.functions or ()} == {
        (urn, "latest", alias) for urn in urns for alias in ("", "stable")
    }
    (task,) = found.index.resources_of("composite_task")
    assert found.document(task)["mappings"][0]["target_datasource_id"] == "ds-1"


def test_curl_as_in_the_manual(tmp_path: Path, endpoint: Endpoint, package: Path) -> None:
    with environment(endpoint) as variables:
        call = (
            'curl --silent --show-error --fail-with-body -H "X-Auth-Token: $X_AUTH_TOKEN"'
            f' -F "ImportAssetRequestBody=@{package}"'
            ' "$ROMA_ENDPOINT/v2/$PROJECT_ID/instances/$INSTANCE_ID/assets/import?type=Merge&prefix=dev_"'
        )
        done = subprocess.run(["/bin/sh", "-c", call], env=variables, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert ended(endpoint, json.loads(done.stdout)["job_id"])["status"] == "SUCCEEDED"
        script = ["/bin/sh", "-c", script_for_curl("application"), "collect", str(tmp_path / "answers")]
        collected = subprocess.run(script, env=variables, capture_output=True, check=False, encoding="utf-8")
    assert collected.returncode == 0, collected.stderr
    names = {one.name for one in read_answers(tmp_path / "answers", complete=["application"]).instance.index.resources}
    assert names == {"Billing", "dev_Shop"}
