"""How long the post waits for a request: whoever connects and says nothing must not take a place for ever."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Patience(HttpToolsProtocol):
    """A connection that is closed when a request's headers are not complete in time, the first or any later one.

    Bodies and answers may take as long as they need: photos come over slow networks, and streams stay open.
    KNOWN GAP: who sends real requests slowly still takes a place each; limits by address belong to the reverse proxy.
    """

    HEADERS_S = 20.0
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def on_headers_complete(self) -> None:
        """A request is here."""
        self._wait_no_more()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the next one, if none stands in line already."""
        super().on_response_complete()
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete:
            self._wait()

    def _wait(self) -> None:
        self._wait_no_more()
        self._late = self.loop.call_later(self.HEADERS_S, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
