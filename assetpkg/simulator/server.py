"""The stand-in at work: a server for one, in this thread or beside it, begun and ended cleanly."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any, NamedTuple

import uvicorn

from assetpkg.errors import CannotRead, InvalidOption, reason_of
from assetpkg.limits import Limits
from assetpkg.planning.options import ImportOptions
from assetpkg.render.screen import printable
from assetpkg.simulator import bounds
from assetpkg.simulator.faults import Faults, Switches, parse_faults
from assetpkg.simulator.guarding import Guard
from assetpkg.simulator.head_timeout import closing_after
from assetpkg.simulator.service import Conditions, Service
from assetpkg.simulator.state import State
from assetpkg.simulator.store import Store
from assetpkg.simulator.uploads import Bounds
from assetpkg.simulator.wire import Wire, WireOptions
from assetpkg.target.instance import Instance

if TYPE_CHECKING:
    from assetpkg.layouts.declaration import LayoutFile

USUAL_ADDRESS = "127.0.0.1"
"""Where a stand-in listens that is not told where."""
_GRACE = 5
"""For how many seconds calls may go on when the server is asked to end."""
_SHORTEST_TOKEN = 8
_SOON = 0.005
"""After how many seconds it is looked again whether the server has begun."""


class Listening(NamedTuple):
    """Where a stand-in listens, and what answers there."""

    address: str
    port: int
    service: Service

    @property
    def url(self) -> str:
        """The address for clients."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"

    @property
    def told(self) -> str:
        """The line that says where it answers, and for what: each call names the project and the instance."""
        store = self.service.store
        known = "from before" if store.was_there else "as the target says"
        named = (("project", self.service.identity.project_id), ("instance", self.service.identity.instance_id))
        ids = ", ".join(f"any {what}" if own is None else f"{what} {printable(own)}" for what, own in named)
        return f"{self.url} is {printable(store.state.instance.name)}, {known}; {ids}; Ctrl-C ends it"


class Arrangement(NamedTuple):
    """Everything that a stand-in is made of."""

    target: Instance
    state: Path | None = None
    reset: bool = False
    address: str = USUAL_ADDRESS
    port: int = 0
    conditions: Conditions = Conditions()
    wire_options: WireOptions = WireOptions()
    faults: Faults = Faults()


def arrange(  # noqa: PLR0913 - everything that the command line says
    target: Instance,
    *,
    usual: ImportOptions,
    settings: tuple[Limits, str | None, "tuple[LayoutFile, ...]"],
    state: str | None,
    reset: bool,
    place: tuple[str, int],
    token: str | None,
    status: int,
    partial: bool,
    faults: Sequence[str],
) -> Arrangement:
    """Return what a stand-in is made of; raises `InvalidOption` for what cannot be, or would not be safe."""
    limits, names_encoding, layouts = settings
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise InvalidOption(
            f"the token has at least {_SHORTEST_TOKEN} characters; set the environment variable to a longer one"
        )
    if token is not None and not (token.isascii() and token.isprintable() and token == token.strip()):
        raise InvalidOption("the token may have only ASCII characters that can be seen, as a header of HTTP needs it")
    if token is None and place[0] not in (USUAL_ADDRESS, "::1", "localhost"):
        raise InvalidOption(f"others could call a stand-in at {place[0]}: give a token with --token-variable")
    if reset and state is None:
        raise InvalidOption("--reset is for the file of --state")
    conditions = Conditions(usual=usual, partial=partial, limits=limits, names_encoding=names_encoding, layouts=layouts)
    return Arrangement(
        target=target,
        state=None if state is None else Path(state),
        reset=reset,
        address=place[0],
        port=place[1],
        conditions=conditions,
        wire_options=WireOptions(status=status, bounds=Bounds(limits.file, bounds.SECONDS), token=token),
        faults=parse_faults(dict(_named(each) for each in faults)),
    )


def _named(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise InvalidOption(f"a failure is NAME=VALUE, and '{word}' has no '='")
    return name, value


@contextmanager
def listening(made: Arrangement, log: Callable[[str], None]) -> Iterator[tuple[Listening, "_Server", Any]]:
    """Open everything that a stand-in needs, and close it after the block; it does not answer yet.

    Raises `CannotRead` for a port that is taken, and for a file that is no state.
    """
    first = State.of(made.target)
    store = Store(made.state, lambda: first, reset=made.reset)
    try:
        service = Service(store, made.conditions, Switches(made.faults), log, first)
        server, socket, wire = _bind(made, service)
        try:
            where = Listening(made.address, int(socket.getsockname()[1]), service)
            own = made.wire_options.token is None or made.address == USUAL_ADDRESS
            wire.guard = Guard.of(where.port) if own else Guard(frozenset())
            yield where, server, socket
        finally:
            socket.close()
            service.stop()
    finally:
        store.close()


def _bind(made: Arrangement, service: Service) -> tuple["_Server", Any, Wire]:
    wire = Wire(service, Guard(frozenset({""})), made.wire_options)
    config = uvicorn.Config(
        wire,
        host=made.address,
        port=made.port,
        http=closing_after(made.wire_options.bounds.seconds),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        socket = config.bind_socket()
    except SystemExit as ended:
        cause = ended.__context__
        why = f"{reason_of(cause)}; " if isinstance(cause, OSError) else ""
        raise CannotRead(
            f"cannot listen on {made.address}:{made.port}: {why}give another --port, or an --address of this machine"
        ) from None
    server = _Server(config)
    wire.connections = lambda: len(server.server_state.connections)
    return server, socket, wire


class _Server(uvicorn.Server):
    """A server that says when it has begun."""

    begun: Callable[[], None] | None = None

    async def startup(self, sockets: Any = None) -> None:
        """Begin, and say so."""
        await super().startup(sockets)
        if self.started and self.begun is not None:
            self.begun()


def run(made: Arrangement, log: Callable[[str], None], begun: Callable[[Listening], None]) -> int:
    """Serve until a signal asks for the end, and return the number of that; `begun` is told where it listens."""
    seen: list[int] = []
    with listening(made, log) as (where, server, socket):
        before = {number: signal.signal(number, lambda found, _: seen.append(found)) for number in _ENDING}
        try:
            server.begun = lambda: begun(where)
            server.run(sockets=[socket])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return seen[0] if seen else 0


_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def beside(made: Arrangement, log: Callable[[str], None]) -> Iterator[Listening]:
    """Serve in another thread during the block."""
    with listening(made, log) as (where, server, socket):
        thread = Thread(target=server.run, kwargs={"sockets": [socket]}, name="assetpkg-serve", daemon=True)
        thread.start()
        try:
            while not server.started and thread.is_alive():
                sleep(_SOON)
            yield where
        finally:
            server.should_exit = True
            thread.join()
