"""The published JSON Schemas as texts: from the installed package, or from the source tree that it runs in."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assetpkg.errors import InvalidOption, incomplete, near

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

BASE = "https://assetpkg.invalid/schemas/1/"
"""What the `$id`s begin with: names and no addresses, since nothing is ever served under `.invalid` (RFC 2606)."""

CATALOG = "catalog.json"
"""The name of the list of them in a folder, in the form of the catalogs of schemastore.org."""
SETTINGS_FILE = "assetpkg.toml"

_SUFFIX = ".json"


def published_names() -> tuple[str, ...]:
    """Return the names of the published schemas: those of the kinds, and of what else is read or written."""
    return tuple(sorted(_texts()))


def published_schema(name: str) -> str:
    """Return the published schema `name`; raises `InvalidOption` if there is none, with what is near it."""
    known = _texts()
    if name not in known:
        raise InvalidOption(f"no schema is named '{name}'{near(name, known, 'assetpkg schema')}")
    return known[name].read_text(encoding="utf-8")


def published_bundle() -> str:
    """Return all published schemas as one, each under its name; its `$id` is the base of the references in it."""
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}all.json",
        "title": "all JSON Schemas of assetpkg",
        "$defs": {name: json.loads(published_schema(name)) for name in published_names()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def published_files() -> dict[str, bytes]:
    """Return the files of a folder with all published schemas: each by its name, and the `CATALOG` of them.

    The catalog says of each what it describes, in which file beside the catalog it is, and which files of a project are
    recognised by their place: those of the folders of kinds, and the settings.
    """
    names = published_names()
    texts = {name: published_schema(name) for name in names}
    matches = file_matches()
    rows = [
        {
            "name": name,
            "description": json.loads(texts[name])["title"],
            **({"fileMatch": [matches[name]]} if name in matches else {}),
            "url": f"./{name}{_SUFFIX}",
        }
        for name in names
    ]
    catalog = {"$schema": "https://json.schemastore.org/schema-catalog.json", "version": 1, "schemas": rows}
    listed = json.dumps(catalog, ensure_ascii=False, indent=2) + "\n"
    return {CATALOG: listed.encode(), **{f"{name}{_SUFFIX}": text.encode() for name, text in texts.items()}}


def file_matches() -> dict[str, str]:
    """Return for each schema of files that are recognised by their place a pattern for their paths."""
    from assetpkg.kinds import KINDS

    return {**{name: f"**/{kind.folder}/**/*.json" for name, kind in KINDS.items()}, "settings": SETTINGS_FILE}


def _homes() -> "Iterable[Traversable]":
    """Return where the schemas may be: in a wheel within the package, in a source tree beside it."""
    from importlib.resources import files

    package = files("assetpkg")
    yield package / "schemas"
    if isinstance(package, Path):
        yield package.parent / "schemas"


@cache
def _texts() -> "Mapping[str, Traversable]":
    for home in _homes():
        if home.is_dir():
            found = {file.name.removesuffix(_SUFFIX): file for file in home.iterdir() if file.name.endswith(_SUFFIX)}
            if found:
                return found
    raise incomplete("folder 'schemas'")
