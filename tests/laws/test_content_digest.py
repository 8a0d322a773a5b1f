import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.package.layout import OWN
from assetpkg.package.package import Package, load
from tests.laws.strategies import contents_of, laws, pack, packages, unpacked


@laws
@given(packages(), st.booleans())
def test_folder_and_zip_have_the_same_content_digest(package: Package, store: bool) -> None:  # noqa: FBT001 - drawn
    with tempfile.TemporaryDirectory() as place:
        assetpkg.write(package, Path(place, "a.zip"), store=store)
        assetpkg.unpack(package, Path(place, "a"))
        digests = {assetpkg.read(Path(place, name)).digest for name in ("a.zip", "a")}
    assert digests == {package.digest, unpacked(pack(package)).digest}


@laws
@given(packages(), st.data())
def test_another_byte_anywhere_is_another_content_digest(package: Package, data: st.DataObject) -> None:
    contents = contents_of(package)
    name = data.draw(st.sampled_from(sorted(contents)))
    changed = {**contents, name: contents[name] + b"\n"}
    assert load(Archive.from_contents(changed)).digest != package.digest


@laws
@given(packages(), st.data())
def test_a_file_more_less_or_renamed_is_another_content_digest(package: Package, data: st.DataObject) -> None:
    contents = contents_of(package)
    name = data.draw(st.sampled_from(sorted(set(contents) - {OWN.manifest})))
    without = {known: content for known, content in contents.items() if known != name}
    renamed = {**without, f"{name}.old": contents[name]}
    more = {**contents, "more": b""}
    digests = {load(Archive.from_contents(files)).digest for files in (contents, without, renamed, more)}
    assert len(digests) == 4
