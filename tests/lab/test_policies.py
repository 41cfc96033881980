"""The bots play lawfully on every shipped case, and better judgement earns a better score."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim import draws
from sim.arrays import Array
from sim.engine.legal import check, chosen_rows
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.start import start
from sim.engine.step import step
from sim.game import shape_of
from sim.lab import runs
from sim.lab.pars import Pars, grade, measure, pars
from sim.lab.policies import NAMES, policy
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario, scenario_names

SEEDS = 200


@cache
def rules_of(scenario: str) -> Rules:
    return compile_scenario(load_scenario(scenario))


def scores(scenario: str, bot: str, number: int = SEEDS) -> Array:
    rules = rules_of(scenario)
    return score(rules, runs.play(rules, bot, seed=1, runs=number)).score


def interval(values: Array) -> tuple[float, float]:
    """The 95 % interval of a mean."""
    half = 1.96 * float(values.std(ddof=1)) / len(values) ** 0.5
    return float(values.mean()) - half, float(values.mean()) + half


def assert_apart(better: Array, worse: Array) -> None:
    """Means whose intervals do not touch."""
    assert interval(better)[0] > interval(worse)[1]


@pytest.mark.slow
def test_the_cafe_tells_good_policies_from_bad_ones() -> None:
    """Expert > vip > loudest > random and expert > nothing, with intervals that do not touch."""
    found = {name: scores("corner-cafe", name) for name in ("vip", "loudest", "random", "nothing")}
    expert = scores("corner-cafe", "expert")
    assert_apart(expert, found["vip"])
    assert_apart(found["vip"], found["loudest"])
    assert_apart(found["loudest"], found["random"])
    assert_apart(expert, found["nothing"])


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [name for name in scenario_names() if name != "corner-cafe"])
def test_the_expert_leads_in_every_case(scenario: str) -> None:
    """No habit comes near the expert, whatever the case."""
    expert = scores(scenario, "expert")
    for habit in ("vip", "loudest", "visits", "discount", "coerce", "random", "nothing"):
        assert_apart(expert, scores(scenario, habit))


@pytest.mark.parametrize("bot", [*NAMES, "only:chat", "only:training"])
def test_a_bot_keeps_the_law(bot: str) -> None:
    """`step` refuses unlawful choices, and nobody spends more than there is."""
    rules = rules_of("corner-cafe")
    shape = shape_of(rules)
    state = start(rules, draws.draw_start(5, shape, runs=4))
    for turn in range(rules.sizes.turns):
        choices = runs.choose(rules, policy(bot), state, seed=5)
        check(rules, state, choices)
        hours, money = chosen_rows(rules, state, choices)
        assert (hours <= rules.hours[turn] + 1e-9).all()
        assert ((money <= state.money + 1e-9) | (money == 0.0)).all()
        state, _ = step(rules, state, choices, draws.draw(5, turn, shape, runs=4))


def test_runs_do_not_depend_on_their_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk is a matter of speed alone."""
    whole = scores("first-day", "noisy-expert", 7)
    monkeypatch.setattr(runs, "CHUNK", 3)
    assert scores("first-day", "noisy-expert", 7).tobytes() == whole.tobytes()


def test_an_unknown_policy_has_no_name() -> None:
    with pytest.raises(KeyError):
        policy("genius")


def test_the_grade_lies_between_nothing_and_the_expert() -> None:
    par = Pars(nothing=30.0, expert=60.0, error=0.5)
    points: Sequence[float] = (20.0, 30.0, 45.0, 60.0, 75.0)
    assert [grade(value, par) for value in points] == [0.0, 0.0, 50.0, 100.0, 100.0]
    assert grade(50.0, Pars(nothing=40.0, expert=40.0, error=0.0)) == 0.0


@pytest.mark.slow
def test_pars_are_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look takes them from the cache; a damaged entry is measured anew."""
    folder = tmp_path
    rules = rules_of("first-day")
    first = pars(rules, "f" * 64, folder)
    assert first == measure(rules)
    assert first.expert - first.nothing > 3.0 * first.error
    monkeypatch.setattr("sim.lab.pars.measure", lambda _: pytest.fail("measured again"))
    assert pars(rules, "f" * 64, folder) == first
    monkeypatch.undo()
    next(folder.iterdir()).write_text("{", encoding="utf-8")
    assert pars(rules, "f" * 64, folder) == first


def test_the_oracle_sees_more_and_is_marked() -> None:
    assert policy("oracle").sees_all
    assert not any(policy(name).sees_all for name in NAMES if name != "oracle")
    better = scores("corner-cafe", "oracle", 60) - scores("corner-cafe", "expert", 60)
    assert float(np.mean(better)) > 0.0
