"""Where the window begins: on the first page, in a new game, or in one that is gone on with."""

from sim.play.session import Session
from sim.ui.window.kit.node import Begin, Command
from sim.ui.window.pages.briefing import Briefing
from sim.ui.window.pages.desk import Desk, Host
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.turn import TurnPage


def sit_down(host: Host, *, seed: int | None = None) -> Desk:
    """A desk that knows the page of a game."""
    desk = Desk(host, seed=seed)
    desk.open_game = lambda: ResultPage(desk) if desk.session.finished else TurnPage(desk)
    return desk


def game_page(desk: Desk, session: Session) -> Command:
    """Begins with a game: its briefing while nothing has been played."""
    desk.adopt(session)
    fresh = not session.reports and not session.draft.choices
    return Begin(Briefing(desk) if fresh else desk.open_game())
