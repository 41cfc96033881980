"""Luck is nought on average: what is believed is what comes true."""

import pytest

from sim.lab.review.assemble import assemble, sketch
from sim.lab.review.levels import levels
from sim.lab.review.luck import MOST, events
from sim.lab.review.study import study
from tests.lab.review.games import PARS, SMALL, bot_game, rules_of, small_study

BOTS = ("random", "vip", "nothing", "expert")
GAMES = 100  # of each
SIGMAS = 3.0
PARTICLES = 24  # few, and few games from them, blur luck without bending it


def luck_of(bot: str, seed: int, games: int = 2) -> float:
    """Luck of a game, in score points."""
    rules = rules_of(SMALL)
    record = bot_game(rules, bot, seed)
    looked_at = study(
        rules, record, fingerprint=record.fingerprint, cache=PARS, particles=PARTICLES
    )
    line = levels(looked_at, games)
    turns = [sketch(looked_at, line, turn) for turn in range(looked_at.turns)]
    return assemble(looked_at, line, turns, "instant").luck


@pytest.mark.slow
def test_luck_is_nought_on_average_over_four_hundred_games() -> None:
    found = [luck_of(bot, 1000 + seed) for bot in BOTS for seed in range(GAMES)]
    mean = sum(found) / len(found)
    variance = sum((each - mean) ** 2 for each in found) / (len(found) - 1)
    assert abs(mean) < SIGMAS * (variance / len(found)) ** 0.5


@pytest.mark.parametrize("bot", BOTS)
def test_events_that_are_told_might_have_fallen_otherwise_and_mattered(bot: str) -> None:
    looked_at = small_study(bot)
    told = [events(looked_at, turn) for turn in range(looked_at.turns)]
    for found in told:
        sizes = [abs(each.points) for each in found]
        assert sizes == sorted(sizes, reverse=True)
        assert len(found) <= 2 * MOST
    for each in [each for found in told for each in found]:
        assert (each.chance if each.happened else 1.0 - each.chance) < 0.9
        assert abs(each.points) >= 0.02 * looked_at.turn_stake


if __name__ == "__main__":
    for name in BOTS:
        every = [luck_of(name, 1000 + seed) for seed in range(GAMES)]
        average = sum(every) / len(every)
        spread = (sum((each - average) ** 2 for each in every) / (len(every) - 1)) ** 0.5
        print(f"{name:8} luck {average:.2f} +- {spread / len(every) ** 0.5:.2f}", flush=True)
