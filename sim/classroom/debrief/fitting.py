"""What is allowed of many games' turns at once: what `sim.game.fit_to_rules` leaves of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Indices, Mask
from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.errors import IllegalChoiceError
from sim.game import TurnRecord, choices_from
from sim.lab.review import rows


@dataclass(frozen=True)
class _Piece:
    """One thing chosen, by its places in the arrays."""

    of: str  # `response`, `action` or `market`
    index: int  # of the encounter, the customer or the market action
    slot: int = 0  # of the customer
    value: int = 1  # path, action row or True


def fitted(rules: Rules, state: State, turns: Sequence[TurnRecord]) -> tuple[Choices, Indices]:
    """The choices of all games without what is not allowed, and how many that were, [R].

    Args:
        rules: of the scenario, or of a changed one.
        state: of one turn, a run for each game.
        turns: what each game chose, in the order of choosing.

    Raises:
        IllegalChoiceError: an id that the scenario does not have.
    """
    each = [choices_from(rules, turn) for turn in turns]
    whole = rows.joined(each)
    try:
        legal.check(rules, state, whole)
    except IllegalChoiceError:
        permitted = _Permitted(rules, state)
        pieces = [_pieces(rules, turn, chosen) for turn, chosen in zip(turns, each, strict=True)]
        fine = [
            [piece for piece in own if permitted.holds(run, piece)]
            for run, own in enumerate(pieces)
        ]
        counts = [len(own) for own in pieces]
        return _affordable(rules, state, whole, fine=fine, counts=counts)
    return whole, np.zeros(len(turns), dtype=np.intp)


class _Permitted:
    """Whether things may be chosen, hours and money apart."""

    def __init__(self, rules: Rules, state: State) -> None:
        self._rules, self._opened = rules, state.open_encounter
        self._actions: Mask = legal.action_mask(rules, state)
        self._market: Mask = legal.market_mask(rules, state)
        self._paths: Mask = legal.paths_allowed(rules, state)

    def holds(self, run: int, piece: _Piece) -> bool:
        """Whether a run may choose a thing."""
        if piece.of == "action":
            return bool(self._actions[run, piece.index, piece.value - 1])
        if piece.of == "market":
            return bool(self._market[run, piece.index])
        customer = self._rules.encounters.customer[piece.index]
        opened = self._opened[run, customer] == piece.index + 1
        return bool(opened and self._paths[run, piece.index, piece.value - 1])


def _pieces(rules: Rules, turn: TurnRecord, chosen: Choices) -> list[_Piece]:
    """A turn thing by thing: answers, deeds, then what is for the firm, each in its order."""
    found = []
    for name in turn.responses:
        index = rules.encounter_ids.index(name)
        found.append(_Piece("response", index, value=int(chosen.response[0, index])))
    taken = [0] * rules.sizes.customers
    for deed in turn.choices:
        customer = rules.customer_ids.index(deed.customer)
        slot = taken[customer]
        taken[customer] += 1
        row = int(chosen.action[0, customer, slot])
        found.append(_Piece("action", customer, slot=slot, value=row))
    found += [_Piece("market", rules.market_ids.index(name)) for name in turn.market]
    return found


def _affordable(
    rules: Rules,
    state: State,
    whole: Choices,
    *,
    fine: Sequence[Sequence[_Piece]],
    counts: Sequence[int],
) -> tuple[Choices, Indices]:
    """Things taken one by one in every game, leaving out those for which there is no budget."""
    kept = rows.nothing(rules, len(fine))
    number = np.zeros(len(fine), dtype=np.intp)
    for place in range(max((len(own) for own in fine), default=0)):
        tried = Choices(**{name: value.copy() for name, value in vars(kept).items()})
        for run, own in enumerate(fine):
            if len(own) > place:
                _put(tried, whole, run, own[place])
        late, dear = legal.over_budget(rules, state, tried)
        over = late | dear
        kept = Choices(
            **{
                name: np.where(
                    over.reshape(-1, *(1,) * (value.ndim - 1)), getattr(kept, name), value
                )
                for name, value in vars(tried).items()
            }
        )
        number += np.array([len(own) > place for own in fine]) & ~over
    return kept, np.array(counts, dtype=np.intp) - number


def _put(to: Choices, whole: Choices, run: int, piece: _Piece) -> None:
    """Write a thing into the choices of a run; a customer's deeds move up."""
    if piece.of == "response":
        to.response[run, piece.index] = piece.value
    elif piece.of == "market":
        to.market[run, piece.index] = True
    else:
        slot = int(np.count_nonzero(to.action[run, piece.index]))
        for name in ("action", "tone", "person"):
            values = getattr(to, name)
            values[run, piece.index, slot] = getattr(whole, name)[run, piece.index, piece.slot]
