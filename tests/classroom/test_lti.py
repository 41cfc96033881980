"""Coming in from a learning platform: what is let in, what is not, and grades going back."""

import base64
import hmac
import json
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from sim.classroom.lti import Platform, Tool, own_key, read_platforms
from sim.classroom.lti_notes import GradeBook, Learner, Notes
from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.ui.web.app import create_app
from sim.ui.web.guard import SEAT, TEACH
from tests.classroom.serving import serving

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
KEY = RSAKey.generate_key(2048, {"kid": "platform-1"})
OTHER = RSAKey.generate_key(2048, {"kid": "platform-1"})
OURS = RSAKey.generate_key(2048)


class School(BaseHTTPRequestHandler):
    """A platform: its keys, its tokens for tools whose key it knows, its gradebook."""

    tool_key: ClassVar[Any] = None
    grades: ClassVar[list[dict[str, Any]]] = []
    asked_for_keys: ClassVar[int] = 0

    def _answer(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self) -> None:
        """Give the keys."""
        type(self).asked_for_keys += 1
        self._answer(200, {"keys": [KEY.as_dict(private=False)]})

    def do_POST(self) -> None:
        """Give leave, or take a grade."""
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/token":
            form = dict(urllib.parse.parse_qsl(raw.decode()))
            claims = jwt.decode(form["client_assertion"], type(self).tool_key).claims
            fine = claims["iss"] == claims["sub"] == "us" and claims["aud"].endswith("/token")
            self._answer(200 if fine else 401, {"access_token": "leave"})
        elif self.headers["Authorization"] == "Bearer leave":
            kind = self.headers["Content-Type"]
            assert kind == "application/vnd.ims.lis.v1.score+json"
            type(self).grades.append({"path": self.path, **json.loads(raw)})
            self._answer(200, {})
        else:
            self._answer(401, {})

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def school() -> Iterator[str]:
    School.grades, School.asked_for_keys = [], 0
    server = HTTPServer(("127.0.0.1", 0), School)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tool(school: str, tmp_path: Path) -> Tool:
    platform = Platform(
        "https://school.example",
        "us",
        ("d1",),
        f"{school}/auth",
        f"{school}/token",
        f"{school}/keys",
    )
    found = Tool([platform], OURS, Notes(tmp_path / "lti"))
    School.tool_key = found.key
    return found


def claims(nonce: str, school: str = "https://x", **others: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": "https://school.example",
        "aud": "us",
        "sub": "person-7",
        "name": "Ana Abad",
        "iat": now,
        "exp": now + 300,
        "nonce": nonce,
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}message_type": "LtiResourceLinkRequest",
        f"{CLAIM}deployment_id": "d1",
        f"{CLAIM}resource_link": {"id": "link-1", "title": "Café"},
        f"{CLAIM}roles": [f"{MEMBER}Learner"],
        f"{AGS}claim/endpoint": {
            "scope": [f"{AGS}scope/score"],
            "lineitem": f"{school}/line/5?type=x",
        },
        **others,
    }


def signed(said: dict[str, Any], key: Any = KEY, alg: str = "RS256") -> str:
    return jwt.encode({"alg": alg, "kid": "platform-1"}, said, key, algorithms=[alg])


def begun(tool: Tool) -> tuple[str, str]:
    """A login that is under way: state and nonce."""
    found = tool.login({"iss": "https://school.example", "login_hint": "h"}, "https://us/launch")
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(found.url).query))
    assert query["response_mode"] == "form_post"
    assert query["client_id"] == "us"
    assert query["redirect_uri"] == "https://us/launch"
    assert query["login_hint"] == "h"
    assert query["state"] == found.state
    return found.state, query["nonce"]


def reason_of(error: pytest.ExceptionInfo[SimError]) -> object:
    assert error.value.code == "lti/refused"
    return error.value.data["reason"]


# --- who is let in ---


def test_a_learner_and_an_instructor_are_told_apart(tool: Tool, school: str) -> None:
    state, nonce = begun(tool)
    ana = tool.launch(signed(claims(nonce, school)), state, state)
    assert (ana.user, ana.name, ana.teacher, ana.title) == ("person-7", "Ana Abad", False, "Café")
    assert ana.grade is not None
    assert ana.grade.lineitem.endswith("/line/5?type=x")
    state, nonce = begun(tool)
    roles: dict[str, Any] = {f"{CLAIM}roles": [f"{MEMBER}Instructor"], "sub": "person-1"}
    teacher = tool.launch(signed(claims(nonce, school, **roles)), state, state)
    assert teacher.teacher
    assert not teacher.trusted
    assert teacher.link == ana.link
    assert School.asked_for_keys == 1  # keys are kept


