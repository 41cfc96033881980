"""The state as the player knows it, by which is judged what the player may say."""

from dataclasses import replace

import numpy as np

from sim.engine.facts import chance_to_leave, of_account
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Stage, State, Status
from sim.engine.terms import knowledge
from sim.engine.terms.attention import EVEN

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_EXPLORATION = int(Stage.EXPLORATION)
_ACTIVE = int(Status.ACTIVE)

_STYLE, _MOOD, _REASON, _ORIENTATION = (
    KINDS.index(kind) for kind in ("style", "mood", "reason", "orientation")
)
_RIVAL = KINDS.index("rival")
_UNKNOWN = -1  # none of the styles and moods, so that no condition on one of them holds


def as_known(rules: Rules, state: State) -> State:
    """A state with readings for meters and the usual for every hidden fact.

    No array of the result changes when a fact changes that the player does not know.

    Args:
        rules: of the scenario.
        state: as it is.
    """
    if rules.reveal_all:
        return state
    shape = state.mood.shape
    level = knowledge.level(rules, state.known, state.fresh)
    well = of_account(rules, level) >= rules.parameters.knowledge_half
    reason = of_account(rules, state.known[..., _REASON] * 1.0) > 0.0
    oriented = of_account(rules, state.known[..., _ORIENTATION] * 1.0) > 0.0
    courting = of_account(rules, state.known[..., _RIVAL] * 1.0) > 0.0
    ordinary = np.broadcast_to(state.core_quality[:, None, None], shape)
    none, absent = np.zeros(state.status.shape), np.zeros((1, shape[1]))
    shown = replace(
        state,
        traits=replace(
            state.traits,
            style=np.where(state.known[..., _STYLE], state.traits.style, _UNKNOWN),
            frailty=absent,
            personal_fit=absent,
        ),
        mood=np.where(state.known[..., _MOOD] & state.fresh[..., _MOOD], state.mood, _UNKNOWN),
        satisfaction=state.seen[..., 0],
        loyalty=state.seen[..., 1],
        trust=state.seen[..., 2],
        experience=ordinary,
        expectation=ordinary,
        resentment=none,
        attention=np.where(courting, state.attention, EVEN),
        lens=np.zeros(shape),
        touchpoint=np.where(state.voiced, state.touchpoint, 0),
        price_weight=np.where(oriented, state.price_weight, 1.0),
        friends_left=none,
        frailty_shift=none,
        potential=np.where(well, state.potential, 1.0),
        stage=np.where(well, state.stage, _EXPLORATION),
        leave_reason=np.where(reason, state.leave_reason, 0),
        failure=np.where(state.voiced, state.failure, 0.0),
    )
    active = state.status == _ACTIVE
    return replace(shown, leave_chance=np.where(active, chance_to_leave(rules, shown), 0.0))
