"""Reports as one HTML page without parts elsewhere: to look at, to filter, to unfold, to tick off and to print.

Each report has a template, and a module that prepares what the template shows.
"""

from importlib import import_module
from typing import Any

from assetpkg.render.screen import View

PAGES = {
    "PlanReport": "plan",
    "PlansReport": "plan",
    "CheckReport": "check",
    "CompareReport": "compare",
    "DiffReport": "diff",
    "ShowReport": "show",
    "VerifyReport": "verify",
    "FailureReport": "failure",
}
"""The reports by the names of their classes, and the module that prepares each."""


def render(report: Any, view: View) -> str:
    """Return a report as a page of HTML; the same report gives the same bytes."""
    from assetpkg.render.html.page import fill

    prepare = import_module(f"assetpkg.render.html.{PAGES[type(report).__name__]}").prepare
    template, content = prepare(report, view)
    return fill(template, content)
