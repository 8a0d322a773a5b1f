"""What is walked past would have said nothing: the short way through a document notes what the long one does."""

import json
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetpkg.authoring.generate import Scale, generate
from assetpkg.credentials import find_spans
from assetpkg.credentials.stand_ins import find_left_open
from assetpkg.documents import parse
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.resource.notable import Questions, walk_notable
from assetpkg.resource.references import Mentions
from assetpkg.resource.texts import Texts, may_have_signs
from assetpkg.resource.validation import find_faults, has_types_of
from assetpkg.resource.walk import NO_FIELDS, Node, walk
from tests.conftest import THOROUGH
from tests.credentials.test_finding import wrapped
from tests.credentials.test_glance import PIECES, texts
from tests.credentials.texts import ORDINARY, PLAIN_FORMS, SPELLINGS
from tests.tables import every_row

TEXTS = st.one_of(
    texts,
    st.sampled_from((*SPELLINGS, *PLAIN_FORMS, *ORDINARY)).flatmap(wrapped),
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
    st.text(max_size=8),
)
SPELLED: tuple[Callable[[Any], str], ...] = (
    json.dumps,
    partial(json.dumps, ensure_ascii=False, indent=2),
    partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    lambda value: json.dumps(value, ensure_ascii=False).replace("/", "\\/"),
)
RESOURCES = [
    (KINDS[resource.path.kind], package.document(resource.address))
    for package in (generate(Scale(resources=40, size=3_000)),)
    for resource in package.resources
]


@settings(max_examples=2_000 if THOROUGH else 300)
@given(text=TEXTS, spell=st.sampled_from(SPELLED), is_key=st.booleans(), is_inside=st.booleans())
def test_a_glance_at_a_document_sees_what_is_in_its_texts(
    text: str, spell: Any, *, is_key: bool, is_inside: bool
) -> None:
    document = {"name": "order", text if is_key else "x": [7, text, {"at": "12:30"}]}
    outer = {"name": "sync", "detail": spell(document)} if is_inside else document
    content = spell(outer).encode("utf-8", "replace")
    if not may_have_signs(content, parse(content)):
        assert not find_spans(text)
        assert not list(find_left_open([text]))


def test_a_glance_at_an_ordinary_document_says_that_nothing_is_in_it() -> None:
    document = {"id": "0123456789abcdef" * 2, "auth_type": "APP", "remark": '订单/"\n\t', "api_key": "x"}
    for spell in SPELLED:
        assert not may_have_signs(spell(document).encode(), document)


def _noted(part: Any, document: Any, *, searched: bool, is_sound: bool) -> list[Any]:
    mentions = Mentions(searched=searched)
    mentions.take(fields_of(part), document, is_sound=is_sound)
    faults = [*mentions.faults, *mentions.placeholders()]
    return [mentions.references, [*mentions.all_credentials()], [*mentions.all_unfilled()], faults]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), TEXTS, st.sampled_from(["CONSTANT", "REQUEST", "password", "a" * 32]),
    st.lists(st.one_of(TEXTS, st.dictionaries(st.sampled_from(["name", "value", "secret"]), TEXTS)), max_size=2),
    st.dictionaries(st.sampled_from(["name", "value", "password", "origin", "x"]), TEXTS, max_size=3),
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[Any, bytes]:
    """Return a kind, and the JSON of a resource of it with some members set to anything."""
    kind, document = draw(st.sampled_from(RESOURCES))
    document = json.loads(json.dumps(document))
    nodes = list(walk(fields_of(kind), document))
    for node in draw(st.lists(st.sampled_from(nodes), max_size=3)):
        node.parent[draw(st.sampled_from([node.steps[-1], "password", "value", "x"]))] = draw(VALUES)
    return kind, json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


@settings(max_examples=2_000 if THOROUGH else 200)
@given(edited())
def test_the_short_way_through_a_document_notes_what_the_long_one_does(row: tuple[Any, bytes]) -> None:
    kind, content = row
    document = parse(content)
    short = _noted(kind, document, searched=may_have_signs(content, document), is_sound=has_types_of(kind, document))
    assert short == _noted(kind, document, searched=True, is_sound=False)


