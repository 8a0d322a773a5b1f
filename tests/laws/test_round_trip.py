import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.package.layout import OWN
from assetpkg.package.manifest import with_assets, without_assets
from assetpkg.package.package import Package, load
from assetpkg.package.packing import dump_folder
from tests.build import make_contents
from tests.laws.strategies import (
    JSON,
    UNKNOWN_KEYS,
    Draw,
    contents_of,
    documents_of,
    laws,
    pack,
    packages,
    reformatted,
    unpacked,
)


def assert_same(package: Package, other: Package) -> None:
    assert other.digest == package.digest
    assert documents_of(other) == documents_of(package)
    assert [(found.address, found.id, found.entry) for found in other.resources] == [
        (found.address, found.id, found.entry) for found in package.resources
    ]


@laws
@given(packages())
def test_a_package_written_as_a_zip_reads_back_the_same(package: Package) -> None:
    assert_same(package, unpacked(pack(package)))


@laws
@given(packages())
def test_a_package_written_to_disk_as_zip_and_as_folder_reads_back_the_same(package: Package) -> None:
    with tempfile.TemporaryDirectory() as place:
        assetpkg.write(package, Path(place, "a.zip"))
        zipped = assetpkg.read(Path(place, "a.zip"))
        assert_same(package, zipped)
        assetpkg.unpack(zipped, Path(place, "a"))
        folder = assetpkg.read(Path(place, "a"))
        assert_same(package, folder)
        assert not folder.entry_faults
        assert contents_of(folder) == contents_of(package)


@laws
@given(packages())
def test_every_file_and_key_survives_byte_for_byte(package: Package) -> None:
    before, after = contents_of(package), contents_of(unpacked(pack(package)))
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} == {OWN.manifest}
    assert without_assets(after[OWN.manifest].decode()).encode() == before[OWN.manifest]


@laws
@given(packages(), st.randoms(use_true_random=False))
def test_packing_gives_the_same_bytes_whatever_the_order_of_the_entries(package: Package, order: random.Random) -> None:
    names = list(contents_of(package).items())
    order.shuffle(names)
    assert pack(load(Archive.from_contents(dict(names))), order=order) == pack(package)


@laws
@given(packages())
def test_a_packed_zip_unpacked_and_packed_again_is_the_same_zip(package: Package) -> None:
    content = pack(package)
    assert pack(unpacked(content)) == content
    assert pack(load(dump_folder(unpacked(content)))) == content


@st.composite
def manifests(draw: Draw) -> str:
    known = [
        ("format", "assetpkg/1"),
        ("asset_version", "1.0"),
        ("name", draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))),
    ]
    unknown = draw(UNKNOWN_KEYS.map(lambda keys: [*keys.items(), ("source", {"assets": [], "region": "}, ]"})]))
    members = draw(st.permutations([*known, *unknown, *draw(st.sampled_from([[], [("x-assets", draw(JSON))]]))]))
    return reformatted(draw, dict(members)).decode()


ASSETS = st.lists(
    st.fixed_dictionaries({"kind": st.sampled_from(["api", "topic"]), "name": st.text('ab"\\订]},', max_size=5)})
)


@laws
@given(manifests(), ASSETS)
def test_a_manifest_with_its_assets_put_in_and_taken_out_is_the_same_text(
    text: str, assets: list[dict[str, str]]
) -> None:
    put_in = with_assets(text, assets)
    assert without_assets(put_in) == text
    assert with_assets(put_in, assets) == put_in
    package = load(Archive.from_contents({OWN.manifest: put_in.encode()}))
    assert package.manifest.document["assets"] == assets


@pytest.mark.parametrize("store", [False, True])
def test_storing_and_compressing_give_one_content(tmp_path: Path, *, store: bool) -> None:
    lines = "".join(f"line {number} of a file\n" for number in range(6_000))
    package = load(Archive.from_contents(make_contents({"big.txt": lines.encode()})))
    assetpkg.write(package, tmp_path / "a.zip", store=store)
    assert assetpkg.read(tmp_path / "a.zip").digest == package.digest
    assert ((tmp_path / "a.zip").stat().st_size > 100_000) is store
