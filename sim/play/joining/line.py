"""One line to a class: questions and answers in JSON, and what goes wrong on the way.

Whoever asks waits, so only threads that may wait ask.
"""

import contextlib
import http.client
import json
import re
import ssl
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any, Final

from sim.errors import SimError
from sim.play.joining.address import Address

PREFIX: Final = "/api/v1"
PATIENCE: Final = 10.0  # seconds for an answer
BEAT: Final = 40.0  # seconds without a sign of life until a stream counts as broken; beats take 15
LARGEST: Final = 16 * 1024 * 1024  # bytes of an answer
_CODE: Final = re.compile(r"^[a-z]+/[a-z-]{1,60}$")
_DONE: Final = range(200, 300)
_SERVER: Final = 500  # and above: it is the server that is in trouble
_TOO_OFTEN: Final = 429


class AwayError(SimError):
    """Nobody answers at the moment, or not as they should; it may be otherwise in a second."""


class Line:
    """Questions to one server; for one thread at a time.

    Attributes:
        address: Of the server.
        token: What proves the seat; empty before there is one.
        ahead: Seconds by which the server's clock is ahead of this one; exact to a second.
    """

    def __init__(self, address: Address, token: str = "") -> None:
        """Connects when something is asked."""
        self.address, self.token, self.ahead = address, token, 0.0
        self._open: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: object = None, *, key: str = "") -> Any:
        """The answer to a question.

        Args:
            method: of HTTP.
            path: below `/api/v1`.
            body: plain data to send.
            key: with which it may be sent again and is done only once.

        Raises:
            AwayError: `join/away` (address, reason), `join/certificate` (address, reason).
            SimError: the refusal of the server; `join/no-class` (address): it is none of ours.
        """
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            status, raw = self._asked(method, f"{PREFIX}{path}", sent, self._headers(key, sent))
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise self._away(error) from error
        return self._answer(status, raw)

    def _headers(self, key: str, sent: bytes | None) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        if sent is not None:
            headers["Content-Type"] = "application/json"
        return headers

    def _asked(
        self, method: str, path: str, sent: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        """One question; on a line that was kept open and has gone stale, once more on a new one."""
        kept = self._open is not None
        try:
            return self._once(method, path, sent, headers)
        except (ConnectionError, http.client.RemoteDisconnected):
            self.hang_up()
            if not kept:
                raise
        return self._once(method, path, sent, headers)

    def _once(
        self, method: str, path: str, sent: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        if self._open is None:
            self._open = connection(self.address, PATIENCE)
        self._open.request(method, path, sent, headers)
        answer = self._open.getresponse()
        self._set_clock(answer.headers.get("date"))
        raw = answer.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise http.client.HTTPException("the answer is too long")
        return answer.status, raw

    def _set_clock(self, date: str | None) -> None:
        with contextlib.suppress(TypeError, ValueError):
            self.ahead = parsedate_to_datetime(date or "").timestamp() - time.time()

    def _answer(self, status: int, raw: bytes) -> Any:
        try:
            found = json.loads(raw)
        except (ValueError, RecursionError) as error:
            if status >= _SERVER:  # a proxy whose server is away
                raise self._away(error) from error
            raise SimError("join/no-class", address=str(self.address)) from error
        if status in _DONE:
            return found
        code, data = _refusal(found)
        if status >= _SERVER or status == _TOO_OFTEN:
            raise AwayError(code or "join/away", **{**data, **self._where(f"HTTP {status}")})
        if not code:
            raise SimError("join/no-class", address=str(self.address))
        raise SimError(code, **data)

    def _where(self, reason: str) -> dict[str, str]:
        return {"address": str(self.address), "reason": reason}

    def _away(self, error: Exception) -> AwayError:
        trusted = not isinstance(error, ssl.SSLCertVerificationError)
        code = "join/away" if trusted else "join/certificate"
        return AwayError(code, **self._where(str(error)[:200] or type(error).__name__))

    def hang_up(self) -> None:
        """Lets go of the server; the next question connects anew."""
        if self._open is not None:
            self._open.close()
        self._open = None


def _refusal(found: Any) -> tuple[str, dict[str, Any]]:
    """Code and data of a refusal; an empty code if it is not one of ours."""
    code = found.get("code") if isinstance(found, dict) else None
    if not isinstance(code, str) or not _CODE.match(code):
        return "", {}
    data = found.get("data")
    known = data if isinstance(data, dict) else {}
    return code, {str(name): value for name, value in known.items() if name not in _TAKEN}


_TAKEN: Final = {"code", "self"}  # names of an error's own


def connection(address: Address, patience: float) -> http.client.HTTPConnection:
    """A connection that has not been opened yet; certificates are checked as browsers do."""
    if address.secure:
        return http.client.HTTPSConnection(
            address.host, address.port, timeout=patience, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(address.host, address.port, timeout=patience)


def signs(found: http.client.HTTPConnection, token: str) -> Iterator[bool]:
    """Signs of life of a server on a connection of their own: whether there is news with it.

    Raises:
        OSError, http.client.HTTPException: the stream has broken, or there is none.
    """
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    found.request("GET", "/events", headers=headers)
    answer = found.getresponse()
    if answer.status not in _DONE:
        raise http.client.HTTPException(f"HTTP {answer.status}")
    while line := answer.readline(1000):
        if line.strip():
            yield line.startswith(b"data:")
    raise http.client.HTTPException("the stream has ended")
