"""From a learning platform to a seat, through the pages; and grades back from there."""

import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sim.classroom.lti import Tool
from sim.classroom.lti_notes import Notes
from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.ui.web.app import create_app
from sim.ui.web.guard import SEAT, TEACH
from tests.classroom.school import CLAIM, MEMBER, School, claims, signed
from tests.classroom.serving import PATIENCE, serving

pytestmark = pytest.mark.slow


@pytest.fixture
def address(rooms: Rooms, tool: Tool) -> Iterator[str]:
    app = create_app(rooms, lti=tool)
    with serving(app) as found:
        yield found


def come(address: str, school: str, browser: httpx.Client, **others: Any) -> httpx.Response:
    """As a platform sends a browser: login, then a form from the platform's own page."""
    asked = browser.post(
        f"{address}/lti/login",
        data={"iss": "https://school.example", "login_hint": "h", "client_id": "us"},
        headers={"Origin": "https://school.example"},
    )
    assert asked.status_code == 303, asked.text
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(asked.headers["location"]).query))
    assert query["redirect_uri"] == f"{address}/lti/launch"
    return browser.post(
        f"{address}/lti/launch",
        data={
            "id_token": signed(claims(query["nonce"], school, **others)),
            "state": query["state"],
        },
        headers={"Origin": "https://school.example"},
    )


def connected(rooms: Rooms, tool: Tool) -> RoomInfo:
    room = rooms.open_room("corner-cafe", Settings(seed=7))
    digest = Notes.digest("https://school.example", "us", "d1", "link-1")
    tool.notes.connect(digest, room.id)
    return room


def test_a_learner_comes_to_the_same_seat_every_time(
    address: str, school: str, rooms: Rooms, tool: Tool
) -> None:
    room = connected(rooms, tool)
    for _ in range(2):
        with httpx.Client(timeout=PATIENCE) as browser:
            answer = come(address, school, browser)
            assert (answer.status_code, answer.headers["location"]) == (303, "/play")
            assert SEAT in browser.cookies
            assert browser.get(f"{address}/play", follow_redirects=True).status_code == 200
    with httpx.Client(timeout=PATIENCE) as browser:
        come(address, school, browser, sub="person-8")
    seats = [seat for seat in rooms.seats(room.id) if not seat.removed]
    assert len(seats) == 2
    assert not any("Ana" in seat.label for seat in seats)  # pseudonyms, unless names are asked for


def test_without_a_room_learners_are_told_to_wait(address: str, school: str) -> None:
    with httpx.Client(timeout=PATIENCE) as browser:
        answer = come(address, school, browser)
        assert answer.status_code == 403
        assert SEAT not in browser.cookies
        assert "has not connected this link" in answer.text


def test_an_instructor_connects_the_link_with_the_servers_own_key(
    address: str, school: str, rooms: Rooms, tool: Tool
) -> None:
    room = rooms.open_room("corner-cafe", Settings(seed=7))
    roles = {f"{CLAIM}roles": [f"{MEMBER}Instructor"]}
    with httpx.Client(timeout=PATIENCE) as browser:
        answer = come(address, school, browser, **roles)
        assert answer.headers["location"] == "/lti/connect"
        assert TEACH not in browser.cookies  # the platform does not make anybody instructor here
        assert browser.get(f"{address}/lti/connect").status_code in {303, 401, 403}
        browser.cookies.set(TEACH, rooms.instructor_secret)
        page = browser.get(f"{address}/lti/connect")
        assert room.code in page.text
        token = page.text.partition('name="_token" value="')[2].partition('"')[0]
        done = browser.post(f"{address}/lti/connect", data={"_token": token, "room": room.id})
        assert done.headers["location"] == f"/teach/{room.id}"
    digest = Notes.digest("https://school.example", "us", "d1", "link-1")
    assert tool.notes.room_of(digest) == room.id


def test_grades_of_those_who_came_go_back(
    address: str, school: str, rooms: Rooms, tool: Tool
) -> None:
    room = connected(rooms, tool)
    with httpx.Client(timeout=PATIENCE) as browser:
        come(address, school, browser)
    rooms.open_turn(room.id)
    (seat,) = rooms.seats(room.id)
    rooms.submit(seat.id, 1, "k")
    rooms.close_turn(room.id)
    with httpx.Client(cookies={TEACH: rooms.instructor_secret}, timeout=PATIENCE) as teacher:
        page = teacher.get(f"{address}/teach/{room.id}/grades?basis=turns")
        token = page.text.partition('name="_token" value="')[2].partition('"')[0]
        form = {"_token": token, "basis": "turns", "points": "12"}
        answer = teacher.post(f"{address}/teach/{room.id}/lti/scores", data=form)
        assert answer.status_code == 303
    (got,) = School.grades
    assert (got["userId"], got["scoreGiven"], got["scoreMaximum"]) == ("person-7", 1.0, 12.0)


def test_without_platforms_there_is_no_way_in(rooms: Rooms) -> None:
    with (
        serving(create_app(rooms)) as found,
        httpx.Client(base_url=found, timeout=PATIENCE) as browser,
    ):
        assert browser.get("/lti/jwks").status_code >= 400
        answer = browser.post("/lti/launch", data={"id_token": "x", "state": "y"})
        assert answer.status_code == 403
        assert SEAT not in browser.cookies


def test_only_those_two_paths_are_open_to_other_sites(address: str) -> None:
    elsewhere = {"Origin": "https://school.example"}
    with httpx.Client(base_url=address, timeout=PATIENCE) as browser:
        assert browser.post("/lti/connect", data={}, headers=elsewhere).status_code == 403
        assert browser.post("/join", data={"code": "x"}, headers=elsewhere).status_code == 403


def test_a_server_without_platforms_needs_no_package_for_them() -> None:
    code = "import sys; sys.modules['joserfc'] = None; import sim.ui.web.app"
    subprocess.run([sys.executable, "-c", code], check=True)
