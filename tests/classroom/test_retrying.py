"""Turns decided again after a class game: whose plan is judged when, what is kept, who may."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from sim.classroom import retrying
from sim.classroom.retried import Retried
from sim.classroom.retrying import Retrying
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.game import TurnRecord, from_json
from sim.lab.review.model import Estimate, Evaluation, Label
from sim.play.reviewing import Answer
from tests.classroom.conftest import FILE, Opener, chat
from tests.classroom.test_teams import code_of


def evaluation(share: float) -> Evaluation:
    def exactly(value: float) -> Estimate:
        return Estimate(value=value, low=value, high=value, games=8)

    label: Label = "good" if share <= 15.0 else "mistake"
    return Evaluation(
        value=exactly(50.0),
        loss=exactly(share / 10.0),
        loss_share=share,
        label=label,
        solved=share <= 15.0,
    )


@dataclass
class Judge:
    """Judges a plan when the test says so: by what is done in it."""

    case: Any
    record: Any
    answer: Answer | None = None
    ready: ClassVar[bool] = False
    fails: ClassVar[bool] = False
    log: ClassVar[list[str]] = []

    def ask(self, turn: int, plan: TurnRecord) -> None:
        """Begins."""
        self.answer, self.asked = None, (turn, plan)
        self.log.append(f"begin {self.record.pseudonym}")

    def poll(self) -> bool:
        """Answers as soon as it may."""
        if self.ready and self.answer is None:
            turn, plan = self.asked
            if self.fails:
                self.answer = Answer(turn, plan, None, SimError("review/stopped"))
            else:
                self.answer = Answer(turn, plan, evaluation(60.0 if plan.choices else 5.0))
        return False

    def close(self) -> None:
        """Ends."""
        self.log.append(f"close {self.record.pseudonym}")


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Judge]]:
    monkeypatch.setattr(retrying, "Reviewing", Judge)
    Judge.ready, Judge.fails = False, False
    Judge.log.clear()
    yield Judge
    Judge.ready, Judge.fails = False, False


def rethink(again: Retrying, seat: str) -> None:
    """Leaves out what was done: a good plan, as the judge here sees it."""
    again.choose(seat, 1, lambda retry: retry.cancel("dan", "chat"))


def until_judged(again: Retrying, seat: str) -> Retried:
    while (looked := again.look(seat, 1)).waiting:
        pass
    return looked.kept


def test_a_turn_is_changed_judged_hinted_at_and_solved(
    rooms: Rooms, ended: Opener, judge: type[Judge]
) -> None:
    _, (seat,) = ended(1)
    again = Retrying(rooms)
    assert again.view(seat.id, 1, lambda retry: retry.plan).choices == chat("dan").choices
    assert code_of(lambda: again.reveal(seat.id, 1)) == "class/try-first"
    judge.ready = True
    again.ask(seat.id, 1, " because\n I did not ask ")
    first = until_judged(again, seat.id)
    assert (first.tries, first.solved, first.hinted, first.may_see) == (1, False, True, False)
    assert first.why == "because I did not ask"
    rethink(again, seat.id)
    again.ask(seat.id, 1, first.why)
    second = until_judged(again, seat.id)
    assert (second.tries, second.solved, second.hinted, second.may_see) == (2, True, False, True)
    again.reveal(seat.id, 1)
    game = from_json(rooms.game_file(seat.id))
    told = {"solved": True, "tries": 2, "why": "because I did not ask", "seen": True}
    assert game.turns[-1].notes["retries"] == {"1": told}


def test_after_the_solution_solving_does_not_count(
    rooms: Rooms, ended: Opener, judge: type[Judge]
) -> None:
    _, (seat,) = ended(1)
    again = Retrying(rooms)
    judge.ready = True
    for _ in range(2):
        again.ask(seat.id, 1, "")
        until_judged(again, seat.id)
    again.reveal(seat.id, 1)
    rethink(again, seat.id)
    again.ask(seat.id, 1, "")
    last = until_judged(again, seat.id)
    assert (last.good, last.solved, last.seen, last.tries) == (True, False, True, 3)


def test_plans_are_judged_in_the_order_of_asking_and_no_more_at_once_than_there_are_lanes(
    rooms: Rooms, ended: Opener, judge: type[Judge]
) -> None:
    _, seats = ended(4)
    again = Retrying(rooms, lanes=1)
    for seat in seats:
        again.ask(seat.id, 1, "")
    assert [again.look(seat.id, 1).ahead for seat in seats] == [0, 1, 2, 3]
    assert code_of(lambda: again.ask(seats[2].id, 1, "")) == "class/judging"
    again.unask(seats[1].id, 1)
    assert [again.look(seat.id, 1).ahead for seat in seats] == [0, 0, 1, 2]
    versions = {again.look(seats[3].id, 1).version for _ in range(3)}
    assert len(versions) == 1
    judge.ready = True
    found = [until_judged(again, seat.id).tries for seat in seats]
    assert found == [1, 0, 1, 1]
    labels = [seat.label for seat in (seats[0], seats[2], seats[3])]
    begun = [line for line in judge.log if line.startswith("begin")]
    assert begun == [f"begin {label}" for label in labels]
    ends = [line for line in judge.log if line.startswith("close")]
    assert ends == [f"close {labels[-1]}"]  # one process for all three


def test_a_withdrawn_question_is_no_try_even_if_its_answer_comes(
    rooms: Rooms, ended: Opener, judge: type[Judge]
) -> None:
    _, (seat,) = ended(1)
    one, other = Retrying(rooms), Retrying(rooms)  # two workers over one store
    one.ask(seat.id, 1, "")
    assert other.look(seat.id, 1).waiting
    one.unask(seat.id, 1)
    judge.ready = True
    assert until_judged(other, seat.id).tries == 0
    one.ask(seat.id, 1, "")
    assert [each.look(seat.id, 1).kept.tries for each in (other, one, other)] == [0, 1, 1]


def test_what_fails_is_said_and_is_no_try(rooms: Rooms, ended: Opener, judge: type[Judge]) -> None:
    _, (seat,) = ended(1)
    again = Retrying(rooms)
    judge.ready, judge.fails = True, True
    again.ask(seat.id, 1, "")
    failed = until_judged(again, seat.id)
    assert (failed.tries, failed.problem) == (0, "review/stopped")
    judge.fails = False
    again.ask(seat.id, 1, "")
    assert until_judged(again, seat.id).problem == ""


def test_what_was_changed_and_asked_is_there_after_a_restart_and_on_another_device(
    start: Callable[[], Rooms], ended: Opener, judge: type[Judge]
) -> None:
    _, (seat,) = ended(1)
    rooms = start()
    again = Retrying(rooms)
    rethink(again, seat.id)
    again.say(seat.id, 1, "too soon")
    again.ask(seat.id, 1, "too soon")
    rooms = start()
    again = Retrying(rooms)
    assert again.view(seat.id, 1, lambda retry: retry.plan).choices == ()
    judge.ready = True
    kept = until_judged(again, seat.id)
    assert (kept.solved, kept.why) == (True, "too soon")
    elsewhere = Retrying(rooms)
    elsewhere.choose(seat.id, 1, lambda retry: retry.act("dan", "chat"))
    assert again.view(seat.id, 1, lambda retry: retry.plan).choices == chat("dan").choices
    again.choose(seat.id, 1, lambda retry: retry.undo())
    assert elsewhere.view(seat.id, 1, lambda retry: retry.plan).choices == ()


def test_only_a_seat_that_is_there_decides_again_and_only_after_the_end(
    rooms: Rooms, opened: Opener
) -> None:
    room, (seat, other) = opened(2)
    again = Retrying(rooms)
    rooms.submit(seat.id, 1, "k", chat("dan"))
    rooms.close_turn(room.id)
    assert code_of(lambda: rethink(again, seat.id)) == "class/not-over"
    rooms.end(room.id)
    rethink(again, seat.id)
    assert code_of(lambda: again.say(seat.id, 2, "")) == "class/no-such-turn"
    rooms.kick(other.id)
    assert code_of(lambda: again.say(other.id, 1, "")) == "class/removed"
    assert code_of(lambda: again.kept("nobody", 1)) == "class/unknown-seat"


def test_reasons_are_erased_and_a_room_that_is_deleted_takes_everything_along(
    rooms: Rooms, ended: Opener, judge: type[Judge], tmp_path: Path
) -> None:
    room, (seat, other) = ended(2)
    again = Retrying(rooms, lanes=1)
    again.ask(seat.id, 1, "unmistakable Wilhelmina")
    again.ask(other.id, 1, "")
    rooms.erase(room.id)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"Wilhelmina" not in kept
    assert again.look(seat.id, 1).kept.why == ""
    assert again.look(other.id, 1).ahead == 1
    again.drop(room.id)
    rooms.delete(room.id)
    assert code_of(lambda: again.look(seat.id, 1)) == "class/unknown-seat"
    assert [line for line in judge.log if line.startswith("close")] == [f"close {seat.label}"]