@settings(max_examples=2_000 if THOROUGH else 200)
@given(edited())
def test_the_short_way_through_a_document_finds_what_the_long_one_does(row: tuple[Any, bytes]) -> None:
    kind, content = row
    document = parse(content)
    notable: list[Node] = []
    is_sound = has_types_of(kind, document)
    Mentions(searched=False).take(fields_of(kind), document, notable=notable, is_sound=is_sound)
    every = list(walk(fields_of(kind), document))
    assert [*find_faults(kind, document, notable, is_sound=is_sound)] == [*find_faults(kind, document, every)]


@every_row(
    ("name", "origin", "is_secret"),
    [
        pytest.param("X-Api-Key", "CONSTANT", True, id="a constant of a telling name"),
        pytest.param("X-Trace", "CONSTANT", False, id="a constant of another name"),
        pytest.param("X-Api-Key", "REQUEST", False, id="the name of a parameter"),
    ],
)
def test_a_value_is_a_credential_by_the_name_beside_it_on_either_way(
    name: str, origin: str, *, is_secret: bool
) -> None:
    parameters = [{"name": name, "location": "HEADER", "origin": origin, "value": "w7Kq9xZ"}, {"name": "id"}]
    for searched, is_sound in product((False, True), repeat=2):
        _, credentials, *_ = _noted(KINDS["api"], {"backend_params": parameters}, searched=searched, is_sound=is_sound)
        assert [each.pointer for each in credentials] == ["/backend_params/0/value"] * is_secret


@settings(max_examples=2_000 if THOROUGH else 200)
@given(st.sampled_from(RESOURCES))
def test_every_member_of_which_something_is_asked_has_a_node(row: tuple[Any, Any]) -> None:
    kind, document = row
    found = {node.steps for node in walk_notable(fields_of(kind), document, Questions(keys=True, is_sound=True))}
    for node in walk(fields_of(kind), document):
        if node.field is not None and (node.field.judged or node.field.noted or node.field.refers):
            assert node.steps in found or node.field.parts


ASKED = st.builds(Questions, st.none(), keys=st.booleans(), ids=st.booleans(), is_sound=st.booleans())


@settings(max_examples=2_000 if THOROUGH else 200)
@given(st.sampled_from(RESOURCES), ASKED)
def test_the_notable_nodes_are_those_of_a_walk_in_its_order(row: tuple[Any, Any], asked: Questions) -> None:
    kind, document = row
    remaining = ((node.steps, node) for node in walk(fields_of(kind), document))
    for node in walk_notable(fields_of(kind), document, asked):
        assert (node.steps, node) in remaining


def test_the_texts_of_a_document_are_held_with_the_steps_to_them() -> None:
    held = Texts()
    document = {"a": "x", "b": [{"c": "y"}, "z"], "password": "w"}
    nodes = list(walk_notable(NO_FIELDS, document, Questions(held, keys=True)))
    assert held.held == [("x", (), "a"), ("y", ("b", 0), "c")]
    assert [node.steps for node in nodes] == [("b",), ("password",)]


@every_row(
    ("members", "is_noted"),
    [
        pytest.param({"note": "a" * 32}, True, id="a text of the length of an id"),
        pytest.param({"note": "order"}, False, id="another text"),
        pytest.param({f"key{number}": number for number in range(2_000)}, False, id="a very large object"),
        pytest.param({"secret": 7}, True, id="a key that names a credential"),
    ],
)
def test_of_an_open_object_only_what_is_asked_has_a_node(members: dict[str, Any], *, is_noted: bool) -> None:
    for _ in range(2):  # keys are remembered
        nodes = list(walk_notable(NO_FIELDS, {"x": members}, Questions(keys=True, ids=True)))
        assert bool(nodes) == is_noted
