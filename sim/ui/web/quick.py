"""The two requests that a whole class sends at one moment, answered without the framework.

They are described in `api`, and answered in the same words; but routing, dependencies and models of
answers cost several times what the answer does. Whatever is not quite usual about a request, so
that there would be something to look up or to explain, goes the long way.
"""

import asyncio
import re
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from fastapi import Request
from pydantic import ValidationError
from pydantic_core import to_json
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.classroom.directory import Proof
from sim.classroom.incoming import SentDecision
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.ui.web import answers, api, guard

_ME: Final = f"{api.PREFIX}/me"
_DECISION: Final = re.compile(rf"{_ME}/decisions/([1-9][0-9]{{0,2}})")
_JSON: Final = b"application/json"
_LONGEST_KEY: Final = 80
_VOID: Final = "class/unknown-seat"  # what was known of a token does not hold any more
T = TypeVar("T")


class Quick:
    """An ASGI app around another one."""

    def __init__(self, app: ASGIApp, rooms: Rooms) -> None:
        """Surround an app that can answer everything."""
        self._app = app
        self._rooms = rooms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(_ME):
            await self._app(scope, receive, send)
            return
        answer: ASGIApp | None = None
        if scope["path"] == _ME and scope["method"] == "GET":
            answer = await self._standing(scope)
        elif scope["method"] == "PUT":
            answer, receive = await self._decided(scope, receive)
        await (answer or self._app)(scope, receive, send)

    def _proof(self, headers: dict[bytes, bytes]) -> Proof | None:
        """What proves a seat, if it has been looked up before."""
        scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
        if scheme.lower() == b"bearer":
            sent = token.decode("latin-1").strip()
        else:
            sent = cookie_parser(headers.get(b"cookie", b"").decode("latin-1")).get(guard.SEAT, "")
        return self._rooms.known(sent) if sent else None

    async def _standing(self, scope: Scope) -> ASGIApp | None:
        proof = None if scope["query_string"] else self._proof(dict(scope["headers"]))
        if proof is None:
            return None
        try:
            found = self._rooms.standing_at_hand(proof)
            if found is None:  # others write, too
                found = await _arrived(self._rooms.standing_soon(proof))
        except SimError:
            return None
        self._rooms.seen(proof.seat)
        return _answer(api.shown(found))

    async def _decided(self, scope: Scope, receive: Receive) -> tuple[ASGIApp | None, Receive]:
        """The answer, or none and the body again for whoever answers instead."""
        found = _DECISION.fullmatch(scope["path"])
        headers = dict(scope["headers"])
        key = headers.get(b"idempotency-key", b"").decode("latin-1")
        proof = self._proof(headers) if found and 0 < len(key) <= _LONGEST_KEY else None
        if found is None or proof is None or headers.get(b"content-type", b"") != _JSON:
            return None, receive
        message = await receive()
        if message["type"] != "http.request" or message.get("more_body"):
            return None, _first(message, receive)
        try:
            record = SentDecision.model_validate_json(message["body"]).record()
        except ValidationError:
            return None, _first(message, receive)
        try:
            turn = int(found[1])
            soon = self._rooms.submit_soon(proof.seat, turn, key, record, proof=proof)
            answer = _answer(vars(await _arrived(soon)))
        except SimError as error:
            if error.code == _VOID:
                return None, _first(message, receive)
            answer = answers.refusal(Request(scope), error)
        self._rooms.seen(proof.seat)
        return answer, receive


def _answer(data: dict[str, Any]) -> ASGIApp:
    """An answer of plain data: what the framework would send, put together in one step."""
    body = to_json(data)
    headers = [(b"content-length", b"%d" % len(body)), (b"content-type", _JSON)]

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


async def _arrived(soon: "Future[T]") -> T:
    """What a thread answers; as `asyncio.wrap_future` for one who never gives up waiting."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Future[None] = loop.create_future()

    def tell(_: object) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_wake, waiting)

    soon.add_done_callback(tell)
    await waiting
    return soon.result()


def _wake(waiting: "asyncio.Future[None]") -> None:
    if not waiting.done():  # the server stops, and nobody waits any more
        waiting.set_result(None)


def _first(message: Message, receive: Receive) -> Receive:
    """What was received, once more, and then the rest."""
    waiting = [message]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
