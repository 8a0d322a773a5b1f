import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assetpkg.archive.zip import names as zip_names
from assetpkg.archive.zip import write_zip
from assetpkg.archive.zip.names import check_path
from assetpkg.kinds import KINDS
from assetpkg.package.layout import OWN, occupied_by, occupy, safe_name, unsafe_name
from tests.laws.strategies import laws

ANY = st.text(min_size=1, max_size=30) | st.text(
    '.~ %/\\:*?"<>|cCoOnN$¹1e\u0301é\u200b\ud800\udc00\n\x00', min_size=1, max_size=12
)
SHORT_ENOUGH = 180


def complaints(name: str) -> list[str]:
    found: list[str] = []
    check_path(name, lambda _, message: found.append(message))
    return found


@laws
@given(ANY)
@example("con .x")
@example("nul .tar.gz")
@example("..")
@example(" ")
@example("x~1")
@example("%41%")
@example("\ud800")
@example("\ud83d\ude00")
@example("e\u0301")
@example("订" * 200)
@example("\U000e0001")
@example("COM¹")
@example("conin$")
def test_any_name_becomes_a_file_name_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert complaints(f"topics/{safe}.json") == []
    assert complaints(f"topics/{safe}/x.json") == []
    assert "/" not in safe
    assert unicodedata.is_normalized("NFC", safe)
    assert len(safe.encode()) <= SHORT_ENOUGH


@laws
@given(ANY | st.text("订单\u4dff\u4e00\u9fff\ua000\u3000\u200bab./ ", min_size=1, max_size=12))
@example("订单/\u4dff")
@example("订\ua000.json")
@example("单\u200b")
@example("订 ")
@example("con订")
@example("订/con")
def test_the_quick_look_at_a_name_passes_nothing_that_the_rules_complain_about(name: str) -> None:
    quickly = complaints(name)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(zip_names, "_HARMLESS", re.compile(r"(?!)"))
        assert quickly == complaints(name)


@laws
@given(ANY)
@example("%E8%AE%A2")
@example("%ed%a0%80")
@example("\ud800\udc00")
@example("a\ud800b")
@example("con")
def test_a_safe_name_leads_back_to_the_name(name: str) -> None:
    safe = safe_name(name)
    if not re.search(r"-[0-9a-f]{8}\Z", safe):
        assert unsafe_name(safe) == name


@laws
@given(st.text(max_size=20))
def test_the_name_of_any_file_name_leads_back_to_itself(safe: str) -> None:
    for known in (safe, f"{safe}%FF%C3"):
        name = unsafe_name(known)
        again = safe_name(name) if name else ""
        if not re.search(r"-[0-9a-f]{8}\Z", again):
            assert unsafe_name(again) == name


@laws
@given(
    st.lists(
        st.lists(
            ANY | st.sampled_from(["a", "A", "é", "É", "a.json", "A.JSON", "x" * 300, "X" * 300]),
            min_size=1,
            max_size=3,
        ),
        max_size=6,
    )
)
def test_entries_of_different_names_never_meet_on_any_system(paths: list[list[str]]) -> None:
    occupied = occupied_by(["apis/a.json", "apis/notes/x.txt"])
    entries = ["apis/a.json", "apis/notes/x.txt"]
    for names in paths:
        entry = OWN.entry_for(KINDS["api"], names, occupied)
        occupy(entry, occupied)
        entries.append(entry)
        assert OWN.kind_of(entry) is KINDS["api"]
    assert len(set(entries)) == len(entries)
    list(write_zip((entry, b"") for entry in entries))
