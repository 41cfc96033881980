"""What the pages of a review share: the debrief, and what is looked at."""

from functools import partial

from sim.errors import SimError
from sim.ui.window.pages.desk import Desk
from sim.view.compare import CompareView
from sim.view.debriefing import Debriefing

PACE = 0.9  # seconds that the map stands at a turn


class Debrief(Debriefing):
    """The debrief of the game on a desk.

    Attributes:
        desk: The player's desk.
        turn: The decision that was looked at last; 0 for none.
        customer: Whose way over the map is shown.
        moment: The turn at which the map stands; 0 for the end.
        playing: When the map goes on by itself, in seconds of the clock; None: it stands.
        tables: Ids of the charts whose numbers are shown as a table.
    """

    def __init__(self, desk: Desk) -> None:
        """Begins to work the review out, or to go on with it, unless it is kept.

        Args:
            desk: With a finished game.
        """
        super().__init__(desk.session, partial(desk.attempt, sound="confirm"))
        self.desk = desk
        self.turn, self.customer, self.moment = 0, "", 0
        self.playing: float | None = None
        self.tables: set[str] = set()
        self._fresh = False  # news that were taken in are shown with the next look

    @property
    def lang(self) -> str:
        """The language of the window."""
        return self.desk.lang

    @property
    def busy(self) -> bool:
        """Whether something is still being worked out, or waits to be shown."""
        return self.reviewing.busy or self.playing is not None or self._fresh

    def poll(self) -> bool:
        """Takes over what is new; whether there is anything to show.

        A review is taken in at one look and made into a view at the next: each takes a part of a
        frame's time.
        """
        if self._fresh:
            self._fresh = False
            return self.view is not None
        before = self.reviewing.review
        if not self.take():
            return False
        if self.reviewing.problem is not None:
            self.desk.complain(self.reviewing.problem)
        self._fresh = self.reviewing.review is not before
        return not self._fresh

    def play(self, now: float) -> bool:
        """Lets the map go on when it is time; whether it has moved."""
        if self.playing is None or now < self.playing:
            return False
        last = len(self.past.reports) + 1
        self.moment = min(last, self.moment + 1)
        self.playing = None if self.moment == last else now + PACE
        return True

    def compare_or_complain(self, path: str) -> CompareView | None:
        """This game and another one; None, and it is said why, if that cannot be opened."""
        try:
            return self.compare(path)
        except SimError as error:
            self.desk.complain(error)
            return None
