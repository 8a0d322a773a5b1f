"""What large packages cost, counted and not timed: what is read, what is decoded, what is held."""

import gc
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import pytest

from assetpkg import ImportOptions, Mode, Package, check, documents, plan
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry
from assetpkg.kinds import KINDS
from assetpkg.package.package import load
from assetpkg.planning.changes import Action
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.benchmarks.generate import Size, drift, make_package, make_resources, make_snapshot
from tests.conftest import THOROUGH

MERGE = ImportOptions(mode=Mode.MERGE)
MANY = 2_000 if THOROUGH else 400
"""How many resources show what grows with them."""


def apis(number: int, content: int = 1_500) -> Size:
    """Return the size of a package with this many APIs in ten groups."""
    return Size(counts={"application": 2, "api_group": 10, "api": number}, content=content)


def every_kind(number: int) -> Size:
    counts = {"application": 2, "datasource": 4, "task": 2, "composite_task": 1, "api_group": 2, "api": 8, "topic": 1}
    return Size(counts={kind: count * number for kind, count in counts.items()}, content=4_000, other=number)


def contents_of(package: Package) -> dict[str, bytes]:
    return {name: entry.read() for name, entry in package.archive.entries.items()}


def lazy(contents: Mapping[str, Any]) -> Archive:
    """Return an archive whose entries are made when they are read, as those of a zip are, and counted."""
    entries = {name: Entry(name, len(content), Reader(name, content)) for name, content in contents.items()}
    return Archive(origin="package", entries=dict(sorted(entries.items())), is_folder=True)


class Reader:
    """Gives out a copy at each call, and counts."""

    read: ClassVar[Counter[str]] = Counter()

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content

    def __call__(self) -> bytes:
        Reader.read[self.name] += 1
        return bytes(bytearray(self.content))


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Collect the length of every document that is parsed; counting of what is read begins anew, too."""
    lengths: list[int] = []
    original = documents.parse

    def parse(content: bytes, *limits: Any) -> Any:
        lengths.append(len(content))
        return original(content, *limits)

    monkeypatch.setattr(documents, "parse", parse)
    Reader.read.clear()
    yield lengths
    Reader.read.clear()


def test_generated_packages_are_valid_the_same_every_time_and_of_every_kind() -> None:
    size = every_kind(2)
    package = make_package(make_resources(size), "generated")
    assert check(package) == []
    assert package.digest == make_package(make_resources(size), "generated").digest
    assert {found.path.kind for found in package.resources} >= {kind for kind, count in size.counts.items() if count}
    twin = make_package(drift(make_resources(size), size), "twin")
    assert check(twin) == []
    assert twin.digest != package.digest


def test_a_package_with_every_kind_checks_clean_and_what_is_never_imported_is_omitted() -> None:
    package = make_package(make_resources(every_kind(2), never_imported=True), "generated")
    assert check(package) == []
    actions = {change.kind: change.action for change in plan(package).changes}
    assert actions.keys() == KINDS.keys()
    assert actions == {word: Action.CREATE if kind.imported else Action.OMIT for word, kind in KINDS.items()}


def test_checking_reads_and_decodes_every_entry_once(decoded: list[int]) -> None:
    contents = contents_of(make_package(make_resources(every_kind(3)), "generated"))
    decoded.clear()
    assert check(load(lazy(contents))) == []
    assert set(Reader.read.values()) == {1}
    # A task's detail, and an API's JSON texts, are documents of their own.
    assert sum(decoded) < 2 * sum(map(len, contents.values()))


def work(number: int, decoded: list[int]) -> tuple[int, int, int]:
    """Return how many entries are read and documents and bytes decoded for loading, checking and planning."""
    made = make_resources(apis(number))
    contents = contents_of(make_package(made, "generated"))
    target = make_package(drift(made, apis(number)), "target")
    decoded.clear()
    Reader.read.clear()
    package = load(lazy(contents))
    check(package)
    instance = Instance.from_package(target)
    assert plan(package, instance, MERGE).diagnostics
    return sum(Reader.read.values()), len(decoded), sum(decoded)


def test_work_grows_with_the_number_of_resources(decoded: list[int]) -> None:
    few, many = work(MANY // 8, decoded), work(MANY, decoded)
    for small, large in zip(few, many, strict=True):
        assert large / small < 1.1 * 8


def test_planning_equal_content_decodes_nothing(decoded: list[int]) -> None:
    contents = contents_of(make_package(make_resources(every_kind(3)), "generated"))
    package, target = load(lazy(contents)), load(lazy(contents))
    decoded.clear()
    planned = plan(package, Instance.from_package(target), MERGE)
    assert {change.action for change in planned.changes} == {Action.KEEP}
    assert decoded == []


def test_planning_decodes_no_more_than_what_differs(decoded: list[int]) -> None:
    size = apis(400)
    made = make_resources(size)
    package, target = make_package(made, "package"), make_package(drift(made, size), "target")
    instance = Instance.from_package(target)
    decoded.clear()
    planned = plan(package, instance, MERGE)
    differing = [change for change in planned.changes if change.fields]
    assert 10 < len(differing) < 60
    # Both sides of each, once; what is shorter is not a document, but a JSON text inside one.
    assert len([length for length in decoded if length > 100]) == 2 * len(differing)


def held(size: Size) -> tuple[int, int, int]:
    """Return the bytes of a package's resources, what its index holds, and the most that loading it took."""
    made = make_resources(size)
    contents = contents_of(make_package(made, "generated"))
    archive = lazy(contents)
    gc.collect()
    tracemalloc.start()
    try:
        package = load(archive)
        assert len(package.resources) == len(made)
        gc.collect()
        now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return sum(map(len, contents.values())), now, peak


def test_memory_follows_counts_and_not_sizes() -> None:
    small_bytes, small_held, _ = held(apis(MANY // 4, content=2_000))
    large_bytes, large_held, large_peak = held(apis(MANY // 4, content=16_000))
    assert large_bytes > 5 * small_bytes
    # Five times the content in as many resources is about the same index: only references and pointers grow.
    assert large_held < 1.5 * small_held
    assert large_peak < large_bytes / 2


def test_the_index_of_many_resources_is_a_fraction_of_them() -> None:
    total, index, peak = held(apis(MANY, content=8_000))
    assert total > 7_500 * MANY
    assert index < total / 4
    assert peak < total / 3


APIS = 5_000 if THOROUGH else 2_000
"""An instance holds 5,000; the daily run takes a part of that, which is as far past every threshold."""


def test_an_instance_full_of_apis_is_checked_and_planned() -> None:
    size = Size(counts={"application": 5, "api_group": 50, "api": APIS}, content=1_000)
    made = make_resources(size)
    package = make_package(made, "generated")
    assert check(package) == []
    instance = parse_snapshot(make_snapshot(drift(made, size), "target"), "target.json")
    planned = plan(package, instance, MERGE)
    assert len(planned.changes) == APIS + 55
    assert planned.count(Action.KEEP) > 0.9 * APIS
    assert planned.count(Action.CREATE) > 0
    assert planned.untouched > 0
