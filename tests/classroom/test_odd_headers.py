"""Headers, cookies and addresses that no browser sends: none of them is a fault of the server."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Final

import httpx
import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.classroom.secrets import derived
from sim.ui.report.class_page import ClassReports
from sim.ui.web.app import create_app
from sim.ui.web.guard import FORM_FIELD, SEAT, TEACH
from sim.ui.web.shell import Shell
from tests.classroom.asking import ORIGIN, filled, routes_of
from tests.classroom.conftest import SCENARIO

Headers = list[tuple[bytes, bytes]]
COOKIES: Final = (
    *("told", "lang", "board", "hand", "seen"),
    *("rapport_projector", "rapport_lti", "rapport_lti_link"),
)
ABOUT_THE_ANSWER: Final = (
    *("accept", "accept-encoding", "accept-language", "authorization", "idempotency-key"),
    *("if-none-match", "last-event-id", "range", "referer", "user-agent"),
)
ABOUT_THE_WAY: Final = (
    *("content-type", "forwarded", "host", "origin", "sec-fetch-site"),
    *("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"),
)
ODD: Final = (
    b"",
    b"\xff\xfe\xfd",
    "王芳".encode(),
    b"%00%ff%2e%2e%2f",
    b'"=;;,,"\\',
    b"[" * 3000,
    b"9" * 5000,
    b"Bearer " + b"x" * 4000,
    b"http://[",
)


def as_told(text: str) -> str:
    """A text as what is told once travels."""
    return urlsafe_b64encode(text.encode()).decode()


def deep(times: int) -> str:
    """Lists in lists."""
    return "[" * times + "]" * times


TOLD: Final = {
    "nested": as_told(deep(700)),
    "nested as data": as_told(f'["class/full",{{"seats":{deep(400)}}}]'),
    "too long": as_told(deep(50_000)),
    "number without end": as_told(f'["class/full",{{"seats":{"9" * 1200}}}]'),
    "no number": as_told('["class/full",{"seats":NaN}]'),
    "infinite": as_told('["class/full",{"seats":Infinity,"n":Infinity}]'),
    "count that is text": as_told('["class/store-took",{"n":"many"}]'),
    "no data": as_told('["class/full"]'),
    "data of another kind": as_told('["class/full",[]]'),
    "code of another kind": as_told('[["class/full"],{}]'),
    "names of its own": as_told('["class/full",{"code":"x","lang":"y","key":"z","self":1}]'),
    "not base64": "%%%",
    "not text": urlsafe_b64encode(b"\xff\xfe").decode(),
    "attributes": as_told('["class/full",{"seats":{"__class__":"x"}}]'),
}


@pytest.fixture
def app(rooms: Rooms) -> Shell:
    return create_app(rooms, reports=ClassReports())


def ask(
    app: Shell, method: str, path: str, headers: Headers, *, body: bytes = b""
) -> httpx.Response:
    """One request with headers as they are."""

    async def one() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
            return await client.request(method, path, headers=headers, content=body)

    return asyncio.run(one())


@pytest.mark.parametrize("kept", TOLD.values(), ids=TOLD.keys())
def test_what_was_not_told_by_us_is_not_said(app: Shell, kept: str) -> None:
    answer = ask(app, "GET", "/", [(b"cookie", f"told={kept}".encode())])
    assert answer.status_code == 200
    assert "message" not in answer.text or "seats" not in answer.text


def test_what_is_told_is_text(app: Shell) -> None:
    told = as_told(json.dumps(["class/no-port", {"host": "<b>", "port": 1, "reason": "<i>"}]))
    answer = ask(app, "GET", "/", [(b"cookie", f"told={told}".encode())])
    assert "&lt;b&gt;" in answer.text
    assert "<i>" not in answer.text


@pytest.mark.slow
def test_no_header_and_no_cookie_is_a_fault(rooms: Rooms, app: Shell) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7, names="own"))
    seat, token = rooms.join(room.code, "Ann")
    rooms.open_turn(room.id)
    form = derived(rooms.form_key, f"form/{token}")
    last = {"/teach/{room}/end", "/teach/{room}/delete", "/play/leave", "/teach/{room}/open"}
    asked = 0
    for method, path in routes_of(rooms):
        if path.endswith("/events") or path in last or method == "DELETE":
            continue
        url = filled(path, room=room.id, seat=seat.id, code=room.code)
        mine = {SEAT: token, TEACH: rooms.instructor_secret}
        for headers in oddities(mine):
            body = f"{FORM_FIELD}={form}".encode() if method != "GET" else b""
            answer = ask(app, method, url, headers, body=body)
            assert answer.status_code < 500, (method, path, headers)
            asked += 1
    assert asked > 1000


def oddities(mine: dict[str, str]) -> Iterator[Headers]:
    """Headers of somebody who may ask, each time with a few that are odd."""
    usual = "; ".join(f"{name}={value}" for name, value in mine.items()).encode()
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    for odd in ODD:
        odd_ones = [name.encode() + b"=" + odd for name in COOKIES]
        about = [(name.encode(), odd) for name in ABOUT_THE_ANSWER]
        yield [(b"cookie", b"; ".join([usual, *odd_ones])), kind, *about]
        way = [(name.encode(), odd) for name in ABOUT_THE_WAY]
        yield [(b"cookie", usual), kind, *way, (b"cookie", odd)]
