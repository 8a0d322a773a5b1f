"""What is written into a package that is changed: new resources, and other documents for those that are there."""

from collections.abc import Iterable, Mapping
from typing import Any

from assetpkg import documents
from assetpkg.credentials.masking import mask_text
from assetpkg.documents import InvalidDocument
from assetpkg.documents.reasons import HALF_OF_A_PAIR
from assetpkg.errors import InvalidPackage
from assetpkg.kinds import KINDS, no_kind
from assetpkg.package.index import Index
from assetpkg.package.layout import Layout, occupied_by, occupy
from assetpkg.resource.inspection import Inspection, inspect


def encode_new(
    additions: Iterable[tuple[str, Mapping[str, Any]]],
    known: Iterable[Inspection],
    entries: Iterable[str],
    layout: Layout,
) -> Mapping[str, bytes]:
    """Return the entries for resources beside those that are `known` and the `entries` that are there.

    Raises `InvalidPackage` as `Package.with_changes` does.
    """
    fresh = [(kind, *encode(kind, document)) for kind, document in additions]
    if not fresh:
        return {}
    draft = Index.build([*known, *(inspection for _, _, inspection in fresh)])
    names = {id(found.inspection): found.path.names for found in draft.resources}
    occupied = occupied_by(entries)
    contents: dict[str, bytes] = {}
    for kind, content, inspection in fresh:
        shown = [mask_text(name) for name in names[id(inspection)]]
        entry = layout.entry_for(KINDS[kind], shown, occupied)
        occupy(entry, occupied)
        contents[entry] = content
    return contents


def encode(kind: str, document: Mapping[str, Any]) -> tuple[bytes, Inspection]:
    """Return the bytes of a resource's document, and what there is in them; the entry is for the caller to name.

    Raises `InvalidPackage` for an unknown kind, and for a document that is not JSON or has no name.
    """
    if kind not in KINDS:
        raise InvalidPackage(no_kind(kind))
    content = _dump(document)
    inspection = inspect(KINDS[kind], "", content)
    if not inspection.readable:
        raise InvalidPackage(f"a resource of kind {kind} needs a name")
    return content, inspection


def _dump(document: Mapping[str, Any]) -> bytes:
    try:
        content = documents.dump(document)
        documents.parse(content)
    except InvalidDocument as error:
        reason = f"a resource cannot be written: {error}"
    except UnicodeEncodeError:
        reason = f"a resource cannot be written as JSON: {HALF_OF_A_PAIR}"
    except (TypeError, ValueError, RecursionError) as error:
        reason = f"a resource cannot be written as JSON: {error}"
    else:
        return content
    # Outside of the `except`, since those errors keep the text that they are about.
    raise InvalidPackage(reason)
