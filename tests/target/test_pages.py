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
from assetpkg.target.snapshot import parse_snapshot, write_snapshot
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


LINES = st.sampled_from(["", "  ", "      ", "\t", "        "])
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n"])


def everything(content: bytes) -> tuple[Any, ...] | str:
    """Return all that is known of a snapshot, or why it is none."""
    try:
        found = parse_snapshot(content, "target.json")
    except CannotRead as error:
        return str(error)
    return found.name, found.index, [found.document(resource) for resource in found.index.resources]


def slowly(content: bytes) -> tuple[Any, ...] | str:
    """Return the same of a snapshot of which each value is looked at for its end."""
    with patch.object(Pages, "closing_of", return_value=""):
        return everything(content)


SNAPSHOT = make_snapshot(
    {
        "application": [
            APPLICATION,
            edited(APPLICATION, name="B", id="b", key="b", app_info={"a": {"b": {}}, "c": [{}]}),
        ],
        "topic": [TOPIC, edited(TOPIC, name="订单"), edited(TOPIC, name="last", description="} \n      }")],
    }
)


@given(
    indent=st.sampled_from([None, 0, 1, 2, 4]),
    marks=st.sampled_from([(",", ":"), (", ", ": ")]),
    draw=st.data(),
    page=st.sampled_from([1, 16, 2**16]),
)
def test_a_snapshot_is_the_same_in_whatever_lines_it_is_written(
    indent: int | None, marks: tuple[str, str], draw: st.DataObject, page: int
) -> None:
    lines = json.dumps(SNAPSHOT, indent=indent, separators=marks, ensure_ascii=False).split("\n")
    for at in draw.draw(st.sets(st.integers(0, len(lines) - 1), max_size=8)):
        lines[at] = draw.draw(LINES) + lines[at].lstrip()
    joined = draw.draw(st.lists(st.integers(0, len(lines) - 1), max_size=4))
    parts = [f"{' ' if at in joined else draw.draw(BREAKS)}{line}" for at, line in enumerate(lines)]
    content = "".join(parts).encode()
    with patch.object(pages, "_PAGE", page):
        found = everything(content)
    assert found == slowly(content)
    assert not isinstance(found, str)


@given(st.data())
def test_a_snapshot_that_is_none_is_none_for_the_same_reason(data: st.DataObject) -> None:
    content = bytearray(json.dumps(SNAPSHOT, indent=2, ensure_ascii=False).encode())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=3)):
        content[at] = data.draw(st.sampled_from([*b' "{}[],:0\n', 0xFF, 0xED, 0xA0]))
    assert everything(bytes(content)) == slowly(bytes(content))


def test_what_is_written_in_lines_is_read_without_a_look_at_each_value(tmp_path: Path) -> None:
    write_snapshot(parse_snapshot(encode(SNAPSHOT), "target.json"), tmp_path / "target.json")
    with patch.object(documents, "value_end", side_effect=documents.value_end) as looked:
        assert len(read_target(tmp_path / "target.json").index.resources) == 5
    # The members beside the resources, and the names of all.
    assert looked.call_count == sum(2 if key != "resources" else 1 for key in SNAPSHOT) + len(SNAPSHOT["resources"])


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
