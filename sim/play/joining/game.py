"""A game of a class as this program computes it: choices here, decisions there."""

from collections.abc import Callable

from sim.engine.score import score
from sim.engine.start import start
from sim.engine.step import step
from sim.errors import IllegalChoiceError, SaveError, SimError
from sim.game import GameRecord, OnIllegal, Replay, TurnRecord, choices_from, shape_of
from sim.play import told_luck
from sim.play.case import Case
from sim.play.reports import TurnReport
from sim.play.session import Session, new_record

Keep = Callable[[int, TurnRecord], None]


class JoinedSession(Session):
    """A session whose turns are told: what was decided, and what was drawn for it.

    It knows no seed; the one in its record means nothing, so the record is not a game to be saved.
    The true file is had from the class when that is over.
    """

    def __init__(
        self, case: Case, opening: str, *, keep: Keep = lambda *_: None, language: str = "en"
    ) -> None:
        """A game of which nothing has been told yet.

        Args:
            case: the scenario.
            opening: what was drawn for the opening, as it was told.
            keep: called with turn and draft after every choice.
            language: `en` or `zh`.

        Raises:
            SimError: `join/garbled`.
        """
        self._luck = told_luck.opening_luck(opening, shape_of(case.rules))
        self._keep = keep
        super().__init__(case, new_record(case, 0, language))

    def _replayed(self, record: GameRecord, on_illegal: OnIllegal) -> Replay:
        """The opening, of which only the chance was told."""
        del record, on_illegal
        opening = start(self.rules, self._luck)
        return Replay((), (opening,), (), (score(self.rules, opening),))

    @property
    def played(self) -> int:
        """How many turns have been told."""
        return len(self.reports)

    def be_told(self, turn: TurnRecord, luck: str) -> TurnReport:
        """Play a turn that the class has played.

        Args:
            turn: what was decided.
            luck: what was drawn for it, as it was told.

        Raises:
            SimError: `join/garbled`, `join/differs` (turn): it cannot be played here.
        """
        number = self.played + 1
        chance = told_luck.turn_luck(luck, shape_of(self.rules))
        try:
            chosen = choices_from(self.rules, turn)
        except IllegalChoiceError as error:
            raise SimError("join/differs", turn=number) from error
        return self.play(turn, step(self.rules, self.state, chosen, chance, ledger=True))

    def expect(self, digest: str) -> None:
        """Refuse to go on if the class stands elsewhere than this game.

        Raises:
            SimError: `join/differs` (turn).
        """
        if told_luck.digest(self.state) != digest:
            raise SimError("join/differs", turn=self.played)

    def go_on_with(self, draft: TurnRecord) -> None:
        """Choose what was chosen before, here or on another device, as far as it is allowed."""
        self._begin(draft)

    def decision(self) -> TurnRecord:
        """What has been chosen, to be decided by the class.

        Raises:
            IllegalChoiceError: `response/unfinished` (encounter), `game/over`.
        """
        self._expect_open()
        self._expect_complete()
        return self._timed()

    def end_turn(self) -> TurnReport:
        """Turns are ended by the class.

        Raises:
            IllegalChoiceError: `class/not-open`, always.
        """
        raise IllegalChoiceError("class/not-open", turn=self.turn)

    def save(self) -> None:
        """Hand the draft on; a failure is kept in `save_problem`."""
        self.save_problem = None
        if not self.finished:
            try:
                self._keep(self.turn, self.record.draft)
            except SaveError as error:
                self.save_problem = error
