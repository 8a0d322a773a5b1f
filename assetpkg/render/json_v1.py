"""The machine format: the report as JSON, as the schemas in `schemas/` describe it."""

from dataclasses import fields, is_dataclass
from typing import Any

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.render.screen import printable_json


def render(report: Any, _: object = None) -> str:
    """Return the report as one JSON document; the same report is the same text everywhere.

    What could drive a terminal is in JSON's escapes. A last look replaces credentials that a report still has.
    """
    return printable_json(documents.indented(_plain(report))) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {mask_line(key): _plain(item) for key, item in value.items()}
    return mask_line(value) if isinstance(value, str) else value
