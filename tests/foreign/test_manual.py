"""The commands of the chapter about one's own data do what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, SAMPLES


def test_the_commands_of_the_chapter_work(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    text = (ROOT / "assetpkg" / "manual" / "data.md").read_text(encoding="utf-8")
    shell = [
        f'assetpkg() {{ {shlex.quote(sys.executable)} -m assetpkg "$@"; }}',
        *re.findall(r"```sh\n(.*?)```", text, re.DOTALL),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["bash", "-euc", "\n".join(shell)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Layout export covers all" in done.stdout
