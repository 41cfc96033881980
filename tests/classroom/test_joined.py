"""A seat of this program: the same game as in a browser, whatever happens to network and server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.classroom.model import Said, Settings
from sim.classroom.rooms import Rooms
from sim.draws import draw, draw_start
from sim.errors import ScenarioError, SimError
from sim.game import GameRecord, replay, shape_of
from sim.play import saves, told_luck
from sim.play.case import Case, open_case
from sim.play.joining import entrance, place, said
from sim.play.joining.address import address_of
from sim.play.joining.entrance import Entrance
from sim.play.joining.game import JoinedSession
from sim.play.joining.line import AwayError, Line
from sim.play.joining.table import hear
from sim.play.joining.task import Task
from sim.ui.web.app import create_app
from tests.classroom.conftest import SCENARIO, TINY
from tests.classroom.joining import seated, wait_for
from tests.classroom.serving import serving
from tests.ui.web.browsing import Browser


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))

    def found(scenario: str | Path, **_: object) -> Case:
        return open_case(TINY if scenario == "tiny" else scenario)

    monkeypatch.setattr(saves, "open_case", found)


@pytest.fixture
def address(rooms: Rooms) -> Iterator[str]:
    with serving(create_app(rooms)) as address:
        yield address


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(SimError) as caught:
        deed()
    return caught.value.code


def test_a_turn_in_a_class(rooms: Rooms, address: str) -> None:
    room = rooms.open_room(TINY, Settings(seed=7))
    with seated(address, room.code) as (seat, session):
        rooms.open_turn(room.id)
        session.act("mei", "greet")
        seat.decide(1, session.decision())
        wait_for(lambda: not seat.sending)
        rooms.close_turn(room.id)
        wait_for(lambda: seat.known)
        hear(seat, session)  # compares where the game stands
        assert [each.action for each in session.record.turns[0].choices] == ["greet"]
        rooms.end(room.id)
        wait_for(lambda: seat.told.game)
        expect_whole(seat.told.game, session)


@pytest.mark.slow
def test_a_class_of_a_browser_and_a_window(rooms: Rooms, address: str) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    browser = Browser(address)
    browser.open(f"/j/{room.code}")
    browser.send(next(each for each in browser.page.forms if each.action == "/join"))
    other = rooms.seats(room.id)[0].id
    with seated(address, room.code) as (seat, session):
        rooms.open_turn(room.id)
        wait_for(lambda: seat.told.standing.turn)  # type: ignore[union-attr]
        session.act("dan", "chat")
        session.forecast("dan", "up", 0.8)
        wait_for(lambda: seat.place.draft is None)
        own = seat.told.standing.seat.id  # type: ignore[union-attr]
        assert rooms.view(own, lambda one: one.draft.choices) == session.draft.choices
        decide_in(browser)
        seat.decide(1, session.decision())
        wait_for(lambda: not seat.sending)
        assert [line.status for line in rooms.board(room.id)] == ["submitted"] * 2
        rooms.close_turn(room.id)
        wait_for(lambda: seat.known)
        assert hear(seat, session) == 1
        assert session.reports[0].chosen.notes["forecast"]["customer"] == "dan"
        for each in (own, other):  # the same choices and the same luck
            assert rooms.view(each, lambda one: told_luck.digest(one.state)) == (
                told_luck.digest(session.state)
            )
        rooms.end(room.id)
        wait_for(lambda: seat.told.game)
        expect_whole(seat.told.game, session)
    browser.close()


def decide_in(browser: Browser) -> None:
    """The same as the window does."""
    browser.open("/play")
    browser.click("begin")
    browser.open("/play/customer/dan")
    browser.press("do-chat")
    browser.open("/play/end")
    browser.press("submit")


def expect_whole(game: GameRecord | None, session: JoinedSession) -> None:
    """A file that tells its seed, and by it leads to where the game stands."""
    assert game is not None
    assert (game.seed, len(game.turns)) == (7, 1)
    assert told_luck.digest(replay(game, session.rules).states[-1]) == (
        told_luck.digest(session.state)
    )


@pytest.mark.slow
def test_no_luck_is_known_before_its_time(rooms: Rooms, address: str) -> None:
    room = rooms.open_room(SCENARIO, Settings())
    shape = shape_of(rooms.case(room.id).rules)
    with seated(address, room.code) as (seat, session):
        seed = rooms.room(room.id).settings.seed
        assert seed is not None
        assert seed > 2**40  # drawn from far too many to be found by trying
        rooms.open_turn(room.id)
        own = seat.told.standing.seat.id  # type: ignore[union-attr]
        rooms.submit(own, 1, "key")  # decided, and not yet played
        assert rooms.played(own, 0).luck == ()
        rooms.close_turn(room.id)
        found = rooms.played(own, 0)
        assert found.luck == (told_luck.packed(draw(seed, 0, shape)),)
        assert found.opening == told_luck.packed(draw_start(seed, shape))
        assert str(seed) not in json.dumps(
            [session.record.model_dump(mode="json"), vars(found)], default=str
        )


@pytest.mark.slow
def test_a_seat_is_found_again_and_a_decision_is_made_once(
    start: Callable[[], Rooms], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server breaks down before its answer arrives; the program is closed; both come back."""
    rooms = start()
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    rooms.open_turn(room.id)
    with serving(create_app(rooms)) as address, seated(address, room.code) as (seat, session):
        own = seat.told.standing.seat.id  # type: ignore[union-attr]
        session.act("dan", "chat")
        wait_for(lambda: seat.place.draft is None)
        seat.stop(wait=True)
        seat.decide(1, session.decision())
        sent = seat.place.sent
        assert sent is not None
        rooms.submit(own, 1, sent.key, sent.record)  # it arrives; the answer does not
    kept = place.file_of(address_of(address), room.code)
    assert kept.stat().st_mode & 0o077 == 0
    rooms = start()
    with serving(create_app(rooms)) as again:
        monkeypatch.setattr(place, "file_of", lambda *_: kept)
        with seated(again, room.code) as (seat, session):
            wait_for(lambda: not seat.sending)
            assert seat.take_refusals() == []
            assert seat.told.standing.seat.id == own  # type: ignore[union-attr]
            assert seat.told.standing.status == "submitted"  # type: ignore[union-attr]
            assert [line.submitted for line in rooms.board(room.id)] == [0]
            rooms.close_turn(room.id)
            wait_for(lambda: seat.known)
            hear(seat, session)
            assert [each.action for each in session.record.turns[0].choices] == ["chat"]


