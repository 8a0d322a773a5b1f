"""Every command reads a script in a file of its own as if it were in its resource."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assetpkg.authoring.fmt import fmt
from assetpkg.authoring.long_texts import TextPlace
from assetpkg.cli.program import COMMANDS, cli
from assetpkg.package.beside import as_in_folder
from tests.build import encode, make_package, make_snapshot
from tests.laws.test_long_texts import coded, with_scripts

RUNS = {
    "check": ("check shop --summary",),
    "plan": ("plan shop --target target.json --mode Merge --details --format json --output -",),
    "compare": ("compare shop --target target.json",),
    "diff": ("diff shop target.json --details",),
    "apply": ("apply shop --target target.json -o after.json",),
    "undo": ("undo shop --target target.json -o undo.zip",),
    "verify": (
        "plan shop --target target.json --format json --output plan.json",
        "verify plan.json --package shop --target target.json",
    ),
    "checklist": ("checklist shop --target target.json",),
    "show": ("show shop --documents", "show shop backend_api/Shop/get_orders"),
    "pack": ("pack shop -o shop.zip",),
    "unpack": ("pack shop -o shop.zip", "unpack shop.zip -o out"),
    "subset": ("subset shop -o some.zip --only backend_api/*", "subset shop -o folder --only task/*"),
    "split": ("split shop -o parts --max 1",),
    "redact": ("redact shop -o copy.zip",),
    "adapt": ("adapt shop --prefix dev_ -o dev.zip",),
    "merge": ("merge shop shop -o both.zip",),
}
"""What commands are run that read a package; they write the same where its texts are in files of their own."""
OTHERS = {
    "reconcile", "snapshot", "new", "fmt", "convert", "learn", "generate", "rules", "explain", "schema", "setup",
    "help", "lsp", "serve",
}  # fmt: skip
"""Those that read no package, and those that are about its files."""


def test_every_command_is_run() -> None:
    assert set(COMMANDS) <= {*RUNS, *OTHERS}


@pytest.fixture(scope="module")
def folders() -> dict[TextPlace, dict[str, bytes]]:
    """The files of a package, once with files for its texts."""
    scripts = with_scripts(coded("select 1\nfrom orders"), coded("订单"), detail='{\n  "x": "db.example.com"\n}\n')
    made = {where: fmt(make_package(scripts), where=where).package for where in (TextPlace.INSIDE, TextPlace.BESIDE)}
    found = {
        where: {name: entry.read() for name, entry in as_in_folder(package.archive).entries.items()}
        for where, package in made.items()
    }
    added = found[TextPlace.BESIDE].keys() - found[TextPlace.INSIDE]
    assert sorted(name.rpartition("/")[2] for name in added) == [
        "get_orders.orders-2.sql",
        "get_orders.orders.sql",
        "sync_orders.task_detail.json.txt",
    ]
    return found


@pytest.mark.parametrize("command", RUNS)
def test_it_writes_the_same(
    command: str, folders: dict[TextPlace, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for where, contents in folders.items():
        place = tmp_path / where.value
        for name, content in contents.items():
            (place / "shop" / name).parent.mkdir(parents=True, exist_ok=True)
            (place / "shop" / name).write_bytes(content)
        (place / "target.json").write_bytes(encode(make_snapshot()))
        monkeypatch.chdir(place)
        words = [[*line.split(), "--no-config"] for line in RUNS[command]]
        done = [CliRunner().invoke(cli, each, standalone_mode=False) for each in words]
        assert all(each.exception is None and each.return_value in (0, 1) for each in done), done
        files = [path for path in place.rglob("*") if path.is_file() and place / "shop" not in path.parents]
        written = {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
        told.append(([(each.stdout, each.return_value) for each in done], written))
    assert told[0] == told[1]
