"""Saved plans are read again however large they are, within limits of their own."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from assetpkg import CannotRead, ImportOptions, plan
from assetpkg.limits import DEEPEST, DEFAULT_LIMITS, MIB, Limits
from assetpkg.render import json_v1
from assetpkg.report.plan import report_plan
from assetpkg.report.saved import parse_plan, read_plan
from tests.build import make_package
from tests.conftest import Cli


def planned(before: Any = None, times: int = 1) -> bytes:
    """Return a saved plan with one change of one field, which was `before`; as often as asked for."""
    package = make_package()
    made = plan(package, None, ImportOptions())
    document = json.loads(json_v1.render(report_plan(made)))
    field = {"pointer": "/remark", "before": before, "after": None, "secret": False}
    changes = [{**document["changes"][0], "fields": [field]}] * times
    return json.dumps({**document, "changes": changes}, indent=2).encode()


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def test_a_plan_larger_than_a_document_is_read_in_a_few_times_its_size() -> None:
    content = planned("x" * 10_000, 2_000)
    assert len(content) > DEFAULT_LIMITS.document == 16 * MIB
    tracemalloc.start()
    try:
        saved = parse_plan(content, "PLAN.json")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(saved.changes) == 2_000
    assert {len(change.fields[0].before) for change in saved.changes} == {10_000}
    assert peak < 4 * len(content)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(nested(DEFAULT_LIMITS.depth), id="as deep as a document"),
        pytest.param("\\" * (3 * MIB), id="a text of twice as many characters as it had"),
        pytest.param([0] * (DEFAULT_LIMITS.values + 1), id="more values than a document"),
    ],
)
def test_a_plan_may_tell_of_whole_documents(before: Any) -> None:
    assert parse_plan(planned(before), "PLAN.json").changes[0].fields[0].before == before


@pytest.mark.parametrize("levels", [DEEPEST + 1, DEEPEST + 10, DEEPEST + 11])
def test_a_plan_that_is_too_deep_for_any_limit_is_refused_in_one_sentence(levels: int) -> None:
    limits, above = Limits(depth=DEEPEST), 5  # the plan, its changes, one of them, its fields, and one of these
    deepest = nested(DEEPEST - above)
    assert parse_plan(planned(deepest), "PLAN.json", limits).changes[0].fields[0].before == deepest
    with pytest.raises(CannotRead) as caught:
        parse_plan(planned(nested(levels - above)), "PLAN.json", limits)
    assert str(caught.value) == (
        "PLAN.json is not a saved plan: nested more than 200 levels deep; flatten the document; 'depth' cannot be"
        " raised this far"
    )


def test_a_package_with_as_many_entries_as_there_may_be_has_room_in_a_plan() -> None:
    assert DEFAULT_LIMITS.entries * (len(planned("x" * 1_000, 2)) - len(planned("x" * 1_000))) < DEFAULT_LIMITS.plan


@pytest.mark.parametrize(
    ("small", "sentence"),
    [
        (
            Limits(plan=1_000),
            "{path} is {size:,} bytes long; at most 1,000 are read; {hint} plan={kib}KiB",
        ),
        (
            Limits(plan_values=99),
            "{path} has {values:,} values and names of members; at most 99 are read; {hint} plan-values={values}",
        ),
    ],
)
def test_beyond_a_limit_the_true_size_is_told_and_what_to_do(tmp_path: Path, small: Limits, sentence: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(planned())
    size = path.stat().st_size
    with pytest.raises(CannotRead) as caught:
        read_plan(path, small)
    told = str(caught.value)
    values = int(told.rpartition("=")[2]) if "values" in told else 0
    hint = "to read it anyway, use --limit"
    assert told == sentence.format(path=path, size=size, kib=-(-size // 1024), values=values, hint=hint)
    enough = small._replace(plan=DEFAULT_LIMITS.plan) if not values else small._replace(plan_values=values)
    assert len(read_plan(path, enough).changes) == 1


@pytest.mark.parametrize("command", ["show", "verify", "reconcile"])
def test_every_command_that_reads_a_plan_heeds_its_limit(cli: Cli, tmp_path: Path, command: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(planned())
    rest = {"show": [], "verify": ["--package", "samples/order-center"], "reconcile": ["job.json"]}[command]
    ran = cli(command, str(path), *rest, "--limit", "plan=9")
    assert ran.returncode == 2
    assert b"at most 9 are read; to read it anyway, use --limit plan=" in ran.stderr
