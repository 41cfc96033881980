"""A conversation tried out on its own, whatever would have to happen before it opens.

    rehearsal = Rehearsal(case)
    rehearsal.stage("late_order", turn=3)

It is a session like any other, so every front end shows it as in a game; only that nothing is
saved, everything can be answered, and everything taken back.
"""

from dataclasses import replace

import numpy as np

from sim.engine.state import State, Status
from sim.game import TurnRecord
from sim.play import draft as drafts
from sim.play.case import Case
from sim.play.options import OpenEncounter
from sim.play.session import Session, new_record

_SPEAKING = (int(Status.ACTIVE), int(Status.PROSPECT))


class Rehearsal(Session):
    """A game that stands still at its start, with one conversation open."""

    def __init__(self, case: Case, *, seed: int = 1) -> None:
        """Sets the scene.

        Args:
            case: The scenario.
            seed: Of what the author has left to chance.
        """
        super().__init__(case, new_record(case, seed))
        self._start = self._states[0]

    def stage(self, encounter: str, turn: int = 1) -> None:
        """Opens a conversation, and no other.

        Args:
            encounter: Its id in the rules.
            turn: In which it takes place, from 1.
        """
        rules = self.rules
        index = rules.encounter_ids.index(encounter)
        customer = int(rules.encounters.customer[index])
        opened = np.zeros_like(self._start.open_encounter)
        opened[:, customer] = index + 1
        last = rules.sizes.turns - 1
        state = replace(self._start, turn=min(turn - 1, last), open_encounter=opened)
        self._states[-1] = _present(state, customer)
        self._begin(TurnRecord())

    def open_encounters(self) -> tuple[OpenEncounter, ...]:
        """The conversation on stage; every answer is possible there, conditions or not."""
        return tuple(
            replace(
                each,
                fixed=0,
                next=tuple(replace(option, allowed=True, code="", data={}) for option in each.next),
            )
            for each in super().open_encounters()
        )

    def answer(self, encounter: str, path: tuple[str, ...]) -> None:
        """Goes to any place of a conversation."""
        drafts.encounter_index(self._desk, encounter)
        self._draft = drafts.with_answer(self._draft, encounter, tuple(path))

    def unanswer(self, encounter: str) -> None:
        """Goes back to its beginning."""
        self.answer(encounter, ())


def _present(state: State, customer: int) -> State:
    """A state in which a customer can be spoken with; whoever is not there yet has come."""
    if int(state.status[0, customer]) in _SPEAKING:
        return state
    status = state.status.copy()
    status[:, customer] = int(Status.ACTIVE)
    return replace(state, status=status)
