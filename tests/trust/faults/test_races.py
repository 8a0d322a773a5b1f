"""What others do at the same time: write the same target, change what is read, put links in the way.

A run is stopped at one of its system calls after the other, something is changed, and it goes on.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.package.package import load
from tests.build import APPLICATION, MANIFEST, TOPIC, encode
from tests.trust.faults.conftest import Outcome, Rig, names_in, places_for_faults

CANARY = "canary-7f3a"
TOPICS = ("topics/a.json", "topics/b.json")
STOP = "s19"


def make(word: str) -> assetpkg.Package:
    """Return a package of which several files tell the same word."""
    contents = {"manifest.json": encode(MANIFEST), "applications/Shop.json": encode({**APPLICATION, "remark": word})}
    contents.update({name: encode({**TOPIC, "name": f"{word}-{name[7]}"}) for name in TOPICS})
    return load(Archive.from_contents(contents))


BEFORE, AFTER = make("before"), make("after!")


def lay_out(package: assetpkg.Package, folder: Path) -> None:
    """Write over what is in a folder, in place, as an editor does."""
    for name, entry in package.archive.entries.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(entry.read())


def stopped_everywhere(
    rig: Rig, arguments: tuple[str, ...], prepare: Callable[[], object], change: Callable[[], object]
) -> Iterator[Outcome]:
    """Yield the outcome with the change made at each call in turn, or daily at the first and last of each kind."""
    prepare()
    record = rig.notes / "calls"
    assert rig.run(*arguments, plan="any:0:none", record=str(record)).status == 0
    for at in places_for_faults(record):
        prepare()
        pid = rig.start(*arguments, plan=f"any:{at}:{STOP}")
        ended = rig.is_stopped(pid)
        assert ended is None
        change()
        yield rig.go_on(pid)


def test_input_that_changes_is_packed_as_it_was_or_as_it_is_or_not_at_all(rig: Rig) -> None:
    target = rig.place / "out.zip"

    def prepare() -> None:
        target.unlink(missing_ok=True)
        lay_out(BEFORE, rig.place / "in")

    seen = set()
    for outcome in stopped_everywhere(
        rig, ("pack", "in", "-o", "out.zip"), prepare, lambda: lay_out(AFTER, rig.place / "in")
    ):
        if outcome.status:
            outcome.failed_in_one_line()
            assert names_in(rig.place) == ["in"]
            seen.add("nothing")
        else:
            seen.add({BEFORE.digest: "before", AFTER.digest: "after"}[assetpkg.read(target).digest])
            assert names_in(rig.place) == ["in", "out.zip"]
    assert seen == {"before", "after", "nothing"}


def cut(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-1])


def link_file(place: Path) -> None:
    place.unlink()
    place.symlink_to(place.parents[2] / "secret.json")


def link_folder(place: Path) -> None:
    place.parent.rename(place.parents[2] / "away")
    place.parent.symlink_to("../elsewhere")


def pipe(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


@pytest.mark.parametrize("change", [cut, link_file, link_folder, pipe, Path.unlink])
def test_a_file_that_becomes_something_else_is_a_finding_and_nothing_outside_is_read(
    rig: Rig, change: Callable[[Path], object]
) -> None:
    (rig.place / "elsewhere").mkdir()
    for name in ("elsewhere/a.json", "elsewhere/b.json", "secret.json"):
        (rig.place / name).write_bytes(encode({**TOPIC, "name": CANARY, CANARY: CANARY}))

    def prepare() -> None:
        for name in ("in", "away"):
            shutil.rmtree(rig.place / name, ignore_errors=True)
        lay_out(BEFORE, rig.place / "in")

    told: set[str] = set()
    for outcome in stopped_everywhere(
        rig, ("check", "in", "--fail-on", "error"), prepare, lambda: change(rig.place / "in" / TOPICS[0])
    ):
        assert outcome.status in {0, 1}, outcome
        assert outcome.err == ""
        assert CANARY not in outcome.out
        told.update(line.strip() for line in outcome.out.splitlines() if "PKG" in line)
    assert told


def test_a_link_in_a_folder_that_is_being_written_is_not_followed(rig: Rig) -> None:
    assetpkg.write(BEFORE, rig.place / "in.zip")
    outside = rig.place / "outside"

    def prepare() -> None:
        for name in ("out", "outside"):
            shutil.rmtree(rig.place / name, ignore_errors=True)
        outside.mkdir()

    def plant() -> None:
        """Put a link in the place of the newest folder, and links where files will be."""
        for building in rig.place.glob(".out.*.tmp"):
            for folder in ("applications", "topics"):
                if (building / folder).is_dir():
                    (building / folder).rename(building / f"{folder}-away")
                (building / folder).symlink_to(outside)
            for name in ("manifest.json",):
                (building / name).unlink(missing_ok=True)
                (building / name).symlink_to(outside / name)

    statuses = set()
    for outcome in stopped_everywhere(rig, ("unpack", "in.zip", "-o", "out"), prepare, plant):
        statuses.add(outcome.status)
        if outcome.status:
            outcome.failed_in_one_line()
        assert names_in(outside) == []
        assert [name for name in names_in(rig.place) if name.startswith(".")] == []
    assert statuses == {0, 2}


@pytest.mark.parametrize("there", ["a link to an empty folder", "a full folder"])
def test_a_target_that_is_taken_meanwhile_is_not_written_over(rig: Rig, there: str) -> None:
    assetpkg.write(BEFORE, rig.place / "in.zip")
    target, outside = rig.place / "out", rig.place / "outside"

    def prepare() -> None:
        target.unlink() if target.is_symlink() else shutil.rmtree(target, ignore_errors=True)
        shutil.rmtree(outside, ignore_errors=True)
        outside.mkdir()

    def take() -> None:
        if target.exists():
            return  # too late: the package has its place
        if there == "a full folder":
            target.mkdir()
            (target / "precious").write_bytes(b"")
        else:
            target.symlink_to("outside")

    sentences = set()
    for outcome in stopped_everywhere(rig, ("unpack", "in.zip", "-o", "out"), prepare, take):
        if outcome.status:
            sentences.add(outcome.failed_in_one_line())
        assert names_in(outside) == []
        assert names_in(rig.place) in (["in.zip", "out", "outside"], ["in.zip", "outside"])
    assert sentences == {"assetpkg: 'out' exists and is not an empty folder; give a new folder"}


def test_a_file_that_becomes_a_link_is_replaced_and_not_followed(rig: Rig) -> None:
    lay_out(BEFORE, rig.place / "in")
    precious, target = rig.place / "precious", rig.place / "out.zip"

    def link() -> None:
        target.unlink(missing_ok=True)
        target.symlink_to("precious")

    for outcome in stopped_everywhere(
        rig, ("pack", "in", "-o", "out.zip"), lambda: precious.write_bytes(b"precious"), link
    ):
        assert outcome.status == 0
        assert precious.read_bytes() == b"precious"


def test_the_last_of_many_packers_wins_and_readers_never_see_half_a_zip(rig: Rig) -> None:
    for name, package in (("a", BEFORE), ("b", AFTER)):
        lay_out(package, rig.place / name)
    target = rig.place / "out.zip"
    assetpkg.write(BEFORE, target)
    seen, ended = set(), threading.Event()

    def read() -> None:
        while not ended.is_set():
            seen.add(assetpkg.read(target).digest)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(4):
        packers = [rig.start("pack", "ab"[number % 2], "-o", "out.zip") for number in range(8)]
        assert {rig.finish(packer).status for packer in packers} == {0}
    ended.set()
    for reader in readers:
        reader.join()
    assert seen <= {BEFORE.digest, AFTER.digest}
    assert names_in(rig.place) == ["a", "b", "out.zip"]


def test_one_of_many_unpackers_wins_and_the_others_say_so(rig: Rig) -> None:
    assetpkg.write(BEFORE, rig.place / "in.zip")
    for _ in range(4):
        unpackers = [rig.start("unpack", "in.zip", "-o", "out") for _ in range(8)]
        outcomes = [rig.finish(unpacker) for unpacker in unpackers]
        assert sorted(outcome.status for outcome in outcomes) == [0] + [2] * 7
        told = {outcome.failed_in_one_line() for outcome in outcomes if outcome.status}
        assert told == {"assetpkg: 'out' exists and is not an empty folder; give a new folder"}
        assert assetpkg.read(rig.place / "out").digest == BEFORE.digest
        assert names_in(rig.place) == ["in.zip", "out"]
        shutil.rmtree(rig.place / "out")


def test_the_order_in_which_a_folder_lists_its_files_is_not_seen(rig: Rig) -> None:
    lay_out(BEFORE, rig.place / "in")
    assert rig.run("pack", "in", "-o", "a.zip").status == 0
    assert rig.run("pack", "in", "-o", "b.zip", shuffle=True).status == 0
    assert (rig.place / "a.zip").read_bytes() == (rig.place / "b.zip").read_bytes()


@pytest.mark.parametrize("time", [157_766_400, 4_985_971_200, -1], ids=["1975", "2128", "before 1970"])
def test_a_time_that_a_zip_cannot_hold_makes_no_difference(rig: Rig, time: int) -> None:
    lay_out(BEFORE, rig.place / "in")
    assert rig.run("pack", "in", "-o", "a.zip").status == 0
    for place in (rig.place / "in").rglob("*"):
        os.utime(place, (time, time))
    assert rig.run("pack", "in", "-o", "b.zip").status == 0
    assert (rig.place / "a.zip").read_bytes() == (rig.place / "b.zip").read_bytes()
