"""Reports as text for a person: each report has its function, in a module that is imported when it is rendered."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from assetpkg.render.screen import View


def _plain(tell: Callable[..., str], report: Any, view: View) -> str:
    return tell(report, view.screen)


def _with_detail(tell: Callable[..., str], report: Any, view: View) -> str:
    from assetpkg.render.text.sections import Detail

    detail = Detail(everything=view.details, only=view.only, unchanged=view.show_unchanged)
    return tell(report, view.screen, detail, view.line_of)


def _in_full(tell: Callable[..., str], report: Any, view: View) -> str:
    return tell(report, view.screen, in_full=view.details)


def _with_lines(tell: Callable[..., str], report: Any, view: View) -> str:
    return tell(report, view.screen, in_full=view.details, line_of=view.line_of)


def _everything(tell: Callable[..., str], report: Any, view: View) -> str:
    return tell(report, view.screen, everything=view.details)


def _named(tell: Callable[..., str], report: Any, view: View) -> str:
    return tell(report, view.screen, in_full=view.details, only=view.only)


def _of_product(tell: Callable[..., str], report: Any, view: View) -> str:
    return tell(report, view.product, view.screen, in_full=view.details)


TEXTS: Mapping[str, tuple[str, Callable[[Callable[..., str], Any, View], str]]] = {
    "CheckReport": ("text.check.render_check", _with_lines),
    "PackagesReport": ("text.check.render_packages", _plain),
    "SummaryReport": ("text.summary.render_summary", _plain),
    "PlanReport": ("text.plan.render_plan", _with_detail),
    "PlansReport": ("text.plan.render_rollout", _with_detail),
    "CompareReport": ("text.compare.render_comparison", _everything),
    "DiffReport": ("text.diff.render_diff", _named),
    "ApplyReport": ("text.outcome.render_apply", _of_product),
    "UndoReport": ("text.outcome.render_undo", _of_product),
    "VerifyReport": ("text.verify.render_verification", _in_full),
    "ReconcileReport": ("text.job.render_reconciliation", _in_full),
    "ChecklistReport": ("markdown.checklist.render_checklist", lambda tell, report, _: tell(report)),
    "SnapshotReport": ("text.snapshot.render_snapshot", _of_product),
    "ShowReport": ("text.listing.render_show", _in_full),
    "ExplainReport": ("text.explain.render_explanation", _in_full),
    "RulesReport": ("text.listing.render_rules", _plain),
    "LearnReport": ("text.learn.render_learn", _in_full),
    "AdaptReport": ("text.adapt.render_adapt", _in_full),
    "SubsetReport": ("text.subset.render_subset", _in_full),
    "MergeReport": ("text.merge.render_merge", _in_full),
    "SplitReport": ("text.authoring.render_split", _plain),
    "OpenApiReport": ("text.openapi.render_openapi", _plain),
    "CallsReport": ("text.calls.render_calls", _plain),
    "ConvertReport": ("text.convert.render_convert", _plain),
    "NewReport": ("text.authoring.render_new", _plain),
    "FmtReport": ("text.fmt.render_fmt", _plain),
    "RedactReport": ("text.authoring.render_redact", _plain),
}
"""The reports by the names of their classes: what renders each, and what it needs to know of the view."""


def render(report: Any, view: View) -> str:
    """Return a report as text."""
    place, tell = TEXTS[type(report).__name__]
    module, _, function = place.rpartition(".")
    return tell(getattr(import_module(f"assetpkg.render.{module}"), function), report, view)