LEFT_OUT = object()
REFUSED: tuple[tuple[str, str, Any], ...] = (
    ("nonce", "nonce", "another"),
    ("time", "exp", 500),
    ("time", "iat", 500),
    ("time", "iat", 9_999_999_999),
    ("time", "exp", LEFT_OUT),
    ("audience", "aud", "somebody else"),
    ("audience", "aud", ["us", "them"]),
    ("audience", "iss", "https://evil.example"),
    ("deployment", f"{CLAIM}deployment_id", "d9"),
    ("version", f"{CLAIM}version", "1.1"),
    ("kind", f"{CLAIM}message_type", "LtiDeepLinkingRequest"),
    ("resource", f"{CLAIM}resource_link", {}),
    ("resource", "sub", None),
)


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_a_message_that_is_not_for_us_now_is_refused(tool: Tool, number: int) -> None:
    reason, name, value = REFUSED[number]
    state, nonce = begun(tool)
    said = {**claims(nonce), name: value}
    if value is LEFT_OUT:
        del said[name]
    with pytest.raises(SimError) as error:
        tool.launch(signed(said), state, state)
    assert reason_of(error) == reason


def test_a_message_counts_once(tool: Tool) -> None:
    state, nonce = begun(tool)
    message = signed(claims(nonce))
    tool.launch(message, state, state)
    with pytest.raises(SimError) as error:
        tool.launch(message, state, state)
    assert reason_of(error) == "used"


@pytest.mark.parametrize("kept", ["", "another"])
def test_another_browser_cannot_bring_the_message(tool: Tool, kept: str) -> None:
    state, nonce = begun(tool)
    with pytest.raises(SimError) as error:
        tool.launch(signed(claims(nonce)), state, kept)
    assert reason_of(error) == "state"


def test_a_state_grows_old(tool: Tool) -> None:
    state, nonce = begun(tool)
    late = time.time() + 3600.0
    tool.clock = lambda: late
    with pytest.raises(SimError) as error:
        tool.launch(signed(claims(nonce)), state, state)
    assert reason_of(error) == "used"


def test_a_signature_by_somebody_else_is_refused(tool: Tool) -> None:
    state, nonce = begun(tool)
    with pytest.raises(SimError) as error:
        tool.launch(signed(claims(nonce), OTHER), state, state)
    assert reason_of(error) == "signature"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize("alg", ["none", "HS256", "RS512"])
def test_no_other_algorithm_is_believed(tool: Tool, alg: str) -> None:
    state, nonce = begun(tool)
    message = signed(claims(nonce))
    head, body, _ = message.split(".")
    bad = encoded(json.dumps({"alg": alg, "kid": "platform-1"}).encode())
    proof = b""
    if alg == "HS256":  # signed with what everybody knows: the public key
        proof = hmac.digest(KEY.as_pem(private=False), f"{bad}.{body}".encode(), "sha256")
    message = f"{bad}.{body}.{encoded(proof)}"
    assert head != bad
    with pytest.raises(SimError) as error:
        tool.launch(message, state, state)
    assert reason_of(error) in {"algorithm", "token", "signature"}


@pytest.mark.parametrize("message", ["", "x", "a.b.c", "e30.W10.", "x" * 20_000])
def test_rubbish_is_refused(tool: Tool, message: str) -> None:
    state, _ = begun(tool)
    with pytest.raises(SimError) as error:
        tool.launch(message, state, state)
    assert reason_of(error) == "token"


def test_a_platform_nobody_knows_is_not_asked(tool: Tool) -> None:
    with pytest.raises(SimError, match="lti/unknown-platform"):
        tool.login({"iss": "https://evil.example", "login_hint": "h"}, "https://us/launch")


def test_the_file_of_platforms(tmp_path: Path) -> None:
    path = tmp_path / "platforms.json"
    one = {
        "issuer": "https://school.example",
        "client_id": "us",
        "deployments": ["d1"],
        "auth_url": "https://school.example/auth",
        "token_url": "https://school.example/token",
        "jwks_url": "https://school.example/keys",
    }
    path.write_text(json.dumps([one]), encoding="utf-8")
    (found,) = read_platforms(path)
    assert not found.teachers
    for bad in (
        {**one, "jwks_url": "http://school.example/keys"},
        {"issuer": "x"},
        {**one, "x": 1},
    ):
        path.write_text(json.dumps([bad]), encoding="utf-8")
        with pytest.raises(SimError, match="lti/bad-file"):
            read_platforms(path)


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    one, other = own_key(tmp_path / "lti"), own_key(tmp_path / "lti")
    assert one.thumbprint() == other.thumbprint()
    assert (tmp_path / "lti" / "tool-key.pem").stat().st_mode & 0o077 == 0
    shown = Tool([], one, Notes(tmp_path / "lti")).jwks()["keys"][0]
    assert "d" not in shown
    assert shown["kid"] == one.thumbprint()


