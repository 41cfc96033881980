"""Statements on their way to a learning record store: kept in a file until the store has them.

    outbox = Outbox(folder, Store("https://lrs.example.org/xapi", "key", "secret"))
    outbox.put(statements)
    outbox.send() -> Sent(sent, left, refused)

Nothing is sent unless somebody has named a store. What it cannot take now is tried again, after
longer and longer waits; what it refuses for good is set aside and said.
"""

import base64
import contextlib
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sim.classroom.xapi import VERSION, Statement
from sim.errors import SimError
from sim.play.saves import replace

BATCH: Final = 50
PATIENCE: Final = 20.0  # seconds for an answer
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 3600.0  # seconds
_FINE: Final = range(200, 300)
_FOR_GOOD: Final = frozenset((400, 403, 404, 405, 409, 413, 422))
_ANSWER: Final = 64 * 1024  # bytes of an answer that are read


@dataclass(frozen=True)
class Store:
    """A learning record store.

    Attributes:
        endpoint: Its address without `/statements`; `https`, or `http` on this machine.
        key: The name it knows us by.
        secret: And the word that goes with it; never written to a file or a log.
    """

    endpoint: str
    key: str = ""
    secret: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no address, or would send the secret in the open."""
        parts = urlsplit(self.endpoint)
        here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
        if parts.scheme not in {"https", "http"} or not parts.hostname:
            raise SimError("class/bad-store", address=self.endpoint[:100])
        if parts.scheme == "http" and not here:
            raise SimError("class/open-store", address=self.endpoint[:100])

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Store({self.endpoint!r}, {self.key!r})"


@dataclass(frozen=True)
class Sent:
    """What came of sending.

    Attributes:
        sent: Statements that the store has taken now.
        left: Those that are still waiting.
        refused: Those that it will never take; they lie in a file of their own.
        reason: Of the last failure; empty if there was none.
    """

    sent: int
    left: int
    refused: int
    reason: str = ""


class Outbox:
    """Statements that wait in a file."""

    def __init__(
        self, folder: Path, store: Store, *, clock: Callable[[], float] = time.time
    ) -> None:
        """An outbox in a folder, which is made when there is something to keep."""
        self._waiting = folder / "waiting.jsonl"
        self._refused = folder / "refused.jsonl"
        self._store, self._clock = store, clock
        self._wait, self._next = _FIRST_WAIT, 0.0

    def put(self, statements: Sequence[Statement]) -> None:
        """Keep statements; one that waits already, by its id, is not kept twice.

        Raises:
            OSError: they cannot be written.
        """
        waiting = _read(self._waiting)
        known = {each["id"] for each in waiting}
        fresh = [each for each in statements if each["id"] not in known]
        _write(self._waiting, waiting + fresh)

    @property
    def left(self) -> int:
        """How many are waiting."""
        return len(_read(self._waiting))

    def send(self) -> Sent:
        """Try to send what waits, unless it is too early to try again."""
        waiting = _read(self._waiting)
        if not waiting or self._clock() < self._next:
            return Sent(0, len(waiting), 0)
        sent = refused = 0
        reason = ""
        while waiting:
            batch, rest = waiting[:BATCH], waiting[BATCH:]
            status, reason = self._post(batch)
            if status in _FINE:
                sent += len(batch)
            elif status in _FOR_GOOD and len(batch) > 1:  # one of them: find out which
                some, bad, reason = self._one_by_one(batch)
                sent, refused = sent + some, refused + bad
            elif status in _FOR_GOOD:
                self._set_aside(batch)
                refused += 1
            else:
                self._later()
                return Sent(sent, len(waiting), refused, reason)
            waiting = rest
            _write(self._waiting, waiting)
        self._wait, self._next = _FIRST_WAIT, 0.0
        return Sent(sent, 0, refused, reason if refused else "")

    def _one_by_one(self, batch: Sequence[Statement]) -> tuple[int, int, str]:
        """The statements of a batch that was refused, each alone."""
        sent, refused, last = 0, 0, ""
        for each in batch:
            status, reason = self._post([each])
            if status in _FINE:
                sent += 1
            else:
                self._set_aside([each])
                refused, last = refused + 1, reason
        return sent, refused, last

    def _set_aside(self, statements: Sequence[Statement]) -> None:
        _write(self._refused, [*_read(self._refused), *statements])

    def _later(self) -> None:
        self._next = self._clock() + self._wait
        self._wait = min(2.0 * self._wait, _LONGEST_WAIT)

    def _post(self, statements: Sequence[Statement]) -> tuple[int, str]:
        """Status of the answer, 0 if there was none, and what went wrong."""
        word = base64.b64encode(f"{self._store.key}:{self._store.secret}".encode()).decode()
        request = urllib.request.Request(  # noqa: S310 -- the scheme was looked at
            f"{self._store.endpoint.rstrip('/')}/statements",
            data=json.dumps(list(statements), ensure_ascii=False).encode(),
            method="POST",
            headers={
                "Content-Type": "application/json",
                "X-Experience-API-Version": VERSION,
                "Authorization": f"Basic {word}",
            },
        )
        try:
            with _OPENER.open(request, timeout=PATIENCE) as answer:
                answer.read(_ANSWER)
                return int(answer.status), ""
        except urllib.error.HTTPError as error:
            with error:
                told = error.read(200).decode("utf-8", "replace")
            return error.code, f"{error.code} {told}".strip()
        except (OSError, http.client.HTTPException) as error:
            return 0, str(error)


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A store that sends us elsewhere would be handed the secret there."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Go nowhere else."""
        return


_OPENER: Final = urllib.request.build_opener(_NoDetours)


def _read(path: Path) -> list[Statement]:
    """The statements in a file, one to a line; a line cut by a crash is left out."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for line in path.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(ValueError):
                found.append(json.loads(line))
    return found


def _write(path: Path, statements: Sequence[Statement]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in statements)
    replace(path, "".join(f"{line}\n" for line in lines).encode())
    with contextlib.suppress(OSError):
        path.chmod(0o600)  # what was decided is nobody else's
