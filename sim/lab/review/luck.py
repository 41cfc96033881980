"""Luck: what the next turn is worth more than the decision promised, and the events behind it."""

import numpy as np

from sim.arrays import Array, Mask
from sim.lab.review.model import Luck
from sim.lab.review.study import Study

MOST = 3  # events told of either kind
_LEAST = 0.02  # of an average turn's stake; an event that moves less is not worth a word
_EXPECTED = 0.9  # what was so likely to fall as it fell is no event
_TOLD = ("leave", "deal", "return", "failure")


def events(study: Study, turn: int) -> tuple[Luck, ...]:
    """The luckiest and unluckiest events of a turn, largest first.

    A failure that nobody complained about is not told: the player never saw it. Nor is what was
    almost bound to happen: that somebody stayed of whom hardly anybody leaves tells nothing.

    Args:
        study: of the game.
        turn: counted from 0.
    """
    belief, outcome = study.beliefs[turn + 1], study.played.outcomes[turn]
    fell = {chance.name: chance.happened[0] for chance in outcome.chances}
    fell["failure"] = outcome.complained[0]
    found = [
        Luck(
            customer=study.rules.customer_ids[customer],
            event=name,
            happened=bool(fell[name][customer]),
            chance=float(min(max(belief.chances[name][customer], 0.0), 1.0)),
            points=float(
                (fell[name][customer] * 1.0 - belief.chances[name][customer])
                * belief.points[name][customer]
            ),
        )
        for name in _TOLD
        for customer in np.flatnonzero(_visible(name, fell[name], belief.chances[name])).tolist()
    ]
    telling = [each for each in found if _telling(each, _LEAST * study.turn_stake)]
    good = sorted((each for each in telling if each.points > 0.0), key=lambda each: -each.points)
    bad = sorted((each for each in telling if each.points < 0.0), key=lambda each: each.points)
    best = good[:MOST] + bad[:MOST]
    return tuple(sorted(best, key=lambda each: -abs(each.points)))


def _telling(luck: Luck, least: float) -> bool:
    """Whether it might well have fallen otherwise, and mattered."""
    likely = luck.chance if luck.happened else 1.0 - luck.chance
    return likely < _EXPECTED and abs(luck.points) >= least


def _visible(name: str, happened: Mask, chance: Array) -> Mask:
    """Events that a player saw happen, or saw not to happen."""
    return happened if name == "failure" else chance > 0.0
