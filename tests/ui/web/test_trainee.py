"""A trainee plays by links and forms alone, as a browser without scripts would."""

from collections.abc import Callable

import pytest

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.game import from_json
from sim.play.session import Session
from sim.ui.web.guard import FORM_FIELD
from sim.ui.web.throttle import CODES
from sim.view import words
from sim.view.class_words import say
from tests.ui.web.browsing import Browser, Form, buttons
from tests.ui.web.conftest import Join

HOSTILE = "<script>x()</script>"


def begun(browser: Browser) -> Browser:
    """Has read the briefing."""
    browser.open("/play")
    browser.click("begin")
    return browser


def first_answer(browser: Browser) -> str:
    return next(buttons(browser.page, "answer-"))


def test_joining_leads_to_the_lobby_with_the_briefing(join: Join) -> None:
    browser = join("Ana")
    assert browser.path == "/play"
    assert say("en", "class.wait.lobby.title") in browser.page.text
    assert "The Lantern" in browser.page.text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_turn_from_briefing_to_report(
    rooms: Rooms, room: RoomInfo, join: Join, lang: str
) -> None:
    browser = join("Ana", lang)
    rooms.open_turn(room.id)
    begun(browser)
    assert browser.path == "/play"

    talks = [each for each in browser.page.links.values() if each.startswith("/play/talk/")]
    browser.open(talks[0])
    browser.press(first_answer(browser))
    assert browser.path == talks[0]
    assert "talk-next" in browser.page.links

    browser.open("/play/customer/dan")
    browser.press("do-chat", tone="driver")
    assert browser.path == "/play/customer/dan"
    assert say(lang, "action.planned") in browser.page.text
    plan = rooms.view(seat_of(rooms, room), lambda session: session.draft)
    assert [(each.customer, each.action, each.tone) for each in plan.choices] == [
        ("dan", "chat", "driver")
    ]

    browser.press("undo-")
    assert not rooms.view(seat_of(rooms, room), lambda session: session.draft).choices
    browser.press("redo-")
    browser.press("guess", customer="dan", direction="up", sure="0.8")
    browser.click("end")
    assert say(lang, "end.sure") in browser.page.text
    browser.press("submit")
    assert say(lang, "class.wait.submitted.title") in browser.page.text

    rooms.close_turn(room.id)
    browser.open("/play")
    assert browser.path == "/play/report"
    rooms.open_turn(room.id)
    browser.click("on")
    assert browser.path == "/play"
    assert "2 / 12" in browser.page.text


def seat_of(rooms: Rooms, room: RoomInfo, place: int = 0) -> str:
    return rooms.seats(room.id)[place].id


