"""The named quantities that conditions, scores and observations are about, computed on demand."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.rules import Rules
from sim.engine.state import State, Status
from sim.engine.terms import deals, knowledge, labels, staying
from sim.engine.terms.deeds import account
from sim.exact import fixed_sum

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_LAPSED = int(Status.LAPSED)

_TINY = 1e-9  # keeps shares of an empty book finite


def of_account(rules: Rules, values: Array) -> Array:
    """A customer's value from its people's, [R, C]."""
    return account(rules.role_weight, values)


def behaviour(rules: Rules, state: State) -> Array:
    """B of the last turn's chance to leave, 0..100 (E22)."""
    return staying.behavioural_loyalty(rules.parameters, state.leave_chance)


def chance_to_leave(rules: Rules, state: State) -> Array:
    """The chance to leave that goes with a state in which no turn is being played, [R, C] (E22)."""
    parts = staying.parts_with_rivals(
        rules.parameters,
        state,
        satisfaction=of_account(rules, state.satisfaction),
        loyalty=of_account(rules, state.loyalty),
        procedural=procedural(state),
        financial=financial(state),
        bond=state.bond,
        resentment=state.resentment,
        dependence=state.dependence,
        friends_left=state.friends_left,
        frailty=state.traits.frailty + state.frailty_shift,
        price=state.price_factor,
        price_weight=state.price_weight,
        attention=state.attention,
    )
    chance = staying.leave_chance(staying.add_parts(parts))
    return np.where(state.status == _ACTIVE, chance, 0.0)


def procedural(state: State) -> Array:
    """P = P_E + P_C."""
    return state.earned_procedural + state.coercive_procedural


def financial(state: State) -> Array:
    """F = F_E + F_C."""
    return state.earned_financial + state.coercive_financial


def opening_book(rules: Rules) -> Mask:
    """The customers on which the scores rest, [C]."""
    return rules.score_customers > 0.0


def kept(rules: Rules, state: State) -> Array:
    """Share of the opening customers, by potential, still active, 0..1, [R, 1]."""
    share = np.minimum(state.size / np.maximum(rules.opening_size, 1.0), 1.0)
    here = rules.score_customers * (state.status == _ACTIVE) * share
    whole = np.maximum(fixed_sum(rules.score_customers), _TINY)
    return (fixed_sum(here, axis=1) / whole)[:, None]


def _count(mask: Mask) -> Array:
    return np.count_nonzero(mask, axis=1)[:, None] * 1.0


def _profit(state: State) -> Array:
    return fixed_sum(state.historic_value, axis=1)[:, None]


def switching_cost(rules: Rules, state: State) -> Array:
    """What leaving would cost the customer, 0..100: earned in full, coercive by how he feels.

    Coercive costs count times gamma = clip((S - 50)/10, -1, 1): held and content they bind, held
    and unhappy they work against us (design of the score). Bond weighs as in the stay logit (E22).
    """
    p = rules.parameters
    mood = (
        of_account(rules, state.satisfaction) - p.coercion_credit_base
    ) / p.coercion_credit_scale
    credit = np.minimum(np.maximum(mood, -1.0), 1.0)
    earned = p.stay_procedural * state.earned_procedural
    earned = earned + p.stay_financial * state.earned_financial + p.stay_bond * state.bond
    imposed = p.stay_procedural * state.coercive_procedural
    imposed = imposed + p.stay_financial * state.coercive_financial
    scale = p.stay_procedural + p.stay_financial + p.stay_bond
    total = (earned + credit * imposed) / scale
    return np.minimum(np.maximum(total, 0.0), 100.0)


_PER_PERSON = ("satisfaction", "loyalty", "trust", "expectation", "experience")
_PER_CUSTOMER = (
    "bond",
    "resentment",
    "dependence",
    "purchases",
    "potential",
    "size",
    "status",
    "stage",
    "leave_chance",
    "contact",
    "attention",
    "failure",
    "idle",
    "promise",
)
_PER_RUN = ("money", "competition", "core_quality", "rival_study")

_OF_STATE: dict[str, Callable[[State], Array]] = {
    "turn": lambda state: np.full((state.money.shape[0], 1), state.turn + 1.0),
    "procedural": procedural,
    "financial": financial,
    "mood": lambda state: state.mood[..., 0] * 1.0,
    "style": lambda state: np.broadcast_to(state.traits.style, state.mood.shape)[..., 0] * 1.0,
    "complaint": lambda state: np.where(state.voiced, state.failure, 0.0),
    "coach": lambda state: np.count_nonzero(state.guide, axis=-1) * 1.0,
    "people_knowledge": lambda state: state.stocks[:, :1],
    "product_knowledge": lambda state: state.stocks[:, 1:2],
    "staff_knowledge": lambda state: state.stocks[:, 2:],
    "active": lambda state: _count(state.status == _ACTIVE),
    "lost": lambda state: _count(state.status == _LAPSED),
    "profit": _profit,
    "#present": lambda state: (state.status == _ACTIVE) * 1.0,
}
_DERIVED: dict[str, Callable[[Rules, State], Array]] = {
    "deal_chance": lambda rules, state: deals.win_chance(
        rules.parameters,
        state.deal_logit,
        deals.blocked(rules, state.satisfaction, state.trust),
    ),
    "knowledge": lambda rules, state: of_account(
        rules, knowledge.level(rules, state.known, state.fresh)
    ),
    "level": lambda rules, state: (
        1.0 * labels.level(rules.parameters, state.bond, of_account(rules, state.trust))
    ),
    "type": lambda rules, state: (
        1.0
        * labels.matrix_type(
            rules.parameters, of_account(rules, state.satisfaction), behaviour(rules, state)
        )
    ),
    "kept": kept,
    "behaviour": behaviour,
    "switching_cost": switching_cost,
}


class Facts(Mapping[str, Array]):
    """Everything a condition may name, by name: [R, C] per customer or [R, 1] per run."""

    def __init__(
        self, rules: Rules, state: State, extra: Mapping[str, Array] | None = None
    ) -> None:
        """Look at a state through the rules; `extra` adds or replaces names."""
        self._rules, self._state = rules, state
        self._known: dict[str, Array] = dict(extra or {})

    def __getitem__(self, name: str) -> Array:
        """The quantity of that name."""
        if name not in self._known:
            self._known[name] = self._compute(name)
        return self._known[name]

    def _compute(self, name: str) -> Array:
        rules, state = self._rules, self._state
        if name in _OF_STATE:
            return _OF_STATE[name](state)
        if name in _DERIVED:
            return _DERIVED[name](rules, state)
        if name in _PER_PERSON:
            return of_account(rules, getattr(state, name))
        if name in _PER_CUSTOMER or name in _PER_RUN:
            values: Array = getattr(state, name) * 1.0
            return values if name in _PER_CUSTOMER else values[:, None]
        return self._own(name)

    def _own(self, name: str) -> Array:
        """A variable of the scenario, or how often an event or encounter has happened."""
        rules, state = self._rules, self._state
        group, _, ident = name.partition(".")
        if group == "event" and ident:
            return state.event_count[:, rules.event_ids.index(ident), None]
        if group == "encounter" and ident:
            return state.encounter_count[:, rules.encounter_ids.index(ident), None]
        return state.variables[:, rules.variable_names.index(name), None]

    def __iter__(self) -> Iterator[str]:
        """The fixed names; variables, events and encounters come on top."""
        return iter((*_PER_PERSON, *_PER_CUSTOMER, *_PER_RUN, *_OF_STATE, *_DERIVED))

    def __len__(self) -> int:
        """Number of fixed names."""
        return sum(1 for _ in self)
