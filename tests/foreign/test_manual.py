"""The commands of the chapter about one's own data do what it says."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT, SAMPLES


def test_the_commands_of_the_chapter_work(tmp_path: Path, programs: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    text = (ROOT / "assetpkg" / "manual" / "data.md").read_text(encoding="utf-8")
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-euc", "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Layout export covers all" in done.stdout