def test_each_may_have_another_language_at_any_time(
    rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    browser = join("Ana", "en")
    rooms.open_turn(room.id)
    begun(browser).open("/play/customer/dan?tab=people")
    form = next(each for each in browser.page.forms if each.action == "/language")
    browser.send(form, lang="zh")
    assert browser.path == "/play/customer/dan"
    assert say("zh", "turn.end") in browser.page.text


def test_names_are_shown_as_text_everywhere(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join(HOSTILE)
    rooms.open_turn(room.id)
    rooms.message(room.id, HOSTILE)
    begun(browser)
    for url in ("/play", "/play/news", "/play/device", "/play/end", "/play/glossary?q=" + HOSTILE):
        browser.open(url)
        assert HOSTILE not in browser.answer.text
        assert "&lt;script&gt;" in browser.answer.text
        assert HOSTILE in browser.page.text or url.startswith("/play/glossary")


def test_a_decision_sent_twice_is_one(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser).click("end")
    form = next(each for each in browser.page.forms if each.action == "/play/submit")
    browser.send(form)
    browser.send(form)
    assert say("en", "class.wait.submitted.title") in browser.page.text
    assert browser.page.tags.count("h1") == 1
    rooms.close_turn(room.id)
    assert len(rooms.records(room.id)[0][2].turns) == 1


def test_a_seat_is_taken_once_though_the_answer_was_lost(
    rooms: Rooms, room: RoomInfo, browse: Callable[..., Browser]
) -> None:
    browser = browse()
    browser.open(f"/j/{room.code}")
    form = next(each for each in browser.page.forms if each.action == "/join")
    for name in ("Ana", "Ana", "Ben"):  # Ben sits down where Ana has gone, and goes back
        browser.send(form, label=name)
        assert browser.path == "/play"
        browser.client.cookies.clear()
    assert [seat.label for seat in rooms.seats(room.id)] == ["Ana", "Ben"]
    for _ in "12":  # a form that is not ours has nothing to be known by
        browser.send(form, label="Eve", once="")
        browser.client.cookies.clear()
    assert len(rooms.seats(room.id)) == 4


def test_an_answer_sent_twice_is_one(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser)
    name = first_answer(browser)
    form = next(each for each in browser.page.forms if each.action == "/play/answer")
    browser.send(form, name)
    browser.send(form, name)
    assert say("en", "line.encounter_over") in browser.page.text
    assert 'class="refused"' not in browser.answer.text


def test_a_form_of_an_earlier_turn_changes_nothing(
    rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser).open("/play/customer/dan")
    form = next(each for each in browser.page.forms if "do-chat" in each.buttons)
    rooms.close_turn(room.id)
    rooms.open_turn(room.id)
    browser.open("/play/on/1")
    browser.send(form, "do-chat")
    assert say("en", "error.class/other-turn", turn=2) in browser.page.text
    assert not rooms.view(seat_of(rooms, room), lambda session: session.draft).choices


def test_a_form_from_elsewhere_changes_nothing(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser).open("/play/customer/dan")
    form = next(each for each in browser.page.forms if "do-chat" in each.buttons)
    browser.send(form, "do-chat", **{FORM_FIELD: "forged"})
    assert say("en", "error.class/forged") in browser.page.text
    answer = browser.client.post(
        form.action, data=form.fields, headers={"origin": "http://evil.example"}
    )
    assert answer.status_code == 403
    assert not rooms.view(seat_of(rooms, room), lambda session: session.draft).choices


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil", "javascript:x"]
)
def test_a_form_leads_back_to_this_site_only(
    rooms: Rooms, room: RoomInfo, join: Join, back: str
) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser).open("/play/customer/dan")
    form = next(each for each in browser.page.forms if "do-chat" in each.buttons)
    browser.send(form, "do-chat", back=back)
    assert str(browser.answer.url) == f"{browser.address}/play"


def test_what_the_rules_refuse_is_said_once(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser)
    token = browser.page.forms[0].fields["_token"]
    browser.send(Form("/play/undo", "post", {"_token": token, "back": "/play/news"}))
    assert say("en", "error.undo/nothing") in browser.page.text
    browser.open("/play/news")
    assert say("en", "error.undo/nothing") not in browser.page.text


def test_while_the_class_is_paused_one_can_look_but_not_choose(
    rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser)
    rooms.pause(room.id)
    browser.open("/play/customer/dan")
    assert say("en", "class.paused") in browser.page.text
    browser.press("do-chat")
    assert say("en", "error.class/paused") in browser.page.text
    rooms.resume(room.id)
    browser.open("/play/customer/dan")
    browser.press("do-chat")
    assert say("en", "action.planned") in browser.page.text


