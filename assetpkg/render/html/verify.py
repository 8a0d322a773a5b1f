"""What the page of a verified plan shows: whether it still holds, and what is not as it was."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from assetpkg.render.screen import View
from assetpkg.render.verified import HOLDS
from assetpkg.report.saved import VerifyReport


def prepare(report: VerifyReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a verified plan, and what it shows."""
    del view
    subjects = list(Counter(each.subject for each in report.differences).items())
    return "verify.html", {"report": report, "subjects": subjects, "holds": HOLDS}
