"""Guessing codes and keys: who guesses has to wait, and nobody else does."""

from typing import Any

import httpx
import pytest

from sim.classroom.events import ClassError
from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.classroom.secrets import derived
from sim.ui.web.app import create_app
from sim.ui.web.guard import FORM_FIELD, SEAT, TEACH
from sim.ui.web.shell import Shell
from sim.ui.web.throttle import CODES, KEYS, MINUTE, TEACHING, Limit, Throttle, party
from tests.classroom.asking import Asker, inner, told_by
from tests.classroom.conftest import SCENARIO


@pytest.fixture
def app(rooms: Rooms) -> Shell:
    return create_app(rooms)


def test_guessing_is_counted_of_all_addresses_together() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for number in range(CODES.together):
        throttle.failed(CODES, f"10.0.0.{number % 20}", str(number))
    with pytest.raises(ClassError) as refusal:
        throttle.expect_calm(CODES, "10.9.9.9")
    assert refusal.value.code == "class/too-often"
    assert 0 < refusal.value.data["seconds"] <= MINUTE + 1
    now[0] += MINUTE + 0.1
    throttle.expect_calm(CODES, "10.9.9.9")


def test_the_same_wrong_guess_counts_once() -> None:
    throttle = Throttle(lambda: 0.0)
    for _ in range(2 * CODES.together):
        throttle.failed(CODES, "10.0.0.1", "what the whole class read from the board")
    throttle.expect_calm(CODES, "10.0.0.1")


def test_workers_together_allow_no_more_guesses_than_one_alone() -> None:
    throttle = Throttle(lambda: 0.0, workers=4)
    for number in range(CODES.of_one // 4):
        throttle.failed(CODES, "10.0.0.1", str(number))
    with pytest.raises(ClassError):
        throttle.expect_calm(CODES, "10.0.0.1")


def test_however_many_workers_there_are_somebody_may_mistype_at_each() -> None:
    throttle = Throttle(lambda: 0.0, workers=CODES.together)
    for number in range(9):
        throttle.failed(CODES, "10.0.0.1", str(number))
    throttle.expect_calm(CODES, "10.0.0.1")


def test_networks_of_version_6_are_counted_as_one() -> None:
    assert party("2001:db8:1:2::3") == party("2001:db8:1:2:ffff::4") != party("2001:db8:1:3::3")
    assert party("::ffff:10.0.0.1") == party("10.0.0.1") == "10.0.0.1"
    assert party("testclient") == "testclient"


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        pytest.param("GET", "/j/{guess}", {}, marks=pytest.mark.slow),
        pytest.param("POST", "/join", {"data": {"code": "{guess}"}}, marks=pytest.mark.slow),
        ("POST", "/api/v1/join", {"json": {"code": "{guess}"}}),
    ],
)
def test_who_guesses_codes_has_to_wait_but_not_the_class_at_the_same_address(
    *, rooms: Rooms, app: Shell, method: str, path: str, sent: dict[str, Any]
) -> None:
    asker = Asker(app)
    known, other = (rooms.open_room(SCENARIO, Settings(seed=7)) for _ in "12")
    assert asker.ask("GET", f"/j/{known.code}").status_code == 200
    for number in range(CODES.of_one):
        status = guess(asker, method, path, rooms=rooms, number=number, sent=sent).status_code
        assert status in {404, 409}, number
    refusal = asker.ask("POST", "/api/v1/join", json={"code": other.code})
    assert (refusal.status_code, refusal.json()["code"]) == (429, "class/too-often")
    assert int(refusal.headers["retry-after"]) > 0
    assert asker.ask("POST", "/api/v1/join", json={"code": known.code}).status_code == 201
    elsewhere = Asker(app, at="10.0.0.2").ask("POST", "/api/v1/join", json={"code": other.code})
    assert elsewhere.status_code == 201


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "path", "most", "sent"),
    [
        ("POST", "/resume", KEYS, {"data": {"key": "{guess}"}}),
        ("POST", "/api/v1/resume", KEYS, {"json": {"link": "{guess}"}}),
        ("GET", "/projector/x/{guess}", KEYS, {}),
        ("GET", "/projector/x", KEYS, {"headers": {"cookie": "rapport_projector={guess}"}}),
        ("GET", "/api/v1/me", KEYS, {"headers": {"authorization": "Bearer {guess}"}}),
        ("GET", "/api/v1/me", KEYS, {"headers": {"cookie": SEAT + "={guess}"}}),
        ("GET", "/version", KEYS, {"headers": {"cookie": SEAT + "={guess}"}}),
        ("POST", "/teach/sign-in", TEACHING, {"data": {"key": "{guess}"}}),
        ("GET", "/api/v1/rooms", TEACHING, {"headers": {"authorization": "Bearer {guess}"}}),
        ("GET", "/api/v1/rooms", TEACHING, {"headers": {"cookie": TEACH + "={guess}"}}),
        ("GET", "/teach/x", TEACHING, {"headers": {"cookie": TEACH + "={guess}"}}),
        ("GET", "/teach/x/version", TEACHING, {"headers": {"cookie": TEACH + "={guess}"}}),
    ],
)
def test_every_way_to_guess_a_key_is_counted_and_a_right_one_is_never_refused(
    *, rooms: Rooms, app: Shell, method: str, path: str, most: Limit, sent: dict[str, Any]
) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    asker, (_, token) = Asker(app), rooms.join(room.code)
    counted = inner(app).state.throttle
    for number in range(most.of_one - 1):
        counted.failed(most, "10.0.0.1", f"another {number}")
    first, again, second = (
        guess(asker, method, path, rooms=rooms, number=number, sent=sent) for number in (1, 1, 2)
    )
    assert not too_often(first)
    assert too_often(again)
    assert too_often(second)
    assert Asker(app, bearer=token).ask("GET", "/api/v1/me").status_code == 200
    assert Asker(app, seat=token).ask("GET", "/version").status_code == 200
    key = rooms.instructor_secret
    assert Asker(app, bearer=key).ask("GET", "/api/v1/rooms").status_code == 200
    assert Asker(app, key=key).ask("GET", "/teach").status_code == 200
    form = {"key": key, FORM_FIELD: derived(rooms.form_key, "form/")}
    signed = asker.ask("POST", "/teach/sign-in", data=form)
    assert TEACH in signed.headers["set-cookie"]
    screen = asker.ask("GET", f"/projector/{room.id}/{rooms.projector_token(room.id)}")
    assert screen.headers["location"] == f"/projector/{room.id}"
    assert asker.ask("POST", "/api/v1/join", json={"code": room.code}).status_code == 201


def guess(
    asker: Asker, method: str, path: str, *, rooms: Rooms, number: int, sent: dict[str, Any]
) -> httpx.Response:
    """A wrong guess, a different one for each number."""
    wrong = f"WRNG{number:02}"
    filled_in = {
        kind: {name: value.replace("{guess}", wrong) for name, value in parts.items()}
        for kind, parts in sent.items()
    }
    if "data" in filled_in:
        filled_in["data"][FORM_FIELD] = derived(rooms.form_key, "form/")
    return asker.ask(method, path.replace("{guess}", wrong), **filled_in)


def too_often(answer: httpx.Response) -> bool:
    """Whether it says so: by status, on the page, or on the page that it leads to."""
    if answer.status_code == 303:
        return told_by(answer) == "class/too-often"
    return answer.status_code == 429 or "Too many wrong codes" in answer.text
