"""What the service of the classroom has for a game that is over: its file, and turns once more."""

from sim.classroom import retried, seats
from sim.classroom.beyond import Beyond
from sim.classroom.events import ClassError
from sim.classroom.retried import Change, Retried
from sim.game import GameRecord, TurnRecord, to_json
from sim.play.branching import Retry, again
from sim.play.resolutions import QUESTION, RETRIES, noted


class Again(Beyond):
    """The part of the service that `sim.classroom.reviews` and `retrying` stand on."""

    def own_game(self, seat: str) -> GameRecord:
        """The game of a seat with what its trainee says of it; it tells everybody's luck.

        Raises:
            ClassError: `class/not-over`: others still play.
        """
        room = self._home(seat)
        if room.stage != "ended":
            raise ClassError("class/not-over")
        game = room.games[room.seats[seat].game]
        label, language = seats.label_of(room, game), room.settings.language
        record = self._cases.engine(room).record(game, label=label, language=language)
        said = room.said.get(seat)
        return record if said is None else noted(record, QUESTION, vars(said))

    def game_file(self, seat: str) -> str:
        """The same as a file, with what came of deciding turns again.

        Raises:
            ClassError: `class/not-over`.
        """
        record, turns = self.own_game(seat), retried.noted(self.retried(seat))
        return to_json(noted(record, RETRIES, turns) if turns else record)

    def retried(self, seat: str) -> dict[int, Retried]:
        """What came of deciding turns again, by turn; those never begun are missing."""
        self._home(seat)
        return self._clerk.ask(lambda work: retried.read(work, seat)).result()

    def change_retried(self, seat: str, turn: int, deed: Change) -> Retried:
        """Change what is kept of a turn; see `retried.change`."""
        return self._do_for(
            seat, lambda work, room, who: retried.change(work, room, who, turn, deed=deed)
        )

    def retry(self, seat: str, turn: int, plan: TurnRecord | None) -> Retry:
        """A turn of the game of a seat as it stood; see `branching.again`."""
        room = self._home(seat)
        engine = self._cases.engine(room)
        return self._desks.view(seat, room, engine, lambda session: again(session, turn, plan))
