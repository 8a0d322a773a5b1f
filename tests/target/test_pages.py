"""A snapshot that stays on the disk: found in it is what is found in a text, wherever a page of it ends."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg import CannotRead, documents, read_target
from assetpkg.archive.zip import BytesSource
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.target import pages
from assetpkg.target.pages import NoJson, Pages
from assetpkg.target.snapshot import parse_snapshot
from tests.build import APPLICATION, TOPIC, edited, encode, make_snapshot

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def walked(content: bytes) -> tuple[list[tuple[Any, bytes]], int]:
    """Return the members of what is on top, each with its bytes, and the offset after all."""
    document = Pages(BytesSource(content), DEFAULT_LIMITS)
    found = []

    def take(key: str | int, _: int, start: int) -> int:
        end = document.value_end(start)
        found.append((key, document.content(start, end)))
        return end

    return found, document.walk(document.skip_space(0), take)


@pytest.fixture(params=[1, 3, 16])
def small_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_PAGE", request.param)


@given(
    value=st.dictionaries(st.text(max_size=6), values, max_size=4) | st.lists(values, max_size=4),
    size=st.integers(min_value=1, max_value=40),
    wide=st.booleans(),
)
def test_members_are_found_in_pages_of_any_size(value: dict[str, Any] | list[Any], size: int, *, wide: bool) -> None:
    content = json.dumps(value, ensure_ascii=not wide, indent=3 if wide else None).encode("utf-8", "replace")
    value = json.loads(content)
    with patch.object(pages, "_PAGE", size):
        found, end = walked(b"  " + content)
    expected = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    assert [(key, json.loads(part)) for key, part in found] == expected
    assert end == 2 + len(content)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    ("content", "offset"),
    [(b'{"a" 1}', 5), (b'{"a": 1 "b": 2}', 8), (b"{", 1), (b'{"a": tru}', 6), (b"[1, ]", 4), ("[“]".encode(), 1)],
)
def test_what_is_no_json_is_found_where_it_is(content: bytes, offset: int) -> None:
    with pytest.raises(NoJson) as caught:
        walked(content)
    assert caught.value.offset == offset


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("content", [b"\xef\xbb\xbf{}", b'{"a": "\xff"}', '{"a": "订'.encode()[:-1]])
def test_what_is_no_utf8_is_refused_as_any_document_is(content: bytes) -> None:
    with pytest.raises(documents.InvalidDocument) as expected:
        documents.decode(content)
    with pytest.raises(documents.InvalidDocument) as caught:
        Pages(BytesSource(content), DEFAULT_LIMITS).check_encoding()
    assert caught.value.faults == expected.value.faults


@pytest.mark.usefixtures("small_pages")
def test_a_snapshot_in_small_pages_is_the_same() -> None:
    content = encode(make_snapshot({"application": [APPLICATION], "topic": [TOPIC, edited(TOPIC, name="订单")]}))
    found = parse_snapshot(content, "target.json")
    assert [str(resource.path) for resource in found.index.resources] == [
        f"application/{APPLICATION['name']}",
        *sorted((f"topic/{TOPIC['name']}", "topic/订单")),
    ]
    assert found.document(found.index.resources_of("application")[0]) == APPLICATION


def test_a_resource_that_was_changed_on_the_disk_is_not_taken_for_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "target.json"
    content = encode(make_snapshot({"topic": [TOPIC]}))
    path.write_bytes(content)
    target = read_target(path)
    topic = target.index.resources[0]
    assert target.document(topic) == TOPIC
    path.write_bytes(content.replace(encode(TOPIC["name"]).strip(), b'"' + b"x" * len(TOPIC["name"]) + b'"'))
    with pytest.raises(CannotRead, match="was changed while it was read"):
        target.document(topic)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_snapshot_with_a_byte_order_mark_is_read_from_a_file(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "target.json"
    path.write_bytes(encode(make_snapshot({"topic": [TOPIC]})).decode().encode(encoding))
    target = read_target(path)
    assert target.document(target.index.resources[0]) == TOPIC
