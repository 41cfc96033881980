"""The expert learns how to weigh things in a case."""

from dataclasses import replace

import pytest

from sim.draws import draw_start
from sim.engine.observe import observe
from sim.engine.rules import Judgement, Rules
from sim.engine.score import score
from sim.engine.start import start
from sim.game import shape_of
from sim.lab import tuning
from sim.lab.runs import play
from sim.lab.valuation import price
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import load_scenario


def test_a_price_is_weighed_by_the_judgement_of_its_case() -> None:
    rules = replace(compile_scenario(load_scenario("first-day")), judgement=Judgement())
    seen = observe(rules, start(rules, draw_start(3, shape_of(rules))))
    plain = price(rules, seen)
    judged = price(replace(rules, judgement=Judgement(bond=4.0, money=0.5)), seen)
    assert (judged.bond == 4.0 * plain.bond).all()
    assert judged.money == 0.5 * plain.money
    assert (judged.trust == plain.trust).all()


def test_the_grade_rests_on_the_judgement_so_the_fingerprint_does() -> None:
    rules = compile_scenario(load_scenario("first-day"))
    assert fingerprint(rules) != fingerprint(replace(rules, judgement=Judgement(bond=3.0)))


def test_only_what_differs_is_written() -> None:
    assert not tuning.as_yaml(Judgement())
    assert tuning.as_yaml(Judgement(bond=2.0, money=0.5)) == "judgement: {bond: 2, money: 0.5}\n"


@pytest.mark.slow
def test_tuning_makes_a_misled_expert_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a bad judgement the search finds a better one, and it holds under other luck."""
    monkeypatch.setattr(tuning, "_GAMES", 64)
    monkeypatch.setattr(tuning, "_ROUNDS", 1)
    rules = compile_scenario(load_scenario("first-day"))
    misled = replace(rules, judgement=Judgement(experience=0.1, bond=0.1))
    learnt = replace(rules, judgement=tuning.tune(misled))

    def mean(played: Rules) -> float:
        return float(score(played, play(played, "expert", seed=77, runs=200)).score.mean())

    assert mean(learnt) > mean(misled) + 1.0
