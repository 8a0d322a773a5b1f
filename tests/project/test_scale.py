"""What large packages cost, counted and not timed: what is read, what is decoded, what is held."""

import gc
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import pytest

from assetpkg import ImportOptions, Mode, check, documents, plan
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry
from assetpkg.authoring.generate import Blueprint, draft
from assetpkg.authoring.recipes import RECIPES
from assetpkg.kinds import KINDS
from assetpkg.package.package import load
from assetpkg.planning.changes import Action
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.conftest import THOROUGH

MERGE = ImportOptions(mode=Mode.MERGE)
MANY = 2_000 if THOROUGH else 400
"""How many resources show what grows with them."""


def apis(number: int, content: int = 1_500) -> Blueprint:
    """Return a package with this many APIs in ten groups."""
    return draft({"application": 2, "api_group": 10, "api": number}, content)


def every_kind(number: int) -> Blueprint:
    """Return a package with this many resources of each kind that is imported, and more of some."""
    more = {"application": 2, "datasource": 4, "task": 2, "api_group": 2, "api": 8}
    return draft({kind: number * more.get(kind, 1) for kind in RECIPES}, 4_000)


def alone(number: int) -> Blueprint:
    """Return the same without authorizers, whose fitness for an API is judged by their own documents."""
    counts = {kind: count for kind, count in every_kind(number).maker.counts.items() if kind != "authorizer"}
    return draft(counts, 4_000)


NEVER_IMPORTED: Mapping[str, Mapping[str, Any]] = {
    "dictionary": {"name": "Colours", "code": "colours"},
    "environment": {"id": "env-1", "name": "TEST"},
    "environment_variable": {"variable_name": "host", "env_id": "env-1"},
    "domain": {"url_domain": "orders.example.com"},
    "throttling_policy": {"name": "slow"},
    "access_control_policy": {"acl_name": "office"},
    "signature_key": {"name": "backend-key"},
    "app_code": {"id": "code-1"},
    "client_quota": {"name": "few"},
    "device": {"device_name": "scale-7", "node_id": "scale-7"},
    "rule": {"name": "forward"},
}
"""A document of each of the other kinds but one, which needs an application."""


def contents_of(blueprint: Blueprint) -> dict[str, bytes]:
    return {name: entry.read() for name, entry in blueprint.archive().entries.items()}


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
    """Collect the length of every document that is read; counting of what is read begins anew, too."""
    lengths: list[int] = []

    def noting(original: Callable[..., Any]) -> Callable[..., Any]:
        def read(content: bytes, *limits: Any) -> Any:
            lengths.append(len(content))
            return original(content, *limits)

        return read

    for name in ("parse", "read_again"):
        monkeypatch.setattr(documents, name, noting(getattr(documents, name)))
    Reader.read.clear()
    yield lengths
    Reader.read.clear()


def test_a_package_with_every_kind_checks_clean_and_what_is_never_imported_is_omitted() -> None:
    package = load(every_kind(2).archive())
    package = package.with_resources(NEVER_IMPORTED.items())
    package = package.with_resource("client_access_control", {"app_id": package.resources[0].id})
    assert check(package) == []
    actions = {change.kind: change.action for change in plan(package).changes}
    assert actions.keys() == KINDS.keys()
    assert actions == {word: Action.CREATE if kind.imported else Action.OMIT for word, kind in KINDS.items()}


def test_checking_reads_and_decodes_every_entry_once(decoded: list[int]) -> None:
    contents = contents_of(alone(3))
    decoded.clear()
    assert check(load(lazy(contents))) == []
    assert set(Reader.read.values()) == {1}
    # A task's detail, and an API's JSON texts, are documents of their own.
    assert sum(decoded) < 2 * sum(map(len, contents.values()))


def work(number: int, decoded: list[int]) -> tuple[int, int, int]:
    """Return how many entries are read and documents and bytes decoded for loading, checking and planning."""
    contents = contents_of(apis(number))
    target = load(apis(number).twin(same_ids=True).archive())
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
    contents = contents_of(alone(3))
    package, target = load(lazy(contents)), load(lazy(contents))
    decoded.clear()
    planned = plan(package, Instance.from_package(target), MERGE)
    assert {change.action for change in planned.changes} == {Action.KEEP}
    assert decoded == []


def test_planning_decodes_no_more_than_what_differs(decoded: list[int]) -> None:
    package, target = (load(made.archive()) for made in (apis(400), apis(400).twin(same_ids=True)))
    instance = Instance.from_package(target)
    decoded.clear()
    planned = plan(package, instance, MERGE)
    differing = [change for change in planned.changes if change.fields]
    assert 10 < len(differing) < 60
    # Both sides of each, once; what is shorter is not a document, but a JSON text inside one.
    assert len([length for length in decoded if length > 700]) == 2 * len(differing)


def held(blueprint: Blueprint) -> tuple[int, int, int]:
    """Return the bytes of a package's resources, what its index holds, and the most that loading it took."""
    contents = contents_of(blueprint)
    archive = lazy(contents)
    # What is imported and compiled when a first resource is read belongs to no package.
    load(lazy(contents_of(apis(1, content=2_000))))
    gc.collect()
    tracemalloc.start()
    try:
        package = load(archive)
        assert len(package.resources) == len(blueprint.rows)
        gc.collect()
        now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return sum(map(len, contents.values())), now, peak


def test_memory_follows_counts_and_not_sizes() -> None:
    small_bytes, small_held, _ = held(apis(MANY // 8, content=2_000))
    large_bytes, large_held, large_peak = held(apis(MANY // 8, content=16_000))
    assert large_bytes > 5 * small_bytes
    # Five times the content in as many resources is about the same index: only references and pointers grow.
    assert large_held < 1.5 * small_held
    assert large_peak < large_bytes / 2


def test_the_index_of_many_resources_is_a_fraction_of_them() -> None:
    total, index, peak = held(apis(MANY // 2, content=10_000))
    assert total > 9_000 * MANY // 2
    assert index < total / 4
    assert peak < total / 3


APIS = 5_000 if THOROUGH else 1_050
"""An instance holds 5,000; the daily run takes a part of that, which is as far past every threshold."""


def test_an_instance_full_of_apis_is_checked_and_planned() -> None:
    made = draft({"application": 5, "api_group": 50, "api": APIS}, 1_000)
    package = load(made.archive())
    assert check(package) == []
    instance = parse_snapshot(b"".join(made.twin(same_ids=True).snapshot()), "target.json")
    planned = plan(package, instance, MERGE)
    assert len(planned.changes) == APIS + 55
    assert planned.count(Action.KEEP) > 0.9 * APIS
    assert planned.count(Action.CREATE) > 0
    assert planned.untouched > 0
