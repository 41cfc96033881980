"""A class joined from the terminal: the turns of every game, and what is waited for in between."""

from collections.abc import Callable
from typing import Final, TypeVar

from sim.errors import IllegalChoiceError
from sim.play.joining.entrance import Entrance
from sim.play.joining.game import JoinedSession
from sim.play.joining.line import AwayError
from sim.play.joining.model import Door, Standing
from sim.play.joining.place import Place
from sim.play.joining.seat import Seat
from sim.play.joining.table import hear, seated
from sim.play.reports import TurnReport
from sim.play.session import Session
from sim.ui.terminal import game, render_end
from sim.ui.terminal.class_console import ClassConsole
from sim.ui.terminal.commands import Choice
from sim.ui.terminal.console import LeaveError
from sim.ui.terminal.player import Player
from sim.view import joined
from sim.view.build import build_briefing
from sim.view.join_words import explain, say

T = TypeVar("T")
_AGAIN: Final = 30  # moments until a server that did not answer is asked once more
# The turn has been closed meanwhile, and what came of it is told soon.
_LATE: Final = frozenset(
    ("class/other-turn", "class/already-decided", "class/not-open", "class/ended")
)


class _OverError(Exception):
    """There are no more turns: the class is over, or this seat is none any more."""


class ClassSession(JoinedSession):
    """A session whose turn ends when the class has closed it."""

    guest: "Guest"

    def end_turn(self) -> TurnReport:
        """Decide, and wait for the class.

        Raises:
            IllegalChoiceError: the rules or the class refuse; it can be decided otherwise.
        """
        self.guest.end_turn()
        return self.reports[-1]


class Guest:
    """A player in a class."""

    def __init__(self, console: ClassConsole, seat: Seat, session: ClassSession) -> None:
        """Sits down."""
        self._console, self._seat, self._session = console, seat, session
        self._player = Player(session, console)
        session.guest = self
        console.late = lambda: session.turn if seat.known > session.played else 0

    def play(self) -> None:
        """All turns, until the class is over or the seat none any more."""
        if not self._session.reports:
            view = build_briefing(self._session, self._player.lang)
            self._player.show(render_end.briefing_lines(view, self._player.say))
        try:
            while True:
                self._until(lambda: self._standing.turn == self._session.played + 1)
                game.turn(self._player)
        except _OverError:
            return

    def end_turn(self) -> None:
        """Decide, and wait until the turn has been played; one that was closed needs no decision.

        Raises:
            IllegalChoiceError: the rules or the class refuse; it can be decided otherwise.
        """
        session, seat = self._session, self._seat
        played = session.played
        if seat.known == played:
            seat.decide(session.turn, session.decision())
        self._until(lambda: session.played > played)

    @property
    def _standing(self) -> Standing:
        standing = self._seat.told.standing
        assert standing is not None
        return standing

    def _until(self, wanted: Callable[[], bool]) -> None:
        """Waits for something; votes meanwhile if the team does.

        Raises:
            IllegalChoiceError: what was sent is refused, and the turn still open.
            _OverError: it will not come.
        """
        console = self._console
        console.lang = self._player.lang
        while not wanted():
            self._expect_more()
            where = joined.where(self._standing, self._session.played, sending=self._seat.sending)
            if where == "vote" and not self._standing.voted:
                self._vote()
            console.tell_news()
            console.tell_waiting(self._standing, where)
            console.rest()
            hear(self._seat, self._session)
            self._expect_taken()

    def _expect_more(self) -> None:
        told = self._seat.told
        if told.over is not None:
            self._console.show([explain(told.over, self._player.lang)])
            raise _OverError
        if told.game is not None and self._seat.known == self._session.played:
            raise _OverError

    def _expect_taken(self) -> None:
        for refusal in self._seat.take_refusals():
            if refusal.code not in _LATE:
                raise IllegalChoiceError(refusal.code, **refusal.data)

    def _vote(self) -> None:
        """Asks for the plan that the team is to follow."""
        lang = self._player.lang
        self._player.show(["", say(lang, "class.vote"), say(lang, "class.vote_text")])
        found = joined.proposals(self._session, self._standing, lang)
        choices = [Choice(each.seat, _proposal(each, lang), (each.label,)) for each in found]
        chosen = self._player.choose("ask.menu", choices)
        if chosen in {choice.key for choice in choices}:
            self._seat.vote(self._session.turn, chosen)


