"""The call that a plan was computed for, down to its query."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from assetpkg.credentials.masking import mask_line
from assetpkg.planning.context import ImportContext

METHOD = "POST"
FORM_FIELD = "ImportAssetRequestBody"
"""The field of the multipart form that holds the file."""
NOTE = (
    "the official Python SDK 3.1.219 always imports as AddNew: its ImportAsset cannot send type, prefix or"
    " datasource_overwrite"
)


class Request(NamedTuple):
    """An import as the API reference, Importing Assets, has it; `file_name` is `None` where nothing is packed yet."""

    path: str
    query: Mapping[str, str]
    file_name: str | None

    @property
    def query_string(self) -> str:
        """The query as it is in a URL."""
        return "&".join(f"{name}={quote(value, safe='')}" for name, value in self.query.items())


def request_for(context: ImportContext) -> Request:
    """Return the call of an import; what the target does not tell stays in braces."""
    options, instance = context.options, context.instance
    facts = instance.facts if instance is not None else None
    project = _step(facts.project_id) if facts and facts.project_id else "{project_id}"
    place = _step(facts.id) if facts and facts.id else "{instance_id}"
    prefix = {"prefix": options.prefix} if options.prefix else {}
    return Request(
        path=f"/v2/{project}/instances/{place}/assets/import",
        query={
            "type": options.mode.value,
            **prefix,
            "datasource_overwrite": "true" if options.datasource_overwrite else "false",
        },
        file_name=context.package.archive.file_name,
    )


def _step(text: str) -> str:
    """Return an id as a step of a path; one that contains a credential is not an id, and is not shown."""
    return quote(mask_line(text), safe="*")
