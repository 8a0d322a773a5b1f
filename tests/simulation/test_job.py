"""Answers about asset jobs, in every spelling that the pages have, and whatever else may come."""

from typing import Any

import pytest

from assetpkg import AssetpkgError, JobReason, Prediction, parse_job, reconcile
from tests.build import encode
from tests.tables import every_row

REASON = {"resource_type": "application", "resource_name": "Shop"}


@every_row(
    ("word", "status"),
    [
        ("RUNNING", "RUNNING"),
        ("Running", "RUNNING"),
        ("SUCCEEDED", "SUCCEEDED"),
        ("Success", "SUCCEEDED"),
        ("FAILED", "FAILED"),
        ("Failed", "FAILED"),
        ("Finished", "FINISHED"),
        ("failed", "FAILED"),
    ],
)
def test_every_spelling_of_the_status(word: str, status: str) -> None:
    assert parse_job(encode({"status": word}), "JOB.json").status == status


@pytest.mark.parametrize("key", ["reason", "reasons"])
def test_both_names_of_the_reasons(key: str) -> None:
    job = parse_job(encode({"status": "FAILED", key: [REASON, REASON]}), "JOB.json")
    assert job.reasons == (JobReason("application", "Shop", None, None),)


def test_both_names_at_once_lose_nothing() -> None:
    other = {**REASON, "resource_name": "Till"}
    job = parse_job(encode({"status": "FAILED", "reason": [REASON], "reasons": [REASON, other]}), "JOB.json")
    assert [reason.resource_name for reason in job.reasons] == ["Shop", "Till"]


@every_row(
    ("document", "why"),
    [
        ({"status": "Done"}, "its status is 'Done'"),
        ({"status": ""}, "its status is ''"),
        ({"status": None}, "its status is ''"),
        ({"status": True}, "at '/status', a text is needed"),
        ({"status": ["FAILED"]}, "at '/status', a text is needed"),
        ({"status": "password=hunter22"}, r"its status is 'password=\*\*\*'"),
        ({}, "it has no 'status'"),
        ([], "it is a JSON list"),
        ({"error_code": "ROMA.10012"}, "it is an error, ROMA.10012"),
        ({"status": "FAILED", "reasons": {}}, "at '/reasons', a list of reasons is needed"),
        ({"status": "FAILED", "reason": [7]}, "at '/reason/0', a reason is needed"),
        ({"status": "FAILED", "reason": [{**REASON, "resource_name": None}]}, "no 'resource_name'"),
        ({"status": "FAILED", "reason": [{**REASON, "error_msg": {}}]}, "at '/reason/0/error_msg', a text"),
        ({"status": "FAILED", "progress_percent": 40}, "at '/progress_percent', a number between 0 and 1"),
        ({"status": "FAILED", "progress_percent": True}, "at '/progress_percent', a number between 0 and 1"),
        ({"status": "FAILED", "id": []}, "at '/id', a text is needed"),
    ],
)
def test_what_is_no_answer_is_refused(document: Any, why: str) -> None:
    with pytest.raises(AssetpkgError, match=f"JOB.json is not an answer about a job: .*{why}"):
        parse_job(encode(document), "JOB.json")


@every_row("content", [b"", b"\xff", b"{", b'{"status": NaN}', b"[" * 200, b'{"status": "\\ud800"}'])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(AssetpkgError, match="is not an answer about a job"):
        parse_job(content, "JOB.json")


def test_credentials_are_masked() -> None:
    reason = {**REASON, "error_msg": "cannot reach mysql://root:hunter22@db/orders"}
    job = parse_job(encode({"status": "FAILED", "reason": [reason]}), "JOB.json")
    assert "hunter22" not in repr(job)


def test_a_job_that_is_no_import_is_refused() -> None:
    job = parse_job(encode({"status": "FAILED", "type": "exportAsset"}), "JOB.json")
    with pytest.raises(AssetpkgError, match="its type is 'exportAsset'"):
        reconcile(Prediction(reasons=(), elsewhere=()), job)


def test_a_text_that_is_too_long_says_that_it_is_cut() -> None:
    reason = {**REASON, "error_msg": "x" * 1_001}
    job = parse_job(encode({"status": "FAILED", "reason": [reason]}), "JOB.json")
    assert job.reasons[0].error_msg == f"{'x' * 999}…"


def test_a_credential_that_would_be_cut_in_two_is_masked_first() -> None:
    for length in range(970, 1000):
        text = "x" * length + "https://root:S3cretPWx@host/db"
        reason = {"resource_type": "App", "resource_name": "a", "error_msg": text}
        job = parse_job(encode({"status": "FAILED", "reason": [reason]}), "job.json")
        assert "S3" not in str(job.reasons[0].error_msg)
        with pytest.raises(AssetpkgError) as caught:
            parse_job(encode({"error_code": text}), "job.json")
        assert "S3" not in str(caught.value)
