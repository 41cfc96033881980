"""Where the window begins: on the first page, in a new game, or in one that is gone on with."""

from pathlib import Path

from sim.play.joining.address import address_of
from sim.play.joining.entrance import Entrance
from sim.play.session import Session
from sim.ui.window.kit.node import Begin, Command, Push, Screen
from sim.ui.window.pages.briefing import Briefing
from sim.ui.window.pages.class_join import JoinPage
from sim.ui.window.pages.desk import Desk, Host
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.title import Title
from sim.ui.window.pages.turn import TurnPage


def sit_down(host: Host, *, seed: int | None = None) -> Desk:
    """A desk that knows the pages of a game and of its review."""
    desk = Desk(host, seed=seed)
    desk.open_game = lambda: ResultPage(desk) if desk.session.finished else TurnPage(desk)
    desk.open_review = lambda: ReviewPage(desk)
    return desk


def title(host: Host, *, seed: int | None = None) -> Title:
    """The first page, with a desk of its own."""
    return Title(sit_down(host, seed=seed))


def session_of(
    scenario: str | None, *, seed: int | None, language: str, resume: str | None
) -> Session:
    """The game that was asked for at the start.

    Raises:
        ScenarioError, SaveError: It cannot be played.
    """
    if resume is not None:
        return Session.resume(Path(resume))
    assert scenario is not None
    return Session.new(scenario, seed, language)


def entrance_of(address: str, code: str) -> Entrance:
    """The entrance of a class as it was typed.

    Raises:
        SimError: `join/address`, `join/code`.
    """
    return Entrance(address_of(address), code)


def join_page(first: Screen, entrance: Entrance, name: str) -> Command:
    """Begins at the entrance of a class, on top of the first page, which leads back to it."""
    assert isinstance(first, Title)
    desk = first.desk
    desk.join = lambda: JoinPage(desk, entrance)
    return Push(JoinPage(desk, entrance, name))


def game_page(first: Screen, session: Session) -> Command:
    """Begins with a game, on top of the first page: its briefing while nothing has been played."""
    assert isinstance(first, Title)
    first.desk.adopt(session)
    fresh = not session.reports and not session.draft.choices
    return Begin(Briefing(first.desk) if fresh else first.desk.open_game())
