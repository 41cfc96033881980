"""Who may do what, asked of every address that the server has, so of those to come as well.

A new address is guarded, or stands in `OPEN` with a reason; else the first test fails.
"""

import asyncio
import csv
import io
import json
from typing import Any, Final
from urllib.parse import quote

import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.classroom.secrets import derived
from sim.play.reviewing import Reviewing
from sim.ui.report.class_page import ClassReports
from sim.ui.web.app import create_app
from sim.ui.web.guard import FORM_FIELD, SEAT, TEACH
from sim.ui.web.shell import LARGEST_FILE, Shell
from tests.classroom.asking import (
    FROM_PLATFORMS,
    ORIGIN,
    SECRET_SEED,
    Asker,
    Lesson,
    body_of,
    fields,
    filled,
    refused,
    routes_of,
    told_by,
)
from tests.classroom.conftest import SCENARIO, chat

OPEN: Final = {
    "/": "where one joins",
    "/j/{code}": "the same with the code filled in",
    "/join": "takes the code",
    "/resume": "takes a link that works once",
    "/language": "keeps a choice of language in the browser",
    "/healthz": "says that the server answers",
    "/static/{version}/{name:path}": "style, script, pictures",
    "/debrief-style/{name}": "style",
    "/teach": "asks for the key",
    "/teach/sign-in": "takes the key",
    "/teach/sign-out": "forgets the key",
    "/play/leave": "forgets the seat",
    "/lti/jwks": "our public key; is there with platforms only",
    "/lti/login": "begins a launch; is there with platforms only",
    "/lti/launch": "takes a signed message; is there with platforms only",
    "/api/v1/openapi.json": "the description of the interface",
    "/api/v1/join": "takes the code",
    "/api/v1/join/{code}": "takes the code",
    "/api/v1/resume": "takes a link that works once",
}
MARKUP: Final = "<img src=x onerror=z()>"  # as long as a name may be
FORMULA: Final = '=HYPERLINK("http://e")'
HIDDEN: Final = {"seed", "rules", "draws", "token", "email", "roster"}
STREAMS: Final = "/events"  # never end by themselves
THOUGHT: Final = {
    "choices": [{"customer": "tomas", "action": "chat"}],
    "notes": {"reflection": "MyOwnThought"},
}
FIELDS: Final = (
    "seat turn customer action tone person text title pace names seconds seats seed teams label "
    "number team lang encounter response step path market deed direction sure proposal days "
    "retention_days absent reveal auto_close scenario room platform points basis key back code"
)
WRITES: Final = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may ask for a review is answered, and nothing is worked out beside the server."""
    monkeypatch.setattr(Reviewing, "start", lambda _: None)


@pytest.fixture
def app(rooms: Rooms) -> Shell:
    return create_app(rooms, reports=ClassReports())


@pytest.mark.slow
def test_no_address_answers_who_has_not_proved_who_they_are(rooms: Rooms, app: Shell) -> None:
    lesson = Lesson(rooms, "Private")
    before = lesson.state
    plain, of_seat = derived(rooms.form_key, "form/"), lesson.own_form
    forged = derived(rooms.form_key, "form/forged")
    for number, (method, path) in enumerate(routes_of(rooms)):
        if path in OPEN:
            continue
        askers = [
            (Asker(app, at=f"10.0.1.{number}"), plain),
            (Asker(app, seat="forged", key="forged", at=f"10.0.2.{number}"), forged),
            (Asker(app, bearer="forged", at=f"10.0.3.{number}"), plain),
        ]
        if path.startswith(("/teach", "/api/v1/rooms", "/projector", "/lti")):
            askers.append((Asker(app, seat=lesson.token), of_seat))
            askers.append((Asker(app, bearer=lesson.token), plain))
        for asker, token in askers:
            sent = body_of(method, path, lesson, token)
            answer = asker.ask(method, lesson.path(path), **sent)
            assert refused(answer), (method, path, answer.status_code)
            assert not [each for each in lesson.private if each in answer.text], (method, path)
    assert lesson.state == before


def test_addresses_that_are_open_to_all_are_still_there(rooms: Rooms) -> None:
    assert {path for _, path in routes_of(rooms)} >= OPEN.keys()


@pytest.mark.slow
def test_nothing_of_another_room_can_be_read_or_changed(rooms: Rooms, app: Shell) -> None:
    victim, own = Lesson(rooms, "Victim"), Lesson(rooms, "Own")
    before, drafted = victim.state, draft_of(rooms, victim.seat)
    token = derived(rooms.form_key, f"form/{own.token}")
    for method, path in routes_of(rooms):
        if path.endswith(STREAMS) or path in OPEN:
            continue
        for asker in (Asker(app, seat=own.token), Asker(app, bearer=own.token)):
            body = body_of(method, path, victim, token)
            query = "" if method != "GET" else f"?seat={victim.seat}&room={victim.room.id}"
            answer = asker.ask(method, victim.path(path) + query, **body)
            assert answer.status_code < 500, (method, path)
            told = answer.text.replace(victim.seat, "") if query else answer.text
            private = victim.private - {str(SECRET_SEED)}
            assert not [each for each in private if each in told], (method, path)
    assert victim.state == before
    assert draft_of(rooms, victim.seat) == drafted


def draft_of(rooms: Rooms, seat: str) -> Any:
    return rooms.view(seat, lambda session: session.draft)


@pytest.mark.slow
def test_a_neighbour_of_the_same_room_sees_nothing_of_ones_game(rooms: Rooms, app: Shell) -> None:
    lesson = Lesson(rooms, "Here")
    mine = Asker(app, bearer=lesson.token)
    for path in ("draft/2", "decisions/2"):
        keyed = {"json": THOUGHT, "headers": {"Idempotency-Key": "k"}}
        sent = mine.ask("PUT", f"/api/v1/me/{path}", **keyed)
        assert sent.status_code == 200, sent.text
    private = {"MyOwnThought", lesson.seat, lesson.token, "AnnHere"}
    theirs = Asker(app, seat=lesson.other_token)
    for method, path in routes_of(rooms):
        if method != "GET" or path.endswith(STREAMS):
            continue
        answer = theirs.ask("GET", lesson.path(path) + f"?seat={lesson.seat}")
        told = answer.text.replace(f"seat={lesson.seat}", "")
        assert not [each for each in private if each in told], path
    other = Asker(app, bearer=lesson.other_token)
    assert not draft_of(rooms, lesson.other).choices
    vote = {"proposal": lesson.seat}
    voted = other.ask("PUT", "/api/v1/me/votes/2", json=vote, headers={"Idempotency-Key": "k"})
    assert voted.status_code == 409


@pytest.mark.slow
def test_every_form_needs_its_own_token_and_its_own_site(rooms: Rooms, app: Shell) -> None:
    lesson = Lesson(rooms, "Form")
    asker = Asker(app, seat=lesson.token, key=rooms.instructor_secret)
    before = lesson.state
    stale = [derived(rooms.form_key, "form/"), derived(rooms.form_key, f"form/{lesson.other}"), ""]
    forms = [path for method, path in routes_of(rooms) if method == "POST" and "/api/" not in path]
    assert len(forms) > 30
    for path in forms:
        url = lesson.path(path)
        good = fields(lesson) | {FORM_FIELD: lesson.own_form}
        for origin in ("http://evil.example", "null", f"{ORIGIN}:81", ""):
            headers = {"origin": origin} if origin else {"sec-fetch-site": "cross-site"}
            answer = asker.ask("POST", url, data=good, headers=headers)
            if path not in FROM_PLATFORMS:
                assert (answer.status_code, answer.json()["code"]) == (403, "class/forged"), path
        if path in FROM_PLATFORMS:
            continue
        for token in stale:
            sent = fields(lesson) | {FORM_FIELD: token}
            answer = asker.ask("POST", url, data=sent, headers={"origin": ORIGIN})
            assert told_by(answer) == "class/forged", (path, answer.status_code)
            assert SEAT not in answer.headers.get("set-cookie", "")
            assert TEACH not in answer.headers.get("set-cookie", "")
    assert lesson.state == before


@pytest.mark.slow
def test_markup_in_a_name_is_text_on_every_page(rooms: Rooms, app: Shell) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7, names="own"), MARKUP)
    taken = [rooms.join(room.code, label) for label in (MARKUP, FORMULA)]
    rooms.message(room.id, MARKUP)
    rooms.open_turn(room.id)
    for seat, _ in taken:
        rooms.keep_draft(seat.id, 1, chat("dan"))
        rooms.submit(seat.id, 1, "k")
    rooms.close_turn(room.id)
    rooms.end(room.id)
    for seat, _ in taken:
        rooms.reflect(seat.id, MARKUP)
    listed = rooms.open_room(SCENARIO, Settings(seed=7, names="roster"), MARKUP)
    rooms.set_roster(listed.id, f"number,name,email\n{MARKUP},{MARKUP},{MARKUP}\n".encode())
    rooms.join(listed.code, number=MARKUP)
    shown = {"debrief", "grades", "roster", "present"}
    found = set()
    for info, seat, token in ((room, *taken[0]), (listed, rooms.seats(listed.id)[0], "")):
        asker = Asker(app, seat=token, key=rooms.instructor_secret)
        for path in pages(rooms):
            url = filled(path, room=info.id, seat=seat.id, code=info.code)
            query = {"names": "1", "seat": seat.id, "q": MARKUP}
            answer = asker.ask("GET", url, params=query)
            assert answer.status_code < 500, path
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert "<img src=x" not in answer.text, path
                found |= {path.rsplit("/", 1)[1]} if "&lt;img src=x" in answer.text else set()
    assert found >= shown, found
    for kind in ("decisions", "grades", "moodle", "canvas"):
        teacher = Asker(app, key=rooms.instructor_secret)
        table = teacher.ask("GET", f"/teach/{room.id}/download/{kind}").content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in {"=", "@", "+"}], kind


def pages(rooms: Rooms) -> list[str]:
    """The paths of everything that can be looked at and ends."""
    found = routes_of(rooms)
    return [path for method, path in found if method == "GET" and not path.endswith(STREAMS)]


@pytest.mark.slow
def test_nothing_that_a_trainee_is_told_gives_the_luck_away(rooms: Rooms, app: Shell) -> None:
    lesson = Lesson(rooms, "Luck")
    told = 0
    for asker in (Asker(app, seat=lesson.token), Asker(app, bearer=lesson.token)):
        for path in pages(rooms):
            answer = asker.ask("GET", lesson.path(path))
            assert str(SECRET_SEED) not in answer.text, path
            if answer.headers.get("content-type") == "application/json":
                told += 1
                if "openapi" not in path:
                    assert not names_in(answer.json()) & HIDDEN, path
    assert told > 10


def names_in(found: Any) -> set[str]:
    """Every name in an answer, however deep."""
    if isinstance(found, dict):
        return set(found).union(*(names_in(each) for each in found.values()))
    return set().union(*(names_in(each) for each in found)) if isinstance(found, list) else set()


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["lobby", "open", "ended"])
def test_nonsense_in_an_address_or_a_form_is_no_fault(rooms: Rooms, app: Shell, stage: str) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7, names="own"))
    seat, token = rooms.join(room.code, "Ann")
    if stage != "lobby":
        rooms.open_turn(room.id)
    if stage == "ended":
        rooms.end(room.id)
    asker = Asker(app, seat=token, key=rooms.instructor_secret)
    form = derived(rooms.form_key, f"form/{token}")
    last = {"/teach/{room}/end", "/teach/{room}/delete", "/play/leave"}
    for method, path in sorted(routes_of(rooms), key=lambda route: route[1] in last):
        if path.startswith("/api/") or path.endswith(STREAMS):
            continue
        for odd in ("-1", "nan", "9" * 30, "\u0000\ud7ff'\"<", "dan"):
            named = {"room": room.id, "seat": seat.id, "code": room.code}
            places = dict.fromkeys(("turn", "customer", "kind", "deed", "name", "encounter"), odd)
            url = filled(path, **(named | {key: quote(value) for key, value in places.items()}))
            query = dict.fromkeys(("points", "value", "q", "basis", "back"), odd)
            sent = dict.fromkeys(FIELDS.split(), odd) | {FORM_FIELD: form}
            params = query | {"lever": "hours", "seat": seat.id}
            body = {"data": sent} if method == "POST" else {}
            answer = asker.ask(method, url, params=params, **body)
            assert answer.status_code < 500, (method, path, odd)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"content-length": str(LARGEST_FILE + 1)}, 413, "class/too-large"),
        ({"content-length": "9" * 5000}, 413, "class/too-large"),
        ({"content-length": "-1"}, 413, "class/too-large"),
        ({"content-length": ""}, 413, "class/too-large"),
        ({"transfer-encoding": "chunked"}, 411, "class/no-length"),
    ],
)
def test_what_is_too_large_or_endless_is_refused_everywhere_before_it_is_read(
    *, rooms: Rooms, app: Shell, headers: dict[str, str], status: int, code: str
) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    for method, path in routes_of(rooms):
        if method in WRITES:
            assert asyncio.run(_unread(app, method, filled(path), raw)) == (status, code), path


async def _unread(
    app: Shell, method: str, path: str, headers: list[tuple[bytes, bytes]]
) -> tuple[int, str]:
    """The answer to a request whose body must not be asked for."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"class.lan"), *headers],
    }
    sent: list[Any] = []

    async def receive() -> Any:
        raise AssertionError(path)

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])["code"]
