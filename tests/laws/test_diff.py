import copy
import random

from hypothesis import assume, given
from hypothesis import strategies as st

from assetpkg.documents import INSIDE, split_pointer
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Computed, Id, JsonText, Name, Ref, Secret, Unordered, Variant
from assetpkg.kinds.markers import Marker as AnyMarker
from assetpkg.package.package import Package
from assetpkg.resource.diff import Sides, compare, is_equal
from assetpkg.resource.references import Reference
from tests.laws.strategies import JSON, Document, laws, packages, replace_at, shuffled

NOWHERE = Sides(before=lambda *_: None, after=lambda *_: None)
SPECIAL: tuple[type[AnyMarker], ...] = (Computed, Id, JsonText, Name, Ref, Secret, Unordered, Variant)


@laws
@given(packages(), st.randoms(use_true_random=False))
def test_a_document_does_not_differ_from_itself(package: Package, chance: random.Random) -> None:
    for resource in package.resources:
        document = package.document(resource.address)
        assert compare(resource.kind, document, copy.deepcopy(document), NOWHERE) == ()
        assert compare(resource.kind, shuffled(document, chance), document, NOWHERE) == ()


@laws
@given(JSON, st.text("xyz", min_size=1))
def test_an_unknown_value_does_not_differ_from_itself(value: object, key: str) -> None:
    from assetpkg.kinds.mqs import Topic

    document = {"name": "orders", key: value, "deep": {key: [value, [value], {key: value}]}}
    assert compare(Topic, document, copy.deepcopy(document), NOWHERE) == ()


@laws
@given(packages(), st.data())
def test_a_change_in_one_field_is_one_difference_with_its_pointer(package: Package, data: st.DataObject) -> None:
    resource = data.draw(st.sampled_from(package.resources))
    document = package.document(resource.address)
    plain = [
        name
        for name, field in fields_of(resource.kind).items()
        if not any(field.marker(marker) for marker in SPECIAL) and not isinstance(document.get(name), (dict, list))
    ]
    name = data.draw(st.sampled_from(plain))
    value = data.draw(st.text("ab", min_size=1) | st.integers(1000, 2000))
    assume(document.get(name) != value)
    after = {**document, name: value}
    (change,) = compare(resource.kind, document, after, NOWHERE)
    assert (change.pointer, change.after, change.secret) == (f"/{name}", value, False)
    (back,) = compare(resource.kind, after, document, NOWHERE)
    assert (back.pointer, back.before, back.after) == (change.pointer, change.after, change.before)


@laws
@given(packages(), st.data())
def test_a_change_in_a_computed_field_is_no_difference(package: Package, data: st.DataObject) -> None:
    resource = data.draw(st.sampled_from(package.resources))
    document = package.document(resource.address)
    computed = [name for name, field in fields_of(resource.kind).items() if field.marker(Computed)]
    changes: Document = data.draw(st.dictionaries(st.sampled_from(computed), JSON))
    assert compare(resource.kind, document, {**document, **changes}, NOWHERE) == ()


@laws
@given(packages(), st.data())
def test_applying_the_differences_of_plain_fields_makes_one_document_the_other(
    package: Package, data: st.DataObject
) -> None:
    resource = data.draw(st.sampled_from(package.resources))
    before = package.document(resource.address)
    changes = data.draw(
        st.dictionaries(st.text("xyz", min_size=1, max_size=2), st.text("ab", min_size=1) | st.integers())
    )
    after = {**before, **changes}
    applied = dict(before)
    for change in compare(resource.kind, before, after, NOWHERE):
        applied[change.pointer[1:]] = change.after
    assert applied == after


@laws
@given(packages(), st.data())
def test_where_all_that_refers_leads_to_the_same_what_is_equal_needs_no_look(
    package: Package, data: st.DataObject
) -> None:
    resource, other = (data.draw(st.sampled_from(package.resources)) for _ in range(2))

    def resolve(marker: Ref, value: str) -> str | None:
        found = package.index.resolve(Reference(marker.kind, marker.by, value, ""))
        return None if found is None else found.address

    sides = Sides(before=resolve, after=resolve)
    before, after = package.document(resource.address), package.document(resource.address)
    for pointer in data.draw(
        st.lists(st.sampled_from([use.pointer for use in resource.references] or [""]), max_size=2)
    ):
        if pointer and INSIDE not in split_pointer(pointer):
            replace_at(after, pointer, data.draw(st.sampled_from([other.id, other.name, "nowhere"])))
    for name in data.draw(st.sets(st.sampled_from(sorted(after)), max_size=3)):
        after[name] = data.draw(st.sampled_from([None, 1, True, "1", [after[name]], after[name], {}]))
    for one, two in ((before, after), (after, before)):
        assert compare(resource.kind, one, two, sides._replace(agree_on_all=True)) == compare(
            resource.kind, one, two, sides
        )


@laws
@given(JSON, JSON)
def test_equality_is_that_of_json(one: object, other: object) -> None:
    assert is_equal(one, copy.deepcopy(one))
    assert is_equal(one, other) == is_equal(other, one)
