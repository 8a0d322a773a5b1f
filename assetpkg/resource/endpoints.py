"""The hosts in an address: of a URL, a connection string or a list of servers, and nothing else of it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from assetpkg.credentials.masking import MASK, mask_line

_LONGEST = 8_192
"""In characters; a longer address is not looked at."""
_MOST = 100
"""How many hosts of one address are named."""
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.:-]{0,60}):(?:@)?//([^/?#;\s]*)(.*)", re.DOTALL)
_DESCRIBED = re.compile(r"\(\s*HOST\s*=\s*([^()\s]+)\s*\)\s*\(\s*PORT\s*=\s*([0-9]{1,5})\s*\)", re.IGNORECASE)
_THIN = re.compile(rf"jdbc:(?:oracle:[a-z0-9]+:|{re.escape(MASK)})@([^/@\s]+)", re.IGNORECASE)
"""The driver before the host is where a user and a password could be, so it is not always seen."""
_SERVER = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[\w.-]{1,253}|#\w+#)(?::([0-9]{1,5}))?(?::\w*)?")
_HIGHEST_PORT = 65_535


def endpoints_of(address: str, port: str = "") -> tuple[str, ...]:
    """Return the hosts that an address names, each once, as `scheme://host:port`, or `//host:port` without a scheme.

    `port` is used for hosts without one. User names, passwords, paths and parameters are left out. An address that is
    not understood has none, and so has one in which a credential could be where the host is.
    """
    if len(address) > _LONGEST:
        return ()
    found = dict.fromkeys(_endpoints(mask_line(address.strip()), port))
    return tuple(found)[:_MOST]


def _endpoints(text: str, port: str) -> Iterator[str]:
    url = _URL.fullmatch(text)
    described = _DESCRIBED.findall(text)
    thin = _THIN.match(text)
    if url is not None and "@" not in url[3]:
        servers = _servers(url[2].rpartition("@")[2], port)
        scheme = _scheme(url[1])
    elif described:
        servers, scheme = [server for each in described for server in _servers(":".join(each), "")], ""
    elif thin is not None:
        servers, scheme = _servers(thin[1], port), "oracle"
    else:
        # A list is one of servers alone, or it is none.
        servers, scheme = _servers(text, port), ""
    yield from (f"{scheme}:{server}" if scheme else server for server in servers)


def _scheme(words: str) -> str:
    """Return the scheme of a URL; of a connection string of Java, that of what it connects to."""
    parts = words.lower().split(":")
    return parts[1] if parts[0] == "jdbc" and len(parts) > 1 else parts[-1]


def _servers(text: str, port: str) -> list[str]:
    """Return the servers of a list, each as `//host:port`; none at all where one of them is none."""
    known = []
    for part in text.split(","):
        found = _SERVER.fullmatch(part.strip())
        if found is None or MASK in part or int(found[2] or 0) > _HIGHEST_PORT:
            return []
        number = found[2] or port
        number = number if re.fullmatch(r"[0-9]{1,5}", number) and int(number) <= _HIGHEST_PORT else ""
        host = found[1] if found[1].startswith("[") else quote(found[1], safe="")
        known.append(f"//{host}:{number}" if number else f"//{host}")
    return known
