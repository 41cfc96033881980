"""One turn of the game, in the order in which it happens: the only entry for all who play."""

from dataclasses import replace

import numpy as np

from sim.arrays import Mask
from sim.engine import ledger as ledger_terms
from sim.engine import legal
from sim.engine.close import close, read
from sim.engine.delivery import Delivery, deliver
from sim.engine.market import (
    Market,
    refused_in_trouble,
    trade,
)
from sim.engine.opening import Openings, open_turn
from sim.engine.relations import Relations, relate
from sim.engine.rules import Rules
from sim.engine.state import Chance, Choices, Draws, Outcome, State
from sim.engine.turn import Turn, begin

RULES_VERSION = 2


def step(
    rules: Rules,
    state: State,
    choices: Choices,
    draws: Draws,
    *,
    ledger: bool = False,
    checked: bool = False,
) -> tuple[State, Outcome]:
    """Play one turn.

    Pure: changes none of its arguments; row r of the result depends on row r of them alone.

    Args:
        rules: of the scenario.
        state: in which the choices were made, R runs.
        choices: of the same R runs.
        draws: the chance of this turn, of the same R runs.
        ledger: also explain every change (`outcome.terms`); changes no other bit.
        checked: the choices are known to be allowed, and are not looked at again.

    Returns:
        The state in which the next turn is chosen, and what came of this one.

    Raises:
        IllegalChoiceError: if anything chosen is not allowed; nothing is played then.
        ValueError: if the arguments are not of one size.
    """
    _same_size(rules, state, choices, draws)
    if not checked:
        legal.check(rules, state, choices)
    turn = begin(rules, state, choices, draws)
    met = deliver(turn)
    ties = relate(turn, met)
    market = trade(turn, met, ties)
    late = refused_in_trouble(turn, market)
    closed = close(turn, met, ties, market, late=late)
    opened, openings = open_turn(
        rules, closed, event=draws.event, encounter=draws.encounter, complained=ties.complained
    )
    outcome = _outcome(turn, met, ties, market=market, openings=openings)
    if ledger:
        terms = ledger_terms.explain(turn, met, ties, market, late=late)
        ledger_terms.between_turns(terms, closed, opened)
        outcome = replace(outcome, terms=terms, badges=ledger_terms.badges(turn))
    return opened, outcome


def _same_size(rules: Rules, state: State, choices: Choices, draws: Draws) -> None:
    runs, customers = state.money.shape[0], rules.sizes.customers
    expected = {
        "choices.action": (choices.action.shape, (runs, customers, rules.sizes.slots)),
        "choices.tone": (choices.tone.shape, (runs, customers, rules.sizes.slots)),
        "choices.person": (choices.person.shape, (runs, customers, rules.sizes.slots)),
        "choices.market": (choices.market.shape, (runs, rules.sizes.market_actions)),
        "choices.response": (choices.response.shape, (runs, rules.sizes.encounters)),
        "draws.delivery": (draws.delivery.shape, (runs, customers, 4)),
        "draws.person": (draws.person.shape, (runs, customers, rules.sizes.people, 4)),
    }
    for name, (found, wanted) in expected.items():
        if found != wanted:
            message = f"{name} has shape {found}, the state asks for {wanted}"
            raise ValueError(message)


def _outcome(
    turn: Turn, met: Delivery, ties: Relations, *, market: Market, openings: Openings
) -> Outcome:
    """What came of the turn, to be told."""
    failed = met.severity > 0.0
    return Outcome(
        experience=met.experience,
        failed=failed,
        touchpoint=met.touchpoint,
        complained=ties.complained,
        promise_kept=met.kept,
        promise_broken=met.broken,
        left=market.left,
        released=market.released,
        won=market.deal.won,
        lost_deal=market.deal.asked & ~market.deal.won,
        accepted=market.accepted,
        refused=market.refused,
        returned=market.returned,
        woken=market.woken,
        over_contact=met.over,
        messages=market.messages,
        event_happened=openings.event_happened,
        lost_value=market.lost_value,
        unanswered=_unanswered(turn),
        read=read(turn, turn.knowledge),
        chances=(
            Chance("failure", met.failure_chance * turn.served, failed),
            Chance("voice", ties.voice_chance * failed, ties.complained),
            Chance("leave", market.leave_chance, market.left),
            Chance("deal", market.deal.win_chance * market.deal.asked, market.deal.won),
            Chance("accept", market.accept_chance, market.accepted),
            Chance("return", market.return_chance, market.returned),
        ),
    )


def _unanswered(turn: Turn) -> Mask:
    """Encounters that were open and got no answer, [R, V]."""
    opened = np.zeros(turn.choices.response.shape, dtype=np.bool_)
    if not turn.deeds.responses:
        return opened
    run, customer = np.nonzero(turn.state.open_encounter)
    opened[run, turn.state.open_encounter[run, customer] - 1] = True
    return opened & (turn.choices.response == 0)