def _proposal(view: joined.ProposalView, lang: str) -> str:
    """A proposal in a line."""
    plan = [
        f"{line.customer.name if line.customer else say(lang, 'line.firm')}: {line.text}"
        for line in view.plan
    ]
    mine = f" ({say(lang, 'class.yours')})" if view.mine else ""
    return f"{view.label}{mine}: {'; '.join(plan) or say(lang, 'plan.empty')}"


# Coming and going -------------------------------------------------------------------------------


def run(entrance: Entrance, name: str, language: str, console: ClassConsole) -> int:
    """Plays with a class in the terminal.

    Args:
        entrance: of the room.
        name: or number on its name list; empty: it is asked for.
        language: `en` or `zh`.
        console: to ask at.

    Returns:
        The exit code: 0.

    Raises:
        SimError: the class cannot be joined, or not be played with here.
    """
    console.lang = language
    seat: Seat | None = None
    try:
        door = _insist(console, entrance.look)
        place = entrance.remembered() or _joined(entrance, door, name, console)
        case = _insist(console, lambda: entrance.case(door, place))
        seat = console.seat = Seat(entrance.address, place)
        seat.start()
        while seat.told.standing is None and seat.told.over is None:
            console.tell_news()
            console.rest()
        if seat.told.over is not None:
            seat.forget()
            raise seat.told.over
        session = seated(seat, case, language, ClassSession)
        Guest(console, seat, session).play()
        _after(seat, session, console)
    except (LeaveError, KeyboardInterrupt):
        console.show([say(console.lang, "join.kept"), say(console.lang, "leave.goodbye")])
    finally:
        entrance.close()
        if seat is not None:
            seat.stop()
    return 0


def _joined(entrance: Entrance, door: Door, name: str, console: ClassConsole) -> Place:
    """A seat, after what the room asks for."""
    lang = console.lang
    asked = {"own": "label", "roster": "number"}.get(door.names, "")
    if door.teams or (asked and not name):  # else the briefing comes next and has the title
        console.show([door.title])
    if asked and not name:
        name = console.ask(f"{say(lang, f'class.{asked}')}:")
    team = ""
    if door.teams:
        team = console.ask(f"{say(lang, 'class.team')} (1-{door.teams}):")
    given = {asked: name} if asked else {}
    return _insist(console, lambda: entrance.join(**given, team=team))


def _insist(console: ClassConsole, ask: Callable[[], T]) -> T:
    """Asks as often as it takes, and says once that nobody answers."""
    said = False
    while True:
        try:
            return ask()
        except AwayError as error:
            if not said:
                lines = [explain(error, console.lang), say(console.lang, "join.retrying")]
                console.show(lines)
            said = True
        for _ in range(_AGAIN):
            console.rest()


def _after(seat: Seat, session: ClassSession, console: ClassConsole) -> None:
    """The class is over: from now on it is a game like any other, with its luck and a file."""
    record = seat.told.game
    if record is None:
        return
    seat.stop()
    console.seat, console.late = None, int
    whole = Session.begin(session.case, record)
    whole.language = session.language
    if whole.path is not None:
        seat.keep_game(str(whole.path))
    if whole.finished:
        game.play(whole, console)
    else:
        console.show(
            [say(whole.language, f"class.wait.ended.{part}") for part in ("title", "text")]
        )
        game.farewell(Player(whole, console))
