"""How much of a request, and how slowly, the server takes before it hangs up.

The parser below would wait for ever for somebody who sends a byte a minute, and would keep a head
without end; both cost those who send them nothing.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD: Final = 32 * 1024  # bytes of a request line and its headers
PATIENCE: Final = 30.0  # seconds for a whole request; a list of 768 KiB by a slow phone, too
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class Patient(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *args: Any, **known: Any) -> None:
        """Take what the server gives to its protocols."""
        super().__init__(*args, **known)
        self._head = 0  # bytes of the head that is being sent
        self._in_head = True
        self._hanging_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected, and is to send something."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Somebody has gone."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a part of a request, and no more of its head than there may be."""
        if self._hanging_up is None and self._in_head:
            self._wait()
        while data and self._in_head:
            part, data = data[: LARGEST_HEAD - self._head], data[LARGEST_HEAD - self._head :]
            self._head += len(part)
            super().data_received(part)
            if self.transport.is_closing():
                return
            if self._head >= LARGEST_HEAD:
                self.transport.write(_TOO_LARGE)
                self.transport.close()
                return
        if data:
            super().data_received(data)

    def on_headers_complete(self) -> None:
        """Its head is there."""
        self._head, self._in_head = 0, False  # the rest of this part is of the body
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is there."""
        self._in_head = True
        self._wait_no_more()
        super().on_message_complete()

    def _wait(self) -> None:
        self._hanging_up = self.loop.call_later(PATIENCE, self._hang_up)

    def _wait_no_more(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None

    def _hang_up(self) -> None:
        self._hanging_up = None
        self.transport.abort()
