"""Killed at any moment, a game loses at most the choice that was being made."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.game import GameRecord
from sim.play import saves
from sim.play.session import Session

TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"
ROUNDS = 16

# Makes the same choices over and over, saying after each how many have been made.
PLAYER = f"""
import sys
from pathlib import Path
from sim.play.session import Session
session = Session.new(Path({str(TINY)!r}), 5)
print(session.path, flush=True)
made = 0
while True:
    for choose in (
        lambda: session.act("mei", "greet"),
        lambda: session.act("tom", "greet", "driver"),
        lambda: session.answer("cold_coffee", ("listen",)),
        lambda: session.answer("cold_coffee", ("listen", "promise")),
        session.undo, session.undo, session.undo, session.undo,
    ):
        choose()
        made += 1
        print(made, flush=True)
"""
STEPS = (0, 1, 2, 3, 4, 3, 2, 1)  # choices in the draft after so many have been made, in a circle


def choices_in(record: GameRecord) -> int:
    answers = record.draft.responses.get("cold_coffee", ())
    return len(record.draft.choices) + len(answers)


@pytest.mark.slow
def test_a_kill_loses_at_most_the_choice_being_made() -> None:
    chance = random.Random(7)  # noqa: S311 -- when to kill
    acknowledged = []
    for _ in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PLAYER], stdout=subprocess.PIPE, text=True
        ) as player:
            assert player.stdout is not None
            path = Path(player.stdout.readline().strip())
            heard = [player.stdout.readline() for _ in range(chance.randrange(ROUNDS))]
            time.sleep(chance.uniform(0.0, 0.02))  # somewhere within the next few choices
            player.kill()
            heard += player.stdout.read().split("\n")[:-1]
        made = max([int(line) for line in heard], default=0)
        record = saves.read(path)
        expected = {STEPS[count % len(STEPS)] for count in (made, made + 1)}
        assert choices_in(record) in expected
        assert choices_in(Session.resume(path).record) == choices_in(record)
        assert not list(path.parent.glob(f".{path.name}.*"))
        acknowledged.append(made)
    assert len(set(acknowledged)) > ROUNDS // 4  # they were killed at many different moments
