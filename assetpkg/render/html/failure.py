"""What the page of a command says that could not run."""

from collections.abc import Mapping
from typing import Any

from assetpkg.render.screen import View
from assetpkg.report.check import FailureReport


def prepare(report: FailureReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a failure, and what it shows."""
    del view
    return "failure.html", {"report": report}
