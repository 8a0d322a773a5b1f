"""The zip that `assetpkg pack` makes, and what `check` says of it, in every environment: never a different byte."""

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build import encode, make_contents
from tests.conftest import ROOT
from tests.starting import Starter

CHINESE = {
    "applications/订单中心.json": {"id": "app-2", "name": "订单中心"},
    "docs/说明.txt": "说明".encode(),
    "empty": b"",
}


def lay_out(folder: Path, *, seed: int) -> Path:
    files = list(
        {**make_contents(), **{n: d if isinstance(d, bytes) else encode(d) for n, d in CHINESE.items()}}.items()
    )
    random.Random(seed).shuffle(files)  # noqa: S311 - only another order
    for name, content in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        os.utime(place, (seed * 86_400 * 365, seed * 86_400 * 365))
        place.chmod(0o600 if seed % 2 else 0o755)
    return folder


def run(*arguments: str, cwd: Path, umask: int = 0o022, environment: Mapping[str, str] | None = None) -> bytes:
    known = {
        key: value
        for key, value in os.environ.items()
        if key not in {"TZ", "LANG", "PYTHONUTF8"} and not key.startswith("LC_")
    }
    done = subprocess.run(
        [sys.executable, "-m", "assetpkg", *arguments],
        env={**known, "PYTHONPATH": str(ROOT), **(environment or {})},
        cwd=cwd,
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture(scope="module")
def expected(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("plain")
    starter.run("pack", str(lay_out(place / "package", seed=1)), "-o", "plain.zip", cwd=place)
    return (place / "plain.zip").read_bytes()


@pytest.mark.parametrize(
    ("environment", "umask", "seed"),
    [
        pytest.param({"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}, 0o022, 2, id="another time zone, and no locale"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "0"},
            0o077,
            5,
            id="a locale without UTF-8, a fixed hash seed, and files for nobody else",
        ),
        pytest.param(
            {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711", "PYTHONOPTIMIZE": "2"},
            0o000,
            60,
            id="a Turkish locale, another hash seed, no docstrings, files for everybody, dated 2030",
        ),
    ],
)
def test_pack_makes_the_same_bytes(
    expected: bytes, tmp_path: Path, environment: dict[str, str], umask: int, seed: int
) -> None:
    lay_out(tmp_path / "elsewhere", seed=seed)
    (tmp_path / "deep" / "down").mkdir(parents=True)
    arguments = ("pack", "../../elsewhere", "-o", "../other-name.zip")
    run(*arguments, cwd=tmp_path / "deep" / "down", umask=umask, environment=environment)
    assert (tmp_path / "deep" / "other-name.zip").read_bytes() == expected


@pytest.mark.parametrize("environment", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_unpack_makes_the_same_files(
    starter: Starter, expected: bytes, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "a.zip").write_bytes(expected)
    run("unpack", "a.zip", "-o", "a", cwd=tmp_path, environment=environment)
    assert starter.run("pack", "a", "-o", "again.zip", cwd=tmp_path).returncode == 0
    assert (tmp_path / "again.zip").read_bytes() == expected
    assert (tmp_path / "a" / "docs" / "说明.txt").read_bytes() == "说明".encode()


def test_reports_do_not_depend_on_the_environment(expected: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(expected)
    told = {
        run(*arguments, cwd=tmp_path, environment=environment)
        for arguments in [("plan", "a.zip", "--format", "json", "--fail-on", "error")]
        for environment in (
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
        )
    }
    assert len(told) == 1