def test_another_device_goes_on_with_a_link_that_works_once(
    browse: Callable[..., Browser], rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    browser = join()
    rooms.open_turn(room.id)
    begun(browser).open("/play/device")
    browser.press("make")
    link = next(part for part in browser.answer.text.split('"') if "/resume#" in part)
    key = link.partition("#")[2]
    other = browse()
    other.open("/resume")
    form = next(each for each in other.page.forms if each.action == "/resume")
    other.send(form, key=key)
    assert other.path == "/play/briefing"
    third = browse()
    third.open("/resume")
    third.send(next(each for each in third.page.forms if each.action == "/resume"), key=key)
    assert say("en", "error.class/unknown-link") in third.page.text


def test_leaving_a_device_keeps_the_game(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join()
    browser.open("/play/device")
    browser.press("leave")
    assert browser.path == "/"
    browser.open("/play")
    assert browser.path == "/"
    assert len(rooms.seats(room.id)) == 1


def test_somebody_sent_away_is_told_so(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join()
    rooms.kick(seat_of(rooms, room))
    browser.open("/play")
    assert browser.answer.status_code == 403
    assert say("en", "class.removed.title") in browser.page.text


def test_wrong_codes_are_said_and_slowed_down(browse: Callable[..., Browser]) -> None:
    browser = browse()
    browser.open("/")
    form = next(each for each in browser.page.forms if each.action == "/join")
    for number in range(CODES.of_one + 1):
        browser.send(form, code=f"ZZZZ{number:02}", label="x")
    assert browser.answer.status_code == 409
    assert "Too many wrong codes" in browser.page.text


def test_a_team_proposes_compares_and_votes(rooms: Rooms, join: Join) -> None:
    team = rooms.open_room("corner-cafe", Settings(seed=7, names="own", teams=1))
    one, other = join("Ana", code=team.code), join("Ben", code=team.code)
    rooms.open_turn(team.id)
    begun(one).open("/play/customer/dan")
    one.press("do-chat")
    one.open("/play/end")
    one.press("submit")
    assert say("en", "class.wait.team.title") in one.page.text
    begun(other).open("/play/end")
    other.press("submit")
    assert other.path == "/play/vote"
    assert {"Ana", "Ben"} <= set(other.page.text.split())
    other.press("vote-1")
    one.open("/play")
    one.press("vote-1")
    assert say("en", "class.wait.submitted.title") in one.page.text
    rooms.close_turn(team.id)
    assert [each.action for each in rooms.records(team.id)[0][2].turns[0].choices] == ["chat"]


def test_a_whole_game_at_ones_own_pace_ends_with_the_result(rooms: Rooms, join: Join) -> None:
    free = rooms.open_room("first-day", Settings(seed=7, names="own", pace="free"))
    browser = join(code=free.code)
    rooms.open_turn(free.id)
    begun(browser)
    for turn in range(1, free.turns + 1):
        browser.open("/play/end")
        browser.press("submit")
        assert browser.path == "/play/report"
        browser.click("on")
        assert browser.path == ("/play/result" if turn == free.turns else "/play")
    assert words.say("en", "next.again", seed=7) not in browser.page.text  # others still play
    assert say("en", "meter.grade") in browser.page.text
    browser.press("keep", thought="Next time I listen first")
    assert "Next time I listen first" in browser.answer.text


def test_the_own_game_is_a_file_that_replays(rooms: Rooms, room: RoomInfo, join: Join) -> None:
    browser = join("Ana")
    rooms.open_turn(room.id)
    rooms.submit(seat_of(rooms, room), 1, "key")
    rooms.close_turn(room.id)
    browser.open("/play/game")  # it tells the luck, and the others still play
    assert browser.answer.status_code == 409
    assert say("en", "error.class/not-over") in browser.page.text
    rooms.end(room.id)
    browser.open("/play/game")
    assert "attachment" in browser.answer.headers["content-disposition"]
    record = from_json(browser.answer.text)
    assert len(Session(rooms.case(room.id), record).reports) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_number_leads_to_where_it_comes_from(
    rooms: Rooms, room: RoomInfo, join: Join, lang: str
) -> None:
    browser = join("Ana", lang)
    rooms.open_turn(room.id)
    begun(browser)
    found: set[str] = set()
    for url in ("/play/news", "/play/customer/dan?tab=people", "/play/customer/dan?tab=signs"):
        links = browser.open(url).links.values()
        found |= {each for each in links if each.startswith("/play/number/")}
    assert len(found) > 12
    for url in found:
        browser.open(url)
        assert browser.answer.status_code == 200, url
        assert say(lang, "debrief.formula") in browser.page.text, url
    browser.open("/play/number/warp/x")
    assert say(lang, "error.class/no-number") in browser.page.text


def test_who_comes_late_reads_first_what_it_is_about(
    rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    for _ in range(2):
        rooms.open_turn(room.id)
        rooms.close_turn(room.id)
    rooms.open_turn(room.id)
    browser = join()
    assert browser.path == "/play/briefing"
    assert say("en", "class.late.alone", n=2) in browser.page.text
    browser.click("begin")
    assert browser.path == "/play"
    assert "end" in browser.page.links
    assert say("en", "class.late.alone", n=2) not in browser.open("/play/briefing").text


def test_who_has_lost_a_seat_is_told_and_who_never_had_one_is_not(
    browse: Callable[..., Browser], rooms: Rooms, room: RoomInfo, join: Join
) -> None:
    browser = join()
    rooms.delete(room.id)
    assert say("en", "error.class/unknown-seat") in browser.open("/play").text
    assert say("en", "error.class/unknown-seat") not in browse().open("/play").text
