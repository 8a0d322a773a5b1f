"""Two versions held against each other: `python -m tests.benchmarks.differential COMMIT`.

Every output of an older commit and of this tree is compared, byte for byte: what is said of the packages of the
benchmarks and of the hostile files of the tests, the plans in both modes, and the zips that are made. Where an output
was to change, its commands are listed; nothing else may be. It needs a system that copies processes, such as Linux.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.packages import ROOT, SIZES, install, place_for, prepare
from tests.build import make_contents
from tests.credentials.texts import ORDINARY, PLAIN_FORMS, SECRET, SPELLINGS, read
from tests.trust.hostile import container, documents, headers, inner, legal, names
from tests.trust.hostile.gates import package

Job = Sequence[str]
"""The words of a command."""

_MOST_LISTED = 40
_TOGETHER = 30
"""How many texts with credentials are put into one package."""
PRODUCT = "product"
"""How the files are called that commands make, without their suffix."""
# The program is loaded once, and copied for each command, so that a thousand commands take a minute.
_WORKER = f"""
import hashlib, importlib, json, os, pkgutil, sys
import assetpkg, assetpkg.__main__
for module in pkgutil.walk_packages(assetpkg.__path__, "assetpkg."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from assetpkg.kinds import KINDS
from assetpkg.kinds.validators import validator_of
for kind in KINDS.values():
    validator_of(kind, briefly=False)
answers = []
for words in json.load(open(sys.argv[1])):
    child = os.fork()
    if not child:
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(sys.argv[2] + name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), stream)
        sys.argv[:] = ["assetpkg", *words]
        assetpkg.__main__.start()
        os._exit(70)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    found = [status]
    names = sorted(name for name in os.listdir() if name.startswith("{PRODUCT}."))
    for name in (sys.argv[2] + "out", sys.argv[2] + "err", *names):
        with open(name, "rb") as file:
            found.append(hashlib.sha256(file.read()).hexdigest())
        os.unlink(name)
    answers.append(found)
json.dump(answers, open(sys.argv[2] + "answers", "w"))
"""


def main(arguments: Sequence[str]) -> int:
    """Compare a commit with this tree; return 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.differential", description=__doc__)
    parser.add_argument("commit", help="the older version")
    parser.add_argument("--sizes", default="S,M", help=f"which of {','.join(SIZES)}; S,M by default")
    parser.add_argument(
        "--every", type=int, default=1, help="of the commands on hostile files, run each so many-th; take a prime"
    )
    parser.add_argument("--folder", type=Path, help="where packages and environment are kept")
    given = parser.parse_args(arguments)
    sizes = [size for size in given.sizes.split(",") if size]
    place = place_for(given.folder)
    made = prepare(place, sizes, install(place))
    with tempfile.TemporaryDirectory() as folder:
        old, work = Path(folder, "old"), Path(folder, "work")
        work.mkdir()
        _check_out(given.commit, old)
        jobs = [*_at_size(made, sizes, work), *[*_on_hostile_files(work)][:: given.every]]
        answers = [_run(tree, jobs, work) for tree in (old, ROOT)]
    different = [words for words, one, other in zip(jobs, *answers, strict=True) if one != other]
    crashed = sum(status not in {0, 1, 2} for status, *_ in answers[1])
    for words in different[:_MOST_LISTED]:
        sys.stdout.write(f"differs: assetpkg {' '.join(words)}\n")
    sys.stdout.write(
        f"{len(jobs):,} commands: {len(jobs) - len(different):,} with the same status, outputs and files, "
        f"{len(different):,} different, {crashed:,} without a proper status\n"
    )
    return int(bool(different or crashed))


def _check_out(commit: str, folder: Path) -> None:
    """Put the program of a commit into a folder."""
    folder.mkdir()
    packed = folder / "old.tar"
    with packed.open("wb") as out:
        subprocess.run(["git", "archive", commit, "assetpkg", "schemas"], cwd=ROOT, stdout=out, check=True)
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")


