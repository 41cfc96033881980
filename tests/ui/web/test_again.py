"""Mistakes decided again in the browser: changed, judged, hinted at, solved; by the seat alone."""

from collections.abc import Callable, Iterator

import pytest

from sim.classroom import retrying, reviews
from sim.classroom.model import RoomInfo, Said, SeatInfo, Settings
from sim.classroom.rooms import Rooms
from sim.view.class_words import say
from tests.ui.web.browsing import Browser, buttons
from tests.ui.web.conftest import Join
from tests.ui.web.outlined import AtOnce, Judge

WHY = "<i>Too late</i> & not asked"
AGAIN = "/play/review/again"


class Graded(AtOnce):
    """Likewise, and it calls the first turn a mistake."""

    def start(self) -> None:
        """Makes it here."""
        super().start()
        found = self.review
        assert found is not None
        first, *rest = found.turns
        wrong = {"refined": True, "label": "mistake", "loss_share": 60.0, "tier": "standard"}
        self.review = found.model_copy(update={"turns": (first.model_copy(update=wrong), *rest)})


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Judge]]:
    monkeypatch.setattr(reviews, "Reviewing", Graded)
    monkeypatch.setattr(retrying, "Reviewing", Judge)
    yield Judge
    Judge.ready = True


@pytest.fixture
def room(rooms: Rooms) -> RoomInfo:
    return rooms.open_room("first-day", Settings(seed=7, names="own"), "Tuesday")


@pytest.fixture
def over(rooms: Rooms, room: RoomInfo) -> Callable[[], list[SeatInfo]]:
    """Ends the room after its first turn, in which nobody did anything; everybody says why."""

    def end() -> list[SeatInfo]:
        rooms.open_turn(room.id)
        rooms.close_turn(room.id)
        rooms.end(room.id)
        seats = sorted(rooms.seats(room.id), key=lambda seat: seat.label)
        for seat in seats:
            rooms.say_turning(seat.id, Said(1, ""))
        return seats

    return end


Over = Callable[[], list[SeatInfo]]


def does_something(browser: Browser) -> None:
    """Chooses the first action that is possible for the first customer."""
    browser.open(f"{AGAIN}/1/board")
    customer = next(
        url for url in browser.page.links.values() if url.startswith(f"{AGAIN}/1/customer/")
    )
    browser.open(customer)
    browser.press(next(buttons(browser.page, "do-")))
    assert browser.path == customer


def judges(browser: Browser) -> None:
    """Has the plan judged."""
    form = next(each for each in browser.page.forms if each.action.endswith("/judge"))
    browser.send(form, do="judge")


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_a_mistake_is_decided_again_until_it_is_solved(
    *, join: Join, over: Over, lang: str
) -> None:
    browser = join("Ana", lang)
    over()
    browser.open("/play/review")
    browser.open(browser.page.links[f"{AGAIN}/1"])
    page = browser.page
    assert say(lang, "class.again.rule") in page.text
    assert say(lang, "plan.empty") in page.text
    assert "reveal" not in {name for form in page.forms for name in form.buttons}
    browser.press("keep-why", why=WHY)
    assert WHY in {form.fields.get("why") for form in browser.page.forms}
    judges(browser)
    first = browser.open(f"{AGAIN}/1")
    assert say(lang, "retry.not_yet") in first.text
    assert say(lang, "class.hint") in first.text
    does_something(browser)
    browser.open(f"{AGAIN}/1")
    judges(browser)
    solved = browser.open(f"{AGAIN}/1")
    assert say(lang, "retry.solved") in solved.text
    browser.press("reveal")
    assert browser.path == f"{AGAIN}/1/solution"
    assert say(lang, "debrief.better") in browser.page.text
    listed = browser.open(AGAIN)
    assert say(lang, "debrief.solved", n=1, of=1) in listed.text
    assert WHY in listed.text
    told = browser.client.get("/play/game").json()["turns"][-1]["notes"]["retries"]
    assert told == {"1": {"solved": True, "tries": 2, "why": WHY, "seen": True}}


