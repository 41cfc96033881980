"""Games played on: unbiased with chance taken out, the same chance for every plan."""

import numpy as np
import pytest

from sim.engine.score import score
from sim.lab.review import rows
from sim.lab.review.rollouts import block, expert_choices, first_run, play_on
from sim.lab.review.study import study
from sim.lab.review.worth import components
from tests.lab.review.games import PARS, SMALL, bot_game, rules_of, small_study

GAMES = 256
SIGMAS = 3.0


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [SMALL, "second-lifetimes"])
def test_taking_chance_out_leaves_the_mean_alone(scenario: str) -> None:
    """Also where customers are won back, one by one and by the share of a segment."""
    rules = rules_of(scenario)
    game = bot_game(rules, "random", 7)
    looked_at = study(rules, game, fingerprint=game.fingerprint, cache=PARS, particles=24)
    for turn in (0, 3):
        belief = looked_at.beliefs[turn].table
        begun = block(belief, [looked_at.expert(turn)], games=GAMES, first=first_run(turn, 9))
        ends = play_on(rules, [begun], seed=11)[0]
        off = ends.score - ends.value
        assert abs(float(off.mean())) < SIGMAS * float(off.std()) / GAMES**0.5
        assert float(ends.value.std()) < float(ends.score.std())


def test_components_add_up_to_the_score() -> None:
    study = small_study("random")
    state = study.played.states[-1]
    parts = components(study.rules, state)
    assert np.allclose(parts.sum(axis=1), score(study.rules, state).score, atol=1e-9)


def test_a_plan_has_the_same_games_alone_and_beside_others() -> None:
    study = small_study("random")
    plans = [study.expert(2), rows.nothing(study.rules), study.plan(2)]
    belief, first = study.beliefs[2].player, first_run(2, 9)
    together = play_on(study.rules, [block(belief, plans, games=8, first=first)], seed=5)[0]
    for place, plan in enumerate(plans):
        alone = play_on(study.rules, [block(belief, [plan], games=8, first=first)], seed=5)[0]
        assert np.array_equal(together.of(8 * place, 8 * place + 8).parts, alone.parts)


def test_games_that_start_later_join_without_changing_the_others() -> None:
    study = small_study("random")
    blocks = [
        block(study.beliefs[turn].table, [study.expert(turn)], games=6, first=first_run(turn, 9))
        for turn in (0, 2, 5)
    ]
    joined = play_on(study.rules, blocks, seed=5)
    for each, ends in zip(blocks, joined, strict=True):
        alone = play_on(study.rules, [each], seed=5)[0]
        assert np.array_equal(ends.parts, alone.parts)
        assert np.array_equal(ends.stays, alone.stays)


def test_more_games_go_on_where_the_first_ended() -> None:
    study = small_study("random")
    belief, plan, first = study.beliefs[1].player, [study.expert(1)], first_run(1, 9)
    whole = play_on(study.rules, [block(belief, plan, games=12, first=first)], seed=5)[0]
    begun = play_on(study.rules, [block(belief, plan, games=5, first=first)], seed=5)[0]
    rest = play_on(study.rules, [block(belief, plan, games=7, skip=5, first=first)], seed=5)[0]
    assert np.array_equal(whole.value, np.concatenate([begun.value, rest.value]))


def test_the_expert_plans_alike_in_every_particle() -> None:
    """It sees what the player sees, which is the same in all of them."""
    study = small_study("vip")
    for belief in study.beliefs[:-1]:
        plans = expert_choices(study.rules, belief.player)
        for values in vars(plans).values():
            assert (values == values[:1]).all()


def test_stays_are_chances_on_average() -> None:
    rules = rules_of("first-day")
    study = small_study("nothing")
    begun = block(study.beliefs[0].table, [rows.nothing(rules)], games=GAMES, first=1 << 40)
    ends = play_on(rules, [begun], seed=11)[0]
    there = ends.stays.mean(axis=0)
    assert (there > -0.1).all()
    assert (there < 1.1).all()
