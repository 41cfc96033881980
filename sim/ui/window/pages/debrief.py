"""What the pages of a review share: the game, the review in the making, and what is looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import SimError
from sim.play import saves
from sim.play.reviewing import Reviewing, kept_review
from sim.play.session import Session
from sim.ui.window.pages.desk import Desk
from sim.view import debrief as shown
from sim.view import ledger as ledgers
from sim.view.compare import CompareView, comparable, compare_view
from sim.view.debrief import RecapTurn
from sim.view.ledger import FIGURES, LedgerView
from sim.view.model import CustomerCard, ReportView
from sim.view.parts import Ref
from sim.view.review import open_past, review_view
from sim.view.review_model import QUESTION_NOTE, RetryCard, ReviewView, TurnDebrief
from sim.view.review_turns import Past

RETRIES_NOTE = "retries"
PACE = 0.9  # seconds that the map stands at a turn
Kept = TypeVar("Kept")


class Debrief:
    """One finished game that is being reviewed.

    Attributes:
        desk: The player's desk; its game is the one reviewed.
        reviewing: The review, as far as it has come.
        closer: One turn that is being looked at more closely.
        turn: The decision that was looked at last; 0 for none.
        customer: Whose way over the map is shown.
        moment: The turn at which the map stands; 0 for the end.
        playing: When the map goes on by itself, in seconds of the clock; None: it stands.
        tables: Ids of the charts whose numbers are shown as a table.
    """

    def __init__(self, desk: Desk) -> None:
        """Begins to work the review out, unless it is kept.

        Args:
            desk: With a finished game.
        """
        self.desk = desk
        self.session: Session = desk.session
        self.reviewing = Reviewing(self.session.case, self.session.record)
        self.reviewing.start()
        self.closer: Reviewing | None = None
        self._close: dict[int, Reviewing] = {}
        self.turn, self.customer, self.moment = 0, "", 0
        self.playing: float | None = None
        self.tables: set[str] = set()
        self._kept: dict[tuple[str, ...], Any] = {}

    # --- how far it is ---

    @property
    def busy(self) -> bool:
        """Whether something is still being worked out."""
        closer = self.closer is not None and self.closer.busy
        return self.reviewing.busy or closer or self.playing is not None

    def poll(self) -> bool:
        """Takes over what is new; whether there was anything."""
        jobs = [self.reviewing, *([self.closer] if self.closer else [])]
        news = [job for job in jobs if job.poll()]
        for job in news:
            self.forget()
            if job.problem is not None:
                self.desk.complain(job.problem)
        if self.closer is not None and not self.closer.busy:
            self._settle(self.closer)
        return bool(news)

    def play(self, now: float) -> bool:
        """Lets the map go on when it is time; whether it has moved."""
        if self.playing is None or now < self.playing:
            return False
        last = len(self.past.reports) + 1
        self.moment = min(last, self.moment + 1)
        self.playing = None if self.moment == last else now + PACE
        return True

    def look_closer(self, turn: int) -> None:
        """Has one turn looked at with more alternatives and narrower ranges."""
        self.stop_closer()
        session = self.session
        self.closer = Reviewing(session.case, session.record, tier="deep", only=(turn,))
        self.closer.start()
        if not self.closer.busy:
            self._settle(self.closer)

    def stop_closer(self) -> None:
        """Gives up looking more closely."""
        if self.closer is not None:
            self.closer.close()
            self.closer = None

    def _settle(self, job: Reviewing) -> None:
        if job.done == 1.0:
            self._close[job.only[0]] = job
        job.close()
        self.closer = None
        self.forget()

    def looked_closer(self, turn: int) -> bool:
        """Whether a turn has been looked at more closely."""
        return turn in self._close

    def again(self) -> None:
        """Tries once more after it broke off or was stopped."""
        self.reviewing.start()

    def forget(self) -> None:
        """Something has changed."""
        self._kept = {key: view for key, view in self._kept.items() if key[0] == "past"}

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
        found, lang = self.reviewing.review, self.desk.lang
        if found is None:
            return None
        past = self._noted(self.past)
        return self._keep(lambda: review_view(past, found, lang), "view", lang)

    def _noted(self, past: Past) -> Past:
        """The game with the notes that were made since."""
        return Past(past.case, self.session.record, past.played, past.reports)

    def recap(self) -> tuple[RecapTurn, ...]:
        """The turns without any judgement."""
        lang = self.desk.lang
        return self._keep(lambda: shown.recap(self.past, lang), "recap", lang)

    def report(self, turn: int) -> ReportView:
        """Why everything changed in a turn."""
        lang = self.desk.lang
        return self._keep(
            lambda: shown.opened_report(self.past, lang, turn), "report", lang, str(turn)
        )

    def faces(self, turn: int) -> dict[str, CustomerCard]:
        """The faces of everybody at the end of a turn."""
        lang = self.desk.lang
        return self._keep(lambda: shown.faces(self.past, lang, turn), "faces", lang, str(turn))

    def ledger(self, name: str) -> LedgerView | None:
        """Where a number comes from: one of `FIGURES`, or `turn/3`."""
        found, lang = self.reviewing.review, self.desk.lang
        if found is None:
            return None
        if name in FIGURES:
            return ledgers.figure_ledger(self.past, found, lang, name)
        turn = int(name.rsplit("/", 1)[1])
        return ledgers.turn_ledger(self.past, self._look(turn).review or found, lang, turn)

    def decision(self, turn: int) -> TurnDebrief | None:
        """One decision, by the most thorough look at it."""
        view, lang = self.view, self.desk.lang
        if turn not in self._close:
            return None if view is None else view.turns[turn - 1]
        found = self._look(turn).review
        assert found is not None
        return self._keep(
            lambda: shown.closer(self.past, found, lang, turn), "closer", lang, str(turn)
        )

    def _look(self, turn: int) -> Reviewing:
        """The review that looked at a turn most thoroughly."""
        return self._close.get(turn, self.reviewing)

    def retry_card(self, turn: int) -> RetryCard | None:
        """A turn that is to be decided again."""
        found, lang = self._look(turn).review, self.desk.lang
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
        """Keeps what the player thinks; says why not if it cannot be done."""
        said = {"turn": turn, "why": why.strip()}
        return self._note(QUESTION_NOTE, said)

    @property
    def retries(self) -> dict[str, Any]:
        """What came of deciding turns again, by turn."""
        found = self._notes().get(RETRIES_NOTE)
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
        self._note(RETRIES_NOTE, {**self.retries, str(turn): entry})

    def reflect(self, text: str) -> bool:
        """Keeps what the player will do next time."""
        return self._note("reflection", text.strip())

    def _notes(self) -> dict[str, Any]:
        return self.session.record.turns[-1].notes

    def _note(self, key: str, value: object) -> bool:
        done = self.desk.attempt(lambda: self.session.note(key, value), sound="confirm")
        self.forget()
        return done

    # --- another game ---

    def others(self) -> tuple[Ref, ...]:
        """The games that this one can be compared with; id: the file."""
        lang = self.desk.lang
        return self._keep(
            lambda: comparable(self.session.record, saves.saves(), lang), "others", lang
        )

    def compare(self, path: str) -> CompareView | None:
        """This game and another one; None, and it is said why, if that cannot be opened."""
        lang = self.desk.lang
        try:
            return self._keep(lambda: self._compare(path, lang), "compare", path, lang)
        except SimError as error:
            self.desk.complain(error)
            return None

    def _compare(self, path: str, lang: str) -> CompareView:
        record = saves.read(Path(path))
        other = open_past(self.session.case, record)
        reviews = (self.reviewing.review, kept_review(record))
        return compare_view((self.past, other), reviews, lang)

    def close(self) -> None:
        """Gives up what is still being worked out."""
        self.stop_closer()
        self.reviewing.close()
