"""The JSON interface: joining, deciding, teaching, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.ui.web.app import create_app
from sim.ui.web.guard import SEAT, TEACH
from tests.classroom.asking import Asker
from tests.classroom.conftest import FILE, SCENARIO, Clock
from tests.classroom.serving import NO_CERTIFICATES, PATIENCE, serving

Client = httpx.Client
CHAT = {"choices": [{"customer": "dan", "action": "chat"}]}


@pytest.fixture
def web(rooms: Rooms) -> Iterator[Client]:
    with (
        serving(create_app(rooms)) as address,
        httpx.Client(
            base_url=address,
            headers={"Host": "class.lan"},
            verify=NO_CERTIFICATES,
            timeout=PATIENCE,
        ) as client,
    ):
        yield client


@pytest.fixture
def teacher(rooms: Rooms) -> dict[str, str]:
    return {"Authorization": f"Bearer {rooms.instructor_secret}"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def opened(web: Client, teacher: dict[str, str], **settings: Any) -> dict[str, Any]:
    body = {"scenario": SCENARIO, "settings": {"seed": 7, **settings}}
    answer = web.post("/api/v1/rooms", json=body, headers=teacher)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def joined(web: Client, room: dict[str, Any]) -> dict[str, str]:
    answer = web.post("/api/v1/join", json={"code": room["code"].lower()})
    assert answer.status_code == 201, answer.text
    return bearer(answer.json()["token"])


def act(web: Client, teacher: dict[str, str], room: dict[str, Any], **deed: Any) -> httpx.Response:
    return web.patch(f"/api/v1/rooms/{room['code']}", json=deed, headers=teacher)


def test_a_turn_by_programs_only(web: Client, teacher: dict[str, str]) -> None:
    room = opened(web, teacher)
    me = joined(web, room)
    assert web.get("/api/v1/me", headers=me).json()["turn"] is None
    assert act(web, teacher, room, action="open").json()["turn"] == 1
    once = {**me, "Idempotency-Key": "a"}
    first = web.put("/api/v1/me/decisions/1", json=CHAT, headers=once)
    assert first.json() == {"turn": 1, "seq": 3, "kind": "decide", "played": False}
    assert web.put("/api/v1/me/decisions/1", json=CHAT, headers=once).json() == first.json()
    again = web.put("/api/v1/me/decisions/1", json=CHAT, headers={**me, "Idempotency-Key": "b"})
    assert (again.status_code, again.json()["code"]) == (409, "class/already-decided")
    board = web.get(f"/api/v1/rooms/{room['id']}/board", headers=teacher).json()
    assert [line["status"] for line in board] == ["submitted"]
    assert act(web, teacher, room, action="close").json()["state"] == "between"
    turn = web.get("/api/v1/me/turn?lang=zh", headers=me).json()
    assert turn["header"]["turn"] == 2
    games = web.get(f"/api/v1/rooms/{room['id']}/games", headers=teacher).json()
    assert games[0]["game"]["turns"][0]["choices"][0]["customer"] == "dan"


def test_the_quick_way_answers_as_the_long_one_does(web: Client, teacher: dict[str, str]) -> None:
    room = opened(web, teacher)
    me, other = joined(web, room), joined(web, room)
    act(web, teacher, room, action="open")
    long = "?lang=en"  # anything unusual goes the long way
    assert (
        web.get("/api/v1/me", headers=me).json() == web.get(f"/api/v1/me{long}", headers=me).json()
    )
    usual = {"Idempotency-Key": "a", "Content-Type": "application/json"}
    unusual = {"Idempotency-Key": "a", "Content-Type": "application/json; charset=utf-8"}
    place = "/api/v1/me/decisions/1"
    for sent in (b'{"choices": 3}', b"{", b'{"market": ["no_such_thing"]}'):
        quick = web.put(place, content=sent, headers={**me, **usual})
        slow = web.put(place, content=sent, headers={**me, **unusual})
        assert (quick.status_code, quick.json()) == (slow.status_code, slow.json())
        assert quick.status_code == 422
    quick = web.put(place, json=CHAT, headers={**me, **usual})
    slow = web.put(place, json=CHAT, headers={**other, **unusual})
    assert quick.json() | {"seq": 0} == slow.json() | {"seq": 0}
    head = web.head("/")
    assert (head.status_code, head.content) == (200, b"")


def test_of_two_workers_each_knows_what_the_other_has_done(tmp_path: Path) -> None:
    """Requests go the quick way at both, once each has looked the token up."""
    one, other = (Rooms(open_store(tmp_path / FILE, shared=True)) for _ in range(2))
    room = one.open_room(SCENARIO, Settings(seed=7))
    seat, token = one.join(room.code)
    here, there = (Asker(create_app(rooms), bearer=token) for rooms in (one, other))
    sent = {"json": CHAT, "headers": {"Idempotency-Key": "a"}}
    try:
        for _ in range(2):
            assert there.ask("GET", "/api/v1/me").json()["turn"] is None
        one.open_turn(room.id)
        assert there.ask("GET", "/api/v1/me").json()["turn"] == 1
        done = there.ask("PUT", "/api/v1/me/decisions/1", **sent).json()
        assert here.ask("PUT", "/api/v1/me/decisions/1", **sent).json() == done
        assert here.ask("GET", "/api/v1/me").json()["status"] == "submitted"
        one.reissue(seat.id)
        for asker in (here, there):
            assert asker.ask("GET", "/api/v1/me").status_code == 401
            assert asker.ask("PUT", "/api/v1/me/decisions/1", **sent).status_code == 401
    finally:
        one.close()
        other.close()


def test_the_luck_of_the_class_is_told_to_nobody_before_the_end(
    web: Client, teacher: dict[str, str]
) -> None:
    room = opened(web, teacher, seed=424242)
    me = joined(web, room)
    act(web, teacher, room, action="open")
    told = [web.get(f"/api/v1/me{path}", headers=me) for path in ("", "/turn", "/customers/dan")]
    assert [answer.status_code for answer in told] == [200] * 3
    assert not any("424242" in answer.text for answer in told)
    assert web.get("/api/v1/me/game", headers=me).json()["code"] == "class/not-over"
    act(web, teacher, room, action="end")
    assert web.get("/api/v1/me/game", headers=me).json()["seed"] == 424242


def test_who_has_no_token_may_do_nothing(web: Client, teacher: dict[str, str]) -> None:
    room = opened(web, teacher)
    me = joined(web, room)
    for method, path in (
        ("GET", "/me"),
        ("PUT", "/me/decisions/1"),
        ("GET", "/rooms"),
        ("POST", "/rooms"),
        ("PATCH", f"/rooms/{room['id']}"),
        ("GET", f"/rooms/{room['id']}/games"),
        ("DELETE", f"/rooms/{room['id']}"),
    ):
        body = CHAT if method in {"PUT", "POST", "PATCH"} else None
        headers = {"Idempotency-Key": "a"}
        for token in ({}, bearer("guess")):
            answer = web.request(method, f"/api/v1{path}", headers={**headers, **token}, json=body)
            assert answer.status_code == 401, (method, path)
        if path.startswith("/rooms"):
            asked = web.request(method, f"/api/v1{path}", headers={**headers, **me}, json=body)
            assert asked.status_code == 401, (method, path)


def test_forged_decisions_are_refused_in_the_language_asked_for(
    web: Client, teacher: dict[str, str]
) -> None:
    room = opened(web, teacher)
    me = {**joined(web, room), "Idempotency-Key": "a", "Accept-Language": "zh-CN"}
    act(web, teacher, room, action="open")
    for body, code in (
        ({"choices": CHAT["choices"] * 2}, "action/twice"),
        ({"market": ["nothing_like_it"]}, "choice/unknown-market"),
        ({"responses": {"nobody": ["yes"]}}, "choice/unknown-encounter"),
        ({"score": 100}, "class/bad-request"),
        ({"notes": {"grade": 100}}, "class/bad-request"),
    ):
        answer = web.put("/api/v1/me/decisions/1", json=body, headers=me)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.json()["message"])


def test_what_comes_from_another_site_or_is_too_large_is_not_even_looked_at(
    web: Client, teacher: dict[str, str]
) -> None:
    body = {"scenario": SCENARIO}
    for origin in ("http://evil.example", "null", "http://class.lan:81"):
        sent = web.post("/api/v1/rooms", json=body, headers={**teacher, "Origin": origin})
        assert (sent.status_code, sent.json()["code"]) == (403, "class/forged")
    own = {**teacher, "Origin": "http://class.lan"}
    assert web.post("/api/v1/rooms", json=body, headers=own).status_code == 201
    large = web.post("/api/v1/join", content=b" " * 17_000, headers=teacher)
    assert (large.status_code, large.json()["code"]) == (413, "class/too-large")
    endless = web.post("/api/v1/join", content=iter([b"{}"]), headers=teacher)
    assert (endless.status_code, endless.json()["code"]) == (411, "class/no-length")


def test_the_description_tells_clients_what_proves_who_asks(web: Client) -> None:
    described = web.get("/api/v1/openapi.json").json()
    schemes = described["components"]["securitySchemes"]
    assert {(each["type"], each.get("name")) for each in schemes.values()} == {
        ("http", None),
        ("apiKey", SEAT),
        ("apiKey", TEACH),
    }
    operations = {
        (method, path): each
        for path, methods in described["paths"].items()
        for method, each in methods.items()
    }
    names = [each["operationId"] for each in operations.values()]
    assert len(set(names)) == len(names)
    assert {"join", "decide", "open_room"} <= set(names)
    for (method, path), each in operations.items():
        needed = {name for choice in each["security"] for name in choice}
        assert needed <= schemes.keys()
        whose = {"me": "seat", "rooms": "instructor"}.get(path.split("/")[3], "")
        assert needed == ({whose, f"{whose}Cookie"} if whose else set()), (method, path)


def test_every_answer_has_the_headers_that_keep_a_page_to_itself(web: Client) -> None:
    for path in ("/healthz", "/api/v1/me", "/nowhere"):
        headers = web.get(path).headers
        assert "script" not in headers["content-security-policy"].replace("default-src", "")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers


def test_a_seat_is_taken_once_though_asked_for_twice(
    web: Client, teacher: dict[str, str], rooms: Rooms, start: Callable[[], Rooms]
) -> None:
    room = opened(web, teacher, names="own", seats=2)
    sent = {"code": room["code"], "label": "Ann"}
    key = {"Idempotency-Key": "0b9c1d6e-9f5e-4f0a-8d0c-1f5b3c2a7e11"}
    first = web.post("/api/v1/join", json=sent, headers=key).json()
    other = web.post("/api/v1/join", json=sent, headers={"Idempotency-Key": "x" * 16}).json()
    assert first["seat"]["id"] != other["seat"]["id"]
    assert act(web, teacher, room, action="lock").status_code == 200
    again = web.post("/api/v1/join", json=sent, headers=key)  # though it is full and locked by now
    assert (again.status_code, again.json()) == (201, first)
    assert len(rooms.seats(room["id"])) == 2
    assert web.get("/api/v1/me", headers=bearer(first["token"])).json()["seat"]["label"] == "Ann"
    short = web.post("/api/v1/join", json=sent, headers={"Idempotency-Key": "1"})
    assert short.json()["code"] == "class/bad-request"
    rooms.reissue(first["seat"]["id"])  # the device is lost, so what it knows leads nowhere
    refusal = web.post("/api/v1/join", json=sent, headers=key)
    assert (refusal.status_code, refusal.json()["code"]) == (409, "class/already-joined")
    assert start().join(room["code"], key=f"api/{'x' * 16}")[1] == other["token"]


def test_a_name_list_an_own_name_and_a_lost_phone(
    web: Client, teacher: dict[str, str], clock: Clock
) -> None:
    room = opened(web, teacher, names="roster")
    place = f"/api/v1/rooms/{room['id']}"
    listed = web.put(
        f"{place}/roster", content="学号,姓名\n7,王芳\n8,Ann".encode(), headers=teacher
    )
    assert [line["name"] for line in listed.json()] == ["王芳", "Ann"]
    code = room["code"]
    unknown = web.post("/api/v1/join", json={"code": code, "number": "9"})
    assert unknown.json()["code"] == "class/not-on-roster"
    seat = web.post("/api/v1/join", json={"code": code, "number": "7"}).json()
    twice = web.post("/api/v1/join", json={"code": code, "number": "7"})
    assert twice.json()["code"] == "class/already-joined"
    assert "王芳" not in web.get("/api/v1/me", headers=bearer(seat["token"])).text
    link = web.post(f"{place}/seats/{seat['seat']['id']}/reissue", headers=teacher).json()["link"]
    assert web.get("/api/v1/me", headers=bearer(seat["token"])).status_code == 401
    new = web.post("/api/v1/resume", json={"link": link}).json()
    assert new["seat"]["id"] == seat["seat"]["id"]
    assert web.post("/api/v1/resume", json={"link": link}).json()["code"] == "class/unknown-link"
    own = web.post("/api/v1/me/link", headers=bearer(new["token"])).json()["link"]
    clock.now += 601.0
    assert web.post("/api/v1/resume", json={"link": own}).status_code == 404
    assert web.get("/api/v1/me", headers=bearer(new["token"])).status_code == 200
