"""The chapter about environments, run from the top to the bottom as it is written: from test to production."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import assetpkg
from assetpkg.authoring.adapt.reading import parse_adapt
from tests.conftest import ROOT, SAMPLES

CHAPTER = (ROOT / "assetpkg" / "manual" / "environments.md").read_text(encoding="utf-8")
PASSWORD = "Zq81-hidden-Xv"  # noqa: S105 - it is looked for


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", CHAPTER, flags=re.DOTALL | re.MULTILINE)


def test_the_chapter_works(tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "FTP_PARTNERS_PASSWORD": PASSWORD}
    script = "\n".join(blocks("sh"))
    command = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    assert "The plan holds." in done.stdout
    assert PASSWORD not in done.stdout + done.stderr + (tmp_path / "plan.json").read_text(encoding="utf-8")
    draft, reviewed, credential, _ = blocks("toml")
    assert draft in (tmp_path / "draft.toml").read_text(encoding="utf-8")
    assert reviewed == (SAMPLES / "production.toml").read_text(encoding="utf-8")
    assert credential in reviewed
    drafted = parse_adapt((tmp_path / "draft.toml").read_bytes(), "draft.toml").file
    assert set(drafted.resources) == set(assetpkg.read_adapt(SAMPLES / "production.toml").file.resources)
    written = assetpkg.read(tmp_path / "order-center-production.zip")
    content = written.document("datasource/ftp-partners-production")["content"]
    assert (content["host"], content["password"]) == ("sftp.production.example.com", PASSWORD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.print", lambda *_: None)
    exec("\n".join(blocks("python")), {"assetpkg": assetpkg})  # noqa: S102 - it is in the manual
    again = assetpkg.read(tmp_path / "order-center-production.zip")
    assert again.document("datasource/ftp-partners-production")["content"]["password"] == "…"  # noqa: S105
