import copy
import random

from hypothesis import assume, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Diff, Package
from assetpkg.kinds.kind import fields_of, id_field, name_field
from assetpkg.kinds.markers import Computed
from assetpkg.target.snapshot import parse_snapshot
from tests.build import encode
from tests.laws.strategies import JSON, laws, pack, packages, shuffled, snapshot_of, unpacked

MIRRORED = {"added": "removed", "removed": "added", "changed": "changed", "renamed": "renamed"}


def sorts(diff: Diff) -> list[tuple[str, str | None, str | None]]:
    return sorted((each.action, each.before, each.after) for each in diff.differences)


@laws
@given(packages(), st.randoms(use_true_random=False))
def test_a_package_does_not_differ_from_itself_in_any_form(package: Package, chance: random.Random) -> None:
    documents = {found.address: shuffled(package.document(found.address), chance) for found in package.resources}
    for other in (package, unpacked(pack(package, order=chance)), package.with_changes(changed=documents)):
        found = assetpkg.diff(package, other)
        assert (found.differences, found.is_same, found.same) == ((), True, len(package.resources))


@laws
@given(packages(unknown=False), st.randoms(use_true_random=False))
def test_a_snapshot_that_means_the_same_does_not_differ(package: Package, chance: random.Random) -> None:
    instance = parse_snapshot(encode(snapshot_of(package, chance)), "target.json")
    found = assetpkg.diff(package, instance)
    assert (found.differences, found.same) == ((), len(package.resources))
    assert assetpkg.diff(instance, package).is_same


@laws
@given(packages(), packages())
def test_the_other_way_round_is_the_mirror_image(one: Package, other: Package) -> None:
    there, back = assetpkg.diff(one, other), assetpkg.diff(other, one)
    mirrored = [(MIRRORED[action], after, before) for action, before, after in sorts(there)]
    assert sorts(back) == sorted(mirrored)
    assert (there.same, there.is_same) == (back.same, back.is_same)
    known = there.same + there.count("changed") + there.count("renamed")
    assert known + there.count("removed") == len(one.resources)
    assert known + there.count("added") == len(other.resources)


@laws
@given(packages(), st.data())
def test_a_value_is_one_difference_and_what_the_server_makes_is_none(package: Package, data: st.DataObject) -> None:
    resource = data.draw(st.sampled_from(package.resources))
    document = package.document(resource.address)
    made = {name: data.draw(JSON) for name, known in fields_of(resource.kind).items() if known.marker(Computed)}
    alike = assetpkg.diff(package, package.with_document(resource.address, {**document, **made}))
    assert alike.is_same
    value = data.draw(st.text("xyz", min_size=1))
    (found,) = assetpkg.diff(package, package.with_document(resource.address, {**document, "zz": value})).differences
    assert (found.action, found.address) == ("changed", resource.address)
    assert [(field.pointer, field.before, field.after) for field in found.fields] == [("/zz", None, value)]


@laws
@given(packages(unknown=False), st.data())
def test_another_name_is_a_rename_and_what_is_below_it_has_none(package: Package, data: st.DataObject) -> None:
    renamable = [found for found in package.resources if found.id_given and id_field(found.kind) is not None]
    assume(renamable)
    resource = data.draw(st.sampled_from(renamable))
    # An id that is derived from the names is another one below a parent with another name.
    below = [found for found in package.resources if found.path.names[0] == resource.name and len(found.path.names) > 1]
    assume(resource.path.kind not in {"application", "api_group"} or all(found.id_given for found in below))
    document = copy.deepcopy(package.document(resource.address))
    document[name_field(resource.kind).name] = "Zz-renamed-Zz"
    found = assetpkg.diff(package, package.with_document(resource.address, document))
    (renamed,) = found.differences
    assert (renamed.action, renamed.alike_by, renamed.before, renamed.fields) == (
        "renamed",
        "id",
        resource.address,
        (),
    )
    assert renamed.after is not None
    assert renamed.after.endswith("Zz-renamed-Zz")
    assert found.same == len(package.resources) - 1
