"""Going back in a game that is over: deciding a turn again, and playing on from there.

    again(session, 5)                       turn 5 with its own plan as the draft; nothing is saved
    play_on(session, 5, new_luck=False)     a game of its own with the earlier turns of this one

The game that is left keeps its turns, its result and its file.
"""

import secrets

from sim.errors import IllegalChoiceError
from sim.game import Branch, GameRecord, Luck, TurnRecord
from sim.play import draft as drafts
from sim.play import saves
from sim.play.session import SEEDS_DRAWN, Session


class Retry(Session):
    """A turn that is decided again after the game: what was told then may be unsaid now."""

    def _expect_kept(self, encounter: str, path: drafts.Path) -> None:
        """Nothing is kept: the game is over, and all of it has been told."""
        del encounter, path

    def _told_by_last_choice(self) -> str:
        return ""

    @property
    def plan(self) -> TurnRecord:
        """What has been chosen, to be judged.

        Raises:
            IllegalChoiceError: `response/unfinished` (encounter).
        """
        self._expect_complete()
        return self.draft.model_copy(update={"notes": {}})

    def choose(self, plan: TurnRecord) -> None:
        """Choose a whole plan in place of what has been chosen; `undo` brings that back.

        Raises:
            IllegalChoiceError: the rules do not allow it here; nothing has changed.
        """
        drafts.check(self._desk, plan)
        self._change(plan.model_copy(update={"notes": self.draft.notes}))


def again(session: Session, turn: int, plan: TurnRecord | None = None) -> Retry:
    """A turn of a game as it stood when its player decided.

    Args:
        session: the game.
        turn: from 1.
        plan: what to begin with; what was played if None.

    Raises:
        IllegalChoiceError: `branch/no-such-turn`.
    """
    record = _until(session.record, turn)
    draft = plan or session.record.turns[turn - 1]
    kept = record.model_copy(update={"draft": draft.model_copy(update={"notes": {}})})
    return Retry(session.case, kept)


def play_on(
    session: Session,
    turn: int,
    *,
    new_luck: bool,
    plan: TurnRecord | None = None,
    saved: bool = True,
) -> Session:
    """A new game that has the earlier turns of another.

    Args:
        session: the game.
        turn: the first turn to be played anew, from 1; what was played then is the draft.
        new_luck: whether chance is drawn anew from that turn on; otherwise it is the same, so that
            the same choices bring the same results.
        plan: the draft instead.
        saved: whether it has a file of its own.

    Raises:
        IllegalChoiceError: `branch/no-such-turn`.
    """
    old = session.record
    luck = old.luck
    if new_luck:
        earlier = (each for each in luck if each.turn < turn)
        luck = (*earlier, Luck(turn=turn, seed=secrets.randbelow(SEEDS_DRAWN)))
    draft = (plan or old.turns[turn - 1]).model_copy(update={"notes": {}})
    made = _until(old, turn).model_copy(
        update={"branch": Branch(of=saves.identity(old), turn=turn), "luck": luck, "draft": draft}
    )
    return Session.begin(session.case, made, saved=saved)


def _until(record: GameRecord, turn: int) -> GameRecord:
    """The game before a turn."""
    if not 1 <= turn <= len(record.turns):
        raise IllegalChoiceError("branch/no-such-turn", turn=turn, turns=len(record.turns))
    return record.model_copy(update={"turns": record.turns[: turn - 1], "result": None})
