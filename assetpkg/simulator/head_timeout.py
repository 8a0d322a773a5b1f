"""How long is waited for the head of a request: a client that never ends it would keep its connection."""

from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


def closing_after(seconds: float) -> type[H11Protocol]:
    """Return the protocol of a server that closes a connection where a head has not come within so many seconds."""

    class HeadTimeout(H11Protocol):
        """A connection that is closed where the head of its request does not end."""

        _expiry: Any = None

        def connection_made(self, transport: Any) -> None:
            """Begin to wait for the first head."""
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            """Take what comes; a head is waited for until all of it has."""
            super().data_received(data)
            if self.conn.their_state is h11.IDLE:
                self._wait()
            else:
                self._stop()

        def connection_lost(self, exc: Exception | None) -> None:
            """Wait for nothing more."""
            self._stop()
            super().connection_lost(exc)

        def _wait(self) -> None:
            if self._expiry is None:
                self._expiry = self.loop.call_later(seconds, self.transport.close)

        def _stop(self) -> None:
            if self._expiry is not None:
                self._expiry.cancel()
                self._expiry = None

    return HeadTimeout
