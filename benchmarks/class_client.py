"""Many browsers in one process: a keep-alive HTTP client that costs little beside the server."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any


class Line(asyncio.Protocol):
    """One connection; answers have a length."""

    def __init__(self) -> None:
        self.transport: Any = None
        self._buffer = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self.transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("closed"))

    def ask(self, request: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        """Send a request; its answer is status and body."""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        """Give the answer to whoever waits as soon as it is whole."""
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0 or self._answer is None:
            return
        lines = bytes(self._buffer[:head]).lower().split(b"\r\n")
        length = next((int(line[16:]) for line in lines if line.startswith(b"content-length: ")), 0)
        if len(self._buffer) >= head + 4 + length:
            body = bytes(self._buffer[head + 4 : head + 4 + length])
            status = int(lines[0].split(b" ", 2)[1])
            self._buffer.clear()
            answer, self._answer = self._answer, None
            answer.set_result((status, body))


@dataclass
class Browser:
    """A trainee's device, or the instructor's."""

    port: int
    token: str = ""
    line: Line | None = None

    async def _connected(self) -> Line:
        if self.line is None or self.line.transport is None:
            loop = asyncio.get_running_loop()
            _, self.line = await loop.create_connection(Line, "127.0.0.1", self.port)
        return self.line

    async def look(self, path: str, seen: int) -> None:
        """One page of the game, for somebody who has read the report of a turn."""
        head = (
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: rapport_seat={self.token}; seen={seen}",
        )
        line = await self._connected()
        status, _ = await line.ask("\r\n".join(head).encode() + b"\r\n\r\n")
        if status != 200:
            raise ConnectionError(f"{path}: {status}")

    async def ask(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """One request of the JSON interface; anything but success is an error."""
        line = await self._connected()
        sent = b"" if body is None else json.dumps(body).encode()
        head = [
            f"{method} /api/v1{path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Authorization: Bearer {self.token}",
        ]
        if sent:
            head += ["Content-Type: application/json", f"Content-Length: {len(sent)}"]
        if key:
            head.append(f"Idempotency-Key: {key}")
        status, answer = await line.ask("\r\n".join(head).encode() + b"\r\n\r\n" + sent)
        if status not in {200, 201}:
            raise ConnectionError(f"{method} {path}: {status} {answer[:200]!r}")
        return json.loads(answer)


@dataclass
class Timing:
    """Seconds that submissions took, each with the page that follows it."""

    cycles: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    def share(self, hundredth: int) -> float:
        """A percentile, ms."""
        ordered = sorted(self.cycles)
        return 1e3 * ordered[min(len(ordered) - 1, len(ordered) * hundredth // 100)]

    @property
    def rate(self) -> float:
        """Submissions per second."""
        return len(self.cycles) / self.elapsed


async def submit(browser: Browser, turn: int, timing: Timing) -> None:
    """Decide a turn and look at what comes next, as a browser does after a form."""
    begin = time.perf_counter()
    body = {"choices": [{"customer": "dan", "action": "chat"}]} if turn == 1 else {}
    await browser.ask("PUT", f"/me/decisions/{turn}", body, f"k{turn}")
    await browser.ask("GET", "/me")
    timing.cycles.append(time.perf_counter() - begin)


async def join(port: int, code: str, number: int) -> tuple[list[Browser], float]:
    """So many trainees at once; also how many seconds it took."""
    browsers = [Browser(port) for _ in range(number)]

    async def one(browser: Browser) -> None:
        browser.token = (await browser.ask("POST", "/join", {"code": code}))["token"]

    begin = time.perf_counter()
    await asyncio.gather(*(one(browser) for browser in browsers))
    return browsers, time.perf_counter() - begin
