"""Commands overheard: what they say on both streams and into files, in this process."""

import io
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from assetpkg.__main__ import main


class Heard(NamedTuple):
    """What a command said, and the status that it ended with."""

    status: int
    out: str
    err: str
    told: str
    """What it wrote into the files that `--output` and `--report` name, where those are not packages."""

    @property
    def everything(self) -> str:
        """All of it."""
        return "\n".join(self[1:])


class Cage:
    """A folder to run commands in."""

    def __init__(self, place: Path, patched: pytest.MonkeyPatch) -> None:
        """Stand in `place`."""
        self.place, self._patched = place, patched

    def run(self, *words: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> Heard:
        """Run the command line, from the first line to the exit status."""
        buffers = io.BytesIO(), io.BytesIO()
        out, err = (io.TextIOWrapper(buffer, "utf-8", errors="surrogateescape") for buffer in buffers)
        for report in self.place.glob("said.*"):
            report.unlink()
        with self._patched.context() as patched:
            patched.chdir(self.place)
            for name, value in (environment or {}).items():
                patched.setenv(name, value)
            patched.setattr(sys, "argv", ["assetpkg", *words])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            try:
                main()
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 0
        for stream in (out, err):
            stream.flush()
        told = "\n".join(report.read_text("utf-8") for report in sorted(self.place.glob("said.*")))
        said, complained = (buffer.getvalue().decode("utf-8", "surrogateescape") for buffer in buffers)
        assert "Traceback" not in complained, complained
        return Heard(status, said, complained, told)


@pytest.fixture
def cage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cage:
    """Return a cage in an empty folder."""
    return Cage(tmp_path, monkeypatch)
