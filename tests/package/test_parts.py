"""A package that is read in parts is the package that is read in one go, whatever is in it."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from assetpkg import Package, check, read, read_target, unpack, write
from assetpkg.archive.archive import read_archive
from assetpkg.archive.zip import ZipDirectory, ZipEntry
from assetpkg.authoring.generate import draft
from assetpkg.package import loading, parts
from assetpkg.package.package import load
from assetpkg.package.reading import read_as, read_each
from assetpkg.running.parts import in_parts
from assetpkg.running.processes import Processes
from assetpkg.running.spread import ExecutorLike
from tests.build import make_package

MANY = draft({"application": 2, "datasource": 4, "task": 2, "api_group": 2, "api": 20, "topic": 3}, 3_000)
FAULTY: Mapping[str, bytes] = {
    "apis/broken.json": b"{",
    "apis/list.json": b"[]",
    "topics/twice.json": b'{"name": "a", "name": "b"}',
    "notes/password=hunter22.txt": b"a name with a credential",
    "notes/key.txt": b"-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n",
    "topics/none.json": b'{"name": "orders", "app_id": "nobody"}',
}
"""What is wrong in every way that reading knows."""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 8_000)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a sound package, as a zip, as a folder and as others pack it, and a faulty folder."""
    package = load(MANY.archive())
    write(package, tmp_path / "sound.zip")
    unpack(package, tmp_path / "sound")
    unpack(package, tmp_path / "faulty")
    with ZipFile(tmp_path / "wrapped.zip", "w") as wrapped:
        for path in sorted((tmp_path / "sound").rglob("*.json")):
            wrapped.write(path, f"shop/{path.relative_to(tmp_path / 'sound')}")
    for name, content in FAULTY.items():
        (tmp_path / "faulty" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "faulty" / name).write_bytes(content)
    return tmp_path


EXECUTORS: Mapping[str, Callable[[], ExecutorLike]] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "made threads": lambda: lambda: ThreadPoolExecutor(2),
    "processes": lambda: Processes(2),
}


def everything(package: Package) -> tuple[Any, ...]:
    """Return all that is known of a package, with the order of its parts."""
    return (
        list(package.inspections.items()),
        list(package.digests.items()),
        package.entry_faults,
        list(package.loose_credentials.items()),
        package.manifest,
        package.digest,
        check(package),
    )


@pytest.mark.parametrize("made", EXECUTORS.values(), ids=EXECUTORS)
@pytest.mark.parametrize("name", ["sound.zip", "sound", "wrapped.zip", "faulty"])
def test_it_is_the_same_package(place: Path, name: str, made: Callable[[], ExecutorLike]) -> None:
    alone, together = read(place / name), read(place / name, executor=made())
    assert everything(together) == everything(alone)
    assert [together.document(resource.address) for resource in together.resources] == [
        alone.document(resource.address) for resource in alone.resources
    ]


