"""One game of one person: played by id, saved after every choice, brought back from its file."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from sim.draws import draw
from sim.engine.observe import Observation, observe
from sim.engine.score import Score, score
from sim.engine.state import Outcome, State, Terms
from sim.engine.step import RULES_VERSION, step
from sim.errors import IllegalChoiceError, SaveError
from sim.game import (
    FORMAT,
    Dropped,
    GameRecord,
    OnIllegal,
    Replay,
    Result,
    TurnRecord,
    choices_from,
    replay,
    result_of,
    shape_of,
)
from sim.lab.policies import POLICY_VERSION
from sim.play import saves
from sim.play.case import Case, grade_of, open_case
from sim.play.open_turn import OpenTurn, expect
from sim.play.reports import ForecastOutcome, TurnReport, forecast_outcomes, report, reports_of
from sim.play.resolutions import NOTE

DIRECTIONS = ("up", "stay", "down")
LANGUAGES = ("en", "zh")
LEAST_SURE = 0.34  # less is no forecast among three
SEEDS_DRAWN = 2**31  # short enough to be read out in class
_LONGEST_NOTE = 4000  # characters

Grader = Callable[[Case, float], float]
Clock = Callable[[], float]


class Session(OpenTurn):
    """A game in progress or finished; choosing is described at `OpenTurn`.

    What cannot be saved does not stop the game: `save_problem` says so until a later save succeeds.

    Attributes:
        path: The game's file; None keeps it in memory only.
        save_problem: Why the last save failed.
        dropped: Choices that were left out when the game was opened under changed rules.
    """

    save_problem: SaveError | None
    dropped: tuple[Dropped, ...]

    def __init__(
        self,
        case: Case,
        record: GameRecord,
        *,
        path: Path | None = None,
        on_illegal: OnIllegal = "raise",
        grader: Grader = grade_of,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Play a record up to where it stands.

        Args:
            case: the scenario.
            record: a new game, or one to go on with.
            path: where to save.
            on_illegal: what to do with choices that the rules do not allow, see `sim.game.replay`.
            grader: the grade of a score; slow the first time, so asked for only by `grade`.
            clock: seconds, for how long a turn took.

        Raises:
            IllegalChoiceError, SaveError: as `replay`; `save/not-reproduced` if the record's result
                is not what its choices lead to.
        """
        super().__init__(case)
        self.path, self.save_problem = path, None
        self._grader, self._clock = grader, clock
        played = self._replayed(record, on_illegal)
        self._states, self._outcomes = list(played.states), list(played.outcomes)
        self._reports = reports_of(case.rules, played)
        self._record = record.model_copy(update={"turns": played.turns, "draft": TurnRecord()})
        if on_illegal == "drop":
            self._update(rules_version=RULES_VERSION, fingerprint=case.fingerprint)
        self.dropped = (*played.dropped, *self._begin(record.draft))
        self._since = clock()
        self._adopt(record.result, strict=on_illegal == "raise")

    @classmethod
    def new(
        cls,
        scenario: str | Path | Case,
        seed: int | None = None,
        language: str = "en",
        *,
        saved: bool = True,
        grader: Grader = grade_of,
        clock: Callable[[], float] = time.monotonic,
    ) -> Self:
        """A new game.

        Args:
            scenario: its name, its path, or itself.
            seed: 0..2**63 - 1; drawn if None.
            language: `en` or `zh`, in which it is played; can be changed at any time.
            saved: False keeps it in memory only.
            grader: see `__init__`.
            clock: see `__init__`.

        Raises:
            ScenarioError: the scenario cannot be found or has errors.
        """
        case = scenario if isinstance(scenario, Case) else open_case(scenario)
        record = new_record(case, seed, language)
        return cls.begin(case, record, saved=saved, grader=grader, clock=clock)

    @classmethod
    def begin(
        cls,
        case: Case,
        record: GameRecord,
        *,
        saved: bool = True,
        grader: Grader = grade_of,
        clock: Callable[[], float] = time.monotonic,
    ) -> Self:
        """A game that has no file yet, wherever it stands; arguments as for `new`."""
        session = cls(case, record, grader=grader, clock=clock)
        if saved:
            session._take_slot()
        return session

    @classmethod
    def resume(
        cls,
        path: str | Path,
        *,
        on_illegal: OnIllegal = "raise",
        grader: Grader = grade_of,
        clock: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Go on with a saved game.

        Args:
            path: its file.
            on_illegal: `drop` plays under the scenario as it is now what its rules still allow.
            grader: see `__init__`.
            clock: see `__init__`.

        Raises:
            SaveError: the file, its scenario or its result is not what it should be.
            IllegalChoiceError: the rules do not allow what was chosen.
        """
        file = Path(path)
        record = saves.open_save(file)
        case = saves.case_of(record, or_current=on_illegal == "drop")
        return cls(case, record, path=file, on_illegal=on_illegal, grader=grader, clock=clock)

    # What there is to see ---------------------------------------------------------------------

    @property
    def turns(self) -> int:
        """How many turns the game has."""
        return self.rules.sizes.turns

    @property
    def turn(self) -> int:
        """The open turn, from 1; the last one when the game is over."""
        return min(self.state.turn + 1, self.turns)

    @property
    def state(self) -> State:
        """Everything, hidden facts too; not for the eyes of a player."""
        return self._states[-1]

    @property
    def observation(self) -> Observation:
        """What the player may know now."""
        return self._reports[-1].after if self._reports else observe(self.rules, self.state)

    @property
    def record(self) -> GameRecord:
        """The game as it is saved."""
        return self._record.model_copy(update={"draft": self._timed()})

    @property
    def reports(self) -> tuple[TurnReport, ...]:
        """All turns played so far."""
        return tuple(self._reports)

    @property
    def finished(self) -> bool:
        """Whether all turns have been played."""
        return self.state.turn >= self.turns

    @property
    def result(self) -> Result | None:
        """What a finished game came to; its grade is None until `grade` was asked for."""
        return self._record.result

    @property
    def scores(self) -> tuple[Score, ...]:
        """The true score at the start and after every turn; none before the game is over."""
        states = self._states if self.finished else []
        return tuple(score(self.rules, state) for state in states)

    @property
    def forecasts(self) -> tuple[ForecastOutcome, ...]:
        """What came of the forecasts; none before the game is over."""
        return forecast_outcomes(self.rules, self._played()) if self.finished else ()

    def terms(self, turn: int) -> Terms:
        """Why everything changed in a turn (from 1): what may be shown, at the end all of it."""
        found = self._reports[turn - 1]
        return found.outcome.terms if self.finished else found.terms

    # Notes: unscored, outside undo ------------------------------------------------------------

    def forecast(self, customer: str, direction: str, sure: float) -> None:
        """Say where a customer's satisfaction will go this turn.

        Args:
            customer: its id.
            direction: `up`, `stay` (within two points) or `down`.
            sure: 0.34..1.
        """
        self._expect_open()
        expect("customer", customer, self.rules.customer_ids)
        expect("direction", direction, DIRECTIONS)
        if not LEAST_SURE <= sure <= 1.0:
            raise IllegalChoiceError("forecast/sure", sure=sure, least=LEAST_SURE)
        said = {"customer": customer, "direction": direction, "sure": float(sure)}
        self.note("forecast", said)

    def reflect(self, text: str) -> None:
        """Keep a thought with the open turn, or with the last one when the game is over."""
        clean = text.encode("utf-8", "replace").decode()[:_LONGEST_NOTE].strip()
        self.note(NOTE, clean or None)

    def note(self, key: str, value: Any) -> None:
        """Keep plain data beside a turn's choices; None removes it."""
        if self.finished:
            *turns, last = self._record.turns
            self._update(turns=(*turns, _noted(last, key, value)))
        else:
            self._draft = _noted(self._draft, key, value)
        self.save()

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return self._record.language

    @language.setter
    def language(self, language: str) -> None:
        expect("language", language, LANGUAGES)
        self._update(language=language)
        self.save()

    # The end of a turn, and of the game -------------------------------------------------------

    def end_turn(self) -> TurnReport:
        """Play the open turn.

        Raises:
            IllegalChoiceError: `response/unfinished` (encounter), `game/over`; nothing is played.
        """
        self._expect_open()
        self._expect_complete()
        return self.play(self._timed())

    def play(self, turn: TurnRecord, stepped: tuple[State, Outcome] | None = None) -> TurnReport:
        """Play a turn that was decided elsewhere; the draft is dropped.

        Args:
            turn: what was chosen.
            stepped: what `step` makes of it, with the ledger, where that is known.

        Raises:
            IllegalChoiceError: the rules do not allow it, or `game/over`; nothing is played.
        """
        self._expect_open()
        before = self.state
        if stepped is None:
            chance = draw(self._record.seed_of(before.turn + 1), before.turn, shape_of(self.rules))
            stepped = step(self.rules, before, choices_from(self.rules, turn), chance, ledger=True)
        after, outcome = stepped
        known = self._reports[-1].after if self._reports else None
        told = report(self.rules, turn, before=before, after=after, outcome=outcome, known=known)
        self._states.append(after)
        self._outcomes.append(outcome)
        self._reports.append(told)
        self._update(turns=(*self._record.turns, turn))
        self._begin(TurnRecord())
        self._since = self._clock()
        self._adopt(None, strict=False)
        self.save()
        return told

    def grade(self) -> float | None:
        """The grade of a finished game, 0..100; the first one of a scenario takes seconds.

        It is kept in the result. One that was given by other policies is worked out again by the
        present ones, but what is kept stays.
        """
        result = self._record.result
        if result is None:
            return None
        if result.grade is not None and self._record.policy_version == POLICY_VERSION:
            return result.grade
        found = self._grader(self._case, result.score)
        if result.grade is None:
            graded = result.model_copy(update={"grade": found})
            self._update(result=graded, policy_version=POLICY_VERSION)
            self.save()
        return found

    def save(self) -> None:
        """Bring the game to the disk; a failure is kept in `save_problem`."""
        if self.path is None:
            return
        try:
            saves.write(self.path, self.record)
        except SaveError as error:
            self.save_problem = error
        else:
            self.save_problem = None

    def _take_slot(self) -> None:
        try:
            self.path = saves.new_slot(self._record.scenario)
            saves.keep_case(self._case)
        except SaveError as error:
            self.save_problem = error
        self.save()

    def _adopt(self, claimed: Result | None, *, strict: bool) -> None:
        """Give a finished game its result; a claimed one must be what the choices lead to."""
        if not self.finished:
            if claimed is not None and strict:
                raise SaveError("save/not-reproduced", field="turns")
            self._update(result=None)
            return
        grade = None if claimed is None else claimed.grade
        found = result_of(self.rules, self.state, grade)
        if claimed is not None and strict:
            for field, value in found:
                if getattr(claimed, field) != value:
                    raise SaveError("save/not-reproduced", field=field)
            found = claimed
        self._update(result=found)

    def _update(self, **fields: object) -> None:
        self._record = self._record.model_copy(update=fields)

    def _timed(self) -> TurnRecord:
        """The draft with the seconds spent on it, all sittings together."""
        if self.finished:
            return self._draft
        earlier = self._draft.notes.get("seconds", 0.0)
        known = earlier if isinstance(earlier, int | float) else 0.0
        return _noted(self._draft, "seconds", round(known + self._clock() - self._since, 1))

    def _replayed(self, record: GameRecord, on_illegal: OnIllegal) -> Replay:
        """The record played up to where it stands, with the ledger."""
        return replay(record, self.rules, on_illegal=on_illegal, ledger=True)

    def _played(self) -> Replay:
        scores = tuple(score(self.rules, state) for state in self._states)
        return Replay(
            self._record.turns, tuple(self._states), tuple(self._outcomes), scores, self.dropped
        )


def new_record(case: Case, seed: int | None = None, language: str = "en") -> GameRecord:
    """A game of which nothing has been played."""
    return GameRecord.model_validate(
        {
            "format": FORMAT,
            "rules_version": RULES_VERSION,
            "policy_version": POLICY_VERSION,
            "scenario": case.script.id,
            "fingerprint": case.fingerprint,
            "seed": secrets.randbelow(SEEDS_DRAWN) if seed is None else seed,
            "language": language,
        }
    )


def _noted(turn: TurnRecord, key: str, value: Any) -> TurnRecord:
    notes = {name: kept for name, kept in {**turn.notes, key: value}.items() if kept is not None}
    return turn.model_copy(update={"notes": notes})
