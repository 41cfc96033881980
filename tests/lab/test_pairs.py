"""Personalities matter: what is right for one style in one mood is wrong for another."""

from itertools import chain

import numpy as np
import pytest

from sim.engine.state import Mood, Style
from sim.lab.pairs import MARGIN, PAIRS, Hearing, Pair, Witness, hearings, witnesses
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario, scenario_names

GLAD = (Style.DRIVER, Mood.RISING)
SAD = (Style.DRIVER, Mood.FALLING)


def heard(style: Style | None, **points: dict[Pair, float]) -> Hearing:
    """An encounter whose answers are worth nothing but what is said."""
    table = np.array([[points[answer].get(pair, 0.0) for answer in points] for pair in PAIRS])
    return Hearing("call", style, tuple(points), table)


def line(witness: Witness) -> str:
    """One witness as a sentence."""
    pair, other = (" ".join(each.name.lower() for each in who) for who in _who(witness))
    return (
        f"{pair}: {witness.encounter}.{witness.right} (+{witness.gain:.2f}); "
        f"for {other} {witness.instead} (+{witness.loss:.2f})"
    )


def _who(witness: Witness) -> tuple[Pair, Pair]:
    return witness.pair, witness.other


@pytest.mark.slow
def test_each_style_in_each_mood_wants_an_answer_of_its_own() -> None:
    """All sixteen pairs meet an encounter whose right answer is wrong for another pair.

    The speaker has the style in the scenario itself; what is right comes from playing on.
    """
    found: dict[Pair, Witness] = {}
    for scenario in scenario_names():
        rules = compile_scenario(load_scenario(scenario))
        for pair, witness in witnesses(hearings(rules)).items():
            if pair not in found:
                found[pair] = witness
                print(f"{scenario}: {line(witness)}")
        if len(found) == len(PAIRS):
            break
    assert set(found) == set(PAIRS)


@pytest.mark.slow
def test_the_first_day_tells_moods_apart() -> None:
    """The tutorial's own claim: the same style wants something else in another mood."""
    every = list(hearings(compile_scenario(load_scenario("first-day"))))
    by_mood = [
        hearing.encounter
        for hearing in every
        if hearing.style is not None
        and len({hearing.right((hearing.style, mood)) for mood in Mood}) > 1
    ]
    assert by_mood


def test_the_same_answer_for_all_tells_nobody_apart() -> None:
    same = heard(None, warm=dict.fromkeys(PAIRS, 2.0), cold=dict.fromkeys(PAIRS, 1.0))
    assert witnesses([same]) == {}


def test_an_answer_must_be_clearly_right_and_clearly_wrong() -> None:
    clear = heard(None, warm={SAD: 1.0}, bold={GLAD: 3.0})
    found = witnesses([clear])
    assert found[SAD].right == "warm"
    assert (found[SAD].other, found[SAD].instead) == (GLAD, "bold")
    assert (found[SAD].gain, found[SAD].loss) == (1.0, 3.0)
    faint = heard(None, warm={SAD: MARGIN / 2}, bold={GLAD: 3.0})
    assert SAD not in witnesses([faint])


def test_only_somebody_of_the_style_is_a_witness() -> None:
    """An encounter with a driver says nothing of how an amiable customer is met in this game."""
    driver = heard(Style.DRIVER, warm={SAD: 1.0}, bold={GLAD: 3.0})
    assert {style for style, _ in witnesses([driver])} == {Style.DRIVER}


def test_the_clearest_encounter_is_named() -> None:
    faint = heard(None, warm={SAD: 0.1}, bold={GLAD: 0.1})
    clear = Hearing("visit", None, faint.answers, faint.points * 5.0)
    for order in ([faint, clear], [clear, faint]):
        assert witnesses(chain(order))[SAD].encounter == "visit"


def test_an_encounter_is_heard_with_the_same_luck_by_all() -> None:
    """Where nothing is left to the mood or style, all pairs end alike; and twice over the same."""
    rules = compile_scenario(load_scenario("first-day"))
    first, again = next(hearings(rules, games=2)), next(hearings(rules, games=2))
    assert first.points.tobytes() == again.points.tobytes()
    assert first.points.shape == (len(PAIRS), len(first.answers))
    assert first.encounter in rules.encounter_ids
