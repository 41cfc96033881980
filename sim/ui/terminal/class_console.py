"""The console of somebody in a class: what the class says is shown before each question."""

import time
from collections.abc import Callable
from typing import Final

from sim.play.joining.model import Standing
from sim.play.joining.seat import Seat
from sim.ui.terminal.console import Console, LeaveError
from sim.view import joined
from sim.view.join_words import say

_LOOK: Final = 0.1  # seconds between two looks at what has come in
_SAID_ELSEWHERE: Final = frozenset(("turn", "vote"))


class ClassConsole(Console):
    """A console that also tells of the class.

    Attributes:
        seat: Whose class; None before there is one.
        lang: In which it tells.
        late: Tells the number of a turn that has been closed and whose report waits; 0: none has.
    """

    seat: Seat | None = None
    lang: str = "en"
    late: Callable[[], int] = staticmethod(int)
    _said: frozenset[str] = frozenset()
    _where: tuple[object, ...] = ()

    def ask(self, prompt: str) -> str:
        """Asks for a line, after what is new.

        Raises:
            LeaveError: there is no more input, or the player pressed Ctrl-C.
        """
        self.tell_news()
        if turn := self.late():
            self.show([say(self.lang, "join.closed", turn=turn)])
        return super().ask(prompt)

    def tell_news(self) -> None:
        """Says what is new about the class, once."""
        if self.seat is None:
            return
        found = joined.notices(self.seat, self.lang)
        now = [text for icon, text in found if icon != "clock"]
        self.show([f"* {text}" for text in now if text not in self._said])
        self._said = frozenset(now)

    def tell_waiting(self, standing: Standing, place: joined.Where) -> None:
        """Says what is waited for, once."""
        where = (place, standing.room.turn, standing.proposed)
        if place in _SAID_ELSEWHERE or where == self._where:
            return
        self._where = where
        view = joined.wait_view(standing, place, self.lang)
        facts = "  ".join(f"{name}: {value}" for name, value, _ in view.facts)
        self.show(["", view.title, view.text, facts])

    def rest(self) -> None:
        """Lets a moment pass.

        Raises:
            LeaveError: the player pressed Ctrl-C.
        """
        try:
            time.sleep(_LOOK)
        except KeyboardInterrupt as stop:
            raise LeaveError from stop