# --- grades ---


def test_a_grade_goes_to_its_line(tool: Tool, school: str) -> None:
    book = GradeBook("https://school.example", "us", f"{school}/line/5?type=x")
    tool.score(book, "person-7", 8.5, of=10.0, said="the rule")
    (got,) = School.grades
    assert got["path"] == "/line/5/scores?type=x"
    assert (got["userId"], got["scoreGiven"], got["scoreMaximum"]) == ("person-7", 8.5, 10.0)
    assert got["gradingProgress"] == "FullyGraded"
    assert got["timestamp"].endswith("Z")


def test_grades_that_cannot_be_sent_are_said(tool: Tool, school: str) -> None:
    School.tool_key = OTHER
    book = GradeBook("https://school.example", "us", f"{school}/line/5")
    with pytest.raises(SimError, match="lti/not-sent"):
        tool.score(book, "person-7", 8.5, of=10.0, said="")
    insecure = GradeBook("https://school.example", "us", "http://school.example/line")
    with pytest.raises(SimError, match="lti/not-sent"):
        tool.score(insecure, "person-7", 8.5, of=10.0, said="")


# --- notes ---


def test_notes_are_kept_and_forgotten(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "lti")
    notes.connect("link", "room1")
    assert notes.room_of("link") == "room1"
    assert notes.room_of("other") is None
    ana = Learner("seat", "person-7", "https://school.example", "us", "")
    notes.keep("room1", "who", ana)
    assert notes.learner("room1", "who") == ana
    assert list(notes.learners("room1")) == [ana]
    notes.forget("room1")
    assert list(notes.learners("room1")) == []


# --- through the pages ---


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
        with httpx.Client() as browser:
            answer = come(address, school, browser)
            assert (answer.status_code, answer.headers["location"]) == (303, "/play")
            assert SEAT in browser.cookies
            assert browser.get(f"{address}/play", follow_redirects=True).status_code == 200
    with httpx.Client() as browser:
        come(address, school, browser, sub="person-8")
    seats = [seat for seat in rooms.seats(room.id) if not seat.removed]
    assert len(seats) == 2
    assert not any("Ana" in seat.label for seat in seats)  # pseudonyms, unless names are asked for


def test_without_a_room_learners_are_told_to_wait(address: str, school: str) -> None:
    with httpx.Client() as browser:
        answer = come(address, school, browser)
        assert answer.status_code == 403
        assert SEAT not in browser.cookies
        assert "has not connected this link" in answer.text


def test_an_instructor_connects_the_link_with_the_servers_own_key(
    address: str, school: str, rooms: Rooms, tool: Tool
) -> None:
    room = rooms.open_room("corner-cafe", Settings(seed=7))
    roles = {f"{CLAIM}roles": [f"{MEMBER}Instructor"]}
    with httpx.Client() as browser:
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
    with httpx.Client() as browser:
        come(address, school, browser)
    rooms.open_turn(room.id)
    (seat,) = rooms.seats(room.id)
    rooms.submit(seat.id, 1, "k")
    rooms.close_turn(room.id)
    with httpx.Client(cookies={TEACH: rooms.instructor_secret}, timeout=60.0) as teacher:
        page = teacher.get(f"{address}/teach/{room.id}/grades?basis=turns")
        token = page.text.partition('name="_token" value="')[2].partition('"')[0]
        form = {"_token": token, "basis": "turns", "points": "12"}
        answer = teacher.post(f"{address}/teach/{room.id}/lti/scores", data=form)
        assert answer.status_code == 303
    (got,) = School.grades
    assert (got["userId"], got["scoreGiven"], got["scoreMaximum"]) == ("person-7", 1.0, 12.0)


def test_without_platforms_there_is_no_way_in(rooms: Rooms) -> None:
    with serving(create_app(rooms)) as found, httpx.Client(base_url=found) as browser:
        assert browser.get("/lti/jwks").status_code >= 400
        answer = browser.post("/lti/launch", data={"id_token": "x", "state": "y"})
        assert answer.status_code == 403
        assert SEAT not in browser.cookies


def test_only_those_two_paths_are_open_to_other_sites(address: str) -> None:
    elsewhere = {"Origin": "https://school.example"}
    with httpx.Client(base_url=address) as browser:
        assert browser.post("/lti/connect", data={}, headers=elsewhere).status_code == 403
        assert browser.post("/join", data={"code": "x"}, headers=elsewhere).status_code == 403


def test_a_server_without_platforms_needs_no_package_for_them() -> None:
    code = "import sys; sys.modules['joserfc'] = None; import sim.ui.web.app"
    subprocess.run([sys.executable, "-c", code], check=True)
