"""What the page of a package's content shows: its resources, or one of them as a document."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from assetpkg import documents
from assetpkg.credentials.masking import mask_text
from assetpkg.render.html.page import Shown, shown
from assetpkg.render.screen import View
from assetpkg.report.show import ShowReport


def prepare(report: ShowReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a package's content, and what it shows."""
    del view
    single = report.resources[0] if len(report.resources) == 1 and report.resources[0].document is not None else None
    kinds = list(Counter(resource.kind for resource in report.resources).items())
    document = "" if single is None else _document(single.document)
    return "show.html", {"report": report, "single": single, "document": document, "kinds": kinds}


def _document(document: Any) -> Shown:
    """Return a document in lines, each as it can be shown."""
    text = mask_text(documents.indented(document))
    return Shown("\n".join(map(shown, text.split("\n"))))
