"""A debrief as it is held, in any front end: the review in the making, and what the trainee says.

Nothing is graded before the trainee has said which turn mattered most (`answered`). What is said
and what comes of deciding turns again is kept in the notes of the last turn.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sim.play import saves
from sim.play.joining import said
from sim.play.kept import kept_review, looked_at
from sim.play.resolutions import NOTE, RETRIES
from sim.play.reviewing import Reviewing
from sim.play.session import Session
from sim.view import debrief as shown
from sim.view import ledger as ledgers
from sim.view.compare import CompareView, comparable, compare_view
from sim.view.debrief import RecapTurn
from sim.view.ledger import FIGURES, LedgerView
from sim.view.model import CustomerCard, ReportView
from sim.view.parts import Ref
from sim.view.review import open_past, review_view, showing, with_notes
from sim.view.review_model import QUESTION_NOTE, RetryCard, ReviewView, TurnDebrief
from sim.view.review_turns import Past

_OF_REVIEW = ("made", "view", "retry")  # views that another review changes
Kept = TypeVar("Kept")
Attempt = Callable[[Callable[[], object]], bool]  # does something; says why not, if it cannot


class Debriefing:
    """One finished game that is being reviewed.

    Attributes:
        session: The game.
        reviewing: The review, as far as it has come.
    """

    def __init__(self, session: Session, attempt: Attempt) -> None:
        """Begins to work the review out, or to go on with it, unless it is kept.

        Args:
            session: a finished game.
            attempt: does what may fail, and tells the player if it does.
        """
        self.session, self._attempt = session, attempt
        self.reviewing = Reviewing(session.case, session.record, showing)
        self.reviewing.start()
        said.bring(session.path)
        self._kept: dict[tuple[str, ...], Any] = {}

    @property
    def lang(self) -> str:
        """The player's language; it can change at any time."""
        return self.session.language

    # --- how far it is ---

    def take(self) -> bool:
        """Takes over what is new; whether there was anything."""
        before = self.reviewing.review
        news = self.reviewing.poll()
        if self.reviewing.review is not before:
            self._forget(*_OF_REVIEW)
        return news

    def looked_closer(self, turn: int) -> bool:
        """Whether a turn has been looked at more closely."""
        return turn in self._closer

    @property
    def closer_left(self) -> int:
        """How many turns have not been looked at more closely."""
        return len(self.past.reports) - len(self._closer)

    @property
    def _closer(self) -> frozenset[int]:
        found = self.reviewing.review
        return frozenset() if found is None else looked_at(found, "deep")

    def again(self) -> None:
        """Goes on after it broke off or was stopped."""
        self.reviewing.start()

    def close(self) -> None:
        """Gives up what is still being worked out; what is finished is kept."""
        self.reviewing.close()

    def _forget(self, *names: str) -> None:
        """Something that these views show has changed."""
        self._kept = {key: view for key, view in self._kept.items() if key[0] not in names}

    def _keep(self, make: Callable[[], Kept], *key: str) -> Kept:
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    # --- what there is to see ---

    @property
    def past(self) -> Past:
        """The game, played again."""
        session = self.session
        return self._keep(lambda: open_past(session.case, session.record), "past")

    @property
    def view(self) -> ReviewView | None:
        """The review in the player's language; None in the first moments."""
        found, lang = self.reviewing.review, self.lang
        if found is None:
            return None
        old = self.past
        past = Past(old.case, self.session.record, old.played, old.reports)  # with today's notes
        made = self._keep(
            lambda: self.reviewing.shown(lang) or review_view(past, found, lang), "made", lang
        )
        return self._keep(lambda: with_notes(made, past, found, lang), "view", lang)

    def recap(self) -> tuple[RecapTurn, ...]:
        """The turns without any judgement."""
        lang = self.lang
        return self._keep(lambda: shown.recap(self.past, lang), "recap", lang)

    def report(self, turn: int) -> ReportView:
        """Why everything changed in a turn."""
        lang = self.lang
        return self._keep(
            lambda: shown.opened_report(self.past, lang, turn), "report", lang, str(turn)
        )

    def faces(self, turn: int) -> dict[str, CustomerCard]:
        """The faces of everybody at the end of a turn."""
        lang = self.lang
        return self._keep(lambda: shown.faces(self.past, lang, turn), "faces", lang, str(turn))

    def ledger(self, name: str) -> LedgerView | None:
        """Where a number comes from: one of `FIGURES`, or `turn/3`."""
        found, lang = self.reviewing.review, self.lang
        if found is None:
            return None
        if name in FIGURES:
            return ledgers.figure_ledger(self.past, found, lang, name)
        turn = int(name.rsplit("/", 1)[1])
        return ledgers.turn_ledger(self.past, found, lang, turn)

    def decision(self, turn: int) -> TurnDebrief | None:
        """One decision."""
        view = self.view
        return None if view is None else view.turns[turn - 1]

    def retry_card(self, turn: int) -> RetryCard | None:
        """A turn that is to be decided again."""
        found, lang = self.reviewing.review, self.lang
        if found is None:
            return None
        return self._keep(
            lambda: shown.retry_of(self.past, found, lang, turn), "retry", lang, str(turn)
        )

    # --- what the player says; kept with the game ---

    @property
    def answered(self) -> bool:
        """Whether the player has said which turn mattered most: before that no label is shown."""
        return isinstance(self._notes().get(QUESTION_NOTE), dict)

    def answer(self, turn: int, why: str) -> bool:
        """Keeps what the player thinks, and tells the class whose game it was.

        Says why not if it cannot be kept.
        """
        kept = self._note(QUESTION_NOTE, {"turn": turn, "why": why.strip()})
        said.say(self.session.path, turn, why.strip())
        return kept

    @property
    def retries(self) -> dict[str, Any]:
        """What came of deciding turns again, by turn."""
        found = self._notes().get(RETRIES)
        return dict(found) if isinstance(found, dict) else {}

    def solved(self, turn: int) -> bool:
        """Whether a turn was decided again and well, without having seen the solution."""
        entry = self.retries.get(str(turn))
        return isinstance(entry, dict) and bool(entry.get("solved"))

    def tried(self, turn: int, *, solved: bool, why: str, tries: int, seen: bool) -> None:
        """Keeps how a turn was decided again; once solved it stays solved."""
        entry = {
            "solved": solved or self.solved(turn),
            "tries": tries,
            "why": why.strip(),
            "seen": seen,
        }
        self._note(RETRIES, {**self.retries, str(turn): entry})

    def reflect(self, text: str) -> bool:
        """Keeps what the player will do next time."""
        return self._note(NOTE, text.strip())

    def _notes(self) -> dict[str, Any]:
        return self.session.record.turns[-1].notes

    def _note(self, key: str, value: object) -> bool:
        done = self._attempt(lambda: self.session.note(key, value))
        self._forget("view")
        return done

    # --- another game ---

    def others(self) -> tuple[Ref, ...]:
        """The games that this one can be compared with; id: the file."""
        lang = self.lang
        return self._keep(
            lambda: comparable(self.session.record, saves.saves(), lang), "others", lang
        )

    def compare(self, path: str) -> CompareView:
        """This game and another one.

        Raises:
            SimError: that one cannot be opened.
        """
        lang = self.lang
        return self._keep(lambda: self._compare(path, lang), "compare", path, lang)

    def _compare(self, path: str, lang: str) -> CompareView:
        record = saves.read(Path(path))
        other = open_past(self.session.case, record)
        reviews = (self.reviewing.review, kept_review(record))
        return compare_view((self.past, other), reviews, lang)
