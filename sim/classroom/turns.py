"""The engine of a room: its games are played as rows of one batch, once a turn.

All games of a room have the same seed, hence the same luck; a row of a batch is the single game to
the bit, so whoever replays one of the records alone comes to the same result.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from sim.classroom.position import Position, outcome_of
from sim.classroom.state import Game, Room
from sim.draws import draw, draw_start
from sim.engine import legal
from sim.engine.start import start
from sim.engine.state import Choices, Draws, Outcome, State, changed
from sim.engine.step import step
from sim.errors import IllegalChoiceError
from sim.game import (
    GameRecord,
    TurnRecord,
    choices_from,
    fit_to_rules,
    result_of,
    shape_of,
    turn_from,
)
from sim.lab.policies import policy
from sim.lab.review import rows
from sim.lab.runs import choose, join
from sim.play import draft as drafts
from sim.play.case import Case
from sim.play.draft import Desk
from sim.play.session import new_record


class _Asked(NamedTuple):
    """A decision that is judged; `place` is that among all that were asked about."""

    place: int
    position: Position
    choices: Choices


class Engine:
    """What plays the games of one room."""

    def __init__(self, case: Case, seed: int) -> None:
        """Set up the opening that all games share."""
        self.case = case
        self.seed = seed
        self._shape = shape_of(case.rules)
        self._last: dict[str, tuple[Position, Outcome]] = {}
        self._opening = Position(start(case.rules, draw_start(seed, self._shape)), 0)

    def position(self, game: Game) -> Position:
        """Where a game stands; that of a new one is the opening."""
        return self._opening if game.position is None else game.position

    def advance(self, room: Room) -> None:
        """Play every turn that is settled and not yet played, many games at a time."""
        while room.due:
            due = [game for game in room.games.values() if game.id in room.due]
            turn = min(self.position(game).turn for game in due)
            now = [game for game in due if self.position(game).turn == turn]
            # The ledger has places for answers where any row has one: those who answered apart.
            answered = [game for game in now if game.turns[turn].responses]
            for games in (answered, [game for game in now if not game.turns[turn].responses]):
                if games:
                    self._play(room, games, turn)

    def _play(self, room: Room, games: Sequence[Game], turn: int) -> None:
        state = self._together([self.position(game) for game in games])
        chosen = self._choices([game.turns[turn] for game in games])
        present = all(len(game.turns) == turn + 1 for game in games)  # somebody will look at it
        chance = self._chance(turn, len(games))
        after, outcome = step(self.case.rules, state, chosen, chance, ledger=present)
        for row, game in enumerate(games):
            room.change(game.id, position=Position(after, row))
            if present:
                self._last[game.id] = (Position(after, row), outcome)
            if after.turn == len(game.turns):
                room.due.discard(game.id)

    def last(self, game: str, turn: int) -> tuple[State, Outcome] | None:
        """What a turn of a game (from 1) came to, if it is the last one that was played here."""
        found = self._last.get(game)
        if found is None or found[0].turn != turn:
            return None
        position, outcome = found
        return position.alone, outcome_of(outcome, position.row)

    def refusals(self, asked: Sequence[tuple[Game, TurnRecord]]) -> list[IllegalChoiceError | None]:
        """Why the rules do not allow a game's decision; None where they do.

        All of one turn are looked at together, which costs little more than one alone; only if
        there is a fault among them each by itself.
        """
        found: list[IllegalChoiceError | None] = [None] * len(asked)
        by_turn: dict[int, list[_Asked]] = {}
        for place, (game, record) in enumerate(asked):
            try:
                chosen = self._well_formed(record)
            except IllegalChoiceError as error:
                found[place] = error
            else:
                position = self.position(game)
                by_turn.setdefault(position.turn, []).append(_Asked(place, position, chosen))
        for together in by_turn.values():
            if self._refusal(together) is not None:
                for each in together:
                    found[each.place] = self._refusal([each])
        return found

    def _well_formed(self, record: TurnRecord) -> Choices:
        """The choices of a turn.

        Raises:
            IllegalChoiceError: there is something in it that the scenario does not have.
        """
        found = choices_from(self.case.rules, record)
        for each in record.choices:
            if each.tone != "neutral" and not self.case.script.actions[each.action].tones:
                raise IllegalChoiceError("choice/no-tone", action=each.action, tone=each.tone)
        return found

    def _refusal(self, asked: "Sequence[_Asked]") -> IllegalChoiceError | None:
        state = self._together([each.position for each in asked])
        try:
            legal.check(self.case.rules, state, rows.joined([each.choices for each in asked]))
        except IllegalChoiceError as error:
            if len(asked) > 1:
                return error
            return IllegalChoiceError(error.code, turn=state.turn + 1)
        return None

    def of_draft(self, game: Game, record: TurnRecord) -> TurnRecord:
        """What of a draft can be played: without unfinished conversations and what is not allowed.

        The draft may be of another moment or have been tampered with; nothing in it is trusted.
        """
        desk = Desk(self.case.rules, self.position(game).alone)
        ids = self.case.rules.encounter_ids
        done = {
            name: path
            for name, path in record.responses.items()
            if name in ids and drafts.is_complete(desk, name, path)
        }
        whole = record.model_copy(update={"responses": done})
        return fit_to_rules(self.case.rules, desk.state, whole, on_illegal="drop")[0]

    def planned(self, game: Game, bot: str, place: int) -> TurnRecord:
        """What a bot would do in the next turn of a game, knowing what a player knows.

        Args:
            game: as it stands.
            bot: name of the policy.
            place: of the seat in its room, so that two bots of a kind that wavers waver apart.
        """
        rules, state = self.case.rules, self.position(game).alone
        wanted = choose(rules, policy(bot), state, seed=self.seed, first_run=place)
        record = self._playable(turn_from(rules, wanted))
        return fit_to_rules(rules, state, record, on_illegal="drop")[0]

    def _playable(self, record: TurnRecord) -> TurnRecord:
        """A turn without the tones that nobody can choose; to the engine they are all the same."""
        actions = self.case.script.actions
        choices = tuple(
            each if actions[each.action].tones else each.model_copy(update={"tone": "neutral"})
            for each in record.choices
        )
        return record.model_copy(update={"choices": choices})

    def record(self, game: Game, *, label: str, language: str) -> GameRecord:
        """A game as the file that a game alone would have been saved to."""
        fresh = new_record(self.case, self.seed, language)
        done = len(game.turns) >= self.case.rules.sizes.turns
        result = result_of(self.case.rules, self.position(game).alone) if done else None
        values = {"turns": game.turns, "pseudonym": label or None, "result": result}
        return fresh.model_copy(update=values)

    def _together(self, positions: Sequence[Position]) -> State:
        """Many games as the rows of one state, in their order."""
        found: list[State] = []
        for states, places in _runs_of(positions):
            found.append(rows.take(states, np.array(places)))
        whole = found[0] if len(found) == 1 else join(found)
        return changed(whole, traits=self._opening.state.traits)

    def _choices(self, turns: Iterable[TurnRecord]) -> Choices:
        return rows.joined([choices_from(self.case.rules, turn) for turn in turns])

    def _chance(self, turn: int, games: int) -> Draws:
        """The same luck for every game of the room."""
        chance = draw(self.seed, turn, self._shape)
        return Draws(**{name: np.repeat(v, games, axis=0) for name, v in vars(chance).items()})


def _runs_of(positions: Sequence[Position]) -> list[tuple[State, list[int]]]:
    """Neighbours that share a state, with their rows of it."""
    found: list[tuple[State, list[int]]] = []
    for each in positions:
        if found and found[-1][0] is each.state:
            found[-1][1].append(each.row)
        else:
            found.append((each.state, [each.row]))
    return found
