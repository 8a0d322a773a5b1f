"""Formatting changes the form of files, and nothing that they mean; a second time, it changes nothing."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import assetpkg
from assetpkg.authoring.fmt import fmt
from assetpkg.package.package import Package, load
from tests.build import make_package
from tests.laws.strategies import laws, packages


def as_spelled(content: bytes) -> Any:
    """Return a document in which numbers are equal only where they are spelled alike."""
    return json.loads(content, parse_int=lambda text: ("number", text), parse_float=lambda text: ("number", text))


def findings(package: Package) -> Counter[tuple[str | None, ...]]:
    """Return what is found, but for the lines."""
    found = assetpkg.check(package)
    return Counter((one.code, one.address, one.location.entry, one.location.pointer, one.message) for one in found)


def assert_only_the_form_differs(package: Package) -> None:
    plain, all_of_it = fmt(package), fmt(package, texts=True)
    for file in plain.changed:
        assert file.before is not None
        assert file.after is not None
        assert as_spelled(file.after) == as_spelled(file.before)
        assert file.after != file.before
        assert file.after.endswith(b"\n")
        assert b"\r" not in file.after
    for formatted in (plain, all_of_it):
        made = formatted.package
        assert [found.address for found in made.resources] == [found.address for found in package.resources]
        assert findings(made) == findings(package)
        assert not any(change.fields for change in assetpkg.plan(made, package, mode="Merge").changes)
        # Read anew, and not only as it is known in memory.
        again = load(made.archive)
        assert fmt(again, texts=formatted is all_of_it).changed == ()
        assert again.digest == made.digest
    assert fmt(all_of_it.package).changed == ()


@laws
@given(packages())
def test_formatting_changes_the_form_only(package: Package) -> None:
    assert_only_the_form_differs(package)


def test_documents_in_strings_mean_the_same() -> None:
    detail = '{"mapping": [1.0, 1e5], "target_ds_id": "ds-1", "source_ds_id": "ds-1"}'
    task = {
        "task_name": "sync_orders",
        "task_id": "task-1",
        "task_type": "REALTIME",
        "task_detail": detail,
        "source_datasource_id": "ds-1",
        "target_datasource_id": "ds-1",
    }
    package = make_package({"tasks/sync_orders.json": task})
    assert_only_the_form_differs(package)
    inside = fmt(package, texts=True).package.document("task/sync_orders")["task_detail"]
    assert inside.startswith('{\n  "')
    assert as_spelled(inside.encode()) == as_spelled(detail.encode())
    assert list(fmt(package).package.document("task/sync_orders"))[:2] == ["task_id", "task_name"]


def test_a_text_that_would_be_too_long_stays_as_it_is() -> None:
    content = json.dumps({"response_headers": [{"name": "X", "value": "y", "action": "append"}] * 1_000})
    plugin = {
        "plugin_name": "headers",
        "plugin_content": content,
        "plugin_scope": "global",
        "plugin_type": "set_resp_headers",
    }
    assert len(content) < 65_535 < len(json.dumps(json.loads(content), indent=2))
    package = make_package({"plugins/headers.json": plugin})
    formatted = fmt(package, texts=True)
    assert formatted.package.document("plugin/headers")["plugin_content"] == content
    assert "plugins/headers.json" in {file.entry for file in formatted.changed}
    assert_only_the_form_differs(package)


def test_what_would_be_more_than_is_read_is_left(tmp_path: Path) -> None:
    assetpkg.new_package(tmp_path / "shop", "shop")
    file = tmp_path / "shop" / "applications" / "Shop.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"x-deep": [[[[]]] * 50], "name": "Shop"}))
    package = assetpkg.read(tmp_path / "shop", limits=assetpkg.Limits(document=file.stat().st_size + 9))
    formatted = fmt(package)
    assert formatted.changed == ()
    assert [left.entry for left in formatted.left] == ["applications/Shop.json"]
    assert "more than is read" in formatted.left[0].reason
    # As it is now, and not as it was when it was read.
    formatted = fmt(assetpkg.read(tmp_path / "shop"))
    file.write_text('{"name": "Shop", "remark": "changed meanwhile"}')
    with pytest.raises(assetpkg.CannotWrite, match="has changed since it was read"):
        formatted.write(tmp_path / "shop")
    assert "meanwhile" in file.read_text()
