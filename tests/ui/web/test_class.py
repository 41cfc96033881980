"""A class in real browsers: whole games, in both languages, with a server that dies in between."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.game import GameRecord
from sim.play.case import open_case
from sim.play.session import Session
from tests.ui.web.chromium import Instructor, Person, Server, class_browser

pytestmark = pytest.mark.slow

HOSTILE = "<script>alert(1)</script"  # as long as a name may be
NAMES = ("Ana", "Ben", HOSTILE, "Tomás", "小雨", "林", "晓晨", "阿依")
DEEDS = (("dan", "chat"), ("mei", "card"), ("grace", "chat"), ("raj", "chat"))
TURNS = 12
DIES_IN = 6  # the turn in which the server is killed, with all decisions made
People = list[Person]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with class_browser() as started:
        yield started


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path / "class.db")
    found.start()
    yield found
    found.stop()


def class_of(browser: Browser, server: Server, **settings: str) -> Instructor:
    """An instructor with a room."""
    teacher = Instructor.sits_down(browser, "en")
    assert isinstance(teacher, Instructor)
    teacher.signs_in(server)
    teacher.makes_room(server, names="own", seed="7", **settings)
    return teacher


def seated(browser: Browser, server: Server, teacher: Instructor, names: Sequence[str]) -> People:
    """Trainees, the first half in English, every other one with a phone."""
    found = []
    for place, name in enumerate(names):
        lang = "en" if place < len(names) / 2 else "zh"
        found.append(Person.sits_down(browser, lang, "phone" if place % 2 else "laptop"))
        found[-1].joins(server.address, teacher.code, name)
    return found


def records_of(server: Server) -> list[tuple[str, str, GameRecord]]:
    """The games, after the server has stopped."""
    rooms = Rooms(open_store(server.database))
    try:
        (room,) = rooms.rooms()
        return rooms.records(room.id)
    finally:
        rooms.close()


def choose(trainees: People, turn: int) -> None:
    """Some answer, some act, some do nothing; all end the turn."""
    for place, each in enumerate(trainees):
        if (place + turn) % 4 == 0:
            each.answers()
        elif (place + turn) % 4 == 1:
            each.acts(*DEEDS[(place + turn) // 4 % len(DEEDS)])
        each.ends()
        each.page.wait_for_selector(".wait")


def go_on(teacher: Instructor, trainees: People, turn: int) -> None:
    """The turn is closed, everybody reads, and the next one opens in front of them."""
    teacher.sees_all_decided(len(trainees))
    teacher.closes()
    for each in trainees:
        each.goes_on()
    if turn == TURNS:
        return
    teacher.opens()
    for each in trainees:
        each.page.wait_for_selector("#end")
        assert f"{turn + 1} / {TURNS}" in each.page.inner_text("#top")


def test_eight_trainees_play_twelve_turns(browser: Browser, server: Server) -> None:
    teacher = class_of(browser, server, scenario="corner-cafe")
    trainees = seated(browser, server, teacher, NAMES)
    teacher.page.wait_for_selector(f".live tbody tr:nth-child({len(NAMES)})")
    assert HOSTILE in teacher.page.inner_text(".live")
    teacher.opens()
    for each in trainees:
        each.begins()
    for turn in range(1, TURNS + 1):
        choose(trainees, turn)
        if turn == DIES_IN:
            server.kill()
            trainees[0].page.locator("#lost").wait_for()
            server.start()
            trainees[0].page.locator("#lost").wait_for(state="hidden")
        go_on(teacher, trainees, turn)
    for each in trainees:
        each.page.wait_for_selector(".dial")
        each.leaves()
    teacher.page.wait_for_selector("h1 >> text=Ended")
    teacher.leaves()
    server.stop()
    judge(records_of(server))


def judge(records: list[tuple[str, str, GameRecord]]) -> None:
    """Every decision stands in the games, and the rules allow it."""
    assert [label for label, _, _ in records] == list(NAMES)
    case = open_case("corner-cafe")
    for _, _, record in records:
        assert len(record.turns) == TURNS
        assert Session(case, record).finished
    first = [record.turns[0] for _, _, record in records]
    assert any(turn.choices for turn in first)
    assert any(turn.responses for turn in first)


def test_teams_propose_and_vote(browser: Browser, server: Server) -> None:
    teacher = class_of(browser, server, scenario="first-day", teams="2")
    people = seated(browser, server, teacher, ("Ana", "Ben", "小雨", "林"))
    teacher.opens()
    for each in people:
        each.begins()
    for turn, deed in ((1, "friendly_word"), (2, "praise")):
        people[0].acts("ngozi", deed)
        for each in people:
            each.ends()
        vote(people)
        teacher.sees_all_decided(2)
        teacher.closes()
        for each in people:
            each.goes_on()
        if turn == 1:
            teacher.opens()
    for each in people:
        each.leaves()
    teacher.leaves()
    server.stop()
    teams = records_of(server)
    assert [len(record.turns) for _, _, record in teams] == [2, 2]
    assert teams[0][2].turns[0].choices[0].action == "friendly_word"
    assert not teams[1][2].turns[0].choices


def vote(people: People) -> None:
    """The members of the first team differ, so they vote; the others agree, and need not."""
    for each in (people[0], people[2]):
        each.page.wait_for_selector(".proposal")
        each.page.click("#vote-1")
    for each in people:
        each.page.wait_for_selector(".wait")
