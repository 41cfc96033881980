"""The reviews of trainees' own games: what is said first, whose turn it is, what is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from sim.classroom import reviews
from sim.classroom.model import Said
from sim.classroom.reviews import SLICE, OwnReviews
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.game import from_json
from sim.play import kept, saves
from tests.classroom.conftest import Opener
from tests.classroom.test_teams import code_of

TURNS = 6


@dataclass
class Slow:
    """A review that finds one turn whenever it is asked."""

    case: Any
    record: Any
    review: Any = None
    problem: SimError | None = None
    working: bool = False
    log: ClassVar[list[str]] = []
    fails: ClassVar[bool] = False
    _found: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Goes on."""
        self.log.append(f"start {self.record.pseudonym}")
        self.problem, self.working = None, True

    def poll(self) -> bool:
        """One more turn."""
        if self.fails:
            self.problem, self.working = SimError("review/stopped"), False
            return True
        self._found.append(len(self._found) + 1)
        self.log.append(f"turn {self.record.pseudonym}")
        turns = [SimpleNamespace(turn=n, tier="standard") for n in self._found]
        turns += [SimpleNamespace(turn=99, tier="instant")] * (TURNS - len(turns))
        self.review = SimpleNamespace(turns=turns)
        self.working = len(self._found) < TURNS
        return True

    def cancel(self) -> None:
        """Makes room."""
        self.working = False

    close = cancel


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Slow]]:
    monkeypatch.setattr(reviews, "Reviewing", Slow)
    monkeypatch.setattr(kept, "kept_review", lambda _: None)
    Slow.log.clear()
    Slow.fails = False
    yield Slow
    Slow.fails = False


def test_everybody_s_costliest_turns_come_before_anybody_s_last(
    rooms: Rooms, ended: Opener, slow: type[Slow]
) -> None:
    _, seats = ended(3)
    own = OwnReviews(rooms, lanes=1)
    looks = [own.look(seat.id) for seat in seats]
    assert [each.ahead for each in looks] == [0, 1, 2]
    assert all(each.busy for each in looks)
    for _ in range(60):
        last = [own.look(seat.id) for seat in seats]
    assert [each.turns for each in last] == [TURNS] * 3
    assert not any(each.busy for each in last)
    labels = [seat.label for seat in seats]
    assert [line.split(" ", 1)[1] for line in slow.log if line.startswith("start")] == labels * 2
    firsts = [slow.log.index(f"turn {label}") for label in labels]
    assert firsts == sorted(firsts)
    for label in labels:
        finds = [place for place, line in enumerate(slow.log) if line == f"turn {label}"]
        assert finds[SLICE] > max(firsts)  # nobody's fourth turn before everybody's first


def test_whoever_waits_alone_is_not_interrupted(
    rooms: Rooms, ended: Opener, slow: type[Slow]
) -> None:
    _, (seat, *_) = ended(2)
    own = OwnReviews(rooms, lanes=1)
    while own.look(seat.id).busy:
        pass
    assert [line for line in slow.log if line.startswith("start")] == [f"start {seat.label}"]
    versions = {own.look(seat.id).version for _ in range(3)}
    assert versions == {f"{TURNS}/still"}


def test_what_has_failed_is_told_and_tried_again_only_when_asked_for(
    rooms: Rooms, ended: Opener, slow: type[Slow]
) -> None:
    _, (seat,) = ended(1)
    own = OwnReviews(rooms, lanes=1)
    slow.fails = True
    own.look(seat.id)
    looked = own.look(seat.id)
    assert looked.problem is not None
    assert looked.problem.code == "review/stopped"
    assert not own.look(seat.id).busy
    slow.fails = False
    assert own.look(seat.id, again=True).problem is None
    assert own.look(seat.id).turns > 0


def test_a_room_that_is_deleted_takes_its_reviews_along(
    rooms: Rooms, ended: Opener, slow: type[Slow]
) -> None:
    room, (seat, _) = ended(2)
    own = OwnReviews(rooms, lanes=1)
    record = own.look(seat.id).record
    path = kept.kept_at(record, "deep")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    own.drop(room.id)
    assert not path.exists()
    assert slow.log == [f"start {seat.label}"]


def test_nobody_s_game_is_reviewed_while_others_play(rooms: Rooms, opened: Opener) -> None:
    room, (seat,) = opened(1)
    own = OwnReviews(rooms)
    assert code_of(lambda: own.look(seat.id)) == "class/not-over"
    assert code_of(lambda: rooms.say_turning(seat.id, Said(1, ""))) == "class/not-over"
    late, _ = rooms.join(room.code)
    rooms.close_turn(room.id)
    rooms.end(room.id)
    assert code_of(lambda: rooms.say_turning(seat.id, Said(2, ""))) == "class/no-such-turn"
    assert late.game != seat.game


def test_what_a_trainee_says_first_is_their_own_and_goes_with_the_file(
    start: Callable[[], Rooms], rooms: Rooms, ended: Opener
) -> None:
    room, (one, two) = ended(2, teams=1)
    before = saves.identity(rooms.own_game(one.id))
    rooms.say_turning(one.id, Said(1, "  We lost Dan.  "))
    assert rooms.said(one.id) == Said(1, "We lost Dan.")
    assert rooms.said(two.id) is None
    game = from_json(rooms.game_file(one.id))
    assert game.turns[-1].notes["turning_point"] == {"turn": 1, "why": "We lost Dan."}
    assert "turning_point" not in rooms.own_game(two.id).turns[-1].notes
    assert saves.identity(game) == before  # what is said changes no review
    rooms = start()
    assert rooms.said(one.id) == Said(1, "We lost Dan.")
    rooms.erase(room.id)
    assert rooms.said(one.id) == Said(1, "")
