"""Every finding's text in one place, to be read by eye: `tests/cases/gallery/findings.txt`."""

from pathlib import Path

import pytest

from assetpkg.render.screen import printable
from assetpkg.rules import catalogue
from tests.conftest import ROOT
from tests.rules import (
    test_accepting,
    test_adapted,
    test_container,
    test_documented,
    test_imports,
    test_layouts,
    test_limits,
    test_manifest,
    test_package,
    test_plugins,
    test_references,
    test_resources,
    test_secrets,
    test_text_files,
)
from tests.rules.rows import Row, as_line

GALLERY = ROOT / "tests" / "cases" / "gallery" / "findings.txt"
TABLES = (
    test_package.FAILING,
    test_layouts.FAILING,
    test_container.FAILING,
    test_manifest.FAILING,
    test_resources.FAILING,
    test_references.FAILING,
    test_secrets.FAILING,
    test_text_files.FAILING,
    test_limits.FAILING,
    test_imports.FAILING,
    test_documented.FAILING,
    test_accepting.FAILING,
    test_adapted.FAILING,
    test_plugins.FAILING,
)


def first_told(code: str, rows: tuple[Row, ...], folder: Path) -> str:
    """Return what the first row of a rule is reported, whole, with its hint."""
    lines = (printable(as_line(diagnostic, hinted=True)) for diagnostic in rows[0].make(folder))
    return next(line for line in lines if line.startswith(code))


def test_the_gallery_shows_what_every_rule_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rows = {code: row for table in TABLES for code, row in table.items()}
    lines = []
    for code in sorted(catalogue()):
        folder = tmp_path / code
        folder.mkdir()
        lines.append(first_told(code, rows[code], folder))
    text = "\n".join(lines) + "\n"
    if request.config.getoption("--update-cases"):
        GALLERY.parent.mkdir(exist_ok=True)
        GALLERY.write_text(text, encoding="utf-8")
    assert GALLERY.read_text(encoding="utf-8") == text
