"""Somebody who asks a server for everything it has, and a class that is none of their business."""

import asyncio
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any, Final

import httpx

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.classroom.secrets import derived
from sim.ui.web.app import create_app
from sim.ui.web.guard import FORM_FIELD, SEAT, TEACH
from sim.ui.web.shell import Shell
from tests.classroom.conftest import SCENARIO, chat

FROM_PLATFORMS: Final = {"/lti/login", "/lti/launch"}  # a state stands in for the form's token
SECRET_SEED: Final = 424_242_424_242
ORIGIN: Final = "http://class.lan"


def routes_of(rooms: Rooms) -> list[tuple[str, str]]:
    """Method and path of everything that the server answers."""
    found = list(_walk(inner(create_app(rooms)).routes))
    assert len(found) > 80  # else the walk has lost its way
    return sorted(set(found))


def inner(app: Any) -> Any:
    """The framework's app in the middle of those around it."""
    while not hasattr(app, "routes"):
        app = app._app
    return app


def _walk(routes: list[Any]) -> Iterator[tuple[str, str]]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _walk(route.original_router.routes)
        else:
            yield from ((method, route.path) for method in route.methods - {"HEAD"})


class Asker:
    """Somebody with some cookies or tokens, at some address of the network."""

    def __init__(
        self, app: Shell, *, seat: str = "", key: str = "", bearer: str = "", at: str = "10.0.0.1"
    ) -> None:
        """Hold what proves who one is."""
        self._app, self._at = app, at
        pairs = {SEAT: seat, TEACH: key}
        self.headers = {
            "cookie": "; ".join(f"{name}={value}" for name, value in pairs.items() if value),
            "authorization": f"Bearer {bearer}" if bearer else "",
        }

    def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Send one request, and take the first of an answer that does not end."""
        return asyncio.run(self._ask(method, path, sent))

    async def _ask(self, method: str, path: str, sent: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, client=(self._at, 1))
        headers = {name: value for name, value in self.headers.items() if value}
        headers |= sent.pop("headers", {})
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            return await client.request(method, path, headers=headers, **sent)


class Lesson:
    """A room of two in its second turn, full of things that are nobody else's business."""

    def __init__(self, rooms: Rooms, name: str) -> None:
        """Open and play it."""
        self.rooms, self.name = rooms, name
        settings = Settings(seed=SECRET_SEED, names="own", reveal="end")
        room = rooms.open_room(SCENARIO, settings, f"Title{name}")
        (mine, self.token) = rooms.join(room.code, f"Ann{name}")
        (theirs, self.other_token) = rooms.join(room.code, f"Bob{name}")
        rooms.open_turn(room.id)
        for place in (mine, theirs):
            rooms.keep_draft(place.id, 1, chat("dan"))
            rooms.submit(place.id, 1, "first")
        rooms.close_turn(room.id)
        rooms.message(room.id, f"Message{name}")
        self.link = rooms.hand_over(mine.id)
        rooms.open_turn(room.id)
        self.room, self.seat, self.other = rooms.room(room.id), mine.id, theirs.id
        self.own_form = derived(rooms.form_key, f"form/{self.token}")

    @property
    def state(self) -> tuple[RoomInfo, tuple[Any, ...]]:
        """What there is of it; the same as long as nobody has done anything."""
        return self.rooms.room(self.room.id), tuple(
            (seat.id, seat.label, seat.removed) for seat in self.rooms.seats(self.room.id)
        )

    @property
    def private(self) -> set[str]:
        """What nobody outside may read."""
        texts = ("Title", "Ann", "Bob", "Message")
        return {f"{text}{self.name}" for text in texts} | {
            self.token,
            self.other_token,
            self.link,
            str(SECRET_SEED),
        }

    def path(self, path: str) -> str:
        """A path of a route, about this room."""
        return filled(path, room=self.room.id, seat=self.seat, code=self.room.code)


def filled(path: str, **named: str) -> str:
    """A path of a route with something in every place."""
    usual = {"turn": "1", "customer": "dan", "kind": "zip", "deed": "start", "lang": "en"}
    known = usual | named
    return re.sub(r"{(\w+)(:path)?}", lambda found: known.get(found[1], "x"), path)


def fields(lesson: Lesson) -> dict[str, str]:
    """A form that names everything that forms name, of this room."""
    return {
        "room": lesson.room.id,
        "seat": lesson.seat,
        "proposal": lesson.seat,
        "code": lesson.room.code,
        "deed": "open",
        "turn": str(lesson.room.turn),
        "customer": "dan",
        "action": "chat",
        "text": "Hello",
        "title": "Stolen",
        "key": "guess",
    }


def body_of(method: str, path: str, lesson: Lesson, token: str) -> dict[str, Any]:
    """What an address takes, about this room; so that who asks is all that is wrong with it."""
    if method == "GET" or path in FROM_PLATFORMS:
        return {}
    if not path.startswith("/api/"):
        return {"data": {FORM_FIELD: token, **fields(lesson)}}
    bodies = {
        "/api/v1/me/turning": {"turn": 1},
        "/api/v1/me/votes/{turn}": {"proposal": lesson.seat},
        "/api/v1/rooms": {"scenario": SCENARIO},
        "/api/v1/rooms/{room}": {"action": "end"},
    }
    return {"json": bodies.get(path, {}), "headers": {"Idempotency-Key": "stranger"}}


def refused(answer: httpx.Response) -> bool:
    """Whether somebody was turned away, or sent to where one proves who one is."""
    if answer.status_code == 303:
        return answer.headers["location"] in {"/", "/teach"}
    return answer.status_code in {401, 403, 404, 409}


def told_by(answer: httpx.Response) -> str:
    """The code of what the next page says."""
    kept = re.search(r'told="?([\w=-]+)', answer.headers.get("set-cookie", ""))
    return str(json.loads(urlsafe_b64decode(kept[1]))[0]) if kept else ""
