"""How people come to see us: the first meeting, and what corrects the picture (N4)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.delivery import Delivery
from sim.engine.rules import KINDS
from sim.engine.terms import impression
from sim.engine.turn import Turn

_MOTIVE = KINDS.index("motive")
_SERVED = 0.5  # a motive match from which a deed serves the person's own goal


@dataclass(frozen=True)
class Impressions:
    """What people think of us at the end of the turn."""

    lens: Array  # [R, C, M]
    met: Mask  # [R, C, M]
    prepared: Array  # [R, C]


def impress(turn: Turn, met: Delivery) -> Impressions:
    """First meetings of the turn, and the slow correction of earlier ones."""
    rules, state = turn.rules, turn.state
    if "lens" not in rules.uses:
        return Impressions(state.lens, state.met, state.prepared)
    p = rules.parameters
    prepared = np.minimum(state.prepared + turn.total("preparation"), p.lens_preparation_most)
    gap = np.where(turn.served[..., None], met.experience / state.expectation - 1.0, 0.0)
    corrected = state.met & turn.served[..., None]
    lens = np.where(corrected, impression.later(p, state.lens, gap), state.lens)
    lens, known = _meet(turn, lens, prepared)
    return Impressions(_open(turn, lens), known, np.where(known.any(axis=-1), 0.0, prepared))


def _meet(turn: Turn, lens: Array, prepared: Array) -> tuple[Array, Mask]:
    """The first deed that brings us together with somebody new makes the picture."""
    deeds, p = turn.deeds, turn.rules.parameters
    new = (turn.column("contacts") > 0.0) & ~deeds.of_person(turn.state.met)
    new = new & deeds.of_customer(turn.courted)
    made = impression.first(
        p,
        prepared=deeds.of_customer(prepared),
        tools=turn.state.tools.take(deeds.run),
        style=turn.fit.style,
    )
    lens, known = lens.copy(), turn.state.met.copy()
    for first, last in reversed(deeds.bounds):  # the earliest deed has the last word
        place = slice(first, last)
        where = deeds.at_person[place][new[place]]
        lens.reshape(-1)[where] = made[place][new[place]]
        known.reshape(-1)[where] = True
    return lens, known


def _open(turn: Turn, lens: Array) -> Array:
    """Serving what is known to move a person opens the blind spot."""
    deeds = turn.deeds
    told = deeds.of_person(turn.state.known[..., _MOTIVE])
    goal = (turn.fit.motive >= _SERVED) & told
    where = deeds.at_person[goal]
    if not where.size:
        return lens
    served = np.zeros(lens.shape, dtype=np.bool_)
    served.reshape(-1)[where] = True
    return impression.opened(turn.rules.parameters, lens, served)