@pytest.mark.slow
def test_away_and_back_again(rooms: Rooms) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    rooms.open_turn(room.id)
    with serving(create_app(rooms)) as address:
        port = address.rsplit(":", 1)[1]
        with seated(address, room.code) as (seat, session):
            seat.stop(wait=True)
    seat.start()
    try:
        wait_for(lambda: seat.told.away)
        assert seat.told.away is not None
        assert seat.told.away.code == "join/away"
        session.act("dan", "chat")
        seat.decide(1, session.decision())
        with serving(create_app(rooms), port=int(port)):
            wait_for(lambda: not seat.sending)
            wait_for(lambda: seat.told.online)
            seat.stop(wait=True)
    finally:
        seat.stop(wait=True)
    assert [line.status for line in rooms.board(room.id)] == ["submitted"]


@pytest.mark.slow
def test_who_is_sent_away_is_told(rooms: Rooms, address: str) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    with seated(address, room.code) as (seat, _):
        rooms.kick(seat.told.standing.seat.id)  # type: ignore[union-attr]
        wait_for(lambda: seat.told.over)
        assert seat.told.over is not None
        assert seat.told.over.code == "class/removed"


@pytest.mark.slow
def test_what_the_server_refuses_is_told_once(rooms: Rooms, address: str) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    with seated(address, room.code) as (seat, session):
        seat.decide(1, session.record.draft)
        wait_for(lambda: not seat.sending)
        assert [each.code for each in seat.take_refusals()] == ["class/not-open"]
        assert seat.take_refusals() == []


@pytest.mark.slow
def test_a_team_proposes_and_votes(rooms: Rooms, address: str) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7, teams=1))
    other, _ = rooms.join(room.code)
    rooms.open_turn(room.id)
    with seated(address, room.code, team="1") as (seat, session):
        session.act("dan", "chat")
        seat.decide(1, session.decision())
        rooms.submit(other.id, 1, "key")
        wait_for(lambda: seat.told.standing.phase == "vote")  # type: ignore[union-attr]
        standing = seat.told.standing
        assert standing is not None
        assert {each.mine for each in standing.proposals} == {True, False}
        seat.vote(1, other.id)
        rooms.vote(other.id, 1, other.id, "vote")
        rooms.close_turn(room.id)
        wait_for(lambda: seat.known)
        hear(seat, session)
        assert session.record.turns[0].choices == ()


