"""A trainee's own game, reviewed in the browser: asked first, then shown, and to nobody else."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.classroom import reviews
from sim.classroom.model import RoomInfo, SeatInfo, Settings
from sim.classroom.rooms import Rooms
from sim.view.class_words import say
from sim.view.review_words import say as of_review
from tests.ui.web.browsing import Browser
from tests.ui.web.conftest import Join
from tests.ui.web.outlined import AtOnce

WHY = "<b>Dan</b> & we did not talk"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "Reviewing", AtOnce)


@pytest.fixture
def room(rooms: Rooms) -> RoomInfo:
    return rooms.open_room("first-day", Settings(seed=7, names="own"), "Tuesday")


@pytest.fixture
def over(rooms: Rooms, room: RoomInfo) -> Callable[[], None]:
    """Ends the room after its first turn."""

    def end() -> None:
        rooms.open_turn(room.id)
        rooms.close_turn(room.id)
        rooms.end(room.id)

    return end


def seats_of(rooms: Rooms, room: RoomInfo) -> list[SeatInfo]:
    return sorted(rooms.seats(room.id), key=lambda seat: seat.label)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_trainee_says_first_what_mattered_and_then_sees_the_review(
    *, join: Join, over: Callable[[], None], lang: str
) -> None:
    browser = join("Ana", lang)
    over()
    browser.open("/play/on/1")
    browser.click("/play/review")
    asked = browser.page.text
    assert say(lang, "debrief.ask") in asked
    assert of_review(lang, "report.decided") not in asked
    browser.press("tell", why=WHY)
    assert say(lang, "error.class/no-such-turn", turns=1) in browser.page.text
    browser.press("tell", turn="1", why=WHY)
    shown = browser.answer.text
    assert browser.path == "/play/review"
    assert "&lt;b&gt;Dan&lt;/b&gt; &amp; we did not talk" in shown
    assert say(lang, "class.review.outline") in browser.page.text
    assert of_review(lang, "report.decided") in shown
    assert " style=" not in shown
    assert "<style" not in shown
    assert 'id="evaluation"' in shown
    taken = browser.client.get("/play/review/file")
    assert taken.headers["content-disposition"].startswith("attachment")
    assert "font/woff" in taken.text
    assert WHY not in taken.text
    assert browser.client.get("/play/game").json()["turns"][-1]["notes"]["turning_point"] == {
        "turn": 1,
        "why": WHY,
    }


def test_a_review_is_seen_by_its_seat_and_the_instructor_and_by_nobody_else(
    *,
    rooms: Rooms,
    room: RoomInfo,
    join: Join,
    teacher: Browser,
    browse: Callable[..., Browser],
    over: Callable[[], None],
) -> None:
    ana, ben, stranger = join("Ana"), join("Ben"), browse()
    assert ana.client.get("/play/review").status_code == 409  # others still play
    over()
    mine, other = seats_of(rooms, room)
    ana.open("/play/review")
    ana.press("tell", turn="1", why="only mine")
    assert "only mine" in ana.open("/play/review").text
    ben.open("/play/review")
    ben.press("tell", turn="1", why="")
    assert "only mine" not in ben.page.text
    watch = f"/teach/{room.id}/watch"
    assert "only mine" in teacher.open(f"{watch}/{mine.id}/review").text
    assert "only mine" not in teacher.open(f"{watch}/{other.id}/review").text
    assert teacher.client.get(f"{watch}/{mine.id}/review/file").status_code == 200
    for name in ("review", "review/file", "review/progress"):
        assert stranger.client.get(f"/play/{name}", follow_redirects=False).status_code == 303
        for each in (ben, stranger):
            answer = each.client.get(f"{watch}/{mine.id}/{name}", follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, "/teach")
    elsewhere = rooms.open_room("first-day", Settings(seed=7))
    wrong = f"/teach/{elsewhere.id}/watch/{mine.id}/review"
    assert teacher.client.get(wrong).status_code == 404
    rooms.kick(mine.id)
    assert "only mine" not in ana.open("/play/review").text


def test_an_instructor_may_keep_the_reviews_for_the_class(
    *, rooms: Rooms, room: RoomInfo, join: Join, teacher: Browser, over: Callable[[], None]
) -> None:
    ana = join("Ana")
    form: Any = teacher.open(f"/teach/{room.id}/settings")
    assert "reviews" in form.forms[-1].fields
    del form.forms[-1].fields["reviews"]
    teacher.press("save")
    assert not rooms.room(room.id).settings.reviews
    over()
    ana.open("/play")
    assert "/play/review" not in ana.open("/play/on/1").links.values()
    refused = ana.open("/play/review")
    assert say("en", "error.class/no-reviews") in refused.text
    assert ana.client.get("/play/review/file").status_code == 409
    (seat,) = rooms.seats(room.id)
    shown = teacher.open(f"/teach/{room.id}/watch/{seat.id}/review")
    assert say("en", "class.review.outline") in shown.text
