"""The story: a package goes from one stand-in to another, by the SDK and by curl, and ends as was planned."""

import json
import subprocess
from pathlib import Path

import assetpkg
from assetpkg import Endpoint, Mode, Plan, reconcile
from assetpkg.simulation.job import parse_job
from tests.conftest import SAMPLES
from tests.laws.strategies import unpacked
from tests.simulator.client import TOKEN, ask, ended
from tests.simulator.collecting import collect
from tests.simulator.test_clients import client_of, over, request_of

ADAPTING = """
format = "assetpkg-adapt/1"

[resources."datasource/mysql-orders".values]
"/content/host" = "db.test.example.com"
"""


def exported(source: Endpoint) -> bytes:
    """Export all applications and tasks, poll, and download the archive."""
    index = source.instance.index
    chosen = {
        "apps": [{"id": each.id} for each in index.resources_of("application")],
        "tasks": [{"id": each.id} for kind in ("task", "composite_task") for each in index.resources_of(kind)],
    }
    job = ask(source, "POST", "export", json.dumps(chosen).encode()).json["job_id"]
    archive = ended(source, job)["archive_id"]
    return ask(source, "GET", f"archives/{archive}").content


def snapshot(of: Endpoint, path: Path) -> Path:
    """Collect what is there by the calls that read, and save it as a snapshot."""
    found = collect(over(of), most=50, project=of.project_id, instance=of.instance_id)
    assetpkg.write_snapshot(found.instance, path)
    return path


def curl(to: Endpoint, path: Path, query: str) -> str:
    token = f"X-Auth-Token: {TOKEN['X-Auth-Token']}"
    call = ["curl", "-sS", "-H", token, "-F", f"ImportAssetRequestBody=@{path}", f"{to.assets}/import?{query}"]
    answer = subprocess.run(call, capture_output=True, check=True).stdout
    found: str = json.loads(answer)["job_id"]
    return found


def foretold(plan: Plan, job: object) -> None:
    """Hold the predicted job against the one that there was."""
    found = reconcile(plan.prediction, parse_job(json.dumps(job).encode(), "the job"))
    assert found.all_foreseen
    assert not found.wrong


def test_from_one_instance_to_another(tmp_path: Path) -> None:
    known = assetpkg.read_target(SAMPLES / "staging.json").covers
    empty = assetpkg.Instance.from_documents({kind: [] for kind in known}, name="test")
    (tmp_path / "test.toml").write_text(ADAPTING, encoding="utf-8")
    with assetpkg.emulator(SAMPLES / "production.json") as source, assetpkg.emulator(empty) as test:
        package = unpacked(exported(source))
        assert len(package.resources) >= 10
        adapted = assetpkg.adapt(package, tmp_path / "test.toml").package
        assert adapted is not None
        assetpkg.write(adapted, tmp_path / "shop.zip")

        # AddNew by the official SDK, as was planned against a snapshot that was collected.
        plan = assetpkg.plan(adapted, snapshot(test, tmp_path / "before.json"))
        assert not plan.conflicts
        job = ended(test, client_of(test).import_asset(request_of(test, tmp_path / "shop.zip")).job_id)
        assert job["status"] == "SUCCEEDED"
        foretold(plan, job)
        (changed,) = (each for each in test.instance.index.resources_of("datasource") if each.name == "mysql-orders")
        assert test.instance.document(changed)["content"]["host"] == "db.test.example.com"

        # The same again is refused by the job, for the reasons that are predicted.
        again = assetpkg.plan(adapted, snapshot(test, tmp_path / "after.json"))
        failed = ended(test, client_of(test).import_asset(request_of(test, tmp_path / "shop.zip")).job_id)
        assert failed["status"] == "FAILED"
        foretold(again, failed)

        # Merge with a prefix by curl; a second time it changes nothing.
        merge = assetpkg.plan(adapted, tmp_path / "after.json", mode=Mode.MERGE, prefix="dev_")
        done = ended(test, curl(test, tmp_path / "shop.zip", "type=Merge&prefix=dev_"))
        assert (done["status"] == "SUCCEEDED") == (not merge.conflicts)
        before = test.instance.digest
        second = ended(test, curl(test, tmp_path / "shop.zip", "type=Merge&prefix=dev_"))
        assert second["status"] == done["status"]
        assert test.instance.digest == before