@pytest.mark.slow
def test_a_scenario_of_the_instructors_own(
    rooms: Rooms, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    way = Entrance(address_of(address), room.code)
    door, seat = way.look(), way.join()
    monkeypatch.setattr(saves, "open_case", _only_copies)
    found = way.case(door, seat)
    assert found.fingerprint == door.fingerprint
    assert found.file.is_relative_to(tmp_path)
    assert way.case(door, seat).file == found.file  # the second time it is had here
    false = door.model_copy(update={"fingerprint": "0" * 64})
    assert code_of(lambda: way.case(false, seat)) == "join/garbled"
    way.close()


def _only_copies(name: str | Path, library: Path | None = None) -> Case:
    """As on a computer that does not have the scenario."""
    if library is None:
        raise ScenarioError(())
    return open_case(name, library=library)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"scenario.yaml": "x", "../evil.yaml": ""},
        {"scenario.yaml": "x", "library/../../evil.yaml": ""},
        {"scenario.yaml": "x", "/etc/evil.yaml": ""},
        {"scenario.yaml": "x", "library/evil.py": ""},
        {"scenario.yaml": "nonsense: ["},
    ],
)
def test_files_that_are_no_scenario_are_put_nowhere(files: dict[str, str], tmp_path: Path) -> None:
    assert code_of(lambda: entrance._keep(files, tmp_path / "a" / ("0" * 64))) == "join/garbled"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.slow
def test_other_rules_are_refused_before_a_seat_is_taken(
    rooms: Rooms, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    monkeypatch.setattr(entrance, "RULES_VERSION", 10_000)
    for code, refusal in ((room.code, "join/other-rules"), ("ZZZZZZ", "class/unknown-code")):
        way = Entrance(address_of(address), code)
        assert code_of(way.look) == refusal
        way.close()
    assert rooms.room(room.id).seats == 0


def test_a_game_that_differs_is_not_gone_on_with() -> None:
    case = open_case(TINY)
    shape = shape_of(case.rules)
    opening = told_luck.packed(draw_start(7, shape))
    session = JoinedSession(case, opening)
    session.be_told(session.record.draft, told_luck.packed(draw(7, 0, shape)))
    assert code_of(lambda: session.expect("0" * 64)) == "join/differs"
    for text in ("", "!", opening, told_luck.packed(draw(7, 0, replace(shape, customers=1)))):
        assert code_of(lambda text=text: session.be_told(session.record.draft, text)) == (  # type: ignore[misc]
            "join/garbled"
        )
    assert code_of(session.end_turn) == "class/not-open"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("192.168.1.20:8000", "http://192.168.1.20:8000"),
        (" 192.168.1.20 ", "http://192.168.1.20:8000"),
        ("http://class.lan/j/ABC234", "http://class.lan"),
        ("https://class.example.edu", "https://class.example.edu"),
        ("HTTPS://class.example.edu:8443/", "https://class.example.edu:8443"),
        ("[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_addresses_as_they_are_typed(typed: str, wanted: str) -> None:
    assert str(address_of(typed)) == wanted


@pytest.mark.parametrize("typed", ["", "ftp://a", "http://", "a:b", "a:99999", "x" * 400])
def test_what_is_no_address(typed: str) -> None:
    assert code_of(lambda: address_of(typed)) == "join/address"


def test_answers_of_something_else_are_no_class() -> None:
    async def page(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"<html>"})

    with serving(page) as address:
        way = Entrance(address_of(address), "ABC234")
        assert code_of(way.look) == "join/no-class"
        way.close()
    assert code_of(way.look) == "join/away"


def test_which_turn_mattered_most_is_told_to_the_class_as_soon_as_it_can_be(
    rooms: Rooms, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = rooms.open_room(TINY, Settings(seed=7))
    game = tmp_path / "class.json"
    assert said.say(game, 1, "alone") is None
    with seated(address, room.code) as (seat, _):
        rooms.open_turn(room.id)
        rooms.close_turn(room.id)
        rooms.end(room.id)
        wait_for(lambda: seat.told.game)
        seat.keep_game(str(game))
    (taken,) = rooms.seats(room.id)

    def tell(deed: Callable[[], Task[None] | None]) -> None:
        work = deed()
        assert work is not None
        wait_for(lambda: work.done)

    with monkeypatch.context() as away:
        away.setattr(Line, "ask", _away)
        tell(lambda: said.say(game, 1, "We lost Mei"))
    assert rooms.said(taken.id) is None
    tell(lambda: said.bring(game))
    assert rooms.said(taken.id) == Said(1, "We lost Mei")
    assert said.bring(game) is None
    before = rooms.room(room.id).seq
    tell(lambda: said.say(game, 1, "We lost Mei"))
    assert rooms.room(room.id).seq == before
    tell(lambda: said.say(game, 9, "no such turn"))  # refused: not kept for ever
    assert said.bring(game) is None
    assert rooms.said(taken.id) == Said(1, "We lost Mei")


def _away(*_: object) -> None:
    raise AwayError("join/away", address="", reason="")
