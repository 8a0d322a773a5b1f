"""The addresses by which an editor names files, and the paths that they are."""

import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

_LOCAL = ("", "localhost")
_SAFE = "/:~!$&'()*+,;=@" if os.name == "nt" else "/~!$&'()*+,;=@"


def path_of(address: str) -> str | None:
    """Return the path of a `file:` address; `None` for another one, and for what cannot be a path."""
    try:
        parts = urlsplit(address)
        path = unquote(parts.path, errors="surrogateescape")
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or parts.netloc.lower() not in _LOCAL or not path.startswith("/") or "\0" in path:
        return None
    if os.name == "nt":
        path = path.lstrip("/")
    return os.path.normpath(path)


def address_of(path: str | Path) -> str:
    """Return the `file:` address of a path."""
    known = Path(path).as_posix()
    return f"file://{'' if known.startswith('/') else '/'}{quote(os.fsencode(known), safe=_SAFE)}"
