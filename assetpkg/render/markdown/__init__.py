"""Reports as Markdown for comments and summaries; no text of a package in it is a mark, HTML, a link or a mention."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

_PAGES: Mapping[str, str] = {
    "CheckReport": "check.tell_check",
    "PlanReport": "plan.tell_plan",
    "PlansReport": "plan.tell_plans",
    "CompareReport": "compare.tell_comparison",
    "DiffReport": "diff.tell_diff",
    "VerifyReport": "verify.tell_verification",
    "ExplainReport": "explain.tell_explanation",
    "FailureReport": "verify.tell_failure",
}
"""The reports by the names of their classes, and the function that makes the page of each."""


def render(report: Any, _: object = None) -> str:
    """Return a page with the verdict and the counts first, short enough for a comment."""
    module, _, function = _PAGES[type(report).__name__].partition(".")
    page: str = getattr(import_module(f"assetpkg.render.markdown.{module}"), function)(report)
    return page
