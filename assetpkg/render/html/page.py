"""The page around a report: its templates, its style and its script, and what no text of a package can do in it."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from assetpkg import __version__
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.html.words import reason_of
from assetpkg.render.places import place_of
from assetpkg.render.screen import printable, unused_files
from assetpkg.render.sentences import SIGNS

_ADDRESSES = {page.value: page.address for page in Page}


_HERE, _NOWHERE = "'self'", "'none'"
"""Where a page may send a form to, in the words of its policy."""


class Shown(str):
    """Text that has passed the last look already; what is cut out of it would not pass it again unchanged."""

    __slots__ = ()


def shown(text: str) -> Shown:
    """Return text as it can be shown: without credentials, and with what cannot be seen in it as escapes."""
    return Shown(printable(text))


def fill(template: str, content: Mapping[str, Any], *, forms: bool = False) -> str:
    """Return the page that a template makes of what was prepared for it; with `forms`, it may send to where it is."""
    style, script = (_part(name) for name in ("style.css", "script.js"))
    return (
        _environment()
        .get_template(template)
        .render(
            style=style,
            script=script,
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
            f" base-uri 'none'; form-action {_HERE if forms else _NOWHERE}",
            version=__version__,
            **content,
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("assetpkg.render.html", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_last_look,
    )
    made.globals |= {
        "address_of": address_of,
        "place_of": place_of,
        "plural": plural,
        "reason_of": reason_of,
        "signs": SIGNS,
        "unused_files": unused_files,
    }
    made.filters["number"] = "{:,}".format
    return made


def _last_look(value: Any) -> Any:
    """Return what a template shows; whatever is text, and was not looked at, is looked at here."""
    return printable(value) if type(value) is str else value


def address_of(page: str) -> str:
    """Return the address of a page of the documents; empty where none is known."""
    return _ADDRESSES.get(page, "")


def _part(name: str) -> str:
    return files("assetpkg.render.html").joinpath(name).read_text(encoding="utf-8")


def _hash(part: str) -> str:
    """Return what a browser knows a style or a script by that it may use."""
    return f"'sha256-{b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"