@pytest.mark.slow
def test_a_plan_waits_in_a_queue_that_is_shown_and_can_be_left(
    *, join: Join, over: Over, judge: type[Judge]
) -> None:
    ana, ben = join("Ana"), join("Ben")
    over()
    judge.ready = False
    for browser in (ana, ben):
        browser.open(f"{AGAIN}/1")
        judges(browser)
        assert browser.path == f"{AGAIN}/1"
    told = ben.client.get(f"{AGAIN}/1/progress").json()
    assert (told["busy"], told["text"]) == (True, say("en", "class.again.ahead", n=1))
    assert told["after"] > ana.client.get(f"{AGAIN}/1/progress").json()["after"]
    assert told["text"] in ben.page.text
    ana.press("stop")
    assert say("en", "retry.meanwhile") not in ana.page.text
    assert say("en", "class.again.rule") in ana.page.text  # it was no try
    version = ben.client.get(f"{AGAIN}/1/progress").json()["version"]
    assert version == told["version"]
    judge.ready = True
    assert ben.client.get(f"{AGAIN}/1/progress").json()["version"] != version
    assert say("en", "retry.not_yet") in ben.open(f"{AGAIN}/1").text


@pytest.mark.slow
def test_nobody_but_the_seat_decides_and_the_instructor_sees_what_came_of_it(
    *, room: RoomInfo, join: Join, teacher: Browser, over: Over
) -> None:
    ana, ben = join("Ana"), join("Ben")
    mine, other = over()
    ana.open(f"{AGAIN}/1")
    ana.press("keep-why", why="only mine")
    does_something(ana)
    ana.open(f"{AGAIN}/1")
    judges(ana)
    assert "only mine" in ana.open(AGAIN).text
    assert "only mine" not in ben.open(AGAIN).text
    assert say("en", "plan.empty") in ben.open(f"{AGAIN}/1").text
    watch = f"/teach/{room.id}/watch"
    seen = teacher.open(f"{watch}/{mine.id}/review/again")
    assert "only mine" in seen.text
    assert say("en", "debrief.solved", n=1, of=1) in seen.text
    assert {form.action for form in seen.forms} == {"/language"}
    assert not [url for url in seen.links.values() if "/again/" in url]
    assert "only mine" not in teacher.open(f"{watch}/{other.id}/review/again").text
    for url in ("", "/1"):
        answer = ben.client.get(f"{watch}/{mine.id}/review/again{url}", follow_redirects=False)
        assert answer.status_code in {303, 404}


def test_the_question_comes_first_and_only_costly_turns_are_decided_again(
    *, rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    browser = join("Ana")
    rooms.open_turn(room.id)
    assert browser.client.get(f"{AGAIN}/1").status_code == 409  # others still play
    rooms.close_turn(room.id)
    rooms.end(room.id)
    browser.open(AGAIN)
    assert browser.path == "/play/review"
    refused = browser.open(f"{AGAIN}/1")
    assert say("en", "error.class/no-retry") in refused.text
    (seat,) = rooms.seats(room.id)
    rooms.say_turning(seat.id, Said(1, ""))
    assert say("en", "retry.check") in browser.open(f"{AGAIN}/1").text
    assert say("en", "error.class/no-retry") in browser.open(f"{AGAIN}/2").text
    browser.open(f"{AGAIN}/1")
    form = next(each for each in browser.page.forms if each.action.endswith("/judge"))
    form.action = f"{AGAIN}/1/solution"
    assert say("en", "error.class/try-first") in browser.send(form).text
    browser.open(f"{AGAIN}/1/solution")
    assert browser.path == f"{AGAIN}/1"
    form.action = f"{AGAIN}/1/grade"
    assert "grade" not in browser.send(form).text
    assert browser.answer.status_code == 404
    rooms.change_settings(room.id, reviews=False)
    assert say("en", "error.class/no-reviews") in browser.open(f"{AGAIN}/1").text


@pytest.mark.slow
def test_everything_that_was_known_then_can_be_looked_up(*, join: Join, over: Over) -> None:
    browser = join("Ana")
    over()
    for name in ("news", "inbox", "plan", "hand", "briefing", "glossary", "number/budget/hours"):
        page = browser.open(f"{AGAIN}/1/{name}")
        assert browser.answer.status_code == 200, name
        inner = [url for url in page.links.values() if url.startswith("/play/")]
        outside = {url for url in inner if not url.startswith(AGAIN)}
        assert outside <= {"/play/device", "/play/help"}, name
        assert " style=" not in browser.answer.text
    assert browser.open(f"{AGAIN}/1/report").text
    assert browser.answer.status_code == 409  # before the first turn nothing had happened
