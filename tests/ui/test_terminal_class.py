"""A class joined from the terminal, from lines that come from a pipe."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.play.saves import saves
from sim.play.session import Session
from sim.ui.terminal import run
from sim.ui.web.app import create_app
from sim.view import words
from sim.view.join_words import say
from tests.classroom.serving import serving

pytestmark = pytest.mark.slow
SCENARIO = "first-day"
END_TURN = ["e", "y"]
ON = ""


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    monkeypatch.setattr("sim.play.session.grade_of", lambda *_: 61.0)
    found = Rooms(open_store(tmp_path / "class.db"))
    yield found
    found.close()


class Lesson:
    """An instructor who does one thing after the other, each as soon as it is time for it."""

    def __init__(self, *deeds: tuple[Callable[[], object], Callable[[], object]]) -> None:
        self.problem: BaseException | None = None
        self._thread = threading.Thread(target=self._teach, args=(deeds,), daemon=True)
        self._thread.start()

    def _teach(self, deeds: tuple[tuple[Callable[[], object], Callable[[], object]], ...]) -> None:
        try:
            for due, deed in deeds:
                given_up = time.monotonic() + 60.0
                while not due():
                    assert time.monotonic() < given_up
                    time.sleep(0.02)
                deed()
        except BaseException as error:  # noqa: BLE001 -- told by the test
            self.problem = error

    def over(self) -> None:
        """Everything has been done."""
        self._thread.join(60.0)
        assert self.problem is None
        assert not self._thread.is_alive()


def typed(address: str, code: str, lines: list[str], *, lang: str, out: io.StringIO) -> str:
    keyboard = io.StringIO("".join(f"{line}\n" for line in lines))
    where = (address, code)
    assert run(None, language=lang, join=where, stdin=keyboard, stdout=out) == 0
    return " ".join(out.getvalue().split())


def waits_in(out: io.StringIO, lang: str, place: str) -> bool:
    """Whether somebody has been told that they wait there."""
    return say(lang, f"class.wait.{place}.title") in out.getvalue()


def test_a_whole_game_as_text(rooms: Rooms) -> None:
    """At the instructor's pace, with a message; what was played is a game among the saved ones."""
    room = rooms.open_room(SCENARIO, Settings(seed=7, names="own"))
    turns, out = range(1, room.turns + 1), io.StringIO()

    def decided(turn: int) -> bool:
        board = rooms.board(room.id)
        return [(line.turn, line.status) for line in board] == [(turn, "submitted")]

    lesson = Lesson(
        (lambda: waits_in(out, "en", "lobby"), lambda: rooms.message(room.id, "Good morning")),
        (lambda: True, lambda: rooms.open_turn(room.id)),
        *(
            deed
            for turn in turns
            for deed in (
                (lambda turn=turn: decided(turn), lambda: rooms.close_turn(room.id)),
                (lambda: True, lambda turn=turn: turn < turns[-1] and rooms.open_turn(room.id)),
            )
        ),
    )
    with serving(create_app(rooms)) as address:
        lines = [line for _ in turns for line in (*END_TURN, ON)]
        text = typed(
            address, room.code, ["Ada", *lines, "I should have listened."], lang="en", out=out
        )
        lesson.over()
        for key in ("class.wait.submitted.title", "result.working"):
            assert say("en", key) in text, key
        assert "Good morning" in text
        assert "61" in text
        theirs = rooms.records(room.id)[0][2]
        ours = Session.resume(saves()[0].path)
        assert ours.record.seed == theirs.seed
        assert [each.choices for each in ours.record.turns] == [
            each.choices for each in theirs.turns
        ]
        assert ours.record.turns[-1].notes["reflection"] == "I should have listened."


def test_a_team_and_a_seat_that_is_come_back_to(rooms: Rooms) -> None:
    """In Chinese; the second turn is closed while nobody is there; then the class is over."""
    room = rooms.open_room(SCENARIO, Settings(seed=7, teams=1, language="zh"))
    other, _ = rooms.join(room.code)
    rooms.open_turn(room.id)
    out = io.StringIO()
    lesson = Lesson(
        (lambda: waits_in(out, "zh", "team"), lambda: rooms.submit(other.id, 1, "a")),
        (
            lambda: rooms.standing(other.id).status == "submitted",
            lambda: rooms.close_turn(room.id),
        ),
    )
    with serving(create_app(rooms)) as address:
        text = typed(address, room.code, ["1", *END_TURN], lang="zh", out=out)
        lesson.over()
        assert say("zh", "join.kept") in text
        assert len(rooms.seats(room.id)) == 2
        rooms.open_turn(room.id)
        rooms.close_turn(room.id)
        rooms.end(room.id)
        text = typed(
            address, room.code, [], lang="zh", out=io.StringIO()
        )  # comes back, and the class is over
        assert say("zh", "class.wait.ended.title") in text
        assert len(rooms.seats(room.id)) == 2
        assert len(saves()[0].record.turns) == 2  # type: ignore[union-attr]


def test_who_is_sent_away_reads_so(rooms: Rooms) -> None:
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    out = io.StringIO()
    lesson = Lesson(
        (lambda: waits_in(out, "en", "lobby"), lambda: rooms.kick(rooms.seats(room.id)[0].id))
    )
    with serving(create_app(rooms)) as address:
        text = typed(address, room.code, [], lang="en", out=out)
        lesson.over()
    assert say("en", "error.class/removed") in text
    assert words.say("en", "leave.goodbye") not in text
