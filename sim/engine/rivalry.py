"""What we do about rivals in a turn: attention, the study of rivals, and those who guide us."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.state import Guide, Status
from sim.engine.terms import attention, sequence
from sim.engine.turn import Turn

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_TRUE, _FALSE = int(Guide.TRUE), int(Guide.FALSE)
_PROSPECT = int(Status.PROSPECT)

LEVELS = 6.0  # of knowing a rival: who, offer, terms, direction, target, forestalling
MOST_PUSH = 2.0


@dataclass(frozen=True)
class Rivalry:
    """Where it leaves us."""

    attention: Array  # [R, C] share that is ours
    compared: Array  # [R, C] logits that comparing offers costs a deal
    push: Array  # [R] of the rivals
    study: Array  # [R] level of the study of rivals, 0..6
    forestalled: Array  # [R] turns for which their push counts half
    guide: Indices  # [R, C, M] `Guide`
    guided: Mask  # [R, C] a true guide was won this turn


def contend(turn: Turn, bond: Array) -> Rivalry:
    """N5, the study of rivals and the coach, after the turn's deeds.

    Args:
        turn: the turn.
        bond: of every customer after it, [R, C].
    """
    state, market = turn.state, turn.rules.market
    guide = _win_guides(turn, bond)
    push, study = state.rival_push, turn.any("study").any(axis=1) * 1.0
    forestalled = np.maximum(state.rival_forestalled - 1.0, 0.0)
    for index in range(market.study.shape[0]):
        chosen = turn.choices.market[:, index]
        push = push + chosen * market.rival_push[index]
        study = np.maximum(study, chosen * market.study[index])
        forestalled = np.maximum(forestalled, chosen * market.forestalls[index])
    share = _attend(turn, guide)
    return Rivalry(
        attention=share,
        compared=_compare(turn, share),
        push=np.minimum(np.maximum(push, 0.0), MOST_PUSH),
        study=np.minimum(state.rival_study + np.minimum(study, 1.0), LEVELS),
        forestalled=forestalled,
        guide=guide,
        guided=((guide == _TRUE) & (state.guide != _TRUE)).any(axis=-1),
    )


def _attend(turn: Turn, guide: Indices) -> Array:
    """The share of attention after the turn, [R, C]; even where a scenario does not use it."""
    rules, state = turn.rules, turn.state
    p = rules.parameters
    if p.attention_weight == 0.0 and p.attention_options == 0.0:
        return state.attention
    noticed = attention.taken(turn.column("salience"), turn.fit.multiplier, turn.fit.motive)
    own = turn.deeds.spread(noticed) + np.where(
        turn.served & (state.purchases > 0.0), p.attention_buying, 0.0
    )
    for index in range(rules.market.salience.shape[0]):
        own = own + turn.choices.market[:, index, None] * rules.market.salience[index]
    push = state.rival_push * np.where(state.rival_forestalled > 0.0, p.forestalled_push, 1.0)
    leaks = np.where((guide == _FALSE).any(axis=-1), p.coach_leak, 0.0)
    moved = attention.follow(p, state.attention, own=own, push=push[:, None] + leaks)
    return np.where(turn.courted, moved, state.attention)


def _compare(turn: Turn, share: Array) -> Array:
    """What it costs that a prospect looks at other offers as well, logits [R, C]."""
    p, state = turn.rules.parameters, turn.state
    if p.attention_options == 0.0:
        return turn.zero
    looking = sequence.stands_at(
        turn.rules,
        turn.sequence.position,
        turn.sequence.step_turn,
        turn=state.turn,
        marks=turn.rules.protocols.compares,
    )
    lost = attention.compared(p, share, state.competition[:, None])
    return np.where((state.status == _PROSPECT) & looking.any(axis=-1), lost, 0.0)


def _win_guides(turn: Turn, bond: Array) -> Indices:
    """Who guides us from inside: asked, trusting and close; true by three of four criteria."""
    rules, state = turn.rules, turn.state
    p = rules.parameters
    if "coach" in rules.unused:
        return state.guide
    asked = turn.deeds.at_person[turn.column("coach")]
    wanted = np.zeros(state.guide.shape, dtype=np.bool_)
    wanted.reshape(-1)[asked] = True
    willing = (state.trust >= p.coach_trust) & (bond >= p.coach_bond)[..., None]
    won = wanted & willing & (state.guide == 0) & (rules.coach_criteria >= 0.0)
    kind = np.where(rules.coach_criteria >= p.coach_criteria, _TRUE, _FALSE)
    return np.where(won, kind, state.guide).astype(np.intp)
