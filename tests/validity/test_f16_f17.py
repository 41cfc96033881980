"""F16-F17: the right moment and the right manner."""

import numpy as np

from sim.arrays import Array, Indices
from sim.draws import POLICY, uniform_block
from sim.engine.rules import Rules
from sim.engine.state import Mood, State, Status, Style
from sim.exact import logistic
from tests.validity.experiment import (
    Tables,
    Values,
    for_some_seeds,
    lots,
    market,
    normals,
    on_both_tables,
    population,
    put,
    turn,
)

PITCHES = 4
PLAYERS, DEALS = 800, 40
OPPOSITE = np.array([Style.AMIABLE, Style.EXPRESSIVE, Style.ANALYTICAL, Style.DRIVER])


def prospects(rules: Rules, runs: int, seed: int = 0) -> State:
    """People who have not bought yet, one deal in five won without any work."""
    state = population(rules, runs, seed)
    return put(state, status=float(Status.PROSPECT), purchases=0.0)


def f16(tables: Tables) -> Values:
    """Four identical pitches in each mood; in trouble also four times solving the trouble."""
    rules = market(tables, "pitch", "fix")

    def chance(mood: Mood, *deeds: str) -> float:
        state = prospects(rules, 1)
        for deed in deeds:
            state, _ = turn(rules, put(state, mood=float(mood)), deed)
        return float(logistic(state.deal_logit)[0, 0])

    found = {mood.name.lower(): chance(mood, *["pitch"] * PITCHES) for mood in Mood}
    found["falling, fix"] = chance(Mood.FALLING, *["fix"] * PITCHES)
    found["falling, fix and pitch"] = chance(Mood.FALLING, "fix", *["pitch"] * (PITCHES - 1))
    return {"untouched": chance(Mood.CALM), **found}


@on_both_tables
def test_f16_growth_and_trouble_buy_even_keel_and_overconfidence_do_not(tables: Tables) -> None:
    found = f16(tables)
    assert max(found["rising"], found["falling"]) / found["calm"] >= 1.5
    assert found["complacent"] - found["untouched"] <= 0.05
    assert found["falling, fix"] > found["falling"]
    assert found["falling, fix and pitch"] > found["falling"]


def sell(rules: Rules, state: State, tone: Array | Indices, seed: int) -> Array:
    """Four pitches, each in its tone [4 | 1, R, C], then the question; 1 where it was a yes."""
    for month in range(PITCHES):
        draws = lots(rules, PLAYERS, month, seed)
        state, _ = turn(rules, state, "pitch", tone=tone[month % len(tone)], draws=draws)
    _, outcome = turn(rules, state, "ask", draws=lots(rules, PLAYERS, PITCHES, seed))
    return outcome.won * 1.0


def f17(tables: Tables, seed: int = 0) -> Values:
    """800 sellers with forty deals each, who differ in how they adapt and in how good they are."""
    rules = market(tables, "pitch", "ask", customers=DEALS)
    skill = 0.5 * normals(PLAYERS, 1, seed)[:, :, 0]
    adapts = uniform_block(seed, 0, POLICY, runs=PLAYERS, slots=1)[:, :, 0]
    chance = uniform_block(seed, 1, POLICY, runs=PLAYERS, slots=DEALS)
    state = prospects(rules, PLAYERS, seed)
    state = put(state, deal_logit=state.deal_logit + skill)
    style = state.traits.style[..., 0]
    other = (style + 1 + np.floor(3.0 * chance)[..., 0].astype(np.intp)) % 4
    tone = 1 + np.stack([np.where(chance[..., k] < adapts, style, other) for k in range(PITCHES)])
    won = sell(rules, state, tone, seed)
    matched = sell(rules, state, 1 + style[None], seed)
    opposed = sell(rules, state, 1 + OPPOSITE.take(style)[None], seed)
    return {
        "r of adapting and winning": float(
            np.corrcoef(adapts[:, 0], won.mean(axis=1))[0, 1],
        ),
        "match to mismatch": float(matched.mean() / opposed.mean()),
    }


@on_both_tables
@for_some_seeds
def test_f17_adapting_the_style_pays_moderately(tables: Tables, seed: int) -> None:
    found = f17(tables, seed)
    assert 0.12 <= found["r of adapting and winning"] <= 0.40
    assert 1.3 <= found["match to mismatch"] <= 2.0