@pytest.mark.parametrize("most", range(1, 5))
def test_after_many_faults_the_rest_is_passed_over_as_ever(
    place: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(loading, "MOST_PACKAGE_FAULTS", most)
    monkeypatch.setattr(loading, "MOST_PACKAGE_NOTES", most)
    assert everything(read(place / "faulty", executor=Processes(2))) == everything(read(place / "faulty"))


@pytest.mark.parametrize("made", [lambda: None, *EXECUTORS.values()], ids=["alone", *EXECUTORS])
@pytest.mark.parametrize("name", ["sound.zip", "sound", "wrapped.zip", "faulty"])
def test_what_is_in_it_is_the_same_whether_or_not_its_faults_are_wanted(
    place: Path, name: str, made: Callable[[], ExecutorLike | None]
) -> None:
    judged = read(place / name)
    for beside in (None, judged):
        plain = read_as(place / name, faults_wanted=False, executor=made(), beside=beside)
        assert plain.inspections == {
            where: found._replace(faults=()) if found.readable else found for where, found in judged.inspections.items()
        }
        for asked in (
            lambda package: (package.digest, package.entry_faults, package.manifest[:2], package.loose_credentials),
            lambda package: (package.damaged, package.refusal, package.unused_files, list(package.credentials)),
            lambda package: [(each.address, each.references, each.notes, each.unfilled) for each in package.resources],
        ):
            assert asked(plain) == asked(judged)


def test_nobody_is_told_of_faults_that_were_not_looked_for(place: Path) -> None:
    plain = read_as(place / "faulty", faults_wanted=False)
    resource = next(each for each in plain.resources if each.path.kind == "topic")
    for package in (plain, plain.without(resource.address), load(plain.archive, known=plain)):
        with pytest.raises(RuntimeError):
            check(package)
    assert everything(load(plain.archive, beside=plain)) == everything(read(place / "faulty"))


def test_a_target_is_read_in_parts_too(place: Path) -> None:
    alone = read_target(place / "sound.zip")
    together = read_target(place / "sound.zip", executor=Processes(2))
    assert together.index == alone.index
    package = read(place / "sound.zip")
    beside = read_target(place / "sound", beside=package, executor=Processes(2))
    assert beside.index == alone.index


class Given(Executor):
    """Runs what it is given at once, and counts; it may be asked to do something before."""

    def __init__(self, before: Callable[[int], None] = lambda _: None) -> None:
        self.tasks = 0
        self.before = before

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        self.tasks += 1
        future: Future[Any] = Future()
        try:
            self.before(self.tasks)
            future.set_result(function(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - as every executor does
            future.set_exception(error)
        return future


def test_the_parts_are_many_and_none_for_a_small_package(place: Path, tmp_path: Path) -> None:
    executor = Given()
    read(place / "sound.zip", executor=executor)
    assert 5 < executor.tasks < 30
    write(make_package(), tmp_path / "small.zip")
    executor = Given()
    assert read(tmp_path / "small.zip", executor=executor).understood
    assert executor.tasks == 0


def test_a_target_is_given_to_workers_where_enough_of_it_is_new(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WORTH", 20_000)
    write(load(draft({"application": 2, "api_group": 2, "api": 20}, 4_000).archive()), tmp := place / "other.zip")
    package = read(place / "sound.zip")
    tasks = {}
    for path in (place / "sound.zip", place / "sound", tmp):
        executor = Given()
        found = read_target(path, beside=package, executor=executor)
        assert found.index == read_target(path).index
        tasks[path.name] = executor.tasks
    assert tasks["sound.zip"] == tasks["sound"] == 0
    assert tasks["other.zip"] > 5


def test_what_is_as_in_the_package_is_not_given_to_workers(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WORTH", 20_000)
    package = read(place / "sound.zip")
    changed = {each.address for each in package.resources_of("api")[::2]}
    documents = {address: {**package.document(address), "remark": "changed"} for address in changed}
    write(package.with_changes(changed=documents), place / "drifted.zip")
    executor = Given()
    target = read_target(place / "drifted.zip", beside=package, executor=executor)
    assert target.index == read_target(place / "drifted.zip").index
    assert 2 <= executor.tasks <= len(changed)
    same = [each for each in target.index.resources if each.inspection is package.resource(each.address).inspection]
    assert {each.address for each in package.resources} - {each.address for each in same} == changed


def test_a_part_that_does_not_come_back_is_read_here(place: Path) -> None:
    def fail(number: int) -> None:
        if number % 2:
            raise RuntimeError("lost")

    executor = Given(fail)
    assert everything(read(place / "sound.zip", executor=executor)) == everything(read(place / "sound.zip"))
    assert executor.tasks > 5


def test_a_worker_opens_the_package_once_and_again_when_it_is_another(place: Path) -> None:
    """As on another machine: nothing of this process is there."""
    opened: list[str] = []

    def forget(_: int) -> None:
        known = parts._held  # noqa: SLF001 - what a worker keeps is what is tested
        known[:] = [each for each in known if each.archive.origin in opened]

    def note(path: str, *arguments: Any, **named: Any) -> Any:
        archive = read_archive(path, *arguments, **named)
        opened.append(archive.origin)
        return archive

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assetpkg.package.parts.read_archive", note)
        for name in ("sound.zip", "sound", "wrapped.zip"):
            assert everything(read(place / name, executor=Given(forget))) == everything(read(place / name))
    assert opened == [str(place / name) for name in ("sound.zip", "sound", "wrapped.zip")]


def test_a_worker_reads_no_other_package_than_was_asked_for(place: Path) -> None:
    """A file that is replaced meanwhile: the process that opened it first still has the old one, and reads that."""
    expected = everything(read(place / "sound.zip"))

    def replace(number: int) -> None:
        parts._held.clear()  # noqa: SLF001 - as in a worker that begins
        if number == 1:
            write(make_package(), place / "other.zip")
            os.replace(place / "other.zip", place / "sound.zip")  # noqa: PTH105 - one step

    assert everything(read(place / "sound.zip", executor=Given(replace))) == expected


@pytest.mark.parametrize("made", EXECUTORS.values(), ids=EXECUTORS)
def test_several_packages_are_read_each_by_one(place: Path, made: Callable[[], ExecutorLike]) -> None:
    names = [str(place / name) for name in ("sound.zip", "faulty", "wrapped.zip", "sound.zip")]
    together = read_each(names, made())
    assert [everything(package) for package in together] == [everything(read(name)) for name in names]


def test_one_of_several_that_does_not_come_back_is_read_here(place: Path) -> None:
    def fail(number: int) -> None:
        if number == 2:
            raise RuntimeError("lost")

    names = [str(place / name) for name in ("sound.zip", "faulty", "sound")]
    together = read_each(names, Given(fail))
    assert [everything(package) for package in together] == [everything(read(name)) for name in names]


def test_the_names_of_a_part_are_in_order_and_each_there_once(place: Path) -> None:
    archive = read(place / "sound.zip").archive
    found: Iterator[Sequence[str]] = in_parts(((name, entry.size) for name, entry in archive.entries.items()), 8_000)
    assert [name for part in found for name in part] == list(archive.entries)


@pytest.mark.parametrize("made", [lambda: None, lambda: Processes(2)], ids=["alone", "processes"])
def test_what_is_packed_alike_is_not_inflated_again(
    place: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[], ExecutorLike | None]
) -> None:
    package = read(place / "sound.zip", executor=made())
    changed = next(iter(package.resources))
    other = package.with_document(changed.address, {**package.document(changed.address), "remark": "another"})
    write(other, place / "other.zip")
    write(package, place / "stored.zip", store=True)
    inflated: list[str] = []
    taken = ZipDirectory.read

    def count(directory: ZipDirectory, entry: ZipEntry, packed: bytes | None = None) -> bytes:
        inflated.append(entry.name)
        return taken(directory, entry, packed)

    for path in (place / "sound.zip", place / "other.zip", place / "stored.zip", place / "wrapped.zip"):
        expected = read_target(path)
        with monkeypatch.context() as patched:
            patched.setattr(ZipDirectory, "read", count)
            inflated.clear()
            found = read_target(path, beside=package)
            again = inflated.copy()
        assert (found.index, found.digest, found.repeats) == (expected.index, expected.digest, expected.repeats)
        assert [found.document(each) for each in found.index.resources] == [
            expected.document(each) for each in expected.index.resources
        ]
        if path.name in {"sound.zip", "other.zip"}:
            assert set(again) == {"manifest.json", *([changed.entry] if path.name == "other.zip" else [])}
        else:
            assert len(again) == len(package.archive.entries)


def test_the_same_packed_bytes_under_another_promise_are_looked_into(place: Path) -> None:
    """A forged checksum or size is found, though the packed bytes are known."""
    package = read(place / "sound.zip")
    content = (place / "sound.zip").read_bytes()
    with ZipFile(place / "sound.zip") as archive:
        forged = archive.getinfo(next(name for name in archive.namelist() if name.startswith("apis/")))
    for promise in (forged.CRC, forged.file_size):
        old = promise.to_bytes(4, "little")
        number = content.find(old, forged.header_offset)
        assert content.count(old) == 2, "in the local header, and in the directory"
        wrong = content.replace(old, (promise + 1).to_bytes(4, "little"))
        assert number >= 0
        (place / "forged.zip").write_bytes(wrong)
        alone, beside = read(place / "forged.zip"), load(read_archive(place / "forged.zip"), beside=package)
        assert everything(beside) == everything(alone)
        assert beside.entry_faults


def test_a_document_that_names_files_is_not_known_by_its_packed_bytes(place: Path) -> None:
    """What is said of the files that a document names depends on them, and not on the document alone."""
    sound = read(place / "sound.zip")
    api = next(each for each in sound.resources if each.path.kind == "api")
    for number, files in enumerate(((), ("sample.txt",))):
        document = {
            **sound.document(api.address),
            "result_normal_sample": {"$file": f"{Path(api.entry).stem}.sample.txt"},
        }
        with ZipFile(place / f"{number}.zip", "w") as archive:
            for name, entry in sound.archive.entries.items():
                archive.writestr(name, json.dumps(document) if name == api.entry else entry.read())
            for file in files:
                archive.writestr(f"{Path(api.entry).with_suffix('')}.{file}", "a sample")
    missing = [
        any(each.slug == "text-file-missing" for each in check(read(place / f"{number}.zip"))) for number in (0, 1)
    ]
    assert missing == [True, False]
    for one, other in (("0.zip", "1.zip"), ("1.zip", "0.zip"), ("0.zip", "0.zip")):
        beside = load(read_archive(place / other), beside=read(place / one))
        assert everything(beside) == everything(read(place / other))
