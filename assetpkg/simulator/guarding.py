"""Who may ask: programs of this machine, and no page of another site that a browser here has open."""

from collections.abc import Mapping
from typing import NamedTuple

from assetpkg.simulator.refusals import FOREIGN_PAGE, WRONG_HOST, Refusal

_OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""How requests name this machine."""
_USUAL_PORT = 80


class Guard(NamedTuple):
    """The names by which the stand-in may be called; without any, its token is what protects it."""

    hosts: frozenset[str]

    @classmethod
    def of(cls, port: int) -> "Guard":
        """Return the guard of a stand-in that only listens to this machine: another name may lead here by a trick."""
        plain = _OWN_NAMES if port == _USUAL_PORT else ()
        return cls(frozenset((*(f"{host}:{port}" for host in _OWN_NAMES), *plain)))

    def refuse(self, method: str, headers: Mapping[str, str]) -> None:
        """Raise `Refusal` for a request to another host, and for one that a page of another site makes."""
        host = headers.get("host", "").lower()
        if self.hosts and host not in self.hosts:
            raise Refusal(WRONG_HOST, "the header Host has to be 127.0.0.1, localhost or [::1], with the port")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        # A page that says nothing of where it comes from, as the stand-in's own does, has the origin "null".
        own = origin is None or origin.lower() == f"http://{host}" or (origin == "null" and site == "same-origin")
        if not own or (method != "GET" and site not in (None, "same-origin", "none")):
            raise Refusal(FOREIGN_PAGE, "only the stand-in's own page may call it from a browser")
