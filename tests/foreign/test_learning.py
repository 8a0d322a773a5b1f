"""A layout is learnt from an archive that nobody has described: what is found is right, and nothing else is found."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assetpkg.archive.archive import Archive
from assetpkg.layouts.learning.comparing import missing
from assetpkg.layouts.learning.proposal import Proposal, learn
from assetpkg.layouts.learning.proposed_text import proposal_text
from assetpkg.layouts.reading import parse_layout
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.package.package import load
from tests.build import encode
from tests.conftest import THOROUGH
from tests.foreign.archives import LAYOUTS, make_foreign, no_assets
from tests.foreign.drafting import pack
from tests.foreign.measuring import compare, learnt, measure
from tests.foreign.sources import EVERY, FEW, NOISE, SINGLE, Document, make_documents
from tests.tables import every_row

MEASURED = Path(__file__).with_name("measured.json")
"""What the manual shows; `--update-cases` writes it anew."""
HUNTER = "hunter2-hunter2"
SEEDS = range(1, 12) if THOROUGH else (1,)
SOME = tuple(LAYOUTS) if THOROUGH else tuple(LAYOUTS)[::4]


def proposed(contents: Mapping[str, Any], *more: Mapping[str, Any]) -> Proposal:
    """Return what is learnt from documents by entry."""
    archives = [
        Archive.from_contents({name: each if isinstance(each, bytes) else encode(each) for name, each in files.items()})
        for files in (contents, *more)
    ]
    return learn(archives, "export")


def told(proposal: Proposal) -> list[tuple[str, str, str, int]]:
    """Return the tables that are sure: kinds, entries, pointer, and number of resources."""
    return [
        (
            "+".join(found.kinds),
            " ".join(found.place.entries),
            f"{found.place.at}{found.place.document}",
            found.number,
        )
        for found in proposal.places
        if found.sure
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_learnt_finds_all_resources_and_plans_the_same(name: str, seed: int) -> None:
    made = make_foreign(name, make_documents(seed=seed))
    measured = measure(made)
    assert measured.found >= 0.95 * measured.resources
    assert (measured.wrong, measured.same_plan, measured.same_back) == (0, True, True)
    if seed == 1:
        assert json.loads(MEASURED.read_text(encoding="utf-8"))[name] == [made.about, *measured]


def test_what_was_measured_is_of_every_layout(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-cases"):
        made = [make_foreign(name) for name in LAYOUTS]
        rows = {each.name: [each.about, *measure(each)] for each in made}
        MEASURED.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    assert list(json.loads(MEASURED.read_text(encoding="utf-8"))) == list(LAYOUTS)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        *(pytest.param(name, SINGLE, id=f"{name}-one of each kind") for name in LAYOUTS),
        *(pytest.param(name, EVERY, id=f"{name}-kinds that are never imported") for name in SOME),
    ],
)
def test_few_resources_and_further_kinds_are_found(name: str, counts: Mapping[str, int]) -> None:
    made = make_foreign(name, make_documents(counts))
    proposal = learn([made.archive()], name)
    kinds = [kind for kind, _ in made.truth.values()]
    found = dict.fromkeys(kinds, 0)
    for place in proposal.places:
        for kind, number in place.kinds.items() if place.sure else ():
            found[kind] = found.get(kind, 0) + number
    assert found == {kind: kinds.count(kind) for kind in found}


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param(("application", "api_group", "api"), id="without what APIs refer to"),
        pytest.param(("datasource", "task"), id="without applications"),
        pytest.param(("topic",), id="one kind alone"),
    ],
)
@pytest.mark.parametrize("name", ["arrays", "rows", "camel-files", "maps"])
def test_kinds_may_be_missing(name: str, kinds: tuple[str, ...]) -> None:
    documents = {kind: found for kind, found in make_documents().items() if kind in kinds}
    made = make_foreign(name, documents)
    proposal = learn([made.archive()], name)
    found = [(kind, number) for place in proposal.places for kind, number in place.kinds.items() if place.sure]
    assert sorted(found) == sorted((kind, FEW[kind]) for kind in kinds)


def test_documents_that_are_no_assets_yield_no_proposal() -> None:
    proposal = learn([Archive.from_contents(no_assets())], "nothing")
    assert (proposal.places, proposal.layout) == ([], None)
    assert {found.entry for found in proposal.unrecognised} >= {"users.json", "stock.csv", "logs/events.jsonl"}


ROWS: list[Document] = [
    {"id": "1", "name": "web", "description": "the shop", "status": "ON", "type": "A", "version": "1.0"},
    {"id": "2", "name": "db", "description": "its data", "status": "OFF", "type": "B", "version": "1.0"},
]


@every_row(
    "name", ["applications", "apis", "tasks", "topics", "plugins", "products", "devices", "environments", "rules"]
)
def test_what_is_only_called_like_a_kind_is_not_taken_for_one(name: str) -> None:
    proposal = proposed({**NOISE, f"{name}.json": {"version": "1.0", name: ROWS}})
    assert told(proposal) == []


DATASOURCE: Document = {
    "datasource_id": "30969b20e866bae728ebf8a6e207f621",
    "datasource_name": "orders",
    "datasource_type": "MYSQL",
    "app_id": "d6ec0326-d952-4d5d-af06-d09a2b4f9a3b",
    "content": {"host": "db.example.com", "port": "3306", "password": HUNTER},
}


def test_no_credential_is_written_or_reported() -> None:
    token = "ghp_" + "A1b2C3d4" * 4 + "E5f6"
    contents = {
        f"exports/{token}/sources.json": [
            {**DATASOURCE, "secret_token": HUNTER, token: "x"},
            {**DATASOURCE, "datasource_id": "eb5730db1fcd72e67e5a5167e2335400", "datasource_name": "stock"},
        ],
        "manifest.json": {"format": "dump", "password": HUNTER, "version": "1.0"},
    }
    proposal = proposed(contents)
    text = proposal_text(proposal)
    assert told(proposal) == [("datasource", "exports/*/sources.json", "/*", 2)]
    assert HUNTER not in text
    assert token not in text


def test_a_group_that_is_not_sure_is_commented_out() -> None:
    stages = [{"id": f"{number:032x}", "name": f"stage_{number}", "remark": "for tests"} for number in range(3)]
    proposal = proposed({"environments.json": {"environments": stages}, "sources.json": [DATASOURCE]})
    text = proposal_text(proposal)
    assert [(place.place.kind, place.sure) for place in proposal.places] == [
        ("datasource", True),
        ("environment", False),
    ]
    assert '\n# kind = "environment"\n' in text
    assert [place.kind for place in parse_layout(text.encode(), "x").resources] == ["datasource"]


def test_several_archives_are_learnt_together() -> None:
    first = {"day-20260101/about.json": {"tool": "dumper", "version": "1.0"}, "day-20260101/ds.json": [DATASOURCE]}
    second = {
        "day-20260102/about.json": {"tool": "dumper", "version": "1.1"},
        "day-20260102/ds.json": [{**DATASOURCE, "datasource_name": "other"}],
        "day-20260102/more.json": [{"a": 1, "b": 2}],
    }
    proposal = proposed(first, second)
    assert told(proposal) == [("datasource", "day-*/ds.json", "/*", 2)]
    assert [mark.value for mark in proposal.marks.values] == ["dumper"]
    assert proposal.version is not None
    assert proposal.version.entry == "day-*/about.json"


def test_a_mark_that_one_archive_lacks_is_none() -> None:
    first = {"about.json": {"tool": "dumper", "format": "a"}, "ds.json": [DATASOURCE]}
    second = {"about.json": {"tool": "dumper", "format": "b"}, "ds.json": [DATASOURCE]}
    assert [mark.pointer for mark in proposed(first, second).marks.values] == ["/tool"]


@pytest.mark.parametrize("name", SOME)
def test_a_layout_that_was_learnt_covers_what_it_was_learnt_from(name: str) -> None:
    made = make_foreign(name, make_documents(SINGLE))
    found = missing(learnt(made), learn([made.archive()], name), [made.archive()])
    assert (found.recognised, found.places, found.empty) == ([True], [], [])


def test_a_new_export_is_held_against_a_known_layout() -> None:
    documents = make_documents()
    old = make_foreign("rows", {kind: found for kind, found in documents.items() if kind != "topic"})
    changed = {**documents, "application": [{**each, "colour": "red"} for each in documents["application"]]}
    new = make_foreign("rows", changed)
    found = missing(learnt(old), learn([new.archive()], "rows"), [new.archive()])
    assert not found.covers_all
    assert dict(found.words) == {(1, "MQS_TOPIC"): FEW["topic"]}
    assert dict(found.members) == {(1, "colour"): 3}
    assert [kinds for _, kinds in found.places] == [{"topic": FEW["topic"]}]


HOSTILE: Mapping[str, Mapping[str, Any]] = {
    "many members": {"all.json": json.dumps([{"id": 1}] * 50_000).encode()},
    "many maps": {"all.json": {f"k{a}": {f"k{b}": {"id": 1, "name": "x"} for b in range(60)} for a in range(200)}},
    "deep": {"all.json": b'{"a":' * 90 + b"1" + b"}" * 90},
    "documents in documents": {"all.json": {"a": json.dumps({"b": json.dumps({"c": json.dumps({"d": 1})})})}},
    "zips in zips": {"a.zip": pack({"b.zip": pack({"c.zip": pack({"d.zip": pack({"e.zip": pack({"f": b"1"})})})})})},
    "names of stars": {"*/**/[a].json": [DATASOURCE], "x.json": {"*": [DATASOURCE], "a/b~": [DATASOURCE]}},
    "not what it says": {
        "a.json": b"\xff\xfe", "b.csv": b'"a', "c.jsonl": b"{}\n[", "d.json": b"{",
        "e.zip": b"PK\x03\x04",
    },
    "nothing": {"a.json": b"null", "b.json": b"[]", "c.csv": b"", "d.jsonl": b"", "e.json": b'""'},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_is_strange_stops_it(name: str) -> None:
    proposal = proposed(HOSTILE[name])
    text = proposal_text(proposal)
    assert proposal.layout is None or parse_layout(text.encode(), "x").resources


@pytest.mark.parametrize("name", ["tree", "strings", "manifests"])
def test_the_layout_that_a_person_writes_finds_the_same(name: str) -> None:
    made = make_foreign(name, make_documents(SINGLE))
    package = load(made.archive(), layouts=[parse_layout(made.layout_file().encode(), name)])
    assert compare(made, package) == (len(made.truth), 0)


def test_limits_are_those_of_the_archive() -> None:
    archive = Archive.from_contents({"a.json": encode([DATASOURCE] * 30)})
    small = Archive(origin="x", entries=archive.entries, limits=DEFAULT_LIMITS._replace(values=20))
    proposal = learn([small], "x")
    assert proposal.places == []
    assert proposal.passed.unread[0][0] == "a.json"
