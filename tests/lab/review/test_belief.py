"""What could be believed: all that was observed, and nothing that was not."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.arrays import digest
from sim.engine.observe import observe
from sim.engine.state import State, changed
from sim.game import Replay, replay
from sim.lab.review.belief import Belief, beliefs
from sim.lab.review.rows import take_columns
from tests.lab.review.games import SMALL, bot_game, rules_of, small_game

PARTICLES = 16


def found(played: Replay) -> list[Belief]:
    return beliefs(rules_of(SMALL), played, seed=3, particles=PARTICLES)


@pytest.fixture(scope="module")
def played() -> Replay:
    return replay(small_game("random"), rules_of(SMALL))


def assert_same_for_the_player(belief: State, truth: State) -> None:
    """Every particle looks to the player as the game does."""
    rules = rules_of(SMALL)
    one, other = observe(rules, belief), observe(rules, truth)
    for each in fields(one):
        mine, real = np.asarray(getattr(one, each.name)), np.asarray(getattr(other, each.name))
        assert (mine == real).all(), each.name  # axes of one run or one row broadcast


def test_every_particle_looks_to_the_player_as_the_game_does(played: Replay) -> None:
    for belief, truth in zip(found(played), played.states, strict=True):
        assert_same_for_the_player(belief.player, truth)
        assert_same_for_the_player(belief.table, truth)


def test_what_nobody_saw_changes_no_belief(played: Replay) -> None:
    """Neither meters that were not read, nor lasting facts, nor failures passed over in silence."""
    rules, states = rules_of(SMALL), []
    for state in played.states:
        unread = (state.seen_turn != state.turn)[..., None]
        shift = np.where(unread, 9.0, 0.0)
        hidden = {
            name: np.clip(getattr(state, name) + shift, 0.0, 100.0)
            for name in ("satisfaction", "loyalty", "trust")
        }
        lasting = replace(
            state.traits,
            frailty=state.traits.frailty + 1.0,
            personal_fit=state.traits.personal_fit - 5.0,
        )
        states.append(
            changed(
                state,
                **hidden,
                traits=lasting,
                expectation=state.expectation + 3.0,
                resentment=state.resentment + 4.0,
                leave_chance=np.minimum(state.leave_chance + 0.1, 1.0),
            )
        )
    for state, other in zip(played.states, states, strict=True):
        assert digest(observe(rules, state)) == digest(observe(rules, other))
    one, other_one = found(played), found(replace(played, states=tuple(states)))
    assert [digest(each.player) for each in one] == [digest(each.player) for each in other_one]
    assert [digest(each.table) for each in one] == [digest(each.table) for each in other_one]


def test_hidden_facts_differ_between_particles(played: Replay) -> None:
    for belief in found(played)[:-1]:
        active = belief.player.status[0] > 1
        for values in (belief.player.traits.frailty, belief.player.satisfaction[..., 0]):
            assert float(values[:, active].std(axis=0).max()) > 0.0


def test_only_the_player_does_not_know_who_has_which_style(played: Replay) -> None:
    first = found(played)[0]
    written = rules_of(SMALL).opening.style
    table = np.broadcast_to(first.table.traits.style, first.table.mood.shape)
    assert (table == written)[:, written >= 0].all()
    style = np.broadcast_to(first.player.traits.style, first.player.mood.shape)
    hidden = (written >= 0) & ~played.states[0].known[0, ..., 0]
    assert (style != written)[:, hidden].any()


@pytest.mark.slow
def test_who_left_has_left_in_every_particle() -> None:
    rules = rules_of("corner-cafe")
    game = replay(bot_game(rules, "nothing", 5), rules)
    for belief, truth in zip(beliefs(rules, game, seed=1, particles=8), game.states, strict=True):
        assert (belief.player.status == truth.status).all()
        assert (belief.player.known == truth.known).all()


def test_columns_of_customers_move_and_those_of_the_firm_stay(played: Replay) -> None:
    belief = found(played)[2].player
    rows = np.zeros(belief.status.shape, dtype=np.intp)
    moved = take_columns(belief, rows)
    assert (moved.satisfaction == belief.satisfaction[:1]).all()
    assert (moved.traits.frailty == belief.traits.frailty[:1]).all()
    assert np.array_equal(moved.event_count, belief.event_count)
    assert np.array_equal(moved.money, belief.money)