def _run(tree: Path, jobs: Sequence[Job], work: Path) -> list[list[object]]:
    """Return status, and digests of outputs and product, of each command by the program in a tree."""
    listed, answers = work / "jobs.json", work / "answer-"
    listed.write_text(json.dumps(jobs), encoding="utf-8")
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(tree), "NO_COLOR": "1"}
    subprocess.run([sys.executable, "-c", _WORKER, listed, answers], cwd=work, env=environment, check=True)
    found: list[list[object]] = json.loads(Path(f"{answers}answers").read_text(encoding="utf-8"))
    return found


def _at_size(made: Path, sizes: Sequence[str], work: Path) -> Iterator[Job]:
    """Yield commands on the packages of the benchmarks, which are put into the folder."""
    for size in sizes:
        for name in (f"{size}.zip", f"{size}b.json", f"{size}s.zip"):
            (work / name).symlink_to(made / name)
        shutil.unpack_archive(made / f"{size}.zip", work / size)
        yield ["check", f"{size}.zip", "--format", "json"]
        yield ["check", size]
        yield ["check", f"{size}.zip", f"{size}s.zip", "--jobs", "2"]
        for target in (f"{size}b.json", f"{size}s.zip"):
            for mode in ("Merge", "AddNew"):
                words = ["plan", f"{size}.zip", "--target", target, "--mode", mode]
                yield [*words, "--format", "json"]
                yield [*words, "--details"]
            yield ["apply", f"{size}.zip", "--target", target, "--mode", "Merge", "--output", f"{PRODUCT}.json"]
        yield ["pack", size, "--output", f"{PRODUCT}.zip"]
        yield ["redact", f"{size}b.json", "--output", f"{PRODUCT}.json"]


def _on_hostile_files(work: Path) -> Iterator[Job]:
    """Yield commands on forged archives, documents that parsers disagree about, and texts with credentials."""
    shop = package({})
    (work / "shop.zip").write_bytes(shop)
    archives = [oddity.archive for room in (container, headers, inner, names) for oddity in room.ODDITIES]
    archives += legal.CONTAINERS.values()
    for number, content in enumerate(archives):
        yield from _on_archive(work, f"archive-{number}.zip", content)
    entry = next(name for name in make_contents() if name != "manifest.json")
    contents = [*(hostile.content for hostile in documents.HOSTILE), *documents.STRICT.values()]
    for number, content in enumerate(contents):
        (work / f"target-{number}.json").write_bytes(content)
        yield ["plan", "shop.zip", "--target", f"target-{number}.json", "--format", "json"]
        yield from _on_archive(work, f"manifest-{number}.zip", package({"manifest.json": content}))
        yield from _on_archive(work, f"document-{number}.zip", package({entry: content}))
    marked = [text for texts in SECRET.values() for text in texts]
    texts = [*(read(text).text for text in marked), *ORDINARY, *SPELLINGS, *PLAIN_FORMS]
    resource = json.loads(make_contents()[entry])
    for start in range(0, len(texts), _TOGETHER):
        found: dict[str, bytes] = {}
        for number, text in enumerate(texts[start : start + _TOGETHER]):
            changed = {**resource, "id": None, "remark": text, "x": [text, {"value": text, text: 1}]}
            found[entry.replace(".json", f"-{number}.json")] = json.dumps(
                changed, ensure_ascii=bool(start % 2)
            ).encode()
            found[f"notes-{number}.txt"] = text.encode()
        yield from _on_archive(work, f"texts-{start}.zip", package(found))


def _on_archive(work: Path, name: str, content: bytes) -> Iterator[Job]:
    (work / name).write_bytes(content)
    yield ["check", name, "--format", "json"]
    yield ["plan", name, "--target", "shop.zip", "--mode", "Merge", "--format", "json"]
    yield ["pack", name, "--output", f"{PRODUCT}.zip"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
