"""The pages of a stand-in for an instance: what there is, an import before it is made, and why something is refused."""

from assetpkg.render.html.page import fill
from assetpkg.report.standin import PreviewReport, RefusedReport, StandInReport


def render_stand_in(report: StandInReport) -> str:
    """Return the page with the resources, the jobs, and the form for a package."""
    return fill("standin.html", {"report": report}, forms=True)


def render_preview(report: PreviewReport) -> str:
    """Return the page about an import that may be made from here."""
    return fill("preview.html", {"report": report}, forms=True)


def render_refused(report: RefusedReport) -> str:
    """Return the page that says why something was refused."""
    return fill("refused.html", {"report": report})
